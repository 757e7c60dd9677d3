using LabEdge.Hal;

namespace LabEdge.Bench.Soak;

/// <summary>A port that checks each frame it is given against the policy, and keeps nothing of it. Refuses one in so many.</summary>
public sealed class SoakPort(int index) : IEthernetPort
{
    /// <summary>Frames refused: one in so many, by count.</summary>
    private const int RefusesEvery = 1021;

    private readonly long[] _passed = new long[SoakPolicy.Customers * SoakPolicy.Customers];

    public int Offered { get; private set; }

    /// <summary>Frames whose origin may not reach whose they became, and what the first one was.</summary>
    public int Crossings { get; private set; }

    /// <summary>Frames that end with no marker: the router changed a payload.</summary>
    public int Unmarked { get; private set; }

    public byte[] FirstWrong { get; } = new byte[256];

    public int FirstWrongLength { get; private set; }

    public long Passed(int from, int to) => _passed[from * SoakPolicy.Customers + to];

    public LinkKind Kind => LinkKind.Ethernet;

    public bool LinkUp => true;

    public int MaxFrameLength => 1514;

    public bool Receive(Frame frame) => false;

    public int ReceiveBurst(Frame[] frames, int max) => 0;

    public bool Send(Frame frame)
    {
        Offered++;
        ReadOnlySpan<byte> octets = frame.Octets.AsSpan(frame.Start, frame.Length);
        int owner = SoakPolicy.OwnerOf(index, octets);
        int origin = SoakPolicy.OriginOf(octets, SoakPolicy.MayBeCut(index, owner));
        if (origin < 0 || owner < 0 || !SoakPolicy.Allows(origin, owner))
        {
            if (origin < 0) Unmarked++;
            else Crossings++;
            if (FirstWrongLength == 0)
            {
                FirstWrongLength = octets.Length;
                octets[..Math.Min(octets.Length, FirstWrong.Length)].CopyTo(FirstWrong);
            }
        }
        else
        {
            _passed[origin * SoakPolicy.Customers + owner]++;
        }

        return Offered % RefusesEvery != 0;
    }

    public void Flush()
    {
    }

    public void GetAddress(byte[] address, int offset)
    {
        for (int i = 0; i < 5; i++) address[offset + i] = 0;
        address[offset] = 2;
        address[offset + 5] = (byte)(index + 1);
    }

    public bool SetPromiscuous(bool on) => true;
}
