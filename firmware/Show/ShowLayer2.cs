using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show bridge-domain</c>, <c>show mac address-table</c> and <c>show ethernet service instance</c>.</summary>
    public sealed class ShowLayer2 : Show
    {
        private const int Head = 0;
        private const int Domain = 0;
        private const int MembersOf = 1;
        private const int Addresses = 2;


        public ShowLayer2(ShowRequest request)
            : base(request)
        {
        }

        public override bool Step()
        {
            switch (Request.Action)
            {
                case CommandTable.ShowBridge: return BridgeStep();
                case CommandTable.ShowMac: return MacStep();
                default: return InstanceStep();
            }
        }

        // ---- show bridge-domain: a domain, its members, its addresses

        private bool BridgeStep()
        {
            Layer2Model model = Request.Configuration.Running.Layer2;
            switch (Request.Phase)
            {
                case Domain:
                    while (Request.Only >= 0 && Request.Row < model.BridgeCount && model.Bridges[Request.Row * Layer2Model.BridgeStride] != Request.Only)
                    {
                        Request.Row++;
                    }
                    if (Request.Row >= model.BridgeCount)
                    {
                        return false;
                    }
                    PutDomain(model, model.Bridges[Request.Row * Layer2Model.BridgeStride]);
                    Request.Item = Request.Row;
                    Next();
                    return true;
                case MembersOf:
                    return MemberStep(model, model.Bridges[Request.Item * Layer2Model.BridgeStride]);
                default:
                    if (AddressStep(Control.Services.FindBridge(model.Bridges[Request.Item * Layer2Model.BridgeStride])))
                    {
                        return true;
                    }
                    Output.Line();
                    Request.Phase = Domain;
                    Request.Row = Request.Item + 1;
                    return true;
            }
        }

        private void PutDomain(Layer2Model model, int number)
        {
            int domain = Control.Services.FindBridge(number);
            int r = domain * BridgeTable.Stride;
            int[] record = Tables.Bridges.Record;
            Output.Text("Bridge-domain ").Number(number).Text(" (").Number(model.CountMembers(number)).Line(" members in all)");
            Output.Text("State: UP").To(40).Line("Mac learning: Enabled");
            Output.Text("Aging-Timer: ").Number(record[r + BridgeTable.Age] / 1000).Text(" second(s)").To(40).Text("Maximum address limit: ")
                .Number(record[r + BridgeTable.MacLimit]).Line();
            Output.Text("Frames flooded: ").Unsigned((uint)record[r + BridgeTable.Floods]).Text(", copies not sent: ").Unsigned((uint)record[r + BridgeTable.Unsent])
                .Text(", addresses moved: ").Unsigned((uint)record[r + BridgeTable.Moves]).Text(", not learnt: ").Unsigned((uint)record[r + BridgeTable.NotLearnt]).Line();
        }

        private bool MemberStep(Layer2Model model, int number)
        {
            while (Request.Row < model.CircuitCount && model.Circuits[Request.Row * Layer2Model.CircuitStride + Layer2Model.Bridge] >> 4 != number)
            {
                Request.Row++;
            }
            if (Request.Row >= model.CircuitCount)
            {
                Next();
                Output.Line("   MAC address      Age  Member");
                return true;
            }
            int r = Request.Row * Layer2Model.CircuitStride;
            int key = model.Circuits[r];
            Output.Text("    ");
            if (Layer2Model.IsWire(key))
            {
                uint peer = (uint)model.Circuits[r + Layer2Model.Peer];
                uint vcId = (uint)model.Circuits[r + Layer2Model.VcId];
                int pw = Control.Pseudowires.Find(peer, vcId);
                Output.Text("pseudowire ").Address(peer).Put(':');
                Output.Unsigned(vcId);
                PutGroup(model.Circuits[r + Layer2Model.Bridge]);
                Output.To(56).Text(pw != PseudowireTable.None && Tables.Pseudowires.IsUp(pw) ? "up" : "down");
                if (pw == PseudowireTable.None)
                {
                    Output.Text(": ").Text(Reason.Text(Reason.NoLabelsConfigured));
                }
                else if (Control.Diagnosis.OfPseudowire(pw) != Reason.CoreMtuTooSmall)
                {
                    PutReason(": ");
                }
                Output.Line();
            }
            else
            {
                Name(Layer2Model.PortOf(key)).Text(" service instance ").Number(Layer2Model.NumberOf(key));
                PutGroup(model.Circuits[r + Layer2Model.Bridge]);
                bool made = Control.Instances.Find(Layer2Model.PortOf(key), Layer2Model.NumberOf(key)) >= 0;
                Output.To(56).Text(made && Control.IsUp(Layer2Model.PortOf(key)) ? "up" : "down");
                Control.Diagnosis.OfInterface(Layer2Model.PortOf(key));
                PutReason(": ");
                Output.Line(made ? "" : ": no encapsulation");
            }
            Request.Row++;
            return true;
        }

        private void PutGroup(int bridge)
        {
            if ((bridge & 15) != 0)
            {
                Output.Text(" (split-horizon group ").Number(bridge & 15).Text(")");
            }
        }

        // Writes the next learnt address of a domain (-1: of any), or a hundred free slots; false when there is none.
        private bool AddressStep(int domain)
        {
            MacTable macs = Tables.Bridges.Macs;
            for (int visits = 0; visits < 100 && Request.Row < macs.Slots; visits++)
            {
                int row = Request.Row++ * MacTable.Stride;
                if (macs.Record[row + MacTable.Key] != 0 && (domain < 0 || macs.DomainAt(row) == domain))
                {
                    PutAddress(macs.Record, row, domain < 0 ? Control.Services.NumberOf(macs.DomainAt(row)) : 0);
                    return true;
                }
            }
            return Request.Row < macs.Slots;
        }

        private void PutAddress(int[] record, int row, int number)
        {
            if (number != 0)
            {
                Output.Number(number).To(8);
            }
            else
            {
                Output.Text("   ");
            }
            Octets.WriteInt32(Request.Octets, 0, record[row + MacTable.High]);
            Octets.WriteUInt16(Request.Octets, 4, record[row + MacTable.Key] & 0xFFFF);
            int age = ((int)Tables.Now - record[row + MacTable.Stamp]) / 1000;
            Output.Hardware(Request.Octets, 0).To(number != 0 ? 24 : 20).Number(age).To(number != 0 ? 32 : 25);
            int member = record[row + MacTable.Member];
            int index = ForwardingHandle.Index(member);
            if ((member & ForwardingHandle.KindMask) == ForwardingHandle.Attachment)
            {
                Name(Control.Instances.PortOf(index)).Text(".EFP").Number(Control.Instances.NumberOf(index)).Line();
                return;
            }
            Output.Text("pseudowire ").Address(Control.Pseudowires.Peer[index]).Put(':');
            Output.Unsigned(Control.Pseudowires.VcId[index]).Line();
        }

        // ---- show mac address-table

        private bool MacStep()
        {
            if (Request.Phase == Head)
            {
                Output.Line("BD      MAC address     Age(s)  Member");
                Next();
                return true;
            }
            if (AddressStep(-1))
            {
                return true;
            }
            Output.Text("Total MAC addresses: ").Number(Tables.Bridges.Macs.Count).Line();
            return false;
        }

        // ---- show ethernet service instance

        private bool InstanceStep()
        {
            Layer2Model model = Request.Configuration.Running.Layer2;
            if (Request.Phase == Head)
            {
                Output.Line("Instance  Interface      State  Encapsulation                 Service                       Frames in/out, octets in/out");
                Next();
                return true;
            }
            if (Request.Row >= model.CountInstances())
            {
                return false;
            }
            int r = Request.Row * Layer2Model.CircuitStride;
            int key = model.Circuits[r];
            int attachment = Control.Instances.Find(Layer2Model.PortOf(key), Layer2Model.NumberOf(key));
            Output.Number(Layer2Model.NumberOf(key)).To(10);
            Name(Layer2Model.PortOf(key)).To(25).Text(!Control.IsEnabled(Layer2Model.PortOf(key)) ? "Admin" : attachment >= 0 && Control.IsUp(Layer2Model.PortOf(key)) ? "Up" : "Down").To(32);
            ConfigurationWriter.PutEncapsulation(Output, model.Circuits[r + Layer2Model.Flags], model.Circuits[r + Layer2Model.Vlans]);
            PutService(model, r, key);
            if (attachment >= 0)
            {
                int at = attachment * AttachmentTable.Stride;
                int[] record = Tables.Attachments.Record;
                Output.To(92).Unsigned((uint)record[at + AttachmentTable.FramesIn]).Put('/');
                Output.Unsigned((uint)record[at + AttachmentTable.FramesOut]).Text(", ").Unsigned((uint)record[at + AttachmentTable.OctetsIn]).Put('/');
                Output.Unsigned((uint)record[at + AttachmentTable.OctetsOut]);
            }
            Output.Line();
            Request.Row++;
            return true;
        }

        private void PutService(Layer2Model model, int r, int key)
        {
            Output.To(62);
            int join = model.FindJoin(key);
            if (model.Circuits[r + Layer2Model.Bridge] != 0)
            {
                Output.Text("bridge-domain ").Number(model.Circuits[r + Layer2Model.Bridge] >> 4);
            }
            else if ((model.Circuits[r + Layer2Model.Flags] & ConfigurationModel.Xconnect) != 0)
            {
                Output.Text("xconnect ").Address((uint)model.Circuits[r + Layer2Model.Peer]).Put(':');
                Output.Unsigned((uint)model.Circuits[r + Layer2Model.VcId]);
            }
            else if (join >= 0)
            {
                int other = model.Joins[join * Layer2Model.JoinStride] == key ? model.Joins[join * Layer2Model.JoinStride + Layer2Model.OtherKey] : model.Joins[join * Layer2Model.JoinStride];
                Output.Text("connect ");
                Name(Layer2Model.PortOf(other)).Text(" ").Number(Layer2Model.NumberOf(other));
            }
            else
            {
                Output.Text("none");
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(0);
            BillShared(bill);
        }
    }
}
