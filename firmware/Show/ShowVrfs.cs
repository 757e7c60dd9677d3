using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show ip vrf [brief | detail | interfaces] [NAME]</c> and <c>show vrf [detail] [NAME]</c>.</summary>
    public sealed class ShowVrfs : Show
    {
        /// <summary>A line per interface.</summary>
        public const int OfInterfaces = 1;

        public ShowVrfs(ShowRequest request)
            : base(request)
        {
        }

        // Request.Row is a VRF of the configuration, in the order of names; Request.Item its next interface, -1 before the VRF.
        public override bool Step()
        {
            VrfNames names = Request.Configuration.Vrfs;
            if (Request.Phase == 0)
            {
                PutHead();
                Request.Phase = 1;
                Request.Row = 0;
                Request.Item = -1;
                return true;
            }
            int vrf = Tables.Vrfs.Find(Request.Item < 0 ? "" : names.NameOf(Request.Row));
            if (Request.Item < 0)
            {
                do
                {
                    Request.Row = names.NextByName(Request.Row, Request.Configuration.Running);
                    if (Request.Row == VrfNames.None)
                    {
                        return false;
                    }
                    vrf = Tables.Vrfs.Find(names.NameOf(Request.Row));
                }
                while (Request.Only >= 0 && vrf != Request.Only);
                PutVrf(vrf, names.NameOf(Request.Row));
                Request.Item = 0;
            }
            while (Request.Item < Host.Interfaces.Count && !(Host.Interfaces.Name[Request.Item] != null && Host.Interfaces.Vrf[Request.Item] == vrf))
            {
                Request.Item++;
            }
            if (Request.Item >= Host.Interfaces.Count)
            {
                if (Output.Column != 0)
                {
                    Output.Line();
                }
                Request.Item = -1;
                return true;
            }
            PutMember(Request.Item++, names.NameOf(Request.Row));
            return true;
        }

        private int MemberColumn()
        {
            return Request.Action == CommandTable.ShowVrf ? 69 : 57;
        }

        private void PutHead()
        {
            if (Request.Form == OfInterfaces)
            {
                Output.Line("Interface              IP-Address      VRF                              Protocol");
            }
            else if (!Request.Detail)
            {
                Output.Text("  Name                             Default RD            ").Line(Request.Action == CommandTable.ShowVrf ? "Protocols   Interfaces" : "Interfaces");
            }
        }

        private void PutVrf(int vrf, string name)
        {
            if (Request.Form == OfInterfaces)
            {
                return;
            }
            if (Request.Detail)
            {
                Output.Text("VRF ").Text(name).Text(" (VRF Id = ").Number(vrf).Text("); default RD ");
                PutDistinguisher();
                Output.Line().Text("  ").Number(CountRoutes(vrf, false)).Text(" IP routes, ").Number(CountRoutes(vrf, true)).Line(" IPv6 routes in use").Line("  Interfaces:");
                return;
            }
            Output.Text("  ").Text(name).To(35);
            PutDistinguisher();
            if (Request.Action == CommandTable.ShowVrf)
            {
                Output.To(57).Text("ipv4,ipv6");
            }
        }

        private void PutDistinguisher()
        {
            int r = Request.Row * ConfigurationModel.VrfStride;
            uint high = (uint)Request.Configuration.Running.Vrfs[r + ConfigurationModel.DistinguisherHigh];
            uint low = (uint)Request.Configuration.Running.Vrfs[r + ConfigurationModel.DistinguisherLow];
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
            if (Request.Form == OfInterfaces)
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
            Output.To(Request.Detail ? 4 : MemberColumn());
            Name(i).Line();
        }

        public void Bill(RamBill bill)
        {
            bill.Object(0);
            BillShared(bill);
        }
    }
}
