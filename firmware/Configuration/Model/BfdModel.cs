using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>What a model says of BFD. Made when a first line of it comes: a router without has no memory for it.</summary>
    public sealed class BfdModel
    {
        public readonly Capacity Capacity;

        /// <summary>Per port: interval and least interval to receive in milliseconds, multiplier; 0 = not configured.</summary>
        public readonly ushort[] TxMs;
        public readonly ushort[] RxMs;
        public readonly byte[] Multiplier;

        /// <summary>Neighbours of static routes, sorted by interface, then address.</summary>
        public readonly short[] Port;
        public readonly uint[] Neighbor;
        public int Count;

        public BfdModel(Capacity capacity)
        {
            Capacity = capacity;
            TxMs = new ushort[capacity.Ports];
            RxMs = new ushort[capacity.Ports];
            Multiplier = new byte[capacity.Ports];
            Port = new short[capacity.BfdSessions];
            Neighbor = new uint[capacity.BfdSessions];
        }

        public bool IsEmpty
        {
            get
            {
                bool empty = Count == 0;
                for (int i = 0; i < TxMs.Length; i++)
                {
                    empty &= TxMs[i] == 0;
                }
                return empty;
            }
        }

        /// <returns>Where the neighbour is; if it is absent, -1 - where it belongs.</returns>
        public int Find(int port, uint neighbor)
        {
            int i = 0;
            while (i < Count && (Port[i] < port || (Port[i] == port && Neighbor[i] < neighbor)))
            {
                i++;
            }
            return i < Count && Port[i] == port && Neighbor[i] == neighbor ? i : -1 - i;
        }

        public void Insert(int at, int port, uint neighbor)
        {
            System.Array.Copy(Port, at, Port, at + 1, Count - at);
            System.Array.Copy(Neighbor, at, Neighbor, at + 1, Count - at);
            Port[at] = (short)port;
            Neighbor[at] = neighbor;
            Count++;
        }

        public void Remove(int at)
        {
            Count--;
            System.Array.Copy(Port, at + 1, Port, at, Count - at);
            System.Array.Copy(Neighbor, at + 1, Neighbor, at, Count - at);
        }

        public void CopyFrom(BfdModel other)
        {
            System.Array.Copy(other.TxMs, 0, TxMs, 0, TxMs.Length);
            System.Array.Copy(other.RxMs, 0, RxMs, 0, RxMs.Length);
            System.Array.Copy(other.Multiplier, 0, Multiplier, 0, Multiplier.Length);
            System.Array.Copy(other.Port, 0, Port, 0, Port.Length);
            System.Array.Copy(other.Neighbor, 0, Neighbor, 0, Neighbor.Length);
            Count = other.Count;
        }

        /// <summary>Tells BFD. What is as before changes nothing.</summary>
        public void Apply(BfdSettings settings)
        {
            for (int i = 0; i < TxMs.Length; i++)
            {
                settings.SetPort(i, TxMs[i], TxMs[i] == 0 ? 0 : RxMs[i], TxMs[i] == 0 ? 0 : Multiplier[i]);
            }
            for (int i = 0; i < Port.Length; i++)
            {
                settings.SetStatic(i, i < Count ? Port[i] : Liveness.None, i < Count ? Neighbor[i] : 0);
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(7);
            bill.Array(TxMs.Length * 2);
            bill.Array(RxMs.Length * 2);
            bill.Array(Multiplier.Length);
            bill.Array(Port.Length * 2);
            bill.Array(Neighbor.Length * 4);
        }
    }
}
