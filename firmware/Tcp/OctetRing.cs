using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tcp
{
    /// <summary>A ring of octets. Positions count from the oldest octet held.</summary>
    public sealed class OctetRing
    {
        private readonly byte[] _octets;
        private int _start;
        private int _count;

        public OctetRing(int octets)
        {
            _octets = new byte[octets];
        }

        public int Size
        {
            get { return _octets.Length; }
        }

        public int Count
        {
            get { return _count; }
        }

        public int Free
        {
            get { return _octets.Length - _count; }
        }

        public void Clear()
        {
            _start = 0;
            _count = 0;
        }

        /// <summary>Writes at a position, within the ring's size, without counting the octets as held.</summary>
        public void Put(int position, byte[] from, int offset, int count)
        {
            int at = Wrap(_start + position);
            int first = count < _octets.Length - at ? count : _octets.Length - at;
            Octets.Copy(from, offset, _octets, at, first);
            Octets.Copy(from, offset + first, _octets, 0, count - first);
        }

        /// <summary>Octets that <see cref="Put"/> wrote right after those held are held too from now on.</summary>
        public void Extend(int count)
        {
            _count += count;
        }

        /// <returns>True when there was room for all; otherwise nothing is written.</returns>
        public bool Append(byte[] from, int offset, int count)
        {
            if (count > Free)
            {
                return false;
            }
            Put(_count, from, offset, count);
            _count += count;
            return true;
        }

        /// <summary>Reads octets that are held; they stay.</summary>
        public void Peek(int position, byte[] to, int offset, int count)
        {
            int at = Wrap(_start + position);
            int first = count < _octets.Length - at ? count : _octets.Length - at;
            Octets.Copy(_octets, at, to, offset, first);
            Octets.Copy(_octets, 0, to, offset + first, count - first);
        }

        /// <summary>The oldest octets go.</summary>
        public void Drop(int count)
        {
            _start = Wrap(_start + count);
            _count -= count;
        }

        private int Wrap(int at)
        {
            return at >= _octets.Length ? at - _octets.Length : at;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(3);
            bill.Array(_octets.Length);
        }
    }
}
