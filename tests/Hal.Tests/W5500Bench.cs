using LabEdge.Emulator.Chips;
using LabEdge.Hal;
using LabEdge.Hal.W5500;

namespace LabEdge.Tests;

/// <summary>The driver over the chip model, with a hand-moved clock and a list of what left on the wire.</summary>
public sealed class W5500Bench
{
    public const int Headroom = 112;

    public static readonly byte[] Mac = [0x02, 0x00, 0x00, 0x55, 0x00, 0x01];

    public readonly W5500Chip Chip;
    public readonly InterceptedBus Bus;
    public readonly W5500Port Port;
    public readonly List<byte[]> Sent = [];

    /// <summary>The lab's clock in µs.</summary>
    public long NowUs = 1_000_000;

    public W5500Bench(bool wired = true, bool start = true)
    {
        Chip = new W5500Chip(() => NowUs);
        Chip.Transmit = (octets, offset, count) => Sent.Add(octets.AsSpan(offset, count).ToArray());
        Bus = new InterceptedBus(Chip);
        Port = new W5500Port(Bus, wired ? Chip.ResetPin : null, wired ? Chip.InterruptPin : null, new ChipClock(Chip), Mac);
        if (!start) return;
        Assert.AreEqual(W5500State.Ready, Start());
        Chip.ResetCounts();
    }

    /// <summary>Calls Start until it has an answer; a millisecond passes between calls.</summary>
    public W5500State Start()
    {
        W5500State state = Port.Start();
        for (int call = 0; call < 1000 && state == W5500State.Busy; call++)
        {
            NowUs += 1000;
            Chip.Advance(1_000_000);
            state = Port.Start();
        }

        return state;
    }

    /// <summary>Lets more time pass than any SEND takes.</summary>
    public void Rest(int milliseconds = 2) => NowUs = Chip.NowNanoseconds / 1000 + milliseconds * 1000;

    public void Deliver(byte[] octets) => Chip.Deliver(octets, 0, octets.Length);

    /// <summary>Receives until nothing comes any more.</summary>
    public List<byte[]> Drain(int burst = 4)
    {
        Frame[] frames = Pool(burst);
        List<byte[]> received = [];
        for (int idle = 0; idle < 3;)
        {
            int count = Port.ReceiveBurst(frames, burst);
            for (int i = 0; i < count; i++) received.Add(Content(frames[i]));
            idle = count == 0 ? idle + 1 : 0;
        }

        return received;
    }

    public static Frame[] Pool(int count)
    {
        Frame[] frames = new Frame[count];
        for (int i = 0; i < count; i++) frames[i] = new Frame(Headroom, 1514);
        return frames;
    }

    /// <summary>A frame to the driver's address whose octets differ by length and number.</summary>
    public static byte[] Make(int length, int number = 0)
    {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) octets[i] = (byte)(i * 31 + number * 7 + (i >> 8) + length);
        Mac.AsSpan(0, Math.Min(6, length)).CopyTo(octets);
        if (length > 13) (octets[12], octets[13]) = (0x88, 0x47);
        return octets;
    }

    /// <summary>A frame ready for Send, in a buffer filled with 0xA5.</summary>
    public static Frame Load(byte[] octets, int start = Headroom)
    {
        Frame frame = new(Headroom, 1600);
        Array.Fill(frame.Octets, (byte)0xA5);
        octets.CopyTo(frame.Octets, start);
        frame.Start = start;
        frame.Length = octets.Length;
        return frame;
    }

    public static byte[] Content(Frame frame) => frame.Octets.AsSpan(frame.Start, frame.Length).ToArray();

    public static void AreSame(IReadOnlyList<byte[]> expected, IReadOnlyList<byte[]> actual, string message = "")
    {
        Assert.HasCount(expected.Count, actual, message);
        for (int i = 0; i < expected.Count; i++) Assert.AreEqual(Hex.Text(expected[i]), Hex.Text(actual[i]), message + " frame " + i);
    }

    /// <summary>Milliseconds of the chip's clock: it moves with every transfer, as a board's does.</summary>
    public sealed class ChipClock(W5500Chip chip) : IClock
    {
        public uint NowMs() => (uint)(chip.NowNanoseconds / 1_000_000);
    }

    /// <summary>The bus between driver and chip, with two places where a test may look or meddle.</summary>
    public sealed class InterceptedBus(W5500Chip chip) : ISpiDevice
    {
        /// <summary>(octets, offset, count) of a Write, before the chip gets it.</summary>
        public Action<byte[], int, int> BeforeWrite { get; set; }

        /// <summary>(octets, offset, count) that a Transfer read, before the driver sees them.</summary>
        public Action<byte[], int, int> AfterTransfer { get; set; }

        public void Write(byte[] octets, int offset, int count)
        {
            BeforeWrite?.Invoke(octets, offset, count);
            chip.Write(octets, offset, count);
        }

        public void Transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int count)
        {
            chip.Transfer(write, writeOffset, read, readOffset, count);
            AfterTransfer?.Invoke(read, readOffset, count);
        }
    }
}
