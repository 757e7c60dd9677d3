using LabEdge.Hal;

namespace LabEdge.Host
{
    /// <summary>Takes the packets of one IP protocol or of one UDP port; see <see cref="HandlerTable.Add"/>.</summary>
    public interface IPacketHandler
    {
        /// <param name="frame">
        /// Its packet is whole, no fragment, its header and checksum are right, it is to one of our addresses or to a group that its port has
        /// joined, and its source is one that a host may have and none of ours. Port, Context (the VRF) and Offset (the IPv4 header) are set. Not kept.
        /// </param>
        /// <param name="payload">Offset after the IPv4 header (protocols) or after the UDP header, whose length and checksum are right.</param>
        /// <param name="length">Octets from there to the end of packet or datagram.</param>
        /// <returns>False when it is nothing for the handler: the frame ends as <c>host unclaimed</c>.</returns>
        bool Receive(Frame frame, int payload, int length, uint now);
    }
}
