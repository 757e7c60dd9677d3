using LabEdge.Cli;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Explain
{
    /// <summary>
    /// What this router does with one packet, and why: the rows that a <see cref="FrameTrial"/> meets, each with the configuration line or
    /// the message that made it, what leaves by which port, and, where nothing does, the first thing that is missing. Nothing is counted,
    /// learnt or sent. Made when somebody asks. Steps write at most <see cref="TextBuffer.StepRoom"/> octets; a line that begins with two
    /// blanks belongs to the one before.
    /// </summary>
    public sealed partial class Explainer
    {
        private const int Entries = 1;
        private const int Leaving = 2;
        private const int End = 3;
        private const int Over = 4;

        public readonly FrameTrial Trial;

        /// <summary>Where a next hop of IPv4 was found that has no link address: port and address; port -1 = nowhere.</summary>
        public int SilentPort = -1;
        public uint SilentAddress;

        private readonly ControlModule _control;
        private readonly HostStack _host;
        private readonly Tables _t;
        private readonly TextBuffer _out;
        private readonly RowOrigin _origin = new RowOrigin();
        private readonly byte[] _hardware = new byte[EthernetHeader.AddressLength];

        // The frame or packet as it was given: what stands at an offset of the trace stands at this offset less _shift.
        private byte[] _octets;
        private int _at;
        private int _length;
        private int _shift;

        // Port that it came in by, or -1; VRF of the IP packet in hand.
        private int _port;
        private int _vrf;
        private int _part = Over;
        private int _row;

        public Explainer(ControlModule control, HostStack host, Tables tables, TextBuffer output)
        {
            _control = control;
            _host = host;
            _t = tables;
            _out = output;
            Trial = new FrameTrial(tables);
        }

        /// <summary>The router itself sends an IP packet.</summary>
        /// <returns>False when it is longer than the router's buffers.</returns>
        public bool Originate(byte[] packet, int offset, int length, int vrf)
        {
            Take(packet, offset, length, -1);
            _vrf = vrf;
            return Trial.Originate(packet, offset, length, vrf);
        }

        /// <summary>A frame comes in by a port; its destination address stands at the offset.</summary>
        /// <inheritdoc cref="Originate"/>
        public bool Receive(byte[] octets, int offset, int length, int port)
        {
            Take(octets, offset, length, port);
            _vrf = VrfStore.Global;
            return Trial.Receive(octets, offset, length, port);
        }

        private void Take(byte[] octets, int offset, int length, int port)
        {
            _octets = octets;
            _at = offset;
            _length = length;
            _shift = Trial.Start - offset;
            _port = port;
            _part = Entries;
            _row = 0;
            SilentPort = -1;
        }

        /// <summary>Writes the next line, with those that belong to it.</summary>
        /// <returns>False when all is written.</returns>
        public bool Step()
        {
            if (_part == Entries)
            {
                if (_row < Trial.Trace.Count)
                {
                    PutEntry(_row * FrameTrace.Stride);
                    _row++;
                    return true;
                }
                _part = Leaving;
                _row = 0;
            }
            if (_part == Leaving)
            {
                if (_row < Trial.SentCount)
                {
                    PutSent(_row);
                    _row++;
                    return true;
                }
                _part = End;
            }
            if (_part == End)
            {
                PutEnd();
                _part = Over;
            }
            return false;
        }

        /// <summary>True when something leaves by a port that takes it.</summary>
        public bool GoesOn
        {
            get
            {
                for (int i = 0; i < Trial.SentCount; i++)
                {
                    if (Trial.Taken[i])
                    {
                        return true;
                    }
                }
                return false;
            }
        }

        private string NameOf(int port)
        {
            return port >= 0 && _host.Interfaces.Name[port] != null ? _host.Interfaces.Name[port] : "-";
        }

        private void PutVrf(int vrf)
        {
            if (vrf == VrfStore.Global)
            {
                _out.Text("the global table");
            }
            else
            {
                _out.Text("VRF ").Text(_t.Vrfs.NameOf(vrf));
            }
        }

        // A frame that leaves: port, length, labels as they are on the wire, TTL of the packet under them.
        private void PutSent(int i)
        {
            byte[] b = Trial.Sent[i];
            _out.Text("sent: ").Text(NameOf(Trial.SentPort[i])).Text(", ").Number(b.Length).Text(" octets");
            int at = 12;
            int type = b.Length >= EthernetHeader.Length ? Octets.ReadUInt16(b, at) : 0;
            while ((type == EthernetHeader.Vlan || type == EthernetHeader.ServiceVlan) && at + 6 <= b.Length)
            {
                _out.Text(", VLAN ").Number(VlanTag.ReadVlan(b, at + 2));
                at += 4;
                type = Octets.ReadUInt16(b, at);
            }
            at += 2;
            int shown = 0;
            while (type == EthernetHeader.Mpls && at + LabelStackEntry.Length <= b.Length)
            {
                _out.Text(shown == 0 ? ", stack [" : " | ");
                if (++shown <= 8)
                {
                    PutLabel(b, at);
                }
                bool bottom = LabelStackEntry.ReadBottom(b, at);
                at += LabelStackEntry.Length;
                if (bottom || shown > 8)
                {
                    _out.Text("]");
                    break;
                }
            }
            int version = at < b.Length ? b[at] >> 4 : 0;
            if (version == 4 && Ipv4Header.Fits(b, at, b.Length - at) && (type == EthernetHeader.Ipv4 || type == EthernetHeader.Mpls))
            {
                _out.Text(", IP TTL ").Number(Ipv4Header.ReadTtl(b, at));
            }
            else if (version == 6 && Ipv6Header.Fits(b, at, b.Length - at) && (type == EthernetHeader.Ipv6 || type == EthernetHeader.Mpls))
            {
                _out.Text(", hop limit ").Number(Ipv6Header.ReadHopLimit(b, at));
            }
            _out.Text(", to ").Hardware(b, 0).Line(Trial.Taken[i] ? "" : ": the port does not take it");
        }

        private void PutLabel(byte[] b, int at)
        {
            _out.Number(LabelStackEntry.ReadLabel(b, at)).Text(" ttl ").Number(LabelStackEntry.ReadTtl(b, at));
            int trafficClass = LabelStackEntry.ReadTrafficClass(b, at);
            if (trafficClass != 0)
            {
                _out.Text(" tc ").Number(trafficClass);
            }
        }
    }
}
