using System.Runtime.CompilerServices;
using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    // The stages of IPv4 in a VRF: gather the destinations of the burst, look them up together, rewrite.
    public sealed partial class NetKernel
    {
        /// <summary>Packets of a VRF, from a circuit or under a label at the bottom: header checks (RFC 1812 section 5.2.2); untouched yet.</summary>
        /// <returns>How many are to be looked up.</returns>
        private int Destinations(Tables tables, ref Frame first, int count)
        {
            ref int way = ref NetOctets.At(_way, 0);
            ref int packet = ref NetOctets.At(_packet, 0);
            ref int vrf = ref NetOctets.At(_vrf, 0);
            ref uint destination = ref NetOctets.At(_address, 0);
            bool verify = tables.VerifyHeaderChecksum;
            nint packets = 0;
            for (nint k = count - 1; k >= 0; k--)
            {
                int h = Unsafe.Add(ref way, k);
                if (h >> 28 == ForwardingHandle.Vrf >> 28)
                {
                    Frame f = Unsafe.Add(ref first, k);
                    int header = 14 + TagLength(h);
                    ref byte r = ref NetOctets.At(f.Octets, f.Start + header);
                    int labelTtl = 256;
                    Unsafe.Add(ref way, k) = RareWay;
                    if (Unsafe.ReadUnaligned<ushort>(ref Unsafe.Subtract(ref r, 2)) == NetOctets.Mpls)
                    {
                        // Without S it is no packet: 0, which fails below.
                        uint entry = NetOctets.ReadUInt32(ref r);
                        labelTtl = (entry & Bottom) != 0 ? (int)(entry & 0xFF) : 0;
                        r = ref Unsafe.Add(ref r, 4);
                        header += 4;
                    }

                    // All 20 octets are there, without options.
                    uint word = NetOctets.ReadUInt32(ref r);
                    int n = (int)(word & 0xFFFF);
                    uint address = NetOctets.ReadUInt32(ref Unsafe.Add(ref r, 16));
                    if (n <= f.Length - header && n >= 20 && word >> 24 == 0x45 && labelTtl != 0 && address - 0x01000000 < 0xDF000000
                        && address >> 24 != 127 && (!verify || NetOctets.HeaderSumRight(ref r)))
                    {
                        Unsafe.Add(ref packet, packets) = (int)k;
                        Unsafe.Add(ref packet, packets + HeaderAt) = header;
                        Unsafe.Add(ref packet, packets + LabelTtlAt) = labelTtl;
                        Unsafe.Add(ref vrf, packets) = h & ForwardingHandle.IndexMask;
                        Unsafe.Add(ref destination, packets) = address;
                        packets++;
                    }
                }
            }
            return (int)packets;
        }

        /// <summary>The packets looked up: TTL, service label, ready octets; those that no path takes stay as they came.</summary>
        /// <returns>How many have a group for their handle and wait for <see cref="Members"/>.</returns>
        private int Route(Tables tables, ref Frame first, int packets)
        {
            ref int paths = ref NetOctets.At(tables.PathRecord, 0);
            ref int transports = ref NetOctets.At(tables.TransportRecord, 0);
            ref byte ready = ref NetOctets.At(tables.Ready, 0);
            ref int way = ref NetOctets.At(_way, 0);
            ref int packet = ref NetOctets.At(_packet, 0);
            ref int handle = ref NetOctets.At(_handle, 0);
            int groups = 0;
            for (nint j = packets - 1; j >= 0; j--)
            {
                nint k = Unsafe.Add(ref packet, j);
                int h = Unsafe.Add(ref handle, j);
                if (h >> 28 == ForwardingHandle.Path >> 28)
                {
                    Frame f = Unsafe.Add(ref first, k);
                    int o = f.Start + Unsafe.Add(ref packet, j + HeaderAt);
                    ref byte r = ref NetOctets.At(f.Octets, o);
                    uint word = NetOctets.ReadUInt32(ref r);
                    int length = (int)(word & 0xFFFF);
                    int ttl = Unsafe.Add(ref r, 8) - 1;
                    ref PathRow path = ref PathRow.At(ref paths, h & ForwardingHandle.IndexMask);
                    uint service = (uint)path.Service;
                    int u = path.Transport;
                    ref TransportRow transport = ref TransportRow.At(ref transports, u);
                    if (ttl > 0 && Fits(ref transport, length + (service != 0 ? 4 : 0)))
                    {
                        // Uniform egress: the label's TTL, one less, when it is the lower one (RFC 3443 section 3.1).
                        int labelTtl = Unsafe.Add(ref packet, j + LabelTtlAt);
                        int lower = 1;
                        if (ttl >= labelTtl)
                        {
                            lower = ttl + 2 - labelTtl;
                            ttl = labelTtl - 1;
                        }
                        NetOctets.LowerTtl(ref Unsafe.Add(ref r, 8), lower);
                        if (service != 0)
                        {
                            if (u >= PathTable.Uniform)
                            {
                                // TC from the class selector bits of the second octet, TTL as it now is.
                                service = (service & 0xFFFFF100) | ((word >> 12) & 0xE00) | (uint)ttl;
                            }
                            r = ref Unsafe.Subtract(ref r, 4);
                            o -= 4;
                            length += 4;
                            NetOctets.WriteUInt32(ref r, service);
                            word = service;
                        }
                        Unsafe.Add(ref way, k + CountedAt) = u;
                        Unsafe.Add(ref way, k) = Depart(ref transport, ref ready, f, ref r, o, length, word, u);
                    }
                }
                else
                {
                    groups += h >> 28 == ForwardingHandle.Group >> 28 ? 1 : 0;
                }
            }
            return groups;
        }

        /// <summary>Packets whose prefix leads to a group: gathered at the front, with the path that the flow hash names.</summary>
        /// <returns>How many.</returns>
        private int Members(Tables tables, ref Frame first, int packets)
        {
            int chosen = 0;
            for (int j = 0; j < packets; j++)
            {
                int h = _handle[j];
                if (h >> 28 == ForwardingHandle.Group >> 28)
                {
                    Frame f = Unsafe.Add(ref first, (nint)_packet[j]);
                    _handle[chosen] = tables.Groups.SelectByAddresses(h, f.Octets, f.Start + _packet[j + HeaderAt]);
                    _packet[chosen] = _packet[j];
                    _packet[chosen + HeaderAt] = _packet[j + HeaderAt];
                    _packet[chosen + LabelTtlAt] = _packet[j + LabelTtlAt];
                    chosen++;
                }
            }
            return chosen;
        }
    }
}
