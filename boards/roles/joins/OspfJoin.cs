using LabEdge.Ospf;

namespace LabEdge.Roles
{
    /// <summary>OSPF, in all VRFs that the capacity has processes for.</summary>
    internal static class OspfJoin
    {
        /// <param name="entropy">The octets that the router got.</param>
        public static void To(Router router, byte[] entropy)
        {
            router.AddModule(new OspfModule(router.Tables, router.Host, router.Control, router.Capacity, entropy));
        }
    }
}
