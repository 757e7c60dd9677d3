using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show interfaces [counters]</c>, <c>show ip interface [brief]</c> and <c>show arp</c>.</summary>
    public sealed class ShowInterfaces : Show
    {
        /// <summary>The one interface to show, or -1 for all.</summary>
        public int Only;

        /// <summary>One line each: <c>brief</c> or <c>counters</c>.</summary>
        public bool Brief;

        private readonly RouterConfiguration _configuration;
        private readonly byte[] _hardware = new byte[6];

        public ShowInterfaces(ControlModule control, HostStack host, Tables tables, TextBuffer output, RouterConfiguration configuration)
            : base(control, host, tables, output)
        {
            _configuration = configuration;
        }

        public override bool Step()
        {
            switch (Action)
            {
                case CommandTable.ShowIpInterface: return Brief ? BriefStep() : IpStep();
                case CommandTable.ShowInterfaces: return Brief ? CounterStep() : InterfaceStep();
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
            Output.To(54).Text(AdministrativeState(Row)).To(76).Text(Control.IsUp(Row) ? "up" : "down");
            PutWhyDown("      (", ")");
            Output.Line();
            Row++;
            return true;
        }

        // Why the interface of the row is down, if "administratively" has not said it already.
        private void PutWhyDown(string before, string after)
        {
            int why = Control.Diagnosis.OfInterface(Row);
            if (why != Reason.None && why != Reason.InterfaceShutdown)
            {
                Output.Text(before).Text(Reason.Text(why)).Text(after);
            }
        }

        private void PutState()
        {
            Name(Row).Text(" is ").Text(AdministrativeState(Row)).Text(", line protocol is ").Text(Control.IsUp(Row) ? "up" : "down");
            PutWhyDown(" (", ")");
            Output.Line();
        }

        // ---- show ip interface

        private bool IpStep()
        {
            if (!Skip())
            {
                return false;
            }
            PutState();
            uint address = Host.Interfaces.Address[Row];
            if (address == 0)
            {
                Output.Line("  Internet protocol processing disabled");
            }
            else
            {
                Output.Text("  Internet address is ").Prefix(address, Host.Interfaces.PrefixBits[Row]).Line();
                Output.Line("  Broadcast address is 255.255.255.255");
                if (Row < Tables.Ports.Count)
                {
                    Output.Text("  MTU is ").Number(Tables.Ports.MtuOf(Row)).Line(" bytes");
                }
                PutVrf();
                int flags = _configuration.Running.Interfaces[Row * ConfigurationModel.InterfaceStride + ConfigurationModel.Flags];
                if ((flags & (ConfigurationModel.VerifyStrict | ConfigurationModel.VerifyLoose)) != 0)
                {
                    Output.Text("  IP verify source reachable-via ").Text((flags & ConfigurationModel.VerifyStrict) != 0 ? "RX" : "ANY")
                        .Line((flags & ConfigurationModel.VerifyAllowDefault) != 0 ? ", allow default" : "");
                }
            }
            Row++;
            return true;
        }

        // ---- show interfaces counters

        private bool CounterStep()
        {
            if (Phase == 0)
            {
                Output.Line("Interface              InPkts  Forwarded   Punted  InDrops     OutPkts  Originated OutDrops");
                Next();
                return true;
            }
            if (!Skip() || Row >= Tables.Ports.Count)
            {
                return false;
            }
            Ledger ledger = Tables.Ledger;
            Name(Row);
            Right((uint)ledger.Received[Row], 29);
            Right((uint)ledger.Forwarded[Row], 40);
            Right((uint)ledger.Punted[Row], 49);
            Right((uint)ledger.DroppedOn(Row), 58);
            Right(ShowSystem.SentOn(Tables, Row), 70);
            Right((uint)ledger.Originated[Row], 82);
            Right((uint)ledger.EgressDropped[Row], 91);
            Output.Line();
            Row++;
            return true;
        }

        // ---- show interfaces

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
            PutState();
            if (Row < Tables.Ports.Count)
            {
                Tables.Ports.CopyAddress(Row, _hardware, 0);
                Output.Text("  Hardware is Ethernet, address is ").Hardware(_hardware, 0).Text(" (bia ").Hardware(_hardware, 0).Line(")");
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
            PutVrf();
        }

        private void PutVrf()
        {
            if (Host.Interfaces.Vrf[Row] != 0)
            {
                Output.Text("  VPN Routing/Forwarding \"").Text(Tables.Vrfs.NameOf(Host.Interfaces.Vrf[Row])).Line("\"");
            }
        }

        private void PutCounters()
        {
            PutAddress();
            Output.Text("  MTU ").Number(Tables.Ports.MtuOf(Row)).Line(Control.IsMpls(Row) ? " bytes, encapsulation ARPA, takes labels" : " bytes, encapsulation ARPA");
            Ledger ledger = Tables.Ledger;
            Output.Text("     ").Unsigned((uint)ledger.Received[Row]).Text(" packets input, ").Unsigned((uint)ledger.DroppedOn(Row)).Line(" dropped");
            Output.Text("     ").Unsigned(ShowSystem.SentOn(Tables, Row)).Text(" packets output, ").Unsigned((uint)ledger.EgressDropped[Row]).Line(" dropped");
            Output.Text("     ").Number(Control.Links.Transitions[Row]).Line(" link transitions");
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
            int port = Host.Neighbors.PortOf(n);
            if (Host.Neighbors.StateOf(n) == NeighborTable.Free || Host.Interfaces.Vrf[port] != Vrf)
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
            Name(port);
            Control.Diagnosis.OfNeighbor(n);
            PutReason("  ");
            Output.Line();
        }

        public void Bill(RamBill bill)
        {
            bill.Object(4);
            BillShared(bill);
            bill.Array(6);
        }
    }
}
