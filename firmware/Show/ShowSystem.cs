using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show counters | memory | processes | logging | version</c>.</summary>
    public sealed class ShowSystem : Show
    {
        public const string Version = "0.1.0";
        private const int MostBillRows = 64;

        public IBillSource BillSource;

        private RamBill _bill;
        private uint _seen;

        public ShowSystem(ShowRequest request)
            : base(request)
        {
        }

        public override bool Step()
        {
            switch (Request.Action)
            {
                case CommandTable.ShowCounters: return CounterStep();
                case CommandTable.ShowMemory: return MemoryStep();
                case CommandTable.ShowProcesses: return ProcessStep();
                case CommandTable.ShowLogging: return LoggingStep();
                default:
                    PutVersion();
                    return false;
            }
        }

        private void PutVersion()
        {
            Output.Text("LabEdge Software, Version ").Text(Version).Text(", MPLS VPN edge router, profile ").Line(Tables.Capacity.Name);
            ConfigurationWriter.PutHostname(Output, Request.Configuration.Running);
            uint seconds = Control.Log.UptimeSeconds;
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
            switch (Request.Phase)
            {
                case 0:
                    while (Request.Row < Tables.Ports.Count && Host.Interfaces.Name[Request.Row] == null)
                    {
                        Request.Row++;
                    }
                    if (Request.Row >= Tables.Ports.Count)
                    {
                        Request.Row = 1;
                        Request.Phase = 2;
                        return true;
                    }
                    Name(Request.Row).Line();
                    Output.Text("  in:  received ").Unsigned((uint)ledger.Received[Request.Row]).Text(" = forwarded ").Unsigned((uint)ledger.Forwarded[Request.Row])
                        .Text(" + punted ").Unsigned((uint)ledger.Punted[Request.Row]).Text(" + dropped ").Unsigned((uint)ledger.DroppedOn(Request.Row)).Line();
                    Request.Item = 1;
                    Request.Phase = 1;
                    return true;
                case 1:
                    while (Request.Item < DropReason.Count && ledger.DroppedOn(Request.Row, Request.Item) == 0)
                    {
                        Request.Item++;
                    }
                    if (Request.Item < DropReason.Count)
                    {
                        Output.Text("       dropped, ").Text(DropReason.Name(Request.Item)).To(44).Unsigned((uint)ledger.DroppedOn(Request.Row, Request.Item)).Line();
                        Request.Item++;
                        return true;
                    }
                    Output.Text("  out: sent ").Unsigned(SentOn(Tables, Request.Row)).Text(", originated ").Unsigned((uint)ledger.Originated[Request.Row])
                        .Text(", dropped ").Unsigned((uint)ledger.EgressDropped[Request.Row]).Line();
                    Request.Row++;
                    Request.Phase = 0;
                    return true;
                default:
                    if (Request.Row >= PuntClass.Count)
                    {
                        return false;
                    }
                    if (ledger.PuntedByClass[Request.Row] != 0)
                    {
                        Output.Text("punted, ").Text(PuntClass.Name(Request.Row)).To(44).Unsigned((uint)ledger.PuntedByClass[Request.Row]).Line();
                    }
                    Request.Row++;
                    return true;
            }
        }

        // ---- show memory

        private bool MemoryStep()
        {
            if (Request.Phase == 0)
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
            if (_bill != null && Request.Row < _bill.Rows)
            {
                Output.Text("  ").Text(_bill.NameOf(Request.Row)).To(41).Number(_bill.OctetsOf(Request.Row)).Line();
                Request.Row++;
                return true;
            }
            if (_bill != null)
            {
                Output.Text("  total").To(41).Number(_bill.Total()).Line();
                _bill = null;
                Output.Line().Line("Table               Rows    Used    Free    Most  Refused");
                Request.Item = 0;
                return true;
            }
            return PoolStep();
        }

        private bool PoolStep()
        {
            if (Request.Item >= Pools.Count)
            {
                return false;
            }
            Pools pools = Control.Pools;
            int size = pools.SizeOf(Request.Item);
            int used = pools.UsedOf(Request.Item);
            int refused = pools.RefusedOf(Request.Item);
            Output.Text("  ").Text(Pools.NameOf(Request.Item)).To(18);
            Right((uint)(size), 24);
            Right((uint)(used), 32);
            Right((uint)(size - used), 40);
            Right((uint)(pools.MostOf(Request.Item)), 48);
            if (refused < 0)
            {
                Output.To(56).Line("-");
            }
            else
            {
                Right((uint)(refused), 57);
                Output.Line();
            }
            Request.Item++;
            return true;
        }

        // ---- show processes: units of work, not time: nobody here has a clock

        private bool ProcessStep()
        {
            WorkAccount work = Control.Work;
            if (Request.Phase == 0)
            {
                Output.Text("Polls ").Unsigned(work.Polls).Text(", budget of a poll ").Number(work.Budget).Text(" units, longest poll ").Number(work.LongestUnits).Line(" units");
                Output.Line("(a unit is one frame, message, route or console step)").Line();
                Output.Line("Room             Units   Last poll   Most in a poll   Next due");
                Next();
                return true;
            }
            if (Request.Row >= work.Used)
            {
                return false;
            }
            Output.Text(RoomOf(Request.Row)).To(12);
            Right(work.UnitsOf(Request.Row), 22);
            Right((uint)(work.LastOf(Request.Row)), 34);
            Right((uint)(work.MostOf(Request.Row)), 51);
            uint due = work.DueMsOf(Request.Row);
            if (due == 0xFFFFFFFF)
            {
                Output.Line("   when something comes");
            }
            else
            {
                Output.Text("   in ").Unsigned(due).Line(" ms");
            }
            Request.Row++;
            return true;
        }

        private string RoomOf(int row)
        {
            switch (row)
            {
                case WorkAccount.Forwarding: return "Forwarding";
                case WorkAccount.Host: return "Host";
                case WorkAccount.Control: return "Control";
                default: return "Console";
            }
        }

        // ---- show logging

        private bool LoggingStep()
        {
            EventLog log = Control.Log;
            if (Request.Phase == 0)
            {
                Output.Text("Syslog logging: enabled (").Unsigned(log.Logged).Text(" messages logged, ").Unsigned(log.Overwritten).Line(" overwritten)");
                Output.Text("Log Buffer (").Number(log.Size).Line(" messages):").Line();
                _seen = log.Overwritten;
                Next();
                return true;
            }

            // What is logged meanwhile may push the oldest out: the place is counted from there.
            int pushed = (int)(log.Overwritten - _seen);
            _seen = log.Overwritten;
            Request.Row = Request.Row > pushed ? Request.Row - pushed : 0;
            if (Request.Row >= log.Count)
            {
                return false;
            }
            LogText.PutLine(Output, log, Request.Row++, Host.Interfaces);
            return true;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(3);
            BillShared(bill);
        }
    }
}
