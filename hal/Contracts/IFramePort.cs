namespace LabEdge.Hal
{
    /// <summary>One MAC or link. No call blocks past a bound that the implementation states.</summary>
    public interface IFramePort
    {
        LinkKind Kind { get; }

        /// <summary>True while the link carries frames. Control asks; the frame path does not.</summary>
        bool LinkUp { get; }

        /// <summary>Longest frame in octets, link header included, FCS not (1514 for a W5500).</summary>
        int MaxFrameLength { get; }

        /// <summary>
        /// Moves the next received frame into <paramref name="frame"/>: octets from <c>frame.Headroom</c> on, Start and Length set.
        /// </summary>
        /// <returns>False when none waits. A frame that does not fit is dropped and counted by the port.</returns>
        bool Receive(Frame frame);

        /// <summary>Receives up to <paramref name="max"/> frames into frames[0..].</summary>
        /// <returns>How many were filled.</returns>
        int ReceiveBurst(Frame[] frames, int max);

        /// <summary>
        /// Sends one frame. Finished with the octets when it returns: the caller owns the frame throughout.
        /// May use the headroom in front of Start as scratch; never changes Start, Length or the octets from Start on.
        /// </summary>
        /// <returns>False when the port dropped it (link down, no room within the bound, too long).</returns>
        bool Send(Frame frame);

        /// <summary>Pushes out what Send may have gathered.</summary>
        void Flush();
    }

    /// <summary>A port with a station address.</summary>
    public interface IEthernetPort : IFramePort
    {
        /// <summary>Writes the 6 octets of the station address.</summary>
        void GetAddress(byte[] address, int offset);

        /// <summary>Asks the MAC to pass frames for any destination (needed by a port-mode pseudowire).</summary>
        /// <returns>False when the MAC cannot.</returns>
        bool SetPromiscuous(bool on);
    }
}
