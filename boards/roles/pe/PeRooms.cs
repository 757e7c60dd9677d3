namespace LabEdge.Roles
{
    /// <summary>Provider edge: routes by OSPF, in the core and with customers; labels by LDP; VRFs and pseudowires.</summary>
    public static class PeRooms
    {
        /// <param name="entropy">The octets that the router got.</param>
        public static void Join(Router router, byte[] entropy)
        {
            BfdJoin.To(router, entropy);
            OspfJoin.To(router, entropy);
            LdpJoin.To(router, entropy);
        }
    }
}
