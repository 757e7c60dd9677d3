using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Which flow a packet belongs to, as 20 bits: one number for groups, entropy labels, flow labels and source ports of tunnels.
    public sealed partial class GeneralPath
    {
        private const uint FlowBasis = 2166136261;
        private const uint FlowPrime = 16777619;

        /// <summary>The flow of what stands in [o, e): labels, an IP packet of either version, or an Ethernet frame.</summary>
        /// <param name="kind">As of <see cref="Emit"/>; <see cref="Layer2"/> begins at its destination address.</param>
        /// <returns>0 to 1,048,575; the same for all packets of a flow.</returns>
        private static int Flow(byte[] b, int o, int e, int kind)
        {
            uint hash = kind == Labelled ? FlowOfLabels(b, o, e)
                : kind == Layer2 ? FlowOfEthernet(b, o, e)
                : FlowOfIp(FlowBasis, b, o, e);
            hash ^= hash >> 15;
            hash *= 0x85EBCA6B;
            hash ^= hash >> 13;
            return (int)(hash >> 12);
        }

        // RFC 6790 section 4.3: the entropy label alone when there is one; else every label that is not reserved, and the packet under them
        // when it looks like IP: a pseudowire's control word begins with 0 (RFC 4928 section 3). Of a deeper stack, its first MaxLooks entries.
        private static uint FlowOfLabels(byte[] b, int o, int e)
        {
            uint hash = FlowBasis;
            for (int looks = MaxLooks; looks > 0 && o + LabelStackEntry.Length <= e; looks--)
            {
                int label = LabelStackEntry.ReadLabel(b, o);
                bool bottom = (b[o + 2] & 1) != 0;
                o += LabelStackEntry.Length;
                if (label == LabelStackEntry.EntropyIndicator && !bottom && o + LabelStackEntry.Length <= e)
                {
                    return Mixed(FlowBasis, LabelStackEntry.ReadLabel(b, o));
                }
                if (label >= LabelStackEntry.FirstUnreserved)
                {
                    hash = Mixed(hash, label);
                }
                if (bottom)
                {
                    return FlowOfIp(hash, b, o, e);
                }
            }
            return hash;
        }

        private static uint FlowOfEthernet(byte[] b, int o, int e)
        {
            if (o + EthernetHeader.Length > e)
            {
                return FlowBasis;
            }
            uint hash = FlowBasis;
            for (int i = 0; i < EthernetHeader.Length; i += 2)
            {
                hash = Mixed(hash, Octets.ReadUInt16(b, o + i));
            }
            int type = Octets.ReadUInt16(b, o + 12);
            o += EthernetHeader.Length;
            for (int tags = 2; tags > 0 && IsTag(type) && o + VlanTag.Length <= e; tags--)
            {
                hash = Mixed(hash, VlanTag.ReadVlan(b, o));
                type = VlanTag.ReadEtherType(b, o);
                o += VlanTag.Length;
            }
            return type == EthernetHeader.Ipv4 || type == EthernetHeader.Ipv6 ? FlowOfIp(hash, b, o, e) : hash;
        }

        // Addresses; protocol and ports of a whole IPv4 packet; of IPv6 its flow label, or else protocol and ports (RFC 6438 section 3).
        private static uint FlowOfIp(uint hash, byte[] b, int o, int e)
        {
            int version = o < e ? b[o] >> 4 : 0;
            int protocol;
            int ports;
            if (version == 4 && o + 20 <= e)
            {
                hash = MixedOctets(hash, b, o + 12, 8);
                protocol = b[o + 9];
                ports = o + ((b[o] & 15) << 2);
                if ((b[o + 6] & 0x3F) != 0 || b[o + 7] != 0)
                {
                    return hash;
                }
            }
            else if (version == 6 && o + 40 <= e)
            {
                hash = MixedOctets(hash, b, o + 8, 32);
                int label = ((b[o + 1] & 15) << 16) | Octets.ReadUInt16(b, o + 2);
                if (label != 0)
                {
                    return Mixed(hash, label);
                }
                protocol = b[o + 6];
                ports = o + 40;
            }
            else
            {
                return hash;
            }

            // TCP, UDP, DCCP, SCTP and UDP-Lite begin with both ports.
            if ((protocol == 6 || protocol == 17 || protocol == 33 || protocol == 132 || protocol == 136) && ports + 4 <= e)
            {
                hash = MixedOctets(hash, b, ports, 4);
            }
            return Mixed(hash, protocol);
        }

        private static uint MixedOctets(uint hash, byte[] b, int o, int count)
        {
            for (int i = 0; i < count; i += 2)
            {
                hash = Mixed(hash, Octets.ReadUInt16(b, o + i));
            }
            return hash;
        }

        private static uint Mixed(uint hash, int value)
        {
            return (hash ^ (uint)value) * FlowPrime;
        }
    }
}
