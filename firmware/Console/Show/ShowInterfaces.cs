using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show interfaces</c>, <c>show ip interface brief</c>, <c>show ip vrf</c> and <c>show arp</c>.</summary>
    public sealed class ShowInterfaces : Show
    {
        /// <summary>The one interface to show, or -1 for all.</summary>
        public int Only;

        private readonly RouterConfiguration _configuration;
        private readonly byte[] _hardware = new byte[6];
        private int _member;

        public ShowInterfaces(ControlModule control, HostStack host, Tables tables, TextBuffer output, RouterConfiguration configuration)
            : base(control, host, tables, output)
        {
            _configuration = configuration;
        }

        public override bool Step()
        {
            switch (Action)
            {
                case CommandTable.ShowIpInterfaceBrief: return BriefStep();
                case CommandTable.ShowInterfaces: return InterfaceStep();
                case CommandTable.ShowIpVrf: return VrfStep();
                default: return ArpStep();
            }
        }

        private bool Skip()
        {
            while (Row < Host.Interfaces.Count && (Host.Interfaces.Name[Row] == null || (Only >= 0 && Row != Only)))
            {
                Row++;
            }
            return Row < Host.Interfaces.Count;
        }

        private bool BriefStep()
        {
            if (Phase == 0)
            {
                Output.Line("Interface                  IP-Address      OK? Method Status                Protocol");
                Next();
                return true;
            }
            if (!Skip())
            {
                return false;
            }
            uint address = Host.Interfaces.Address[Row];
            Name(Row).To(27);
            if (address == 0)
            {
                Output.Text("unassigned").To(43).Text("YES unset");
            }
            else
            {
                Output.Address(address).To(43).Text("YES manual");
            }
            Output.To(54).Text(AdministrativeState(Row)).To(76).Line(Control.IsUp(Row) ? "up" : "down");
            Row++;
            return true;
        }

        private bool InterfaceStep()
        {
            if (!Skip())
            {
                return false;
            }
            if (Phase == 0)
            {
                PutHead();
                Phase = 1;
                return true;
            }
            if (Row < Tables.Ports.Count)
            {
                PutCounters();
            }
            Phase = 0;
            Row++;
            return true;
        }

        private void PutHead()
        {
            bool up = Control.IsUp(Row);
            Name(Row).Text(" is ").Text(AdministrativeState(Row)).Text(", line protocol is ").Line(up ? "up" : "down");
            if (Row < Tables.Ports.Count)
            {
                if (!up && Control.IsEnabled(Row))
                {
                    Output.Line(Tables.Ports.Device[Row] == null ? "  No device is attached" : "  The device reports no link");
                }
                Tables.Ports.CopyAddress(Row, _hardware, 0);
                Output.Text("  Hardware is Ethernet, address is ").Hardware(_hardware, 0).Line();
                int description = _configuration.Running.Interfaces[Row * ConfigurationModel.InterfaceStride + ConfigurationModel.Description];
                if (description != 0)
                {
                    ConfigurationWriter.PutText(Output.Text("  Description: "), _configuration.Running, description);
                    Output.Line();
                }
            }
            else
            {
                Output.Line("  Hardware is Loopback");
                PutAddress();
            }
        }

        private void PutAddress()
        {
            if (Host.Interfaces.Address[Row] != 0)
            {
                Output.Text("  Internet address is ").Prefix(Host.Interfaces.Address[Row], Host.Interfaces.PrefixBits[Row]).Line();
            }
            if (Host.Interfaces.Vrf[Row] != 0)
            {
                Output.Text("  VPN Routing/Forwarding \"").Text(Tables.Vrfs.NameOf(Host.Interfaces.Vrf[Row])).Line("\"");
            }
        }

        private void PutCounters()
        {
            PutAddress();
            Output.Text("  MTU ").Number(Tables.Ports.MtuOf(Row)).Line(Control.IsMpls(Row) ? " bytes, takes labels" : " bytes");
            Ledger ledger = Tables.Ledger;
            Output.Text("     ").Unsigned((uint)ledger.Received[Row]).Text(" packets input, ").Unsigned((uint)ledger.DroppedOn(Row)).Line(" dropped");
            Output.Text("     ").Unsigned(ShowSystem.SentOn(Tables, Row)).Text(" packets output, ").Unsigned((uint)ledger.EgressDropped[Row]).Line(" dropped");
            Output.Text("     ").Number(Control.Links.Transitions[Row]).Line(" link transitions");
        }

        private bool VrfStep()
        {
            if (Phase == 0)
            {
                Output.Line("  Name                             Default RD            Interfaces");
                Phase = 1;
                Row = 0;
                _member = -1;
                return true;
            }
            VrfNames names = _configuration.Vrfs;
            if (_member < 0)
            {
                Row = names.NextByName(Row, _configuration.Running);
                if (Row == VrfNames.None)
                {
                    return false;
                }
                int r = Row * ConfigurationModel.VrfStride;
                uint high = (uint)_configuration.Running.Vrfs[r + ConfigurationModel.DistinguisherHigh];
                uint low = (uint)_configuration.Running.Vrfs[r + ConfigurationModel.DistinguisherLow];
                Output.Text("  ").Text(names.NameOf(Row)).To(35);
                if (high == 0 && low == 0)
                {
                    Output.Text("<not set>");
                }
                else
                {
                    Literal.PutDistinguisher(Output, high, low);
                }
                _member = 0;
            }
            int vrf = Tables.Vrfs.Find(names.NameOf(Row));
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
            Output.To(57);
            Name(_member).Line();
            _member++;
            return true;
        }

        private bool ArpStep()
        {
            if (Phase == 0)
            {
                Output.Line("Protocol  Address          Age (min)  Hardware Addr   Type   Interface");
                Next();
                return true;
            }
            if (Phase == 1)
            {
                if (Row >= Tables.Ports.Count)
                {
                    Next();
                    return true;
                }
                int port = Row++;
                if (Host.Interfaces.Name[port] != null && Host.Interfaces.Address[port] != 0 && Host.Interfaces.Vrf[port] == Vrf)
                {
                    Tables.Ports.CopyAddress(port, _hardware, 0);
                    Output.Text("Internet").To(10).Address(Host.Interfaces.Address[port]).To(34).Text("-").To(38).Hardware(_hardware, 0);
                    Output.To(54).Text("ARPA").To(61);
                    Name(port).Line();
                }
                return true;
            }
            if (Row >= Host.Neighbors.Count)
            {
                return false;
            }
            PutNeighborRow(Row++);
            return true;
        }

        private void PutNeighborRow(int n)
        {
            int state = Host.Neighbors.StateOf(n);
            int port = Host.Neighbors.PortOf(n);
            if (state == NeighborTable.Free || Host.Interfaces.Vrf[port] != Vrf)
            {
                return;
            }
            Output.Text("Internet").To(10).Address(Host.Neighbors.AddressOf(n)).To(34);
            if (Host.Neighbors.IsResolved(n))
            {
                Host.Neighbors.CopyHardware(n, _hardware, 0);
                Output.Unsigned(Host.Neighbors.AgeMs(n, Now) / 60000).To(38).Hardware(_hardware, 0);
            }
            else
            {
                Output.Text("0").To(38).Text("Incomplete");
            }
            Output.To(54).Text("ARPA").To(61);
            Name(port).Line(state == NeighborTable.Failed ? " (no answer)" : "");
        }

        public void Bill(RamBill bill)
        {
            bill.Object(4);
            BillShared(bill);
            bill.Array(6);
        }
    }
}
