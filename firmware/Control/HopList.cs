using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>The resolver's answer: neighbours on directly connected links, with the labels to push on the way.</summary>
    public sealed class HopList
    {
        /// <summary>Hops kept at least; more equal ways than that are not looked at.</summary>
        public const int MinRows = 8;

        /// <summary>Hops 0 to Count - 1.</summary>
        public int Count;
        public readonly int[] Port;

        /// <summary>The neighbour on that port.</summary>
        public readonly uint[] Address;

        /// <summary>The service label to push (a VPN or pseudowire label); -1 = none.</summary>
        public readonly int[] Label;

        /// <summary>The output binding whose LSP carries the service label; -1 = none.</summary>
        public readonly int[] Binding;

        /// <summary>The candidate route that the hop belongs to, of <see cref="NextHopResolver.Select"/>.</summary>
        public readonly int[] Route;

        public HopList(Capacity capacity)
        {
            int rows = capacity.GroupMembers > MinRows ? capacity.GroupMembers : MinRows;
            Port = new int[rows];
            Address = new uint[rows];
            Label = new int[rows];
            Binding = new int[rows];
            Route = new int[rows];
        }

        internal void Add(int port, uint address, int label, int binding)
        {
            if (Count < Port.Length)
            {
                Port[Count] = port;
                Address[Count] = address;
                Label[Count] = label;
                Binding[Count] = binding;
                Count++;
            }
        }

        /// <summary>The hops from <paramref name="first"/> on belong to this route.</summary>
        internal void SetRoute(int first, int route)
        {
            for (int i = first; i < Count; i++)
            {
                Route[i] = route;
            }
        }

        /// <summary>Puts the hops in the order of address, port, label: what is chosen first does not depend on history.</summary>
        public void Sort()
        {
            for (int i = 1; i < Count; i++)
            {
                for (int k = i; k > 0 && Precedes(k, k - 1); k--)
                {
                    Swap(Port, k);
                    Swap(Label, k);
                    Swap(Binding, k);
                    Swap(Route, k);
                    uint address = Address[k];
                    Address[k] = Address[k - 1];
                    Address[k - 1] = address;
                }
            }
        }

        private bool Precedes(int a, int b)
        {
            if (Address[a] != Address[b])
            {
                return Address[a] < Address[b];
            }
            return Port[a] != Port[b] ? Port[a] < Port[b] : Label[a] < Label[b];
        }

        private static void Swap(int[] list, int k)
        {
            int value = list[k];
            list[k] = list[k - 1];
            list[k - 1] = value;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(6);
            bill.Array(Port.Length * 4);
            bill.Array(Address.Length * 4);
            bill.Array(Label.Length * 4);
            bill.Array(Binding.Length * 4);
            bill.Array(Route.Length * 4);
        }
    }
}
