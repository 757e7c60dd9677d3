using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Tests.Ports;

/// <summary>Frames for the tests of ports, and what tests do with two ports that hear each other.</summary>
public static class PortFrames
{
    private const int Headroom = 112;

    /// <summary>Fills in a frame: addresses, what comes after them, and octets that tell its length.</summary>
    public static void Fill(Frame frame, int length, string afterAddresses)
    {
        Hex.Octets("020000000B01 020000000A01" + afterAddresses).CopyTo(frame.Octets, Headroom);
        for (int i = 12 + afterAddresses.Length / 2; i < length; i++) frame.Octets[Headroom + i] = (byte)(i + length);
        frame.Start = Headroom;
        frame.Length = length;
    }

    public static byte[] Octets(Frame frame) => frame.Octets[frame.Start..(frame.Start + frame.Length)];

    /// <summary>Waits for frames: a moment may pass.</summary>
    public static int Receive(RealPort port, Frame[] frames, int max)
    {
        int count = 0;
        SpinWait.SpinUntil(() => (count = port.ReceiveBurst(frames, max)) > 0, 2000);
        return count;
    }

    /// <summary>Every length, with and without a tag, passes from one port to the other octet for octet and in order.</summary>
    public static void Pass(RealPort from, RealPort to, int longest)
    {
        Frame sent = new(Headroom, 9018);
        Frame received = new(Headroom, 9018);
        foreach (string type in new[] { "88B5", "8100A06488B5", "88A8A06481000065" + "88B5" })
        {
            foreach (int length in new[] { 60, 61, 64, 100, 1000, 1514, longest })
            {
                Fill(sent, length, type);
                Assert.IsTrue(from.Send(sent), $"{type} {length}");
                from.Flush();
                Assert.AreEqual(1, Receive(to, [received], 1), $"{type} {length}: nothing came");
                Assert.AreEqual(Headroom, received.Start);
                Assert.AreEqual(Hex.Text(Octets(sent)), Hex.Text(Octets(received)), $"{type} {length}");
            }
        }
    }

    /// <summary>Octets that this thread allocates while so many frames go from one port to the other and back.</summary>
    public static long AllocatedBy(RealPort a, RealPort b, int frames)
    {
        Frame[] burst = [.. Enumerable.Range(0, 32).Select(_ => new Frame(Headroom, 1614))];
        Frame sent = new(Headroom, 1614);
        Fill(sent, 100, "8100A06488B5");
        int passed = Exchange(a, b, sent, burst, frames / 2);
        AllocationMeter meter = new();
        passed += Exchange(a, b, sent, burst, frames);
        long allocated = meter.Octets;
        Assert.AreEqual(2 * (frames / 2 + frames), passed, "not all frames came");
        return allocated;
    }

    private static int Exchange(RealPort a, RealPort b, Frame sent, Frame[] burst, int frames)
    {
        int passed = 0;
        for (int i = 0; i < frames; i += 10)
        {
            for (int k = 0; k < 10; k++)
            {
                a.Send(sent);
                b.Send(sent);
            }

            a.Flush();
            b.Flush();
            long end = Environment.TickCount64 + 2000;
            int came = 0;
            while (came < 20 && Environment.TickCount64 < end) came += a.ReceiveBurst(burst, 32) + b.ReceiveBurst(burst, 32);
            passed += came;
        }

        return passed;
    }
}
