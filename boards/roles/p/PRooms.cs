namespace LabEdge.Roles
{
    /// <summary>Provider core: labels by LDP.</summary>
    public static class PRooms
    {
        /// <param name="entropy">The octets that the router got.</param>
        public static void Join(Router router, byte[] entropy)
        {
            LdpJoin.To(router, entropy);
        }
    }
}
