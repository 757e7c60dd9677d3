using LabEdge.Ospf;

namespace LabEdge.Roles
{
    /// <summary>OSPFv2, by which a customer edge learns its provider's routes and a provider its own.</summary>
    internal static class OspfJoin
    {
        /// <param name="entropy">The octets that the router got; OSPF draws numbers of its own from them.</param>
        public static void To(Router router, byte[] entropy)
        {
            byte[] own = new byte[entropy.Length];
            for (int i = 0; i < own.Length; i++)
            {
                own[i] = (byte)(entropy[i] ^ 0x36);
            }
            router.AddModule(new OspfModule(router.Tables, router.Host, router.Control, router.Capacity, own));
        }
    }
}
