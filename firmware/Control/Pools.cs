using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// Every table of fixed size as a pool: rows, rows in use, the most seen in use, and requests refused. Most is true of what Control
    /// writes as it stands after each pass, and of what the frame path and Host write as it stands once a second or less often.
    /// A pool that has refused something is logged, at most every <see cref="QuietMs"/>.
    /// </summary>
    public sealed class Pools
    {
        public const int Paths = 0;
        public const int Groups = 1;
        public const int Transports = 2;
        public const int Prefixes = 3;
        public const int Labels = 4;
        public const int Bindings = 5;
        public const int Routes = 6;
        public const int Routes6 = 7;
        public const int Neighbors = 8;
        public const int Neighbors6 = 9;
        public const int Circuits = 10;
        public const int Pseudowires = 11;
        public const int Attachments = 12;
        public const int Bridges = 13;
        public const int MacAddresses = 14;
        public const int LabelActions = 15;
        public const int Tunnels = 16;
        public const int Vrfs = 17;
        public const int Count = 18;

        /// <summary>Least time between two rounds of messages.</summary>
        public const uint QuietMs = 60000;
        private const uint LookMs = 1000;

        private readonly ControlModule _control;
        private readonly HostStack _host;
        private readonly Tables _tables;

        // Per pool: the most seen in use, and the refusals that have been logged.
        private readonly int[] _most = new int[Count];
        private readonly int[] _logged = new int[Count];
        private int _cursor;
        private uint _lookAt;
        private uint _logAt;

        public Pools(ControlModule control, HostStack host, Tables tables)
        {
            _control = control;
            _host = host;
            _tables = tables;
        }

        /// <summary>Looks at all pools after a pass, else at one a second.</summary>
        internal void Poll(uint now, bool passed)
        {
            if (passed)
            {
                for (int pool = 0; pool < Count; pool++)
                {
                    Look(pool);
                }
            }
            if ((int)(now - _lookAt) < 0)
            {
                return;
            }
            _lookAt = now + LookMs;
            Look(_cursor);
            _cursor = _cursor + 1 < Count ? _cursor + 1 : 0;
            if ((int)(now - _logAt) < 0)
            {
                return;
            }
            for (int pool = 0; pool < Count; pool++)
            {
                int refused = RefusedOf(pool);
                if (refused > _logged[pool])
                {
                    _control.Log.Add(LogEvent.PoolFull, pool, refused, 0);
                    _logAt = now + QuietMs;
                }
                _logged[pool] = refused;
            }
        }

        private void Look(int pool)
        {
            int used = UsedOf(pool);
            if (used > _most[pool])
            {
                _most[pool] = used;
            }
        }

        /// <summary>The most rows seen in use.</summary>
        public int MostOf(int pool)
        {
            int used = UsedOf(pool);
            return used > _most[pool] ? used : _most[pool];
        }

        public static string NameOf(int pool)
        {
            switch (pool)
            {
                case Paths: return "paths";
                case Groups: return "path groups";
                case Transports: return "transports";
                case Prefixes: return "prefixes";
                case Labels: return "labels";
                case Bindings: return "label bindings";
                case Routes: return "IP routes";
                case Routes6: return "IPv6 routes";
                case Neighbors: return "ARP entries";
                case Neighbors6: return "IPv6 neighbors";
                case Circuits: return "tagged circuits";
                case Pseudowires: return "pseudowires";
                case Attachments: return "attachments";
                case Bridges: return "bridge domains";
                case MacAddresses: return "MAC addresses";
                case LabelActions: return "label actions";
                case Tunnels: return "tunnels";
                default: return "VRFs";
            }
        }

        public int SizeOf(int pool)
        {
            switch (pool)
            {
                case Paths: return _tables.Paths.Count;
                case Groups: return _tables.Groups.Count;
                case Transports: return _tables.Transports.Count;
                case Prefixes: return _tables.Prefixes.Pool;
                case Labels: return _tables.Labels.Handle.Length;
                case Bindings: return _control.Bindings.Kind.Length;
                case Routes: return _control.Routes.Source.Length;
                case Routes6: return _control.Routes6.Source.Length;
                case Neighbors: return _host.Neighbors.Count;
                case Neighbors6: return _host.Neighbors6.Count;
                case Circuits: return _tables.Capacity.Circuits;
                case Pseudowires: return _tables.Pseudowires.Count;
                case Attachments: return _tables.Capacity.Attachments;
                case Bridges: return _tables.Capacity.Bridges;
                case MacAddresses: return _tables.Capacity.MacAddresses;
                case LabelActions: return _tables.Capacity.LabelActions;
                case Tunnels: return _tables.Tunnels.Count;
                default: return _tables.Vrfs.Capacity;
            }
        }

        public int UsedOf(int pool)
        {
            switch (pool)
            {
                case Prefixes: return _tables.Prefixes.Used;
                case Labels: return _control.Labels.Used;
                case Bindings: return _control.Bindings.Used;
                case Routes: return _control.Routes.Used;
                case Routes6: return _control.Routes6.Used;
                case Circuits: return _tables.Circuits.Count;
                case MacAddresses: return _tables.Bridges.Macs.Count;
                default:
                    int used = 0;
                    int rows = SizeOf(pool);
                    for (int row = 0; row < rows; row++)
                    {
                        used += IsUsed(pool, row) ? 1 : 0;
                    }
                    return used;
            }
        }

        private bool IsUsed(int pool, int row)
        {
            switch (pool)
            {
                case Paths: return _tables.Paths.IsUsed(row);
                case Groups: return _tables.Groups.Record[row * _tables.Groups.Stride] != 0;
                case Transports: return _tables.Transports.IsUsed(row);
                case Neighbors: return _host.Neighbors.StateOf(row) != NeighborSlots.Free;
                case Neighbors6: return _host.Neighbors6.StateOf(row) != NeighborSlots.Free;
                case Pseudowires: return _control.Pseudowires.IsUsed(row);
                case Attachments: return (_tables.Attachments.Record[row * AttachmentTable.Stride + AttachmentTable.Flags] & AttachmentTable.Used) != 0;
                case Bridges: return (_tables.Bridges.Record[row * BridgeTable.Stride + BridgeTable.Flags] & BridgeTable.Used) != 0;
                case LabelActions: return (_tables.LabelActions.Record[row * LabelActionTable.Stride + LabelActionTable.Rule] & LabelActionTable.Used) != 0;
                case Tunnels: return _tables.Tunnels.IsUsed(row);
                default: return _tables.Vrfs.IsUsed(row);
            }
        }

        /// <summary>Requests that found the pool full; -1 = who takes from it is told, and nobody counts.</summary>
        public int RefusedOf(int pool)
        {
            switch (pool)
            {
                case Paths: return _tables.Paths.Refused;
                case Groups: return _tables.Groups.Refused;
                case Transports: return _tables.Transports.Refused;
                case Prefixes: return _tables.Prefixes.Refused;
                case Labels: return -1;
                case Bindings: return _control.Bindings.Refused;
                case Routes: return _control.Routes.Refused;
                case Routes6: return _control.Routes6.Refused;
                case Neighbors: return _host.Neighbors.Refused;
                case Neighbors6: return _host.Neighbors6.Refused;
                case Circuits: return _tables.Circuits.Refused;
                case Pseudowires: return _tables.Pseudowires.Refused;
                case Attachments: return _tables.Attachments.Refused;
                case Bridges: return _tables.Bridges.Refused;
                case MacAddresses: return _tables.Bridges.Macs.Refused;
                case LabelActions: return _tables.LabelActions.Refused;
                case Tunnels: return _tables.Tunnels.Refused;
                default: return _tables.Vrfs.Refused;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("pools");
            bill.Object(8);
            bill.Array(_most.Length * 4);
            bill.Array(_logged.Length * 4);
        }
    }
}
