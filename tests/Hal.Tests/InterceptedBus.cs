using LabEdge.Hal;

namespace LabEdge.Tests;

/// <summary>The bus between driver and chip, with two places where a test may look or meddle.</summary>
public sealed class InterceptedBus(ISpiDevice chip) : ISpiDevice
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
