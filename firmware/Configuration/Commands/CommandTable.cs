namespace LabEdge.Cli
{
    /// <summary>
    /// Every command as one row of text; its number is the action. The text is made of words and arguments with help in braces
    /// (given once, where the words first appear), <c>[a b]</c> optional groups in any order, a leading <c>+</c> when there is a <c>no</c>
    /// form and <c>|</c> where that form may end, a leading <c>#</c> when user exec has it not. Arguments are <c>%</c>, a kind
    /// (<see cref="Argument"/>), a slot digit and for numbers <c>(lowest-highest)</c>; <c>word=N</c> marks slot N when the word is there.
    /// Rows stand in a switch, not in an array: on the device an array of strings would cost RAM, code is in flash.
    /// </summary>
    public static class CommandTable
    {
        public const int Enable = 0;
        public const int Disable = 1;
        public const int ConfigureTerminal = 2;
        public const int ConfigureReplace = 3;
        public const int ExitExec = 4;
        public const int WriteMemory = 5;
        public const int CopyRunning = 6;
        public const int ShowRunning = 7;
        public const int ShowStartup = 8;
        public const int ShowVersion = 9;
        public const int ShowMemory = 10;
        public const int ShowInterfaces = 11;
        public const int ShowIpInterfaceBrief = 12;
        public const int ShowIpRoute = 13;
        public const int ShowIpCef = 14;
        public const int ShowIpVrf = 15;
        public const int ShowArp = 16;
        public const int ShowIpArp = 17;
        public const int ShowMplsForwarding = 18;
        public const int ShowMplsInterfaces = 19;
        public const int ShowMplsBinding = 20;
        public const int ShowMplsRange = 21;
        public const int ShowXconnect = 22;
        public const int ShowVc = 23;
        public const int ShowCounters = 24;
        public const int ClearCounters = 25;
        public const int ClearArp = 26;
        public const int Ping = 27;
        public const int Traceroute = 28;
        public const int PingIpv6 = 29;
        public const int TracerouteIpv6 = 30;
        public const int ShowIpv6Route = 31;
        public const int ShowIpv6Neighbors = 32;
        public const int ShowIpv6InterfaceBrief = 33;
        public const int EndExec = 34;

        public const int Hostname = 35;
        public const int IpVrf = 36;
        public const int RouteByAddress = 37;
        public const int RouteByInterface = 38;
        public const int Ipv6Route = 39;
        public const int Ipv6RouteByInterface = 40;
        public const int Ipv6RouteByLabel = 41;
        public const int LabelRange = 42;
        public const int PropagateTtl = 43;
        public const int BindingInput = 44;
        public const int BindingOutput = 45;
        public const int BindingImplicitNull = 46;
        public const int InterfaceMode = 47;
        public const int EndGlobal = 48;
        public const int ExitGlobal = 49;
        public const int Do = 50;

        public const int Distinguisher = 51;
        public const int ExitVrf = 52;

        public const int Description = 53;
        public const int VrfForwarding = 54;
        public const int IpAddress = 55;
        public const int Ipv6Address = 56;
        public const int Ipv6Enable = 57;
        public const int MplsIp = 58;
        public const int Mtu = 59;
        public const int Shutdown = 60;
        public const int Xconnect = 61;
        public const int ExitInterface = 62;

        public const int MplsLabel = 63;
        public const int ControlWord = 64;
        public const int ExitXconnect = 65;
        public const int Count = 66;

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
                case Mode.Xconnect: return MplsLabel;
                default: return Count;
            }
        }

        /// <summary>One past the last row of a mode.</summary>
        public static int End(int mode)
        {
            return First(mode == Mode.User ? Mode.Global : mode + 1);
        }

        /// <summary>Most rows of one mode.</summary>
        public const int MostRows = 35;

        public static string Row(int action)
        {
            switch (action)
            {
                case Enable: return "enable{Turn on privileged commands}";
                case Disable: return "#disable{Turn off privileged commands}";
                case ConfigureTerminal: return "#configure{Enter configuration mode} terminal{Configure from the terminal}";
                case ConfigureReplace: return "#configure replace{Replace the running configuration by lines up to 'end'}";
                case ExitExec: return "exit{Leave the session}";
                case EndExec: return "#end{Leave configuration mode}";
                case WriteMemory: return "#write{Save the running configuration} [memory{To the startup configuration}]";
                case CopyRunning: return "#copy{Copy a configuration} running-config{The running configuration} startup-config{To the startup configuration}";
                case ShowRunning: return "#show{Show running system information} running-config{Current configuration} [interface{Of one interface} %i0{Interface}]";
                case ShowStartup: return "#show startup-config{Contents of the startup configuration}";
                case ShowVersion: return "show{Show running system information} version{Software and profile}";
                case ShowMemory: return "show memory{What each table costs}";
                case ShowInterfaces: return "show interfaces{Interface status and counters} [%i0{One interface}]";
                case ShowIpInterfaceBrief: return "show ip{IP information} interface{IP interface status} brief{One line each}";
                case ShowIpRoute: return "show ip route{IP routing table} [vrf{Of a VRF} %v0{VRF name}] [%a1{Address to look up}]";
                case ShowIpCef: return "show ip cef{Forwarding table} [vrf{Of a VRF} %v0{VRF name}] [%a1{Address to look up}]";
                case ShowIpVrf: return "show ip vrf{VRFs}";
                case ShowArp: return "show arp{ARP table} [vrf{Of a VRF} %v0{VRF name}]";
                case ShowIpArp: return "show ip arp{ARP table} [vrf{Of a VRF} %v0{VRF name}]";
                case ShowMplsForwarding: return "show mpls{MPLS information} forwarding-table{Label forwarding table (LFIB)}";
                case ShowMplsInterfaces: return "show mpls interfaces{Interfaces that take labels}";
                case ShowMplsBinding: return "show mpls static{Static labels} binding{Bindings of labels to prefixes}";
                case ShowMplsRange: return "show mpls label{Labels} range{Label ranges}";
                case ShowXconnect: return "show xconnect{Attachment circuits and pseudowires} all{All of them}";
                case ShowVc: return "show mpls l2transport{Layer 2 over MPLS} vc{Virtual circuits} [detail=0{All that is known}]";
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

                case Hostname: return "+hostname{Name of this router} | %w0{Name}";
                case IpVrf: return "+ip{IP configuration} vrf{A VRF} %w0{VRF name}";
                case RouteByAddress: return "+ip route{A static route} [vrf{In a VRF} %v0{VRF name}] %a1{Prefix} %m2{Mask} %a3{Next hop} | [%n5(1-255){Distance}] [label{VPN label of the remote PE} %n6(16-1048575)]";
                case RouteByInterface: return "+ip route [vrf %v0] %a1 %m2 %i4{Interface} | [%a3{Next hop}] [%n5(1-255){Distance}] [label{VPN label of the remote PE} %n6(16-1048575)]";
                case Ipv6Route: return "+ipv6{IPv6 configuration} route{A static route} [vrf{In a VRF} %v0{VRF name}] %p1{Prefix} %x3{Next hop} | [%n5(1-255){Distance}]";
                case Ipv6RouteByInterface: return "+ipv6 route [vrf %v0] %p1 %i4{Interface} | [%x3{Next hop}] [%n5(1-255){Distance}]";
                case Ipv6RouteByLabel: return "+ipv6 route [vrf %v0] %p1 %a2{Remote PE} | label{Label that the remote PE expects} %n6(16-1048575) [%n5(1-255){Distance}]";
                case LabelRange: return "+mpls{MPLS configuration} label{Labels} range{Labels that may be given out} | %n0(16-1048575){Lowest} %n1(16-1048575){Highest} [static{Range of static labels} %n2(16-1048575) %n3(16-1048575)]";
                case PropagateTtl: return "+mpls ip{IP over MPLS} propagate-ttl{Copy the IP TTL into labels and back}";
                case BindingInput: return "+mpls static{Static labels} binding{Bind a label to a prefix} ipv4{IPv4 prefix} [vrf{In a VRF} %v0{VRF name}] %a1{Prefix} %m2{Mask} [input{Label that we expect}] %n3(16-1048575){Label}";
                case BindingOutput: return "+mpls static binding ipv4 %a1 %m2 output{Label that the next hop expects} %a4{Next hop} %n3(16-1048575){Label}";
                case BindingImplicitNull: return "+mpls static binding ipv4 %a1 %m2 output %a4 implicit-null{Pop: the next hop wants no label}";
                case InterfaceMode: return "+interface{Configure an interface} %i0{Interface, or a new loopback}";
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
                case Xconnect: return "+xconnect{A pseudowire for all frames} | %a0{Peer} %n1(1-4294967295){VC id} encapsulation{How frames are carried} mpls{Over MPLS} manual{Labels by hand}";
                case ExitInterface: return "exit{Leave this mode}";

                case MplsLabel: return "+mpls{MPLS configuration} label{Labels of the pseudowire} | %n0(16-1048575){Local} %n1(16-1048575){Remote}";
                case ControlWord: return "+mpls control-word{RFC 4385 control word (default: on)}";
                case ExitXconnect: return "exit{Leave this mode}";
                default: return "";
            }
        }
    }
}
