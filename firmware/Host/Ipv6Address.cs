using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    // Read RFC 4291 sections 2.5 and 2.7 and RFC 2464 sections 4, 5 and 7 before changing this file.

    /// <summary>What Host and Control do with IPv6 addresses: 16 octets in an array.</summary>
    public static class Ipv6Address
    {
        public const int Length = Ipv6Header.AddressLength;

        /// <returns>True for an address that one host may have: not ::, ::1, a group, or an IPv4-mapped one.</returns>
        public static bool IsHost(byte[] octets, int offset)
        {
            return !Ipv6Header.IsMulticast(octets, offset) && !Ipv6Header.IsUnspecified(octets, offset) && !Ipv6Header.IsLoopback(octets, offset)
                && !Ipv6Header.IsIpv4Mapped(octets, offset);
        }

        /// <returns>True when the first so many bits of both are the same.</returns>
        public static bool SamePrefix(byte[] a, int aOffset, byte[] b, int bOffset, int bits)
        {
            int whole = bits >> 3;
            for (int i = 0; i < whole; i++)
            {
                if (a[aOffset + i] != b[bOffset + i])
                {
                    return false;
                }
            }
            int rest = bits & 7;
            return rest == 0 || ((a[aOffset + whole] ^ b[bOffset + whole]) & (0xFF00 >> rest) & 0xFF) == 0;
        }

        /// <summary>Copies an address with the bits after the prefix zero.</summary>
        public static void CopyPrefix(byte[] from, int fromOffset, int bits, byte[] to, int toOffset)
        {
            for (int i = 0; i < Length; i++)
            {
                int left = bits - i * 8;
                int mask = left >= 8 ? 0xFF : left <= 0 ? 0 : (0xFF00 >> left) & 0xFF;
                to[toOffset + i] = (byte)(from[fromOffset + i] & mask);
            }
        }

        /// <returns>True when the bits after the prefix are zero.</returns>
        public static bool IsAligned(byte[] octets, int offset, int bits)
        {
            for (int i = 0; i < Length; i++)
            {
                int left = bits - i * 8;
                int mask = left >= 8 ? 0 : left <= 0 ? 0xFF : 0xFF >> left;
                if ((octets[offset + i] & mask) != 0)
                {
                    return false;
                }
            }
            return true;
        }

        /// <summary>Writes the link-local address of a station: fe80::/64 and its modified EUI-64 (RFC 2464 sections 4 and 5).</summary>
        public static void WriteLinkLocal(byte[] station, int stationOffset, byte[] to, int offset)
        {
            Octets.WriteInt32(to, offset, 0xFE80 << 16);
            Octets.WriteInt32(to, offset + 4, 0);
            to[offset + 8] = (byte)(station[stationOffset] ^ 2);
            to[offset + 9] = station[stationOffset + 1];
            to[offset + 10] = station[stationOffset + 2];
            to[offset + 11] = 0xFF;
            to[offset + 12] = 0xFE;
            to[offset + 13] = station[stationOffset + 3];
            to[offset + 14] = station[stationOffset + 4];
            to[offset + 15] = station[stationOffset + 5];
        }

        /// <summary>Writes ff02::1 (all nodes of the link).</summary>
        public static void WriteAllNodes(byte[] to, int offset)
        {
            Octets.WriteInt32(to, offset, 0xFF02 << 16);
            Octets.WriteInt32(to, offset + 4, 0);
            Octets.WriteInt32(to, offset + 8, 0);
            Octets.WriteInt32(to, offset + 12, 1);
        }

        /// <summary>Writes the solicited-node group of an address: ff02::1:ff and its last 24 bits (RFC 4291 section 2.7.1).</summary>
        public static void WriteSolicitedNode(byte[] address, int addressOffset, byte[] to, int offset)
        {
            Octets.WriteInt32(to, offset, 0xFF02 << 16);
            Octets.WriteInt32(to, offset + 4, 0);
            Octets.WriteInt32(to, offset + 8, 1);
            to[offset + 12] = 0xFF;
            Octets.Copy(address, addressOffset + 13, to, offset + 13, 3);
        }

        /// <returns>True when a group is the solicited-node group of an address.</returns>
        public static bool IsSolicitedNodeOf(byte[] group, int groupOffset, byte[] address, int addressOffset)
        {
            return Octets.ReadUInt16(group, groupOffset) == 0xFF02 && Octets.ReadUInt16(group, groupOffset + 2) == 0
                && Octets.ReadInt32(group, groupOffset + 4) == 0 && Octets.ReadInt32(group, groupOffset + 8) == 1 && group[groupOffset + 12] == 0xFF
                && group[groupOffset + 13] == address[addressOffset + 13] && group[groupOffset + 14] == address[addressOffset + 14]
                && group[groupOffset + 15] == address[addressOffset + 15];
        }

        /// <returns>True for ff02::1 or ff02::2, all nodes and all routers of the link.</returns>
        public static bool IsAllNodesOrRouters(byte[] group, int offset)
        {
            return Octets.ReadUInt16(group, offset) == 0xFF02 && Octets.ReadUInt16(group, offset + 2) == 0 && Octets.ReadInt32(group, offset + 4) == 0
                && Octets.ReadInt32(group, offset + 8) == 0 && (Octets.ReadInt32(group, offset + 12) == 1 || Octets.ReadInt32(group, offset + 12) == 2);
        }

        /// <summary>Writes the Ethernet address of a group: 33-33 and its last 32 bits (RFC 2464 section 7).</summary>
        public static void WriteGroupStation(byte[] group, int groupOffset, byte[] to, int offset)
        {
            Octets.WriteUInt16(to, offset, 0x3333);
            Octets.Copy(group, groupOffset + 12, to, offset + 2, 4);
        }
    }
}
