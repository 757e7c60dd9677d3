using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show ip vrf [brief | detail | interfaces] [NAME]</c> and <c>show vrf [detail] [NAME]</c>.</summary>
    public sealed class ShowVrfs : Show
    {
        public const int Brief = 0;
        public const int Detail = 1;
        public const int OfInterfaces = 2;

        public int Form;

        /// <summary>The one VRF to show, by its index in the forwarding tables; -1 = all.</summary>
        public int Only;

        private readonly RouterConfiguration _configuration;
        private int _member;

        public ShowVrfs(ControlModule control, HostStack host, Tables tables, TextBuffer output, RouterConfiguration configuration)
            : base(control, host, tables, output)
        {
            _configuration = configuration;
        }

        // Row is a VRF of the configuration, in the order of names; _member its next interface, -1 before the VRF.
        public override bool Step()
        {
            VrfNames names = _configuration.Vrfs;
            if (Phase == 0)
            {
                PutHead();
                Phase = 1;
                Row = 0;
                _member = -1;
                return true;
            }
            int vrf = Tables.Vrfs.Find(_member < 0 ? "" : names.NameOf(Row));
            if (_member < 0)
            {
                do
                {
                    Row = names.NextByName(Row, _configuration.Running);
                    if (Row == VrfNames.None)
                    {
                        return false;
                    }
                    vrf = Tables.Vrfs.Find(names.NameOf(Row));
                }
                while (Only >= 0 && vrf != Only);
                PutVrf(vrf, names.NameOf(Row));
                _member = 0;
            }
            while (_member < Host.Interfaces.Count && !(Host.Interfaces.Name[_member] != null && Host.Interfaces.Vrf[_member] == vrf))
            {
                _member++;
            }
            if (_member >= Host.Interfaces.Count)
            {
                if (Output.Column != 0)
                {
                    Output.Line();
                }
                _member = -1;
                return true;
            }
            PutMember(_member++, names.NameOf(Row));
            return true;
        }

        private int MemberColumn()
        {
            return Action == CommandTable.ShowVrf ? 69 : 57;
        }

        private void PutHead()
        {
            if (Form == OfInterfaces)
            {
                Output.Line("Interface              IP-Address      VRF                              Protocol");
            }
            else if (Form == Brief)
            {
                Output.Text("  Name                             Default RD            ").Line(Action == CommandTable.ShowVrf ? "Protocols   Interfaces" : "Interfaces");
            }
        }

        private void PutVrf(int vrf, string name)
        {
            if (Form == OfInterfaces)
            {
                return;
            }
            if (Form == Detail)
            {
                Output.Text("VRF ").Text(name).Text(" (VRF Id = ").Number(vrf).Text("); default RD ");
                PutDistinguisher();
                Output.Line().Text("  ").Number(CountRoutes(vrf, false)).Text(" IP routes, ").Number(CountRoutes(vrf, true)).Line(" IPv6 routes in use").Line("  Interfaces:");
                return;
            }
            Output.Text("  ").Text(name).To(35);
            PutDistinguisher();
            if (Action == CommandTable.ShowVrf)
            {
                Output.To(57).Text("ipv4,ipv6");
            }
        }

        private void PutDistinguisher()
        {
            int r = Row * ConfigurationModel.VrfStride;
            uint high = (uint)_configuration.Running.Vrfs[r + ConfigurationModel.DistinguisherHigh];
            uint low = (uint)_configuration.Running.Vrfs[r + ConfigurationModel.DistinguisherLow];
            if (high == 0 && low == 0)
            {
                Output.Text("<not set>");
            }
            else
            {
                Literal.PutDistinguisher(Output, high, low);
            }
        }

        // Candidates in use, without the neighbours.
        private int CountRoutes(int vrf, bool six)
        {
            int count = 0;
            int high = six ? Control.Routes6.High : Control.Routes.High;
            for (int i = 0; i < high; i++)
            {
                bool counts = six ? Control.Routes6.IsUsed(i) && Control.Routes6.IsActive(i) && Control.Routes6.Vrf[i] == vrf && Control.Routes6.Source[i] != RouteSource.Adjacency
                    : Control.Routes.IsUsed(i) && Control.Routes.IsActive(i) && Control.Routes.Vrf[i] == vrf && Control.Routes.Source[i] != RouteSource.Adjacency;
                count += counts ? 1 : 0;
            }
            return count;
        }

        private void PutMember(int i, string name)
        {
            if (Form == OfInterfaces)
            {
                Name(i).To(23);
                if (Host.Interfaces.Address[i] == 0)
                {
                    Output.Text("unassigned");
                }
                else
                {
                    Output.Address(Host.Interfaces.Address[i]);
                }
                Output.To(39).Text(name).To(72).Text(Control.IsUp(i) ? "up" : "down");
                Control.Diagnosis.OfInterface(i);
                PutReason("  ");
                Output.Line();
                return;
            }
            Output.To(Form == Detail ? 4 : MemberColumn());
            Name(i).Line();
        }

        public void Bill(RamBill bill)
        {
            bill.Object(4);
            BillShared(bill);
        }
    }
}
