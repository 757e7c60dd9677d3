namespace LabEdge.Bfd
{
    // Read RFC 5880 sections 6.2, 6.8.6 and 6.8.16 before changing this file.

    /// <summary>What becomes of a session (state, event to state, action): the table decides, <see cref="BfdSession"/> acts.</summary>
    public static class BfdMachine
    {
        /// <summary>States, numbered as on the wire.</summary>
        public const int AdminDown = 0;
        public const int Down = 1;
        public const int Init = 2;
        public const int Up = 3;
        public const int States = 4;

        /// <summary>A packet that says the sender's state: events 0 to 3 are its number.</summary>
        public const int ReceivedAdminDown = 0;
        public const int ReceivedDown = 1;
        public const int ReceivedInit = 2;
        public const int ReceivedUp = 3;

        /// <summary>Nothing came for the detection time.</summary>
        public const int Expired = 4;

        /// <summary>The interface went down.</summary>
        public const int PathDown = 5;

        /// <summary>Nobody wants the session any more; somebody wants it.</summary>
        public const int Disabled = 6;
        public const int Enabled = 7;
        public const int Events = 8;

        public const int None = 0;

        /// <summary>The packet does not count (RFC 5880 section 6.8.6: the local state is AdminDown).</summary>
        public const int Discard = 1;

        /// <summary>The other side hears of the new state.</summary>
        public const int Tell = 2;

        /// <summary>The session is up: the clients and the log hear of it.</summary>
        public const int GoUp = 3;

        /// <summary>It is down, with a diagnostic: the neighbour said so, the time is over, or the path is down.</summary>
        public const int GoDownSignaled = 4;
        public const int GoDownExpired = 5;
        public const int GoDownPath = 6;

        /// <summary>It is down because we want it no more.</summary>
        public const int Stop = 7;
        public const int Actions = 8;

        /// <returns>State &lt;&lt; 8 | action.</returns>
        public static int Step(int state, int e)
        {
            switch ((state << 4) | e)
            {
                case (AdminDown << 4) | ReceivedAdminDown:
                case (AdminDown << 4) | ReceivedDown:
                case (AdminDown << 4) | ReceivedInit:
                case (AdminDown << 4) | ReceivedUp: return (AdminDown << 8) | Discard;
                case (AdminDown << 4) | Enabled: return (Down << 8) | Tell;

                case (Down << 4) | ReceivedDown: return (Init << 8) | Tell;
                case (Down << 4) | ReceivedInit: return (Up << 8) | GoUp;
                case (Down << 4) | Disabled: return (AdminDown << 8) | Stop;

                case (Init << 4) | ReceivedAdminDown: return (Down << 8) | GoDownSignaled;
                case (Init << 4) | ReceivedInit:
                case (Init << 4) | ReceivedUp: return (Up << 8) | GoUp;
                case (Init << 4) | Expired: return (Down << 8) | GoDownExpired;
                case (Init << 4) | PathDown: return (Down << 8) | GoDownPath;
                case (Init << 4) | Disabled: return (AdminDown << 8) | Stop;

                case (Up << 4) | ReceivedAdminDown:
                case (Up << 4) | ReceivedDown: return (Down << 8) | GoDownSignaled;
                case (Up << 4) | Expired: return (Down << 8) | GoDownExpired;
                case (Up << 4) | PathDown: return (Down << 8) | GoDownPath;
                case (Up << 4) | Disabled: return (AdminDown << 8) | Stop;

                default: return (state << 8) | None;
            }
        }

        /// <summary>As IOS names them.</summary>
        public static string Name(int state)
        {
            switch (state)
            {
                case AdminDown: return "AdminDown";
                case Down: return "Down";
                case Init: return "Init";
                default: return "Up";
            }
        }
    }
}
