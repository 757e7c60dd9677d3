namespace LabEdge.Tcp
{
    // Read RFC 9293 sections 3.3.2 and 3.10 before changing this file.

    /// <summary>
    /// What becomes of a connection (state, event to state, action): the table decides, <see cref="TcpConnection"/> acts. An event of a segment is
    /// raised after the checks of RFC 9293 section 3.10.7.4 and RFC 5961 have accepted it.
    /// </summary>
    public static class TcpMachine
    {
        /// <summary>The user's calls.</summary>
        public const int PassiveOpen = 0;
        public const int ActiveOpen = 1;
        public const int Close = 2;
        public const int Abort = 3;

        /// <summary>A SYN without ACK; a SYN that acknowledges ours.</summary>
        public const int Syn = 4;
        public const int SynAck = 5;

        /// <summary>Our SYN, or our FIN, is acknowledged.</summary>
        public const int AckOfSyn = 6;
        public const int AckOfFin = 7;

        /// <summary>The other side's FIN, all before it being here.</summary>
        public const int Fin = 8;

        /// <summary>An acceptable RST.</summary>
        public const int Reset = 9;

        /// <summary>Nobody answered for too long; 2 MSL are over.</summary>
        public const int GiveUp = 10;
        public const int TimeWaitOver = 11;
        public const int Events = 12;

        /// <summary>Actions.</summary>
        public const int Nothing = 0;
        public const int SendSyn = 1;
        public const int SendSynAck = 2;
        public const int SendAck = 3;

        /// <summary>A FIN goes after all that is queued.</summary>
        public const int QueueFin = 4;
        public const int SendReset = 5;

        /// <summary>Acknowledge a FIN, and start (again) the wait for 2 MSL.</summary>
        public const int Linger = 6;

        /// <summary>The user is told: open; or closed with the cause.</summary>
        public const int Opened = 7;
        public const int OpenedAck = 8;
        public const int Lost = 9;

        /// <summary>The call is not possible in this state: an answer to the user.</summary>
        public const int Refuse = 10;
        public const int Actions = 11;

        /// <returns>Next state &lt;&lt; 8 | action.</returns>
        public static int Step(int state, int happening)
        {
            switch ((state << 4) | happening)
            {
                case (TcpState.Closed << 4) | PassiveOpen: return To(TcpState.Listen, Nothing);
                case (TcpState.Closed << 4) | ActiveOpen: return To(TcpState.SynSent, SendSyn);

                // RFC 9293 section 3.10.7.2.
                case (TcpState.Listen << 4) | ActiveOpen: return To(TcpState.SynSent, SendSyn);
                case (TcpState.Listen << 4) | Close:
                case (TcpState.Listen << 4) | Abort: return To(TcpState.Closed, Nothing);
                case (TcpState.Listen << 4) | Syn: return To(TcpState.SynReceived, SendSynAck);

                // Section 3.10.7.3; a bare SYN is a simultaneous open (section 3.5).
                case (TcpState.SynSent << 4) | Close:
                case (TcpState.SynSent << 4) | Abort: return To(TcpState.Closed, Nothing);
                case (TcpState.SynSent << 4) | Syn: return To(TcpState.SynReceived, SendSynAck);
                case (TcpState.SynSent << 4) | SynAck: return To(TcpState.Established, OpenedAck);
                case (TcpState.SynSent << 4) | Reset:
                case (TcpState.SynSent << 4) | GiveUp: return To(TcpState.Closed, Lost);

                // Section 3.10.4: queued for processing after entering ESTABLISHED.
                case (TcpState.SynReceived << 4) | Close: return To(TcpState.SynReceived, QueueFin);
                case (TcpState.SynReceived << 4) | AckOfSyn: return To(TcpState.Established, Opened);
                case (TcpState.SynReceived << 4) | Fin: return To(TcpState.CloseWait, SendAck);

                case (TcpState.Established << 4) | Close: return To(TcpState.FinWait1, QueueFin);
                case (TcpState.Established << 4) | Fin: return To(TcpState.CloseWait, SendAck);

                case (TcpState.FinWait1 << 4) | AckOfFin: return To(TcpState.FinWait2, Nothing);
                case (TcpState.FinWait1 << 4) | Fin: return To(TcpState.Closing, SendAck);
                case (TcpState.FinWait2 << 4) | Fin: return To(TcpState.TimeWait, Linger);
                case (TcpState.CloseWait << 4) | Close: return To(TcpState.LastAck, QueueFin);
                case (TcpState.Closing << 4) | AckOfFin: return To(TcpState.TimeWait, Linger);
                case (TcpState.LastAck << 4) | AckOfFin: return To(TcpState.Closed, Nothing);
                case (TcpState.TimeWait << 4) | Fin: return To(TcpState.TimeWait, Linger);
                case (TcpState.TimeWait << 4) | Abort:
                case (TcpState.TimeWait << 4) | Reset:
                case (TcpState.TimeWait << 4) | TimeWaitOver: return To(TcpState.Closed, Nothing);
            }
            switch (happening)
            {
                case PassiveOpen:
                case ActiveOpen: return To(state, Refuse);
                case Close: return To(state, state == TcpState.Closed ? Refuse : Nothing);
                case Abort: return state == TcpState.Closed ? To(state, Refuse) : To(TcpState.Closed, SendReset);
                case Reset:
                case GiveUp:
                    return state <= TcpState.Listen || state == TcpState.TimeWait ? To(state, Nothing) : To(TcpState.Closed, Lost);
                default: return To(state, Nothing);
            }
        }

        private static int To(int state, int action)
        {
            return (state << 8) | action;
        }
    }
}
