using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>
    /// The IPv6 part of a configuration: addresses and static routes as records of octets of fixed size, in the order in which they were
    /// said. An interface is named by its key, a port's index or a loopback's number as <see cref="InterfaceNames"/> reads it, which stays when others come and go.
    /// </summary>
    public sealed class Ipv6Model
    {
        public const int Length = Ipv6Header.AddressLength;

        /// <summary>Address: interface key, 4 octets; bits; address.</summary>
        public const int AddressStride = 5 + Length;
        public const int AddressBits = 4;
        public const int Address = 5;

        /// <summary>Route: VRF slot, bits, distance, port + 1; PE, 4 octets; label or 0, 4 octets; next hop or zero; prefix. All but distance and label are its key.</summary>
        public const int RouteStride = 12 + 2 * Length;
        public const int Vrf = 0;
        public const int Bits = 1;
        public const int Distance = 2;
        public const int Port = 3;
        public const int Peer = 4;
        public const int Label = 8;
        public const int NextHop = 12;
        public const int Prefix = 12 + Length;

        public readonly byte[] Addresses;
        public readonly byte[] Routes;
        public int AddressCount;
        public int RouteCount;

        // Rows of the RIB: every address has two routes of its own there.
        private readonly int _ribRows;

        public Ipv6Model(Capacity capacity)
        {
            _ribRows = capacity.Routes6;
            Addresses = new byte[capacity.Addresses * AddressStride];
            Routes = new byte[capacity.StaticRoutes6 * RouteStride];
        }

        public void Clear()
        {
            AddressCount = 0;
            RouteCount = 0;
        }

        public void CopyFrom(Ipv6Model other)
        {
            System.Array.Copy(other.Addresses, 0, Addresses, 0, other.AddressCount * AddressStride);
            System.Array.Copy(other.Routes, 0, Routes, 0, other.RouteCount * RouteStride);
            AddressCount = other.AddressCount;
            RouteCount = other.RouteCount;
        }

        public int KeyAt(int index)
        {
            return Octets.ReadInt32(Addresses, index * AddressStride);
        }

        /// <returns>The next address of an interface after this one, or -1; -1 begins.</returns>
        public int NextOf(int key, int index)
        {
            for (int i = index + 1; i < AddressCount; i++)
            {
                if (KeyAt(i) == key)
                {
                    return i;
                }
            }
            return -1;
        }

        /// <returns>Where this address of this interface is, or -1.</returns>
        public int FindAddress(int key, byte[] octets, int offset)
        {
            for (int i = NextOf(key, -1); i >= 0; i = NextOf(key, i))
            {
                if (Ipv6Header.AddressesEqual(Addresses, i * AddressStride + Address, octets, offset))
                {
                    return i;
                }
            }
            return -1;
        }

        /// <returns>False when there is no room, or the interface has as many as it may.</returns>
        public bool AddAddress(int key, byte[] octets, int offset, int bits)
        {
            int held = 0;
            for (int i = NextOf(key, -1); i >= 0; i = NextOf(key, i))
            {
                held++;
            }
            if (held >= Ipv6Interfaces.Slots - 1 || (AddressCount + 1) * AddressStride > Addresses.Length
                || RouteCount + 2 * (AddressCount + 1) > _ribRows)
            {
                return false;
            }
            int r = AddressCount++ * AddressStride;
            Octets.WriteInt32(Addresses, r, key);
            Addresses[r + AddressBits] = (byte)bits;
            Octets.Copy(octets, offset, Addresses, r + Address, Length);
            return true;
        }

        public void RemoveAddress(int index)
        {
            AddressCount--;
            System.Array.Copy(Addresses, (index + 1) * AddressStride, Addresses, index * AddressStride, (AddressCount - index) * AddressStride);
        }

        public void RemoveAddressesOf(int key)
        {
            for (int i = AddressCount - 1; i >= 0; i--)
            {
                if (KeyAt(i) == key)
                {
                    RemoveAddress(i);
                }
            }
        }

        /// <returns>Where the route with the key of record <paramref name="r"/> (an offset in <paramref name="record"/>) is, or -1.</returns>
        public int FindRoute(byte[] record, int r)
        {
            for (int i = 0; i < RouteCount; i++)
            {
                if (SameKey(Routes, i * RouteStride, record, r))
                {
                    return i;
                }
            }
            return -1;
        }

        private static bool SameKey(byte[] a, int ao, byte[] b, int bo)
        {
            return a[ao + Vrf] == b[bo + Vrf] && a[ao + Bits] == b[bo + Bits] && a[ao + Port] == b[bo + Port]
                && Octets.ReadInt32(a, ao + Peer) == Octets.ReadInt32(b, bo + Peer)
                && Ipv6Header.AddressesEqual(a, ao + Prefix, b, bo + Prefix) && Ipv6Header.AddressesEqual(a, ao + NextHop, b, bo + NextHop);
        }

        /// <summary>Adds a route, or gives the one of its key another distance and label.</summary>
        /// <returns>False when there is no room: every address has two routes of its own in the RIB.</returns>
        public bool PutRoute(byte[] record)
        {
            int at = FindRoute(record, 0);
            if (at < 0)
            {
                if (RouteCount >= Routes.Length / RouteStride || RouteCount + 2 * AddressCount >= _ribRows)
                {
                    return false;
                }
                at = RouteCount++;
            }
            System.Array.Copy(record, 0, Routes, at * RouteStride, RouteStride);
            return true;
        }

        public void RemoveRoute(int index)
        {
            RouteCount--;
            System.Array.Copy(Routes, (index + 1) * RouteStride, Routes, index * RouteStride, (RouteCount - index) * RouteStride);
        }

        public void RemoveRoutesOf(int slot)
        {
            for (int i = RouteCount - 1; i >= 0; i--)
            {
                if (Routes[i * RouteStride + Vrf] == slot)
                {
                    RemoveRoute(i);
                }
            }
        }

        public bool NamesPort(int port)
        {
            for (int i = 0; i < RouteCount; i++)
            {
                if (Routes[i * RouteStride + Port] == port + 1)
                {
                    return true;
                }
            }
            return false;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(5);
            bill.Array(Addresses.Length);
            bill.Array(Routes.Length);
        }
    }
}
