using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Ospf
{
    /// <summary>
    /// OSPF version 2 (RFC 2328) for all VRFs of a router: processes, areas, interfaces and neighbours of fixed numbers over one database.
    /// Packets come by <see cref="Receive"/>, everything else happens in <see cref="Poll"/>; routes go into the RIB.
    /// </summary>
    public sealed partial class OspfModule : IProtocolModule, IPacketHandler, IOspfShow, IRowOwner
    {
        public const uint Idle = 0xFFFFFFFF;
        public const uint AllRouters = 0xE0000005;
        public const uint AllDesignated = 0xE0000006;
        public const int RetransmitMs = 5000;
        public const int AckDelayMs = 1000;

        /// <summary>Own advertisements are refreshed (LSRefreshTime), and how close two originations of one may be: above MinLSArrival of a peer, below the MinLSInterval of 5 s.</summary>
        public const int RefreshSeconds = 1800;
        public const int MinIntervalMs = 1100;
        public const int MinArrivalMs = 1000;
        private const int Dscp = 48;

        public readonly OspfProcess[] Processes;
        public readonly OspfArea[] Areas;
        public readonly OspfInterface[] Interfaces;
        public readonly OspfNeighbor[] Neighbors;
        public readonly LsaTable Lsas;
        public readonly OspfRouteTable Routes;

        /// <summary>Packets that were not taken, with the last reason (<see cref="PacketFault"/>).</summary>
        public int BadPackets;
        public int LastFault;

        private readonly Tables _tables;
        private readonly HostStack _host;
        private readonly ControlModule _control;
        private readonly RowSets _retransmit;
        private readonly RowSets _request;
        private readonly RowSets _flood;
        private readonly RowSets _acks;
        private readonly Md5 _md5 = new Md5();
        private readonly byte[] _digest = new byte[OspfHeader.DigestLength * 2];
        private readonly Xorshift _random;
        private readonly SpfRun _spf;

        /// <summary>An advertisement under construction, and LSA headers for a direct acknowledgment.</summary>
        private readonly byte[] _build;
        private readonly byte[] _direct;
        private int _directCount;
        private uint _now;
        private uint _agedAt;

        public OspfModule(Tables tables, HostStack host, ControlModule control, Capacity capacity, byte[] entropy)
        {
            _tables = tables;
            _host = host;
            _control = control;
            _random = new Xorshift(entropy);
            Processes = new OspfProcess[capacity.OspfProcesses];
            for (int i = 0; i < Processes.Length; i++)
            {
                Processes[i] = new OspfProcess();
                Processes[i].Index = i;
            }
            Areas = new OspfArea[capacity.OspfAreas];
            for (int i = 0; i < Areas.Length; i++)
            {
                Areas[i] = new OspfArea();
                Areas[i].Index = i;
            }
            Interfaces = new OspfInterface[host.Interfaces.Count];
            for (int i = 0; i < Interfaces.Length; i++)
            {
                Interfaces[i] = new OspfInterface();
                Interfaces[i].Index = i;
            }
            Neighbors = new OspfNeighbor[capacity.OspfNeighbors];
            for (int i = 0; i < Neighbors.Length; i++)
            {
                Neighbors[i] = new OspfNeighbor();
                Neighbors[i].Index = i;
            }
            Lsas = new LsaTable(capacity);
            Routes = new OspfRouteTable(capacity);
            _retransmit = new RowSets(Neighbors.Length, Lsas.Rows);
            _request = new RowSets(Neighbors.Length, Lsas.Rows);
            _flood = new RowSets(Interfaces.Length, Lsas.Rows);
            _acks = new RowSets(Interfaces.Length, Lsas.Rows);
            _build = new byte[capacity.MaxFrameLength < 1514 ? capacity.MaxFrameLength : 1514];
            _direct = new byte[LsaHeader.Length * 8];
            _spf = new SpfRun(this, capacity);
            Settings = new OspfLines(capacity);
            control.Ospf = Settings;
            control.OspfTables = this;
            control.AddRowOwner(this);
            host.Handlers.Add(capacity, OspfHeader.Protocol, 0, this);
        }

        /// <summary>Works off timers and what is waiting: floods, acknowledgments, originations, one step of the route calculation per unit.</summary>
        public uint Poll(uint now, int budget)
        {
            _now = now;
            if (_settingsVersion != Settings.Version)
            {
                ApplySettings();
            }
            if (_restart >= 0)
            {
                Restart();
            }
            uint next = Idle;
            bool any = false;
            for (int p = 0; p < Processes.Length; p++)
            {
                any |= Processes[p].Number != 0;
            }
            if (!any)
            {
                return next;
            }
            for (int i = 0; i < Interfaces.Length; i++)
            {
                FollowLdp(Interfaces[i]);
                if (Interfaces[i].Process >= 0 || Interfaces[i].State != OspfInterface.Down)
                {
                    next = Sooner(next, PollInterface(Interfaces[i]));
                }
            }
            for (int n = 0; n < Neighbors.Length; n++)
            {
                if (Neighbors[n].Interface >= 0)
                {
                    next = Sooner(next, PollNeighbor(Neighbors[n]));
                }
            }
            next = Sooner(next, Age());
            next = Sooner(next, Originate());
            for (int i = 0; i < Interfaces.Length; i++)
            {
                if (Interfaces[i].FloodWaiting)
                {
                    SendFlood(Interfaces[i]);
                    next = Interfaces[i].FloodWaiting ? 0 : next;
                }
            }
            return Sooner(next, _spf.Poll(budget));
        }

        private void FollowLdp(OspfInterface i)
        {
            bool waits = i.Process >= 0 && i.Index < _host.Interfaces.Ports && _control.Links.LdpSync[i.Index] == LinkEvents.SyncWaiting;
            if (waits != i.WaitsForLdp)
            {
                i.WaitsForLdp = waits;
                if (i.Process >= 0)
                {
                    Areas[i.Area].RouterLsaDue = true;
                }
            }
        }

        private static uint Sooner(uint a, uint b)
        {
            return a < b ? a : b;
        }

        // Milliseconds from now to a moment; 0 when it is over.
        private uint Until(uint due)
        {
            return (int)(due - _now) <= 0 ? 0 : due - _now;
        }

        internal uint Now
        {
            get { return _now; }
        }

        internal ControlModule Control
        {
            get { return _control; }
        }

        internal HostStack Host
        {
            get { return _host; }
        }

        public OspfProcess ProcessOf(OspfInterface i)
        {
            return Processes[i.Process];
        }

        // The scope of an advertisement's type in this interface's area.
        private int ScopeOf(OspfInterface i, int type)
        {
            return type == LsaHeader.External ? LsaTable.ProcessScope + i.Process : i.Area;
        }

        /// <returns>The process that a scope belongs to.</returns>
        internal int ProcessOfScope(int scope)
        {
            return scope >= LsaTable.ProcessScope ? scope - LsaTable.ProcessScope : Areas[scope].Process;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("ospf");
            bill.Object(42);
            Settings.Bill(bill);
            bill.References(Processes.Length);
            bill.References(Areas.Length);
            bill.References(Interfaces.Length);
            bill.References(Neighbors.Length);
            for (int i = 0; i < Processes.Length; i++)
            {
                bill.Object(OspfProcess.Fields);
            }
            for (int i = 0; i < Areas.Length; i++)
            {
                bill.Object(OspfArea.Fields);
            }
            for (int i = 0; i < Interfaces.Length; i++)
            {
                bill.Object(OspfInterface.Fields);
                if (Interfaces[i].Key != null)
                {
                    bill.Array(Interfaces[i].Key.Length);
                }
            }
            for (int i = 0; i < Neighbors.Length; i++)
            {
                bill.Object(OspfNeighbor.Fields);
            }
            Lsas.Bill(bill);
            Routes.Bill(bill);
            _retransmit.Bill(bill);
            _request.Bill(bill);
            _flood.Bill(bill);
            _acks.Bill(bill);
            _md5.Bill(bill);
            bill.Object(4);
            bill.Array(_digest.Length);
            bill.Array(_build.Length);
            bill.Array(_direct.Length);
            _spf.Bill(bill);
        }
    }
}
