using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    // Read RFC 8200 section 4 before changing this file.

    /// <summary>Walks over the extension headers of a packet to what it carries. The answer is in fields, to be read before the next walk.</summary>
    public sealed class Ipv6Extensions
    {
        /// <summary>Answers: the payload was found; the packet is to be discarded; so it is, and its sender is told (code and pointer).</summary>
        public const int Found = 0;
        public const int Discard = 1;
        public const int Problem = 2;

        /// <summary>A fragment that is not a whole packet.</summary>
        public const int IsFragment = 3;

        /// <summary>Most extension headers that are looked at.</summary>
        public const int MaxHeaders = 8;

        /// <summary>What the packet carries, where it begins, and the place that named it, from the packet's first octet.</summary>
        public int Protocol;
        public int Payload;
        public int NamedAt;

        /// <summary>There was a fragment header, though it holds the whole packet (RFC 6946).</summary>
        public bool Fragmented;

        /// <summary>Of <see cref="Problem"/>: the code, where it lies from the packet's first octet, and whether a group's packet is answered too.</summary>
        public int Code;
        public int Pointer;
        public bool EvenToGroup;

        /// <param name="octets">Holds a packet that passed <see cref="Ipv6Header.Fits"/>.</param>
        /// <param name="offset">Of its IPv6 header.</param>
        public int Walk(byte[] octets, int offset)
        {
            int end = offset + Ipv6Header.Length + Ipv6Header.ReadPayloadLength(octets, offset);
            Protocol = Ipv6Header.ReadNextHeader(octets, offset);
            NamedAt = Ipv6Header.NextHeaderOffset;
            Payload = offset + Ipv6Header.Length;
            Fragmented = false;
            EvenToGroup = false;
            for (int i = 0; i <= MaxHeaders; i++)
            {
                bool options = Protocol == Ipv6Header.DestinationOptions || Protocol == Ipv6Header.HopByHop;
                if (!options && Protocol != Ipv6Header.Routing && Protocol != Ipv6Header.Fragment)
                {
                    return Found;
                }
                if (end - Payload < 8)
                {
                    return Discard;
                }
                if (Protocol == Ipv6Header.HopByHop && NamedAt != Ipv6Header.NextHeaderOffset)
                {
                    // RFC 8200 section 4.1: only right after the IPv6 header.
                    return Report(Icmpv6Message.UnrecognizedNextHeader, NamedAt);
                }
                int length = Protocol == Ipv6Header.Fragment ? 8 : (octets[Payload + 1] + 1) << 3;
                if (length > end - Payload)
                {
                    return Discard;
                }
                if (Protocol == Ipv6Header.Fragment)
                {
                    // Offset and the M bit.
                    if ((Octets.ReadUInt16(octets, Payload + 2) & 0xFFF9) != 0)
                    {
                        return IsFragment;
                    }
                    Fragmented = true;
                }
                else if (Protocol == Ipv6Header.Routing)
                {
                    // RFC 8200 section 4.4, RFC 5095: what has segments left is not ours to send on.
                    if (octets[Payload + 3] != 0)
                    {
                        return Report(Icmpv6Message.ErroneousField, Payload + 2 - offset);
                    }
                }
                else
                {
                    int answer = Options(octets, offset, Payload + 2, Payload + length);
                    if (answer != Found)
                    {
                        return answer;
                    }
                }
                Protocol = octets[Payload];
                NamedAt = Payload - offset;
                Payload += length;
            }
            return Discard;
        }

        // RFC 8200 section 4.2: the two highest bits of an option that nobody knows say what becomes of the packet.
        private int Options(byte[] octets, int offset, int at, int end)
        {
            while (at < end)
            {
                int type = octets[at];
                if (type == 0)
                {
                    at++;
                    continue;
                }
                if (end - at < 2 || octets[at + 1] > end - at - 2)
                {
                    return Report(Icmpv6Message.ErroneousField, at - offset);
                }
                switch (type >> 6)
                {
                    case 0:
                        break;
                    case 1:
                        return Discard;
                    default:
                        EvenToGroup = (type >> 6) == 2;
                        return Report(Icmpv6Message.UnrecognizedOption, at - offset);
                }
                at += 2 + octets[at + 1];
            }
            return Found;
        }

        private int Report(int code, int pointer)
        {
            Code = code;
            Pointer = pointer;
            return Problem;
        }

        public void Bill(Forwarding.RamBill bill)
        {
            bill.Row("host");
            bill.Object(7);
        }
    }
}
