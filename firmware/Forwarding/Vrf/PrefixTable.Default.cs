namespace LabEdge.Forwarding
{
    // Whether only a default route leads somewhere (uRPF, RFC 3704).
    public sealed partial class PrefixTable
    {
        /// <returns>True when no prefix longer than 0.0.0.0/0 holds the address.</returns>
        public bool OnlyDefault(int vrf, uint address)
        {
            return !Longest(vrf, address, 32) || FoundBits == 0;
        }

        /// <returns>True when no prefix longer than ::/0 holds the address.</returns>
        public bool OnlyDefault6(int vrf, byte[] octets, int offset)
        {
            return !Longest6(vrf, octets, offset, 128) || FoundBits == 0;
        }
    }
}
