namespace LabEdge.Cli
{
    /// <summary>Kinds of argument in a row of <see cref="CommandTable"/>, and how they are named to a person.</summary>
    public static class Argument
    {
        public const char Address = 'a';
        public const char Mask = 'm';
        public const char Number = 'n';
        public const char Interface = 'i';
        public const char Vrf = 'v';
        public const char Word = 'w';

        /// <summary>The rest of the line.</summary>
        public const char Line = 'l';
        public const char Distinguisher = 'r';

        /// <summary>An IPv6 address with its prefix length, and one without; at most one of each in a row.</summary>
        public const char Ipv6Prefix = 'p';
        public const char Ipv6Address = 'x';

        /// <summary>An OSPF area: a number, or the same as an address.</summary>
        public const char Area = 'o';

        /// <summary>Most slots of a row.</summary>
        public const int Slots = 8;

        /// <summary>As <c>?</c> lists it; numbers are written from the row.</summary>
        public static string Symbol(char kind)
        {
            switch (kind)
            {
                case Address:
                case Mask: return "A.B.C.D";
                case Interface: return "INTERFACE";
                case Area: return "AREA";
                case Line: return "LINE";
                case Distinguisher: return "ASN:nn";
                case Ipv6Prefix: return "X:X::X/N";
                case Ipv6Address: return "X:X::X";
                default: return "WORD";
            }
        }

        /// <summary>As an error says what was expected.</summary>
        public static string Expected(char kind)
        {
            switch (kind)
            {
                case Address: return "an IPv4 address";
                case Mask: return "a mask (such as 255.255.255.0)";
                case Interface: return "an interface of this router";
                case Line: return "text";
                case Distinguisher: return "a route distinguisher (ASN:N or A.B.C.D:N)";
                case Ipv6Prefix: return "an IPv6 prefix (such as 2001:db8::/32)";
                case Ipv6Address: return "an IPv6 address";
                case Vrf: return "a VRF name";
                case Area: return "an area (a number, or A.B.C.D)";
                case Number: return "a number";
                default: return "a name";
            }
        }
    }
}
