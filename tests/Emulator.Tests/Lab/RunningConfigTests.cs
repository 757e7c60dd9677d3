using System.Collections;
using System.Reflection;
using LabEdge.Cli;
using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary><c>show running-config</c> is a configuration: read back it is the same router, and says the same.</summary>
[TestClass]
public class RunningConfigTests
{
    private const string Head = "Building configuration...\n\nCurrent configuration:\n";

    public static IEnumerable<object[]> Forms => TeachingLabTests.Labs.SelectMany(row => new[] { new object[] { row[0], false }, [row[0], true] });

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Read_back_it_gives_the_same_text_the_same_model_and_the_same_run(string lab, bool start)
    {
        string folder = LabFixture.PathOf(lab);
        LabOptions options = new() { Start = start };
        using LabFixture once = new(lab);
        using LabFixture twice = new(lab);
        string answers = Path.Combine(folder, LabPlaces.StartFolder, LabAnswers.FileName);
        if (start && File.Exists(answers)) Array.ForEach([once, twice], copy => File.Copy(answers, Path.Combine(copy.Folder, LabAnswers.FileName), true));
        Run original = Run.Of(folder, options, once.Folder);
        Run first = Run.Of(once.Folder, new LabOptions(), twice.Folder);
        Run second = Run.Of(twice.Folder, new LabOptions(), null);

        CollectionAssert.AreEqual(original.Texts, first.Texts);
        CollectionAssert.AreEqual(first.Texts, second.Texts);
        Assert.AreEqual(first.Models, second.Models);
        Assert.AreEqual(original.Behaviour, first.Behaviour);
        Assert.AreEqual(first.Digest, second.Digest);
        Assert.AreEqual(original.Behaviour, second.Behaviour);
    }

    private sealed record Run(string[] Texts, string Models, string Behaviour, string Digest)
    {
        /// <summary>Runs a lab, and writes what its nodes show as their configurations into a folder, if there is one.</summary>
        public static Run Of(string folder, LabOptions options, string into)
        {
            using RunDigest behaviour = new();
            List<string> texts = [];
            string models = null;
            LabReport report = new LabRun
            {
                Started = lab =>
                {
                    FrameDigest tap = new(lab, behaviour);
                    foreach (VirtualWire wire in lab.Wires) wire.AddTap(tap);
                },
                Settled = lab =>
                {
                    using RunDigest digest = new();
                    foreach (LabNode node in lab.Nodes)
                    {
                        string text = node.Type("show running-config", 60_000_000).ReplaceLineEndings("\n");
                        StringAssert.StartsWith(text, Head);
                        texts.Add(text[Head.Length..]);
                        if (into != null) File.WriteAllText(Path.Combine(into, node.Settings.ConfigurationFile), text[Head.Length..]);
                        Add(digest, node.Name, node.Router.Cli.Configuration.Running);
                    }

                    models = digest.Hex();
                },
                Checked = result => behaviour.Text(result.Check.Goal, $"{result.Ok} {result.Reason}"),
            }.Run(folder, options);
            return new Run([.. texts], models, behaviour.Hex(), report.Digest);
        }

        // Every field of the model, of whatever kind: one that is added later is in the digest too.
        private static void Add(RunDigest digest, string name, object value)
        {
            switch (value)
            {
                case null: digest.Number(name, -1); break;
                case bool or byte or int or uint or ushort or short: digest.Number(name, Convert.ToInt64(value)); break;
                case string text: digest.Text(name, text); break;
                case IEnumerable elements:
                    int index = 0;
                    foreach (object element in elements) Add(digest, $"{name}[{index++}]", element);
                    break;
                default:
                    foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                    {
                        Add(digest, $"{name}.{field.Name}", field.GetValue(value));
                    }

                    break;
            }
        }
    }

    private sealed class FrameDigest(RunningLab lab, RunDigest digest) : IWireTap
    {
        public void Sent(VirtualWire wire, int end, byte[] octets, int offset, int count)
        {
        }

        public void Delivered(VirtualWire wire, int end, byte[] octets, int offset, int count) => digest.Frame(lab.Queue.Now, wire.Index, end, octets, offset, count);
    }
}
