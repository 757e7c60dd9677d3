namespace LabEdge.Hal
{
    /// <summary>Datagrams to and from one peer, over an IP stack that is not the router's own. No call blocks.</summary>
    public interface IDatagrams
    {
        /// <summary>The stack below has an address and a link.</summary>
        bool Up { get; }

        /// <summary>Moves the next datagram of the peer to octets[offset..]; what comes from others is dropped.</summary>
        /// <returns>Its octets; 0 when none waits; -1 when one was dropped because it is longer than <paramref name="count"/>.</returns>
        int Receive(byte[] octets, int offset, int count);

        /// <returns>False when it could not be sent.</returns>
        bool Send(byte[] octets, int offset, int count);
    }
}
