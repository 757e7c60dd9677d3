namespace LabEdge.Roles
{
    /// <summary>Customer edge: routes by OSPF, no labels from others.</summary>
    public static class CeRooms
    {
        /// <param name="entropy">The octets that the router got.</param>
        public static void Join(Router router, byte[] entropy)
        {
            OspfJoin.To(router, entropy);
        }
    }
}
