using LabEdge.Hal;

namespace LabEdge.Tests.Memory;

/// <summary>A port with a helpful network behind it: every address is resolved, and every echo request comes back as a reply.</summary>
public sealed class AnsweringPort(int index) : IEthernetPort
{
    private readonly Queue<byte[]> _answers = new();

    public LinkKind Kind => LinkKind.Ethernet;

    public bool LinkUp => true;

    public int MaxFrameLength => 1514;

    public bool Receive(Frame frame)
    {
        if (!_answers.TryDequeue(out byte[] octets)) return false;
        octets.CopyTo(frame.Octets, frame.Headroom);
        frame.Start = frame.Headroom;
        frame.Length = octets.Length;
        return true;
    }

    public int ReceiveBurst(Frame[] frames, int max)
    {
        int count = 0;
        while (count < max && Receive(frames[count])) count++;
        return count;
    }

    public bool Send(Frame frame)
    {
        byte[] b = frame.Octets.AsSpan(frame.Start, frame.Length).ToArray();
        bool arp = b[12] == 8 && b[13] == 6 && b[21] == 1 && !b.AsSpan(28, 4).SequenceEqual(b.AsSpan(38, 4));
        bool echo = b[12] == 8 && b[13] == 0 && b[23] == 1 && b[34] == 8;
        b.AsSpan(6, 6).CopyTo(b);
        GetAddress(b, 6);
        b[6] = 0x06;
        if (arp)
        {
            byte[] asked = b[38..42];
            b[21] = 2;
            b.AsSpan(22, 10).CopyTo(b.AsSpan(32));
            b.AsSpan(6, 6).CopyTo(b.AsSpan(22));
            asked.CopyTo(b, 28);
            _answers.Enqueue(b);
        }
        else if (echo)
        {
            // The type falls by 8, so the checksum rises by 8 in its high octet (RFC 1624).
            byte[] source = b[26..30];
            b.AsSpan(30, 4).CopyTo(b.AsSpan(26));
            source.CopyTo(b, 30);
            b[34] = 0;
            int sum = ((b[36] << 8) | b[37]) + 0x0800;
            sum = (sum & 0xFFFF) + (sum >> 16);
            b[36] = (byte)(sum >> 8);
            b[37] = (byte)sum;
            _answers.Enqueue(b);
        }

        return true;
    }

    public void Flush()
    {
    }

    public void GetAddress(byte[] address, int offset)
    {
        byte[] own = [0x02, 0, 0, 0, 0, (byte)index];
        own.CopyTo(address, offset);
    }

    public bool SetPromiscuous(bool on) => true;
}
