namespace LabEdge.Emulator;

/// <summary>What a wire does to frames. Chances are per million frames, the same in both directions.</summary>
public sealed record WireSettings
{
    /// <summary>From the last octet sent to its arrival, in microseconds.</summary>
    public int DelayUs { get; init; } = 100;

    /// <summary>Bits per second; 0 = a frame takes no time to send.</summary>
    public long BandwidthBits { get; init; }

    /// <summary>Octets after the Ethernet header.</summary>
    public int Mtu { get; init; } = 1500;

    public int LossPerMillion { get; init; }
    public int DuplicatePerMillion { get; init; }

    /// <summary>A reordered frame comes <see cref="ReorderDelayUs"/> later, after those behind it.</summary>
    public int ReorderPerMillion { get; init; }
    public int ReorderDelayUs { get; init; } = 1000;

    /// <summary>A corrupted frame has one bit changed; an FCS would catch it, so this is what a bad memory does.</summary>
    public int CorruptPerMillion { get; init; }
}
