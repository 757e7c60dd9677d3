using LabEdge.Forwarding;

namespace LabEdge.Host
{
    // Read RFC 1321 before changing this file.

    /// <summary>
    /// The MD5 message digest (RFC 1321), for the authentication of protocols that know no other (RFC 2328 appendix D, RFC 2385). One message at a
    /// time: <see cref="Begin"/>, <see cref="Add"/> as often as wished, <see cref="End"/>.
    /// </summary>
    public sealed class Md5
    {
        /// <summary>Octets of a digest.</summary>
        public const int Length = 16;

        private const int Block = 64;

        private readonly byte[] _block = new byte[Block];
        private readonly uint[] _word = new uint[Block / 4];
        private int _used;
        private int _total;
        private uint _a;
        private uint _b;
        private uint _c;
        private uint _d;

        public void Begin()
        {
            _used = 0;
            _total = 0;
            _a = 0x67452301;
            _b = 0xEFCDAB89;
            _c = 0x98BADCFE;
            _d = 0x10325476;
        }

        public void Add(byte[] octets, int offset, int count)
        {
            _total += count;
            while (count > 0)
            {
                int part = count < Block - _used ? count : Block - _used;
                System.Array.Copy(octets, offset, _block, _used, part);
                _used += part;
                offset += part;
                count -= part;
                if (_used == Block)
                {
                    Digest();
                }
            }
        }

        /// <summary>Writes the digest, 16 octets.</summary>
        public void End(byte[] to, int offset)
        {
            int bits = _total << 3;
            int highBits = _total >> 29;
            _block[_used++] = 0x80;
            if (_used > Block - 8)
            {
                Pad(Block);
                Digest();
            }
            Pad(Block - 8);
            WriteLittle(_block, Block - 8, (uint)bits);
            WriteLittle(_block, Block - 4, (uint)highBits);
            Digest();
            WriteLittle(to, offset, _a);
            WriteLittle(to, offset + 4, _b);
            WriteLittle(to, offset + 8, _c);
            WriteLittle(to, offset + 12, _d);
        }

        private void Pad(int end)
        {
            while (_used < end)
            {
                _block[_used++] = 0;
            }
        }

        private static void WriteLittle(byte[] to, int offset, uint value)
        {
            to[offset] = (byte)value;
            to[offset + 1] = (byte)(value >> 8);
            to[offset + 2] = (byte)(value >> 16);
            to[offset + 3] = (byte)(value >> 24);
        }

        // RFC 1321 section 3.4: four rounds of sixteen steps over the block.
        private void Digest()
        {
            for (int i = 0; i < _word.Length; i++)
            {
                int at = i * 4;
                _word[i] = (uint)(_block[at] | (_block[at + 1] << 8) | (_block[at + 2] << 16) | (_block[at + 3] << 24));
            }
            uint a = _a;
            uint b = _b;
            uint c = _c;
            uint d = _d;
            for (int i = 0; i < 64; i++)
            {
                uint f;
                int word;
                switch (i >> 4)
                {
                    case 0: f = (b & c) | (~b & d); word = i; break;
                    case 1: f = (d & b) | (~d & c); word = (5 * i + 1) & 15; break;
                    case 2: f = b ^ c ^ d; word = (3 * i + 5) & 15; break;
                    default: f = c ^ (b | ~d); word = (7 * i) & 15; break;
                }
                uint sum = a + f + Constant(i) + _word[word];
                int turn = Turn(i);
                a = d;
                d = c;
                c = b;
                b += (sum << turn) | (sum >> (32 - turn));
            }
            _a += a;
            _b += b;
            _c += c;
            _d += d;
            _used = 0;
        }

        // By how many bits step i turns to the left.
        private static int Turn(int i)
        {
            switch (((i >> 4) << 2) | (i & 3))
            {
                case 0: return 7;
                case 1: return 12;
                case 2: return 17;
                case 3: return 22;
                case 4: return 5;
                case 5: return 9;
                case 6: return 14;
                case 7: return 20;
                case 8: return 4;
                case 9: return 11;
                case 10: return 16;
                case 11: return 23;
                case 12: return 6;
                case 13: return 10;
                case 14: return 15;
                default: return 21;
            }
        }

        // floor(2^32 * abs(sin(i + 1))): a switch costs no RAM on the device, an array would.
        private static uint Constant(int i)
        {
            switch (i)
            {
                case 0: return 0xD76AA478;
                case 1: return 0xE8C7B756;
                case 2: return 0x242070DB;
                case 3: return 0xC1BDCEEE;
                case 4: return 0xF57C0FAF;
                case 5: return 0x4787C62A;
                case 6: return 0xA8304613;
                case 7: return 0xFD469501;
                case 8: return 0x698098D8;
                case 9: return 0x8B44F7AF;
                case 10: return 0xFFFF5BB1;
                case 11: return 0x895CD7BE;
                case 12: return 0x6B901122;
                case 13: return 0xFD987193;
                case 14: return 0xA679438E;
                case 15: return 0x49B40821;
                case 16: return 0xF61E2562;
                case 17: return 0xC040B340;
                case 18: return 0x265E5A51;
                case 19: return 0xE9B6C7AA;
                case 20: return 0xD62F105D;
                case 21: return 0x02441453;
                case 22: return 0xD8A1E681;
                case 23: return 0xE7D3FBC8;
                case 24: return 0x21E1CDE6;
                case 25: return 0xC33707D6;
                case 26: return 0xF4D50D87;
                case 27: return 0x455A14ED;
                case 28: return 0xA9E3E905;
                case 29: return 0xFCEFA3F8;
                case 30: return 0x676F02D9;
                case 31: return 0x8D2A4C8A;
                case 32: return 0xFFFA3942;
                case 33: return 0x8771F681;
                case 34: return 0x6D9D6122;
                case 35: return 0xFDE5380C;
                case 36: return 0xA4BEEA44;
                case 37: return 0x4BDECFA9;
                case 38: return 0xF6BB4B60;
                case 39: return 0xBEBFBC70;
                case 40: return 0x289B7EC6;
                case 41: return 0xEAA127FA;
                case 42: return 0xD4EF3085;
                case 43: return 0x04881D05;
                case 44: return 0xD9D4D039;
                case 45: return 0xE6DB99E5;
                case 46: return 0x1FA27CF8;
                case 47: return 0xC4AC5665;
                case 48: return 0xF4292244;
                case 49: return 0x432AFF97;
                case 50: return 0xAB9423A7;
                case 51: return 0xFC93A039;
                case 52: return 0x655B59C3;
                case 53: return 0x8F0CCC92;
                case 54: return 0xFFEFF47D;
                case 55: return 0x85845DD1;
                case 56: return 0x6FA87E4F;
                case 57: return 0xFE2CE6E0;
                case 58: return 0xA3014314;
                case 59: return 0x4E0811A1;
                case 60: return 0xF7537E82;
                case 61: return 0xBD3AF235;
                case 62: return 0x2AD7D2BB;
                default: return 0xEB86D391;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(8);
            bill.Array(_block.Length);
            bill.Array(_word.Length * 4);
        }
    }
}
