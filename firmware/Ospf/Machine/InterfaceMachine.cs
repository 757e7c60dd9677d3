namespace LabEdge.Ospf
{
    // Read RFC 2328 section 9.3 before changing this file.

    /// <summary>What becomes of an interface: (state, event) to action; states are those of <see cref="OspfInterface"/>.</summary>
    public static class InterfaceMachine
    {
        public const int Up = 0;
        public const int WaitTimer = 1;
        public const int BackupSeen = 2;
        public const int NeighborChange = 3;
        public const int Down = 4;
        public const int Events = 5;

        public const int Nothing = 0;

        /// <summary>To Loopback, Point-To-Point, Waiting or, with priority 0, DR Other, as the interface is.</summary>
        public const int Start = 1;

        /// <summary>The election of section 9.4 says the state.</summary>
        public const int Elect = 2;
        public const int Reset = 3;
        public const int Actions = 4;

        public static int ActionOf(int state, int machineEvent)
        {
            switch (machineEvent)
            {
                case Up:
                    return state == OspfInterface.Down ? Start : Nothing;
                case WaitTimer:
                case BackupSeen:
                    return state == OspfInterface.Waiting ? Elect : Nothing;
                case NeighborChange:
                    return state >= OspfInterface.Other ? Elect : Nothing;
                default:
                    return state == OspfInterface.Down ? Nothing : Reset;
            }
        }
    }
}
