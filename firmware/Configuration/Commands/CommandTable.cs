namespace LabEdge.Cli
{
    /// <summary>
    /// Every command as one row of text; its number is the action. The text is made of words and arguments with help in braces
    /// (given once, where the words first appear), <c>[a b]</c> optional groups in any order, a leading <c>+</c> when there is a <c>no</c>
    /// form and <c>|</c> where that form may end, a leading <c>#</c> when user exec has it not. Arguments are <c>%</c>, a kind
    /// (<see cref="Argument"/>), a slot digit and for numbers <c>(lowest-highest)</c>; <c>word=N</c> marks slot N when the word is there.
    /// Numbers follow each other: to insert a row, let it and the next one count on from the one before. Rows stand in a switch, not in an array: on the device an array of strings would cost RAM, code is in flash.
    /// </summary>
    public static class CommandTable
    {
        public const int Enable = 0;
        public const int Disable = Enable + 1;
        public const int ConfigureTerminal = Disable + 1;
        public const int ConfigureReplace = ConfigureTerminal + 1;
        public const int ExitExec = ConfigureReplace + 1;
        public const int WriteMemory = ExitExec + 1;
        public const int CopyRunning = WriteMemory + 1;
        public const int ShowRunning = CopyRunning + 1;
        public const int ShowStartup = ShowRunning + 1;
        public const int ShowVersion = ShowStartup + 1;
        public const int ShowMemory = ShowVersion + 1;
        public const int ShowInterfaces = ShowMemory + 1;
        public const int ShowIpInterface = ShowInterfaces + 1;
        public const int ShowIpRoute = ShowIpInterface + 1;
        public const int ShowIpCef = ShowIpRoute + 1;
        public const int ShowIpVrf = ShowIpCef + 1;
        public const int ShowArp = ShowIpVrf + 1;
        public const int ShowIpArp = ShowArp + 1;
        public const int ShowMplsForwarding = ShowIpArp + 1;
        public const int ShowMplsInterfaces = ShowMplsForwarding + 1;
        public const int ShowMplsBinding = ShowMplsInterfaces + 1;
        public const int ShowMplsRange = ShowMplsBinding + 1;
        public const int ShowXconnect = ShowMplsRange + 1;
        public const int ShowVc = ShowXconnect + 1;
        public const int ShowBridge = ShowVc + 1;
        public const int ShowMac = ShowBridge + 1;
        public const int ShowInstances = ShowMac + 1;
        public const int ShowCounters = ShowInstances + 1;
        public const int ClearCounters = ShowCounters + 1;
        public const int ClearArp = ClearCounters + 1;
        public const int Ping = ClearArp + 1;
        public const int Traceroute = Ping + 1;
        public const int PingIpv6 = Traceroute + 1;
        public const int TracerouteIpv6 = PingIpv6 + 1;
        public const int ShowIpv6Route = TracerouteIpv6 + 1;
        public const int ShowIpv6Neighbors = ShowIpv6Route + 1;
        public const int ShowIpv6InterfaceBrief = ShowIpv6Neighbors + 1;
        public const int ShowVrf = ShowIpv6InterfaceBrief + 1;
        public const int ShowIpv6Cef = ShowVrf + 1;
        public const int ShowProcesses = ShowIpv6Cef + 1;
        public const int ShowLogging = ShowProcesses + 1;
        public const int ShowLdpNeighbor = ShowLogging + 1;
        public const int ShowLdpBindings = ShowLdpNeighbor + 1;
        public const int ShowLdpDiscovery = ShowLdpBindings + 1;
        public const int ShowLdpParameters = ShowLdpDiscovery + 1;
        public const int ShowMplsIpBinding = ShowLdpParameters + 1;
        public const int ShowLdpSync = ShowMplsIpBinding + 1;
        public const int ShowOspf = ShowLdpSync + 1;
        public const int ShowOspfNeighbor = ShowOspf + 1;
        public const int ShowOspfInterface = ShowOspfNeighbor + 1;
        public const int ShowOspfDatabase = ShowOspfInterface + 1;
        public const int ClearOspf = ShowOspfDatabase + 1;
        public const int ClearLogging = ClearOspf + 1;
        public const int Explain = ClearLogging + 1;
        public const int ExplainIpv6 = Explain + 1;
        public const int ExplainArriving = ExplainIpv6 + 1;
        public const int ExplainArrivingIpv6 = ExplainArriving + 1;
        public const int EndExec = ExplainArrivingIpv6 + 1;
        public const int TerminalLength = EndExec + 1;
        public const int TerminalWidth = TerminalLength + 1;
        public const int TerminalHistory = TerminalWidth + 1;
        public const int ShowTerminal = TerminalHistory + 1;
        public const int ShowHistory = ShowTerminal + 1;
        public const int Reload = ShowHistory + 1;
        public const int ReloadIn = Reload + 1;
        public const int ReloadCancel = ReloadIn + 1;
        public const int ShowReload = ReloadCancel + 1;
        public const int WriteTerminal = ShowReload + 1;
        public const int WriteErase = WriteTerminal + 1;
        public const int EraseStartup = WriteErase + 1;
        public const int CopyStartup = EraseStartup + 1;
        public const int ReplaceByStartup = CopyStartup + 1;
        public const int ReplaceByArchive = ReplaceByStartup + 1;
        public const int Revert = ReplaceByArchive + 1;
        public const int ArchiveConfig = Revert + 1;
        public const int ShowArchive = ArchiveConfig + 1;

        public const int Hostname = ShowArchive + 1;
        public const int IpVrf = Hostname + 1;
        public const int RouteByAddress = IpVrf + 1;
        public const int RouteByInterface = RouteByAddress + 1;
        public const int Ipv6Route = RouteByInterface + 1;
        public const int Ipv6RouteByInterface = Ipv6Route + 1;
        public const int Ipv6RouteByLabel = Ipv6RouteByInterface + 1;
        public const int LabelRange = Ipv6RouteByLabel + 1;
        public const int PropagateTtl = LabelRange + 1;
        public const int BindingInput = PropagateTtl + 1;
        public const int BindingOutput = BindingInput + 1;
        public const int BindingImplicitNull = BindingOutput + 1;
        public const int BindingExplicitNull = BindingImplicitNull + 1;
        public const int LdpLabels = BindingExplicitNull + 1;
        public const int LdpRouterId = LdpLabels + 1;
        public const int LdpPassword = LdpRouterId + 1;
        public const int LdpExplicitNull = LdpPassword + 1;
        public const int LdpTargeted = LdpExplicitNull + 1;
        public const int LdpHello = LdpTargeted + 1;
        public const int LdpHelloHold = LdpHello + 1;
        public const int LdpHold = LdpHelloHold + 1;
        public const int LdpHostRoutes = LdpHold + 1;
        public const int LdpAllRoutes = LdpHostRoutes + 1;
        public const int LdpOrdered = LdpAllRoutes + 1;
        public const int OspfMode = LdpOrdered + 1;
        public const int InterfaceMode = OspfMode + 1;
        public const int BridgeMode = InterfaceMode + 1;
        public const int Connect = BridgeMode + 1;
        public const int EndGlobal = Connect + 1;
        public const int ExitGlobal = EndGlobal + 1;
        public const int Do = ExitGlobal + 1;

        public const int Distinguisher = Do + 1;
        public const int ExitVrf = Distinguisher + 1;

        public const int Description = ExitVrf + 1;
        public const int VrfForwarding = Description + 1;
        public const int IpAddress = VrfForwarding + 1;
        public const int Ipv6Address = IpAddress + 1;
        public const int Ipv6Enable = Ipv6Address + 1;
        public const int MplsIp = Ipv6Enable + 1;
        public const int Mtu = MplsIp + 1;
        public const int Shutdown = Mtu + 1;
        public const int Xconnect = Shutdown + 1;
        public const int ServiceInstance = Xconnect + 1;
        public const int VerifyStrict = ServiceInstance + 1;
        public const int VerifyLoose = VerifyStrict + 1;

        /// <summary>Lines of an interface's OSPF, as OspfLines counts them.</summary>
        public const int IpOspf = VerifyLoose + 1;
        public const int IpOspfLast = IpOspf + 10;
        public const int ExitInterface = IpOspfLast + 1;

        public const int MplsLabel = ExitInterface + 1;
        public const int ControlWord = MplsLabel + 1;
        public const int VcVlan = ControlWord + 1;
        public const int VcEthernet = VcVlan + 1;
        public const int Sequencing = VcEthernet + 1;
        public const int FlowLabel = Sequencing + 1;
        public const int Fragmentation = FlowLabel + 1;
        public const int ExitXconnect = Fragmentation + 1;

        public const int EncapsulationUntagged = ExitXconnect + 1;
        public const int EncapsulationDefault = EncapsulationUntagged + 1;
        public const int EncapsulationDot1q = EncapsulationDefault + 1;
        public const int RewritePop = EncapsulationDot1q + 1;
        public const int RewriteTranslate = RewritePop + 1;
        public const int RewritePush = RewriteTranslate + 1;
        public const int InstanceXconnect = RewritePush + 1;
        public const int InstanceBridge = InstanceXconnect + 1;
        public const int StormBroadcast = InstanceBridge + 1;
        public const int StormMulticast = StormBroadcast + 1;
        public const int StormUnicast = StormMulticast + 1;
        public const int ExitInstance = StormUnicast + 1;

        public const int MacAge = ExitInstance + 1;
        public const int MacLimit = MacAge + 1;
        public const int Member = MacLimit + 1;
        public const int ExitBridge = Member + 1;

        /// <summary>Lines of an OSPF process, as OspfLines counts them from its second kind on.</summary>
        public const int OspfProcess = ExitBridge + 1;
        public const int OspfProcessLast = OspfProcess + 16;
        public const int ExitOspf = OspfProcessLast + 1;

        public const int FilterInclude = ExitOspf + 1;
        public const int FilterExclude = FilterInclude + 1;
        public const int FilterBegin = FilterExclude + 1;
        public const int FilterSection = FilterBegin + 1;
        public const int FilterCount = FilterSection + 1;
        public const int Count = FilterCount + 1;

        /// <summary>First row of a mode; its rows end where those of the next begin.</summary>
        public static int First(int mode)
        {
            switch (mode)
            {
                case Mode.User:
                case Mode.Exec: return Enable;
                case Mode.Global: return Hostname;
                case Mode.Vrf: return Distinguisher;
                case Mode.Interface: return Description;
                case Mode.InstanceXconnect:
                case Mode.MemberXconnect:
                case Mode.Xconnect: return MplsLabel;
                case Mode.Instance: return EncapsulationUntagged;
                case Mode.Bridge: return MacAge;
                case Mode.Ospf: return OspfProcess;
                case Mode.Filter: return FilterInclude;
                default: return Count;
            }
        }

        /// <summary>One past the last row of a mode.</summary>
        public static int End(int mode)
        {
            switch (mode)
            {
                case Mode.User:
                case Mode.Exec: return Hostname;
                case Mode.Global: return Distinguisher;
                case Mode.Vrf: return Description;
                case Mode.Interface: return MplsLabel;
                case Mode.Xconnect:
                case Mode.InstanceXconnect:
                case Mode.MemberXconnect: return EncapsulationUntagged;
                case Mode.Instance: return MacAge;
                case Mode.Bridge: return OspfProcess;
                case Mode.Ospf: return FilterInclude;
                default: return Count;
            }
        }

        /// <summary>Most rows of one mode.</summary>
        public const int MostRows = 88;

        public static string Row(int action)
        {
            switch (action)
            {
                case Enable: return "enable{Turn on privileged commands}";
                case Disable: return "#disable{Turn off privileged commands}";
                case ConfigureTerminal: return "#configure{Enter configuration mode} terminal{Configure from the terminal}";
                case ConfigureReplace: return "#configure replace{Replace the running configuration by lines up to 'end'} [lenient=0{Skip lines that LabEdge does not support}]";
                case ExitExec: return "exit{Leave the session}";
                case ShowLdpNeighbor: return "show mpls ldp{Label distribution protocol} neighbor{Neighbours and sessions}";
                case ShowLdpBindings: return "show mpls ldp bindings{What each gave for a prefix}";
                case ShowLdpDiscovery: return "show mpls ldp discovery{Hellos, and who is heard}";
                case ShowLdpParameters: return "show mpls ldp parameters{Timers and settings}";
                case ShowMplsIpBinding: return "show mpls ip{IP over MPLS} binding{Labels of prefixes, and which are in use}";
                case ShowLdpSync: return "show mpls ldp igp{Interior gateway protocol} sync{Where it waits for labels}";
                case ShowOspf: return "show ip ospf{Open shortest path first} [%n0(1-65535){Process}]";
                case ShowOspfNeighbor: return "show ip ospf [%n0(1-65535)] neighbor{Neighbours} [%i1{On one interface}] [%a2{Of this router id}] [detail=3{All that is known}]";
                case ShowOspfInterface: return "show ip ospf [%n0(1-65535)] interface{Interfaces} [%i1{One interface}] [brief=3{One line each}]";
                case ShowOspfDatabase: return "show ip ospf [%n0(1-65535)] database{Link state database} [router=3{Routers with their links}] [network=4{Networks}] [summary=5{Networks of other areas}] [asbr-summary=6{Borders of the AS in other areas}] [external=7{Routes of other sources}] [%a2{Link state id}]";
                case ClearOspf: return "#clear ip{IP information} ospf{Open shortest path first} [%n0(1-65535){Process}] process{Start it anew}";
                case EndExec: return "#end{Leave configuration mode}";
                case WriteMemory: return "#write{Save the running configuration} [memory{To the startup configuration}]";
                case CopyRunning: return "#copy{Copy a configuration} running-config{The running configuration} startup-config{To the startup configuration}";
                case ShowRunning: return "#show{Show running system information} running-config{Current configuration} [interface{Of one interface} %i0{Interface}]";
                case ShowStartup: return "#show startup-config{Contents of the startup configuration}";
                case ShowVersion: return "show{Show running system information} version{Software and profile}";
                case ShowMemory: return "show memory{What each table costs}";
                case ShowInterfaces: return "show interfaces{Interface status and counters} [%i0{One interface}] [counters=1{One line each: frames in and out}]";
                case ShowIpInterface: return "show ip{IP information} interface{IP interface status} [brief=1{One line each}] [%i0{One interface}]";
                case ShowIpRoute: return "show ip route{IP routing table} [vrf{Of a VRF} %v0{VRF name}] [%a1{Address to look up}] [connected=2{Connected routes}] [static=3{Static routes}] [ospf=5{OSPF routes}] [summary=4{How many of each source}]";
                case ShowIpCef: return "show ip cef{Forwarding table} [vrf{Of a VRF} %v0{VRF name}] [%a1{Address to look up}] [detail=2{With label stack and recursion}]";
                case ShowIpVrf: return "show ip vrf{VRFs} [brief=1{One line each}] [detail=2{All that is known}] [interfaces=3{Their interfaces}] [%v0{VRF name}]";
                case ShowArp: return "show arp{ARP table} [vrf{Of a VRF} %v0{VRF name}]";
                case ShowIpArp: return "show ip arp{ARP table} [vrf{Of a VRF} %v0{VRF name}]";
                case ShowMplsForwarding: return "show mpls{MPLS information} forwarding-table{Label forwarding table (LFIB)} [detail=1{Owner, encapsulation, counters}] [vrf{Labels of a VRF} %v0{VRF name}] [labels{One local label} %n2(0-1048575)] [%a3{Prefix} %m4{Mask}]";
                case ShowMplsInterfaces: return "show mpls interfaces{Interfaces that take labels} [%i0{One interface}] [detail=1{All that is known}]";
                case ShowMplsBinding: return "show mpls static{Static labels} binding{Bindings of labels to prefixes}";
                case ShowMplsRange: return "show mpls label{Labels} range{Label ranges}";
                case ShowXconnect: return "show xconnect{Attachment circuits and pseudowires} all{All of them} [detail=0{With labels}]";
                case ShowVc: return "show mpls l2transport{Layer 2 over MPLS} vc{Virtual circuits} [vcid{One VC id} %n1(1-4294967295)] [detail=0{All that is known}]";
                case ShowBridge: return "show bridge-domain{Bridge domains: members and MAC addresses} [%n0(1-16384){One of them}]";
                case ShowMac: return "show mac{MAC addresses} address-table{Learnt in bridge domains}";
                case ShowInstances: return "show ethernet{Ethernet services} service{Services} instance{Service instances and their counters}";
                case ShowCounters: return "show counters{Both ledgers by port}";
                case ClearCounters: return "#clear{Reset} counters{Both ledgers}";
                case ClearArp: return "#clear arp-cache{All ARP entries}";
                case Ping: return "ping{Send echo messages} [vrf{In a VRF} %v0{VRF name}] %a1{Destination} [repeat{Count} %n2(1-1000000)] [size{Packet size} %n3(36-9000)] [timeout{Seconds} %n4(0-3600)] [df-bit=5{Do not fragment}] [source{Source address} %a6]";
                case Traceroute: return "traceroute{Trace the route to a destination} [vrf{In a VRF} %v0{VRF name}] %a1{Destination} [ttl{First and last TTL} %n2(1-255) %n3(1-255)] [timeout{Seconds} %n4(0-3600)] [probe{Probes per hop} %n5(1-10)]";

                case PingIpv6: return "ping [ipv6{An IPv6 destination}] [vrf %v0] %x1{Destination} [%i6{Interface of a link-local destination}] [repeat %n2(1-1000000)] [size{Packet size} %n3(48-9000)] [timeout %n4(0-3600)]";
                case TracerouteIpv6: return "traceroute [ipv6{An IPv6 destination}] [vrf %v0] %x1{Destination} [%i6{Interface of a link-local destination}] [ttl %n2(1-255) %n3(1-255)] [timeout %n4(0-3600)] [probe %n5(1-10)]";
                case ShowIpv6Route: return "show ipv6{IPv6 information} route{IPv6 routing table} [vrf{Of a VRF} %v0{VRF name}] [%x1{Address to look up}] [%p2{Prefix}]";
                case ShowIpv6Neighbors: return "show ipv6 neighbors{Neighbor Discovery entries}";
                case ShowIpv6InterfaceBrief: return "show ipv6 interface{IPv6 interface status} brief{Addresses}";
                case TerminalLength: return "terminal{Set up this terminal} length{Lines of a page} %n0(0-512){Lines; 0 = no pages}";
                case TerminalWidth: return "terminal width{Columns of the screen} %n0(0-512){Columns; 0 = it wraps by itself}";
                case TerminalHistory: return "terminal history{Lines typed before} size{How many are kept} %n0(0-256){Lines}";
                case ShowTerminal: return "show terminal{Settings of this terminal}";
                case ShowHistory: return "show history{Lines typed before}";
                case Reload: return "#reload{Start the router again}";
                case ReloadIn: return "#reload in{After some time} %n0(1-34560){Minutes}";
                case ReloadCancel: return "#reload cancel{Not at the time set}";
                case ShowReload: return "#show reload{When the router starts again}";
                case WriteTerminal: return "#write terminal{To the terminal}";
                case WriteErase: return "#write erase{Erase the startup configuration}";
                case EraseStartup: return "#erase{Erase a configuration} startup-config{The startup configuration}";
                case CopyStartup: return "#copy startup-config{The startup configuration} running-config{Into the running configuration}";
                case ReplaceByStartup: return "#configure replace startup-config{By the startup configuration} [lenient=0{Skip lines that LabEdge does not support}]";
                case ReplaceByArchive: return "#configure replace archive{By an archived configuration} %n1(1-4){Its number} [lenient=0]";
                case Revert: return "#configure revert{To the configuration archived last}";
                case ArchiveConfig: return "#archive{Archive of configurations} config{Archive the running configuration}";
                case ShowArchive: return "#show archive{Archived configurations} [%n0(1-4){Contents of one}]";

                case ShowVrf: return "show vrf{VRFs} [detail=2{All that is known}] [%v0{VRF name}]";
                case ShowIpv6Cef: return "show ipv6 cef{Forwarding table} [vrf{Of a VRF} %v0{VRF name}] [%x1{Address to look up}] [detail=2{With label stack}]";
                case ShowProcesses: return "show processes{Work of each room of the router}";
                case ShowLogging: return "show logging{What happened}";
                case ClearLogging: return "#clear logging{The event log}";

                case Explain: return "explain{What becomes of a packet, and why} [vrf{In a VRF} %v0{VRF name}] %a1{Destination} [source{Source address} %a2] [size{Packet size} %n3(28-9000)] [ttl{Time to live} %n4(1-255)] [df-bit=5{Do not fragment}]";
                case ExplainIpv6: return "explain [vrf %v0] %x1{Destination} [size{Packet size} %n3(48-9000)] [ttl{Time to live} %n4(1-255)]";
                case ExplainArriving: return "explain interface{As if it came in by a port} %i6{Interface} [vlan{With a tag} %n7(1-4094)] [labels{Under labels, outermost first} %w0{Such as 16/203}] %a1{Destination} [source{Source address} %a2] [size{Packet size} %n3(28-9000)] [ttl{Time to live} %n4(1-255)] [df-bit=5{Do not fragment}]";
                case ExplainArrivingIpv6: return "explain interface %i6 [vlan %n7(1-4094)] [labels %w0] %x1{Destination} [size{Packet size} %n3(48-9000)] [ttl{Time to live} %n4(1-255)]";

                case Hostname: return "+hostname{Name of this router} | %w0{Name}";
                case IpVrf: return "+ip{IP configuration} vrf{A VRF} %w0{VRF name}";
                case RouteByAddress: return "+ip route{A static route} [vrf{In a VRF} %v0{VRF name}] %a1{Prefix} %m2{Mask} %a3{Next hop} | [%n5(1-255){Distance}] [label{VPN label of the remote PE} %n6(16-1048575)]";
                case RouteByInterface: return "+ip route [vrf %v0] %a1 %m2 %i4{Interface} | [%a3{Next hop}] [%n5(1-255){Distance}] [label{VPN label of the remote PE} %n6(16-1048575)]";
                case Ipv6Route: return "+ipv6{IPv6 configuration} route{A static route} [vrf{In a VRF} %v0{VRF name}] %p1{Prefix} %x3{Next hop} | [%n5(1-255){Distance}]";
                case Ipv6RouteByInterface: return "+ipv6 route [vrf %v0] %p1 %i4{Interface} | [%x3{Next hop}] [%n5(1-255){Distance}]";
                case Ipv6RouteByLabel: return "+ipv6 route [vrf %v0] %p1 %a2{Remote PE} | label{Label that the remote PE expects} %n6(16-1048575) [%n5(1-255){Distance}]";
                case LabelRange: return "+mpls{MPLS configuration} label{Labels} range{Labels that may be given out} | %n0(16-1048575){Lowest} %n1(16-1048575){Highest} [static{Range of static labels} %n2(16-1048575) %n3(16-1048575)]";
                case PropagateTtl: return "+mpls ip{IP over MPLS} propagate-ttl{Copy the IP TTL into labels} [forwarded=0{Of packets that are forwarded}] [local=1{Of this router's own packets}]";
                case BindingInput: return "+mpls static{Static labels} binding{Bind a label to a prefix} ipv4{IPv4 prefix} [vrf{In a VRF} %v0{VRF name}] %a1{Prefix} %m2{Mask} [input{Label that we expect}] %n3(16-1048575){Label}";
                case BindingOutput: return "+mpls static binding ipv4 %a1 %m2 output{Label that the next hop expects} %a4{Next hop} %n3(16-1048575){Label}";
                case BindingImplicitNull: return "+mpls static binding ipv4 %a1 %m2 output %a4 implicit-null{Pop: the next hop wants no label}";
                case BindingExplicitNull: return "+mpls static binding ipv4 %a1 %m2 output %a4 explicit-null{Label 0: the next hop wants the TTL and class of a label}";
                case LdpLabels: return "+mpls label protocol{Who gives labels to prefixes} | ldp{LDP, on every interface with mpls ip}";
                case LdpRouterId: return "+mpls ldp{Label distribution protocol} router-id{Whose address is our LSR id; starts LDP} | %i0{Interface} [force=1{At once; resets sessions}]";
                case LdpPassword: return "+mpls ldp neighbor{Of one neighbour} %a0{Its LSR id} password{Key of the MD5 option} | %w1{Key}";
                case LdpExplicitNull: return "+mpls ldp explicit-null{Label 0 for what ends here, not label 3}";
                case LdpTargeted: return "+mpls ldp discovery{Hellos} targeted-hello{Of neighbours that are not adjacent} accept{Answer them}";
                case LdpHello: return "+mpls ldp discovery hello{Of adjacent neighbours} interval{Time between two} | %n0(1-65535){Seconds}";
                case LdpHelloHold: return "+mpls ldp discovery hello holdtime{How long one is good for} | %n0(1-65535){Seconds}";
                case LdpHold: return "+mpls ldp holdtime{Of sessions} | %n0(15-65535){Seconds}";
                case LdpHostRoutes: return "+mpls ldp advertise-labels{Which prefixes get labels} for{Some} host-routes{Those of 32 bits}";
                case LdpAllRoutes: return "+mpls ldp advertise-labels for all-routes{Every prefix}";
                case LdpOrdered: return "+mpls ldp ordered-control{A label only when the next hop has given one}";
                case OspfMode: return "+router{A routing protocol} ospf{Open shortest path first} %n0(1-65535){Process} | [vrf{Of a VRF} %v3{VRF name}]";
                case InterfaceMode: return "+interface{Configure an interface} %i0{Interface, or a new loopback}";
                case BridgeMode: return "+bridge-domain{Configure a bridge domain} %n0(1-16384){Number}";
                case Connect: return "+connect{Join two service instances} %w0{Name} | %i1{Interface} %n2(1-4000){Service instance} %i3 %n4(1-4000)";
                case EndGlobal: return "end{Leave configuration mode}";
                case ExitGlobal: return "exit{Leave this mode}";
                case Do: return "do{Run an exec command} %l0{Command}";

                case Distinguisher: return "+rd{Route distinguisher} | %r0{ASN:N or A.B.C.D:N}";
                case ExitVrf: return "exit{Leave this mode}";

                case Description: return "+description{Text for people} | %l0{Text}";
                case VrfForwarding: return "+ip{IP configuration} vrf{VRF of this interface} forwarding{Forward in a VRF} | %v0{VRF name}";
                case IpAddress: return "+ip address{Address of this interface} | %a0{Address} %m1{Mask}";
                case Ipv6Address: return "+ipv6{IPv6 configuration} address{Address of this interface} | %p0{Address and prefix length}";
                case Ipv6Enable: return "+ipv6 enable{IPv6 with the link-local address}";
                case MplsIp: return "+mpls{MPLS configuration} ip{Take and send labelled packets}";
                case Mtu: return "+mtu{Largest packet} | %n0(64-9000){Octets}";
                case Shutdown: return "+shutdown{Take the interface down}";
                case Xconnect: return "+xconnect{A pseudowire for all frames} | %a0{Peer} %n1(1-4294967295){VC id} encapsulation{How frames are carried} mpls{Over MPLS} [manual=2{Labels by hand, not by LDP}]";
                case ServiceInstance: return "+service{A service for some frames} instance{Service instance} %n0(1-4000){Number} | ethernet{Ethernet frames}";
                case VerifyStrict: return "+ip verify{Check packets} unicast{Of one destination} source{Their source address} | reachable-via{Has a route} rx{By this interface} [allow-default=0{A default route counts}]";
                case VerifyLoose: return "+ip verify unicast source reachable-via any{By any interface} [allow-default=0{A default route counts}]";
                case IpOspf: return "+ip ospf{Open shortest path first} %n0(1-65535){Process} area{Area of the interface} %o1{Area}";
                case IpOspf + 1: return "+ip ospf authentication{How packets are signed} | [message-digest=3{By MD5}] [null=4{Not at all}]";
                case IpOspf + 2: return "+ip ospf authentication-key{Password of simple authentication} | %w0{Key}";
                case IpOspf + 3: return "+ip ospf cost{Of this interface} | %n0(1-65535){Cost}";
                case IpOspf + 4: return "+ip ospf dead-interval{A neighbour is gone after} | %n0(1-65535){Seconds}";
                case IpOspf + 5: return "+ip ospf hello-interval{Between two Hellos} | %n0(1-65535){Seconds}";
                case IpOspf + 6: return "+ip ospf message-digest-key{Key of MD5 authentication} %n0(1-255){Its number} | md5{MD5} %w1{Key}";
                case IpOspf + 7: return "+ip ospf mtu-ignore{The neighbour may have a larger MTU}";
                case IpOspf + 8: return "+ip ospf network{Kind of network} | broadcast{With designated router (default)}";
                case IpOspf + 9: return "+ip ospf network point-to-point{Without; a loopback: its whole subnet}";
                case IpOspf + 10: return "+ip ospf priority{To be designated router} | %n0(0-255){Highest wins; 0 = never}";
                case ExitInterface: return "exit{Leave this mode}";

                case MplsLabel: return "+mpls{MPLS configuration} label{Labels of the pseudowire} | %n0(16-1048575){Local} %n1(16-1048575){Remote}";
                case ControlWord: return "+mpls control-word{RFC 4385 control word (default: on)}";
                case VcVlan: return "+vc{Virtual circuit} type{How frames look in it} | vlan{Each with its service tag}";
                case VcEthernet: return "+vc type ethernet{Without service tag (default)}";
                case Sequencing: return "+sequencing{Number frames} | both{Sent and received}";
                case FlowLabel: return "+load-balance{Several ways through the core} | flow-label{RFC 6391} both{Sent and received}";
                case Fragmentation: return "+fragmentation{Frames that are too long in parts (RFC 4623)} | both{Sent and received}";
                case ExitXconnect: return "exit{Leave this mode}";

                case EncapsulationUntagged: return "+encapsulation{Which frames} | untagged{Without tag}";
                case EncapsulationDefault: return "+encapsulation default{Those of no other instance}";
                case EncapsulationDot1q: return "+encapsulation dot1q{With a tag} | %n0(1-4094){VLAN} [second-dot1q{And a second one} %n1(1-4094){Inner VLAN}]";
                case RewritePop: return "+rewrite{Change tags} ingress{Of frames that come in} tag{Tags} | pop{Take off} %n0(1-2){How many} symmetric{And back on frames that go out}";
                case RewriteTranslate: return "+rewrite ingress tag translate{Replace} | 1-to-1{One by one} dot1q{VLAN tag} %n0(1-4094){VLAN} symmetric";
                case RewritePush: return "+rewrite ingress tag push{Put on} | dot1q %n0(1-4094) symmetric";
                case InstanceXconnect: return "+xconnect{A pseudowire for these frames} | %a0{Peer} %n1(1-4294967295){VC id} encapsulation{How frames are carried} mpls{Over MPLS} [manual=2{Labels by hand, not by LDP}]";
                case InstanceBridge: return "+bridge-domain{Member of a bridge domain} | %n0(1-16384){Number} [split-horizon{Not to members of the same group} group{Group} %n1(1-15)]";
                case StormBroadcast: return "+storm-control{Limit floods} broadcast{Broadcast} | level{At most} pps{Frames per second} %n0(0-2000000)";
                case StormMulticast: return "+storm-control multicast{Multicast} | level pps %n0(0-2000000)";
                case StormUnicast: return "+storm-control unicast{Unknown unicast} | level pps %n0(0-2000000)";
                case ExitInstance: return "exit{Leave this mode}";

                case MacAge: return "+mac{MAC addresses} aging-time{Forgotten after} | %n0(10-1000000){Seconds}";
                case MacLimit: return "+mac limit{Limit} maximum{Most} addresses{Addresses} | %n0(1-65535)";
                case Member: return "+member{A pseudowire as member} %a0{Peer} %n1(1-4294967295){VC id} | encapsulation{How frames are carried} mpls{Over MPLS} [manual=3{Labels by hand, not by LDP}] [split-horizon{Not to members of the same group} group{Group} %n2(1-15)]";
                case ExitBridge: return "exit{Leave this mode}";

                case OspfProcess: return "+router-id{Its name in the AS} | %a0{In the form of an address}";
                case OspfProcess + 1: return "+log-adjacency-changes{Log neighbours that come and go (default)} | [detail=3{Each state}]";
                case OspfProcess + 2: return "+auto-cost{Cost from bandwidth} | reference-bandwidth{That has cost 1} %n0(1-4294967){Mb/s}";
                case OspfProcess + 3: return "+area{Settings of an area} %o0{Area} authentication{How packets are signed} [message-digest=3{By MD5}]";
                case OspfProcess + 4: return "+area %o0 default-cost{Of the default route into a stub area} | %n1(0-16777215){Cost}";
                case OspfProcess + 5: return "+area %o0 stub{No external routes} [no-summary=3{Nor those of other areas}]";
                case OspfProcess + 6: return "+max-metric{Others go round this router} router-lsa{Its links have the largest metric}";
                case OspfProcess + 7: return "+mpls{MPLS} ldp{Label distribution protocol} sync{Links without LDP have the largest metric}";
                case OspfProcess + 8: return "+timers{Timers} throttle{Rest between two runs} spf{Of the route calculation} | %n0(0-600000){First delay, ms} %n1(0-600000){Then, doubled each time} %n2(0-600000){At most}";
                case OspfProcess + 9: return "+redistribute{Routes of other sources} connected{Of interfaces} [metric{Their metric} %n3(0-16777214){Metric}] [metric-type{External type} %n4(1-2){1 adds the way, 2 does not (default)}] [subnets=5{Subnets too}]";
                case OspfProcess + 10: return "+redistribute static{Of ip route} [metric{Their metric} %n3(0-16777214){Metric}] [metric-type{External type} %n4(1-2){1 adds the way, 2 does not (default)}] [subnets=5{Subnets too}]";
                case OspfProcess + 11: return "+passive-interface{No neighbours on an interface} default{On every one}";
                case OspfProcess + 12: return "+passive-interface %i0{Interface}";
                case OspfProcess + 13: return "+network{Interfaces by their addresses} %a0{Address} %a1{Wildcard bits} area{Area} %o2{Area}";
                case OspfProcess + 14: return "+default-information{A default route} originate{Into the AS} [always=5{Even without one of our own}] [metric{Its metric} %n3(0-16777214){Metric}] [metric-type{External type} %n4(1-2){1 adds the way, 2 does not (default)}]";
                case OspfProcess + 15: return "+maximum-paths{Next hops of a route} | %n0(1-32){At most}";
                case OspfProcess + 16: return "+distance{Against routes of other sources} | %n0(1-255){Distance}";
                case ExitOspf: return "exit{Leave this mode}";

                case FilterInclude: return "include{Lines that match} %l0{Pattern}";
                case FilterExclude: return "exclude{Lines that do not match} %l0{Pattern}";
                case FilterBegin: return "begin{From the first line that matches} %l0{Pattern}";
                case FilterSection: return "section{Lines that match, with what is indented below them} %l0{Pattern}";
                case FilterCount: return "count{How many lines match} [%l0{Pattern}]";
                default: return "";
            }
        }
    }
}
