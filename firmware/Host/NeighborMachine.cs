namespace LabEdge.Host
{
    // Read RFC 826 and RFC 1122 section 2.3.2 before changing this file.

    /// <summary>
    /// What becomes of a neighbour (state, event to state, action): the table decides, <see cref="NeighborTable"/> acts.
    /// States are those of <see cref="NeighborTable"/>.
    /// </summary>
    public static class NeighborMachine
    {
        /// <summary>A packet needs the neighbour.</summary>
        public const int Needed = 0;

        /// <summary>Control takes a reference.</summary>
        public const int Wanted = 1;

        /// <summary>An ARP packet says the neighbour's hardware address.</summary>
        public const int Heard = 2;

        /// <summary>The timer ran out and tries are left.</summary>
        public const int Due = 3;

        /// <summary>The timer ran out after the last try, and Control wants the neighbour.</summary>
        public const int Exhausted = 4;

        /// <summary>The timer ran out after the last try, and nobody wants the neighbour.</summary>
        public const int Abandoned = 5;

        /// <summary>The port went down under a wanted neighbour.</summary>
        public const int PortDown = 6;

        /// <summary>The port came up.</summary>
        public const int PortUp = 7;

        /// <summary>The operator clears a wanted neighbour.</summary>
        public const int Cleared = 8;

        /// <summary>A neighbour that nobody wants goes: cleared, evicted, or its port went down.</summary>
        public const int Forgotten = 9;
        public const int Events = 10;

        /// <summary>Actions.</summary>
        public const int Nothing = 0;

        /// <summary>Broadcast a request, start the timer.</summary>
        public const int Ask = 1;

        /// <summary>Keep the hardware address, write the transports, start the age.</summary>
        public const int Learn = 2;

        /// <summary>Send a request to the known hardware address (RFC 1122 section 2.3.2.1, unicast poll).</summary>
        public const int Poll = 3;

        /// <summary>Transports unusable, then as Ask.</summary>
        public const int LoseAndAsk = 4;

        /// <summary>Transports unusable, timer off until the port is up.</summary>
        public const int Suspend = 5;

        /// <summary>No request for a while, so that packets to a dead address do not become a stream of broadcasts.</summary>
        public const int HoldDown = 6;

        /// <summary>Transports unusable, slot free.</summary>
        public const int Remove = 7;
        public const int Actions = 8;

        private const byte F = NeighborTable.Free;
        private const byte I = NeighborTable.Incomplete;
        private const byte R = NeighborTable.Reachable;
        private const byte P = NeighborTable.Probing;
        private const byte X = NeighborTable.Failed;

        // next state, action: one line per state, in the order of the events.
        private static readonly byte[] Table =
        {
            // Needed   Wanted      Heard      Due         Exhausted       Abandoned    PortDown     PortUp       Cleared         Forgotten
            I, Ask,     I, Ask,     R, Learn,  F, Nothing, F, Nothing,     F, Nothing,  F, Nothing,  F, Nothing,  F, Nothing,     F, Nothing,
            I, Nothing, I, Nothing, R, Learn,  I, Ask,     X, Ask,         X, HoldDown, I, Suspend,  I, Ask,      I, Ask,         F, Remove,
            R, Nothing, R, Nothing, R, Learn,  P, Poll,    P, Poll,        P, Poll,     I, Suspend,  R, Nothing,  I, LoseAndAsk,  F, Remove,
            P, Nothing, P, Nothing, R, Learn,  P, Poll,    I, LoseAndAsk,  F, Remove,   I, Suspend,  P, Nothing,  I, LoseAndAsk,  F, Remove,
            X, Nothing, I, Ask,     R, Learn,  X, Ask,     X, Ask,         F, Remove,   I, Suspend,  I, Ask,      I, Ask,         F, Remove,
        };

        public static int NextState(int state, int machineEvent)
        {
            return Table[(state * Events + machineEvent) * 2];
        }

        public static int ActionOf(int state, int machineEvent)
        {
            return Table[(state * Events + machineEvent) * 2 + 1];
        }
    }
}
