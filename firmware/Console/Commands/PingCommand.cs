using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>ping</c> as IOS prints it, one echo at a time on Host's probe.</summary>
    public sealed class PingCommand
    {
        private const int MarksPerLine = 70;

        public uint Destination;

        /// <summary>The destination is an IPv6 one: 16 octets; null else.</summary>
        public byte[] DestinationIpv6;
        public int DestinationOffset;

        /// <summary>The link of a link-local destination; else -1.</summary>
        public int Port;
        public uint Source;
        public int Repeat;
        public int Size;
        public uint TimeoutMs;
        public bool DontFragment;

        private readonly Probe _probe;
        private readonly TextBuffer _output;
        private int _vrf;
        private int _sent;
        private int _received;
        private uint _least;
        private uint _most;
        private uint _sum;
        private bool _waiting;
        private bool _noRoute;
        private int _nextHopMtu;

        public PingCommand(Probe probe, TextBuffer output)
        {
            _probe = probe;
            _output = output;
        }

        public void Begin(int vrf)
        {
            _vrf = vrf;
            _sent = 0;
            _received = 0;
            _sum = 0;
            _least = 0xFFFFFFFF;
            _most = 0;
            _waiting = false;
            _noRoute = false;
            _nextHopMtu = 0;
            _output.Line("Type escape sequence to abort.");
            _output.Text("Sending ").Number(Repeat).Text(", ").Number(Size).Text("-byte ICMP Echos to ");
            if (DestinationIpv6 != null)
            {
                Ipv6Literal.Put(_output, DestinationIpv6, DestinationOffset);
            }
            else
            {
                _output.Address(Destination);
            }
            _output.Text(", timeout is ").Unsigned(TimeoutMs / 1000).Line(" seconds:");
            if (Source != 0)
            {
                _output.Text("Packet sent with a source address of ").Address(Source).Line();
            }
            if (DontFragment)
            {
                _output.Line("Packet sent with the DF bit set");
            }
        }

        /// <summary>True while an answer is awaited: a step would do nothing.</summary>
        public bool IsWaiting
        {
            get { return _waiting && _probe.State == Probe.Waiting; }
        }

        /// <summary>Takes the answer that has come, or sends the next echo.</summary>
        /// <returns>False when the ping is over.</returns>
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
                return true;
            }
            if (_sent == Repeat)
            {
                End();
                return false;
            }
            if (!Start(now))
            {
                _output.Line("% Packet size is out of range, or another probe is under way");
                return false;
            }
            _sent++;
            _waiting = true;
            return true;
        }

        private bool Start(uint now)
        {
            return DestinationIpv6 != null ? _probe.StartEchoIpv6(_vrf, Port, DestinationIpv6, DestinationOffset, null, 0, Size, 64, TimeoutMs, now)
                : _probe.StartEcho(_vrf, Destination, Source, Size, DontFragment, 255, TimeoutMs, now);
        }

        private void Mark()
        {
            switch (_probe.State)
            {
                case Probe.Replied:
                    _output.Put('!');
                    _received++;
                    _sum += _probe.RoundTripMs;
                    _least = _probe.RoundTripMs < _least ? _probe.RoundTripMs : _least;
                    _most = _probe.RoundTripMs > _most ? _probe.RoundTripMs : _most;
                    break;
                case Probe.TimeExceeded:
                    _output.Put('&');
                    break;
                case Probe.Unreachable:
                    _output.Put('U');
                    break;
                case Probe.FragmentationNeeded:
                    _output.Put('M');
                    _nextHopMtu = _probe.NextHopMtu;
                    break;
                default:
                    _noRoute |= _probe.State == Probe.NoRoute;
                    _output.Put('.');
                    break;
            }
            if (_sent % MarksPerLine == 0 && _sent != Repeat)
            {
                _output.Line();
            }
        }

        /// <summary>Stops and prints what there is.</summary>
        public void Abort()
        {
            if (_waiting)
            {
                _probe.Cancel();
                _waiting = false;
                _sent--;
            }
            End();
        }

        private void End()
        {
            if (_output.Column != 0)
            {
                _output.Line();
            }
            uint percent = _sent == 0 ? 0 : (uint)_received * 100 / (uint)_sent;
            _output.Text("Success rate is ").Unsigned(percent).Text(" percent (").Number(_received).Put('/');
            _output.Number(_sent).Put(')');
            if (_received != 0)
            {
                _output.Text(", round-trip min/avg/max = ").Unsigned(_least).Put('/');
                _output.Unsigned(_sum / (uint)_received).Put('/');
                _output.Unsigned(_most).Text(" ms");
            }
            _output.Line();
            if (_noRoute)
            {
                _output.Line("% No route to the destination, or no address to send from");
            }
            if (_nextHopMtu != 0)
            {
                _output.Text("% A link on the way takes at most ").Number(_nextHopMtu).Line(" bytes");
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(20);
        }
    }
}
