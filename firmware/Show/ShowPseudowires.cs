using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show xconnect all</c> and <c>show mpls l2transport vc [detail]</c>: also the xconnects that have no labels yet; and what the far end said where LDP signals.</summary>
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
            if (Request.HasNumber && vcId != Request.Number)
            {
                Request.Row++;
                return true;
            }
            Put(Request.Row, 0, peer, vcId, pw, up);
            Advance(Request.Row + 1);
            return true;
        }

        // On to a row when that in hand is written: its details take more steps than one.
        private void Advance(int row)
        {
            if (Request.Item == 0)
            {
                Request.Row = row;
            }
        }

        // Then the pseudowires of service instances and bridge domains.
        private bool CircuitStep(Layer2Model model)
        {
            int circuit = Request.Row - Request.Configuration.Running.Ports;
            while (circuit < model.CircuitCount && (model.Circuits[circuit * Layer2Model.CircuitStride + Layer2Model.Flags] & ConfigurationModel.Xconnect) == 0)
            {
                circuit++;
            }
            Request.Row = circuit + Request.Configuration.Running.Ports;
            if (circuit >= model.CircuitCount)
            {
                return false;
            }
            int r = circuit * Layer2Model.CircuitStride;
            uint peer = (uint)model.Circuits[r + Layer2Model.Peer];
            uint vcId = (uint)model.Circuits[r + Layer2Model.VcId];
            if (Request.HasNumber && vcId != Request.Number)
            {
                Request.Row++;
                return true;
            }
            int pw = Control.Pseudowires.Find(peer, vcId);
            int key = model.Circuits[r];
            Put(Layer2Model.IsWire(key) ? -1 : Layer2Model.PortOf(key), Layer2Model.NumberOf(key), peer, vcId, pw, pw != PseudowireTable.None && Tables.Pseudowires.IsUp(pw));
            Advance(Request.Row + 1);
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
                if (Request.Item == 0)
                {
                    PutDetail(port, number, peer, vcId, pw, up);
                    Request.Item = pw == PseudowireTable.None ? 0 : 1;
                }
                else if (Request.Item++ == 1)
                {
                    PutVc(pw, peer);
                }
                else
                {
                    PutTotals(pw);
                    Request.Item = 0;
                }
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
                PutLabel("         Local VC label ", Control.Pseudowires.LocalLabel[pw]).Line();
                PutLabel("         Remote VC label ", Control.Pseudowires.RemoteLabel[pw]).Line();
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
        }

        private void PutTotals(int pw)
        {
            int r = pw * PseudowireTable.Stride;
            int[] record = Tables.Pseudowires.Record;
            int mode = Control.Pseudowires.ModeFlags[pw];
            if ((mode & ~PseudowireTable.ControlWord) != 0)
            {
                Output.Text("    VC type: ").Text((mode & PseudowireTable.Tagged) != 0 ? "vlan" : "ethernet").Text(", sequencing: ").Text((mode & PseudowireTable.SequenceSend) != 0 ? "on" : "off")
                    .Text(", flow label: ").Text((mode & PseudowireTable.FlowLabelSend) != 0 ? "on" : "off").Text(", fragmentation: ")
                    .Line((mode & PseudowireTable.FragmentSend) != 0 ? "on" : "off");
            }
            Output.Text("    packet totals: receive ").Unsigned((uint)record[r + PseudowireTable.FramesOut]).Text(", send ").Unsigned((uint)record[r + PseudowireTable.FramesIn]).Line();
            Output.Text("    byte totals:   receive ").Unsigned((uint)record[r + PseudowireTable.OctetsOut]).Text(", send ").Unsigned((uint)record[r + PseudowireTable.OctetsIn]).Line();
        }

        private void PutVc(int pw, uint peer)
        {
            PutLabel("    MPLS VC labels: local ", Control.Pseudowires.LocalLabel[pw]);
            PutLabel(", remote ", Control.Pseudowires.RemoteLabel[pw]).Line();
            int mode = Control.Pseudowires.ModeFlags[pw];
            if (Control.Pseudowires.Requests.IsAsked(pw))
            {
                PutSignalling(pw, peer);
            }
            else
            {
                Output.Text("    Signaling protocol: Manual, control word: ").Line((mode & PseudowireTable.ControlWord) != 0 ? "on" : "off");
            }
        }

        private TextBuffer PutLabel(string word, int label)
        {
            return label == 0 ? Output.Text(word).Text("unassigned") : Output.Text(word).Number(label);
        }

        // RFC 8077: what each end said.
        private void PutSignalling(int pw, uint peer)
        {
            PseudowireRequests requests = Control.Pseudowires.Requests;
            int r = pw * PseudowireRequests.Stride;
            int type = requests.Record[r + PseudowireRequests.RemoteType];
            Output.Text("    Signaling protocol: LDP, peer ").Address(peer).Line();
            Output.Text("    Control word: ").Text((Control.Pseudowires.ModeFlags[pw] & PseudowireTable.ControlWord) != 0 ? "on" : "off").Text(" (configured: ")
                .Text((Control.Pseudowires.WantedFlags[pw] & PseudowireTable.ControlWord) != 0 ? "on" : "off").Text(", remote: ")
                .Text(type == 0 ? "-" : requests.Has(pw, PseudowireRequests.RemoteWord) ? "on" : "off").Line(")");
            Output.Text("    MTU: local ").Number(requests.Record[r + PseudowireRequests.LocalMtu]).Text(", remote ");
            if (type == 0)
            {
                Output.Line("unknown");
            }
            else
            {
                Output.Number(requests.Record[r + PseudowireRequests.RemoteMtu]).Text("; Group ID: remote ").Unsigned((uint)requests.Record[r + PseudowireRequests.RemoteGroup]).Line();
            }
            Output.Text("    Status TLV support (local/remote): enabled/").Line(type == 0 ? "unknown" : requests.Has(pw, PseudowireRequests.StatusKnown) ? "supported" : "not supported");
            Output.Text("    Status sent: ").Text(PseudowireStatus.Text(requests.Record[r + PseudowireRequests.LocalStatus])).Text(", received: ")
                .Line(type == 0 ? "-" : PseudowireStatus.Text(requests.Record[r + PseudowireRequests.RemoteStatus]));
        }

        public void Bill(RamBill bill)
        {
            bill.Object(0);
            BillShared(bill);
        }
    }
}
