using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>traceroute</c> as IOS prints it, with the labels that RFC 4950 brings: UDP to ports where nobody listens.</summary>
    public sealed class TracerouteCommand
    {
        private const int FirstPort = 33434;

        public uint Destination;

        /// <summary>The destination is an IPv6 one: 16 octets; null else.</summary>
        public byte[] DestinationIpv6;
        public int DestinationOffset;

        /// <summary>The link of a link-local destination; else -1.</summary>
        public int Port;
        public int FirstTtl;
        public int LastTtl;
        public int ProbesPerHop;
        public uint TimeoutMs;

        private readonly Probe _probe;
        private readonly TextBuffer _output;
        private int _vrf;
        private int _ttl;
        private int _count;
        private int _port;
        private uint _hop;
        private readonly byte[] _hopIpv6 = new byte[Ipv6Address.Length];
        private bool _hopKnown;
        private bool _waiting;
        private bool _reached;

        public TracerouteCommand(Probe probe, TextBuffer output)
        {
            _probe = probe;
            _output = output;
        }

        public void Begin(int vrf, string vrfName)
        {
            _vrf = vrf;
            _ttl = FirstTtl;
            _count = 0;
            _port = FirstPort;
            _waiting = false;
            _reached = false;
            _output.Line("Type escape sequence to abort.");
            _output.Text("Tracing the route to ");
            if (DestinationIpv6 != null)
            {
                Ipv6Literal.Put(_output, DestinationIpv6, DestinationOffset);
            }
            else
            {
                _output.Address(Destination);
            }
            _output.Line();
            if (vrf != 0)
            {
                _output.Text("VRF info: ").Line(vrfName);
            }
        }

        /// <summary>True while an answer is awaited: a step would do nothing.</summary>
        public bool IsWaiting
        {
            get { return _waiting && _probe.State == Probe.Waiting; }
        }

        /// <summary>Takes the answer that has come, or sends the next probe.</summary>
        /// <returns>False when the trace is over.</returns>
        public bool Step(uint now)
        {
            if (IsWaiting)
            {
                return true;
            }
            if (_waiting)
            {
                _waiting = false;
                Mark();
                _probe.Cancel();
                if (++_count == ProbesPerHop)
                {
                    _output.Line();
                    _count = 0;
                    _ttl++;
                }
                return true;
            }
            if (_count == 0)
            {
                if (_reached || _ttl > LastTtl)
                {
                    return false;
                }
                _hopKnown = false;
                _output.Text(_ttl < 10 ? "  " : " ").Number(_ttl);
            }
            if (!Start(now))
            {
                _output.Line().Line("% Another probe is under way");
                return false;
            }
            _port = _port < 65535 ? _port + 1 : FirstPort;
            _waiting = true;
            return true;
        }

        private bool Start(uint now)
        {
            return DestinationIpv6 != null ? _probe.StartUdpIpv6(_vrf, Port, DestinationIpv6, DestinationOffset, null, 0, _port, _ttl, TimeoutMs, now)
                : _probe.StartUdp(_vrf, Destination, 0, _port, _ttl, TimeoutMs, now);
        }

        private void Mark()
        {
            switch (_probe.State)
            {
                case Probe.NoRoute:
                    _output.Text(" % no route to the destination, or no address to send from");
                    _reached = true;
                    _count = ProbesPerHop - 1;
                    return;
                case Probe.TimeExceeded:
                    PutHop();
                    break;
                case Probe.Unreachable:
                    PutHop();
                    _reached = true;
                    if (_probe.Code != (_probe.IsIpv6 ? Icmpv6Message.PortUnreachable : IcmpMessage.PortUnreachable))
                    {
                        bool net = _probe.Code == (_probe.IsIpv6 ? Icmpv6Message.NoRoute : IcmpMessage.NetUnreachable);
                        bool host = _probe.Code == (_probe.IsIpv6 ? Icmpv6Message.AddressUnreachable : IcmpMessage.HostUnreachable);
                        _output.Text(net ? " !N " : host ? " !H " : " !U ");
                        return;
                    }
                    break;
                case Probe.FragmentationNeeded:
                    PutHop();
                    _output.Text(" !F ");
                    _reached = true;
                    return;
                default:
                    _output.Text(" * ");
                    return;
            }
            _output.Put(' ');
            _output.Unsigned(_probe.RoundTripMs).Text(" msec");
        }

        // The address and the labels stand once, unless another router answers.
        private void PutHop()
        {
            if (_hopKnown && (_probe.IsIpv6 ? Ipv6Header.AddressesEqual(_probe.FromIpv6, 0, _hopIpv6, 0) : _probe.From == _hop))
            {
                return;
            }
            if (_hopKnown)
            {
                _output.Line().Text("   ");
            }
            _hopKnown = true;
            _output.Put(' ');
            if (_probe.IsIpv6)
            {
                Octets.Copy(_probe.FromIpv6, 0, _hopIpv6, 0, Ipv6Address.Length);
                Ipv6Literal.Put(_output, _hopIpv6, 0);
            }
            else
            {
                _hop = _probe.From;
                _output.Address(_hop);
            }
            if (_probe.LabelCount == 0)
            {
                return;
            }
            _output.Text(_probe.LabelCount == 1 ? " [MPLS: Label " : " [MPLS: Labels ");
            for (int i = 0; i < _probe.LabelCount; i++)
            {
                if (i != 0)
                {
                    _output.Put('/');
                }
                _output.Number((_probe.LabelWords[i] >> 12) & 0xFFFFF);
            }
            _output.Text(" Exp ").Number((_probe.LabelWords[0] >> 9) & 7).Put(']');
        }

        public void Abort()
        {
            if (_waiting)
            {
                _probe.Cancel();
                _waiting = false;
            }
            if (_output.Column != 0)
            {
                _output.Line();
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(19);
            bill.Array(_hopIpv6.Length);
        }
    }
}
