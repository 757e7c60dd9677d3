using LabEdge.Forwarding;

namespace LabEdge.Emulator;

/// <summary>How many frames each port of a lab had dropped, for each reason, when this was made.</summary>
public sealed class DropCount
{
    private readonly Dictionary<Router, int[]> _counts = [];

    public DropCount(RunningLab lab)
    {
        foreach (LabNode node in lab.Nodes)
        {
            int[] counts = new int[node.Ports.Count * DropReason.Count];
            for (int i = 0; i < counts.Length; i++) counts[i] = node.Router.Tables.Ledger.DroppedOn(i / DropReason.Count, i % DropReason.Count);
            _counts[node.Router] = counts;
        }
    }

    /// <summary>0 for a router that has started since.</summary>
    public int Of(LabNode node, int port, int reason) => _counts.TryGetValue(node.Router, out int[] counts) ? counts[port * DropReason.Count + reason] : 0;
}
