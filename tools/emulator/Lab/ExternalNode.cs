using LabEdge.Emulator.Commands;

namespace LabEdge.Emulator;

/// <summary>A node outside the lab: its links end at ports of this machine.</summary>
/// <param name="Ports">By endpoint; the empty name stands for the node's one endpoint, whatever its name.</param>
public sealed record ExternalNode(string Name, int Line, IReadOnlyDictionary<string, PortRequest> Ports)
{
    /// <returns>Null when no label names a port for this endpoint.</returns>
    public PortRequest PortAt(string endpoint) => Ports.GetValueOrDefault(endpoint) ?? Ports.GetValueOrDefault("");
}
