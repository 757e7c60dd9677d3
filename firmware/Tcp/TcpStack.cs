using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Tcp
{
    // Read RFC 9293 section 3.10 before changing this file.

    /// <summary>
    /// TCP over IPv4 (RFC 9293) with fixed slots: who gets a segment, who may open, and how a segment is written and authenticated. Every connection
    /// and listener has a VRF.
    /// </summary>
    public sealed class TcpStack : IPacketHandler, IProtocolModule
    {
        public const uint Idle = 0xFFFFFFFF;

        /// <summary>The longest and the shortest segment that we send or ask for, in octets: what 1,280 octets of IP carry, labels and tunnels aside.</summary>
        public const int MostSegment = 1220;
        public const int LeastSegment = 48;

        /// <summary>2 MSL, with 30 s each (RFC 9293 leaves the MSL to the engineer). A slot in TIME-WAIT is taken when no other is free.</summary>
        public const int TimeWaitMs = 60000;

        /// <summary>How long the same octets, or a SYN, are sent in vain (RFC 9293 section 3.8.3, R2).</summary>
        public const uint GiveUpMs = 100000;
        public const uint GiveUpSynMs = 180000;

        /// <summary>RSTs to those who have no connection, per second.</summary>
        public const int ResetsPerSecond = 20;

        private const int FirstPort = 49152;
        private const int PortMask = 0x3FFF;
        private const int MostListeners = 4;

        public readonly TcpConnection[] Connections;

        public int BadSegments;
        public int BadKeys;
        public int LowTtl;
        public int NoConnection;
        public int NoSlot;
        public int NotOffered;
        public int Challenges;
        public int Retransmissions;
        public int OutOfOrder;
        public int Received;
        public int Sent;

        internal uint Now;

        private readonly ITcpOutput _output;
        private readonly ITcpListener[] _listener;
        private readonly int[] _listenVrf;
        private readonly int[] _listenPort;
        private readonly Md5 _md5;
        private readonly byte[] _secret;
        private readonly byte[] _scratch;
        private readonly Xorshift _random;
        private uint _resetSecond;
        private int _resets;

        /// <param name="entropy">At least 32 octets nobody can guess: initial sequence numbers and ports come from them.</param>
        public TcpStack(Capacity capacity, byte[] entropy, ITcpOutput output)
        {
            _output = output;
            Connections = new TcpConnection[capacity.TcpConnections];
            for (int i = 0; i < Connections.Length; i++)
            {
                Connections[i] = new TcpConnection(this, capacity.TcpRing);
            }
            _listener = new ITcpListener[MostListeners];
            _listenVrf = new int[MostListeners];
            _listenPort = new int[MostListeners];
            _md5 = new Md5();
            _random = new Xorshift(entropy);
            _secret = new byte[16];
            _scratch = new byte[32];
            _md5.Begin();
            _md5.Add(entropy, 0, entropy.Length);
            _md5.End(_secret, 0);
        }

        /// <summary>Takes connections to a port of a VRF.</summary>
        /// <returns>False when somebody does already, or no row is free.</returns>
        public bool Listen(int vrf, int port, ITcpListener listener)
        {
            int free = -1;
            for (int i = 0; i < MostListeners; i++)
            {
                if (_listener[i] == null)
                {
                    free = i;
                }
                else if (_listenVrf[i] == vrf && _listenPort[i] == port)
                {
                    return false;
                }
            }
            if (free < 0)
            {
                return false;
            }
            _listener[free] = listener;
            _listenVrf[free] = vrf;
            _listenPort[free] = port;
            return true;
        }

        /// <summary>Opens a connection.</summary>
        /// <param name="key">Of the MD5 option, or null.</param>
        /// <returns>Null when no slot is free.</returns>
        public TcpConnection Open(int vrf, uint local, uint remote, int remotePort, byte[] key, int leastTtl, uint now)
        {
            Now = now;
            TcpConnection connection = Take();
            if (connection == null)
            {
                NoSlot++;
                return null;
            }
            int port;
            do
            {
                port = FirstPort + (_random.Next16() & PortMask);
            }
            while (Find(vrf, local, port, remote, remotePort) != null);
            connection.Begin(vrf, local, port, remote, remotePort);
            connection.Key = key;
            connection.LeastTtl = leastTtl;
            connection.Open(now);
            return connection;
        }

        /// <summary>The user has done with a connection; one that is open is closed in good order.</summary>
        public void Release(TcpConnection connection)
        {
            connection.Owned = false;
            if (connection.State != TcpState.Closed)
            {
                connection.Close();
            }
        }

        private TcpConnection Take()
        {
            TcpConnection waiting = null;
            for (int i = 0; i < Connections.Length; i++)
            {
                TcpConnection c = Connections[i];
                if (c.Owned)
                {
                    continue;
                }
                if (c.State == TcpState.Closed)
                {
                    return c;
                }
                waiting = c.State == TcpState.TimeWait || (waiting == null && c.State > TcpState.Established) ? c : waiting;
            }
            return waiting;
        }

        private TcpConnection Find(int vrf, uint local, int localPort, uint remote, int remotePort)
        {
            for (int i = 0; i < Connections.Length; i++)
            {
                TcpConnection c = Connections[i];
                if (c.State != TcpState.Closed && c.RemotePort == remotePort && c.LocalPort == localPort && c.Remote == remote && c.Local == local && c.Vrf == vrf)
                {
                    return c;
                }
            }
            return null;
        }

        /// <inheritdoc/>
        public bool Receive(Frame frame, int payload, int length, uint now)
        {
            byte[] octets = frame.Octets;
            return Receive(frame.Context, Ipv4Header.ReadSource(octets, frame.Offset), Ipv4Header.ReadDestination(octets, frame.Offset),
                Ipv4Header.ReadTtl(octets, frame.Offset), octets, payload, length, now);
        }

        /// <summary>A segment.</summary>
        /// <param name="tcp">Offset of its header; nothing of it has been checked.</param>
        /// <param name="length">Octets of header and payload.</param>
        /// <returns>False when it is none, or nobody's.</returns>
        public bool Receive(int vrf, uint source, uint destination, int ttl, byte[] octets, int tcp, int length, uint now)
        {
            Now = now;
            if (!TcpHeader.Fits(octets, tcp, length) || destination >> 28 == 14 || !TcpHeader.ChecksumRight(octets, tcp, length, source, destination))
            {
                BadSegments++;
                return false;
            }
            Received++;
            int flags = TcpHeader.ReadFlags(octets, tcp);
            int sourcePort = TcpHeader.ReadSourcePort(octets, tcp);
            int destinationPort = TcpHeader.ReadDestinationPort(octets, tcp);
            TcpConnection connection = Find(vrf, destination, destinationPort, source, sourcePort);
            bool opens = (flags & (TcpHeader.Syn | TcpHeader.Ack | TcpHeader.Reset)) == TcpHeader.Syn;
            if (connection != null && !(opens && connection.State == TcpState.TimeWait && connection.IsNewer(TcpHeader.ReadSequence(octets, tcp))))
            {
                return MayTake(connection, ttl, octets, tcp, length) && Deliver(connection, octets, tcp, length, now);
            }
            if (opens)
            {
                int row = FindListener(vrf, destinationPort);
                if (row >= 0)
                {
                    return Offer(row, vrf, source, sourcePort, destination, ttl, octets, tcp, length, now);
                }
            }
            NoConnection++;
            AnswerStranger(vrf, source, destination, flags, octets, tcp, length);
            return false;
        }

        private static bool Deliver(TcpConnection connection, byte[] octets, int tcp, int length, uint now)
        {
            connection.Receive(octets, tcp, length - TcpHeader.ReadHeaderLength(octets, tcp), now);
            return true;
        }

        private int FindListener(int vrf, int port)
        {
            for (int i = 0; i < MostListeners; i++)
            {
                if (_listener[i] != null && _listenVrf[i] == vrf && _listenPort[i] == port)
                {
                    return i;
                }
            }
            return -1;
        }

        private bool Offer(int row, int vrf, uint source, int sourcePort, uint destination, int ttl, byte[] octets, int tcp, int length, uint now)
        {
            // One half-open connection per stranger: SYNs from made-up ports take no more than that.
            for (int i = 0; i < Connections.Length; i++)
            {
                TcpConnection c = Connections[i];
                if ((c.State == TcpState.SynReceived || c.State == TcpState.TimeWait) && c.Remote == source && c.LocalPort == _listenPort[row] && c.Vrf == vrf)
                {
                    c.Vanish();
                }
            }
            TcpConnection connection = Take();
            if (connection == null)
            {
                NoSlot++;
                return false;
            }
            connection.Begin(vrf, destination, _listenPort[row], source, sourcePort);
            if (!_listener[row].Offer(connection))
            {
                NotOffered++;
                connection.Owned = false;
                return false;
            }
            if (!MayTake(connection, ttl, octets, tcp, length))
            {
                connection.Vanish();
                return false;
            }
            connection.Accept(octets, tcp, now);
            return true;
        }

        // GTSM and MD5: what fails is not seen by the connection (RFC 5082 section 3, RFC 2385 section 2).
        private bool MayTake(TcpConnection connection, int ttl, byte[] octets, int tcp, int length)
        {
            if (ttl < connection.LeastTtl)
            {
                LowTtl++;
                return false;
            }
            int option = TcpHeader.FindOption(octets, tcp, TcpHeader.Md5, TcpHeader.Md5Length);
            if (connection.Key == null)
            {
                if (option < 0)
                {
                    return true;
                }
                BadKeys++;
                return false;
            }
            if (IsSigned(connection.Remote, connection.Local, octets, tcp, length, option, connection.Key))
            {
                return true;
            }
            BadKeys++;
            return false;
        }

        // option: where the digest is, or -1.
        private bool IsSigned(uint source, uint destination, byte[] octets, int tcp, int length, int option, byte[] key)
        {
            if (option < 0)
            {
                return false;
            }
            Digest(source, destination, octets, tcp, length, key);
            int i = 0;
            while (i < Md5.Length && _scratch[12 + i] == octets[option + i])
            {
                i++;
            }
            return i == Md5.Length;
        }

        // The key that whoever uses this port, at either end, has for the address; null = none.
        private byte[] KeyOfStranger(int vrf, uint source, int sourcePort, int destinationPort)
        {
            int row = FindListener(vrf, destinationPort);
            row = row >= 0 ? row : FindListener(vrf, sourcePort);
            return row < 0 ? null : _listener[row].KeyOf(source);
        }

        // Two octets of padding, kind and length, and the digest over a segment without data.
        private void Sign(byte[] octets, int tcp, uint source, uint destination, byte[] key)
        {
            int at = tcp + TcpHeader.Length;
            octets[at] = TcpHeader.NoOperation;
            octets[at + 1] = TcpHeader.NoOperation;
            octets[at + 2] = TcpHeader.Md5;
            octets[at + 3] = TcpHeader.Md5Length;
            int length = TcpHeader.Length + TcpHeader.Md5Length + 2;
            Digest(source, destination, octets, tcp, length, key);
            Octets.Copy(_scratch, 12, octets, at + 4, Md5.Length);
        }

        // RFC 2385 section 2: pseudo header, header without options and with checksum zero, data, key. The digest stands at 12 of the scratch.
        private void Digest(uint source, uint destination, byte[] octets, int tcp, int length, byte[] key)
        {
            int header = TcpHeader.ReadHeaderLength(octets, tcp);
            Octets.WriteUInt32(_scratch, 0, source);
            Octets.WriteUInt32(_scratch, 4, destination);
            Octets.WriteUInt16(_scratch, 8, Ipv4Header.Tcp);
            Octets.WriteUInt16(_scratch, 10, length);
            _md5.Begin();
            _md5.Add(_scratch, 0, 12);
            _md5.Add(octets, tcp, 16);
            _scratch[0] = 0;
            _scratch[1] = 0;
            _md5.Add(_scratch, 0, 2);
            _md5.Add(octets, tcp + 18, 2);
            _md5.Add(octets, tcp + header, length - header);
            _md5.Add(key, 0, key.Length);
            _md5.End(_scratch, 12);
        }

        /// <summary>An initial sequence number: a clock of 4 µs plus a secret function of addresses and ports (RFC 6528 section 3).</summary>
        internal int InitialSequence(TcpConnection connection, uint now)
        {
            Octets.WriteUInt32(_scratch, 0, connection.Local);
            Octets.WriteUInt32(_scratch, 4, connection.Remote);
            Octets.WriteUInt16(_scratch, 8, connection.LocalPort);
            Octets.WriteUInt16(_scratch, 10, connection.RemotePort);
            _md5.Begin();
            _md5.Add(_scratch, 0, 12);
            _md5.Add(_secret, 0, _secret.Length);
            _md5.End(_scratch, 12);
            uint clock = now * 250;
            return Octets.ReadInt32(_scratch, 12) + (int)clock;
        }

        internal void SendSegment(TcpConnection connection, int flags, int sequence, int acknowledgment, int window, OctetRing data, int position, int count)
        {
            byte[] octets = _output.Octets;
            int tcp = _output.Start;
            int at = tcp + TcpHeader.Length;
            if ((flags & TcpHeader.Syn) != 0)
            {
                int size = data.Size < MostSegment ? data.Size : MostSegment;
                octets[at] = TcpHeader.MaximumSegmentSize;
                octets[at + 1] = TcpHeader.MaximumSegmentSizeLength;
                Octets.WriteUInt16(octets, at + 2, size);
                at += TcpHeader.MaximumSegmentSizeLength;
            }
            int digest = at + 4;
            if (connection.Key != null)
            {
                octets[at] = TcpHeader.NoOperation;
                octets[at + 1] = TcpHeader.NoOperation;
                octets[at + 2] = TcpHeader.Md5;
                octets[at + 3] = TcpHeader.Md5Length;
                at += TcpHeader.Md5Length + 2;
            }
            TcpHeader.Write(octets, tcp, connection.LocalPort, connection.RemotePort, sequence, acknowledgment, at - tcp, flags, window);
            data.Peek(position, octets, at, count);
            int length = at - tcp + count;
            if (connection.Key != null)
            {
                Digest(connection.Local, connection.Remote, octets, tcp, length, connection.Key);
                Octets.Copy(_scratch, 12, octets, digest, Md5.Length);
            }
            TcpHeader.WriteChecksum(octets, tcp, length, connection.Local, connection.Remote);
            Sent++;
            _output.Send(connection.Vrf, connection.Local, connection.Remote, length);
        }

        /// <summary>A RST to a segment that acknowledges what was never sent.</summary>
        internal void SendReset(TcpConnection connection, int sequence)
        {
            if (MayReset())
            {
                connection.SendBareReset(sequence);
            }
        }

        // RFC 9293 section 3.10.7.1. Where a key is configured for the address, only a signed segment is answered, and the answer is signed: so a neighbour
        // learns at once that we have started anew (RFC 2385 section 2 lets it believe nothing else).
        private void AnswerStranger(int vrf, uint source, uint destination, int flags, byte[] octets, int tcp, int length)
        {
            int sourcePort = TcpHeader.ReadSourcePort(octets, tcp);
            int destinationPort = TcpHeader.ReadDestinationPort(octets, tcp);
            byte[] key = KeyOfStranger(vrf, source, sourcePort, destinationPort);
            if ((flags & TcpHeader.Reset) != 0
                || (key != null && !IsSigned(source, destination, octets, tcp, length, TcpHeader.FindOption(octets, tcp, TcpHeader.Md5, TcpHeader.Md5Length), key)) || !MayReset())
            {
                return;
            }
            int acknowledgment = TcpHeader.ReadSequence(octets, tcp) + length - TcpHeader.ReadHeaderLength(octets, tcp)
                + ((flags & TcpHeader.Syn) != 0 ? 1 : 0) + ((flags & TcpHeader.Fin) != 0 ? 1 : 0);
            bool acknowledges = (flags & TcpHeader.Ack) != 0;
            int sequence = acknowledges ? TcpHeader.ReadAcknowledgment(octets, tcp) : 0;
            int start = _output.Start;
            int answer = key == null ? TcpHeader.Length : TcpHeader.Length + TcpHeader.Md5Length + 2;
            TcpHeader.Write(_output.Octets, start, destinationPort, sourcePort, sequence, acknowledges ? 0 : acknowledgment, answer,
                acknowledges ? TcpHeader.Reset : TcpHeader.Reset | TcpHeader.Ack, 0);
            if (key != null)
            {
                Sign(_output.Octets, start, destination, source, key);
            }
            TcpHeader.WriteChecksum(_output.Octets, start, answer, destination, source);
            Sent++;
            _output.Send(vrf, destination, source, answer);
        }

        private bool MayReset()
        {
            uint second = Now / 1000;
            if (second != _resetSecond)
            {
                _resetSecond = second;
                _resets = 0;
            }
            return _resets++ < ResetsPerSecond;
        }

        /// <inheritdoc/>
        public uint Poll(uint now, int budget)
        {
            Now = now;
            uint next = Idle;
            for (int i = 0; i < Connections.Length; i++)
            {
                uint due = Connections[i].Poll(now);
                next = due < next ? due : next;
            }
            return next;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("TCP");
            bill.Object(23);
            bill.References(Connections.Length);
            for (int i = 0; i < Connections.Length; i++)
            {
                Connections[i].Bill(bill);
            }
            bill.References(MostListeners);
            bill.Array(MostListeners * 4);
            bill.Array(MostListeners * 4);
            _md5.Bill(bill);
            bill.Array(_secret.Length);
            bill.Array(_scratch.Length);
            bill.Object(4);
        }
    }
}
