using System.Buffers.Binary;

namespace LabEdge.Tests.Interop;

/// <summary>
/// What tshark finds wrong in LDP messages, without the two things of which it is wrong itself (seen with 4.0.17 on octets made by hand):
/// it reads the octets 8 and 9 of every FEC TLV, whether there are any, so that a FEC that ends a packet is "malformed" (a withdrawal or
/// request of a prefix, End-of-LIB); and it takes the typed wildcard of RFC 5918 section 3 for an old pseudowire element of 8 octets.
/// A packet is let off only when its PDUs, read here octet by octet, nest exactly and hold one of both.
/// </summary>
internal static class TsharkOnLdp
{
    private const int PduHeader = 10;
    private const int Fec = 0x0100;
    private const int TypedWildcard = 5;

    /// <summary>A line for each LDP packet of the capture that <paramref name="filter"/> lets through and that is wrong; "" when none is.</summary>
    public static string Faults(string capture, string filter)
    {
        // One row for each flagged packet, with its octets: those of the segment, and those that tshark put together from several.
        string rows = Tools.RunApart("tshark", $"-r {capture} -Y \"ldp && ({filter}) && (_ws.malformed || _ws.expert.severity == error)\" -T fields -E separator=; -e frame.number -e tcp.payload -e tcp.reassembled.data").Output;
        string faults = "";
        foreach (string[] row in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(';')))
        {
            if (!row[1..].Select(Octets).Any(o => Enumerable.Range(0, o.Length).Any(at => IsExcused(o.AsSpan(at))))) faults += $"frame {row[0]}: {row[1]} {row[2]}\n";
        }

        return faults;
    }

    private static byte[] Octets(string hexadecimal) => Convert.FromHexString(hexadecimal.Trim().Replace(":", ""));

    /// <summary>True when whole PDUs stand here, each exact, and one of them holds what tshark cannot read; the last may go on in the next segment.</summary>
    internal static bool IsExcused(ReadOnlySpan<byte> octets)
    {
        bool excused = false;
        while (octets.Length >= PduHeader && octets[0] == 0 && octets[1] == 1)
        {
            int length = 4 + BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
            if (length < PduHeader) return false;
            if (length > octets.Length)
            {
                // The rest comes in the next segment; where that came twice or late, tshark reads the part alone.
                Messages(octets[PduHeader..], 0, ref excused);
                return excused;
            }

            if (!Messages(octets[PduHeader..length], octets.Length - length, ref excused)) return false;
            octets = octets[length..];
        }

        return excused && octets.Length < PduHeader;
    }

    private static bool Messages(ReadOnlySpan<byte> octets, int behind, ref bool excused)
    {
        while (octets.Length >= 8)
        {
            int length = 4 + BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
            if (length < 8 || length > octets.Length) return false;
            if (!Tlvs(octets[8..length], octets.Length - length + behind, ref excused)) return false;
            octets = octets[length..];
        }

        return octets.IsEmpty;
    }

    private static bool Tlvs(ReadOnlySpan<byte> octets, int behind, ref bool excused)
    {
        while (octets.Length >= 4)
        {
            int length = 4 + BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
            if (length > octets.Length) return false;
            if (BinaryPrimitives.ReadUInt16BigEndian(octets) == Fec)
            {
                ReadOnlySpan<byte> value = octets[4..length];
                bool exact = !value.IsEmpty && (value[0] == TypedWildcard ? value.Length > 3 && value[2] == value.Length - 3 : IsPrefix(value));
                if (exact) excused |= value[0] == TypedWildcard || octets.Length - 4 + behind < 10;
            }

            octets = octets[length..];
        }

        return octets.IsEmpty;
    }

    // RFC 5036 section 3.4.1: type 2, address family 1, prefix length, as many octets as it needs.
    private static bool IsPrefix(ReadOnlySpan<byte> value) =>
        value.Length >= 4 && value[0] == 2 && value[1] == 0 && value[2] == 1 && value[3] <= 32 && value.Length == 4 + (value[3] + 7) / 8;
}
