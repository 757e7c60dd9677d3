using LabEdge.Hal;

namespace LabEdge.Head
{
    /// <summary>A board without a MAC of its own: no IP stack but the router's, and no System.Net in the image.</summary>
    internal static class OwnMac
    {
        public static IDatagrams Open(byte[] peer, int udpPort, bool answers)
        {
            return null;
        }
    }
}
