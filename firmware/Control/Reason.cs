namespace LabEdge.Control
{
    /// <summary>
    /// Why an interface is down, or a route, label binding, pseudowire or neighbour not in force: the codes of <see cref="Diagnosis"/>, which
    /// finds them, and of what is logged. One space for all kinds, so that one code may be the cause of another. 1 to 255.
    /// </summary>
    public static class Reason
    {
        /// <summary>In force.</summary>
        public const int None = 0;

        // An interface (Port).
        public const int InterfaceShutdown = 1;
        public const int NoDevice = 2;
        public const int NoCarrier = 3;

        /// <summary>The device reports a link that Control has not looked at yet.</summary>
        public const int LinkIsNew = 4;
        public const int NoAddress = 5;
        public const int InOtherVrf = 6;
        public const int NoLabelsOnLink = 7;

        // A route or a next hop (Address, Vrf).
        public const int DistanceNever = 8;
        public const int NextHopIsOurs = 9;
        public const int NextHopUnreachable = 10;
        public const int NextHopLoops = 11;

        /// <summary>Nothing leads to Address in Vrf.</summary>
        public const int NoRoute = 12;

        /// <summary>No label switched path to Address/32.</summary>
        public const int NoLsp = 13;

        /// <summary>The neighbour Address has bound no label to Prefix/Bits.</summary>
        public const int NoLabelFromNeighbor = 14;
        public const int BetterRoute = 15;
        public const int EnoughEqualRoutes = 16;
        public const int TableFull = 17;

        /// <summary>A change is still being worked on.</summary>
        public const int Pending = 18;

        /// <summary>Nothing leads to Prefix/Bits, which a label is bound to.</summary>
        public const int NoRouteToPrefix = 19;

        // A pseudowire.
        public const int CircuitDown = 20;
        public const int NoRouteToPeer = 21;
        public const int NoLspToPeer = 22;
        public const int NextHopUnresolved = 23;
        public const int NoLabelsConfigured = 24;

        /// <summary>It is up, but the core does not carry the longest frames of the circuit: Value = the longest that fits.</summary>
        public const int CoreMtuTooSmall = 25;

        // A neighbour.
        public const int NeighborIncomplete = 26;
        public const int NeighborFailed = 27;

        /// <summary>Its port is down or changes VRF, or its rows are being rewritten.</summary>
        public const int NeighborWithheld = 28;

        // A pseudowire whose labels LDP signals.
        public const int LdpNotRunning = 29;
        public const int NoPeerHello = 30;
        public const int NoPeerSession = 31;
        public const int NoFreeLabel = 32;
        public const int NoPeerLabel = 33;

        /// <summary>The peer gave our label back and none of its own.</summary>
        public const int LabelNotTaken = 34;

        /// <summary>The ends do not agree: Value is ours, Other the peer's (MTU in octets; PW type; control word 1 or 0).</summary>
        public const int MtuMismatch = 35;
        public const int TypeMismatch = 36;
        public const int ControlWordMismatch = 37;

        /// <summary>Other = what the peer says of itself: bits of <see cref="PseudowireStatus"/>.</summary>
        public const int PeerFault = 38;

        /// <summary>The BFD session with the next hop Address is down, for the diagnostic Value; or, -1, has not come up yet.</summary>
        public const int BfdDown = 39;
        public const int Count = 40;

        /// <summary>In short, without the interface or address that it is about.</summary>
        public static string Text(int reason)
        {
            switch (reason)
            {
                case None: return "";
                case InterfaceShutdown: return "administratively down";
                case NoDevice: return "no device is attached";
                case NoCarrier: return "no carrier";
                case LinkIsNew: return "link is coming up";
                case NoAddress: return "no address on the interface";
                case InOtherVrf: return "interface is in another VRF";
                case NoLabelsOnLink: return "mpls ip is not configured on the link";
                case DistanceNever: return "distance 255 is never used";
                case NextHopIsOurs: return "next hop is an address of this router";
                case NextHopUnreachable: return "next hop is not reachable";
                case NextHopLoops: return "next hop is reached only through this route";
                case NoRoute: return "no route";
                case NoLsp: return "no label switched path";
                case NoLabelFromNeighbor: return "no label from the next hop";
                case BetterRoute: return "a better route is in use";
                case EnoughEqualRoutes: return "enough equal routes are in use";
                case TableFull: return "table full";
                case Pending: return "being resolved";
                case NoRouteToPrefix: return "no route to the prefix";
                case CircuitDown: return "attachment circuit down";
                case NoRouteToPeer: return "no route to peer";
                case NoLspToPeer: return "no LSP to peer";
                case NextHopUnresolved: return "next hop unresolved";
                case NoLabelsConfigured: return "no labels configured (mpls label)";
                case CoreMtuTooSmall: return "the core does not carry the longest frames";
                case NeighborIncomplete: return "asked, no answer yet";
                case NeighborFailed: return "no answer";
                case NeighborWithheld: return "waits for its interface";
                case LdpNotRunning: return "LDP is not running (mpls label protocol ldp)";
                case NoPeerHello: return "no targeted hello from the peer";
                case NoPeerSession: return "no LDP session with the peer";
                case NoFreeLabel: return "no label is free";
                case NoPeerLabel: return "the peer has bound no label to the VC id";
                case LabelNotTaken: return "the peer has no such VC: it gave our label back";
                case MtuMismatch: return "the circuits' MTUs differ";
                case TypeMismatch: return "the VC types differ";
                case ControlWordMismatch: return "the ends do not agree on the control word";
                case PeerFault: return "the peer reports a fault";
                case BfdDown: return "BFD session is down";
                default: return "unknown";
            }
        }
    }
}
