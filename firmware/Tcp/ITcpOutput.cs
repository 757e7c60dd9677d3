namespace LabEdge.Tcp
{
    /// <summary>Where segments go: IPv4 below us.</summary>
    public interface ITcpOutput
    {
        /// <summary>A segment is written into <see cref="Octets"/> from <see cref="Start"/> on.</summary>
        byte[] Octets { get; }

        int Start { get; }

        /// <summary>Sends it. A segment that does not get out is lost on the way, as any other.</summary>
        void Send(int vrf, uint source, uint destination, int length);
    }
}
