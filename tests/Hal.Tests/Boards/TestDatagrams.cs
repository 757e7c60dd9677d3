using LabEdge.Hal;

namespace LabEdge.Tests.Boards;

/// <summary>Datagrams between two ends in memory.</summary>
public sealed class TestDatagrams : IDatagrams
{
    public readonly Queue<byte[]> Waiting = new();
    public readonly List<byte[]> Sent = [];

    /// <summary>Where what is sent arrives; null = nowhere.</summary>
    public TestDatagrams Other { get; set; }

    public bool Up { get; set; } = true;

    public int Receive(byte[] octets, int offset, int count)
    {
        if (!Waiting.TryDequeue(out byte[] datagram)) return 0;
        if (datagram.Length > count) return -1;
        datagram.CopyTo(octets, offset);
        return datagram.Length;
    }

    public bool Send(byte[] octets, int offset, int count)
    {
        if (!Up) return false;
        byte[] datagram = octets.AsSpan(offset, count).ToArray();
        Sent.Add(datagram);
        Other?.Waiting.Enqueue(datagram);
        return true;
    }
}
