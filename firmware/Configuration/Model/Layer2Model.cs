using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>
    /// The part of a <see cref="ConfigurationModel"/> that speaks of layer 2: service instances of ports, bridge domains with their
    /// pseudowires, and service instances joined to each other. Records lie sorted by their keys, so that equal configurations are equal octets.
    /// </summary>
    public sealed class Layer2Model
    {
        /// <summary>
        /// Circuits: service instances first (key port &lt;&lt; 16 | number), then pseudowires that are members of a bridge domain
        /// (key <see cref="WireKey"/> | domain; peer and VC id belong to the key).
        /// </summary>
        public const int CircuitStride = 12;
        public const int Key = 0;
        public const int WireKey = 1 << 30;
        public const int NoCircuit = -1;

        /// <summary>Pseudowire: as in an interface's record, in the same order. 0 = not given yet.</summary>
        public const int Peer = 1;
        public const int VcId = 2;
        public const int LocalLabel = 3;
        public const int RemoteLabel = 4;

        /// <summary>Encapsulation, rewrite, and of the pseudowire the flags of an interface.</summary>
        public const int Flags = 5;
        public const int EncapsulationShift = 4;
        public const int EncapsulationMask = 3 << EncapsulationShift;
        public const int NoEncapsulation = 0;
        public const int Untagged = 1;
        public const int Default = 2;
        public const int Dot1q = 3;
        public const int RewriteShift = 8;
        public const int RewriteMask = 7 << RewriteShift;
        public const int NoRewrite = 0;
        public const int PopOne = 1;
        public const int PopTwo = 2;
        public const int Translate = 3;
        public const int Push = 4;

        /// <summary>Outer VLAN | inner &lt;&lt; 12 of the encapsulation; VLAN that the rewrite pushes.</summary>
        public const int Vlans = 6;
        public const int RewriteVlan = 7;

        /// <summary>Bridge domain &lt;&lt; 4 | split horizon group; 0 = none.</summary>
        public const int Bridge = 8;

        /// <summary>Storm control of broadcast, multicast and unknown unicast: frames per second and 1; 0 = not limited.</summary>
        public const int Storm = 9;

        /// <summary>Bridge domain: number; MAC limit and ageing time in seconds, 0 = not configured.</summary>
        public const int BridgeStride = 3;
        public const int MacLimit = 1;
        public const int AgeSeconds = 2;

        /// <summary>Two service instances joined: their keys; a text handle, the name.</summary>
        public const int JoinStride = 3;
        public const int OtherKey = 1;
        public const int Name = 2;

        public readonly int[] Circuits;
        public readonly int[] Bridges;
        public readonly int[] Joins;
        public int CircuitCount;
        public int BridgeCount;
        public int JoinCount;

        public Layer2Model(Capacity capacity)
        {
            Circuits = new int[(capacity.Attachments + capacity.Pseudowires) * CircuitStride];
            Bridges = new int[capacity.Bridges * BridgeStride];
            Joins = new int[capacity.Attachments / 2 * JoinStride];
        }

        public void Clear()
        {
            CircuitCount = 0;
            BridgeCount = 0;
            JoinCount = 0;
        }

        public void CopyFrom(Layer2Model other)
        {
            System.Array.Copy(other.Circuits, 0, Circuits, 0, other.CircuitCount * CircuitStride);
            System.Array.Copy(other.Bridges, 0, Bridges, 0, other.BridgeCount * BridgeStride);
            System.Array.Copy(other.Joins, 0, Joins, 0, other.JoinCount * JoinStride);
            CircuitCount = other.CircuitCount;
            BridgeCount = other.BridgeCount;
            JoinCount = other.JoinCount;
        }

        public static int KeyOf(int port, int number)
        {
            return (port << 16) | number;
        }

        public static int PortOf(int key)
        {
            return key >> 16;
        }

        public static int NumberOf(int key)
        {
            return key & 0xFFFF;
        }

        public static bool IsWire(int key)
        {
            return (key & WireKey) != 0;
        }

        // ---- circuits

        /// <param name="peer">Of a pseudowire; a service instance has 0 and 0 here.</param>
        /// <returns>Where the circuit is; if it is absent, -1 - where it belongs.</returns>
        public int Find(int key, uint peer, uint vcId)
        {
            int i = 0;
            while (i < CircuitCount)
            {
                int order = Compare(i * CircuitStride, key, peer, vcId);
                if (order == 0)
                {
                    return i;
                }
                if (order > 0)
                {
                    break;
                }
                i++;
            }
            return -1 - i;
        }

        /// <summary>The same circuit as a record of another model.</summary>
        public int FindSame(int[] record, int r)
        {
            return IsWire(record[r]) ? Find(record[r], (uint)record[r + Peer], (uint)record[r + VcId]) : Find(record[r], 0, 0);
        }

        private int Compare(int r, int key, uint peer, uint vcId)
        {
            if (Circuits[r] != key || !IsWire(key))
            {
                return Circuits[r] - key;
            }
            if ((uint)Circuits[r + Peer] != peer)
            {
                return (uint)Circuits[r + Peer] < peer ? -1 : 1;
            }
            return (uint)Circuits[r + VcId] == vcId ? 0 : (uint)Circuits[r + VcId] < vcId ? -1 : 1;
        }

        /// <summary>Makes room for a circuit, all zero but its key. Room has been checked before.</summary>
        /// <returns>Its first int.</returns>
        public int InsertCircuit(int at, int key)
        {
            int r = Insert(Circuits, CircuitStride, CircuitCount++, at);
            Circuits[r] = key;
            return r;
        }

        public void RemoveCircuit(int at)
        {
            Remove(Circuits, CircuitStride, --CircuitCount, at);
        }

        public static int EncapsulationOf(int flags)
        {
            return (flags & EncapsulationMask) >> EncapsulationShift;
        }

        public static int RewriteOf(int flags)
        {
            return (flags & RewriteMask) >> RewriteShift;
        }

        /// <returns>Tags that select a circuit: 0 to 2.</returns>
        public static int TagsOf(int flags, int vlans)
        {
            return EncapsulationOf(flags) != Dot1q ? 0 : vlans >> 12 != 0 ? 2 : 1;
        }

        /// <summary>True when a port has a service instance.</summary>
        public bool HasInstance(int port)
        {
            for (int i = 0; i < CircuitCount; i++)
            {
                if (PortOf(Circuits[i * CircuitStride]) == port)
                {
                    return true;
                }
            }
            return false;
        }

        /// <summary>True when a port has a service instance that has an encapsulation: it is in the router.</summary>
        public bool HasMadeInstance(int port)
        {
            for (int i = 0; i < CircuitCount; i++)
            {
                int r = i * CircuitStride;
                if (PortOf(Circuits[r]) == port && EncapsulationOf(Circuits[r + Flags]) != NoEncapsulation)
                {
                    return true;
                }
            }
            return false;
        }

        /// <summary>True when a service instance of the port takes its untagged frames.</summary>
        public bool TakesUntagged(int port)
        {
            for (int i = 0; i < CircuitCount; i++)
            {
                int r = i * CircuitStride;
                int encapsulation = EncapsulationOf(Circuits[r + Flags]);
                if (PortOf(Circuits[r]) == port && (encapsulation == Untagged || encapsulation == Default))
                {
                    return true;
                }
            }
            return false;
        }

        public int CountInstances()
        {
            int n = 0;
            while (n < CircuitCount && !IsWire(Circuits[n * CircuitStride]))
            {
                n++;
            }
            return n;
        }

        public int CountXconnects()
        {
            int n = 0;
            for (int i = 0; i < CircuitCount; i++)
            {
                n += (Circuits[i * CircuitStride + Flags] & ConfigurationModel.Xconnect) != 0 ? 1 : 0;
            }
            return n;
        }

        public int CountFragmenting()
        {
            int n = 0;
            for (int i = 0; i < CircuitCount; i++)
            {
                n += (Circuits[i * CircuitStride + Flags] & ConfigurationModel.Fragmentation) != 0 ? 1 : 0;
            }
            return n;
        }

        /// <summary>Service instances that have one tag or two, or take any.</summary>
        public int CountTagged()
        {
            int n = 0;
            for (int i = 0; i < CircuitCount; i++)
            {
                n += EncapsulationOf(Circuits[i * CircuitStride + Flags]) >= Default ? 1 : 0;
            }
            return n;
        }

        /// <summary>Members of a bridge domain.</summary>
        public int CountMembers(int bridge)
        {
            int n = 0;
            for (int i = 0; i < CircuitCount; i++)
            {
                n += Circuits[i * CircuitStride + Bridge] >> 4 == bridge ? 1 : 0;
            }
            return n;
        }

        // ---- bridge domains

        /// <returns>Where the domain is; if it is absent, -1 - where it belongs.</returns>
        public int FindBridge(int number)
        {
            int i = 0;
            while (i < BridgeCount && Bridges[i * BridgeStride] < number)
            {
                i++;
            }
            return i < BridgeCount && Bridges[i * BridgeStride] == number ? i : -1 - i;
        }

        /// <returns>False when there is no room.</returns>
        public bool AddBridge(int number)
        {
            int at = FindBridge(number);
            if (at >= 0)
            {
                return true;
            }
            if (BridgeCount * BridgeStride >= Bridges.Length)
            {
                return false;
            }
            Bridges[Insert(Bridges, BridgeStride, BridgeCount++, -1 - at)] = number;
            return true;
        }

        /// <summary>Removes a domain: its pseudowires go with it, its service instances stay, of no domain.</summary>
        public void RemoveBridge(int at)
        {
            int number = Bridges[at * BridgeStride];
            for (int i = CircuitCount - 1; i >= 0; i--)
            {
                int r = i * CircuitStride;
                if (Circuits[r] == (WireKey | number))
                {
                    RemoveCircuit(i);
                }
                else if (Circuits[r + Bridge] >> 4 == number)
                {
                    Circuits[r + Bridge] = 0;
                }
            }
            Remove(Bridges, BridgeStride, --BridgeCount, at);
        }

        // ---- joined instances

        /// <returns>The join that names a service instance, or -1.</returns>
        public int FindJoin(int key)
        {
            for (int i = 0; i < JoinCount; i++)
            {
                if (Joins[i * JoinStride] == key || Joins[i * JoinStride + OtherKey] == key)
                {
                    return i;
                }
            }
            return -1;
        }

        /// <returns>The first int of a new record, sorted by its key, or -1 when there is no room.</returns>
        public int AddJoin(int key, int otherKey)
        {
            if (JoinCount * JoinStride >= Joins.Length)
            {
                return -1;
            }
            int at = 0;
            while (at < JoinCount && Joins[at * JoinStride] < key)
            {
                at++;
            }
            int r = Insert(Joins, JoinStride, JoinCount++, at);
            Joins[r] = key;
            Joins[r + OtherKey] = otherKey;
            return r;
        }

        public void RemoveJoin(int at)
        {
            Remove(Joins, JoinStride, --JoinCount, at);
        }

        // count: records held before.
        private static int Insert(int[] records, int stride, int count, int at)
        {
            int r = at * stride;
            System.Array.Copy(records, r, records, r + stride, (count - at) * stride);
            System.Array.Clear(records, r, stride);
            return r;
        }

        // count: records held after.
        private static void Remove(int[] records, int stride, int count, int at)
        {
            int r = at * stride;
            System.Array.Copy(records, r + stride, records, r, (count - at) * stride);
        }

        public void Bill(RamBill bill)
        {
            bill.Object(6);
            bill.Array(Circuits.Length * 4);
            bill.Array(Bridges.Length * 4);
            bill.Array(Joins.Length * 4);
        }
    }
}
