using LabEdge.Emulator;

namespace LabEdge.Tests.Engine;

[TestClass]
public class RunDigestTests
{
    private static string Of(Action<RunDigest> fill)
    {
        using RunDigest digest = new();
        fill(digest);
        return digest.Hex();
    }

    [TestMethod]
    public void The_same_input_gives_the_same_64_digits()
    {
        static void Fill(RunDigest digest)
        {
            digest.Number("seed", 7);
            digest.Text("r1.cfg", "hostname r1");
            digest.Frame(100, 0, 1, [1, 2, 3], 0, 3);
        }

        Assert.AreEqual(Of(Fill), Of(Fill));
        Assert.AreEqual(64, Of(Fill).Length);
    }

    [TestMethod]
    public void Time_wire_end_and_each_octet_of_a_frame_count()
    {
        byte[] octets = [9, 1, 2, 3, 9];
        string[] digests =
        [
            Of(d => d.Frame(100, 0, 1, octets, 1, 3)),
            Of(d => d.Frame(101, 0, 1, octets, 1, 3)),
            Of(d => d.Frame(100, 1, 1, octets, 1, 3)),
            Of(d => d.Frame(100, 0, 0, octets, 1, 3)),
            Of(d => d.Frame(100, 0, 1, octets, 1, 2)),
            Of(d => d.Frame(100, 0, 1, octets, 0, 3)),
        ];
        Assert.HasCount(digests.Length, digests.Distinct());
        Assert.AreEqual(digests[0], Of(d => d.Frame(100, 0, 1, [1, 2, 3], 0, 3)));
    }

    [TestMethod]
    public void A_border_between_two_texts_cannot_move()
    {
        string one = Of(d => { d.Text("a", "bc"); d.Text("d", ""); });
        string two = Of(d => { d.Text("a", "b"); d.Text("cd", ""); });
        string three = Of(d => { d.Text("ab", "c"); d.Text("d", ""); });
        Assert.HasCount(3, new[] { one, two, three }.Distinct());
    }

    [TestMethod]
    public void It_may_be_asked_in_between()
    {
        Assert.AreEqual(Of(d => { d.Text("a", "1"); d.Text("b", "2"); }), Of(d => { d.Text("a", "1"); d.Hex(); d.Text("b", "2"); }));
    }
}
