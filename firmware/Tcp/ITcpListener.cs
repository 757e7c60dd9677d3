namespace LabEdge.Tcp
{
    /// <summary>Who waits for connections to a port.</summary>
    public interface ITcpListener
    {
        /// <summary>Somebody wants to connect. The listener may set key, least TTL and keep-alive of the connection, and keeps the reference.</summary>
        /// <param name="connection">VRF, addresses and ports are set; its state follows.</param>
        /// <returns>False: the SYN is passed over in silence, and may come again.</returns>
        bool Offer(TcpConnection connection);

        /// <summary>The key of the MD5 option that is configured for an address, whether there is a connection or not; null = none.</summary>
        byte[] KeyOf(uint remote);
    }
}
