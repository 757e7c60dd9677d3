using LabEdge.Forwarding.Wire;

namespace LabEdge.Ldp
{
    /// <summary>Walks the TLVs of a message (RFC 5036 section 3.3). No value is touched that does not lie within its parent.</summary>
    public sealed class TlvReader
    {
        public const int End = 0;
        public const int Found = 1;
        public const int Bad = 2;

        private byte[] _octets;
        private int _next;
        private int _end;

        /// <summary>Of the present TLV: type without the U and F bits, U bit, offset and octets of the value.</summary>
        public int Type;
        public bool Ignorable;
        public int At;
        public int Length;

        public void Begin(byte[] octets, int at, int end)
        {
            _octets = octets;
            _next = at;
            _end = end;
        }

        public int Next()
        {
            if (_next == _end)
            {
                return End;
            }
            if (_end - _next < LdpMessage.TlvHeader)
            {
                return Bad;
            }
            int type = Octets.ReadUInt16(_octets, _next);
            Length = Octets.ReadUInt16(_octets, _next + 2);
            At = _next + LdpMessage.TlvHeader;
            if (Length > _end - At)
            {
                return Bad;
            }
            Type = type & ~(LdpMessage.UnknownBit | LdpMessage.ForwardBit);
            Ignorable = (type & LdpMessage.UnknownBit) != 0;
            _next = At + Length;
            return Found;
        }

        /// <returns>True when the message has this TLV; then it is the present one.</returns>
        public bool Find(byte[] octets, int at, int end, int type)
        {
            Begin(octets, at, end);
            while (Next() == Found)
            {
                if (Type == type)
                {
                    return true;
                }
            }
            return false;
        }
    }
}
