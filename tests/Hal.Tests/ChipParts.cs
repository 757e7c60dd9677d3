using LabEdge.Hal;

namespace LabEdge.Tests;

/// <summary>A clock that a test moves.</summary>
public sealed class StepClock : IClock
{
    public uint Now;

    public uint NowMs() => Now;
}

/// <summary>A pin that remembers its level.</summary>
public sealed class PinRecorder : IOutputPin
{
    public bool High = true;

    public void Write(bool high) => High = high;
}

/// <summary>A bus without a chip: MISO stays at one level.</summary>
public sealed class FloatingBus(byte level) : ISpiDevice
{
    public void Write(byte[] octets, int offset, int count)
    {
    }

    public void Transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int count) => read.AsSpan(readOffset, count).Fill(level);
}
