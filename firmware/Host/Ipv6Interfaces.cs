using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    /// <summary>
    /// The router's own IPv6 addresses, beside <see cref="InterfaceTable"/>, whose indexes, VRFs and link state hold here too. An interface
    /// with IPv6 has a link-local address of its station (RFC 2464 section 5; a loopback has none) and up to two others. An address is used
    /// when it has passed duplicate address detection (<see cref="AddressTest"/>). A row is interface * <see cref="Slots"/> + slot.
    /// </summary>
    public sealed class Ipv6Interfaces
    {
        public const int None = -1;

        /// <summary>Addresses per interface; the first is the link-local one.</summary>
        public const int Slots = 3;

        /// <summary>States of a row: not used; waits for its test, or is in it; used; another station has it (RFC 4862 section 5.4).</summary>
        public const int Free = 0;
        public const int Tentative = 1;
        public const int Preferred = 2;
        public const int Duplicate = 3;

        private const int AddressLength = Ipv6Header.AddressLength;

        public readonly int Count;

        /// <summary>True while the interface has IPv6: by command, or by an address.</summary>
        public readonly bool[] Enabled;

        /// <summary>16 octets per row.</summary>
        public readonly byte[] Address;

        /// <summary>Length of the subnet's prefix per row; 64 for the link-local one.</summary>
        public readonly byte[] PrefixBits;
        public readonly byte[] State;

        private readonly InterfaceTable _interfaces;
        private readonly PortTable _ports;
        private readonly byte[] _station = new byte[EthernetHeader.AddressLength];

        public Ipv6Interfaces(Tables tables, InterfaceTable interfaces)
        {
            _interfaces = interfaces;
            _ports = tables.Ports;
            Count = interfaces.Count;
            Enabled = new bool[Count];
            Address = new byte[Count * Slots * AddressLength];
            PrefixBits = new byte[Count * Slots];
            State = new byte[Count * Slots];
        }

        /// <summary>Gives the interface its link-local address; a loopback has none.</summary>
        public void Enable(int index)
        {
            if (Enabled[index])
            {
                return;
            }
            Enabled[index] = true;
            if (index < _interfaces.Ports)
            {
                int row = index * Slots;
                _ports.CopyAddress(index, _station, 0);
                Ipv6Address.WriteLinkLocal(_station, 0, Address, row * AddressLength);
                PrefixBits[row] = 64;
                State[row] = Tentative;
            }
        }

        /// <summary>Takes IPv6 and every address from the interface.</summary>
        public void Disable(int index)
        {
            Enabled[index] = false;
            for (int slot = 0; slot < Slots; slot++)
            {
                Remove(index * Slots + slot);
            }
        }

        /// <summary>Adds an address, tentative on a port and used at once on a loopback.</summary>
        /// <returns>Its row, or <see cref="None"/> when both slots are taken.</returns>
        public int Add(int index, byte[] address, int offset, int prefixBits)
        {
            for (int row = index * Slots + 1; row < (index + 1) * Slots; row++)
            {
                if (State[row] == Free)
                {
                    Octets.Copy(address, offset, Address, row * AddressLength, AddressLength);
                    PrefixBits[row] = (byte)prefixBits;
                    State[row] = index < _interfaces.Ports ? (byte)Tentative : (byte)Preferred;
                    return row;
                }
            }
            return None;
        }

        public void Remove(int row)
        {
            State[row] = Free;
            PrefixBits[row] = 0;
            for (int i = 0; i < AddressLength; i++)
            {
                Address[row * AddressLength + i] = 0;
            }
        }

        /// <returns>The row of this interface with this very address, whatever its state, or <see cref="None"/>.</returns>
        public int RowOf(int index, byte[] address, int offset)
        {
            for (int row = index * Slots; row < (index + 1) * Slots; row++)
            {
                if (State[row] != Free && Ipv6Header.AddressesEqual(Address, row * AddressLength, address, offset))
                {
                    return row;
                }
            }
            return None;
        }

        /// <returns>True when an interface of the VRF has this very address, whatever its state. Link-local ones are only their port's.</returns>
        public bool Owns(int vrf, byte[] address, int offset)
        {
            return IndexOf(vrf, address, offset) != None;
        }

        /// <returns>The interface of the VRF that has this address, not a link-local one, or <see cref="None"/>.</returns>
        public int IndexOf(int vrf, byte[] address, int offset)
        {
            for (int index = 0; index < Count; index++)
            {
                if (!Enabled[index] || _interfaces.Vrf[index] != vrf)
                {
                    continue;
                }
                int row = RowOf(index, address, offset);
                if (row != None && !IsLinkLocalRow(row))
                {
                    return index;
                }
            }
            return None;
        }

        /// <returns>True for an address that a packet on this port may be for: used, of the VRF, or link-local of the port itself.</returns>
        public bool IsUsed(int port, int vrf, byte[] address, int offset)
        {
            if (Ipv6Header.IsLinkLocal(address, offset))
            {
                int own = Enabled[port] && _interfaces.Vrf[port] == vrf ? RowOf(port, address, offset) : None;
                return own != None && State[own] == Preferred;
            }
            int index = IndexOf(vrf, address, offset);
            return index != None && State[RowOf(index, address, offset)] == Preferred;
        }

        /// <returns>True when one of the port's addresses listens to this group: all nodes, all routers, a solicited-node group.</returns>
        public bool Listens(int port, byte[] group, int offset)
        {
            if (!Enabled[port])
            {
                return false;
            }
            if (Ipv6Address.IsAllNodesOrRouters(group, offset))
            {
                return true;
            }
            for (int row = port * Slots; row < (port + 1) * Slots; row++)
            {
                if (State[row] != Free && Ipv6Address.IsSolicitedNodeOf(group, offset, Address, row * AddressLength))
                {
                    return true;
                }
            }
            return false;
        }

        /// <returns>True for a link-local address on an interface with IPv6, and for what lies on one of its subnets.</returns>
        public bool OnSubnet(int index, byte[] address, int offset)
        {
            if (!Enabled[index])
            {
                return false;
            }
            if (Ipv6Header.IsLinkLocal(address, offset))
            {
                return index < _interfaces.Ports;
            }
            for (int row = index * Slots + 1; row < (index + 1) * Slots; row++)
            {
                if (State[row] != Free && Ipv6Address.SamePrefix(Address, row * AddressLength, address, offset, PrefixBits[row]))
                {
                    return true;
                }
            }
            return false;
        }

        /// <summary>
        /// The address to speak from to a destination (RFC 6724 section 5 as far as a router needs it): to a link-local one, the port's
        /// link-local address; else an address of the port, the one with the destination on its subnet first, else any of the VRF whose
        /// interface is up, else that of a loopback in the global table, as in IPv4.
        /// </summary>
        /// <param name="port">Interface index, or <see cref="None"/>.</param>
        /// <returns>A row, or <see cref="None"/>.</returns>
        public int SourceFor(int vrf, int port, byte[] destination, int offset)
        {
            bool ofVrf = port >= 0 && port < Count && Enabled[port] && _interfaces.Vrf[port] == vrf;
            if (Ipv6Header.IsLinkLocal(destination, offset))
            {
                return ofVrf && port < _interfaces.Ports && State[port * Slots] == Preferred ? port * Slots : None;
            }
            if (ofVrf && _interfaces.Usable[port])
            {
                int near = UsedOf(port, destination, offset);
                if (near != None)
                {
                    return near;
                }
            }
            for (int index = 0; index < Count; index++)
            {
                int row = _interfaces.Vrf[index] == vrf && _interfaces.Usable[index] ? UsedOf(index, destination, offset) : None;
                if (row != None)
                {
                    return row;
                }
            }
            for (int index = _interfaces.Ports; index < Count; index++)
            {
                int row = _interfaces.Vrf[index] == VrfStore.Global && _interfaces.Usable[index] ? UsedOf(index, destination, offset) : None;
                if (row != None)
                {
                    return row;
                }
            }
            return None;
        }

        // A used address of an interface that is not link-local; one with the destination on its subnet first.
        private int UsedOf(int index, byte[] destination, int offset)
        {
            int found = None;
            for (int row = index * Slots + 1; row < (index + 1) * Slots; row++)
            {
                if (State[row] == Preferred)
                {
                    if (Ipv6Address.SamePrefix(Address, row * AddressLength, destination, offset, PrefixBits[row]))
                    {
                        return row;
                    }
                    found = found == None ? row : found;
                }
            }
            return found;
        }

        /// <returns>True while an address of the VRF is in its test, so that there may soon be one to speak from.</returns>
        public bool IsTesting(int vrf)
        {
            for (int row = 0; row < State.Length; row++)
            {
                if (State[row] == Tentative && _interfaces.Vrf[row / Slots] == vrf && _interfaces.Usable[row / Slots])
                {
                    return true;
                }
            }
            return false;
        }

        public static bool IsLinkLocalRow(int row)
        {
            return row % Slots == 0;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("interfaces");
            bill.Object(8);
            bill.Array(Enabled.Length);
            bill.Array(Address.Length);
            bill.Array(PrefixBits.Length);
            bill.Array(State.Length);
            bill.Array(_station.Length);
        }
    }
}
