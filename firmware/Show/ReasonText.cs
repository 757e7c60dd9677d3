using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>The words of a <see cref="Diagnosis"/>: one sentence without its full stop, the cause after a colon.</summary>
    public static class ReasonText
    {
        /// <summary>Writes at most 200 octets; nothing when there is nothing wrong.</summary>
        public static void Put(TextBuffer output, Diagnosis d, InterfaceTable interfaces, VrfStore vrfs)
        {
            switch (d.Code)
            {
                case Reason.InterfaceShutdown:
                case Reason.NoDevice:
                case Reason.NoCarrier:
                case Reason.LinkIsNew:
                case Reason.NoAddress:
                case Reason.InOtherVrf:
                case Reason.NoLabelsOnLink:
                    PutInterface(output, interfaces, d.Port, d.Code);
                    return;
                case Reason.NextHopIsOurs:
                    output.Text("next hop ").Address(d.Address).Text(" is an address of this router");
                    return;
                case Reason.NextHopUnreachable:
                case Reason.NextHopLoops:
                    if (d.Address == 0)
                    {
                        output.Text(Reason.Text(d.Code));
                        break;
                    }
                    if (d.Cause == Reason.NoRoute && d.CauseAddress == d.Address)
                    {
                        output.Text("no route to next hop ").Address(d.Address).Text(d.Vrf == VrfStore.Global ? "" : " in VRF ").Text(d.Vrf == VrfStore.Global ? "" : vrfs.NameOf(d.Vrf));
                        return;
                    }
                    output.Text("next hop ").Address(d.Address).Text(d.Code == Reason.NextHopLoops ? " is reached only through this route" : " is not reachable");
                    break;
                case Reason.NoLsp:
                    output.Text("no label switched path to ").Address(d.Address).Text("/32");
                    break;
                case Reason.NoLabelFromNeighbor:
                    output.Text("no label for ").Prefix(d.Prefix, d.Bits).Text(" from ").Address(d.Address);
                    return;
                case Reason.NoRouteToPrefix:
                    output.Text("no route to ").Prefix(d.Prefix, d.Bits);
                    break;
                case Reason.CoreMtuTooSmall:
                    output.Text("frames over ").Number(d.Value).Text(" octets do not fit the core");
                    return;
                case Reason.NextHopUnresolved:
                    output.Text("next hop unresolved");
                    break;
                case Reason.MtuMismatch:
                    output.Text(Reason.Text(d.Code)).Text(": local ").Number(d.Value).Text(", remote ").Number(d.Other);
                    return;
                case Reason.TypeMismatch:
                    output.Text(Reason.Text(d.Code)).Text(": local ").Text(TypeName(d.Value)).Text(", remote ").Text(TypeName(d.Other));
                    return;
                case Reason.ControlWordMismatch:
                    output.Text(Reason.Text(d.Code)).Text(": local ").Text(d.Value != 0 ? "on" : "off").Text(", remote ").Text(d.Other != 0 ? "on" : "off");
                    return;
                case Reason.PeerFault:
                    output.Text(Reason.Text(d.Code)).Text(": ").Text(PseudowireStatus.Text(d.Other));
                    return;
                case Reason.BfdDown:
                    PutBfd(output, d.Address, d.Value);
                    return;
                case Reason.NeighborIncomplete:
                case Reason.NeighborFailed:
                    PutNeighbor(output, d.Address, d.Code);
                    return;
                default:
                    output.Text(Reason.Text(d.Code));
                    break;
            }
            PutCause(output, d, interfaces, vrfs);
        }

        /// <summary>Only what lies behind it, after a colon; nothing when nothing does.</summary>
        public static void PutCause(TextBuffer output, Diagnosis d, InterfaceTable interfaces, VrfStore vrfs)
        {
            if (d.Cause == Reason.None)
            {
                return;
            }
            output.Text(": ");
            switch (d.Cause)
            {
                case Reason.NoRoute:
                    if (d.CauseAddress == 0)
                    {
                        output.Text("no route to it");
                    }
                    else
                    {
                        output.Text("no route to ").Address(d.CauseAddress);
                    }
                    if (d.Vrf != VrfStore.Global)
                    {
                        output.Text(" in VRF ").Text(vrfs.NameOf(d.Vrf));
                    }
                    return;
                case Reason.NoLabelFromNeighbor:
                    output.Text("no label for ").Prefix(d.Prefix, d.Bits).Text(" from ").Address(d.CauseAddress);
                    return;
                case Reason.BfdDown:
                    PutBfd(output, d.CauseAddress, d.Value);
                    return;
                case Reason.NextHopIsOurs:
                    if (d.Address == 0)
                    {
                        output.Text("it is an address of this router");
                        return;
                    }
                    output.Address(d.CauseAddress).Text(" is an address of this router");
                    return;
                case Reason.NeighborIncomplete:
                case Reason.NeighborFailed:
                    PutNeighbor(output, d.CauseAddress, d.Cause);
                    return;
                case Reason.InterfaceShutdown:
                case Reason.NoDevice:
                case Reason.NoCarrier:
                case Reason.LinkIsNew:
                case Reason.NoAddress:
                case Reason.InOtherVrf:
                case Reason.NoLabelsOnLink:
                    PutInterface(output, interfaces, d.CausePort, d.Cause);
                    return;
                default:
                    output.Text(Reason.Text(d.Cause));
                    return;
            }
        }

        private static void PutInterface(TextBuffer output, InterfaceTable interfaces, int i, int reason)
        {
            string name = i >= 0 && i < interfaces.Count && interfaces.Name[i] != null ? interfaces.Name[i] : "the interface";
            switch (reason)
            {
                case Reason.InterfaceShutdown: output.Text(name).Text(" is administratively down"); break;
                case Reason.NoDevice: output.Text(name).Text(" is down (no device is attached)"); break;
                case Reason.NoCarrier: output.Text(name).Text(" is down (no carrier)"); break;
                case Reason.LinkIsNew: output.Text(name).Text(" is coming up"); break;
                case Reason.NoAddress: output.Text(name).Text(" has no address"); break;
                case Reason.InOtherVrf: output.Text(name).Text(" is in another VRF"); break;
                default: output.Text("mpls ip is not configured on ").Text(name); break;
            }
        }

        private static string TypeName(int type)
        {
            return type == 4 ? "vlan" : type == 5 ? "ethernet" : "another";
        }

        private static void PutBfd(TextBuffer output, uint address, int diagnostic)
        {
            output.Text("BFD session to ").Address(address).Text(diagnostic < 0 ? " has not come up" : " is down (");
            output.Text(diagnostic < 0 ? "" : Liveness.DiagnosticText(diagnostic)).Text(diagnostic < 0 ? "" : ")");
        }

        private static void PutNeighbor(TextBuffer output, uint address, int reason)
        {
            output.Address(address).Text(reason == Reason.NeighborFailed ? " does not answer ARP" : " has not answered ARP yet");
        }
    }
}
