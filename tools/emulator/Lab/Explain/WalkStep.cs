using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Emulator;

/// <summary>A row that a frame met, as <see cref="FrameTrace"/> has it.</summary>
public readonly record struct WalkRow(int Kind, int Index, int Value, int Offset);

/// <summary>A frame that leaves a node.</summary>
public sealed record WalkFrame(int Port, byte[] Octets, bool Taken);

/// <summary>What one node does with the packet.</summary>
/// <param name="PortIn">-1 at the node that makes it.</param>
/// <param name="Received">The frame as it came in, or the packet as it was made.</param>
/// <param name="Lines">What explain says there.</param>
/// <param name="Silent">A next hop that does not answer ARP: its port and address; port -1 = none.</param>
public sealed record WalkStep(
    LabNode Node, int PortIn, byte[] Received, IReadOnlyList<string> Lines, IReadOnlyList<WalkRow> Rows, int Reason, int Mark, int Context, int Offset, (int Port, uint Address) Silent)
{
    /// <summary>The frame of which the next step tells, and the link that it goes over; null where the way ends.</summary>
    public WalkFrame Left { get; init; }
    public VirtualWire Link { get; init; }

    public string InterfaceIn => PortIn < 0 ? null : Node.Interfaces[PortIn];

    /// <summary>The sentence after "why: ", or what became of it.</summary>
    public string Why => Lines.LastOrDefault(line => line.StartsWith("why: ", StringComparison.Ordinal))?[5..] ?? Lines[^1][(Lines[^1].IndexOf(':') + 2)..];

    public WalkRow? Row(int kind) => Rows.Cast<WalkRow?>().LastOrDefault(row => row.Value.Kind == kind);

    public WalkRow? First(int kind) => Rows.Cast<WalkRow?>().FirstOrDefault(row => row.Value.Kind == kind);
}

/// <summary>A packet's way from node to node.</summary>
/// <param name="Stop">What a wire did to it after the last step; empty when the last step itself is the end.</param>
public sealed record Walk(IReadOnlyList<WalkStep> Steps, string Stop)
{
    public WalkStep Last => Steps[^1];

    /// <summary>It came to a router that takes it in as its own.</summary>
    public bool Delivered => Stop.Length == 0 && Last.Mark is PuntClass.Local or PuntClass.LocalIpv6;

    /// <summary>It is an ARP request, and came to the port that has the address.</summary>
    public bool AddressFound => Stop.Length == 0 && Last.Mark == PuntClass.Arp
        && Last.Node.Router.Host.Interfaces.Address[Last.PortIn] == Octets.ReadUInt32(Last.Received, Last.Offset + ArpPacket.TargetProtocolOffset);

    // What tells most about the packet: that it came to its end, that it was dropped for a reason, that it met somebody else's station.
    public int Weight => Delivered ? 4 : AddressFound ? 3 : Last.Mark == PuntClass.Arp || Last.Reason is DropReason.NotForThisStation or DropReason.SamePort ? 1 : 2;
}
