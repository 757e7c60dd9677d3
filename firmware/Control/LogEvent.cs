namespace LabEdge.Control
{
    /// <summary>
    /// Events of <see cref="EventLog"/>, with the meaning of their three numbers. A protocol takes a range of its own and gives
    /// <c>LogText</c> (room Show) the words of its messages.
    /// </summary>
    public static class LogEvent
    {
        public const int None = 0;
        public const int Restarted = 1;

        /// <summary>a = interface.</summary>
        public const int LinkUp = 2;
        public const int LinkDown = 3;
        public const int LinkShutdown = 4;
        public const int LineUp = 5;
        public const int LineDown = 6;

        /// <summary>A person left configuration mode.</summary>
        public const int ConfiguredByHand = 7;

        /// <summary>A whole text came into force.</summary>
        public const int ConfigurationLoaded = 8;

        /// <summary>a = peer, b = VC id; down: c = <see cref="Reason"/>.</summary>
        public const int PseudowireUp = 9;
        public const int PseudowireDown = 10;

        /// <summary>a = pool of <see cref="Pools"/>, b = requests refused since start.</summary>
        public const int PoolFull = 11;

        /// <summary>First of OSPF and of LDP: 16 each. a = interface, b = router id of the neighbour, c, from its highest octet: event (8 bits), process (16), state before (4), state after (4).</summary>
        public const int OspfAdjacency = 32;
        public const int Ldp = 48;

        /// <summary>a = LSR id of the neighbour, b = session; down: c = one of the causes.</summary>
        public const int LdpNeighborUp = Ldp;
        public const int LdpNeighborDown = Ldp + 1;
        public const int CauseHello = 1;
        public const int CauseKeepAlive = 2;
        public const int CauseClosed = 3;
        public const int CauseNotified = 4;
        public const int CauseBadMessage = 5;
        public const int CauseStopped = 6;

        /// <summary>a = interface, b = neighbour; down: c = diagnostic of RFC 5880.</summary>
        public const int BfdUp = 64;
        public const int BfdDown = 65;
    }
}
