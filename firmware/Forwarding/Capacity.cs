namespace LabEdge.Forwarding
{
    /// <summary>
    /// Every table size of a router. All memory is made from it at start; full is an answer and a counter, never growth.
    /// It lives in the lowest room because every room's constructors take it.
    /// </summary>
    public sealed class Capacity
    {
        /// <summary>Name of the profile, for <c>show version</c>.</summary>
        public string Name;

        /// <summary>Physical ports.</summary>
        public int Ports;

        /// <summary>Addresses of the router itself, loopbacks included.</summary>
        public int Addresses;

        /// <summary>Loopback interfaces.</summary>
        public int Loopbacks;

        /// <summary>First label of our window (16..1,048,575) and how many we can hand out.</summary>
        public int FirstLabel;
        public int Labels;

        /// <summary>Rows of the path table; a PHP entry takes two.</summary>
        public int Paths;

        /// <summary>Multi-path groups, and the members of each at most (a power of two).</summary>
        public int Groups;
        public int GroupMembers;

        /// <summary>
        /// Transports: two per neighbour of either family (plain and labelled; a neighbour's slot keeps them), and one per label binding and per
        /// tunnel. With fewer a scan of addresses leaves none for an LSP.
        /// </summary>
        public int Transports;

        /// <summary>Octets of a transport's slot of ready octets: 32 holds Ethernet, one tag and three labels.</summary>
        public int TransportStride;

        /// <summary>VRFs, the global table (index 0) included.</summary>
        public int Vrfs;

        /// <summary>Prefixes of all VRFs in the forwarding table, own addresses and resolved neighbours included.</summary>
        public int Prefixes;

        /// <summary>
        /// Memory of the prefix layouts medium (ints of <see cref="PrefixTree"/>) and large (slots of <see cref="PrefixSlots"/>; needs the
        /// former too), 0 = none; and from how many prefixes on a VRF and family goes over to each.
        /// </summary>
        public int PrefixNodes;
        public int PrefixSlots;
        public int MediumFrom;
        public int LargeFrom;

        /// <summary>Candidate routes in the RIB.</summary>
        public int Routes;

        /// <summary>Candidate routes of IPv6 in its RIB.</summary>
        public int Routes6;

        /// <summary>Tagged circuits (untagged and port-mode ones cost nothing). A power of two.</summary>
        public int Circuits;

        public int Pseudowires;

        /// <summary>Attachment circuits with tags or rules of their own, and labels with rules of their own.</summary>
        public int Attachments;
        public int LabelActions;

        /// <summary>Bridge domains, the members of each at most, and MAC addresses of all.</summary>
        public int Bridges;
        public int BridgeMembers;
        public int MacAddresses;

        /// <summary>Pseudowires that may put fragments together (RFC 4623): each has a buffer of <see cref="MaxFrameLength"/>.</summary>
        public int Reassemblies;
        /// <summary>Tunnels that carry labelled packets in UDP or GRE.</summary>
        public int Tunnels;

        /// <summary>Maps between class, DSCP and priority, the identity included: 1 to 8.</summary>
        public int ClassMaps;

        /// <summary>Neighbours on all links (ARP entries).</summary>
        public int Neighbors;

        /// <summary>IPv6 neighbours on all links (Neighbor Discovery entries).</summary>
        public int Neighbors6;

        /// <summary>Label bindings of all owners: of a line each, and two per FEC of LDP.</summary>
        public int LabelBindings;

        /// <summary>Lines of static routes of either family and of static bindings that a configuration may have: it is held twice.</summary>
        public int StaticRoutes;
        public int StaticRoutes6;
        public int StaticBindings;

        /// <summary>OSPF, where its room is there: processes, areas and neighbours of all, link state advertisements with their octets, routes.</summary>
        public int OspfProcesses;
        public int OspfAreas;
        public int OspfNeighbors;
        public int OspfLsas;
        public int OspfLsaOctets;
        public int OspfRoutes;

        /// <summary>Frame buffers for receiving: the burst size.</summary>
        public int Frames;

        /// <summary>Longest frame in octets, link header included.</summary>
        public int MaxFrameLength;

        /// <summary>Octets in front of a received frame for pushed headers.</summary>
        public int Headroom;

        /// <summary>TCP connections, and the octets that each may hold in either direction.</summary>
        public int TcpConnections;
        public int TcpRing;

        /// <summary>LDP sessions, FECs, and addresses of all LDP neighbours.</summary>
        public int LdpSessions;
        public int LdpFecs;
        public int LdpAddresses;

        /// <summary>BFD sessions, where its room is there: 254 at most.</summary>
        public int BfdSessions;

        /// <summary>Octets of text in the running configuration (descriptions and names), and lines of console output kept.</summary>
        public int ConfigurationText;
        public int ConsoleOutput;

        /// <summary>Events kept for <c>show logging</c>.</summary>
        public int LogEntries;

        /// <summary>Octets of the lines that a person typed last.</summary>
        public int ConsoleHistory;

        /// <summary>True: the IPv4 header checksum of every received packet is verified (RFC 1812 section 5.2.2).</summary>
        public bool VerifyHeaderChecksum = true;

        /// <summary>Instance fields of this class, for the RAM bill.</summary>
        public const int Fields = 55;

        /// <summary>Plain ESP32 or RP2040; role CE or P (DESIGN section 6).</summary>
        public static Capacity Tiny()
        {
            Capacity c = new Capacity();
            c.Name = "Tiny";
            c.Ports = 3;
            c.Addresses = 6;
            c.Loopbacks = 1;
            c.FirstLabel = 16;
            c.Labels = 32;
            c.Paths = 48;
            c.Groups = 4;
            c.GroupMembers = 2;
            c.Transports = 57;
            c.TransportStride = 32;
            c.Vrfs = 2;
            c.Prefixes = 64;
            c.Routes = 48;
            c.Routes6 = 16;
            c.Circuits = 4;
            c.Pseudowires = 2;
            c.Attachments = 4;
            c.LabelActions = 8;
            c.Bridges = 1;
            c.BridgeMembers = 4;
            c.MacAddresses = 32;
            c.Reassemblies = 0;
            c.Tunnels = 1;
            c.ClassMaps = 2;
            c.Neighbors = 8;
            c.Neighbors6 = 4;
            c.LabelBindings = 32;
            c.Frames = 4;
            c.MaxFrameLength = 1514;
            c.Headroom = 144;
            c.TcpConnections = 3;
            c.TcpRing = 600;
            c.LdpSessions = 2;
            c.LdpFecs = 24;
            c.LdpAddresses = 12;
            c.BfdSessions = 2;
            c.ConfigurationText = 256;
            c.ConsoleOutput = 1024;
            c.LogEntries = 8;
            c.ConsoleHistory = 128;
            c.OspfProcesses = 1;
            c.OspfAreas = 2;
            c.OspfNeighbors = 4;
            c.OspfLsas = 24;
            c.OspfLsaOctets = 1536;
            c.OspfRoutes = 32;
            c.StaticRoutes = 24;
            c.StaticRoutes6 = 8;
            c.StaticBindings = 16;
            return c;
        }

        /// <summary><see cref="Tiny"/> for a P router: no customers, so no VRF, circuit, pseudowire or tunnel, and all routes and labels are learned.</summary>
        public static Capacity TinyCore()
        {
            Capacity c = Tiny();
            c.Name = "TinyCore";
            c.Vrfs = 1;
            c.Circuits = 1;
            c.Pseudowires = 1;
            c.Attachments = 1;
            c.LabelActions = 1;
            c.Bridges = 1;
            c.BridgeMembers = 1;
            c.MacAddresses = 4;
            c.Tunnels = 0;
            c.ClassMaps = 1;
            c.Neighbors6 = 2;
            c.Routes6 = 4;
            c.StaticRoutes = 8;
            c.StaticRoutes6 = 2;
            c.StaticBindings = 4;

            // A ready slot, an entropy label, service word and control word: no tunnel is in front of them.
            c.Headroom = 64;
            c.Transports = 2 * (c.Neighbors + c.Neighbors6) + c.LabelBindings;
            return c;
        }

        /// <summary>RP2350 or an ESP32 with at least 192 KiB of heap; role PE.</summary>
        public static Capacity Small()
        {
            Capacity c = Tiny();
            c.Name = "Small";
            c.Ports = 4;
            c.Addresses = 16;
            c.Loopbacks = 2;
            c.Labels = 64;
            c.Paths = 128;
            c.Groups = 8;
            c.Transports = 106;
            c.Vrfs = 8;
            c.Prefixes = 256;
            c.Routes = 192;
            c.Routes6 = 32;
            c.Circuits = 16;
            c.Pseudowires = 8;
            c.Attachments = 12;
            c.LabelActions = 16;
            c.Bridges = 4;
            c.BridgeMembers = 8;
            c.MacAddresses = 64;
            c.Reassemblies = 1;
            c.Tunnels = 2;
            c.ClassMaps = 4;
            c.Neighbors = 12;
            c.Neighbors6 = 8;
            c.LabelBindings = 64;
            c.TcpConnections = 4;
            c.LdpFecs = 64;
            c.LdpAddresses = 24;
            c.BfdSessions = 4;
            c.ConfigurationText = 384;
            c.ConsoleOutput = 1024;
            c.LogEntries = 24;
            c.ConsoleHistory = 256;
            c.OspfProcesses = 2;
            c.OspfAreas = 4;
            c.OspfNeighbors = 8;
            c.OspfLsas = 48;
            c.OspfLsaOctets = 3072;
            c.OspfRoutes = 80;
            c.StaticRoutes = 32;
            c.StaticRoutes6 = 4;
            c.StaticBindings = 24;
            return c;
        }

        /// <summary>A board with PSRAM.</summary>
        public static Capacity Board()
        {
            Capacity c = Small();
            c.Name = "Board";
            c.Ports = 8;
            c.Addresses = 64;
            c.Loopbacks = 8;
            c.Labels = 4096;
            c.Paths = 4096;
            c.Groups = 64;
            c.GroupMembers = 4;
            c.Transports = 1088;
            c.Vrfs = 64;
            c.Prefixes = 4096;
            c.Routes = 4096;
            c.Routes6 = 1024;
            c.Circuits = 256;
            c.Pseudowires = 64;
            c.Attachments = 256;
            c.LabelActions = 256;
            c.Bridges = 32;
            c.BridgeMembers = 16;
            c.MacAddresses = 2048;
            c.Reassemblies = 4;
            c.Tunnels = 64;
            c.ClassMaps = 8;
            c.Neighbors = 128;
            c.Neighbors6 = 128;
            c.LabelBindings = 512;
            c.Frames = 32;
            c.TcpConnections = 32;
            c.TcpRing = 4200;
            c.LdpSessions = 16;
            c.LdpFecs = 1024;
            c.LdpAddresses = 256;
            c.BfdSessions = 16;
            c.ConfigurationText = 4096;
            c.ConsoleOutput = 8192;
            c.LogEntries = 256;
            c.ConsoleHistory = 4096;
            c.OspfProcesses = 8;
            c.OspfAreas = 16;
            c.OspfNeighbors = 64;
            c.OspfLsas = 1024;
            c.OspfLsaOctets = 65536;
            c.OspfRoutes = 1024;
            c.StaticRoutes = 1024;
            c.StaticRoutes6 = 256;
            c.StaticBindings = 256;
            return c;
        }

        /// <summary>The emulator's default: a PE on a PC.</summary>
        public static Capacity Pc()
        {
            Capacity c = Board();
            c.Name = "Pc";
            c.Ports = 32;
            c.Addresses = 128;
            c.Loopbacks = 16;
            c.Labels = 16384;
            c.Paths = 16384;
            c.Groups = 256;
            c.Transports = 6400;
            c.Prefixes = 16384;
            // Routes at 16 ints, those of IPv6 at 40, and a root for each table that is no longer small.
            c.PrefixNodes = 655360;
            c.PrefixSlots = 327680;
            c.MediumFrom = 1024;
            c.LargeFrom = 2048;
            c.Routes = 16384;
            c.Routes6 = 4096;
            c.Attachments = 1024;
            c.LabelActions = 1024;
            c.Bridges = 256;
            c.BridgeMembers = 32;
            c.MacAddresses = 16384;
            c.Reassemblies = 32;
            c.Tunnels = 256;
            c.LabelBindings = 4096;
            c.Neighbors = 512;
            c.Neighbors6 = 512;
            c.Frames = 32;
            c.MaxFrameLength = 9018;
            c.TcpConnections = 72;
            c.TcpRing = 8192;
            c.LdpSessions = 32;
            c.LdpFecs = 4096;
            c.LdpAddresses = 1024;
            c.BfdSessions = 64;
            c.ConfigurationText = 16384;
            c.LogEntries = 512;
            c.OspfProcesses = 32;
            c.OspfAreas = 64;
            c.OspfNeighbors = 128;
            c.OspfLsas = 4096;
            c.OspfLsaOctets = 393216;
            c.OspfRoutes = 4096;
            c.StaticRoutes = 16384;
            c.StaticRoutes6 = 4096;
            c.StaticBindings = 4096;
            return c;
        }
    }
}
