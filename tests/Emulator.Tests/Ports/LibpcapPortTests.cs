using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Tests.Ports;

/// <summary>Ports by libpcap over a veth pair of this machine. Needs root and libpcap; says so where they are not there.</summary>
[TestClass]
public class LibpcapPortTests
{
    private static readonly string Left = VethPair.Name("bl");
    private static readonly string Right = VethPair.Name("br");

    [TestInitialize]
    public void MakePair() => VethPair.Make(Left, Right);

    [TestCleanup]
    public void RemovePair() => VethPair.Remove(Left);

    [TestMethod]
    public void Frames_pass_whole_both_ways_and_our_own_are_not_seen()
    {
        using LibpcapPort left = Open(Left);
        using PacketPort right = new(Right, 1514);
        byte[] address = new byte[6];
        left.GetAddress(address, 0);
        Assert.AreEqual("02000000 0A01", Hex.Text(address));
        Assert.IsTrue(left.LinkUp);
        PortFrames.Pass(left, right, 1514);
        PortFrames.Pass(right, left, 1514);
        Frame[] burst = [.. Enumerable.Range(0, 8).Select(_ => new Frame(112, 1600))];
        Assert.AreEqual(0, left.ReceiveBurst(burst, 8));
        Assert.AreEqual(left.FramesSent, right.FramesReceived);
    }

    [TestMethod]
    public void An_interface_that_is_not_there_is_told_with_those_that_are()
    {
        Open(Left).Dispose();
        string message = Assert.ThrowsExactly<PortException>(() => new LibpcapPort("no-such-interface", 1514)).Message;
        StringAssert.Contains(message, "no-such-interface");
        StringAssert.Contains(message, Left);
    }

    [TestMethod]
    public void A_frame_that_was_sent_is_known_once_and_forgotten_after_many_others()
    {
        SentFrames sent = new();
        sent.Add([1, 2, 3]);
        sent.Add([1, 2, 3]);
        Assert.IsFalse(sent.Take([1, 2, 4]));
        Assert.IsTrue(sent.Take([1, 2, 3]));
        Assert.IsTrue(sent.Take([1, 2, 3]));
        Assert.IsFalse(sent.Take([1, 2, 3]));
        sent.Add([9]);
        for (int i = 0; i < 1024; i++) sent.Add([(byte)i, (byte)(i >> 8), 7]);
        Assert.IsFalse(sent.Take([9]));
        Assert.IsTrue(sent.Take([0, 0, 7]));
    }

    private static LibpcapPort Open(string name)
    {
        try
        {
            return new LibpcapPort(name, 1514);
        }
        catch (PortException exception) when (exception.Message.StartsWith("libpcap is not installed", StringComparison.Ordinal))
        {
            Assert.Inconclusive(exception.Message);
            return null;
        }
    }
}
