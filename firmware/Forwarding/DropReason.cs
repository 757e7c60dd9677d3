namespace LabEdge.Forwarding
{
    /// <summary>Why a received frame goes no further. Each has a counter per port in <see cref="Ledger"/>.</summary>
    public static class DropReason
    {
        public const int None = 0;

        /// <summary>Shorter than its link header.</summary>
        public const int Runt = 1;

        /// <summary>Unicast to another station.</summary>
        public const int NotForThisStation = 2;
        public const int UnknownEtherType = 3;

        /// <summary>No circuit is configured for this port and tag.</summary>
        public const int NoCircuit = 4;

        /// <summary>A labelled frame on a customer's port (RFC 4364 section 13.1): a customer may not send labels.</summary>
        public const int LabelOnUnlabelledPort = 5;

        /// <summary>The label was advertised to another scope than the port's.</summary>
        public const int LabelScope = 6;
        public const int UnknownLabel = 7;

        /// <summary>A reserved label (0-15) that is not handled.</summary>
        public const int ReservedLabel = 8;

        /// <summary>The stack ends before an entry with the S bit.</summary>
        public const int TruncatedLabelStack = 9;

        /// <summary>A service label (VRF or pseudowire) without the S bit.</summary>
        public const int BottomOfStackExpected = 10;

        /// <summary>What is under the last label is not IPv4.</summary>
        public const int PayloadNotIp = 11;

        /// <summary>Version, header length or total length is wrong (RFC 1812 section 5.2.2).</summary>
        public const int Ipv4HeaderInvalid = 12;
        public const int Ipv4ChecksumBad = 13;
        public const int NoRoute = 14;

        /// <summary>The link address of the next hop is not known yet; Host has been asked.</summary>
        public const int UnresolvedNeighbor = 15;

        /// <summary>The TTL ran out over something that is not IP: no ICMP possible.</summary>
        public const int TtlExpiredNotIp = 16;
        public const int MtuExceeded = 17;

        /// <summary>The port or tunnel to send through is down.</summary>
        public const int TransportDown = 18;
        public const int PseudowireDown = 19;

        /// <summary>First nibble under a pseudowire label is not 0 (RFC 4385).</summary>
        public const int ControlWordInvalid = 20;

        /// <summary>No whole Ethernet header under the pseudowire label.</summary>
        public const int PseudowireTruncated = 21;

        /// <summary>For the router itself, over the rate of its class.</summary>
        public const int PuntRateLimited = 22;

        /// <summary>Destination in 0/8, 127/8, multicast, broadcast or class E: not routed.</summary>
        public const int NotRoutable = 23;

        /// <summary>For the router itself, and nothing here wants it.</summary>
        public const int HostUnclaimed = 24;
        public const int PortDisabled = 25;

        /// <summary>Version or payload length of an IPv6 header is wrong (RFC 8200 section 3).</summary>
        public const int Ipv6HeaderInvalid = 26;

        /// <summary>The source address is one that no sender can have (RFC 1812 section 5.3.7, RFC 4291 section 2.7).</summary>
        public const int SourceInvalid = 27;

        /// <summary>The way back to the source does not lead out of the port of arrival (uRPF, RFC 3704).</summary>
        public const int ReversePath = 28;

        /// <summary>More of our own labels on one frame than are looked at.</summary>
        public const int TooManyLabels = 29;

        /// <summary>An entropy label that may not stand there (RFC 6790 section 4.2).</summary>
        public const int EntropyLabelInvalid = 30;

        /// <summary>A pseudowire frame that is late or doubled by its sequence number (RFC 4385 section 4).</summary>
        public const int OutOfSequence = 31;

        /// <summary>A pseudowire fragment that continues nothing, or a reassembly longer than its buffer (RFC 4623).</summary>
        public const int FragmentInvalid = 32;

        /// <summary>A bridge domain has no other member that may send the frame.</summary>
        public const int NoBridgeMember = 33;

        /// <summary>To the member of the bridge domain that it came from.</summary>
        public const int SamePort = 34;

        /// <summary>A source address that the bridge domain's MAC table may not learn, where those are refused.</summary>
        public const int MacLimit = 35;

        /// <summary>Broadcast, multicast or unknown unicast over the storm rate of its attachment circuit.</summary>
        public const int StormControl = 36;

        /// <summary>A tunnel packet (MPLS in UDP or GRE) for which no tunnel is configured.</summary>
        public const int UnknownTunnel = 37;

        /// <summary>A tunnel header that is wrong (RFC 7510 section 3, RFC 2784 section 2, RFC 4023).</summary>
        public const int TunnelHeaderInvalid = 38;

        /// <summary>
        /// A link-local source or destination that may not leave its link (RFC 4291 section 2.5.6), or in a bridge domain a group address
        /// that ends at each bridge (IEEE 802.1D section 7.12.6).
        /// </summary>
        public const int LinkLocal = 39;
        public const int Count = 40;

        public static string Name(int reason)
        {
            switch (reason)
            {
                case None: return "none";
                case Runt: return "runt";
                case NotForThisStation: return "not for this station";
                case UnknownEtherType: return "unknown EtherType";
                case NoCircuit: return "no circuit";
                case LabelOnUnlabelledPort: return "label on unlabelled port";
                case LabelScope: return "label scope";
                case UnknownLabel: return "unknown label";
                case ReservedLabel: return "reserved label";
                case TruncatedLabelStack: return "truncated label stack";
                case BottomOfStackExpected: return "bottom of stack expected";
                case PayloadNotIp: return "payload not IP";
                case Ipv4HeaderInvalid: return "IPv4 header invalid";
                case Ipv4ChecksumBad: return "IPv4 checksum bad";
                case NoRoute: return "no route";
                case UnresolvedNeighbor: return "unresolved neighbor";
                case TtlExpiredNotIp: return "TTL expired, not IP";
                case MtuExceeded: return "MTU exceeded";
                case TransportDown: return "transport down";
                case PseudowireDown: return "pseudowire down";
                case ControlWordInvalid: return "control word invalid";
                case PseudowireTruncated: return "pseudowire truncated";
                case PuntRateLimited: return "punt rate limited";
                case NotRoutable: return "not routable";
                case HostUnclaimed: return "host unclaimed";
                case PortDisabled: return "port disabled";
                case Ipv6HeaderInvalid: return "IPv6 header invalid";
                case SourceInvalid: return "source invalid";
                case ReversePath: return "reverse path";
                case TooManyLabels: return "too many labels";
                case EntropyLabelInvalid: return "entropy label invalid";
                case OutOfSequence: return "out of sequence";
                case FragmentInvalid: return "fragment invalid";
                case NoBridgeMember: return "no bridge member";
                case SamePort: return "same port";
                case MacLimit: return "MAC limit";
                case StormControl: return "storm control";
                case UnknownTunnel: return "unknown tunnel";
                case TunnelHeaderInvalid: return "tunnel header invalid";
                case LinkLocal: return "link-local";
                default: return "unknown";
            }
        }
    }

    /// <summary>
    /// Why a frame is handed to Host (<see cref="Hal.Frame.Mark"/> of a frame in <see cref="Tables.Exceptions"/>).
    /// <see cref="Hal.Frame.Port"/> is the port of arrival. Frames marked Local, Arp and TtlExpired are punted: Host ends them as punted or dropped. The others are already
    /// counted as dropped; Host only hears of them (to resolve, or to answer with an ICMP error). An IP header is of either version: its first nibble tells.
    /// </summary>
    public static class PuntClass
    {
        /// <summary>IP to one of our addresses, or to a group of the link that the port has joined. Context: VRF; Offset: IP header.</summary>
        public const int Local = 1;

        /// <summary>ARP on a port with a circuit to a VRF. Context: VRF; Offset: ARP header.</summary>
        public const int Arp = 2;

        /// <summary>TTL ran out. Context: VRF; Offset: the label stack when Labelled, else the IP header.</summary>
        public const int TtlExpired = 3;

        /// <summary>As TtlExpired, in a label: Offset is the first label entry. Context: the VRF that the label names, else that of its scope. Value: only the scope.</summary>
        public const int TtlExpiredLabelled = 4;

        /// <summary>Dropped NoRoute. Context: VRF; Offset: IP header.</summary>
        public const int NoRoute = 5;

        /// <summary>Dropped MtuExceeded. Context: VRF; Offset: IP header; Value: longest IP packet that would have fitted.</summary>
        public const int MtuExceeded = 6;

        /// <summary>Dropped UnresolvedNeighbor. Context: VRF; Offset: IP header, whose destination is the neighbour; Value: the port to resolve on.</summary>
        public const int Resolve = 7;

        /// <summary>Dropped MtuExceeded under a label that goes on. Context: the VRF of its scope; Offset: the first label entry; Value: most octets from there on that would have fitted, and the scope.</summary>
        public const int MtuExceededLabelled = 8;

        /// <summary>IPv6 to one of our addresses, or to a group of the link that may be ours. Context: VRF; Offset: IPv6 header.</summary>
        public const int LocalIpv6 = 9;

        /// <summary>Counted here only, never handed to Host: a pseudowire's fragment whose octets wait for the last one (RFC 4623).</summary>
        public const int Fragment = 10;
        public const int Count = 11;

        /// <summary>In a Value, over its number: 1 + the label scope of a stack that came out of a tunnel; 0 = the scope of the port.</summary>
        public const int ScopeShift = 20;
        public const int ValueMask = (1 << ScopeShift) - 1;

        public static string Name(int puntClass)
        {
            switch (puntClass)
            {
                case 0: return "none";
                case Local: return "local";
                case Arp: return "arp";
                case TtlExpired: return "ttl expired";
                case TtlExpiredLabelled: return "ttl expired in label";
                case NoRoute: return "no route";
                case MtuExceeded: return "mtu exceeded";
                case Resolve: return "resolve";
                case MtuExceededLabelled: return "mtu exceeded in label";
                case LocalIpv6: return "local ipv6";
                case Fragment: return "fragment kept";
                default: return "unknown";
            }
        }
    }
}
