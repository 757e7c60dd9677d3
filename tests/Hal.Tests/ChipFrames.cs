using LabEdge.Hal;

namespace LabEdge.Tests;

/// <summary>Frames for the drivers of Ethernet chips, and what was received.</summary>
public static class ChipFrames
{
    public const int Headroom = 112;

    public static readonly byte[] Mac = [0x02, 0x00, 0x00, 0x55, 0x00, 0x01];

    /// <summary>Receives until nothing comes any more.</summary>
    public static List<byte[]> Drain(IEthernetPort port, int burst)
    {
        Frame[] frames = Pool(burst);
        List<byte[]> received = [];
        for (int idle = 0; idle < 3;)
        {
            int count = port.ReceiveBurst(frames, burst);
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
}
