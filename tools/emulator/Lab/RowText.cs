using LabEdge.Forwarding;

namespace LabEdge.Emulator;

/// <summary>What a <see cref="ForwardingAccount"/> says, in a sentence: the rows that a frame met, and its end.</summary>
public static class RowText
{
    /// <param name="ports">Interface name of each port.</param>
    /// <param name="tables">Those that the account was made from.</param>
    /// <param name="general">What else is known of a frame that the account leaves to the general path; empty for nothing.</param>
    public static string Of(ForwardingAccount account, Tables tables, IReadOnlyList<string> ports, string general = "")
    {
        List<string> rows = [];
        for (int i = 0; i < account.RowCount; i++)
        {
            string row = Row(account, i, tables, ports);
            if (row != null) rows.Add(row);
        }

        rows.Add(general.Length > 0 ? general : End(account));
        return string.Join(", ", rows.Where(row => row.Length > 0));
    }

    private static string Row(ForwardingAccount account, int i, Tables tables, IReadOnlyList<string> ports)
    {
        int index = account.RowIndex[i];
        switch (account.RowKind[i])
        {
            case ForwardingAccount.RowCircuit:
                return ForwardingHandle.Kind(index) switch
                {
                    ForwardingHandle.Pseudowire => "circuit: every frame of this port",
                    ForwardingHandle.Vrf => ForwardingHandle.Index(index) == 0 ? null : $"circuit: VRF {tables.Vrfs.NameOf(ForwardingHandle.Index(index))}",
                    _ => "circuit",
                };
            case ForwardingAccount.RowIlm:
                return $"ILM {index}: {Operation(tables.Labels.Lookup(index), tables)}";
            case ForwardingAccount.RowPrefix:
                string table = account.Vrf > 0 ? $"VRF {tables.Vrfs.NameOf(account.Vrf)}" : "routes";
                return account.BitsMatched < 0 ? $"{table}: nothing for the destination" : $"{table}: {Address(account.PrefixMatched)}/{account.BitsMatched}";
            case ForwardingAccount.RowGroup:
                return $"group {index}: by flow";
            case ForwardingAccount.RowPseudowire:
                int record = index * PseudowireTable.Stride;
                if (account.CountBefore == 0) return $"pseudowire {index}";
                int port = tables.Pseudowires.Record[record + PseudowireTable.Port];
                return port < 0 ? $"pseudowire {index}" : $"pseudowire {index} to circuit {ports[port]}";
            default:
                return null;
        }
    }

    private static string Operation(int handle, Tables tables) => ForwardingHandle.Kind(handle) switch
    {
        ForwardingHandle.Path => "swap",
        ForwardingHandle.PathPair => "pop, for the next router is the last",
        ForwardingHandle.Vrf => $"pop to VRF {tables.Vrfs.NameOf(ForwardingHandle.Index(handle))}",
        ForwardingHandle.Pseudowire => "pop to a pseudowire",
        ForwardingHandle.Group => "one of several paths",
        ForwardingHandle.Local => "pop, for it is our own, and look again",
        ForwardingHandle.LabelAction => "by rules of its own",
        _ => "none",
    };

    /// <summary>What stands at the end where the account does not say more.</summary>
    public const string GeneralPath = "general path";

    private static string End(ForwardingAccount account) => account.Verdict switch
    {
        ForwardingAccount.General => GeneralPath,
        ForwardingAccount.Dropped => "dropped: " + DropReason.Name(account.Reason),
        ForwardingAccount.Punted => account.Reason == PuntClass.Local ? "its own address: taken in" : "to the router itself: " + PuntClass.Name(account.Reason),
        _ => "",
    };

    private static string Address(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";
}
