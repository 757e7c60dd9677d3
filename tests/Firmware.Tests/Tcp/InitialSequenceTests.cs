using LabEdge.Forwarding;
using LabEdge.Tcp;

namespace LabEdge.Tests.Tcp;

/// <summary>Initial sequence numbers (RFC 9293 section 3.4.1, RFC 6528): a clock of 4 µs plus a secret function of addresses and ports.</summary>
[TestClass]
public class InitialSequenceTests
{
    [TestMethod]
    public void The_same_pair_sees_the_clock_and_another_pair_or_router_sees_other_numbers()
    {
        int first = Answer(7, 50000, 5000);
        Assert.AreEqual(250_000, Answer(7, 50000, 6000) - first, "1 s of 4 µs");
        HashSet<int> seen = [first];
        for (int port = 50001; port < 50200; port++) Assert.IsTrue(seen.Add(Answer(7, port, 5000)), "no two pairs of 200 begin alike");
        Assert.AreNotEqual(first, Answer(8, 50000, 5000), "another router's secret");

        // Neighbours do not differ by a constant.
        int[] steps = [.. seen.Zip(seen.Skip(1), (a, b) => b - a).Distinct()];
        Assert.IsGreaterThan(190, steps.Length);
    }

    private static int Answer(byte secret, int port, uint now)
    {
        byte[] entropy = new byte[32];
        entropy[9] = secret;
        Output output = new();
        TcpStack stack = new(Capacity.Tiny(), entropy, output);
        stack.Listen(VrfStore.Global, 646, new Taker());
        byte[] syn = new byte[TcpHeader.Length];
        TcpHeader.Write(syn, 0, port, 646, 1, 0, TcpHeader.Length, TcpHeader.Syn, 1000);
        TcpHeader.WriteChecksum(syn, 0, syn.Length, 0x0A000002, 0x0A000001);
        stack.Poll(now, 10);
        stack.Receive(VrfStore.Global, 0x0A000002, 0x0A000001, 255, syn, 0, syn.Length, now);
        stack.Poll(now, 10);
        return output.Sequence;
    }

    private sealed class Output : ITcpOutput
    {
        public byte[] Octets { get; } = new byte[2000];
        public int Start => 0;
        public int Sequence { get; private set; }

        public void Send(int vrf, uint source, uint destination, int length) => Sequence = TcpHeader.ReadSequence(Octets, 0);
    }
}
