namespace LabEdge.Host
{
    /// <summary>What kind of IPv4 address it is (RFC 1122 section 3.2.1.3, RFC 1812 section 5.3.7), first octet highest.</summary>
    public static class Ipv4Address
    {
        /// <returns>True for an address that one host may have: not 0/8, not 127/8, not multicast, class E or broadcast.</returns>
        public static bool IsHost(uint address)
        {
            uint first = address >> 24;
            return first != 0 && first != 127 && first < 224;
        }
    }
}
