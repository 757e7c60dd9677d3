using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Read RFC 7510 section 3, RFC 4023 sections 4 and 5 and RFC 2890 section 2 before changing this file.

    /// <summary>
    /// Tunnels that carry labelled packets in UDP (RFC 7510) or GRE (RFC 4023) over IPv4 or IPv6: two ends, the headers to push as
    /// ready octets, and what a packet from the other end must look like. A row names both directions. A transport becomes the way
    /// into a tunnel by <see cref="TransportTable.SetTunnel"/>; only <see cref="GeneralPath"/> serves such a transport.
    /// </summary>
    public sealed class TunnelTable
    {
        public const int Stride = 16;

        /// <summary>Flags, 0 = free row.</summary>
        public const int Flags = 0;
        public const int Used = 1;

        /// <summary>The outer header is IPv6; without it IPv4.</summary>
        public const int Ipv6 = 2;

        /// <summary>GRE; without it UDP.</summary>
        public const int Gre = 4;

        /// <summary>
        /// GRE: the checksum field is sent, and asked of the other end. UDP over IPv4: the checksum is sent; without the flag it is zero
        /// (RFC 7510 section 3). UDP over IPv6 has a checksum unless <see cref="ZeroChecksum"/>.
        /// </summary>
        public const int Checksum = 8;

        /// <summary>UDP over IPv6 without a checksum, sent and taken (RFC 7510 section 3.1, RFC 6935, RFC 6936).</summary>
        public const int ZeroChecksum = 16;

        /// <summary>GRE key and sequence number (RFC 2890), sent, and asked of the other end.</summary>
        public const int HasKey = 32;
        public const int HasSequence = 64;
        private const int SequenceSeen = 128;

        /// <summary>
        /// Packets are taken from any port: for a core whose ways there and back differ. Without it only by the port that the route to the
        /// other end leads to, or under a label.
        /// </summary>
        public const int AnyPort = 256;

        /// <summary>The table that the outer addresses belong to.</summary>
        public const int Vrf = 1;

        /// <summary>Label scope of what comes out of the tunnel, shifted as in a handle.</summary>
        public const int Scope = 2;
        public const int Key = 3;

        /// <summary>Sequence number of the next packet sent, and of the last one taken.</summary>
        public const int SendSequence = 4;
        public const int ReceiveSequence = 5;

        /// <summary>1 + the next row of the same hash, or 0.</summary>
        private const int Next = 6;

        /// <summary>TTL or hop limit of the outer header; 0 = that of the top label (RFC 4023 section 5.2).</summary>
        public const int Ttl = 7;

        /// <summary>DSCP of the outer header; -1 = the class selector of the top label's traffic class (RFC 4023 section 5.3).</summary>
        public const int Dscp = 8;

        /// <summary>Octets of the outer IP header with UDP or GRE.</summary>
        public const int HeaderLength = 9;

        /// <summary>Length of the ready octets, link header included; 0 = there is no link header yet.</summary>
        public const int Length = 10;

        /// <summary>Frames taken from the tunnel (wrapping).</summary>
        public const int Received = 11;

        /// <summary>Most ready octets: Ethernet, one tag, IPv6, GRE with all its fields; rounded up to 4.</summary>
        public const int ReadyStride = 76;

        /// <summary>UDP port of the receiver (RFC 7510 section 3).</summary>
        public const int UdpPort = 6635;

        public const int None = -1;

        public readonly int[] Record;

        /// <summary>Ready octets, right-aligned in a slot of <see cref="ReadyStride"/> each.</summary>
        public readonly byte[] Ready;

        // Our end, then the other end, 16 octets each; IPv4 in the first four.
        private readonly byte[] _ends;
        private readonly int[] _buckets;
        private readonly int _count;

        /// <summary>Rows in use: without any, packets for a tunnel are packets for Host.</summary>
        public int InUse;

        public int Refused;

        public TunnelTable(Capacity capacity)
        {
            _count = capacity.Tunnels;
            Record = new int[_count * Stride];
            Ready = new byte[_count * ReadyStride];
            _ends = new byte[_count * 2 * Ipv6Header.AddressLength];
            int buckets = 1;
            while (buckets < _count)
            {
                buckets <<= 1;
            }
            _buckets = new int[buckets];
        }

        public int Count
        {
            get { return _count; }
        }

        public bool IsUsed(int tunnel)
        {
            return Record[tunnel * Stride] != 0;
        }

        /// <summary>Adds a tunnel. It takes packets at once; it sends when <see cref="SetLink"/> has given it a link header.</summary>
        /// <param name="flags">Of <see cref="Ipv6"/>, <see cref="Gre"/>, <see cref="Checksum"/>, <see cref="ZeroChecksum"/>, <see cref="HasKey"/>, <see cref="HasSequence"/>, <see cref="AnyPort"/>.</param>
        /// <param name="vrf">The table of the outer addresses.</param>
        /// <param name="scope">Label scope, 0-15, of what comes out.</param>
        /// <param name="key">GRE key.</param>
        /// <param name="local">Our end, 4 or 16 octets.</param>
        /// <param name="remote">The other end.</param>
        /// <returns>Its row, or <see cref="None"/> when the table is full or has this tunnel already.</returns>
        public int Add(int flags, int vrf, int scope, int key, byte[] local, int localOffset, byte[] remote, int remoteOffset)
        {
            int length = (flags & Ipv6) != 0 ? Ipv6Header.AddressLength : 4;
            if (Find(flags, vrf, key, local, localOffset, remote, remoteOffset) != None)
            {
                Refused++;
                return None;
            }
            for (int tunnel = 0; tunnel < _count; tunnel++)
            {
                int r = tunnel * Stride;
                if (Record[r] == 0)
                {
                    for (int k = 0; k < Stride; k++)
                    {
                        Record[r + k] = 0;
                    }
                    Record[r + Vrf] = vrf;
                    Record[r + Scope] = scope << ForwardingHandle.ScopeShift;
                    Record[r + Key] = key;
                    Record[r + Ttl] = 64;
                    Octets.Copy(local, localOffset, _ends, EndsAt(tunnel), length);
                    Octets.Copy(remote, remoteOffset, _ends, EndsAt(tunnel) + Ipv6Header.AddressLength, length);
                    Record[r + Flags] = (flags & ~SequenceSeen) | Used;
                    WriteHeaders(tunnel);
                    int bucket = Bucket(remote, remoteOffset, length);
                    Record[r + Next] = _buckets[bucket];
                    _buckets[bucket] = tunnel + 1;
                    InUse++;
                    return tunnel;
                }
            }
            Refused++;
            return None;
        }

        /// <summary>Removes a tunnel. The caller has made sure that no transport leads into it.</summary>
        public void Remove(int tunnel)
        {
            int r = tunnel * Stride;
            int length = (Record[r + Flags] & Ipv6) != 0 ? Ipv6Header.AddressLength : 4;
            int bucket = Bucket(_ends, EndsAt(tunnel) + Ipv6Header.AddressLength, length);
            if (_buckets[bucket] == tunnel + 1)
            {
                _buckets[bucket] = Record[r + Next];
            }
            else
            {
                int at = _buckets[bucket] - 1;
                while (Record[at * Stride + Next] != tunnel + 1)
                {
                    at = Record[at * Stride + Next] - 1;
                }
                Record[at * Stride + Next] = Record[r + Next];
            }
            Record[r + Flags] = 0;
            InUse--;
        }

        /// <summary>TTL (0 = copied) and DSCP (-1 = from the traffic class) of the outer header.</summary>
        public void SetRules(int tunnel, int ttl, int dscp)
        {
            Record[tunnel * Stride + Ttl] = ttl;
            Record[tunnel * Stride + Dscp] = dscp;
        }

        /// <summary>Writes the link header in front of the outer IP header.</summary>
        /// <param name="vlan">-1 for untagged.</param>
        public void SetLink(int tunnel, byte[] destination, int destinationOffset, byte[] source, int sourceOffset, int vlan)
        {
            int r = tunnel * Stride;
            int length = Record[r + HeaderLength] + EthernetHeader.Length + (vlan >= 0 ? VlanTag.Length : 0);
            int at = ReadyEnd(tunnel) - length;
            Octets.Copy(destination, destinationOffset, Ready, at, EthernetHeader.AddressLength);
            Octets.Copy(source, sourceOffset, Ready, at + EthernetHeader.SourceOffset, EthernetHeader.AddressLength);
            at += EthernetHeader.EtherTypeOffset;
            if (vlan >= 0)
            {
                Octets.WriteUInt16(Ready, at, EthernetHeader.Vlan);
                Octets.WriteUInt16(Ready, at + 2, vlan);
                at += VlanTag.Length;
            }
            Octets.WriteUInt16(Ready, at, (Record[r + Flags] & Ipv6) != 0 ? EthernetHeader.Ipv6 : EthernetHeader.Ipv4);
            Record[r + Length] = length;
        }

        /// <summary>End of the row's ready octets in <see cref="Ready"/> (exclusive).</summary>
        public int ReadyEnd(int tunnel)
        {
            return (tunnel + 1) * ReadyStride;
        }

        /// <summary>The tunnel with these ends.</summary>
        /// <param name="flags">Only <see cref="Ipv6"/>, <see cref="Gre"/> and <see cref="HasKey"/> count.</param>
        /// <returns>Its row, or <see cref="None"/>.</returns>
        public int Find(int flags, int vrf, int key, byte[] local, int localOffset, byte[] remote, int remoteOffset)
        {
            const int identity = Ipv6 | Gre | HasKey;
            int length = (flags & Ipv6) != 0 ? Ipv6Header.AddressLength : 4;
            int next = _buckets[Bucket(remote, remoteOffset, length)];
            while (next != 0)
            {
                int tunnel = next - 1;
                int r = tunnel * Stride;
                if (((Record[r + Flags] ^ flags) & identity) == 0 && Record[r + Vrf] == vrf
                    && ((flags & HasKey) == 0 || Record[r + Key] == key)
                    && Same(remote, remoteOffset, EndsAt(tunnel) + Ipv6Header.AddressLength, length)
                    && Same(local, localOffset, EndsAt(tunnel), length))
                {
                    return tunnel;
                }
                next = Record[r + Next];
            }
            return None;
        }

        /// <summary>
        /// The order of RFC 2890 section 2.2: what is not newer than the last packet taken is late. A number more than 32,767 behind is
        /// taken for a sender that has started again.
        /// </summary>
        /// <returns>False when the packet is late or doubled.</returns>
        public bool TakeSequence(int tunnel, int sequence)
        {
            int r = tunnel * Stride;
            int behind = Record[r + ReceiveSequence] - sequence;
            if ((Record[r + Flags] & SequenceSeen) != 0 && behind >= 0 && behind < 32768)
            {
                return false;
            }
            Record[r + Flags] |= SequenceSeen;
            Record[r + ReceiveSequence] = sequence;
            return true;
        }

        // IP and UDP or GRE as far as they are the same for every packet: lengths, checksums, source port, sequence, TTL and DSCP come with it.
        private void WriteHeaders(int tunnel)
        {
            int r = tunnel * Stride;
            int flags = Record[r + Flags];
            bool gre = (flags & Gre) != 0;
            int greFlags = ((flags & Checksum) != 0 ? GreHeader.Checksum : 0) | ((flags & HasKey) != 0 ? GreHeader.Key : 0) | ((flags & HasSequence) != 0 ? GreHeader.Sequence : 0);
            int shim = gre ? GreHeader.LengthOf(greFlags) : UdpHeader.Length;
            int at = ReadyEnd(tunnel) - shim;
            if (gre)
            {
                GreHeader.Write(Ready, at, greFlags, EthernetHeader.Mpls, Record[r + Key], 0);
            }
            else
            {
                Octets.WriteInt32(Ready, at, UdpPort);
                Octets.WriteInt32(Ready, at + UdpHeader.LengthOffset, 0);
            }
            int ends = EndsAt(tunnel);
            int protocol = gre ? Ipv6Header.Gre : Ipv6Header.Udp;
            if ((flags & Ipv6) != 0)
            {
                at -= Ipv6Header.Length;
                Ipv6Header.Write(Ready, at, 0, 0, 0, protocol, 0, _ends, ends, _ends, ends + Ipv6Header.AddressLength);
            }
            else
            {
                // DF, so that the identification says nothing (RFC 6864 section 4.1): RFC 4023 section 5.1 asks for it.
                at -= Ipv4Header.Length;
                Ipv4Header.Write(Ready, at, 0, 0, 0, true, 0, protocol, Octets.ReadUInt32(_ends, ends), Octets.ReadUInt32(_ends, ends + Ipv6Header.AddressLength));
            }
            Record[r + HeaderLength] = ReadyEnd(tunnel) - at;
        }

        private static int EndsAt(int tunnel)
        {
            return tunnel * 2 * Ipv6Header.AddressLength;
        }

        private int Bucket(byte[] address, int offset, int length)
        {
            int at = offset + length - 4;
            return (address[at] * 31 + address[at + 1] * 17 + address[at + 2] * 5 + address[at + 3]) & (_buckets.Length - 1);
        }

        private bool Same(byte[] address, int offset, int end, int length)
        {
            for (int i = 0; i < length; i++)
            {
                if (address[offset + i] != _ends[end + i])
                {
                    return false;
                }
            }
            return true;
        }

        public void ClearCounters()
        {
            for (int r = 0; r < Record.Length; r += Stride)
            {
                Record[r + Received] = 0;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("tunnels");
            bill.Object(7);
            bill.Array(Record.Length * 4);
            bill.Array(Ready.Length);
            bill.Array(_ends.Length);
            bill.Array(_buckets.Length * 4);
        }
    }
}
