using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    // Read RFC 826 and RFC 1122 section 2.3.2 before changing this file.

    /// <summary>
    /// Neighbours (ARP entries): who is on a link and under which hardware address, in fixed slots. An entry is wanted while
    /// Control holds references to it (it is asked for until it answers, and is never evicted), else it is one that packets or
    /// ARP requests brought. A slot keeps its transport rows for good, so a path that still names one can at worst find it
    /// unusable. The VRF of an entry is that of its port.
    /// </summary>
    public sealed partial class NeighborTable
    {
        public const int None = -1;

        /// <summary>States. Resolved are <see cref="Reachable"/> and <see cref="Probing"/>.</summary>
        public const int Free = 0;
        public const int Incomplete = 1;
        public const int Reachable = 2;

        /// <summary>Its age nears the end: it is asked again, and still used.</summary>
        public const int Probing = 3;

        /// <summary>Does not answer. A wanted one is asked on; another one rests before it goes.</summary>
        public const int Failed = 4;

        /// <summary>Least time between two requests for one address (RFC 1122 section 2.3.2.1), and time to wait for an answer.</summary>
        public const int AskIntervalMs = 1000;

        /// <summary>Requests until an address counts as failed, and polls of one whose age ends.</summary>
        public const int Tries = 3;
        public const int HoldDownMs = 5000;

        /// <summary>An entry that nobody confirms lives for 4 h (IOS default); the last 60 s of them it is polled, every 20 s.</summary>
        public const int MaxAgeMs = 4 * 3600 * 1000;
        public const int PollIntervalMs = 20000;

        /// <summary>Entries that packets may begin per port: per second, and at once after a rest.</summary>
        public const int ResolvePerSecond = 100;
        public const int ResolveBurst = 100;
        private const int PollFromMs = MaxAgeMs - Tries * PollIntervalMs;

        // Bits of _flags.
        private const int Timed = 1;
        private const int Changed = 2;
        private const int ReportedResolved = 4;
        private const int Asked = 8;

        private readonly Tables _tables;
        private readonly ArpSender _arp;
        private readonly int _count;

        private readonly byte[] _state;
        private readonly byte[] _flags;
        private readonly byte[] _triesLeft;
        private readonly int[] _port;
        private readonly uint[] _address;
        private readonly byte[] _hardware;
        private readonly int[] _references;
        private readonly int[] _ipTransport;
        private readonly int[] _mplsTransport;

        /// <summary>When its timer runs out; when it was last asked for; when it was made or last heard of.</summary>
        private readonly uint[] _deadline;
        private readonly uint[] _askedAt;
        private readonly uint[] _touchedAt;

        /// <summary>The identity that <see cref="NextChanged"/> last reported.</summary>
        private readonly int[] _reportedPort;
        private readonly uint[] _reportedAddress;
        private readonly bool[] _portIsDown;

        /// <summary>Per port: slots that it holds, whether its transports are withheld, how fast it may begin new resolutions.</summary>
        private readonly int[] _held;
        private readonly byte[] _withheld;
        private readonly PortBuckets _resolve;
        private readonly byte[] _station = new byte[EthernetHeader.AddressLength];

        private uint _now;
        private bool _hasClock;
        private uint _nextDue;
        private bool _anyTimed;
        private int _changedCount;
        private int _cursor;

        /// <summary>The identity that <see cref="NextChanged"/> speaks of, and whether it is resolved now.</summary>
        public uint ChangedAddress;
        public int ChangedPort;
        public bool ChangedResolved;

        /// <summary>Entries refused because every slot is wanted or no transport row was left.</summary>
        public int Refused;

        /// <summary>Entries that made room for others.</summary>
        public int Evicted;

        /// <summary>Entries whose hardware address changed.</summary>
        public int Moved;

        public NeighborTable(Tables tables, Capacity capacity, ArpSender arp)
        {
            _tables = tables;
            _arp = arp;
            _count = capacity.Neighbors;
            _state = new byte[_count];
            _flags = new byte[_count];
            _triesLeft = new byte[_count];
            _port = new int[_count];
            _address = new uint[_count];
            _hardware = new byte[_count * EthernetHeader.AddressLength];
            _references = new int[_count];
            _ipTransport = new int[_count];
            _mplsTransport = new int[_count];
            _deadline = new uint[_count];
            _askedAt = new uint[_count];
            _touchedAt = new uint[_count];
            _reportedPort = new int[_count];
            _reportedAddress = new uint[_count];
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
            return _state[index] == Reachable || _state[index] == Probing;
        }

        public uint AddressOf(int index)
        {
            return _address[index];
        }

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

        /// <returns>The index, or <see cref="None"/>.</returns>
        public int Find(int port, uint address)
        {
            for (int n = 0; n < _count; n++)
            {
                if (_address[n] == address && _port[n] == port)
                {
                    return n;
                }
            }
            return None;
        }

        /// <summary>Finds or makes an entry; a new one is asked for at once.</summary>
        /// <param name="wanted">True takes a reference, which <see cref="Release"/> gives back.</param>
        /// <returns>The index, or <see cref="None"/> when there is no slot for it (see TakeSlot).</returns>
        public int FindOrAdd(int port, uint address, bool wanted)
        {
            if (port < 0 || port >= _portIsDown.Length)
            {
                Refused++;
                return None;
            }
            int n = Find(port, address);
            if (n == None)
            {
                n = TakeSlot(port, address, wanted);
                if (n == None)
                {
                    return None;
                }
            }
            if (wanted)
            {
                _references[n]++;
            }
            Step(n, wanted ? NeighborMachine.Wanted : NeighborMachine.Needed);
            return n;
        }

        /// <summary>A packet needs a neighbour: finds the entry, or makes one that nobody holds, at the rate of the port.</summary>
        /// <returns>The index, or <see cref="None"/> when the rate is exceeded or there is no slot.</returns>
        public int Need(int port, uint address)
        {
            int n = Find(port, address);
            if (n != None || port < 0 || port >= _portIsDown.Length)
            {
                return n;
            }
            return _resolve.Take(port, _now) ? FindOrAdd(port, address, false) : None;
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
                n = TakeSlot(port, address, false);
            }
            if (n == None)
            {
                return false;
            }
            int at = n * EthernetHeader.AddressLength;
            bool moved = !EthernetHeader.SameAddress(_hardware, at, hardware, offset);
            Octets.Copy(hardware, offset, _hardware, at, EthernetHeader.AddressLength);
            if (moved && IsResolved(n))
            {
                Moved++;
                MarkChanged(n);
            }
            Step(n, NeighborMachine.Heard);
            return true;
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

        public void Bill(RamBill bill)
        {
            bill.Row("neighbors");
            bill.Object(34);
            bill.Array(_count);
            bill.Array(_count);
            bill.Array(_count);
            bill.Array(_hardware.Length);
            bill.Array(_portIsDown.Length);
            bill.Array(_held.Length * 4);
            bill.Array(_withheld.Length);
            bill.Array(_station.Length);
            for (int i = 0; i < 10; i++)
            {
                bill.Array(_count * 4);
            }
            _resolve.Bill(bill);
        }
    }
}
