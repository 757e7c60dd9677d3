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
        private readonly RouterConfiguration _configuration;

        public ShowMpls(ControlModule control, HostStack host, Tables tables, TextBuffer output, RouterConfiguration configuration)
            : base(control, host, tables, output)
        {
            _configuration = configuration;
        }

        public override bool Step()
        {
            switch (Action)
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

        // ---- show mpls forwarding-table

        private bool ForwardingStep()
        {
            if (Phase == 0)
            {
                Output.Line("Local      Outgoing   Prefix           Outgoing   Next Hop");
                Output.Line("Label      Label      or Tunnel Id     interface");
                Next();
                return true;
            }
            for (int i = 0; i < LabelsPerStep; i++)
            {
                if (Row >= Tables.Labels.Handle.Length)
                {
                    return false;
                }
                int label = Tables.Labels.First + Row++;
                int owner = Control.Labels.OwnerOf(label);
                if (owner != LabelOwner.None)
                {
                    PutLabelRow(label, owner);
                    return true;
                }
            }
            return true;
        }

        private void PutLabelRow(int label, int owner)
        {
            int handle = Tables.Labels.Handle[label - Tables.Labels.First] & ~ForwardingHandle.ScopeMask;
            if (owner == LabelOwner.StaticPseudowire)
            {
                PutPseudowireRow(label);
                return;
            }
            int binding = FindInput(label);
            int members = Members(handle);
            bool resolved = binding >= 0 && members != 0 && Control.Bindings.Vrf[binding] == 0
                && Control.Resolver.ResolveFec(Control.Bindings.Prefix[binding], Control.Bindings.Bits[binding]) == NextHopResolver.Reached;
            for (int k = 0; k < members && Output.Free > 100; k++)
            {
                int member = Member(handle, k);
                int path = ForwardingHandle.Index(member);
                PutLocal(label, k);
                if (ForwardingHandle.Kind(member) == ForwardingHandle.PathPair)
                {
                    Output.Text("Pop Label");
                }
                else
                {
                    PutLabels(path, '/');
                }
                PutFec(binding);
                Name(PortOfPath(ForwardingHandle.Kind(member) == ForwardingHandle.PathPair ? path + 1 : path, resolved)).To(50);
                PutNeighbor(TransportOf(path));
                Output.Line();
            }
            if (members != 0)
            {
                return;
            }
            bool ours = ForwardingHandle.Kind(handle) == ForwardingHandle.Local;
            PutLocal(label, 0);
            Output.Text(ours ? "Pop Label" : "No Label");
            PutFec(binding);
            if (ours)
            {
                Output.Line("receive");
                return;
            }
            if (ForwardingHandle.Kind(handle) == ForwardingHandle.Vrf)
            {
                int vrf = ForwardingHandle.Index(handle);
                Output.Text("aggregate").Text(vrf == 0 ? "" : "/").Line(vrf == 0 ? "" : Tables.Vrfs.NameOf(vrf));
                return;
            }
            Output.Text("drop: ").Line(binding < 0 ? "not programmed" : Control.StaticLabels.StateText(binding));
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
                    Name(Control.Pseudowires.PortOf(pw)).To(50).Line("point2point");
                    return;
                }
            }
        }

        // ---- show mpls interfaces

        private bool InterfaceStep()
        {
            if (Phase == 0)
            {
                Output.Line("Interface              IP            Tunnel   BGP Static Operational");
                Next();
                return true;
            }
            while (Row < Tables.Ports.Count && !(Host.Interfaces.Name[Row] != null && Control.IsMpls(Row)))
            {
                Row++;
            }
            if (Row >= Tables.Ports.Count)
            {
                return false;
            }
            Name(Row).To(23).Text("Yes").To(37).Text("No").To(46).Text("No").To(50).Text("Yes").To(57).Text(Control.IsUp(Row) ? "Yes" : "No");
            if (!Control.IsUp(Row))
            {
                Output.Text(" (").Text(AdministrativeState(Row)).Put(')');
            }
            Output.Line();
            Row++;
            return true;
        }

        // ---- show mpls static binding

        private bool BindingStep()
        {
            ConfigurationModel model = _configuration.Running;
            if (Row >= model.BindingCount)
            {
                return false;
            }
            int r = Row * ConfigurationModel.BindingStride;
            int table = model.Bindings[r];
            uint prefix = (uint)model.Bindings[r + ConfigurationModel.Prefix];
            uint nextHop = (uint)model.Bindings[r + ConfigurationModel.NextHop];
            bool first = Row == 0 || model.Bindings[r - ConfigurationModel.BindingStride] != table
                || (uint)model.Bindings[r - ConfigurationModel.BindingStride + ConfigurationModel.Prefix] != prefix;
            bool firstOutput = nextHop != 0 && (first || model.Bindings[r - ConfigurationModel.BindingStride + ConfigurationModel.NextHop] == 0);
            if (first)
            {
                Output.Prefix(prefix, table & 255);
                if (table >> 8 != 0)
                {
                    Output.Text(" (vrf: ").Text(_configuration.Vrfs.NameOf(table >> 8)).Put(')');
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
                    Output.Text(" (").Text(binding < 0 ? "not programmed" : Control.StaticLabels.StateText(binding)).Line(")");
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
            Row++;
            return true;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(1);
            BillShared(bill);
        }
    }
}
