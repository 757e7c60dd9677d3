namespace LabEdge.Roles
{
    /// <summary>Customer edge of the smallest boards: routes static and connected. OSPF takes 15 KiB more than a plain ESP32 has; a CE that speaks it has the rooms of role pe.</summary>
    public static class CeRooms
    {
        /// <param name="entropy">The octets that the router got.</param>
        public static void Join(Router router, byte[] entropy)
        {
        }
    }
}
