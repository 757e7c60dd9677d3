using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Ldp
{
    // Discovery (RFC 5036 sections 2.4 and 3.5.2): link hellos to all routers of the subnet, targeted ones to an LSR id; GTSM by RFC 6720.
    public sealed partial class LdpModule
    {
        private const int DefaultLinkHold = 15;
        private const int DefaultTargetedHold = 45;
        private const int NetworkControl = 48;

        private readonly uint[] _helloAt;
        private readonly bool[] _joined;

        /// <summary>Those whom we send targeted hellos; 0 = the row is free.</summary>
        private readonly uint[] _target;
        private readonly uint[] _targetAt;

        /// <summary>True while LDP speaks on the port.</summary>
        public bool IsOn(int port)
        {
            InterfaceTable interfaces = _host.Interfaces;
            return LsrId != 0 && port < interfaces.Ports && _control.IsMpls(port) && interfaces.Usable[port] && interfaces.Address[port] != 0
                && interfaces.Vrf[port] == VrfStore.Global;
        }

        /// <summary>Keeps up a targeted adjacency with a neighbour.</summary>
        /// <returns>False when no row is free.</returns>
        public bool AddTarget(uint lsrId)
        {
            int free = -1;
            for (int i = 0; i < _target.Length; i++)
            {
                if (_target[i] == lsrId)
                {
                    return true;
                }
                free = _target[i] == 0 ? i : free;
            }
            if (free < 0)
            {
                return false;
            }
            _target[free] = lsrId;
            _targetAt[free] = _now;
            return true;
        }

        public void RemoveTarget(uint lsrId)
        {
            for (int i = 0; i < _target.Length; i++)
            {
                if (_target[i] == lsrId)
                {
                    _target[i] = 0;
                }
            }
        }

        private bool IsTarget(uint address)
        {
            for (int i = 0; i < _target.Length; i++)
            {
                if (_target[i] == address)
                {
                    return true;
                }
            }
            return false;
        }

        // Its hello is due in so many ms at the latest.
        private void GreetTarget(uint address, uint withinMs)
        {
            for (int i = 0; i < _target.Length; i++)
            {
                if (_target[i] == address && address != 0 && (int)(_targetAt[i] - _now - withinMs) > 0)
                {
                    _targetAt[i] = _now + withinMs;
                }
            }
        }

        // Routes have changed: targets that have not been heard may be within reach now.
        private void GreetUnheard()
        {
            for (int i = 0; i < _target.Length; i++)
            {
                if (_target[i] != 0 && SessionOfPeer(_target[i]) == null)
                {
                    GreetTarget(_target[i], 1000);
                }
            }
        }

        private uint PollDiscovery()
        {
            uint next = Idle;
            for (int port = 0; port < _joined.Length; port++)
            {
                bool on = IsOn(port);
                if (on != _joined[port])
                {
                    _joined[port] = on;
                    _tables.Ports.SetGroup(port, LdpMessage.AllRoutersGroup, on);
                    _helloAt[port] = _now;
                }
                if (!on)
                {
                    continue;
                }
                if ((int)(_now - _helloAt[port]) >= 0)
                {
                    _helloAt[port] = _now + (uint)Settings.HelloMs;
                    SendHello(port, _host.Interfaces.Address[port], LdpMessage.AllRouters, WantsGtsm(port) ? LdpMessage.Gtsm : 0, Settings.HoldSeconds);
                }
                next = Least(next, _helloAt[port]);
            }
            for (int i = 0; i < _target.Length; i++)
            {
                if (_target[i] != 0)
                {
                    if ((int)(_now - _targetAt[i]) >= 0)
                    {
                        _targetAt[i] = _now + (uint)Settings.TargetedHelloMs;
                        SendHello(-1, LsrId, _target[i], LdpMessage.Targeted | LdpMessage.RequestTargeted, Settings.TargetedHoldSeconds);
                    }
                    next = Least(next, _targetAt[i]);
                }
            }
            return ExpireHellos(next);
        }

        private uint Least(uint next, uint deadline)
        {
            uint wait = (int)(deadline - _now) > 0 ? deadline - _now : 0;
            return wait < next ? wait : next;
        }

        private uint ExpireHellos(uint next)
        {
            for (int i = 0; i < Hellos.Rows; i++)
            {
                if (Hellos.LsrId[i] == 0)
                {
                    continue;
                }
                bool linkGone = Hellos.Port[i] >= 0 && !IsOn(Hellos.Port[i]);
                if (linkGone || (Hellos.HoldSeconds[i] != 0xFFFF && (int)(_now - Hellos.Deadline[i]) >= 0))
                {
                    uint lsrId = Hellos.LsrId[i];
                    Hellos.LsrId[i] = 0;
                    LdpSession session = FindSession(lsrId);
                    if (session != null && Hellos.FirstOf(lsrId) == HelloTable.None)
                    {
                        session.Stop(LdpStatus.HoldTimerExpired, _now);
                    }
                    continue;
                }
                next = Hellos.HoldSeconds[i] == 0xFFFF ? next : Least(next, Hellos.Deadline[i]);
            }
            return next;
        }

        private void LeaveGroups()
        {
            for (int port = 0; port < _joined.Length; port++)
            {
                if (_joined[port])
                {
                    _joined[port] = false;
                    _tables.Ports.SetGroup(port, LdpMessage.AllRoutersGroup, false);
                }
            }
        }

        private void SendHello(int port, uint source, uint destination, int flags, int holdSeconds)
        {
            byte[] octets = _host.Sender.Transmit.Octets;
            int udp = _host.Sender.Transmit.Headroom + Ipv4Header.Length;
            Writer.Begin(LsrId, Writer.Octets.Length);
            Writer.Message(LdpMessage.Hello, 0);
            Writer.Tlv(LdpMessage.HelloParameters, 4);
            Writer.UInt16(holdSeconds);
            Writer.UInt16(flags);
            Writer.Tlv(LdpMessage.Ipv4Transport, 4);
            Writer.UInt32(LsrId);
            Writer.EndMessage();
            Writer.End();
            Octets.Copy(Writer.Octets, 0, octets, udp + UdpHeader.Length, Writer.Length);
            int length = UdpHeader.Length + Writer.Length;
            UdpHeader.Write(octets, udp, LdpMessage.Port, LdpMessage.Port, length, source, destination);
            _host.Sender.SendPayload(VrfStore.Global, port, Ipv4Header.Udp, NetworkControl, port < 0 ? IpSender.InitialTtl : 1, source, destination, length);
        }

        /// <inheritdoc/>
        public bool Receive(Frame frame, int payload, int length, uint now)
        {
            _now = now;
            uint source = Ipv4Header.ReadSource(frame.Octets, frame.Offset);
            uint destination = Ipv4Header.ReadDestination(frame.Octets, frame.Offset);
            if (LsrId == 0 || frame.Context != VrfStore.Global)
            {
                return false;
            }
            return ReceiveHello(frame.Port, source, destination, frame.Octets, payload, length);
        }

        // Only what is right makes or keeps an adjacency; nothing is answered to a bad hello (RFC 5036 section 3.5.2.1).
        private bool ReceiveHello(int port, uint source, uint destination, byte[] octets, int at, int length)
        {
            int end = at + length;
            if (length < LdpMessage.PduHeader + LdpMessage.MessageHeader || Octets.ReadUInt16(octets, at) != LdpMessage.Version
                || Octets.ReadUInt16(octets, at + 2) + LdpMessage.PduPrefix > length || Octets.ReadUInt16(octets, at + 8) != 0
                || Octets.ReadUInt16(octets, at + LdpMessage.PduHeader) != LdpMessage.Hello)
            {
                BadHellos++;
                return false;
            }
            uint lsrId = Octets.ReadUInt32(octets, at + 4);
            int message = at + LdpMessage.PduHeader;
            int messageEnd = message + LdpMessage.MessagePrefix + Octets.ReadUInt16(octets, message + 2);
            if (messageEnd > end || messageEnd < message + LdpMessage.MessageHeader || lsrId == 0 || lsrId == LsrId
                || !Tlv.Find(octets, message + LdpMessage.MessageHeader, messageEnd, LdpMessage.HelloParameters) || Tlv.Length < 4)
            {
                BadHellos++;
                return false;
            }
            int hold = Octets.ReadUInt16(octets, Tlv.At);
            int flags = Octets.ReadUInt16(octets, Tlv.At + 2);
            uint transport = source;
            if (Tlv.Find(octets, message + LdpMessage.MessageHeader, messageEnd, LdpMessage.Ipv4Transport) && Tlv.Length == 4)
            {
                transport = Octets.ReadUInt32(octets, Tlv.At);
            }
            bool targeted = (flags & LdpMessage.Targeted) != 0;
            bool wanted = targeted
                ? destination >> 28 != 14 && (IsTarget(source) || (Settings.AcceptTargeted && (flags & LdpMessage.RequestTargeted) != 0))
                : destination == LdpMessage.AllRouters && IsOn(port) && _host.Interfaces.OnSubnet(port, source);
            if (!wanted || !Ipv4Address.IsHost(transport) || transport == LsrId)
            {
                Unwanted++;
                return false;
            }
            return TakeHello(targeted ? HelloTable.Targeted : port, lsrId, source, transport, hold, (flags & LdpMessage.Gtsm) != 0);
        }

        private bool TakeHello(int port, uint lsrId, uint source, uint transport, int hold, bool gtsm)
        {
            int ours = port < 0 ? Settings.TargetedHoldSeconds : Settings.HoldSeconds;
            hold = hold == 0 ? (port < 0 ? DefaultTargetedHold : DefaultLinkHold) : hold;
            hold = hold < ours ? hold : ours;
            int row = Hellos.Find(lsrId, port, source);
            if (row == HelloTable.None)
            {
                row = Hellos.Free();
                LdpSession session = FindSession(lsrId);
                if (session == null)
                {
                    session = row == HelloTable.None ? null : FindSession(0);
                    if (session == null)
                    {
                        NoRows++;
                        return false;
                    }
                    session.Begin(lsrId, transport, LsrId > transport, _now);
                }
                if (row == HelloTable.None || session.Transport != transport)
                {
                    NoRows += row == HelloTable.None ? 1 : 0;
                    return false;
                }
                Hellos.LsrId[row] = lsrId;
                Hellos.Source[row] = source;
                Hellos.Port[row] = (short)port;

                // The neighbour hears of us at once.
                if (port >= 0)
                {
                    _helloAt[port] = _now;
                }
                else if (!IsTarget(source))
                {
                    SendHello(-1, LsrId, source, LdpMessage.Targeted, Settings.TargetedHoldSeconds);
                }
                else
                {
                    GreetTarget(source, 0);
                }
            }
            else if (port < 0 && !IsTarget(source))
            {
                // Who asks for targeted hellos gets one for each of its own.
                SendHello(-1, LsrId, source, LdpMessage.Targeted, Settings.TargetedHoldSeconds);
            }
            Hellos.Transport[row] = transport;
            Hellos.HoldSeconds[row] = (ushort)hold;
            Hellos.Deadline[row] = _now + (uint)hold * 1000;
            Hellos.Gtsm[row] = gtsm;
            FollowGtsm(FindSession(lsrId));
            return true;
        }
    }
}
