using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using LabEdge.Cli;
using LabEdge.Forwarding;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>Every show command of the command table, with each of its filters: taken, within the room of a step, and without effect.</summary>
[TestClass]
public sealed partial class ShowCommandTests
{
    public TestContext TestContext { get; set; }

    // Each row without options, with each option, and with all.
    private static List<string> Lines()
    {
        List<string> lines = [];
        for (int action = CommandTable.First(Mode.Exec); action < CommandTable.End(Mode.Exec); action++)
        {
            string row = Help().Replace(CommandTable.Row(action), "").TrimStart('#');
            if (!row.StartsWith("show ")) continue;
            string[] options = [.. Options().Matches(row).Select(m => m.Groups[1].Value)];
            lines.Add(Sample(Options().Replace(row, "")).Trim());
            lines.AddRange(options.Select(option => Sample(Options().Replace(row, m => m.Groups[1].Value == option ? option : "")).Trim()));
            if (options.Length > 1) lines.Add(Sample(Options().Replace(row, m => m.Groups[1].Value)).Trim());
        }

        // An address or a prefix, not both.
        lines.RemoveAll(line => line.StartsWith("show ipv6 route") && line.Contains("::1 ") && line.Contains('/'));
        return lines;
    }

    private static string Sample(string text) => Argument().Replace(Mark().Replace(text, ""), m => m.Value[1] switch
    {
        'i' => "Ethernet2",
        'v' => "red",
        'a' => "10.2.0.9",
        'm' => "255.255.255.0",
        'x' => "2001:db8::1",
        'p' => "2001:db8::/32",
        'n' when m.Groups[1].Value.StartsWith("(1-16384") => "100",
        'n' when m.Groups[1].Value.StartsWith("(0-1048575") => "20",
        'n' => m.Groups[1].Value[1..].Split('-')[0],
        _ => "x",
    });

    [TestMethod]
    public void Every_command_is_taken_with_each_of_its_filters_and_lists_them()
    {
        ConsoleBench bench = Provider();
        List<string> lines = Lines();
        TestContext.WriteLine($"{lines.Count} lines");
        Assert.IsGreaterThan(60, lines.Count);
        foreach (string line in lines)
        {
            string printed = bench.Run(line);
            Assert.DoesNotContain("Invalid input", printed, line);
            Assert.DoesNotContain("Ambiguous", printed, line);
            Assert.DoesNotContain("% Incomplete", printed, line);
            string help = bench.Run(line + " ?");
            Assert.Contains("<cr>", help, line + " ?\n" + help);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void No_step_writes_more_than_its_room(bool up)
    {
        // With room for one step only, each runs on an empty buffer: what finds no place is counted.
        ConsoleBench narrow = Provider(TextBuffer.StepRoom);
        ConsoleBench wide = Provider();
        foreach (ConsoleBench bench in new[] { narrow, wide })
        {
            foreach (RecordingPort port in bench.Ports) port.LinkUp = up;
            bench.Poll();
        }

        foreach (string line in Lines())
        {
            string printed = narrow.Run(line);
            Assert.AreEqual(0, narrow.Cli.Output.Lost, line);
            Assert.HasCount(wide.Run(line).Split('\n').Length, printed.Split('\n'), line);
        }
    }

    [TestMethod]
    public void No_command_changes_a_table()
    {
        ConsoleBench bench = Provider();
        foreach (string line in Lines())
        {
            string before = Tables(bench);
            bench.Run(line);
            Assert.AreEqual(before, Tables(bench), line);
        }
    }

    // A hash of every array of numbers of the forwarding tables, the control plane's and Host's neighbours.
    private static string Tables(ConsoleBench bench)
    {
        StringBuilder text = new();
        object[] roots = [.. Parts(bench.Router.Tables), bench.Router.Control.Routes, bench.Router.Control.Routes6, bench.Router.Control.Bindings, bench.Router.Control.Labels,
            bench.Router.Control.Pseudowires, bench.Router.Control.Tunnels, bench.Router.Control.Adjacencies, bench.Router.Host.Interfaces];
        foreach (object root in roots)
        {
            foreach (FieldInfo field in root.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                // What PrefixTable found last.
                if (field.Name is "FoundKey" or "_key" || field.GetValue(root) is not Array array || !array.GetType().GetElementType().IsPrimitive) continue;
                HashCode hash = new();
                foreach (object item in array) hash.Add(item);
                text.AppendLine($"{root.GetType().Name}.{field.Name} {hash.ToHashCode()}");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<object> Parts(Tables tables) =>
        typeof(Tables).GetFields().Select(f => f.GetValue(tables)).Where(o => o is not null and not Array && o.GetType().Namespace == typeof(Tables).Namespace && o is not Capacity);

    // A PE with a bit of everything; nobody answers it.
    private static ConsoleBench Provider(int output = 100_000)
    {
        Capacity capacity = Capacity.Small();
        capacity.ConsoleOutput = output;
        ConsoleBench bench = new(capacity, ports: 4);
        Assert.AreEqual("", bench.Load("""
            hostname PE
            ip vrf red
             rd 65000:1
            mpls static binding ipv4 10.255.0.1 255.255.255.255 20
            mpls static binding ipv4 10.255.0.3 255.255.255.255 21
            mpls static binding ipv4 10.255.0.3 255.255.255.255 output 10.0.12.2 23
            mpls static binding ipv4 vrf red 10.1.0.0 255.255.255.0 30
            bridge-domain 100
             member 10.255.0.3 200 encapsulation mpls manual
              mpls label 42 43
            interface Loopback0
             ip address 10.255.0.1 255.255.255.255
            interface Ethernet1
             ip vrf forwarding red
             ip address 10.1.0.1 255.255.255.0
             ipv6 address 2001:db8:1::1/64
            interface Ethernet2
             ip address 10.0.12.1 255.255.255.0
             ipv6 address 2001:db8:12::1/64
             mpls ip
            interface Ethernet3
             xconnect 10.255.0.3 100 encapsulation mpls manual
              mpls label 40 41
            interface Ethernet4
             service instance 10 ethernet
              encapsulation dot1q 10
              bridge-domain 100
            ip route 10.255.0.3 255.255.255.255 10.0.12.2
            ip route 10.99.0.0 255.255.0.0 10.0.12.2
            ip route 10.99.0.0 255.255.0.0 10.0.12.3
            ip route vrf red 10.2.0.0 255.255.255.0 10.255.0.3 label 31
            ip route 10.77.0.0 255.255.0.0 10.66.0.1
            ipv6 route 2001:db8:99::/48 2001:db8:12::2
            ipv6 route 2001:db8:98::/48 2001:db8:77::2
            ipv6 route vrf red 2001:db8:2::/64 10.255.0.3 label 32
            """));
        return bench;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Help();

    [GeneratedRegex(@"\[([^\]]*)\]")]
    private static partial Regex Options();

    [GeneratedRegex(@"%\w\d(\([^)]*\))?")]
    private static partial Regex Argument();

    [GeneratedRegex(@"=\d")]
    private static partial Regex Mark();
}
