using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Ospf
{
    // Read RFC 2328 sections 8.1 and 8.2 and appendix D before changing this file.
    // Packets in and out: header, authentication, who may send to us.
    public sealed partial class OspfModule
    {
        // Where the OSPF packet under construction begins in Host's frame.
        private int Packet
        {
            get { return _host.Sender.Transmit.Headroom + Ipv4Header.Length; }
        }

        private byte[] Out
        {
            get { return _host.Sender.Transmit.Octets; }
        }

        // Longest packet on an interface, its digest left out.
        private int Room(OspfInterface i)
        {
            int room = _tables.Ports.MtuOf(i.Index) - Ipv4Header.Length;
            int most = _host.Sender.MaxPacket - Ipv4Header.Length;
            room = room < most ? room : most;
            return i.AuthenticationType == OspfHeader.Cryptographic ? room - OspfHeader.DigestLength : room;
        }

        // Sends what stands at Packet: length octets, header included, of which the header is written here.
        private bool Send(OspfInterface i, int type, int length, uint destination)
        {
            byte[] b = Out;
            int at = Packet;
            OspfHeader.Write(b, at, type, length, ProcessOf(i).RouterId, Areas[i.Area].Id);
            b[at + OspfHeader.AuthenticationTypeOffset + 1] = (byte)i.AuthenticationType;
            if (i.AuthenticationType == OspfHeader.Cryptographic)
            {
                b[at + OspfHeader.KeyIdOffset] = (byte)i.KeyId;
                b[at + OspfHeader.DigestLengthOffset] = OspfHeader.DigestLength;
                i.Sequence++;
                Octets.WriteUInt32(b, at + OspfHeader.SequenceOffset, i.Sequence);
                Digest(b, at, length, i, b, at + length);
                length += OspfHeader.DigestLength;
            }
            else
            {
                Octets.WriteUInt16(b, at + OspfHeader.ChecksumOffset, OspfHeader.Checksum(b, at, length));
                if (i.AuthenticationType == OspfHeader.SimplePassword)
                {
                    PutKey(i, b, at + OspfHeader.AuthenticationOffset, OspfHeader.PasswordLength);
                }
            }
            return _host.Sender.SendPayload(i.Vrf, i.Index, OspfHeader.Protocol, Dscp, 1, i.Address, destination, length) == DropReason.None;
        }

        private static void PutKey(OspfInterface i, byte[] to, int offset, int room)
        {
            int size = i.Key == null ? 0 : i.Key.Length;
            for (int k = 0; k < room; k++)
            {
                to[offset + k] = k < size ? i.Key[k] : (byte)0;
            }
        }

        // RFC 2328 appendix D.4.3: over the packet and the key.
        private void Digest(byte[] packet, int offset, int length, OspfInterface i, byte[] to, int at)
        {
            _md5.Begin();
            _md5.Add(packet, offset, length);
            PutKey(i, _digest, 0, OspfHeader.DigestLength);
            _md5.Add(_digest, 0, OspfHeader.DigestLength);
            _md5.End(to, at);
        }

        /// <inheritdoc/>
        public bool Receive(Frame frame, int payload, int length, uint now)
        {
            _now = now;
            byte[] b = frame.Octets;
            OspfInterface i = Interfaces[frame.Port];
            if (i.State == OspfInterface.Down || i.Passive || i.Vrf != frame.Context)
            {
                return false;
            }
            int fault = Check(b, payload, length, i, frame);
            if (fault != PacketFault.None)
            {
                BadPackets++;
                LastFault = fault;
                return false;
            }
            uint source = Ipv4Header.ReadSource(b, frame.Offset);
            uint router = Octets.ReadUInt32(b, payload + OspfHeader.RouterIdOffset);
            int body = OspfHeader.ReadLength(b, payload) - OspfHeader.Length;
            int type = b[payload + OspfHeader.TypeOffset];
            OspfNeighbor n = FindNeighbor(i, router, source);
            if (i.AuthenticationType == OspfHeader.Cryptographic && n != null)
            {
                uint sequence = Octets.ReadUInt32(b, payload + OspfHeader.SequenceOffset);
                if ((int)(sequence - n.CryptographicSequence) < 0)
                {
                    BadPackets++;
                    LastFault = PacketFault.Authentication;
                    return false;
                }
                n.CryptographicSequence = sequence;
            }
            payload += OspfHeader.Length;
            if (type == OspfHeader.Hello)
            {
                return HelloIn(i, n, router, source, b, payload, body);
            }
            if (n == null || n.State < OspfNeighbor.Init)
            {
                return false;
            }
            switch (type)
            {
                case OspfHeader.DatabaseDescription:
                    return DescriptionIn(i, n, b, payload, body);
                case OspfHeader.LinkStateRequest:
                    return RequestIn(i, n, b, payload, body);
                case OspfHeader.LinkStateUpdate:
                    return UpdateIn(i, n, b, payload, body);
                default:
                    return AckIn(n, b, payload, body);
            }
        }

        private int Check(byte[] b, int at, int length, OspfInterface i, Frame frame)
        {
            if (!OspfHeader.Fits(b, at, length))
            {
                return PacketFault.Malformed;
            }
            uint source = Ipv4Header.ReadSource(b, frame.Offset);
            if (!i.IsPointToPoint && !_host.Interfaces.OnSubnet(i.Index, source))
            {
                return PacketFault.Source;
            }
            if (Ipv4Header.ReadDestination(b, frame.Offset) == AllDesignated && i.State < OspfInterface.Backup)
            {
                return PacketFault.Destination;
            }
            if (Octets.ReadUInt32(b, at + OspfHeader.AreaOffset) != Areas[i.Area].Id)
            {
                return PacketFault.Area;
            }
            if (Octets.ReadUInt32(b, at + OspfHeader.RouterIdOffset) == ProcessOf(i).RouterId)
            {
                return PacketFault.DuplicateRouterId;
            }
            if (Octets.ReadUInt16(b, at + OspfHeader.AuthenticationTypeOffset) != i.AuthenticationType)
            {
                return PacketFault.AuthenticationType;
            }
            int packet = OspfHeader.ReadLength(b, at);
            if (i.AuthenticationType == OspfHeader.Cryptographic)
            {
                if (b[at + OspfHeader.KeyIdOffset] != i.KeyId || b[at + OspfHeader.DigestLengthOffset] != OspfHeader.DigestLength
                    || packet + OspfHeader.DigestLength > length)
                {
                    return PacketFault.Authentication;
                }
                Digest(b, at, packet, i, _digest, OspfHeader.DigestLength);
                return SameOctets(b, at + packet, _digest, OspfHeader.DigestLength, OspfHeader.DigestLength) ? PacketFault.None : PacketFault.Authentication;
            }
            if (OspfHeader.Checksum(b, at, packet) != 0)
            {
                return PacketFault.Checksum;
            }
            if (i.AuthenticationType == OspfHeader.SimplePassword)
            {
                PutKey(i, _digest, 0, OspfHeader.PasswordLength);
                return SameOctets(b, at + OspfHeader.AuthenticationOffset, _digest, 0, OspfHeader.PasswordLength) ? PacketFault.None : PacketFault.Authentication;
            }
            return PacketFault.None;
        }

        // Looks at every octet: how long it takes tells nothing.
        private static bool SameOctets(byte[] a, int at, byte[] b, int bt, int count)
        {
            int difference = 0;
            for (int i = 0; i < count; i++)
            {
                difference |= a[at + i] ^ b[bt + i];
            }
            return difference == 0;
        }

        // On a broadcast network a neighbour is its address, on a point-to-point link its router id (RFC 2328 section 10.5).
        private OspfNeighbor FindNeighbor(OspfInterface i, uint router, uint source)
        {
            for (int k = 0; k < Neighbors.Length; k++)
            {
                OspfNeighbor n = Neighbors[k];
                if (n.Interface == i.Index && (i.IsPointToPoint ? n.RouterId == router : n.Address == source))
                {
                    return n;
                }
            }
            return null;
        }
    }

    /// <summary>Why a packet was not taken (RFC 2328 section 8.2 and 10.5).</summary>
    public static class PacketFault
    {
        public const int None = 0;
        public const int Malformed = 1;
        public const int Checksum = 2;
        public const int Area = 3;
        public const int Source = 4;
        public const int Destination = 5;
        public const int AuthenticationType = 6;
        public const int Authentication = 7;
        public const int DuplicateRouterId = 8;

        /// <summary>Hello interval, dead interval, mask or the stub option differ.</summary>
        public const int HelloMismatch = 9;
        public const int TableFull = 10;
        public const int MtuMismatch = 11;
    }
}
