using LabEdge.Forwarding;

namespace LabEdge.Host
{
    /// <summary>
    /// The router's interfaces and their own addresses. Index 0 to Ports - 1 is the physical port of the same index; the rest
    /// are slots for loopbacks. Two VRFs may hold the same address.
    /// </summary>
    public sealed class InterfaceTable
    {
        public const int None = -1;

        /// <summary>Physical ports; an index below it is a port.</summary>
        public readonly int Ports;

        /// <summary>Physical ports and loopback slots.</summary>
        public readonly int Count;

        /// <summary>The interface's name; null = the slot is not used.</summary>
        public readonly string[] Name;

        /// <summary>The VRF that the interface belongs to, also while it has no address.</summary>
        public readonly int[] Vrf;

        /// <summary>Its own address, first octet highest; 0 = none.</summary>
        public readonly uint[] Address;

        /// <summary>Length of its subnet's prefix in bits, 1 to 32; 0 without an address.</summary>
        public readonly int[] PrefixBits;

        /// <summary>True while the interface is up; written by Control.</summary>
        public readonly bool[] Usable;

        public InterfaceTable(Capacity capacity)
        {
            Ports = capacity.Ports;
            Count = capacity.Ports + capacity.Loopbacks;
            Name = new string[Count];
            Vrf = new int[Count];
            Address = new uint[Count];
            PrefixBits = new int[Count];
            Usable = new bool[Count];
        }

        /// <returns>The index of the interface with exactly this name, or <see cref="None"/>.</returns>
        public int Find(string name)
        {
            for (int i = 0; i < Count; i++)
            {
                if (Name[i] != null && Name[i] == name)
                {
                    return i;
                }
            }
            return None;
        }

        /// <summary>Gives the interface its address, instead of the one it may have.</summary>
        /// <param name="vrf">The VRF that the interface belongs to from now on.</param>
        /// <param name="address">Not 0.</param>
        /// <param name="prefixBits">1 to 32.</param>
        public void SetAddress(int index, int vrf, uint address, int prefixBits)
        {
            Vrf[index] = vrf;
            Address[index] = address;
            PrefixBits[index] = prefixBits;
        }

        /// <summary>Takes the address away; the interface stays in its VRF.</summary>
        public void ClearAddress(int index)
        {
            Address[index] = 0;
            PrefixBits[index] = 0;
        }

        /// <returns>True for a loopback whose subnet is its address alone: it has no connected route.</returns>
        public bool IsHostLoopback(int i)
        {
            return i >= Ports && PrefixBits[i] == 32;
        }

        /// <returns>True when an interface of this VRF has this very address.</returns>
        public bool Owns(int vrf, uint address)
        {
            return IndexOf(vrf, address) != None;
        }

        /// <returns>The interface of this VRF that has this very address, or <see cref="None"/>.</returns>
        public int IndexOf(int vrf, uint address)
        {
            if (address == 0)
            {
                return None;
            }
            for (int i = 0; i < Count; i++)
            {
                if (Address[i] == address && Vrf[i] == vrf)
                {
                    return i;
                }
            }
            return None;
        }

        /// <returns>The interface of this VRF whose subnet holds the address (the longest prefix of them), or <see cref="None"/>.</returns>
        public int PortOf(int vrf, uint address)
        {
            int best = None;
            for (int i = 0; i < Count; i++)
            {
                if (Vrf[i] == vrf && OnSubnet(i, address) && (best == None || PrefixBits[i] > PrefixBits[best]))
                {
                    best = i;
                }
            }
            return best;
        }

        /// <returns>True when the interface has an address and its subnet holds this one.</returns>
        public bool OnSubnet(int index, uint address)
        {
            return Address[index] != 0 && ((Address[index] ^ address) & MaskOf(PrefixBits[index])) == 0;
        }

        /// <returns>
        /// True for an all-ones or all-zeros host part on a subnet of this VRF (RFC 1812 section 5.3.5); a subnet of /31 or /32 has neither
        /// (RFC 3021).
        /// </returns>
        public bool IsSubnetBroadcast(int vrf, uint address)
        {
            for (int i = 0; i < Count; i++)
            {
                if (Vrf[i] == vrf && PrefixBits[i] < 31 && OnSubnet(i, address))
                {
                    uint host = ~MaskOf(PrefixBits[i]);
                    if ((address & host) == host || (address & host) == 0)
                    {
                        return true;
                    }
                }
            }
            return false;
        }

        /// <summary>
        /// The address to speak from about a frame of this port: the port's own when it belongs to the VRF, else any of the VRF,
        /// else that of a loopback in the global table (a core port's frame may name a VRF without addresses). Interfaces that are up
        /// come first: nothing comes back to the address of one that is down.
        /// </summary>
        /// <param name="port">Interface index, or <see cref="None"/>.</param>
        /// <returns>0 when there is none.</returns>
        public uint SourceFor(int vrf, int port)
        {
            uint source = SourceFor(vrf, port, true);
            return source != 0 ? source : SourceFor(vrf, port, false);
        }

        private uint SourceFor(int vrf, int port, bool usable)
        {
            if (port >= 0 && port < Count && Vrf[port] == vrf && Address[port] != 0 && (Usable[port] || !usable))
            {
                return Address[port];
            }
            for (int i = 0; i < Count; i++)
            {
                if (Vrf[i] == vrf && Address[i] != 0 && (Usable[i] || !usable))
                {
                    return Address[i];
                }
            }
            for (int i = Ports; i < Count; i++)
            {
                if (Vrf[i] == VrfStore.Global && Address[i] != 0 && (Usable[i] || !usable))
                {
                    return Address[i];
                }
            }
            return 0;
        }

        /// <returns>The mask of a prefix of 0 to 32 bits.</returns>
        public static uint MaskOf(int prefixBits)
        {
            return prefixBits == 0 ? 0 : 0xFFFFFFFF << (32 - prefixBits);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("interfaces");
            bill.Object(7);
            bill.References(Count);
            bill.Array(Count * 4);
            bill.Array(Count * 4);
            bill.Array(Count * 4);
            bill.Array(Count);
            for (int i = 0; i < Count; i++)
            {
                bill.Text(Name[i]);
            }
        }
    }
}
