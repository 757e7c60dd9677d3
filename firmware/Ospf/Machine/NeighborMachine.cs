namespace LabEdge.Ospf
{
    // Read RFC 2328 section 10.3 before changing this file.

    /// <summary>What becomes of a neighbour: (state, event) to action; states are those of <see cref="OspfNeighbor"/>. The table decides, the adjacency acts.</summary>
    public static class NeighborMachine
    {
        public const int HelloReceived = 0;
        public const int TwoWayReceived = 1;
        public const int NegotiationDone = 2;
        public const int ExchangeDone = 3;
        public const int BadRequest = 4;
        public const int LoadingDone = 5;
        public const int AdjacencyOk = 6;
        public const int SequenceMismatch = 7;
        public const int OneWay = 8;
        public const int Kill = 9;
        public const int Inactivity = 10;
        public const int LinkDown = 11;

        /// <summary>Not of the RFC: BFD has found that the neighbour is not heard or does not hear (RFC 5882 section 3).</summary>
        public const int BfdDown = 12;
        public const int Events = 13;

        public const int Nothing = 0;
        public const int StartTimer = 1;

        /// <summary>Init, with the timer.</summary>
        public const int Begin = 2;

        /// <summary>To ExStart when an adjacency is due, else to 2-Way.</summary>
        public const int Decide = 3;

        /// <summary>From 2-Way on: to ExStart when an adjacency is due, back to 2-Way when it is no longer.</summary>
        public const int Review = 4;
        public const int BeginExchange = 5;

        /// <summary>To Full when nothing is to be asked for, else to Loading.</summary>
        public const int EndExchange = 6;
        public const int Complete = 7;

        /// <summary>Back to ExStart, lists emptied.</summary>
        public const int Restart = 8;

        /// <summary>Back to Init, lists emptied.</summary>
        public const int FallBack = 9;
        public const int Delete = 10;
        public const int Actions = 11;

        public static int ActionOf(int state, int machineEvent)
        {
            bool known = state != OspfNeighbor.Down && state != OspfNeighbor.Attempt;
            switch (machineEvent)
            {
                case HelloReceived:
                    return known ? StartTimer : Begin;
                case TwoWayReceived:
                    return state == OspfNeighbor.Init ? Decide : Nothing;
                case NegotiationDone:
                    return state == OspfNeighbor.ExStart ? BeginExchange : Nothing;
                case ExchangeDone:
                    return state == OspfNeighbor.Exchange ? EndExchange : Nothing;
                case LoadingDone:
                    return state == OspfNeighbor.Loading ? Complete : Nothing;
                case AdjacencyOk:
                    return state >= OspfNeighbor.TwoWay ? Review : Nothing;
                case BadRequest:
                case SequenceMismatch:
                    return state >= OspfNeighbor.Exchange ? Restart : Nothing;
                case OneWay:
                    return state >= OspfNeighbor.TwoWay ? FallBack : Nothing;
                default:
                    return state == OspfNeighbor.Down ? Nothing : Delete;
            }
        }
    }
}
