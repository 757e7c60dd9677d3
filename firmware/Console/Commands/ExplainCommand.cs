using LabEdge.Control;
using LabEdge.Explain;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>
    /// <c>explain</c>: builds the packet that the line speaks of and follows it through this router's tables. Made by the command and given up
    /// at its end: at rest it costs nothing.
    /// </summary>
    public sealed class ExplainCommand
    {
        /// <summary>Slots of the rows: VRF or label stack, destination, source, octets, TTL, DF, interface, VLAN.</summary>
        private const int Scope = 0;
        private const int Destination = 1;
        private const int Source = 2;
        private const int Size = 3;
        private const int Ttl = 4;
        private const int DontFragment = 5;
        private const int Interface = 6;
        private const int Vlan = 7;

        private const int DefaultSize = 100;
        private const int OwnTtl = 255;
        private const int ArrivingTtl = 64;
        private const int MostLabels = 16;

        // For documentation (RFC 9542 section 2.1.1, RFC 5737, RFC 3849).
        private const int StationHigh = 0x00005E00;
        private const int StationLow = 0x5301;
        private const uint Stranger = 0xC0000201;
        private const int StrangerIpv6 = 0x20010DB8;

        private readonly HostStack _host;
        private readonly Tables _tables;
        private readonly TextBuffer _output;
        private readonly CommandMatcher _matcher;
        private readonly LineLexer _line;
        private readonly Explainer _explainer;
        private readonly byte[] _octets;
        private readonly bool _ipv6;
        private int _at;
        private int _ttl;
        private int _size;

        public ExplainCommand(ControlModule control, HostStack host, Tables tables, TextBuffer output, CommandMatcher matcher, LineLexer line)
        {
            _host = host;
            _tables = tables;
            _output = output;
            _matcher = matcher;
            _line = line;
            _explainer = new Explainer(control, host, tables, output);
            _ipv6 = matcher.Action == CommandTable.ExplainIpv6 || matcher.Action == CommandTable.ExplainArrivingIpv6;
            _size = matcher.Has(Size) ? (int)matcher.Value[Size] : DefaultSize;
            _octets = new byte[EthernetHeader.Length + VlanTag.Length + MostLabels * LabelStackEntry.Length + _size];
        }

        /// <returns>False when it was answered already: the line asks for something that cannot be.</returns>
        public bool Begin(int vrf, int port)
        {
            bool arriving = _matcher.Action == CommandTable.ExplainArriving || _matcher.Action == CommandTable.ExplainArrivingIpv6;
            if (arriving && (port < 0 || port >= _tables.Ports.Count || _tables.Devices[port] == null))
            {
                _output.Line("% Frames come in by a port only");
                return false;
            }
            if (_ipv6 ? !Ipv6Address.IsHost(_matcher.Ipv6, Ipv6Address.Length) : !ConfigurationEditor.IsUnicast(_matcher.Value[Destination]))
            {
                _output.Line("% A unicast address is needed");
                return false;
            }
            _ttl = _matcher.Has(Ttl) ? (int)_matcher.Value[Ttl] : arriving ? ArrivingTtl : OwnTtl;
            return arriving ? Arrives(port) : Leaves(vrf);
        }

        public bool Step()
        {
            return _explainer.Step();
        }

        private bool Leaves(int vrf)
        {
            if (_ipv6)
            {
                if (Ipv6Header.IsLinkLocal(_matcher.Ipv6, Ipv6Address.Length))
                {
                    _output.Line("% A link-local destination is not routed");
                    return false;
                }
                int row = _host.Ipv6.SourceFor(vrf, OutgoingPath.PortTo(_tables, vrf, _matcher.Ipv6, Ipv6Address.Length), _matcher.Ipv6, Ipv6Address.Length);
                if (row == Ipv6Interfaces.None)
                {
                    return NoSource();
                }
                EchoPacket.WriteIpv6(_octets, 0, _size, _host.Ipv6.Address, row * Ipv6Address.Length, _matcher.Ipv6, Ipv6Address.Length, _ttl, false);
            }
            else
            {
                uint destination = _matcher.Value[Destination];
                uint source = _matcher.Has(Source) ? _matcher.Value[Source] : _host.Interfaces.SourceFor(vrf, OutgoingPath.PortTo(_tables, vrf, destination));
                if (source == 0 || (_matcher.Has(Source) && !_host.Interfaces.Owns(vrf, source)))
                {
                    return NoSource();
                }
                EchoPacket.Write(_octets, 0, _size, source, destination, _ttl, _matcher.Has(DontFragment), false);
            }
            return Fits(_explainer.Originate(_octets, 0, _size, vrf));
        }

        private bool NoSource()
        {
            _output.Line("% No such address to send from");
            return false;
        }

        private bool Fits(bool fits)
        {
            if (!fits)
            {
                _output.Text("% Longer than this router's buffers, ").Number(_tables.Capacity.MaxFrameLength).Line(" octets");
            }
            return fits;
        }

        // Link header, tag and labels of a frame as a neighbour sends it, then the packet.
        private bool Arrives(int port)
        {
            int type = _ipv6 ? EthernetHeader.Ipv6 : EthernetHeader.Ipv4;
            if (_tables.PortRecord[port * PortTable.Stride + PortTable.Any] == ForwardingHandle.None)
            {
                _tables.Ports.CopyAddress(port, _octets, 0);
            }
            else
            {
                // The port takes frames for any station: to another one.
                Octets.WriteInt32(_octets, 0, StationHigh);
                Octets.WriteUInt16(_octets, 4, StationLow + 1);
            }
            Octets.WriteInt32(_octets, EthernetHeader.SourceOffset, StationHigh);
            Octets.WriteUInt16(_octets, EthernetHeader.SourceOffset + 4, StationLow);
            _at = EthernetHeader.EtherTypeOffset;
            if (_matcher.Has(Vlan))
            {
                Octets.WriteUInt16(_octets, _at, EthernetHeader.Vlan);
                VlanTag.Write(_octets, _at + 2, 0, false, (int)_matcher.Value[Vlan]);
                _at += VlanTag.Length;
            }
            Octets.WriteUInt16(_octets, _at, _matcher.Has(Scope) ? EthernetHeader.Mpls : type);
            _at += 2;
            if (_matcher.Has(Scope) && !PutLabels(_line.Word(_matcher.WordOf[Scope])))
            {
                _output.Line("% Expected a stack of labels from the outermost on, such as 16/203");
                return false;
            }
            if (_ipv6)
            {
                byte[] source = new byte[Ipv6Address.Length];
                Octets.WriteInt32(source, 0, StrangerIpv6);
                source[Ipv6Address.Length - 1] = 1;
                EchoPacket.WriteIpv6(_octets, _at, _size, source, 0, _matcher.Ipv6, Ipv6Address.Length, _ttl, false);
            }
            else
            {
                uint own = _host.Interfaces.Address[port];
                uint source = _matcher.Has(Source) ? _matcher.Value[Source] : own != 0 ? own ^ 1 : Stranger;
                EchoPacket.Write(_octets, _at, _size, source, _matcher.Value[Destination], _ttl, _matcher.Has(DontFragment), false);
            }
            return Fits(_explainer.Receive(_octets, 0, _at + _size, port));
        }

        private bool PutLabels(string text)
        {
            int label = 0;
            int digits = 0;
            int labels = 0;
            for (int i = 0; i <= text.Length; i++)
            {
                int digit = i < text.Length ? text[i] - '0' : -1;
                if (digit >= 0 && digit <= 9)
                {
                    label = label * 10 + digit;
                    digits++;
                    if (label > LabelStackEntry.Last)
                    {
                        return false;
                    }
                    continue;
                }
                if (digits == 0 || labels == MostLabels || (i < text.Length && text[i] != '/'))
                {
                    return false;
                }
                LabelStackEntry.Write(_octets, _at, label, 0, i == text.Length, _ttl);
                _at += LabelStackEntry.Length;
                labels++;
                label = 0;
                digits = 0;
            }
            return true;
        }
    }
}
