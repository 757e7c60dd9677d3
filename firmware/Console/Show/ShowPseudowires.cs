using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show xconnect all</c> and <c>show mpls l2transport vc [detail]</c>: also the xconnects that have no labels yet.</summary>
    public sealed class ShowPseudowires : Show
    {
        public bool Detail;
        private readonly RouterConfiguration _configuration;

        public ShowPseudowires(ControlModule control, HostStack host, Tables tables, TextBuffer output, RouterConfiguration configuration)
            : base(control, host, tables, output)
        {
            _configuration = configuration;
        }

        public override bool Step()
        {
            if (Phase == 0)
            {
                PutHead();
                Next();
                return true;
            }
            ConfigurationModel model = _configuration.Running;
            while (Row < model.Ports && (model.Interfaces[Row * ConfigurationModel.InterfaceStride + ConfigurationModel.Flags] & ConfigurationModel.Xconnect) == 0)
            {
                Row++;
            }
            if (Row >= model.Ports)
            {
                return false;
            }
            int r = Row * ConfigurationModel.InterfaceStride;
            uint peer = (uint)model.Interfaces[r + ConfigurationModel.Peer];
            uint vcId = (uint)model.Interfaces[r + ConfigurationModel.VcId];
            int pw = Control.Pseudowires.OfPort(Row);
            bool up = pw != PseudowireTable.None && Tables.Pseudowires.IsUp(pw);
            if (Action == CommandTable.ShowXconnect)
            {
                PutXconnect(peer, vcId, pw, up);
            }
            else if (Detail)
            {
                PutDetail(peer, vcId, pw, up);
            }
            else
            {
                Name(Row).To(15).Text("Ethernet").To(42).Address(peer).To(58).Unsigned(vcId).To(69).Line(up ? "UP" : Control.IsEnabled(Row) ? "DOWN" : "ADMIN DOWN");
                PutReason(pw, up);
            }
            Row++;
            return true;
        }

        private void PutHead()
        {
            if (Action == CommandTable.ShowXconnect)
            {
                Output.Line("Legend: XC ST=Xconnect State  S1=Segment1 State  S2=Segment2 State");
                Output.Line("        UP=Up  DN=Down  AD=Admin Down").Line();
                Output.Line("XC ST  Segment 1                         S1 Segment 2                         S2");
                Output.Line("------+---------------------------------+--+---------------------------------+--");
            }
            else if (!Detail)
            {
                Output.Line("Local intf     Local circuit              Dest address    VC ID      Status");
                Output.Line("-------------  -------------------------- --------------- ---------- ----------");
            }
        }

        private void PutReason(int pw, bool up)
        {
            if (!up)
            {
                Output.Text("       down: ").Line(pw == PseudowireTable.None ? "no labels configured (mpls label)"
                    : StaticPseudowires.DownReasonText(Control.Pseudowires.DownReason(pw)));
            }
        }

        private void PutXconnect(uint peer, uint vcId, int pw, bool up)
        {
            string circuit = !Control.IsEnabled(Row) ? "AD" : Control.IsUp(Row) ? "UP" : "DN";
            Output.Text(up ? "UP" : "DN").Text(" pri").To(9).Text("ac ");
            Name(Row).Text("(Ethernet)").To(41).Text(circuit).Text(" mpls ").Address(peer).Put(':');
            Output.Unsigned(vcId).To(78).Line(up ? "UP" : "DN");
            PutReason(pw, up);
        }

        private void PutDetail(uint peer, uint vcId, int pw, bool up)
        {
            Output.Text("Local interface: ");
            Name(Row).Text(" ").Text(AdministrativeState(Row)).Line(", Ethernet");
            Output.Text("  Destination address: ").Address(peer).Text(", VC ID: ").Unsigned(vcId).Text(", VC status: ").Line(up ? "up" : "down");
            PutReason(pw, up);
            if (pw == PseudowireTable.None)
            {
                return;
            }
            int r = pw * PseudowireTable.Stride;
            int[] record = Tables.Pseudowires.Record;
            if (up)
            {
                int path = record[r + PseudowireTable.Path];
                Output.Text("    Output interface: ");
                Name(PortOfPath(path, false)).Text(", imposed label stack {");
                PutLabels(path, ' ');
                Output.Line("}");
            }
            Output.Text("    MPLS VC labels: local ").Number(Control.Pseudowires.LocalLabel[pw]).Text(", remote ").Number(Control.Pseudowires.RemoteLabel[pw]).Line();
            Output.Text("    Signaling protocol: Manual, control word: ").Line(Control.Pseudowires.ControlWord[pw] ? "on" : "off");
            Output.Text("    packet totals: receive ").Unsigned((uint)record[r + PseudowireTable.FramesOut]).Text(", send ").Unsigned((uint)record[r + PseudowireTable.FramesIn]).Line();
            Output.Text("    byte totals:   receive ").Unsigned((uint)record[r + PseudowireTable.OctetsOut]).Text(", send ").Unsigned((uint)record[r + PseudowireTable.OctetsIn]).Line();
        }

        public void Bill(RamBill bill)
        {
            bill.Object(2);
            BillShared(bill);
        }
    }
}
