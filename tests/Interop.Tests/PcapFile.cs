using System.Buffers.Binary;

namespace LabEdge.Tests.Interop;

/// <summary>One record of a capture: what was captured, and how long the frame was on the wire.</summary>
public sealed record CapturedFrame(int Offset, byte[] Octets, int WireLength)
{
    public int EtherType => Octets.Length < 14 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(Octets.AsSpan(12));
}

/// <summary>Reads a pcap file of the host's byte order (microseconds or nanoseconds).</summary>
public static class PcapFile
{
    public static List<CapturedFrame> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        List<CapturedFrame> frames = [];
        for (int at = 24; at + 16 <= file.Length;)
        {
            int captured = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8));
            int wire = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 12));
            if (at + 16 + captured > file.Length) break;
            frames.Add(new CapturedFrame(at + 16, file[(at + 16)..(at + 16 + captured)], wire));
            at += 16 + captured;
        }

        return frames;
    }
}
