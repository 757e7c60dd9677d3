using LabEdge.Control;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>The words of logged events, in IOS's form: <c>00:01:05: %LINK-3-UPDOWN: Interface Ethernet1, changed state to up</c>.</summary>
    public static class LogText
    {
        private const uint Day = 86400;

        /// <summary>Entry <paramref name="i"/> of those held, as one line.</summary>
        public static void PutLine(TextBuffer output, EventLog log, int i, InterfaceTable interfaces)
        {
            PutUptime(output, log.SecondsOf(i));
            output.Text(": ");
            PutMessage(output, log.CodeOf(i), log.ArgumentOf(i, 0), log.ArgumentOf(i, 1), log.ArgumentOf(i, 2), interfaces);
            output.Line();
        }

        /// <summary>As IOS stamps with "service timestamps log uptime": hh:mm:ss within the first day, then 1d02h, then 3w4d.</summary>
        public static void PutUptime(TextBuffer output, uint seconds)
        {
            if (seconds < Day)
            {
                PutTwo(output, seconds / 3600).Put(':');
                PutTwo(output, seconds / 60 % 60).Put(':');
                PutTwo(output, seconds % 60);
            }
            else if (seconds < 7 * Day)
            {
                output.Unsigned(seconds / Day).Put('d');
                PutTwo(output, seconds / 3600 % 24).Put('h');
            }
            else
            {
                output.Unsigned(seconds / (7 * Day)).Put('w');
                output.Unsigned(seconds / Day % 7).Put('d');
            }
        }

        private static TextBuffer PutTwo(TextBuffer output, uint number)
        {
            output.Put('0' + (int)(number / 10));
            output.Put('0' + (int)(number % 10));
            return output;
        }

        // RFC 2328 section 10.1
        private static string OspfState(int state)
        {
            switch (state)
            {
                case 0: return "DOWN";
                case 1: return "ATTEMPT";
                case 2: return "INIT";
                case 3: return "2WAY";
                case 4: return "EXSTART";
                case 5: return "EXCHANGE";
                case 6: return "LOADING";
                default: return "FULL";
            }
        }

        // The event of RFC 2328 section 10.2, as OSPF's neighbour machine counts it, in IOS's words.
        private static string OspfReason(int machineEvent)
        {
            switch (machineEvent)
            {
                case 3:
                case 5: return ", Loading Done";
                case 4: return ", BadLSReq";
                case 7: return ", SeqNumberMismatch";
                case 8: return ", 1-Way";
                case 9:
                case 11: return ", Neighbor Down: Interface down or detached";
                case 10: return ", Neighbor Down: Dead timer expired";
                case 12: return ", Neighbor Down: BFD node down";
                default: return "";
            }
        }

        private static void PutMessage(TextBuffer output, int code, int a, int b, int c, InterfaceTable interfaces)
        {
            switch (code)
            {
                case LogEvent.Restarted:
                    output.Text("%SYS-5-RESTART: System restarted");
                    return;
                case LogEvent.LinkUp:
                case LogEvent.LinkDown:
                    PutInterface(output, "%LINK-3-UPDOWN: Interface ", a, interfaces).Text(code == LogEvent.LinkUp ? "up" : "down");
                    return;
                case LogEvent.LinkShutdown:
                    PutInterface(output, "%LINK-5-CHANGED: Interface ", a, interfaces).Text("administratively down");
                    return;
                case LogEvent.LineUp:
                case LogEvent.LineDown:
                    PutInterface(output, "%LINEPROTO-5-UPDOWN: Line protocol on Interface ", a, interfaces).Text(code == LogEvent.LineUp ? "up" : "down");
                    return;
                case LogEvent.ConfiguredByHand:
                    output.Text("%SYS-5-CONFIG_I: Configured from console by console");
                    return;
                case LogEvent.ConfigurationLoaded:
                    output.Text("%SYS-5-CONFIG_I: Configuration loaded as a whole");
                    return;
                case LogEvent.PseudowireUp:
                    PutPeer(output, a, b).Text("VC UP, VC state UP");
                    return;
                case LogEvent.PseudowireDown:
                    PutPeer(output, a, b).Text("VC DOWN, VC state DOWN").Text(c == Reason.None ? "" : ": ").Text(Reason.Text(c));
                    return;
                case LogEvent.OspfAdjacency:
                    output.Text("%OSPF-5-ADJCHG: Process ").Number((c >> 8) & 0xFFFF).Text(", Nbr ").Address((uint)b).Text(" on ").Text(interfaces.Name[a]);
                    output.Text(" from ").Text(OspfState((c >> 4) & 15)).Text(" to ").Text(OspfState(c & 15)).Text(OspfReason(c >> 24));
                    return;
                case LogEvent.LdpNeighborUp:
                case LogEvent.LdpNeighborDown:
                    output.Text("%LDP-5-NBRCHG: LDP Neighbor ").Address((uint)a).Text(":0 (").Number(b).Text(") is ").Text(code == LogEvent.LdpNeighborUp ? "UP" : "DOWN (");
                    output.Text(code == LogEvent.LdpNeighborUp ? "" : LdpCause(c)).Text(code == LogEvent.LdpNeighborUp ? "" : ")");
                    return;
                case LogEvent.BfdUp:
                    PutBfd(output, "%BFDFSM-6-BFD_SESS_UP", a, b, interfaces).Text(" is going UP");
                    return;
                case LogEvent.BfdDown:
                    PutBfd(output, "%BFDFSM-6-BFD_SESS_DOWN", a, b, interfaces).Text(" is going Down Reason: ").Text(Liveness.DiagnosticText(c));
                    return;
                case LogEvent.PoolFull:
                    output.Text("%CAPACITY-4-FULL: Table of ").Text(Pools.NameOf(a)).Text(" is full, ").Unsigned((uint)b).Text(b == 1 ? " request refused" : " requests refused");
                    return;
                default:
                    output.Text("%LOG-6-EVENT: ").Number(code).Put(' ');
                    output.Number(a).Put(' ');
                    output.Number(b).Put(' ');
                    output.Number(c);
                    return;
            }
        }

        private static string LdpCause(int cause)
        {
            switch (cause)
            {
                case LogEvent.CauseHello: return "Discovery Hello Hold Timer expired";
                case LogEvent.CauseKeepAlive: return "Session KeepAlive Timer expired";
                case LogEvent.CauseClosed: return "TCP connection closed by peer";
                case LogEvent.CauseNotified: return "Received error notification from peer";
                case LogEvent.CauseBadMessage: return "Bad message from peer";
                default: return "LDP stopped, or another router id";
            }
        }

        private static TextBuffer PutInterface(TextBuffer output, string what, int i, InterfaceTable interfaces)
        {
            bool known = i >= 0 && i < interfaces.Count && interfaces.Name[i] != null;
            return output.Text(what).Text(known ? interfaces.Name[i] : "-").Text(", changed state to ");
        }

        private static TextBuffer PutBfd(TextBuffer output, string code, int i, int neighbor, InterfaceTable interfaces)
        {
            return output.Text(code).Text(": BFD-SYSLOG: BFD session neigh:").Address((uint)neighbor).Text(" on ").Text(interfaces.Name[i]);
        }

        private static TextBuffer PutPeer(TextBuffer output, int peer, int vcId)
        {
            return output.Text("%XCONNECT-5-PW_STATUS: MPLS peer ").Address((uint)peer).Text(" vcid ").Unsigned((uint)vcId).Text(", ");
        }
    }
}
