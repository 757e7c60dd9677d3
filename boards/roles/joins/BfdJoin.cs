using LabEdge.Bfd;

namespace LabEdge.Roles
{
    /// <summary>BFD over single hops; before those who ask it, so that they hear of a loss in the same poll.</summary>
    internal static class BfdJoin
    {
        /// <param name="entropy">The octets that the router got; BFD draws numbers of its own from them.</param>
        public static void To(Router router, byte[] entropy)
        {
            byte[] own = new byte[entropy.Length];
            for (int i = 0; i < own.Length; i++)
            {
                own[i] = (byte)(entropy[i] ^ 0xBF);
            }
            router.AddModule(new BfdModule(router.Host, router.Control, router.Capacity, own));
        }
    }
}
