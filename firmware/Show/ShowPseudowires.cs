using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show xconnect all</c> and <c>show mpls l2transport vc [detail]</c>: also the xconnects that have no labels yet.</summary>
    public sealed class ShowPseudowires : Show
    {

        public ShowPseudowires(ShowRequest request)
            : base(request)
        {
        }

        public override bool Step()
        {
            if (Request.Phase == 0)
            {
                PutHead();
                Next();
                return true;
            }
            ConfigurationModel model = Request.Configuration.Running;
            while (Request.Row < model.Ports && (model.Interfaces[Request.Row * ConfigurationModel.InterfaceStride + ConfigurationModel.Flags] & ConfigurationModel.Xconnect) == 0)
            {
                Request.Row++;
            }
            if (Request.Row >= model.Ports)
            {
                return CircuitStep(model.Layer2);
            }
            int r = Request.Row * ConfigurationModel.InterfaceStride;
            uint peer = (uint)model.Interfaces[r + ConfigurationModel.Peer];
            uint vcId = (uint)model.Interfaces[r + ConfigurationModel.VcId];
            int pw = Control.Pseudowires.OfPort(Request.Row);
            bool up = pw != PseudowireTable.None && Tables.Pseudowires.IsUp(pw);
            if (!Request.HasNumber || vcId == Request.Number)
            {
                Put(Request.Row, 0, peer, vcId, pw, up);
            }
            Request.Row++;
            return true;
        }

        // Then the pseudowires of service instances and bridge domains.
        private bool CircuitStep(Layer2Model model)
        {
            int circuit = Request.Row - Request.Configuration.Running.Ports;
            while (circuit < model.CircuitCount && (model.Circuits[circuit * Layer2Model.CircuitStride + Layer2Model.Flags] & ConfigurationModel.Xconnect) == 0)
            {
                circuit++;
            }
            Request.Row = circuit + 1 + Request.Configuration.Running.Ports;
            if (circuit >= model.CircuitCount)
            {
                return false;
            }
            int r = circuit * Layer2Model.CircuitStride;
            uint peer = (uint)model.Circuits[r + Layer2Model.Peer];
            uint vcId = (uint)model.Circuits[r + Layer2Model.VcId];
            if (Request.HasNumber && vcId != Request.Number)
            {
                return true;
            }
            int pw = Control.Pseudowires.Find(peer, vcId);
            int key = model.Circuits[r];
            Put(Layer2Model.IsWire(key) ? -1 : Layer2Model.PortOf(key), Layer2Model.NumberOf(key), peer, vcId, pw, pw != PseudowireTable.None && Tables.Pseudowires.IsUp(pw));
            return true;
        }

        // port: -1 = a bridge domain, number; number: 0 = the whole port, else a service instance.
        private void Put(int port, int number, uint peer, uint vcId, int pw, bool up)
        {
            if (Request.Action == CommandTable.ShowXconnect)
            {
                PutXconnect(port, number, peer, vcId, pw, up);
            }
            else if (Request.Detail)
            {
                PutDetail(port, number, peer, vcId, pw, up);
            }
            else
            {
                PutCircuit(port, number).To(15).Text(port < 0 ? "Bridge domain" : number != 0 ? "Ethernet service" : "Ethernet").To(42).Address(peer).To(58).Unsigned(vcId).To(69)
                    .Line(up ? "UP" : port < 0 || Control.IsEnabled(port) ? "DOWN" : "ADMIN DOWN");
                PutWhy(pw, up);
            }
        }

        private TextBuffer PutCircuit(int port, int number)
        {
            if (port < 0)
            {
                return Output.Text("BD").Number(number);
            }
            Name(port);
            return number == 0 ? Output : Output.Text(".EFP").Number(number);
        }

        private void PutHead()
        {
            if (Request.Action == CommandTable.ShowXconnect)
            {
                Output.Line("Legend: XC ST=Xconnect State  S1=Segment1 State  S2=Segment2 State");
                Output.Line("        UP=Up  DN=Down  AD=Admin Down").Line();
                Output.Line("XC ST  Segment 1                         S1 Segment 2                         S2");
                Output.Line("------+---------------------------------+--+---------------------------------+--");
            }
            else if (!Request.Detail)
            {
                Output.Line("Local intf     Local circuit              Dest address    VC ID      Status");
                Output.Line("-------------  -------------------------- --------------- ---------- ----------");
            }
        }

        // Why it is down, or what it does not carry.
        private void PutWhy(int pw, bool up)
        {
            if (pw == PseudowireTable.None)
            {
                Output.Text("       down: ").Line(Reason.Text(Reason.NoLabelsConfigured));
            }
            else if (Control.Diagnosis.OfPseudowire(pw) != Reason.None)
            {
                PutReason(up ? "       " : "       down: ");
                Output.Line();
            }
        }

        private void PutXconnect(int port, int number, uint peer, uint vcId, int pw, bool up)
        {
            string circuit = port < 0 ? "UP" : !Control.IsEnabled(port) ? "AD" : Control.IsUp(port) ? "UP" : "DN";
            Output.Text(up ? "UP" : "DN").Text(" pri").To(9).Text(port < 0 ? "bd " : "ac ");
            PutCircuit(port, number).Text(port < 0 ? "(Bridge domain)" : "(Ethernet)").To(41).Text(circuit).Text(" mpls ").Address(peer).Put(':');
            Output.Unsigned(vcId).To(78).Line(up ? "UP" : "DN");
            PutWhy(pw, up);
            if (Request.Detail && pw != PseudowireTable.None)
            {
                Output.Text("         Local VC label ").Number(Control.Pseudowires.LocalLabel[pw]).Line();
                Output.Text("         Remote VC label ").Number(Control.Pseudowires.RemoteLabel[pw]).Line();
                Output.Text("         Control word ").Line((Control.Pseudowires.ModeFlags[pw] & PseudowireTable.ControlWord) != 0 ? "on" : "off");
            }
        }

        private void PutDetail(int port, int number, uint peer, uint vcId, int pw, bool up)
        {
            Output.Text("Local interface: ");
            PutCircuit(port, number).Text(" ").Text(port < 0 ? "up" : AdministrativeState(port)).Line(port < 0 ? ", Bridge domain" : ", Ethernet");
            Output.Text("  Destination address: ").Address(peer).Text(", VC ID: ").Unsigned(vcId).Text(", VC status: ").Line(up ? "up" : "down");
            PutWhy(pw, up);
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
                Name(PortOfPath(path)).Text(", imposed label stack {");
                PutLabels(path, ' ');
                Output.Line("}");
            }
            Output.Text("    MPLS VC labels: local ").Number(Control.Pseudowires.LocalLabel[pw]).Text(", remote ").Number(Control.Pseudowires.RemoteLabel[pw]).Line();
            int mode = Control.Pseudowires.ModeFlags[pw];
            Output.Text("    Signaling protocol: Manual, control word: ").Line((mode & PseudowireTable.ControlWord) != 0 ? "on" : "off");
            if ((mode & ~PseudowireTable.ControlWord) != 0)
            {
                Output.Text("    VC type: ").Text((mode & PseudowireTable.Tagged) != 0 ? "vlan" : "ethernet").Text(", sequencing: ").Text((mode & PseudowireTable.SequenceSend) != 0 ? "on" : "off")
                    .Text(", flow label: ").Text((mode & PseudowireTable.FlowLabelSend) != 0 ? "on" : "off").Text(", fragmentation: ")
                    .Line((mode & PseudowireTable.FragmentSend) != 0 ? "on" : "off");
            }
            Output.Text("    packet totals: receive ").Unsigned((uint)record[r + PseudowireTable.FramesOut]).Text(", send ").Unsigned((uint)record[r + PseudowireTable.FramesIn]).Line();
            Output.Text("    byte totals:   receive ").Unsigned((uint)record[r + PseudowireTable.OctetsOut]).Text(", send ").Unsigned((uint)record[r + PseudowireTable.OctetsIn]).Line();
        }

        public void Bill(RamBill bill)
        {
            bill.Object(0);
            BillShared(bill);
        }
    }
}
