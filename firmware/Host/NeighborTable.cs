using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    // Read RFC 826 and RFC 1122 section 2.3.2 before changing this file.

    /// <summary>Neighbours of IPv4: ARP entries.</summary>
    public sealed class NeighborTable : NeighborSlots
    {
        /// <summary>The last 60 s of the life of an entry it is polled, every 20 s.</summary>
        public const int PollIntervalMs = 20000;
        private const int PollFromMs = MaxAgeMs - Tries * PollIntervalMs;

        private readonly ArpSender _arp;
        private readonly uint[] _address;
        private readonly uint[] _reportedAddress;

        /// <summary>The address that <see cref="NeighborSlots.NextChanged"/> speaks of.</summary>
        public uint ChangedAddress;

        public NeighborTable(Tables tables, Capacity capacity, ArpSender arp)
            : base(tables, capacity, capacity.Neighbors, EthernetHeader.Ipv4, PollFromMs, PollIntervalMs)
        {
            _arp = arp;
            _address = new uint[capacity.Neighbors];
            _reportedAddress = new uint[capacity.Neighbors];
        }

        public uint AddressOf(int index)
        {
            return _address[index];
        }

        /// <returns>The index, or <see cref="NeighborSlots.None"/>.</returns>
        public int Find(int port, uint address)
        {
            for (int n = 0; n < _address.Length; n++)
            {
                if (_address[n] == address && _port[n] == port)
                {
                    return n;
                }
            }
            return None;
        }

        /// <summary>Finds or makes an entry; a new one is asked for at once.</summary>
        /// <param name="wanted">True takes a reference, which <see cref="NeighborSlots.Release"/> gives back.</param>
        /// <returns>The index, or <see cref="NeighborSlots.None"/> when there is no slot for it (see TakeSlot).</returns>
        public int FindOrAdd(int port, uint address, bool wanted)
        {
            if (!IsPort(port))
            {
                Refused++;
                return None;
            }
            int n = Find(port, address);
            if (n == None)
            {
                n = Take(port, address, wanted);
                if (n == None)
                {
                    return None;
                }
            }
            Demand(n, wanted);
            return n;
        }

        private int Take(int port, uint address, bool wanted)
        {
            int n = TakeSlot(port, wanted);
            if (n != None)
            {
                _address[n] = address;
            }
            return n;
        }

        /// <summary>A packet needs a neighbour: finds the entry, or makes one that nobody holds, at the rate of the port.</summary>
        /// <returns>The index, or <see cref="NeighborSlots.None"/> when the rate is exceeded or there is no slot.</returns>
        public int Need(int port, uint address)
        {
            int n = Find(port, address);
            if (n != None || !IsPort(port))
            {
                return n;
            }
            return _resolve.Take(port, _now) ? FindOrAdd(port, address, false) : None;
        }

        /// <summary>An ARP packet gives the hardware address of a neighbour: learns or confirms it.</summary>
        /// <param name="learn">True makes an entry when there is none.</param>
        /// <returns>False when there was no entry and none was made, or the port is down.</returns>
        public bool Heard(int port, uint address, byte[] hardware, int offset, bool learn)
        {
            if (_portIsDown[port])
            {
                return false;
            }
            int n = Find(port, address);
            if (n == None && learn)
            {
                n = Take(port, address, false);
            }
            if (n == None)
            {
                return false;
            }
            KeepHardware(n, hardware, offset);
            Step(n, NeighborMachine.Heard);
            return true;
        }

        /// <summary>True for an address that this port has been asked for, so that its answer counts although it is on no subnet of the port.</summary>
        internal bool IsAwaited(int port, uint address)
        {
            return IsAsked(Find(port, address));
        }

        protected override int NextState(int state, int machineEvent)
        {
            return NeighborMachine.NextState(state, machineEvent);
        }

        protected override int ActionOf(int state, int machineEvent)
        {
            return NeighborMachine.ActionOf(state, machineEvent);
        }

        protected override bool Solicit(int n, bool unicast)
        {
            return _arp.Request(_port[n], _address[n], unicast ? _hardware : null, n * EthernetHeader.AddressLength);
        }

        protected override void ClearAddress(int n)
        {
            _address[n] = 0;
        }

        protected override bool IsReported(int n)
        {
            return _reportedAddress[n] == _address[n];
        }

        protected override void Report(int n)
        {
            _reportedAddress[n] = _address[n];
            ChangedAddress = _address[n];
        }

        protected override void TellReported(int n)
        {
            ChangedAddress = _reportedAddress[n];
        }

        public void Bill(RamBill bill)
        {
            Bill(bill, 4);
            bill.Array(_address.Length * 4);
            bill.Array(_reportedAddress.Length * 4);
        }
    }
}
