namespace LabEdge.Hal
{
    /// <summary>The link header that a port's frames begin with.</summary>
    public enum LinkKind
    {
        /// <summary>IEEE 802.3: destination, source, EtherType; no FCS.</summary>
        Ethernet = 0,
        Hdlc = 1,
        Ppp = 2,
        FrameRelay = 3,
        AtmCells = 4,

        /// <summary>No link header: the frame begins with its label stack (MPLS-in-UDP, RFC 7510).</summary>
        Labelled = 5,
    }
}
