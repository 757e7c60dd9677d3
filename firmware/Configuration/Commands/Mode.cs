namespace LabEdge.Cli
{
    /// <summary>Where a line is read. The commands of a mode stand together in <see cref="CommandTable"/>.</summary>
    public static class Mode
    {
        /// <summary>User exec: the prompt ends in &gt;.</summary>
        public const int User = 0;

        /// <summary>Privileged exec.</summary>
        public const int Exec = 1;
        public const int Global = 2;
        public const int Vrf = 3;
        public const int Interface = 4;
        public const int Xconnect = 5;

        /// <summary>A service instance, and its xconnect.</summary>
        public const int Instance = 6;
        public const int InstanceXconnect = 7;
        public const int Bridge = 8;

        /// <summary>A pseudowire of a bridge domain.</summary>
        public const int MemberXconnect = 9;

        /// <summary>Behind the | of a show command.</summary>
        public const int Filter = 10;

        /// <summary>A process of OSPF.</summary>
        public const int Ospf = 11;

        /// <summary>Lines of this mode are configuration.</summary>
        public static bool IsConfiguration(int mode)
        {
            return mode >= Global && mode != Filter;
        }

        /// <summary>The mode whose commands are tried next when a line is none of this mode's; -1 = no other.</summary>
        public static int Parent(int mode)
        {
            return mode == MemberXconnect ? Bridge : mode == InstanceXconnect ? Instance : mode == Instance ? Interface : mode == Bridge ? Global : mode == Xconnect ? Interface : mode == Interface || mode == Vrf || mode == Ospf ? Global : -1;
        }

        /// <summary>What stands between the host name and the input.</summary>
        public static string Prompt(int mode)
        {
            switch (mode)
            {
                case User: return ">";
                case Exec: return "#";
                case Global: return "(config)#";
                case Vrf: return "(config-vrf)#";
                case Interface: return "(config-if)#";
                case Instance: return "(config-if-srv)#";
                case InstanceXconnect: return "(config-if-srv-xconn)#";
                case Bridge: return "(config-bdomain)#";
                case Ospf: return "(config-router)#";
                case MemberXconnect: return "(config-bdomain-xconn)#";
                default: return "(config-if-xconn)#";
            }
        }
    }
}
