using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    // Read RFC 4861 sections 5.1, 7.2.5, 7.3 and 10 before changing this file.

    /// <summary>
    /// Neighbours of IPv6 (RFC 4861 section 5.1). Whether one is used is seen by the frames that its transports sent: nothing on the frame path
    /// tells. What Control wants counts as used, so that a next hop that has gone is noticed. An address is 16 octets in an array.
    /// </summary>
    public sealed class Ipv6NeighborTable : NeighborSlots
    {
        /// <summary>From half to one and a half of it an answer holds, chosen once at start (RFC 4861 section 10).</summary>
        public const int BaseReachableMs = 30000;

        /// <summary>DELAY_FIRST_PROBE_TIME, and how often a stale entry is looked at.</summary>
        public const int DelayMs = 5000;

        /// <summary>RETRANS_TIMER.</summary>
        public const int PollIntervalMs = 1000;

        /// <summary>Entries that our own answers on the link may begin per port: per second, and at once after a rest.</summary>
        public const int LinkPerSecond = 20;
        public const int LinkBurst = 20;

        private const int AddressLength = Ipv6Header.AddressLength;

        private readonly NdSender _sender;
        private readonly PortBuckets _onLink;
        private readonly byte[] _address;
        private readonly byte[] _reportedAddress;

        /// <summary>Frames that the transports of the entry had sent when it was last looked at.</summary>
        private readonly int[] _framesSeen;

        /// <summary>The address that <see cref="NeighborSlots.NextChanged"/> speaks of.</summary>
        public readonly byte[] ChangedAddress = new byte[AddressLength];

        public Ipv6NeighborTable(Tables tables, Capacity capacity, NdSender sender, Xorshift random)
            : base(tables, capacity, capacity.Neighbors6, EthernetHeader.Ipv6, BaseReachableMs / 2 + random.Next16() % BaseReachableMs, PollIntervalMs)
        {
            _sender = sender;
            _onLink = new PortBuckets(capacity.Ports, LinkPerSecond, LinkBurst);
            _address = new byte[capacity.Neighbors6 * AddressLength];
            _reportedAddress = new byte[capacity.Neighbors6 * AddressLength];
            _framesSeen = new int[capacity.Neighbors6];
        }

        /// <summary>Writes the 16 octets of an entry's address.</summary>
        public void CopyAddress(int index, byte[] to, int offset)
        {
            Octets.Copy(_address, index * AddressLength, to, offset, AddressLength);
        }

        /// <returns>True when the entry's address is the one at <paramref name="offset"/>.</returns>
        public bool HasAddress(int index, byte[] address, int offset)
        {
            return Ipv6Header.AddressesEqual(_address, index * AddressLength, address, offset);
        }

        /// <returns>The index, or <see cref="NeighborSlots.None"/>.</returns>
        public int Find(int port, byte[] address, int offset)
        {
            int last = address[offset + AddressLength - 1];
            for (int n = 0; n < _framesSeen.Length; n++)
            {
                if (_port[n] == port && _address[n * AddressLength + AddressLength - 1] == last && HasAddress(n, address, offset))
                {
                    return n;
                }
            }
            return None;
        }

        /// <summary>Finds or makes an entry; a new one is asked for at once.</summary>
        /// <param name="wanted">True takes a reference, which <see cref="NeighborSlots.Release"/> gives back.</param>
        /// <returns>The index, or <see cref="NeighborSlots.None"/> when there is no slot for it (see TakeSlot).</returns>
        public int FindOrAdd(int port, byte[] address, int offset, bool wanted)
        {
            if (!IsPort(port))
            {
                Refused++;
                return None;
            }
            int n = Find(port, address, offset);
            if (n == None)
            {
                n = Take(port, address, offset, wanted);
                if (n == None)
                {
                    return None;
                }
            }
            Demand(n, wanted);
            return n;
        }

        private int Take(int port, byte[] address, int offset, bool wanted)
        {
            int n = TakeSlot(port, wanted);
            if (n != None)
            {
                Octets.Copy(address, offset, _address, n * AddressLength, AddressLength);
            }
            return n;
        }

        /// <summary>A packet needs a neighbour: finds the entry, or makes one that nobody holds, at the rate of the port.</summary>
        /// <returns>The index, or <see cref="NeighborSlots.None"/> when the rate is exceeded or there is no slot.</returns>
        public int Need(int port, byte[] address, int offset)
        {
            int n = Find(port, address, offset);
            if (n != None || !IsPort(port))
            {
                return n;
            }
            return _resolve.Take(port, _now) ? FindOrAdd(port, address, offset, false) : None;
        }

        /// <summary>
        /// As <see cref="Need"/>, for an answer of ours to somebody on the link: at a rate of its own, which no scan from afar uses up
        /// (RFC 6583 section 7).
        /// </summary>
        public int NeedOnLink(int port, byte[] address, int offset)
        {
            int n = Find(port, address, offset);
            if (n != None || !IsPort(port))
            {
                return n;
            }
            return _onLink.Take(port, _now) ? FindOrAdd(port, address, offset, false) : None;
        }

        /// <summary>Host sent something to a neighbour past its transports.</summary>
        public void Touch(int index)
        {
            SetFlag(index, Touched);
        }

        /// <summary>The source of a solicitation says its hardware address (RFC 4861 section 7.2.3): learned, not confirmed.</summary>
        /// <returns>False when there is no slot, or the port is down.</returns>
        public bool Solicited(int port, byte[] address, int offset, byte[] hardware, int hardwareOffset)
        {
            if (_portIsDown[port])
            {
                return false;
            }
            int n = Find(port, address, offset);
            if (n == None)
            {
                n = Take(port, address, offset, false);
            }
            if (n == None)
            {
                return false;
            }
            if (KeepHardware(n, hardware, hardwareOffset) || !IsResolved(n))
            {
                Step(n, Ipv6NeighborMachine.Told);
            }
            return true;
        }

        /// <summary>An advertisement (RFC 4861 section 7.2.5).</summary>
        /// <param name="hardwareOffset">Of the target's hardware address in <paramref name="hardware"/>; -1: not said.</param>
        /// <param name="flags">As <see cref="NdPacket.ReadFlags"/> gives them.</param>
        /// <returns>False when there is no entry for it, the port is down, or it says nothing about one that needs a hardware address.</returns>
        public bool Advertised(int port, byte[] address, int offset, byte[] hardware, int hardwareOffset, int flags)
        {
            int n = _portIsDown[port] ? None : Find(port, address, offset);
            if (n == None)
            {
                return false;
            }
            bool solicited = (flags & NdPacket.Solicited) != 0;
            if (!IsResolved(n))
            {
                if (hardwareOffset < 0)
                {
                    return false;
                }
                KeepHardware(n, hardware, hardwareOffset);
                Step(n, solicited ? NeighborMachine.Heard : Ipv6NeighborMachine.Told);
                return true;
            }
            bool another = hardwareOffset >= 0 && !EthernetHeader.SameAddress(_hardware, n * EthernetHeader.AddressLength, hardware, hardwareOffset);
            if (another && (flags & NdPacket.Override) == 0)
            {
                Step(n, Ipv6NeighborMachine.Doubted);
                return true;
            }
            if (another)
            {
                KeepHardware(n, hardware, hardwareOffset);
            }
            if (solicited)
            {
                Step(n, NeighborMachine.Heard);
            }
            else if (another)
            {
                Step(n, Ipv6NeighborMachine.Told);
            }
            return true;
        }

        /// <summary>True for an address that this port has been asked for, so that its answer counts although it is on no subnet of the port.</summary>
        internal bool IsAwaited(int port, byte[] address, int offset)
        {
            return IsAsked(Find(port, address, offset));
        }

        protected override int NextState(int state, int machineEvent)
        {
            return Ipv6NeighborMachine.NextState(state, machineEvent);
        }

        protected override int ActionOf(int state, int machineEvent)
        {
            return Ipv6NeighborMachine.ActionOf(state, machineEvent);
        }

        // A stale entry waits for use as long as an ARP entry lives.
        protected override int DueEvent(int n)
        {
            if (_state[n] != Stale)
            {
                return base.DueEvent(n);
            }
            if (HasBeenUsed(n) || _references[n] > 0)
            {
                return Ipv6NeighborMachine.Used;
            }
            return _now - _touchedAt[n] >= MaxAgeMs ? NeighborMachine.Abandoned : NeighborMachine.Due;
        }

        private bool HasBeenUsed(int n)
        {
            int frames = FramesOf(n);
            bool used = frames != _framesSeen[n] || (_flags[n] & Touched) != 0;
            _framesSeen[n] = frames;
            ClearFlag(n, Touched);
            return used;
        }

        private int FramesOf(int n)
        {
            int frames = _tables.Transports.Record[_ipTransport[n] * TransportTable.Stride + TransportTable.Frames];
            if (_mplsTransport[n] != TransportTable.None)
            {
                frames += _tables.Transports.Record[_mplsTransport[n] * TransportTable.Stride + TransportTable.Frames];
            }
            return frames;
        }

        protected override void Act(int n, int action)
        {
            switch (action)
            {
                case Ipv6NeighborMachine.LearnStale:
                    Learn(n, DelayMs);
                    break;
                case Ipv6NeighborMachine.Watch:
                    HasBeenUsedFromNow(n);
                    StartTimer(n, DelayMs);
                    break;
                default:
                    // Wait.
                    StartTimer(n, DelayMs);
                    break;
            }
        }

        // Use counts from the moment that an entry is stale.
        private void HasBeenUsedFromNow(int n)
        {
            _triesLeft[n] = Tries;
            HasBeenUsed(n);
        }

        protected override bool Solicit(int n, bool unicast)
        {
            return _sender.Solicit(_port[n], _address, n * AddressLength, unicast ? _hardware : null, n * EthernetHeader.AddressLength);
        }

        protected override void ClearAddress(int n)
        {
            for (int i = 0; i < AddressLength; i++)
            {
                _address[n * AddressLength + i] = 0;
            }
        }

        protected override bool IsReported(int n)
        {
            return HasAddress(n, _reportedAddress, n * AddressLength);
        }

        protected override void Report(int n)
        {
            CopyAddress(n, _reportedAddress, n * AddressLength);
            CopyAddress(n, ChangedAddress, 0);
        }

        protected override void TellReported(int n)
        {
            Octets.Copy(_reportedAddress, n * AddressLength, ChangedAddress, 0, AddressLength);
        }

        public void Bill(RamBill bill)
        {
            Bill(bill, 6);
            _onLink.Bill(bill);
            bill.Array(_address.Length);
            bill.Array(_reportedAddress.Length);
            bill.Array(_framesSeen.Length * 4);
            bill.Array(ChangedAddress.Length);
        }
    }
}
