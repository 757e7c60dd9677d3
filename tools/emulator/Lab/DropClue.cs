using System.Buffers.Binary;
using System.Net;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Emulator;

/// <summary>
/// Why pings went missing, from what the routers counted meanwhile. Of several drops the one on the way counts more than one at
/// either end, and none counts less than the answers and floods that met nobody who wanted them: those follow from something else.
/// </summary>
public sealed class DropClue(RunningLab lab)
{
    private sealed record Drop(LabNode Node, int Port, int Reason, int Count, bool AtAnEnd)
    {
        public bool IsSideEffect => Reason is DropReason.HostUnclaimed or DropReason.NotForThisStation;
    }

    /// <summary>The drop counters of all nodes, to compare with later.</summary>
    public int[] Now() => [.. lab.Nodes.SelectMany(node => node.Router.Tables.Ledger.Dropped)];

    /// <param name="before">Of <see cref="Now"/>, when the pings began.</param>
    /// <param name="from">The node that sent them.</param>
    /// <param name="to">Whose address they went to; any node that has it is an end of the way.</param>
    /// <returns>A clause that begins with a semicolon, or nothing when nobody counted anything.</returns>
    public string Since(int[] before, string from, IPAddress to)
    {
        Drop[] drops = [.. DropsSince(before, from, to).OrderBy(drop => drop.AtAnEnd).ThenByDescending(drop => drop.Count)];
        Drop cause = drops.FirstOrDefault(drop => !drop.IsSideEffect);
        if (cause != null) return Text(cause);

        // Nobody dropped what was to be forwarded: perhaps an end sent nothing, for want of a link address.
        LabNode silent = lab.Nodes.Where(node => IsEnd(node, from, to)).FirstOrDefault(node => Unresolved(node).Length > 0);
        if (silent != null) return $"; {silent.Name} finds that {Unresolved(silent)}";
        Drop effect = drops.FirstOrDefault(drop => !drop.AtAnEnd);
        return effect == null ? "" : Text(effect);
    }

    /// <returns>
    /// What the node's tables know of neighbours that were asked for: "10.1.1.9 does not answer ARP", or, where all of IPv4 have answered,
    /// "2001:db8::9 does not answer Neighbor Discovery"; empty when all have answered.
    /// </returns>
    public static string Unresolved(LabNode node)
    {
        NeighborTable table = node.Router.Host.Neighbors;
        List<string> silent = [];
        for (int i = 0; i < table.Count; i++)
        {
            if (table.StateOf(i) is NeighborTable.Incomplete or NeighborTable.Failed) silent.Add(Text(table.AddressOf(i)));
        }

        if (silent.Count > 0) return Silent(silent, "ARP");

        Ipv6NeighborTable neighbors = node.Router.Host.Neighbors6;
        byte[] address = new byte[Ipv6Address.Length];
        for (int i = 0; i < neighbors.Count; i++)
        {
            if (neighbors.StateOf(i) is not (NeighborSlots.Incomplete or NeighborSlots.Failed)) continue;
            neighbors.CopyAddress(i, address, 0);
            silent.Add(new IPAddress(address).ToString());
        }

        return Silent(silent, "Neighbor Discovery");
    }

    private static string Silent(List<string> silent, string protocol) => silent.Count switch
    {
        0 => "",
        1 => $"{silent[0]} does not answer {protocol}",
        _ => $"{string.Join(" and ", silent)} do not answer {protocol}",
    };

    private List<Drop> DropsSince(int[] before, string from, IPAddress to)
    {
        List<Drop> drops = [];
        int at = 0;
        foreach (LabNode node in lab.Nodes)
        {
            bool end = IsEnd(node, from, to);
            int[] dropped = node.Router.Tables.Ledger.Dropped;
            for (int i = 0; i < dropped.Length; i++)
            {
                int more = dropped[i] - before[at++];
                if (more > 0) drops.Add(new Drop(node, i / DropReason.Count, i % DropReason.Count, more, end));
            }
        }

        return drops;
    }

    private static bool IsEnd(LabNode node, string from, IPAddress to)
    {
        if (node.Name == from) return true;
        byte[] octets = to.GetAddressBytes();
        if (octets.Length == 4) return node.Router.Host.Interfaces.Address.Contains(BinaryPrimitives.ReadUInt32BigEndian(octets));
        return node.Router.Host.Ipv6.Address.Chunk(octets.Length).Any(own => own.SequenceEqual(octets));
    }

    private static string Text(Drop drop)
    {
        string clue = $"; meanwhile {drop.Node.Name} dropped {drop.Count} from {drop.Node.Interfaces[drop.Port]}: {DropReason.Name(drop.Reason)}";
        string neighbors = drop.Reason is DropReason.TransportDown or DropReason.UnresolvedNeighbor ? Unresolved(drop.Node) : "";
        return neighbors.Length == 0 ? clue : $"{clue} ({neighbors})";
    }

    private static string Text(uint address) => new IPAddress([(byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address]).ToString();
}
