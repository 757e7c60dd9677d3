using LabEdge.Hal;

namespace LabEdge.Tests;

/// <summary>
/// An Ethernet port for tests: keeps a copy of every frame sent, or hands it to a <see cref="Log"/> without allocating,
/// and gives out the frames that a test has queued.
/// </summary>
public sealed class RecordingPort : IEthernetPort
{
    private readonly byte[] _address;
    private readonly Queue<byte[]> _waiting = new();

    /// <param name="address">6 octets as hexadecimal digits.</param>
    public RecordingPort(string address)
    {
        _address = Hex.Octets(address);
    }

    /// <summary>Copies of the frames sent, in order, while there is no <see cref="Log"/>.</summary>
    public List<byte[]> Sent { get; } = [];

    /// <summary>Where sent frames go in place of <see cref="Sent"/>; may be shared by several ports.</summary>
    public SendLog Log { get; set; }

    /// <summary>The number under which the port writes into the <see cref="Log"/>.</summary>
    public int Index { get; set; }

    /// <summary>True: Send takes nothing.</summary>
    public bool Refuses { get; set; }

    /// <summary>Refuses every n-th frame; 0 = none.</summary>
    public int RefusesEvery { get; set; }

    /// <summary>Frames offered to Send.</summary>
    public int Offered { get; private set; }

    public bool Promiscuous { get; private set; }

    public LinkKind Kind => LinkKind.Ethernet;

    public bool LinkUp { get; set; } = true;

    public int MaxFrameLength { get; set; } = 1514;

    /// <summary>Puts a frame where Receive finds it.</summary>
    public void Queue(byte[] octets)
    {
        _waiting.Enqueue(octets);
    }

    public bool Receive(Frame frame)
    {
        if (!_waiting.TryDequeue(out byte[] octets)) return false;
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
        Offered++;
        if (Refuses || (RefusesEvery > 0 && Offered % RefusesEvery == 0)) return false;
        if (Log != null)
        {
            Log.Add(Index, frame.Octets, frame.Start, frame.Length);
        }
        else
        {
            Sent.Add(frame.Octets.AsSpan(frame.Start, frame.Length).ToArray());
        }

        return true;
    }

    public void Flush()
    {
    }

    public void GetAddress(byte[] address, int offset)
    {
        _address.CopyTo(address, offset);
    }

    public bool SetPromiscuous(bool on)
    {
        Promiscuous = on;
        return true;
    }
}

/// <summary>Sent frames one after another in one array: port, length and octets of each. Adding allocates nothing.</summary>
public sealed class SendLog(int capacity)
{
    private const int EntryHeader = 4;

    private readonly byte[] _octets = new byte[capacity];
    private int _length;

    /// <summary>Frames added since <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Everything added since <see cref="Clear"/>, to compare with another log.</summary>
    public ReadOnlySpan<byte> Octets => _octets.AsSpan(0, _length);

    public void Clear()
    {
        _length = 0;
        Count = 0;
    }

    public void Add(int port, byte[] octets, int offset, int length)
    {
        _octets[_length] = (byte)port;
        _octets[_length + 2] = (byte)(length >> 8);
        _octets[_length + 3] = (byte)length;
        Array.Copy(octets, offset, _octets, _length + EntryHeader, length);
        _length += EntryHeader + length;
        Count++;
    }

    /// <summary>Port of the only frame.</summary>
    public int Port => _octets[0];

    /// <summary>The only frame.</summary>
    public ReadOnlySpan<byte> Frame => _octets.AsSpan(EntryHeader, _length - EntryHeader);
}
