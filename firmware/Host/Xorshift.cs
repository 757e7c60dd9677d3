using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    /// <summary>
    /// Numbers that an outsider does not guess at once (identifiers, ports): Marsaglia's xorshift with 128 bits of state,
    /// started from the entropy that the head gives. The same entropy gives the same numbers.
    /// </summary>
    public sealed class Xorshift
    {
        private uint _x;
        private uint _y;
        private uint _z;
        private uint _w;

        /// <param name="entropy">32 octets.</param>
        public Xorshift(byte[] entropy)
        {
            _x = Octets.ReadUInt32(entropy, 0) ^ Octets.ReadUInt32(entropy, 16);
            _y = Octets.ReadUInt32(entropy, 4) ^ Octets.ReadUInt32(entropy, 20);
            _z = Octets.ReadUInt32(entropy, 8) ^ Octets.ReadUInt32(entropy, 24);
            _w = Octets.ReadUInt32(entropy, 12) ^ Octets.ReadUInt32(entropy, 28);
            if ((_x | _y | _z | _w) == 0)
            {
                // All zero would stay zero.
                _w = 0x6C078965;
            }
            for (int i = 0; i < 16; i++)
            {
                Next();
            }
        }

        /// <returns>The next 32 bits.</returns>
        public uint Next()
        {
            uint t = _x ^ (_x << 11);
            _x = _y;
            _y = _z;
            _z = _w;
            _w = _w ^ (_w >> 19) ^ t ^ (t >> 8);
            return _w;
        }

        /// <returns>The next 16 bits.</returns>
        public int Next16()
        {
            uint high = Next() >> 16;
            return (int)high;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(4);
        }
    }
}
