using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    /// <summary>
    /// One row per neighbour or tunnel: egress port, room and the link header plus transport labels as ready octets,
    /// right-aligned in a slot. Only control writes rows; a moved neighbour touches one row, not every FEC behind it.
    /// A transport label is never the bottom of a stack: the bottom is the service word of a path.
    /// </summary>
    public sealed class TransportTable
    {
        /// <summary>Ints per row and what they hold.</summary>
        public const int Stride = 8;
        public const int Port = 0;

        /// <summary>Length of the ready octets; 0 while unusable (neighbour unresolved, port down).</summary>
        public const int Length = 1;

        /// <summary>Most octets after the ready octets: the port's MTU less 4 per transport label. -1 while unusable, so that one compare covers both; and of a row that leads into a tunnel, so that no kernel ever sends by it. See <see cref="RoomOf"/>.</summary>
        public const int Room = 2;
        public const int LabelCount = 3;

        /// <summary>Frames and octets sent (wrapping, link header included).</summary>
        public const int Frames = 4;
        public const int Octets = 5;

        /// <summary>The innermost transport label word; 0 without labels.</summary>
        public const int LastLabel = 6;

        /// <summary>End of the row's slot in <see cref="Ready"/> (exclusive); 0 = free row.</summary>
        public const int ReadyEndField = 7;

        public const int None = -1;

        public readonly int[] Record;
        public readonly byte[] Ready;
        public readonly int ReadyStride;

        /// <summary>Per row: 1 + the row of the tunnel that it leads into (<see cref="SetTunnel"/>), or 0.</summary>
        public readonly int[] Tunnel;

        // Per row: its room when it leads into a tunnel, else -1.
        private readonly int[] _tunnelRoom;
        private readonly int _count;

        /// <summary>Frames and octets per port that rows sent before they were given back or moved to another port: the egress sums need them.</summary>
        public readonly int[] RetiredFrames;
        public readonly int[] RetiredOctets;

        /// <summary>Requests that found the table full.</summary>
        public int Refused;

        public TransportTable(Capacity capacity)
        {
            _count = capacity.Transports;
            Record = new int[_count * Stride];
            ReadyStride = capacity.TransportStride;
            Ready = new byte[_count * ReadyStride];
            Tunnel = new int[_count];
            _tunnelRoom = new int[_count];
            RetiredFrames = new int[capacity.Ports];
            RetiredOctets = new int[capacity.Ports];
            for (int i = 0; i < _count; i++)
            {
                Record[i * Stride + Room] = -1;
                _tunnelRoom[i] = -1;
            }
        }

        public int Count
        {
            get { return _count; }
        }

        public bool IsUsed(int transport)
        {
            return Record[transport * Stride + ReadyEndField] != 0;
        }

        /// <summary>Takes a free row, unusable until it is set.</summary>
        /// <returns>Its index, or <see cref="None"/> when the table is full.</returns>
        public int Allocate()
        {
            for (int i = 0; i < _count; i++)
            {
                int r = i * Stride;
                if (Record[r + ReadyEndField] == 0)
                {
                    for (int k = 0; k < Stride; k++)
                    {
                        Record[r + k] = 0;
                    }
                    Tunnel[i] = 0;
                    Record[r + ReadyEndField] = ReadyEnd(i);
                    Record[r + Room] = -1;
                    return i;
                }
            }
            Refused++;
            return None;
        }

        /// <summary>Gives a row back. The caller has made sure that no path names it.</summary>
        public void Release(int transport)
        {
            SetUnusable(transport);
            Retire(transport);
            Record[transport * Stride + ReadyEndField] = 0;
        }

        private void Retire(int transport)
        {
            int r = transport * Stride;
            int port = Record[r + Port];
            RetiredFrames[port] += Record[r + Frames];
            RetiredOctets[port] += Record[r + Octets];
            Record[r + Frames] = 0;
            Record[r + Octets] = 0;
        }

        /// <summary>Frames sent out of a port by way of all transports, those given back included.</summary>
        public int FramesOf(int port)
        {
            int sum = RetiredFrames[port];
            for (int r = 0; r < Record.Length; r += Stride)
            {
                sum += Record[r + Port] == port ? Record[r + Frames] : 0;
            }
            return sum;
        }

        public void ClearCounters()
        {
            for (int r = 0; r < Record.Length; r += Stride)
            {
                Record[r + Frames] = 0;
                Record[r + Octets] = 0;
            }
            for (int i = 0; i < RetiredFrames.Length; i++)
            {
                RetiredFrames[i] = 0;
                RetiredOctets[i] = 0;
            }
        }

        public void SetUnusable(int transport)
        {
            int r = transport * Stride;
            Record[r + Room] = -1;
            Record[r + Length] = 0;
            _tunnelRoom[transport] = -1;
        }

        /// <returns>Most octets that <see cref="GeneralPath"/> may put after the ready octets, by a link or into a tunnel; -1 while the row is unusable.</returns>
        public int RoomOf(int transport)
        {
            int room = Record[transport * Stride + Room];
            return room >= 0 ? room : _tunnelRoom[transport];
        }

        /// <summary>End of the row's ready octets in <see cref="Ready"/> (exclusive).</summary>
        public int ReadyEnd(int transport)
        {
            return (transport + 1) * ReadyStride;
        }

        /// <summary>Writes the whole row: Ethernet header, optional 802.1Q tag, transport labels outermost first.</summary>
        /// <param name="mtu">Octets that the port carries after the Ethernet header and tag.</param>
        /// <param name="vlan">-1 for untagged.</param>
        /// <param name="labelWords">Label words (label, TC 0, S 0, TTL 255), outermost first.</param>
        /// <returns>False when the octets do not fit the slot.</returns>
        public bool Set(int transport, int port, int mtu, byte[] destination, int destinationOffset, byte[] source, int sourceOffset,
            int etherType, int vlan, int[] labelWords, int labelCount)
        {
            int length = EthernetHeader.Length + (vlan >= 0 ? VlanTag.Length : 0) + labelCount * LabelStackEntry.Length;
            if (length > ReadyStride)
            {
                return false;
            }
            int r = transport * Stride;
            int at = ReadyEnd(transport) - length;
            Wire.Octets.Copy(destination, destinationOffset, Ready, at, 6);
            Wire.Octets.Copy(source, sourceOffset, Ready, at + 6, 6);
            at += 12;
            if (vlan >= 0)
            {
                Wire.Octets.WriteUInt16(Ready, at, EthernetHeader.Vlan);
                Wire.Octets.WriteUInt16(Ready, at + 2, vlan);
                at += 4;
            }
            Wire.Octets.WriteUInt16(Ready, at, etherType);
            at += 2;
            for (int i = 0; i < labelCount; i++)
            {
                Wire.Octets.WriteInt32(Ready, at, labelWords[i]);
                at += 4;
            }
            if (Record[r + Port] != port)
            {
                Retire(transport);
            }
            Tunnel[transport] = 0;
            _tunnelRoom[transport] = -1;
            Record[r + Port] = port;
            Record[r + LabelCount] = labelCount;
            Record[r + LastLabel] = labelCount == 0 ? 0 : labelWords[labelCount - 1];
            Record[r + Length] = length;
            Record[r + Room] = mtu - labelCount * LabelStackEntry.Length;
            return true;
        }

        /// <summary>
        /// Makes the row the way into a tunnel that has its link header: the ready octets are the labels under it. The paths of the row
        /// are published as <see cref="ForwardingHandle.Special"/> or <see cref="ForwardingHandle.LabelAction"/>.
        /// </summary>
        /// <param name="mtu">Octets of an IP packet that reach the other end whole.</param>
        /// <param name="labelWords">As of <see cref="Set"/>.</param>
        /// <returns>False when the labels do not fit the slot, or the tunnel's link header is not known yet.</returns>
        public bool SetTunnel(int transport, TunnelTable tunnels, int tunnel, int port, int mtu, int[] labelWords, int labelCount)
        {
            int length = labelCount * LabelStackEntry.Length;
            if (length > ReadyStride || tunnels.Record[tunnel * TunnelTable.Stride + TunnelTable.Length] == 0)
            {
                return false;
            }
            int r = transport * Stride;
            int at = ReadyEnd(transport) - length;
            for (int i = 0; i < labelCount; i++)
            {
                Wire.Octets.WriteInt32(Ready, at + i * LabelStackEntry.Length, labelWords[i]);
            }
            if (Record[r + Port] != port)
            {
                Retire(transport);
            }
            Record[r + Port] = port;
            Record[r + LabelCount] = labelCount;
            Record[r + LastLabel] = labelCount == 0 ? 0 : labelWords[labelCount - 1];
            Record[r + Length] = length;
            Record[r + Room] = -1;
            _tunnelRoom[transport] = mtu - tunnels.Record[tunnel * TunnelTable.Stride + TunnelTable.HeaderLength] - length;
            Tunnel[transport] = tunnel + 1;
            return true;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("transports");
            bill.Object(9);
            bill.Array(Record.Length * 4);
            bill.Array(Tunnel.Length * 4);
            bill.Array(_tunnelRoom.Length * 4);
            bill.Array(Ready.Length);
            bill.Array(RetiredFrames.Length * 4);
            bill.Array(RetiredOctets.Length * 4);
        }
    }
}
