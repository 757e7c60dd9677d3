using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show mpls forwarding-table | interfaces | static binding | label range</c>.</summary>
    public sealed class ShowMpls : Show
    {
        // Labels looked at in one step.
        private const int LabelsPerStep = 256;


        // The label whose members are being written; -1: none.
        private int _label;

        public ShowMpls(ShowRequest request)
            : base(request)
        {
        }

        public override bool Step()
        {
            switch (Request.Action)
            {
                case CommandTable.ShowMplsForwarding: return ForwardingStep();
                case CommandTable.ShowMplsInterfaces: return InterfaceStep();
                case CommandTable.ShowMplsBinding: return BindingStep();
                default:
                    Output.Text("Downstream Generic label region: Min/Max label: ").Number(Control.Labels.Min).Put('/');
                    Output.Number(Control.Labels.Max).Line();
                    if (Control.Labels.StaticMin != 0)
                    {
                        Output.Text("Range for static labels: Min/Max label: ").Number(Control.Labels.StaticMin).Put('/');
                        Output.Number(Control.Labels.StaticMax).Line();
                    }
                    return false;
            }
        }

        // ---- show mpls forwarding-table: a label, then its ways one by one

        private bool ForwardingStep()
        {
            if (Request.Phase == 0)
            {
                Output.Line("Local      Outgoing   Prefix           Outgoing   Next Hop");
                Output.Line("Label      Label      or Tunnel Id     interface");
                _label = -1;
                Next();
                return true;
            }
            if (_label >= 0)
            {
                PutMember();
                return true;
            }
            for (int i = 0; i < LabelsPerStep; i++)
            {
                if (Request.Row >= Tables.Labels.Handle.Length)
                {
                    return false;
                }
                int label = Tables.Labels.First + Request.Row++;
                int owner = Control.Labels.OwnerOf(label);
                if (owner != LabelOwner.None && IsWanted(label))
                {
                    BeginLabel(label, owner);
                    return true;
                }
            }
            return true;
        }

        private bool IsWanted(int label)
        {
            if (Request.HasNumber && label != (int)Request.Number)
            {
                return false;
            }
            if (Request.Only < 0 && Request.Bits < 0)
            {
                return true;
            }
            int binding = FindInput(label);
            return binding >= 0 && (Request.Only < 0 || Control.Bindings.Vrf[binding] == Request.Only)
                && (Request.Bits < 0 || (Control.Bindings.Prefix[binding] == Request.Address && Control.Bindings.Bits[binding] == Request.Bits));
        }

        // A label without paths is one line, perhaps with details; one with paths is taken up member by member.
        private void BeginLabel(int label, int owner)
        {
            if (owner == LabelOwner.StaticPseudowire || owner == LabelOwner.LdpPseudowire)
            {
                PutPseudowireRow(label);
                return;
            }
            int handle = Tables.Labels.Handle[label - Tables.Labels.First] & ~ForwardingHandle.ScopeMask;
            if (Members(handle) != 0)
            {
                _label = label;
                Request.Item = 0;
                PutMember();
                return;
            }
            int binding = FindInput(label);
            bool ours = ForwardingHandle.Kind(handle) == ForwardingHandle.Local;
            PutLocal(label, 0);
            Output.Text(ours ? "Pop Label" : "No Label");
            PutFec(binding);
            if (ours)
            {
                Output.Line("receive");
            }
            else if (ForwardingHandle.Kind(handle) == ForwardingHandle.Vrf)
            {
                int vrf = ForwardingHandle.Index(handle);
                Output.Text("aggregate").Text(vrf == 0 ? "" : "/").Line(vrf == 0 ? "" : Tables.Vrfs.NameOf(vrf));
            }
            else
            {
                Output.Text("drop: ");
                PutWhyNot(binding);
                Output.Line();
            }
            PutOwner(owner, "");
        }

        private void PutWhyNot(int binding)
        {
            if (binding >= 0 && Control.Diagnosis.OfBinding(binding) != Reason.None)
            {
                PutReason("");
            }
            else
            {
                Output.Text(Control.IsSettled ? "not programmed" : Reason.Text(Reason.Pending));
            }
        }

        private void PutOwner(int owner, string more)
        {
            if (Request.Detail)
            {
                Output.Text("        Owner: ").Text(LabelOwner.Name(owner)).Line(more);
            }
        }

        private void PutMember()
        {
            int label = _label;
            int handle = Tables.Labels.Handle[label - Tables.Labels.First] & ~ForwardingHandle.ScopeMask;
            if (Request.Item >= Members(handle))
            {
                _label = -1;
                return;
            }
            int binding = FindInput(label);
            int member = Member(handle, Request.Item);
            bool pops = ForwardingHandle.Kind(member) == ForwardingHandle.PathPair;
            int path = ForwardingHandle.Index(member);
            PutLocal(label, Request.Item++);
            if (pops)
            {
                Output.Text("Pop Label");
            }
            else if (PutLabels(path, '/') == 0)
            {
                Output.Text("No Label");
            }
            PutFec(binding);
            Name(PortOfPath(path)).To(50);
            if (!PutNeighbor(TransportOf(path)))
            {
                PutUnresolved(TransportOf(path), " drop: ");
            }
            Output.Line();
            if (Request.Detail)
            {
                PutEncapsulation(path, pops);
                bool uniform = (Tables.Paths.Record[path * PathTable.Stride + PathTable.Transport] & PathTable.Uniform) != 0;
                PutOwner(Control.Labels.OwnerOf(label), pops ? "" : uniform ? ", TTL uniform" : ", TTL pipe");
                PutMessage(binding, TransportOf(path));
            }
        }

        // The message by which the next hop's label came, as the protocol that took it says.
        private void PutMessage(int binding, int transport)
        {
            int n = binding < 0 ? -1 : Control.Diagnosis.NeighborOf(transport);
            int output = n < 0 ? LabelBindings.None : Control.Bindings.FindOutput(Control.Bindings.Prefix[binding], Control.Bindings.Bits[binding], Request.Host.Neighbors.AddressOf(n));
            if (output == LabelBindings.None || Control.Bindings.Owner[output] == LabelOwner.Static)
            {
                return;
            }
            RowOrigin origin = new RowOrigin();
            for (int i = 0; i < Control.RowOwners.Length; i++)
            {
                if (Control.RowOwners[i].OriginOfBinding(output, origin))
                {
                    Output.Text("        From: ").Text(origin.Text).Text(", from ").Address(origin.Sender).Text(" at ").Unsigned(origin.TimeMs / 1000).Line(" s");
                    return;
                }
            }
        }

        // Nobody counts by label: what the next hop's transport has sent is what is known.
        private void PutEncapsulation(int path, bool pops)
        {
            int transport = TransportOf(path);
            int r = transport * TransportTable.Stride;
            int[] record = Tables.Transports.Record;
            int length = record[r + TransportTable.Length];
            if (length == 0)
            {
                return;
            }
            int service = pops ? 0 : Tables.Paths.Record[path * PathTable.Stride + PathTable.Service];
            int pushed = service == 0 ? 0 : LabelStackEntry.Length;
            Output.Text("        MAC/Encaps=").Number(length - record[r + TransportTable.LabelCount] * LabelStackEntry.Length).Put('/');
            Output.Number(length + pushed).Text(", MRU=").Number(Tables.Transports.RoomOf(transport) + (pops ? LabelStackEntry.Length : 0)).Text(", Label Stack{");
            if (!pops)
            {
                PutLabels(path, ' ');
            }
            Output.Line("}").Text("        ");
            for (int i = Tables.Transports.ReadyEnd(transport) - length; i < Tables.Transports.ReadyEnd(transport); i++)
            {
                Output.Hex(Tables.Transports.Ready[i]);
            }
            for (int shift = 24; pushed != 0 && shift >= 0; shift -= 8)
            {
                Output.Hex((service >> shift) & 255);
            }
            Output.Line().Text("        To this next hop, whatever the label: ").Unsigned((uint)record[r + TransportTable.Frames]).Text(" packets, ")
                .Unsigned((uint)record[r + TransportTable.Octets]).Line(" bytes");
        }

        private void PutLocal(int label, int member)
        {
            if (member == 0)
            {
                Output.Number(label);
            }
            Output.To(11);
        }

        private void PutFec(int binding)
        {
            Output.To(22);
            if (binding >= 0)
            {
                Output.Prefix(Control.Bindings.Prefix[binding], Control.Bindings.Bits[binding]).Text(Control.Bindings.Vrf[binding] == 0 ? "" : "[V]");
            }
            Output.To(39);
        }

        private int FindInput(int label)
        {
            for (int b = 0; b < Control.Bindings.High; b++)
            {
                if (Control.Bindings.Kind[b] == LabelBindings.Input && Control.Bindings.Label[b] == label)
                {
                    return b;
                }
            }
            return -1;
        }

        private void PutPseudowireRow(int label)
        {
            for (int pw = 0; pw < Control.Pseudowires.Count; pw++)
            {
                if (Control.Pseudowires.IsUsed(pw) && Control.Pseudowires.LocalLabel[pw] == label)
                {
                    PutLocal(label, 0);
                    Output.Text("No Label").To(22).Text("l2ckt(").Unsigned(Control.Pseudowires.VcId[pw]).Put(')');
                    Output.To(39);
                    if (Control.Pseudowires.PortOf(pw) >= 0)
                    {
                        Name(Control.Pseudowires.PortOf(pw)).To(50).Text("point2point");
                    }
                    else
                    {
                        Output.Text("bridge").To(50).Text("multipoint");
                    }
                    if (Control.Diagnosis.OfPseudowire(pw) != Reason.CoreMtuTooSmall)
                    {
                        PutReason("  down: ");
                    }
                    Output.Line();
                    PutOwner(Control.Labels.OwnerOf(label), "");
                    if (Request.Detail)
                    {
                        int r = pw * PseudowireTable.Stride;
                        Output.Text("        Switched by this label: ").Unsigned((uint)Tables.Pseudowires.Record[r + PseudowireTable.FramesOut]).Text(" packets, ")
                            .Unsigned((uint)Tables.Pseudowires.Record[r + PseudowireTable.OctetsOut]).Line(" bytes");
                    }
                    return;
                }
            }
        }

        // ---- show mpls interfaces

        private bool InterfaceStep()
        {
            if (Request.Phase == 0)
            {
                if (!Request.Detail)
                {
                    Output.Line("Interface              IP            Tunnel   BGP Static Operational");
                }
                Next();
                return true;
            }
            while (Request.Row < Tables.Ports.Count && !(Host.Interfaces.Name[Request.Row] != null && Control.IsMpls(Request.Row) && (Request.Only < 0 || Request.Row == Request.Only)))
            {
                Request.Row++;
            }
            if (Request.Row >= Tables.Ports.Count)
            {
                return false;
            }
            if (Request.Detail)
            {
                PutInterface();
                Request.Row++;
                return true;
            }
            Name(Request.Row).To(23).Text("Yes").To(37).Text("No").To(46).Text("No").To(50).Text("Yes").To(57).Text(Control.IsUp(Request.Row) ? "Yes" : "No");
            if (Control.Diagnosis.OfInterface(Request.Row) != Reason.None)
            {
                Output.Text(" (").Text(Reason.Text(Control.Diagnosis.Code)).Put(')');
            }
            Output.Line();
            Request.Row++;
            return true;
        }

        private void PutInterface()
        {
            Output.Text("Interface ");
            Name(Request.Row).Line(":").Line("        IP labeling enabled (static):").Line("          Interface config");
            Output.Line("        LSP Tunnel labeling not enabled").Line("        BGP labeling not enabled").Text("        MPLS ").Text(Control.IsUp(Request.Row) ? "operational" : "not operational");
            Control.Diagnosis.OfInterface(Request.Row);
            PutReason(": ");
            Output.Line().Text("        MTU = ").Number(Tables.Ports.MtuOf(Request.Row)).Line();
        }

        // ---- show mpls static binding

        private bool BindingStep()
        {
            ConfigurationModel model = Request.Configuration.Running;
            if (Request.Row >= model.BindingCount)
            {
                return false;
            }
            int r = Request.Row * ConfigurationModel.BindingStride;
            int table = model.Bindings[r];
            uint prefix = (uint)model.Bindings[r + ConfigurationModel.Prefix];
            uint nextHop = (uint)model.Bindings[r + ConfigurationModel.NextHop];
            bool first = Request.Row == 0 || model.Bindings[r - ConfigurationModel.BindingStride] != table
                || (uint)model.Bindings[r - ConfigurationModel.BindingStride + ConfigurationModel.Prefix] != prefix;
            bool firstOutput = nextHop != 0 && (first || model.Bindings[r - ConfigurationModel.BindingStride + ConfigurationModel.NextHop] == 0);
            if (first)
            {
                Output.Prefix(prefix, table & 255);
                if (table >> 8 != 0)
                {
                    Output.Text(" (vrf: ").Text(Request.Configuration.Vrfs.NameOf(table >> 8)).Put(')');
                }
                Output.Text(": Incoming label: ");
                if (nextHop != 0)
                {
                    Output.Line("none");
                }
                else
                {
                    Output.Number(model.Bindings[r + ConfigurationModel.BindingLabel]);
                    int binding = FindInput(model.Bindings[r + ConfigurationModel.BindingLabel]);
                    Output.Text(" (");
                    if (binding >= 0 && Control.StaticLabels.IsInForce(binding))
                    {
                        Output.Text(Control.StaticLabels.StateText(binding));
                    }
                    else
                    {
                        PutWhyNot(binding);
                    }
                    Output.Line(")");
                }
            }
            if (firstOutput)
            {
                Output.Line("  Outgoing labels:");
            }
            if (nextHop != 0)
            {
                int label = model.Bindings[r + ConfigurationModel.BindingLabel];
                Output.Text("     ").Address(nextHop).To(21);
                if (label == LabelStackEntry.ImplicitNull || label == LabelStackEntry.ExplicitNullIpv4)
                {
                    Output.Line(label == LabelStackEntry.ImplicitNull ? "implicit-null" : "explicit-null");
                }
                else
                {
                    Output.Number(label).Line();
                }
            }
            Request.Row++;
            return true;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(1);
            BillShared(bill);
        }
    }
}
