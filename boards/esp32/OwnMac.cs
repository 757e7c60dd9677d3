using LabEdge.Hal;

namespace LabEdge.Head
{
    /// <summary>The IP stack of the board's own MAC; its address is set by <c>nanoff --networkdeployment</c>.</summary>
    internal static class OwnMac
    {
        public static IDatagrams Open(byte[] peer, int udpPort, bool answers)
        {
            return new UdpDatagrams(peer, udpPort, answers);
        }
    }
}
