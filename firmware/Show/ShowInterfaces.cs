using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show interfaces [counters]</c>, <c>show ip interface [brief]</c> and <c>show arp</c>.</summary>
    public sealed class ShowInterfaces : Show
    {
        /// <summary>One line each: <c>brief</c> or <c>counters</c>.</summary>
        public const int Brief = 1;

        public ShowInterfaces(ShowRequest request)
            : base(request)
        {
        }

        public override bool Step()
        {
            switch (Request.Action)
            {
                case CommandTable.ShowIpInterface: return Request.Form == Brief ? BriefStep() : IpStep();
                case CommandTable.ShowInterfaces: return Request.Form == Brief ? CounterStep() : InterfaceStep();
                default: return ArpStep();
            }
        }

        private bool Skip()
        {
            while (Request.Row < Host.Interfaces.Count && (Host.Interfaces.Name[Request.Row] == null || (Request.Only >= 0 && Request.Row != Request.Only)))
            {
                Request.Row++;
            }
            return Request.Row < Host.Interfaces.Count;
        }

        private bool BriefStep()
        {
            if (Request.Phase == 0)
            {
                Output.Line("Interface                  IP-Address      OK? Method Status                Protocol");
                Next();
                return true;
            }
            if (!Skip())
            {
                return false;
            }
            uint address = Host.Interfaces.Address[Request.Row];
            Name(Request.Row).To(27);
            if (address == 0)
            {
                Output.Text("unassigned").To(43).Text("YES unset");
            }
            else
            {
                Output.Address(address).To(43).Text("YES manual");
            }
            Output.To(54).Text(AdministrativeState(Request.Row)).To(76).Text(Control.IsUp(Request.Row) ? "up" : "down");
            PutWhyDown("      (", ")");
            Output.Line();
            Request.Row++;
            return true;
        }

        // Why the interface of the row is down, if "administratively" has not said it already.
        private void PutWhyDown(string before, string after)
        {
            int why = Control.Diagnosis.OfInterface(Request.Row);
            if (why != Reason.None && why != Reason.InterfaceShutdown)
            {
                Output.Text(before).Text(Reason.Text(why)).Text(after);
            }
        }

        private void PutState()
        {
            Name(Request.Row).Text(" is ").Text(AdministrativeState(Request.Row)).Text(", line protocol is ").Text(Control.IsUp(Request.Row) ? "up" : "down");
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
            uint address = Host.Interfaces.Address[Request.Row];
            if (address == 0)
            {
                Output.Line("  Internet protocol processing disabled");
            }
            else
            {
                Output.Text("  Internet address is ").Prefix(address, Host.Interfaces.PrefixBits[Request.Row]).Line();
                Output.Line("  Broadcast address is 255.255.255.255");
                if (Request.Row < Tables.Ports.Count)
                {
                    Output.Text("  MTU is ").Number(Tables.Ports.MtuOf(Request.Row)).Line(" bytes");
                }
                PutVrf();
                int flags = Request.Configuration.Running.Interfaces[Request.Row * ConfigurationModel.InterfaceStride + ConfigurationModel.Flags];
                if ((flags & (ConfigurationModel.VerifyStrict | ConfigurationModel.VerifyLoose)) != 0)
                {
                    Output.Text("  IP verify source reachable-via ").Text((flags & ConfigurationModel.VerifyStrict) != 0 ? "RX" : "ANY")
                        .Line((flags & ConfigurationModel.VerifyAllowDefault) != 0 ? ", allow default" : "");
                }
            }
            Request.Row++;
            return true;
        }

        // ---- show interfaces counters

        private bool CounterStep()
        {
            if (Request.Phase == 0)
            {
                Output.Line("Interface              InPkts  Forwarded   Punted  InDrops     OutPkts  Originated OutDrops");
                Next();
                return true;
            }
            if (!Skip() || Request.Row >= Tables.Ports.Count)
            {
                return false;
            }
            Ledger ledger = Tables.Ledger;
            Name(Request.Row);
            Right((uint)ledger.Received[Request.Row], 29);
            Right((uint)ledger.Forwarded[Request.Row], 40);
            Right((uint)ledger.Punted[Request.Row], 49);
            Right((uint)ledger.DroppedOn(Request.Row), 58);
            Right(ShowSystem.SentOn(Tables, Request.Row), 70);
            Right((uint)ledger.Originated[Request.Row], 82);
            Right((uint)ledger.EgressDropped[Request.Row], 91);
            Output.Line();
            Request.Row++;
            return true;
        }

        // ---- show interfaces

        private bool InterfaceStep()
        {
            if (!Skip())
            {
                return false;
            }
            if (Request.Phase == 0)
            {
                PutHead();
                Request.Phase = 1;
                return true;
            }
            if (Request.Row < Tables.Ports.Count)
            {
                PutCounters();
            }
            Request.Phase = 0;
            Request.Row++;
            return true;
        }

        private void PutHead()
        {
            PutState();
            if (Request.Row < Tables.Ports.Count)
            {
                Tables.Ports.CopyAddress(Request.Row, Request.Octets, 0);
                Output.Text("  Hardware is Ethernet, address is ").Hardware(Request.Octets, 0).Text(" (bia ").Hardware(Request.Octets, 0).Line(")");
                int description = Request.Configuration.Running.Interfaces[Request.Row * ConfigurationModel.InterfaceStride + ConfigurationModel.Description];
                if (description != 0)
                {
                    ConfigurationWriter.PutText(Output.Text("  Description: "), Request.Configuration.Running, description);
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
            if (Host.Interfaces.Address[Request.Row] != 0)
            {
                Output.Text("  Internet address is ").Prefix(Host.Interfaces.Address[Request.Row], Host.Interfaces.PrefixBits[Request.Row]).Line();
            }
            PutVrf();
        }

        private void PutVrf()
        {
            if (Host.Interfaces.Vrf[Request.Row] != 0)
            {
                Output.Text("  VPN Routing/Forwarding \"").Text(Tables.Vrfs.NameOf(Host.Interfaces.Vrf[Request.Row])).Line("\"");
            }
        }

        private void PutCounters()
        {
            PutAddress();
            Output.Text("  MTU ").Number(Tables.Ports.MtuOf(Request.Row)).Line(Control.IsMpls(Request.Row) ? " bytes, encapsulation ARPA, takes labels" : " bytes, encapsulation ARPA");
            Ledger ledger = Tables.Ledger;
            Output.Text("     ").Unsigned((uint)ledger.Received[Request.Row]).Text(" packets input, ").Unsigned((uint)ledger.DroppedOn(Request.Row)).Line(" dropped");
            Output.Text("     ").Unsigned(ShowSystem.SentOn(Tables, Request.Row)).Text(" packets output, ").Unsigned((uint)ledger.EgressDropped[Request.Row]).Line(" dropped");
            Output.Text("     ").Number(Control.Links.Transitions[Request.Row]).Line(" link transitions");
        }

        private bool ArpStep()
        {
            if (Request.Phase == 0)
            {
                Output.Line("Protocol  Address          Age (min)  Hardware Addr   Type   Interface");
                Next();
                return true;
            }
            if (Request.Phase == 1)
            {
                if (Request.Row >= Tables.Ports.Count)
                {
                    Next();
                    return true;
                }
                int port = Request.Row++;
                if (Host.Interfaces.Name[port] != null && Host.Interfaces.Address[port] != 0 && Host.Interfaces.Vrf[port] == Request.Vrf)
                {
                    Tables.Ports.CopyAddress(port, Request.Octets, 0);
                    Output.Text("Internet").To(10).Address(Host.Interfaces.Address[port]).To(34).Text("-").To(38).Hardware(Request.Octets, 0);
                    Output.To(54).Text("ARPA").To(61);
                    Name(port).Line();
                }
                return true;
            }
            if (Request.Row >= Host.Neighbors.Count)
            {
                return false;
            }
            PutNeighborRow(Request.Row++);
            return true;
        }

        private void PutNeighborRow(int n)
        {
            int port = Host.Neighbors.PortOf(n);
            if (Host.Neighbors.StateOf(n) == NeighborTable.Free || Host.Interfaces.Vrf[port] != Request.Vrf)
            {
                return;
            }
            Output.Text("Internet").To(10).Address(Host.Neighbors.AddressOf(n)).To(34);
            if (Host.Neighbors.IsResolved(n))
            {
                Host.Neighbors.CopyHardware(n, Request.Octets, 0);
                Output.Unsigned(Host.Neighbors.AgeMs(n, Request.Now) / 60000).To(38).Hardware(Request.Octets, 0);
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
            bill.Object(0);
            BillShared(bill);
        }
    }
}
