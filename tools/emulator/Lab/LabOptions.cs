using LabEdge.Emulator.Chips;
using LabEdge.Forwarding;

namespace LabEdge.Emulator;

/// <summary>How a lab is run.</summary>
public sealed record LabOptions
{
    public const string Wire = "wire";
    public const string W5500 = "w5500";
    public const string Enc28j60 = "enc28j60";
    public const string Net = "net";
    public const string Portable = "portable";

    public long Seed { get; init; } = 1;

    /// <summary>Lines of configurations that LabEdge does not support are skipped and listed, not refused.</summary>
    public bool Lenient { get; init; }

    /// <summary>True: the routers have the configurations that a learner starts from, not those of the folder or of the solution.</summary>
    public bool Start { get; init; }

    /// <summary>
    /// When set: a lab, as folder or by name, whose topology and checks are taken in place of those in the folder that is run. Of that folder
    /// only the configurations and the answers count.
    /// </summary>
    public string Checks { get; init; }

    /// <summary>Commands to type after the checks; they are no part of the run that the digest names.</summary>
    public IReadOnlyList<ShowRequest> Shows { get; init; } = [];

    /// <summary>Virtual seconds per second of the clock; 0: as quick as this machine can, but real time where a node is outside.</summary>
    public double Speed { get; init; }

    /// <summary>Folder for captures and the account, or null.</summary>
    public string PcapFolder { get; init; }

    /// <summary><see cref="Wire"/>: ports are the wires' ends. <see cref="W5500"/>, <see cref="Enc28j60"/>: driver and chip model stand between.</summary>
    public string Mac { get; init; } = Wire;

    /// <summary>True when a chip stands between router and wire; and its name with the article that it takes.</summary>
    public bool OverChips => Mac != Wire;
    public string ChipName => Mac == Enc28j60 ? "an ENC28J60" : "a W5500";

    /// <summary><see cref="Net"/> or <see cref="Portable"/>: which form of the frame path.</summary>
    public string Kernel { get; init; } = Net;

    /// <summary>A kernel of the chosen form; each router has its own.</summary>
    public BurstKernel MakeKernel() => Kernel == Portable ? new PortableKernel() : new NetKernel();

    /// <summary>A driver over its chip model, of the kind that <see cref="Mac"/> names.</summary>
    public ChipNic MakeNic(byte[] address, Func<long> nowMicroseconds) =>
        Mac == Enc28j60 ? new Enc28j60Nic(address, nowMicroseconds) : new W5500Nic(address, nowMicroseconds);
}
