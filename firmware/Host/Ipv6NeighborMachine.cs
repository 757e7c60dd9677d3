namespace LabEdge.Host
{
    // Read RFC 4861 sections 7.2.5, 7.3 and appendix C before changing this file.

    /// <summary>
    /// What becomes of an IPv6 neighbour (state, event to state, action): <see cref="NeighborMachine"/> with the states of neighbour
    /// unreachability detection. States are those of <see cref="NeighborSlots"/>; events and actions below 10 and 8 are NeighborMachine's, where
    /// Heard is a solicited advertisement: the neighbour is there.
    /// </summary>
    public static class Ipv6NeighborMachine
    {
        /// <summary>A hardware address is said by a packet that does not prove that the neighbour hears us; it was another or none before.</summary>
        public const int Told = NeighborMachine.Events;

        /// <summary>An advertisement without the override flag says another hardware address.</summary>
        public const int Doubted = NeighborMachine.Events + 1;

        /// <summary>Something was sent to it since the timer was last looked at, or Control wants it.</summary>
        public const int Used = NeighborMachine.Events + 2;
        public const int Events = NeighborMachine.Events + 3;

        /// <summary>As Learn, without proof: the timer looks for use from now on.</summary>
        public const int LearnStale = NeighborMachine.Actions;

        /// <summary>Look for use again later.</summary>
        public const int Watch = NeighborMachine.Actions + 1;

        /// <summary>A while for upper layers to confirm (RFC 4861 DELAY_FIRST_PROBE_TIME), then ask.</summary>
        public const int Wait = NeighborMachine.Actions + 2;
        public const int Actions = NeighborMachine.Actions + 3;

        private const byte F = NeighborSlots.Free;
        private const byte I = NeighborSlots.Incomplete;
        private const byte R = NeighborSlots.Reachable;
        private const byte P = NeighborSlots.Probing;
        private const byte X = NeighborSlots.Failed;
        private const byte S = NeighborSlots.Stale;
        private const byte D = NeighborSlots.Delay;

        private const byte None = NeighborMachine.Nothing;
        private const byte Ask = NeighborMachine.Ask;
        private const byte Learn = NeighborMachine.Learn;
        private const byte Poll = NeighborMachine.Poll;
        private const byte Lose = NeighborMachine.LoseAndAsk;
        private const byte Suspend = NeighborMachine.Suspend;
        private const byte Hold = NeighborMachine.HoldDown;
        private const byte Remove = NeighborMachine.Remove;

        // next state, action: one line per state, in the order of their numbers; columns in the order of the events.
        private static readonly byte[] Table =
        {
            // Needed Wanted   Heard     Due       Exhausted Abandoned PortDown    PortUp   Cleared  Forgotten  Told           Doubted   Used
            I, Ask,  I, Ask,  R, Learn, F, None,  F, None,  F, None,   F, None,    F, None, F, None, F, None,   S, LearnStale, F, None,  F, None,
            I, None, I, None, R, Learn, I, Ask,   X, Ask,   X, Hold,   I, Suspend, I, Ask,  I, Ask,  F, Remove, S, LearnStale, I, None,  I, None,
            R, None, R, None, R, Learn, S, Watch, S, Watch, S, Watch,  I, Suspend, R, None, I, Lose, F, Remove, S, LearnStale, S, Watch, R, None,
            P, None, P, None, R, Learn, P, Poll,  I, Lose,  F, Remove, I, Suspend, P, None, I, Lose, F, Remove, S, LearnStale, P, None,  P, None,
            X, None, I, Ask,  R, Learn, X, Ask,   X, Ask,   F, Remove, I, Suspend, I, Ask,  I, Ask,  F, Remove, S, LearnStale, X, None,  X, None,
            S, None, S, None, R, Learn, S, Watch, S, Watch, F, Remove, I, Suspend, S, None, I, Lose, F, Remove, S, LearnStale, S, None,  D, Wait,
            D, None, D, None, R, Learn, P, Poll,  P, Poll,  P, Poll,   I, Suspend, D, None, I, Lose, F, Remove, S, LearnStale, D, None,  D, None,
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
