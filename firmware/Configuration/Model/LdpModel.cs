using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>What a model says of LDP. Made when a first line of it comes: a router without has no memory for it.</summary>
    public sealed class LdpModel
    {
        public const int Labels = 1;
        public const int Force = 2;
        public const int ExplicitNull = 4;
        public const int Targeted = 8;
        public const int HostRoutes = 16;
        public const int AllRoutes = 32;
        public const int Ordered = 64;

        /// <summary>Longest key in octets.</summary>
        public const int MostKey = 25;
        private const int KeyStride = MostKey + 1;

        public int Flags;

        /// <summary>As <see cref="InterfaceNames"/> reads it; -1 = not configured.</summary>
        public int RouterId = -1;

        /// <summary>Seconds; 0 = the default.</summary>
        public int HelloInterval;
        public int HelloHold;
        public int Hold;
        public readonly uint[] Neighbor = new uint[LdpSettings.MostPasswords];

        /// <summary>Per neighbour: octets of its key, and the key.</summary>
        public readonly byte[] Keys = new byte[LdpSettings.MostPasswords * KeyStride];

        /// <returns>The neighbour's row, or -1.</returns>
        public int Find(uint neighbor)
        {
            for (int i = 0; i < Neighbor.Length; i++)
            {
                if (Neighbor[i] == neighbor)
                {
                    return i;
                }
            }
            return -1;
        }

        public int KeySize(int row)
        {
            return Keys[row * KeyStride];
        }

        public int KeyAt(int row)
        {
            return row * KeyStride + 1;
        }

        public void SetKey(int row, uint neighbor, byte[] octets, int offset, int count)
        {
            Neighbor[row] = neighbor;
            Keys[row * KeyStride] = (byte)count;
            System.Array.Copy(octets, offset, Keys, row * KeyStride + 1, count);
        }

        public void RemoveKey(int row)
        {
            Neighbor[row] = 0;
            Keys[row * KeyStride] = 0;
        }

        public void CopyFrom(LdpModel other)
        {
            Flags = other.Flags;
            RouterId = other.RouterId;
            HelloInterval = other.HelloInterval;
            HelloHold = other.HelloHold;
            Hold = other.Hold;
            System.Array.Copy(other.Neighbor, 0, Neighbor, 0, Neighbor.Length);
            System.Array.Copy(other.Keys, 0, Keys, 0, Keys.Length);
        }

        /// <summary>Tells LDP. What is as before changes nothing.</summary>
        /// <param name="routerId">Interface index, or -1.</param>
        public void Apply(LdpSettings settings, int routerId)
        {
            int before = settings.Version;
            bool enabled = (Flags & Labels) != 0 || RouterId >= 0;
            int hello = HelloInterval == 0 ? 5000 : HelloInterval * 1000;
            int helloHold = HelloHold == 0 ? 15 : HelloHold;
            int hold = Hold == 0 ? 180 : Hold;
            bool hostRoutes = (Flags & HostRoutes) != 0 || (settings.HostRoutesDefault && (Flags & AllRoutes) == 0);
            bool changed = settings.Enabled != enabled || settings.RouterIdInterface != routerId || settings.HelloMs != hello || settings.HoldSeconds != helloHold
                || settings.KeepAliveSeconds != hold || settings.HostRoutes != hostRoutes || settings.Force != Has(Force) || settings.ExplicitNull != Has(ExplicitNull)
                || settings.AcceptTargeted != Has(Targeted) || settings.OrderedControl != Has(Ordered);
            settings.Enabled = enabled;
            settings.RouterIdInterface = routerId;
            settings.HelloMs = hello;
            settings.HoldSeconds = helloHold;
            settings.KeepAliveSeconds = hold;
            settings.HostRoutes = hostRoutes;
            settings.Force = Has(Force);
            settings.ExplicitNull = Has(ExplicitNull);
            settings.AcceptTargeted = Has(Targeted);
            settings.OrderedControl = Has(Ordered);
            for (int i = 0; i < Neighbor.Length; i++)
            {
                settings.SetPassword(i, Neighbor[i], Keys, KeyAt(i), KeySize(i));
            }
            settings.Version = before + (changed || settings.Version != before ? 1 : 0);
        }

        public bool Has(int flag)
        {
            return (Flags & flag) != 0;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(7);
            bill.Array(Neighbor.Length * 4);
            bill.Array(Keys.Length);
        }
    }
}
