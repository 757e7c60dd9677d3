using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Ospf
{
    /// <summary>
    /// The link state databases of all areas and processes: rows of fixed number, and one pool for the advertisements' octets, closed up when it has
    /// holes. A scope is an area's index, or <see cref="ProcessScope"/> + a process's index for AS-external advertisements.
    /// The age is kept as the time of birth.
    /// </summary>
    public sealed class LsaTable
    {
        public const int None = -1;
        public const int ProcessScope = 0x4000;

        /// <summary>In front of each advertisement in the pool: its row (2 octets, FFFF = a hole) and its room (2 octets).</summary>
        private const int Tag = 4;
        private const int Hole = 0xFFFF;

        public const byte Self = 1;

        /// <summary>It is asked for and not there yet, or there in an older instance.</summary>
        public const byte Wanted = 2;

        /// <summary>Being flushed: its age is MaxAge, whatever its birth.</summary>
        public const byte Flushing = 4;

        /// <summary>Mark of an origination pass.</summary>
        public const byte Marked = 8;

        public readonly byte[] Type;
        public readonly short[] Scope;
        public readonly uint[] Id;
        public readonly uint[] Router;
        public readonly byte[] Flags;

        /// <summary>Its first octet in <see cref="Pool"/>; -1 = no instance is there.</summary>
        public readonly int[] At;
        public readonly byte[] Pool;

        /// <summary>When its age was 0, and when this instance was installed; milliseconds.</summary>
        public readonly uint[] Birth;
        public readonly uint[] Installed;

        /// <summary>Neighbours whose retransmission list it is on.</summary>
        public readonly ushort[] Holders;
        private readonly PrefixIndex _index;
        private int _poolUsed;
        private int _poolFree;

        /// <summary>Rows in use, and one past the highest.</summary>
        public int Used;
        public int High;

        /// <summary>Advertisements that found no row or no octets.</summary>
        public int Refused;

        public LsaTable(Capacity capacity)
        {
            int rows = capacity.OspfLsas;
            Type = new byte[rows];
            Scope = new short[rows];
            Id = new uint[rows];
            Router = new uint[rows];
            Flags = new byte[rows];
            At = new int[rows];
            Birth = new uint[rows];
            Installed = new uint[rows];
            Holders = new ushort[rows];
            Pool = new byte[capacity.OspfLsaOctets];
            _index = new PrefixIndex(rows);
        }

        public int Rows
        {
            get { return Type.Length; }
        }

        public bool IsUsed(int row)
        {
            return Type[row] != 0;
        }

        /// <summary>True when an instance is there and not at its end.</summary>
        public bool IsAlive(int row, uint now)
        {
            return Type[row] != 0 && At[row] >= 0 && AgeOf(row, now) < LsaHeader.MaxAge;
        }

        public int AgeOf(int row, uint now)
        {
            if ((Flags[row] & Flushing) != 0)
            {
                return LsaHeader.MaxAge;
            }
            uint seconds = (now - Birth[row]) / 1000;
            return seconds >= LsaHeader.MaxAge ? LsaHeader.MaxAge : (int)seconds;
        }

        /// <returns>The row, or <see cref="None"/>.</returns>
        public int Find(int scope, int type, uint id, uint router)
        {
            for (int row = _index.First(scope, id, type); row != PrefixIndex.End; row = _index.Next(row))
            {
                if (Id[row] == id && Router[row] == router && Type[row] == type && Scope[row] == scope)
                {
                    return row;
                }
            }
            return None;
        }

        /// <returns>A living advertisement of this type and id by whomever, or <see cref="None"/>: a network by its designated router's address.</returns>
        public int FindAny(int scope, int type, uint id, uint now)
        {
            for (int row = _index.First(scope, id, type); row != PrefixIndex.End; row = _index.Next(row))
            {
                if (Id[row] == id && Type[row] == type && Scope[row] == scope && IsAlive(row, now))
                {
                    return row;
                }
            }
            return None;
        }

        /// <summary>Finds or makes a row; a new one has no instance yet.</summary>
        /// <returns>The row, or <see cref="None"/> when all are taken.</returns>
        public int FindOrAdd(int scope, int type, uint id, uint router)
        {
            int row = Find(scope, type, id, router);
            if (row != None)
            {
                return row;
            }
            for (row = 0; row < Type.Length && Type[row] != 0; row++)
            {
            }
            if (row == Type.Length)
            {
                Refused++;
                return None;
            }
            Type[row] = (byte)type;
            Scope[row] = (short)scope;
            Id[row] = id;
            Router[row] = router;
            Flags[row] = 0;
            At[row] = None;
            Holders[row] = 0;
            _index.Insert(row, scope, id, type);
            Used++;
            High = row >= High ? row + 1 : High;
            return row;
        }

        /// <summary>Puts an instance in a row, in place of the one there.</summary>
        /// <param name="octets">Not <see cref="Pool"/>.</param>
        /// <returns>False when the pool is full: what was there is still there.</returns>
        public bool Install(int row, byte[] octets, int offset, uint now)
        {
            int length = LsaHeader.ReadLength(octets, offset);
            int at = At[row];
            if (at < 0 || Octets.ReadUInt16(Pool, at - 2) != length)
            {
                if (Pool.Length - _poolUsed + _poolFree + (at < 0 ? 0 : Octets.ReadUInt16(Pool, at - 2) + Tag) < length + Tag)
                {
                    Refused++;
                    return false;
                }
                Drop(row);
                if (Pool.Length - _poolUsed < length + Tag)
                {
                    CloseUp();
                }
                at = _poolUsed + Tag;
                _poolUsed += length + Tag;
                Octets.WriteUInt16(Pool, at - 4, row);
                Octets.WriteUInt16(Pool, at - 2, length);
                At[row] = at;
            }
            System.Array.Copy(octets, offset, Pool, at, length);
            int age = LsaHeader.ReadAge(octets, offset);
            Birth[row] = now - (uint)age * 1000;
            Installed[row] = now;
            Flags[row] = (byte)(Flags[row] & ~Flushing);
            if (age == LsaHeader.MaxAge)
            {
                Flags[row] |= Flushing;
            }
            return true;
        }

        public void Remove(int row)
        {
            Drop(row);
            _index.Remove(row, Scope[row], Id[row], Type[row]);
            Type[row] = 0;
            Used--;
            while (High > 0 && Type[High - 1] == 0)
            {
                High--;
            }
        }

        private void Drop(int row)
        {
            int at = At[row];
            if (at >= 0)
            {
                Octets.WriteUInt16(Pool, at - 4, Hole);
                _poolFree += Octets.ReadUInt16(Pool, at - 2) + Tag;
                At[row] = None;
            }
        }

        private void CloseUp()
        {
            int to = 0;
            for (int from = 0; from < _poolUsed;)
            {
                int row = Octets.ReadUInt16(Pool, from);
                int size = Octets.ReadUInt16(Pool, from + 2) + Tag;
                if (row != Hole)
                {
                    if (to != from)
                    {
                        System.Array.Copy(Pool, from, Pool, to, size);
                        At[row] = to + Tag;
                    }
                    to += size;
                }
                from += size;
            }
            _poolUsed = to;
            _poolFree = 0;
        }

        /// <summary>Copies a row's instance with its present age; <paramref name="length"/> octets of it (the header alone: 20).</summary>
        public void CopyTo(int row, byte[] to, int offset, int length, int ageMore, uint now)
        {
            System.Array.Copy(Pool, At[row], to, offset, length);
            int age = AgeOf(row, now) + ageMore;
            Octets.WriteUInt16(to, offset, age > LsaHeader.MaxAge ? LsaHeader.MaxAge : age);
        }

        public int LengthOf(int row)
        {
            return LsaHeader.ReadLength(Pool, At[row]);
        }

        public int SequenceOf(int row)
        {
            return LsaHeader.ReadSequence(Pool, At[row]);
        }

        /// <returns>As <see cref="LsaHeader.Compare"/>: an advertisement's header against the instance in a row; 1 when there is none.</returns>
        public int Compare(byte[] octets, int offset, int row, uint now)
        {
            if (row == None || At[row] < 0)
            {
                return 1;
            }
            return LsaHeader.Compare(LsaHeader.ReadSequence(octets, offset), LsaHeader.ReadChecksum(octets, offset), LsaHeader.ReadAge(octets, offset),
                SequenceOf(row), LsaHeader.ReadChecksum(Pool, At[row]), AgeOf(row, now));
        }

        public void Bill(RamBill bill)
        {
            bill.Object(16);
            bill.Array(Type.Length);
            bill.Array(Flags.Length);
            bill.Array(Scope.Length * 2);
            bill.Array(Holders.Length * 2);
            bill.Array(Id.Length * 4);
            bill.Array(Router.Length * 4);
            bill.Array(At.Length * 4);
            bill.Array(Birth.Length * 4);
            bill.Array(Installed.Length * 4);
            bill.Array(Pool.Length);
            _index.Bill(bill);
        }
    }
}
