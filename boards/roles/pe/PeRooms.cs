namespace LabEdge.Roles
{
    /// <summary>Provider edge: labels by LDP, VRFs and pseudowires.</summary>
    public static class PeRooms
    {
        /// <param name="entropy">The octets that the router got.</param>
        public static void Join(Router router, byte[] entropy)
        {
            LdpJoin.To(router, entropy);
        }
    }
}
