namespace LabEdge.Roles
{
    /// <summary>Provider core: routes by OSPF, labels by LDP.</summary>
    public static class PRooms
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
