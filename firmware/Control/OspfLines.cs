using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>
    /// Configuration lines of OSPF as records of ints, sorted: by scope (a process's number, or an interface), kind and key. A configuration model
    /// has one; so has a router with OSPF's room (<see cref="ControlModule.Ospf"/>), with indexes of the router in place of names. The kinds follow
    /// the rows of the command table.
    /// </summary>
    public sealed class OspfLines
    {
        public const int None = -1;

        // Kinds of a process. Process itself: value 1 = VRF.
        public const int Process = 0;
        public const int RouterId = 1;
        public const int LogAdjacency = 2;
        public const int ReferenceBandwidth = 3;
        public const int AreaAuthentication = 4;
        public const int AreaDefaultCost = 5;
        public const int AreaStub = 6;
        public const int MaxMetric = 7;
        public const int LdpSync = 8;
        public const int ThrottleSpf = 9;
        public const int RedistributeConnected = 10;
        public const int RedistributeStatic = 11;
        public const int PassiveDefault = 12;
        public const int Passive = 13;
        public const int Network = 14;
        public const int DefaultOriginate = 15;
        public const int MaximumPaths = 16;
        public const int Distance = 17;
        public const int ProcessKinds = 18;

        // Kinds of an interface. Area: values process, area.
        public const int Area = 32;
        public const int Authentication = 33;
        public const int AuthenticationKey = 34;
        public const int Cost = 35;
        public const int DeadInterval = 36;
        public const int HelloInterval = 37;
        public const int MessageDigestKey = 38;
        public const int MtuIgnore = 39;
        public const int Broadcast = 40;
        public const int PointToPoint = 41;
        public const int Priority = 42;
        public const int EndOfKinds = 43;

        /// <summary>In a scope or value: an interface index follows. (In a model a loopback is its number with the mark of its own.)</summary>
        public const int InterfaceScope = 0x100000;

        /// <summary>Ints of a record: scope, kind with flags, five values by the slots of the row.</summary>
        public const int Stride = 7;
        public const int Scope = 0;
        public const int Kind = 1;
        public const int Values = 2;

        /// <summary>In the kind: bit 8 + slot for every slot that was given; the line is the <c>no</c> of a default.</summary>
        public const int GivenShift = 8;
        public const int Negated = 0x10000;

        /// <summary>Slots from this one on are optional: <c>no</c> with such a word takes only that.</summary>
        public const int FirstOptional = 3;

        public readonly int[] Record;
        public int Count;

        /// <summary>Counts what was taken over; OSPF looks at it.</summary>
        public int Version;

        public OspfLines(Capacity capacity)
            : this((16 + 6 * capacity.OspfProcesses + 5 * (capacity.Ports + capacity.Loopbacks)) * Stride)
        {
        }

        /// <param name="ints">As the <see cref="Record"/> of another.</param>
        public OspfLines(int ints)
        {
            Record = new int[ints];
        }

        public static int KindOf(int kindWithFlags)
        {
            return kindWithFlags & 255;
        }

        /// <returns>How many values are the record's key within its scope and kind.</returns>
        public static int KeyOf(int kind)
        {
            switch (kind)
            {
                case AreaAuthentication:
                case AreaDefaultCost:
                case AreaStub:
                case Passive: return 1;
                case Network: return 2;
                default: return 0;
            }
        }

        /// <returns>Where the record is (its first int); if it is absent, -1 - where it belongs.</returns>
        public int Find(int scope, int kind, int key, int secondKey)
        {
            int keys = KeyOf(kind);
            for (int r = 0; r < Count * Stride; r += Stride)
            {
                int order = Record[r + Scope] - scope;
                order = order == 0 ? KindOf(Record[r + Kind]) - kind : order;
                order = order == 0 && keys > 0 ? Compare(Record[r + Values], key) : order;
                order = order == 0 && keys > 1 ? Compare(Record[r + Values + 1], secondKey) : order;
                if (order >= 0)
                {
                    return order == 0 ? r : -1 - r;
                }
            }
            return -1 - Count * Stride;
        }

        private static int Compare(int a, int b)
        {
            uint first = (uint)a;
            uint second = (uint)b;
            return first < second ? -1 : first == second ? 0 : 1;
        }

        public bool Has(int scope, int kind)
        {
            return Find(scope, kind, 0, 0) >= 0;
        }

        /// <returns>A value of the record without key, or a default when it is absent or the slot was not given.</returns>
        public int Value(int scope, int kind, int slot, int otherwise)
        {
            int r = Find(scope, kind, 0, 0);
            return r >= 0 && IsGiven(r, slot) ? Record[r + Values + slot] : otherwise;
        }

        public bool IsGiven(int r, int slot)
        {
            return (Record[r + Kind] & (1 << (GivenShift + slot))) != 0;
        }

        public bool IsNegated(int r)
        {
            return (Record[r + Kind] & Negated) != 0;
        }

        /// <summary>Finds or makes a record.</summary>
        /// <returns>Its first int, or <see cref="None"/> when all rows are taken.</returns>
        public int Put(int scope, int kind, int key, int secondKey)
        {
            int r = Find(scope, kind, key, secondKey);
            if (r >= 0)
            {
                return r;
            }
            if ((Count + 1) * Stride > Record.Length)
            {
                return None;
            }
            r = -1 - r;
            System.Array.Copy(Record, r, Record, r + Stride, Count * Stride - r);
            System.Array.Clear(Record, r, Stride);
            Count++;
            Record[r + Scope] = scope;
            Record[r + Kind] = kind;
            Record[r + Values] = key;
            Record[r + Values + 1] = secondKey;
            return r;
        }

        public void Remove(int r)
        {
            Count--;
            System.Array.Copy(Record, r + Stride, Record, r, Count * Stride - r);
        }

        /// <summary>Takes away all of a scope.</summary>
        public void RemoveScope(int scope)
        {
            for (int r = (Count - 1) * Stride; r >= 0; r -= Stride)
            {
                if (Record[r + Scope] == scope)
                {
                    Remove(r);
                }
            }
        }

        /// <summary>Takes away the lines of other scopes that name this one: interfaces of a process, or an interface that is passive.</summary>
        public void RemoveNaming(int scope, int kind)
        {
            for (int r = (Count - 1) * Stride; r >= 0; r -= Stride)
            {
                if (KindOf(Record[r + Kind]) == kind && Record[r + Values] == scope)
                {
                    Remove(r);
                }
            }
        }

        /// <summary>Puts the records in order after their scopes or keys were changed.</summary>
        public void Sort()
        {
            for (int end = Stride; end < Count * Stride; end += Stride)
            {
                for (int r = end; r > 0 && Precedes(r, r - Stride); r -= Stride)
                {
                    for (int i = r; i < r + Stride; i++)
                    {
                        int value = Record[i];
                        Record[i] = Record[i - Stride];
                        Record[i - Stride] = value;
                    }
                }
            }
        }

        private bool Precedes(int a, int b)
        {
            if (Record[a + Scope] != Record[b + Scope])
            {
                return Record[a + Scope] < Record[b + Scope];
            }
            int order = KindOf(Record[a + Kind]) - KindOf(Record[b + Kind]);
            order = order == 0 ? Compare(Record[a + Values], Record[b + Values]) : order;
            return order == 0 ? Compare(Record[a + Values + 1], Record[b + Values + 1]) < 0 : order < 0;
        }

        public void CopyFrom(OspfLines other)
        {
            Count = other == null ? 0 : other.Count;
            if (other != null)
            {
                System.Array.Copy(other.Record, 0, Record, 0, Count * Stride);
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(3);
            bill.Array(Record.Length * 4);
        }
    }
}
