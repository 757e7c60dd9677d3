namespace LabEdge.Tcp
{
    /// <summary>States of a connection (RFC 9293 section 3.3.2).</summary>
    public static class TcpState
    {
        public const int Closed = 0;
        public const int Listen = 1;
        public const int SynSent = 2;
        public const int SynReceived = 3;
        public const int Established = 4;
        public const int FinWait1 = 5;
        public const int FinWait2 = 6;
        public const int CloseWait = 7;
        public const int Closing = 8;
        public const int LastAck = 9;
        public const int TimeWait = 10;
        public const int Count = 11;

        /// <summary>The state's name as IOS and the RFC write it.</summary>
        public static string Name(int state)
        {
            switch (state)
            {
                case Closed: return "CLOSED";
                case Listen: return "LISTEN";
                case SynSent: return "SYNSENT";
                case SynReceived: return "SYNRCVD";
                case Established: return "ESTAB";
                case FinWait1: return "FINWAIT1";
                case FinWait2: return "FINWAIT2";
                case CloseWait: return "CLOSEWAIT";
                case Closing: return "CLOSING";
                case LastAck: return "LASTACK";
                default: return "TIMEWAIT";
            }
        }
    }
}
