using System.Globalization;
using LabEdge.Forwarding;
using LabEdge.Ldp;

namespace LabEdge.Tests.Ldp;

/// <summary>
/// Cases as text in tests/conformance/ldp, one router against a script: <c>hello</c>, <c>connect</c>, <c>establish</c>, <c>type LINE</c> on its
/// console, <c>shows TEXT</c> in <c>show mpls l2transport vc detail</c>, <c>wait MS</c> (hellos go on, until <c>silence</c>), <c>state S</c>; <c>&lt; NAME hex</c> a message in (TLVs in hexadecimal), <c>raw hex</c> octets in; <c>&gt; NAME hex</c> a
/// message out. What goes out and is not in the script is an error.
/// </summary>
[TestClass]
public class LdpConformanceTests
{
    private static readonly string Folder = Repository.PathOf("tests", "conformance", "ldp");

    public static IEnumerable<object[]> Cases => Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal).Select(f => new object[] { Path.GetFileNameWithoutExtension(f) });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Messages_in_and_out(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, name + ".txt"));
        Assert.StartsWith("# ", lines[0], "a sentence on top");
        LdpBench bench = new();
        Queue<string> heard = new();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            string where = $"{name}.txt line {i + 1}";
            if (line.Length == 0 || line[0] == '#') continue;
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == ">")
            {
                Assert.IsNotEmpty(heard, where + ": nothing went out");
                string[] said = heard.Dequeue().Split(' ', 2);
                Assert.AreEqual(words[1] + " " + string.Concat(words[2..]), (said[0] + " " + (said.Length > 1 ? said[1].Replace(" ", "", StringComparison.Ordinal) : "")), where + "; then " + string.Join("; ", heard));
                continue;
            }
            Assert.AreEqual("", string.Join("; ", heard), where + ": more went out before");
            switch (words[0])
            {
                case "hello": bench.Hello(); break;
                case "connect": bench.Connect(); break;
                case "establish": bench.Establish(); break;
                case "type": bench.Bench.Run(line[5..]); bench.Step(); break;
                case "shows": Assert.Contains(line[6..], bench.Bench.Run("do show mpls l2transport vc detail"), where); break;
                case "silence": bench.IsGreeting = false; break;
                case "wait": bench.Wait(int.Parse(words[1], CultureInfo.InvariantCulture)); break;
                case "raw": bench.Raw(Hex.Octets(string.Concat(words[1..]))); break;
                case "state": Assert.AreEqual(words[1], bench.State, where); break;
                case "<": bench.Send(TypeOf(words[1]), string.Concat(words[2..])); break;
                default: Assert.Fail(where + ": unknown word " + words[0]); break;
            }
            foreach (string message in bench.Heard()) heard.Enqueue(message);
        }
        Assert.AreEqual("", string.Join("; ", heard), name + ": more went out at the end");
    }

    private static int TypeOf(string name)
    {
        for (int type = 0; type <= 0x0404; type++)
        {
            if (LdpBench.Name(type) == name && name.Length > 4) return type;
        }
        return int.Parse(name, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
