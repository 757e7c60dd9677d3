namespace LabEdge.Ldp
{
    // Read RFC 5036 section 2.5.4 before changing this file.

    /// <summary>What becomes of a session (state, event to state, action): the table decides, <see cref="LdpSession"/> acts.</summary>
    public static class LdpMachine
    {
        public const int NonExistent = 0;
        public const int Initialized = 1;
        public const int OpenSent = 2;
        public const int OpenReceived = 3;
        public const int Operational = 4;
        public const int States = 5;

        /// <summary>The transport connection is there: we opened it, or the other side did.</summary>
        public const int ConnectedActive = 0;
        public const int ConnectedPassive = 1;
        public const int GoodInit = 2;

        /// <summary>An Initialization message with parameters that we cannot take.</summary>
        public const int BadInit = 3;
        public const int KeepAlive = 4;

        /// <summary>A message about addresses or labels.</summary>
        public const int Other = 5;

        /// <summary>A fatal notification came.</summary>
        public const int Shutdown = 6;
        public const int Timeout = 7;

        /// <summary>The transport connection has gone.</summary>
        public const int Disconnected = 8;

        /// <summary>What came cannot be read any further.</summary>
        public const int Malformed = 9;

        /// <summary>No hello adjacency any more, or the configuration says so.</summary>
        public const int Stop = 10;
        public const int Events = 11;

        public const int Nothing = 0;
        public const int SendInit = 1;
        public const int SendInitAndKeepAlive = 2;
        public const int SendKeepAlive = 3;
        public const int Up = 4;
        public const int Handle = 5;

        /// <summary>A notification that says why, then the connection is closed; or closed without one.</summary>
        public const int NotifyAndClose = 6;
        public const int Close = 7;
        public const int Actions = 8;

        /// <returns>Next state &lt;&lt; 8 | action.</returns>
        public static int Step(int state, int happening)
        {
            switch ((state << 4) | happening)
            {
                case (NonExistent << 4) | ConnectedActive: return (OpenSent << 8) | SendInit;
                case (NonExistent << 4) | ConnectedPassive: return Initialized << 8;
                case (Initialized << 4) | GoodInit: return (OpenReceived << 8) | SendInitAndKeepAlive;
                case (OpenSent << 4) | GoodInit: return (OpenReceived << 8) | SendKeepAlive;
                case (OpenReceived << 4) | KeepAlive: return (Operational << 8) | Up;
                case (Operational << 4) | KeepAlive: return Operational << 8;
                case (Operational << 4) | Other: return (Operational << 8) | Handle;
            }
            if (state == NonExistent)
            {
                return NonExistent << 8;
            }
            return (NonExistent << 8) | (happening == Disconnected || happening == Shutdown ? Close : NotifyAndClose);
        }

        /// <summary>The state's name as IOS writes it.</summary>
        public static string Name(int state)
        {
            switch (state)
            {
                case NonExistent: return "Nonexistent";
                case Initialized: return "Initialized";
                case OpenSent: return "OpenSent";
                case OpenReceived: return "OpenRec";
                default: return "Oper";
            }
        }
    }
}
