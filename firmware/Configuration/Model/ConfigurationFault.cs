namespace LabEdge.Cli
{
    /// <summary>Why a well-formed line cannot be part of a configuration; the text says what was expected instead.</summary>
    public static class ConfigurationFault
    {
        public const int None = 0;
        public const int NoVrf = 1;
        public const int HostBits = 2;
        public const int NotUnicast = 3;
        public const int Overlaps = 4;
        public const int NotAHost = 5;
        public const int HasXconnect = 6;
        public const int HasAddress = 7;
        public const int NotAPort = 8;
        public const int LabelUsed = 9;
        public const int LabelOutside = 10;
        public const int LabelRests = 11;
        public const int TableFull = 12;
        public const int NotThere = 13;
        public const int RangeOrder = 14;
        public const int RangeWindow = 15;
        public const int RangeTooSmall = 16;
        public const int BadMtu = 17;
        public const int PseudowireTwice = 18;
        public const int TextFull = 19;
        public const int BadName = 20;
        public const int DistinguisherUsed = 21;
        public const int InVrf = 22;
        public const int HasMpls = 23;
        public const int NextHopIsLocal = 24;
        public const int OtherVrf = 25;
        public const int LabelNeedsNextHop = 26;
        public const int BadPrefix = 27;
        public const int IsNextHop = 28;
        public const int IsPeer = 29;
        public const int NamedByRoute = 30;
        public const int PeerIsLocal = 31;
        public const int TextTooLong = 32;
        public const int VrfAfterAddress = 33;
        public const int OtherAddress = 34;
        public const int OtherDistance = 35;
        public const int OtherLabel = 36;
        public const int StaysThere = 37;
        public const int OverlapsIpv6 = 38;
        public const int LinkLocalNeedsInterface = 39;
        public const int KeyTooLong = 40;

        // Layer 2.
        public const int HasInstances = 60;
        public const int HasUntagged = 61;
        public const int NeedsControlWord = 62;
        public const int ControlWordNeeded = 63;
        public const int EncapsulationTwice = 64;
        public const int HasService = 65;
        public const int NoInstance = 66;
        public const int TooFewTags = 67;
        public const int IsConnected = 68;
        public const int OtherBridge = 69;
        public const int NameTwice = 70;
        public const int OneInstance = 71;
        public const int LabelsByLdp = 72;

        // OSPF.
        public const int OspfVrf = 80;
        public const int OspfTwice = 81;
        public const int OspfRouterId = 82;
        public const int OspfBackbone = 83;
        public const int OspfThrottle = 84;
        public const int OspfNull = 85;
        public const int OspfKeyTooLong = 86;
        public const int OspfOneKey = 87;

        public static string Expected(int fault)
        {
            switch (fault)
            {
                case NoVrf: return "the name of a VRF that exists";
                case HostBits: return "a prefix without bits beyond its mask";
                case NotUnicast: return "a unicast address";
                case Overlaps: return "a subnet that overlaps no other interface of its VRF";
                case NotAHost: return "a host address, not that of the network or broadcast";
                case HasXconnect: return "an interface without xconnect";
                case HasAddress: return "an interface without IP address";
                case NotAPort: return "a physical interface";
                case LabelUsed: return "a label that nothing else is bound to";
                case LabelOutside: return "a label of this router's window and static range";
                case LabelRests: return "a label that no protocol holds or gave back in the last 180 seconds";
                case TableFull: return "one fewer: the table is full";
                case NotThere: return "a line that is configured";
                case RangeOrder: return "the lowest before the highest, and ranges apart";
                case RangeWindow: return "labels of this router's window";
                case RangeTooSmall: return "a static range that holds every label bound by hand";
                case BadMtu: return "an MTU that the port can carry";
                case PseudowireTwice: return "a peer and VC id of its own";
                case TextFull: return "less text: the store for descriptions is full";
                case BadName: return "a name of 1 to 32 letters, digits, '-', '_', '.' or ':'";
                case DistinguisherUsed: return "a route distinguisher that no other VRF has";
                case InVrf: return "an interface outside VRFs";
                case HasMpls: return "an interface without mpls ip";
                case NextHopIsLocal: return "the next hop's address, not this router's";
                case OtherVrf: return "an interface of the same VRF";
                case LabelNeedsNextHop: return "a next hop and no interface with a label";
                case BadPrefix: return "a unicast prefix";
                case IsNextHop: return "an address that is no next hop of a route or label";
                case IsPeer: return "an address that is no xconnect's peer";
                case NamedByRoute: return "an interface that no static route names";
                case PeerIsLocal: return "the peer's address, not this router's";
                case VrfAfterAddress: return "ip vrf forwarding before ip address";
                case OtherAddress: return "the address that is configured";
                case OtherDistance: return "the distance that is configured";
                case OtherLabel: return "the label that is configured";
                case StaysThere: return "a loopback: a physical interface cannot be removed";
                case OverlapsIpv6: return "a prefix that overlaps no other address of its VRF";
                case LinkLocalNeedsInterface: return "an interface before a link-local next hop";
                case KeyTooLong: return "a key of at most 25 characters";
                case TextTooLong: return "a text of at most 241 characters";
                case HasInstances: return "an interface without service instances";
                case HasUntagged: return "an interface whose untagged frames no service instance takes";
                case NeedsControlWord: return "mpls control-word before it";
                case ControlWordNeeded: return "no sequencing and no fragmentation before it";
                case EncapsulationTwice: return "frames that no other service instance of the interface takes";
                case HasService: return "a service instance without xconnect, bridge-domain and connect";
                case NoInstance: return "a service instance that exists";
                case TooFewTags: return "an encapsulation with as many tags as are popped";
                case IsConnected: return "a service instance that no connect names";
                case OtherBridge: return "the bridge domain that is configured";
                case NameTwice: return "a name of its own";
                case LabelsByLdp: return "an xconnect with 'manual': LDP gives the labels of this one";
                case OneInstance: return "another service instance";
                case OspfVrf: return "the VRF that the process has";
                case OspfTwice: return "one process in each VRF";
                case OspfRouterId: return "a router id other than 0.0.0.0";
                case OspfBackbone: return "an area other than the backbone";
                case OspfThrottle: return "a longest delay that is not below the others";
                case OspfNull: return "message-digest or null";
                case OspfKeyTooLong: return "a key of at most 8 characters, with MD5 of 16";
                case OspfOneKey: return "no key of another number beside it";
                default: return "something else";
            }
        }
    }
}
