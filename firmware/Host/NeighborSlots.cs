using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    /// <summary>
    /// Neighbours of one address family: who is on a link and under which hardware address, in fixed slots. An entry is wanted while
    /// Control holds references to it (it is asked for until it answers, and is never evicted), else it is one that packets or
    /// requests brought. A slot keeps its transport rows for good, so a path that still names one can at worst find it
    /// unusable. The VRF of an entry is that of its port. What is an address, a question and the machine is the family's:
    /// <see cref="NeighborTable"/> (ARP), <see cref="Ipv6NeighborTable"/> (Neighbor Discovery).
    /// </summary>
    public abstract partial class NeighborSlots
    {
        public const int None = -1;

        /// <summary>States. Resolved are <see cref="Reachable"/>, <see cref="Probing"/>, <see cref="Stale"/> and <see cref="Delay"/>.</summary>
        public const int Free = 0;
        public const int Incomplete = 1;
        public const int Reachable = 2;

        /// <summary>Its age nears the end: it is asked again, and still used.</summary>
        public const int Probing = 3;

        /// <summary>Does not answer. A wanted one is asked on; another one rests before it goes.</summary>
        public const int Failed = 4;

        /// <summary>Neighbor Discovery: used, and not known to be there; and soon to be asked (RFC 4861 section 7.3.2).</summary>
        public const int Stale = 5;
        public const int Delay = 6;

        /// <summary>Least time between two requests for one address (RFC 1122 section 2.3.2.1), and time to wait for an answer.</summary>
        public const int AskIntervalMs = 1000;

        /// <summary>Requests until an address counts as failed, and polls of one whose age ends.</summary>
        public const int Tries = 3;
        public const int HoldDownMs = 5000;

        /// <summary>An entry that nobody confirms, and that nobody wants, lives for 4 h (IOS default).</summary>
        public const int MaxAgeMs = 4 * 3600 * 1000;

        /// <summary>Entries that packets may begin per port: per second, and at once after a rest.</summary>
        public const int ResolvePerSecond = 100;
        public const int ResolveBurst = 100;

        /// <summary>Bits of _flags. Touched: Host sent to it past its transports.</summary>
        protected const int Timed = 1;
        protected const int Changed = 2;
        protected const int ReportedResolved = 4;
        protected const int Asked = 8;
        protected const int Touched = 16;

        protected readonly Tables _tables;
        private readonly int _etherType;
        private readonly int _confirmedMs;
        private readonly int _pollIntervalMs;
        private readonly int _count;

        protected readonly byte[] _state;
        protected readonly byte[] _flags;
        protected readonly byte[] _triesLeft;
        protected readonly int[] _port;
        protected readonly byte[] _hardware;
        protected readonly int[] _references;
        protected readonly int[] _ipTransport;
        protected readonly int[] _mplsTransport;

        /// <summary>When its timer runs out; when it was last asked for; when it was made or last heard of.</summary>
        private readonly uint[] _deadline;
        private readonly uint[] _askedAt;
        protected readonly uint[] _touchedAt;

        /// <summary>The identity that <see cref="NextChanged"/> last reported.</summary>
        private readonly int[] _reportedPort;
        protected readonly bool[] _portIsDown;

        /// <summary>Per port: slots that it holds, whether its transports are withheld, how fast it may begin new resolutions.</summary>
        private readonly int[] _held;
        private readonly byte[] _withheld;
        protected readonly PortBuckets _resolve;
        private readonly byte[] _station = new byte[EthernetHeader.AddressLength];

        protected uint _now;
        private bool _hasClock;
        private uint _nextDue;
        private bool _anyTimed;
        private int _changedCount;
        private int _cursor;

        /// <summary>The port of the neighbour that <see cref="NextChanged"/> speaks of, and whether it is resolved now.</summary>
        public int ChangedPort;
        public bool ChangedResolved;

        /// <summary>Entries refused because every slot is wanted or no transport row was left.</summary>
        public int Refused;

        /// <summary>Entries that made room for others.</summary>
        public int Evicted;

        /// <summary>Entries whose hardware address changed.</summary>
        public int Moved;

        /// <param name="count">Slots.</param>
        /// <param name="etherType">Of the packets of the family.</param>
        /// <param name="confirmedMs">From an answer until the timer says so.</param>
        /// <param name="pollIntervalMs">Between two questions to a known hardware address.</param>
        protected NeighborSlots(Tables tables, Capacity capacity, int count, int etherType, int confirmedMs, int pollIntervalMs)
        {
            _tables = tables;
            _etherType = etherType;
            _confirmedMs = confirmedMs;
            _pollIntervalMs = pollIntervalMs;
            _count = count;
            _state = new byte[_count];
            _flags = new byte[_count];
            _triesLeft = new byte[_count];
            _port = new int[_count];
            _hardware = new byte[_count * EthernetHeader.AddressLength];
            _references = new int[_count];
            _ipTransport = new int[_count];
            _mplsTransport = new int[_count];
            _deadline = new uint[_count];
            _askedAt = new uint[_count];
            _touchedAt = new uint[_count];
            _reportedPort = new int[_count];
            _portIsDown = new bool[capacity.Ports];
            _held = new int[capacity.Ports];
            _withheld = new byte[capacity.Ports];
            _resolve = new PortBuckets(capacity.Ports, ResolvePerSecond, ResolveBurst);
            for (int n = 0; n < _count; n++)
            {
                _port[n] = None;
                _ipTransport[n] = TransportTable.None;
                _mplsTransport[n] = TransportTable.None;
            }
        }

        /// <summary>Slots, used or not.</summary>
        public int Count
        {
            get { return _count; }
        }

        public int StateOf(int index)
        {
            return _state[index];
        }

        public bool IsResolved(int index)
        {
            return IsResolvedState(_state[index]);
        }

        private static bool IsResolvedState(int state)
        {
            return state == Reachable || state == Probing || state == Stale || state == Delay;
        }

        // ---- what the family says

        protected abstract int NextState(int state, int machineEvent);

        protected abstract int ActionOf(int state, int machineEvent);

        /// <summary>An action that only the family knows.</summary>
        protected virtual void Act(int n, int action)
        {
        }

        /// <summary>Asks for an entry: the station that has answered before, or everyone.</summary>
        /// <returns>False when there was no address to ask from.</returns>
        protected abstract bool Solicit(int n, bool unicast);

        protected abstract void ClearAddress(int n);

        /// <summary>Whether the address that Control knows a slot by is the present one; makes it so; tells which it is, in the changed address.</summary>
        protected abstract bool IsReported(int n);

        protected abstract void Report(int n);

        protected abstract void TellReported(int n);

        // ---- entries

        public int PortOf(int index)
        {
            return _port[index];
        }

        /// <summary>References that Control holds.</summary>
        public int ReferencesOf(int index)
        {
            return _references[index];
        }

        /// <summary>The transport row for IP to this neighbour; unusable until it is resolved.</summary>
        public int IpTransport(int index)
        {
            return _ipTransport[index];
        }

        /// <summary>As <see cref="MplsTransport"/>, but makes none: <see cref="TransportTable.None"/> before the first request.</summary>
        public int KnownMplsTransport(int index)
        {
            return _mplsTransport[index];
        }

        /// <summary>The transport row for labelled frames to this neighbour (EtherType 0x8847), made at the first request.</summary>
        /// <returns><see cref="TransportTable.None"/> when the transport table is full.</returns>
        public int MplsTransport(int index)
        {
            if (_mplsTransport[index] == TransportTable.None)
            {
                _mplsTransport[index] = _tables.Transports.Allocate();
                if (_mplsTransport[index] != TransportTable.None && IsResolved(index) && !OwesLoss(index))
                {
                    WriteTransports(index);
                }
            }
            return _mplsTransport[index];
        }

        /// <summary>Writes the 6 octets of the hardware address; zeros before there was one.</summary>
        public void CopyHardware(int index, byte[] to, int offset)
        {
            Octets.Copy(_hardware, index * EthernetHeader.AddressLength, to, offset, EthernetHeader.AddressLength);
        }

        /// <returns>Milliseconds since the entry was confirmed, or made.</returns>
        public uint AgeMs(int index, uint now)
        {
            return now - _touchedAt[index];
        }

        /// <summary>Takes a reference to an entry, or needs it once.</summary>
        protected void Demand(int n, bool wanted)
        {
            if (wanted)
            {
                _references[n]++;
            }
            Step(n, wanted ? NeighborMachine.Wanted : NeighborMachine.Needed);
        }

        protected bool IsPort(int port)
        {
            return port >= 0 && port < _portIsDown.Length;
        }

        /// <summary>Takes one more reference to an entry.</summary>
        public void Request(int index)
        {
            _references[index]++;
            Step(index, NeighborMachine.Wanted);
        }

        /// <summary>Gives a reference back. After the last one the entry ages as any other.</summary>
        public void Release(int index)
        {
            if (_references[index] == 0)
            {
                return;
            }
            _references[index]--;
            if (_references[index] == 0 && (_flags[index] & Timed) == 0)
            {
                // Its port is down: no timer would ever free it.
                Step(index, NeighborMachine.Forgotten);
            }
        }

        /// <summary>Keeps a hardware address.</summary>
        /// <returns>True when it is another than before.</returns>
        protected bool KeepHardware(int n, byte[] hardware, int offset)
        {
            int at = n * EthernetHeader.AddressLength;
            bool moved = !EthernetHeader.SameAddress(_hardware, at, hardware, offset);
            Octets.Copy(hardware, offset, _hardware, at, EthernetHeader.AddressLength);
            if (moved && IsResolved(n))
            {
                Moved++;
                MarkChanged(n);
            }
            return moved;
        }

        /// <summary>The link went down: nobody there is reachable; wanted entries wait for <see cref="PortUp"/>.</summary>
        public void PortDown(int port)
        {
            _portIsDown[port] = true;
            for (int n = 0; n < _count; n++)
            {
                if (_port[n] == port)
                {
                    Step(n, _references[n] > 0 ? NeighborMachine.PortDown : NeighborMachine.Forgotten);
                }
            }
        }

        public void PortUp(int port)
        {
            _portIsDown[port] = false;
            AskPort(port);
        }

        /// <summary>Asks for every entry of a port that is not resolved, as far as the interval of each allows: its address is new.</summary>
        public void AskPort(int port)
        {
            for (int n = 0; n < _count; n++)
            {
                if (_port[n] == port)
                {
                    Step(n, NeighborMachine.PortUp);
                }
            }
        }

        /// <summary>Forgets every entry of a port (its address or VRF changed); wanted ones are asked for anew.</summary>
        public void ClearPort(int port)
        {
            for (int n = 0; n < _count; n++)
            {
                if (_port[n] == port)
                {
                    Step(n, _references[n] > 0 ? NeighborMachine.Cleared : NeighborMachine.Forgotten);
                }
            }
        }

        /// <summary>Forgets every entry of every port; wanted ones are asked for anew.</summary>
        public void Clear()
        {
            for (int port = 0; port < _portIsDown.Length; port++)
            {
                ClearPort(port);
            }
        }

        /// <summary>Writes the transports of a port's neighbours again, after its MTU changed, and reports them as changed.</summary>
        public void Rewrite(int port)
        {
            for (int n = 0; n < _count; n++)
            {
                if (_port[n] == port && IsResolved(n))
                {
                    if (!OwesLoss(n))
                    {
                        WriteTransports(n);
                    }
                    MarkChanged(n);
                }
            }
        }

        /// <param name="fields">Instance fields of the class below.</param>
        protected void Bill(RamBill bill, int fields)
        {
            bill.Row("neighbors");
            bill.Object(33 + fields);
            bill.Array(_count);
            bill.Array(_count);
            bill.Array(_count);
            bill.Array(_hardware.Length);
            bill.Array(_portIsDown.Length);
            bill.Array(_held.Length * 4);
            bill.Array(_withheld.Length);
            bill.Array(_station.Length);
            for (int i = 0; i < 8; i++)
            {
                bill.Array(_count * 4);
            }
            _resolve.Bill(bill);
        }
    }
}
