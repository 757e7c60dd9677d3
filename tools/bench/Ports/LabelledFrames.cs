using LabEdge.Hal;

namespace LabEdge.Bench;

/// <summary>What the sender sends: frames of 64 octets with one label each, which a forwarder swaps; and its addresses.</summary>
public static class LabelledFrames
{
    public const int FirstLabel = 16;
    public const int Labels = 256;
    public const int FirstOutLabel = 5000;
    public const int Length = 64;
    public const int Headroom = 112;

    /// <summary>Station addresses: the forwarder's two, and its neighbour's on either side (a TAP's two ends differ in the last bit).</summary>
    public const string InAddress = "02:00:00:00:01:01";
    public const string SenderAddress = "02:00:00:00:01:00";
    public const string OutAddress = "02:00:00:00:02:01";
    public const string NextHopAddress = "02:00:00:00:02:00";

    /// <summary>A ring of frames with random labels.</summary>
    public static Frame[] Make(int count)
    {
        SeededSequence random = new(20261123);
        Frame[] frames = new Frame[count];
        for (int i = 0; i < count; i++)
        {
            Frame frame = new(Headroom, 1614) { Length = Length };
            Span<byte> octets = frame.Octets.AsSpan(frame.Start, Length);
            for (int k = 18; k < Length; k++) octets[k] = (byte)random.Next();
            Octets(InAddress).CopyTo(octets);
            Octets(SenderAddress).CopyTo(octets[6..]);
            octets[12] = 0x88;
            octets[13] = 0x47;
            int label = FirstLabel + random.Next(Labels);
            octets[14] = (byte)(label >> 12);
            octets[15] = (byte)(label >> 4);
            octets[16] = (byte)((label << 4) | (random.Next(8) << 1) | 1);
            octets[17] = (byte)(2 + random.Next(254));
            frames[i] = frame;
        }
        return frames;
    }

    /// <summary>FNV-1a over the octets that came out.</summary>
    public static ulong Hash(ulong hash, Frame frame)
    {
        for (int i = 0; i < frame.Length; i++) hash = (hash ^ frame.Octets[frame.Start + i]) * 0x100000001B3;
        return hash;
    }

    public static byte[] Octets(string address) => Convert.FromHexString(address.Replace(":", ""));

    /// <summary>The router's configuration: as many labels that it swaps, all to one neighbour in 192.168.<paramref name="net"/>.0.</summary>
    public static string Configuration(int net)
    {
        System.Text.StringBuilder text = new();
        text.Append($"""
            hostname bench
            mpls label range 10000 16000 static 16 9999
            interface Ethernet1
             ip address 192.168.1.2 255.255.255.0
             mpls ip
            interface Ethernet2
             ip address 192.168.{net}.2 255.255.255.0
             mpls ip

            """);
        for (int i = 0; i < Labels; i++)
        {
            text.Append($"ip route 10.0.0.{i} 255.255.255.255 192.168.{net}.3\n");
            text.Append($"mpls static binding ipv4 10.0.0.{i} 255.255.255.255 input {FirstLabel + i}\n");
            text.Append($"mpls static binding ipv4 10.0.0.{i} 255.255.255.255 output 192.168.{net}.3 {FirstOutLabel + i}\n");
        }
        return text.Append("end\n").ToString();
    }
}
