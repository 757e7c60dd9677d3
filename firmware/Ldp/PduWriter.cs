using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Ldp
{
    /// <summary>Builds one PDU of several messages (RFC 5036 section 3.1). The caller asks <see cref="Room"/> first.</summary>
    public sealed class PduWriter
    {
        public readonly byte[] Octets;
        private int _length;
        private int _limit;
        private int _message;

        public PduWriter(int octets)
        {
            Octets = new byte[octets];
        }

        /// <summary>Octets of the PDU so far; 10 when it holds no message.</summary>
        public int Length
        {
            get { return _length; }
        }

        public bool IsEmpty
        {
            get { return _length <= LdpMessage.PduHeader; }
        }

        /// <summary>Octets that may still be written.</summary>
        public int Room
        {
            get { return _limit - _length; }
        }

        /// <param name="limit">Octets that the PDU may have in all.</param>
        public void Begin(uint lsrId, int limit)
        {
            _limit = limit < Octets.Length ? limit : Octets.Length;
            _length = LdpMessage.PduHeader;
            Forwarding.Wire.Octets.WriteUInt16(Octets, 0, LdpMessage.Version);
            Forwarding.Wire.Octets.WriteUInt32(Octets, 4, lsrId);
            Forwarding.Wire.Octets.WriteUInt16(Octets, 8, 0);
        }

        public void Message(int type, uint id)
        {
            _message = _length;
            UInt16(type);
            UInt16(0);
            UInt32(id);
        }

        public void EndMessage()
        {
            Forwarding.Wire.Octets.WriteUInt16(Octets, _message + 2, _length - _message - LdpMessage.MessagePrefix);
        }

        /// <summary>The header of a TLV; its value follows.</summary>
        public void Tlv(int type, int length)
        {
            UInt16(type);
            UInt16(length);
        }

        /// <summary>A FEC TLV of one IPv4 prefix (RFC 5036 section 3.4.1).</summary>
        public void PrefixFec(uint prefix, int bits)
        {
            int octets = (bits + 7) / 8;
            Tlv(LdpMessage.Fec, 4 + octets);
            UInt8(LdpMessage.Prefix);
            UInt16(LdpMessage.Ipv4);
            UInt8(bits);
            for (int i = 0; i < octets; i++)
            {
                UInt8((int)((prefix >> (24 - 8 * i)) & 0xFF));
            }
        }

        public void Label(int label)
        {
            Tlv(LdpMessage.GenericLabel, 4);
            UInt32((uint)label);
        }

        public void UInt8(int value)
        {
            Octets[_length++] = (byte)value;
        }

        public void UInt16(int value)
        {
            Forwarding.Wire.Octets.WriteUInt16(Octets, _length, value);
            _length += 2;
        }

        public void UInt32(uint value)
        {
            Forwarding.Wire.Octets.WriteUInt32(Octets, _length, value);
            _length += 4;
        }

        public void Copy(byte[] from, int offset, int count)
        {
            Forwarding.Wire.Octets.Copy(from, offset, Octets, _length, count);
            _length += count;
        }

        /// <summary>Ends the PDU: <see cref="Length"/> octets of <see cref="Octets"/> are to be sent.</summary>
        public void End()
        {
            Forwarding.Wire.Octets.WriteUInt16(Octets, 2, _length - LdpMessage.PduPrefix);
        }

        public void Bill(RamBill bill)
        {
            bill.Object(4);
            bill.Array(Octets.Length);
        }
    }
}
