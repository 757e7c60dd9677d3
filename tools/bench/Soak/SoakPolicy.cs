using System.Buffers.Binary;

namespace LabEdge.Bench.Soak;

/// <summary>
/// Who may reach whom in the soak, and whose a frame on a wire is: from the plan below alone, by code that shares nothing with the
/// router. The plan: service labels of customer c are 1000 + 100 c to 1099 + 100 c on both sides; transit labels 2000-2999, tunnel
/// labels 3000-3999; customer ports and VLANs as <see cref="OwnerOf(int, int)"/> says.
/// </summary>
public static class SoakPolicy
{
    public const int Transit = 0, Blue = 1, Red = 2, Green = 3, Global = 4, WireA = 5, WireB = 6, BridgeX = 7, BridgeY = 8, Customers = 9;
    public const int Core0 = 0, Core1 = 1, BluePort = 2, BlueTwo = 3, RedPort = 4, TaggedPort = 5, WirePortA = 6, WirePortB = 7, BridgePort = 8, BridgeTrunk = 9, Ports = 10;
    public const int RedVlan = 20, GreenVlan = 30, XVlan = 40, YVlan = 50;

    /// <summary>Octets of a marker; payloads are markers from end to end, so that every fragment ends with one.</summary>
    public const int MarkerLength = 8;

    /// <summary>Nobody's: a frame that may not leave at all.</summary>
    public const int None = -1;

    private static readonly string[] s_names = ["transit", "blue", "red", "green", "global", "wire A", "wire B", "bridge X", "bridge Y"];

    public static string Name(int customer) => customer < 0 ? "nobody" : s_names[customer];

    /// <summary>The matrix: oneself; blue is an extranet customer of green, not the other way round; a transit packet whose last label is popped is plain IP.</summary>
    public static bool Allows(int from, int to) => from == to || (from == Blue && to == Green) || (from == Transit && to == Global);

    public static int OwnerOf(int port, int vlan) => port switch
    {
        BluePort or BlueTwo => vlan == 0 ? Blue : None,
        RedPort => vlan == 0 ? Red : None,
        TaggedPort => vlan == RedVlan ? Red : vlan == GreenVlan ? Green : None,
        WirePortA => WireA,
        WirePortB => WireB,
        BridgePort => BridgeX,
        BridgeTrunk => vlan == XVlan ? BridgeX : vlan == YVlan ? BridgeY : None,
        _ => None,
    };

    public static int ServiceLabel(int customer, int n) => 1000 + 100 * customer + n;

    /// <summary>Writes a customer's marker over a block, the last one ending where the block ends.</summary>
    public static void Mark(Span<byte> block, int customer)
    {
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = Marker(customer, (MarkerLength - (block.Length - i) % MarkerLength) % MarkerLength);
        }
    }

    private static byte Marker(int customer, int at) => at switch
    {
        0 => 0xC5,
        1 => (byte)customer,
        2 => (byte)~customer,
        3 => 0x3A,
        _ => (byte)(customer * 37 + at),
    };

    /// <param name="anywhere">True where a frame may be cut at any octet: a fragment of a pseudowire's.</param>
    /// <returns>The customer whose marker ends the frame, or None.</returns>
    public static int OriginOf(ReadOnlySpan<byte> frame, bool anywhere)
    {
        if (frame.Length < MarkerLength) return None;
        ReadOnlySpan<byte> marker = frame[^MarkerLength..];
        int start = anywhere ? marker.IndexOf(Marker(0, 0)) : 0;
        if (start < 0) return None;
        int customer = marker[(start + 1) % MarkerLength];
        if (customer >= Customers) return None;
        for (int i = 0; i < MarkerLength; i++)
        {
            if (marker[(start + i) % MarkerLength] != Marker(customer, i)) return None;
        }

        return customer;
    }

    /// <summary>True for a frame that may be a fragment of a customer's: a pseudowire's on the core.</summary>
    public static bool MayBeCut(int port, int owner) => port is Core0 or Core1 && owner >= WireA;

    /// <summary>Whose a frame is that goes out of a port: by port and tag, on the core by label, tunnel or none.</summary>
    public static int OwnerOf(int port, ReadOnlySpan<byte> frame)
    {
        if (port is not (Core0 or Core1))
        {
            bool tagged = frame.Length >= 18 && frame[12] == 0x81 && frame[13] == 0;
            return OwnerOf(port, port is BridgePort or WirePortA or WirePortB || !tagged ? 0 : BinaryPrimitives.ReadUInt16BigEndian(frame[14..]) & 0xFFF);
        }

        int type = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        switch (type)
        {
            case 0x8847: return OwnerOfStack(frame[14..]);

            // MPLS in UDP over IPv4: protocol 17 to port 6635. MPLS in GRE over IPv6: next header 47, protocol 8847.
            case 0x0800: return frame[23] == 17 && BinaryPrimitives.ReadUInt16BigEndian(frame[36..]) == 6635 ? OwnerOfStack(frame[42..]) : Global;
            case 0x86DD: return frame[20] == 47 && BinaryPrimitives.ReadUInt16BigEndian(frame[56..]) == 0x8847 ? OwnerOfStack(frame[58..]) : Global;
            default: return None;
        }
    }

    // The first label that is neither a tunnel's nor an entropy label.
    private static int OwnerOfStack(ReadOnlySpan<byte> stack)
    {
        for (int at = 0; at + 4 <= stack.Length; at += 4)
        {
            int label = (int)(BinaryPrimitives.ReadUInt32BigEndian(stack[at..]) >> 12);
            if (label == 7)
            {
                at += 4;
            }
            else if (label is >= 2000 and < 3000)
            {
                return Transit;
            }
            else if (label is >= 1000 and < 2000)
            {
                int owner = (label - 1000) / 100;
                return owner < Customers ? owner : None;
            }
            else if (label is < 3000 or >= 4000)
            {
                return None;
            }
        }

        return None;
    }
}
