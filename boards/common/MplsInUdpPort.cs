using System;
using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>
    /// MPLS in UDP (RFC 7510) as a port of the router: one peer, over the IP stack that a board's own MAC belongs to. The router sees an
    /// Ethernet link with one station at its other end. Labelled frames lose their Ethernet header and travel as they are; IPv4
    /// packets travel under explicit null (RFC 3032 section 2.1), so that OSPF and LDP run over it; ARP is answered here, as every address
    /// of the subnet is the peer's. IPv6 without a label is dropped. Management-grade: the stack below allocates per datagram.
    /// </summary>
    public sealed class MplsInUdpPort : IChipPort
    {
        /// <summary>Destination port.</summary>
        public const int UdpPort = 6635;

        /// <summary>A packet of 1500 octets without IPv4 and UDP header and explicit null, behind an Ethernet header.</summary>
        public const int LongestFrame = HeaderLength + 1500 - 20 - 8 - LabelLength;

        private const int HeaderLength = 14;
        private const int LabelLength = 4;
        private const int ArpLength = 28;
        private const int TypeIpv4 = 0x0800;
        private const int TypeArp = 0x0806;
        private const int TypeLabelled = 0x8847;
        private const int AddressLength = 6;

        private readonly IDatagrams _datagrams;
        private readonly byte[] _station = new byte[AddressLength];
        private readonly byte[] _out = new byte[HeaderLength + 1500];
        private readonly byte[] _answer = new byte[HeaderLength + ArpLength];
        private bool _answerWaits;

        public uint RxFrames;
        public uint TxFrames;

        /// <summary>Datagrams that are too long for the router's buffer, or hold no label stack.</summary>
        public uint RxDropsLength;
        public uint RxDropsStack;

        /// <summary>Frames that cannot travel: too long, no type that MPLS carries, or refused below.</summary>
        public uint TxDropsLength;
        public uint TxDropsType;
        public uint TxDropsRefused;

        /// <param name="datagrams">To the peer.</param>
        /// <param name="address">6 octets of station address; copied.</param>
        public MplsInUdpPort(IDatagrams datagrams, byte[] address)
        {
            _datagrams = datagrams;
            Array.Copy(address, 0, _station, 0, AddressLength);
        }

        public bool IsReady
        {
            get { return true; }
        }

        public bool IsStarting
        {
            get { return false; }
        }

        public void StartChip()
        {
        }

        public string Condition
        {
            get { return "MPLS in UDP"; }
        }

        public LinkKind Kind
        {
            get { return LinkKind.Ethernet; }
        }

        public bool LinkUp
        {
            get { return _datagrams.Up; }
        }

        public int MaxFrameLength
        {
            get { return LongestFrame; }
        }

        public void GetAddress(byte[] address, int offset)
        {
            Array.Copy(_station, 0, address, offset, AddressLength);
        }

        public bool SetPromiscuous(bool on)
        {
            return true;
        }

        public int ReceiveBurst(Frame[] frames, int max)
        {
            int count = 0;
            while (count < max && Receive(frames[count]))
            {
                count++;
            }
            return count;
        }

        public bool Receive(Frame frame)
        {
            byte[] octets = frame.Octets;
            int at = frame.Headroom;
            if (_answerWaits)
            {
                _answerWaits = false;
                Array.Copy(_answer, 0, octets, at, _answer.Length);
                return Received(frame, _answer.Length);
            }

            // Where an IPv4 packet under explicit null stands right at once.
            int stack = at + HeaderLength - LabelLength;
            int length = _datagrams.Receive(octets, stack, LongestFrame - HeaderLength + LabelLength);
            if (length == 0) return false;
            if (length < 0 || length > LongestFrame - HeaderLength + LabelLength)
            {
                RxDropsLength++;
                return false;
            }
            if (!HoldsStack(octets, stack, length))
            {
                RxDropsStack++;
                return false;
            }
            if (octets[stack] == 0 && octets[stack + 1] == 0 && octets[stack + 2] == 0x01 && length > LabelLength && octets[stack + LabelLength] >> 4 == 4)
            {
                // Explicit null alone: label 0, any class 0, bottom.
                Header(octets, at, TypeIpv4);
                return Received(frame, length - LabelLength + HeaderLength);
            }
            if (length > LongestFrame - HeaderLength)
            {
                RxDropsLength++;
                return false;
            }
            Array.Copy(octets, stack, octets, at + HeaderLength, length);
            Header(octets, at, TypeLabelled);
            return Received(frame, length + HeaderLength);
        }

        public bool Send(Frame frame)
        {
            byte[] octets = frame.Octets;
            int start = frame.Start;
            int payload = frame.Length - HeaderLength;
            if (payload < LabelLength || frame.Length > LongestFrame)
            {
                TxDropsLength++;
                return false;
            }
            int type = (octets[start + 12] << 8) | octets[start + 13];
            if (type == TypeArp) return Answer(octets, start, payload);
            int length = payload;
            if (type == TypeIpv4)
            {
                // The link pads short packets; what follows the packet does not travel.
                int total = (octets[start + HeaderLength + 2] << 8) | octets[start + HeaderLength + 3];
                if (total < length) length = total;
                _out[0] = 0;
                _out[1] = 0;
                _out[2] = 0x01;
                _out[3] = 0xFF;
                Array.Copy(octets, start + HeaderLength, _out, LabelLength, length);
                length += LabelLength;
            }
            else if (type == TypeLabelled)
            {
                Array.Copy(octets, start + HeaderLength, _out, 0, length);
            }
            else
            {
                TxDropsType++;
                return false;
            }
            if (!_datagrams.Send(_out, 0, length))
            {
                TxDropsRefused++;
                return false;
            }
            TxFrames++;
            return true;
        }

        public void Flush()
        {
        }

        private bool Received(Frame frame, int length)
        {
            RxFrames++;
            frame.Start = frame.Headroom;
            frame.Length = length;
            return true;
        }

        // Entries of 4 octets until one has the bottom bit, with something behind it.
        private static bool HoldsStack(byte[] octets, int at, int length)
        {
            int end = at + length - LabelLength;
            for (int entry = at; entry < end; entry += LabelLength)
            {
                if ((octets[entry + 2] & 1) != 0) return true;
            }
            return false;
        }

        // To us, or to the group of the packet's destination (RFC 1112 section 6.4), from the peer.
        private void Header(byte[] octets, int at, int type)
        {
            int destination = at + HeaderLength + 16;
            if (type == TypeIpv4 && octets[destination] >> 4 == 14)
            {
                octets[at] = 0x01;
                octets[at + 1] = 0x00;
                octets[at + 2] = 0x5E;
                octets[at + 3] = (byte)(octets[destination + 1] & 0x7F);
                octets[at + 4] = octets[destination + 2];
                octets[at + 5] = octets[destination + 3];
            }
            else
            {
                Array.Copy(_station, 0, octets, at, AddressLength);
            }
            Peer(octets, at + AddressLength);
            octets[at + 12] = (byte)(type >> 8);
            octets[at + 13] = (byte)type;
        }

        // The station at the other end of the link that the router sees.
        private void Peer(byte[] octets, int at)
        {
            Array.Copy(_station, 0, octets, at, AddressLength);
            octets[at + 5] ^= 0x80;
        }

        // RFC 826: a request for another's address; who asks for its own only announces it.
        private bool Answer(byte[] octets, int start, int payload)
        {
            int arp = start + HeaderLength;
            if (payload < ArpLength || octets[arp + 7] != 1)
            {
                TxDropsType++;
                return false;
            }
            bool own = true;
            for (int i = 0; i < 4; i++)
            {
                own &= octets[arp + 14 + i] == octets[arp + 24 + i];
            }
            if (own) return true;
            Array.Copy(octets, start, _answer, 0, _answer.Length);
            Array.Copy(_station, 0, _answer, 0, AddressLength);
            Peer(_answer, AddressLength);
            _answer[HeaderLength + 7] = 2;
            Peer(_answer, HeaderLength + 8);
            Array.Copy(octets, arp + 24, _answer, HeaderLength + 14, 4);
            Array.Copy(octets, arp + 8, _answer, HeaderLength + 18, 10);
            _answerWaits = true;
            return true;
        }
    }
}
