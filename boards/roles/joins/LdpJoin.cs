using LabEdge.Ldp;
using LabEdge.Tcp;

namespace LabEdge.Roles
{
    /// <summary>Label distribution, and the TCP under it.</summary>
    internal static class LdpJoin
    {
        private const int ProtocolTcp = 6;

        /// <param name="entropy">The octets that the router got; TCP draws numbers of its own from them.</param>
        public static void To(Router router, byte[] entropy)
        {
            byte[] own = new byte[entropy.Length];
            for (int i = 0; i < own.Length; i++)
            {
                own[i] = (byte)(entropy[i] ^ 0x5C);
            }
            TcpStack tcp = new TcpStack(router.Capacity, own, new HostOutput(router.Host));
            router.Host.Handlers.Add(router.Capacity, ProtocolTcp, 0, tcp);

            // TCP after those who write to it.
            router.AddModule(new LdpModule(router.Tables, router.Host, router.Control, tcp, router.Capacity));
            router.AddModule(tcp);
        }
    }
}
