using LabEdge.Hal;

namespace LabEdge.Tests.Running;

/// <summary>One MAC of the fuzzed router: gives out what the bench has for it, shows the bench what it takes. Allocates nothing.</summary>
public sealed class FuzzPort(FuzzBench bench, int index) : IEthernetPort
{
    private const int MaxAnswers = 16;

    private readonly uint[] _answers = new uint[MaxAnswers];
    private int _answerCount;

    /// <summary>Frames handed to the router, offered by it, and taken.</summary>
    public int Given;
    public int Offered;
    public int Taken;

    /// <summary>Frames of the fuzz that wait.</summary>
    public int Waiting;

    /// <summary>Refuses every n-th frame; 0 = none.</summary>
    public int RefusesEvery;

    public LinkKind Kind => LinkKind.Ethernet;

    public bool LinkUp { get; set; } = true;

    public int MaxFrameLength => FrameForge.MaxFrame;

    /// <summary>The neighbour with this address will answer the router's request.</summary>
    public void AnswerArp(uint address)
    {
        if (_answerCount < MaxAnswers) _answers[_answerCount++] = address;
    }

    public bool Receive(Frame frame)
    {
        if (_answerCount > 0)
        {
            bench.GiveArp(index, frame, _answers[--_answerCount]);
        }
        else if (Waiting > 0)
        {
            Waiting--;
            bench.Give(index, frame);
        }
        else
        {
            return false;
        }

        Given++;
        return true;
    }

    public int ReceiveBurst(Frame[] frames, int max)
    {
        bench.BeginBurst();
        int count = 0;
        while (count < max && Receive(frames[count])) count++;
        return count;
    }

    public bool Send(Frame frame)
    {
        Offered++;
        bench.Take(index, frame);
        if (!LinkUp || (RefusesEvery > 0 && Offered % RefusesEvery == 0)) return false;
        Taken++;
        return true;
    }

    public void Flush()
    {
    }

    public void GetAddress(byte[] address, int offset) => FrameForge.Station(address, offset, index);

    public bool SetPromiscuous(bool on) => true;
}
