using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show counters | memory | version</c>.</summary>
    public sealed class ShowSystem : Show
    {
        public const string Version = "0.1.0";
        private const int MostBillRows = 64;

        public IBillSource BillSource;

        /// <summary>When the router started, in the time of <c>now</c>; set by the first call that brings a time.</summary>
        public uint StartedAt;

        private readonly RouterConfiguration _configuration;
        private RamBill _bill;
        private int _reason;

        public ShowSystem(ControlModule control, HostStack host, Tables tables, TextBuffer output, RouterConfiguration configuration)
            : base(control, host, tables, output)
        {
            _configuration = configuration;
        }

        public override bool Step()
        {
            switch (Action)
            {
                case CommandTable.ShowCounters: return CounterStep();
                case CommandTable.ShowMemory: return MemoryStep();
                default:
                    PutVersion();
                    return false;
            }
        }

        private void PutVersion()
        {
            Output.Text("LabEdge Software, Version ").Text(Version).Text(", MPLS VPN edge router, profile ").Line(Tables.Capacity.Name);
            CommandLine.PutHostname(Output, _configuration.Running);
            uint seconds = (Now - StartedAt) / 1000;
            Output.Text(" uptime is ").Unsigned(seconds / 3600).Text(" hours, ").Unsigned(seconds / 60 % 60).Text(" minutes, ").Unsigned(seconds % 60).Line(" seconds");
            Output.Number(Tables.Capacity.Ports).Text(" ports, ").Number(Tables.Capacity.Labels).Text(" labels, ").Number(Tables.Capacity.Vrfs - 1).Text(" VRFs, ")
                .Number(Tables.Capacity.Prefixes).Text(" prefixes, ").Number(Tables.Capacity.Routes).Line(" routes at most");
        }

        /// <summary>Frames that left by a port, over all transports and circuits.</summary>
        public static uint SentOn(Tables tables, int port)
        {
            return (uint)tables.SentOn(port);
        }

        // ---- show counters: a port, then its reasons, then the classes of what was punted

        private bool CounterStep()
        {
            Ledger ledger = Tables.Ledger;
            switch (Phase)
            {
                case 0:
                    while (Row < Tables.Ports.Count && Host.Interfaces.Name[Row] == null)
                    {
                        Row++;
                    }
                    if (Row >= Tables.Ports.Count)
                    {
                        Row = 1;
                        Phase = 2;
                        return true;
                    }
                    Name(Row).Line();
                    Output.Text("  in:  received ").Unsigned((uint)ledger.Received[Row]).Text(" = forwarded ").Unsigned((uint)ledger.Forwarded[Row])
                        .Text(" + punted ").Unsigned((uint)ledger.Punted[Row]).Text(" + dropped ").Unsigned((uint)ledger.DroppedOn(Row)).Line();
                    _reason = 1;
                    Phase = 1;
                    return true;
                case 1:
                    while (_reason < DropReason.Count && ledger.DroppedOn(Row, _reason) == 0)
                    {
                        _reason++;
                    }
                    if (_reason < DropReason.Count)
                    {
                        Output.Text("       dropped, ").Text(DropReason.Name(_reason)).To(44).Unsigned((uint)ledger.DroppedOn(Row, _reason)).Line();
                        _reason++;
                        return true;
                    }
                    Output.Text("  out: sent ").Unsigned(SentOn(Tables, Row)).Text(", originated ").Unsigned((uint)ledger.Originated[Row])
                        .Text(", dropped ").Unsigned((uint)ledger.EgressDropped[Row]).Line();
                    Row++;
                    Phase = 0;
                    return true;
                default:
                    if (Row >= PuntClass.Count)
                    {
                        return false;
                    }
                    if (ledger.PuntedByClass[Row] != 0)
                    {
                        Output.Text("punted, ").Text(PuntClass.Name(Row)).To(44).Unsigned((uint)ledger.PuntedByClass[Row]).Line();
                    }
                    Row++;
                    return true;
            }
        }

        // ---- show memory

        private bool MemoryStep()
        {
            if (Phase == 0)
            {
                if (BillSource == null)
                {
                    Output.Line("% No bill: the head has not named its source");
                    return false;
                }
                _bill = new RamBill(MostBillRows);
                BillSource.Bill(_bill);
                Output.Line("Memory on a board (12-octet blocks)      Octets");
                Next();
                return true;
            }
            if (Row < _bill.Rows)
            {
                Output.Text("  ").Text(_bill.NameOf(Row)).To(41).Number(_bill.OctetsOf(Row)).Line();
                Row++;
                return true;
            }
            Output.Text("  total").To(41).Number(_bill.Total()).Line();
            _bill = null;
            return false;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(5);
            BillShared(bill);
        }
    }
}
