using System;

namespace LabEdge.Hal.W5500
{
    // Reset, identity, opening and closing. Read W5500 datasheet v1.1.0 sections 4.1 and 5.5.1 (reset timing) first.
    public sealed partial class W5500Port
    {
        /// <summary>RSTn is held low for at least this long (ms); the chip asks for 0.5.</summary>
        public const int ResetLowMs = 1;

        /// <summary>Left alone after RSTn for at least this long (ms); the PLL locks within 1.</summary>
        public const int ResetSettleMs = 10;

        /// <summary>Longest wait for the software reset (ms).</summary>
        public const int SoftResetMs = 100;

        private const int StepBegin = 0;
        private const int StepResetLow = 1;
        private const int StepSettle = 2;
        private const int StepSoftReset = 3;

        private int _step;
        private uint _stepSince;

        /// <summary>
        /// Resets the chip, proves that it is a W5500, and opens socket 0. Resumable: does not wait for a reset but answers
        /// <see cref="W5500State.Busy"/>, and is to be called again; every call is bounded by
        /// 2 * <see cref="CommandWaitMs"/>. Any other answer is final; a further call begins anew.
        /// Never throws for a chip that is missing or broken.
        /// </summary>
        public W5500State Start()
        {
            uint now = _clock.NowMs();
            if (_step == StepBegin)
            {
                _open = false;
                _linkUp = false;
                State = W5500State.Busy;
                _stepSince = now;
                if (_reset == null)
                {
                    BeginSoftReset(now);
                }
                else
                {
                    _reset.Write(false);
                    _step = StepResetLow;
                }

                return State;
            }

            // A difference of n + 1 ticks is n whole milliseconds at least.
            int waited = (int)(now - _stepSince);
            if (_step == StepResetLow)
            {
                if (waited <= ResetLowMs) return State;
                _reset.Write(true);
                _step = StepSettle;
                _stepSince = now;
                return State;
            }

            if (_step == StepSettle)
            {
                if (waited > ResetSettleMs) BeginSoftReset(now);
                return State;
            }

            if ((ReadOctet(W5500Registers.MR) & W5500Registers.MR_RST) != 0)
            {
                if (waited <= SoftResetMs) return State;
                return Settle(W5500State.ResetStuck);
            }

            if (ReadOctet(W5500Registers.VERSIONR) != W5500Registers.VERSIONR_W5500) return Settle(W5500State.WrongVersion);
            int retryTime = (ReadOctet(W5500Registers.RTR) << 8) | ReadOctet(W5500Registers.RTR + 1);
            if (retryTime != W5500Registers.RTR_Reset) return Settle(W5500State.WrongDefaults);
            Configure();
            if (!OpenSocket()) return Settle(W5500State.OpenFailed);
            WriteOctet(W5500Registers.CommonWrite, W5500Registers.SIMR, 0x01);
            _strangeInARow = 0;
            Settle(W5500State.Ready);
            _open = true;
            CheckLink(now);
            return State;
        }

        /// <summary>Lets a running SEND finish, closes socket 0 and releases INT. Bounded as Start is. Start may follow.</summary>
        public void Stop()
        {
            if (_open)
            {
                WriteOctet(W5500Registers.CommonWrite, W5500Registers.SIMR, 0x00);
                if (_sendRunning || _commandRunning) AwaitSent();
                if (_open) Command(W5500Registers.Sn_CR_CLOSE, 0x00);
            }

            _open = false;
            _linkUp = false;
            Settle(W5500State.Off);
        }

        /// <summary>
        /// On (as after the constructor): every frame passes. Off: the chip's MAC filter passes its own address, broadcast and
        /// IP multicast (01-00-5E of IPv4 and 33-33 of IPv6, so Neighbor Discovery), and nothing else, not even IS-IS or LLDP. Kept over Start.
        /// </summary>
        public bool SetPromiscuous(bool on)
        {
            _promiscuous = on;
            if (_open) WriteOctet(W5500Registers.SocketWrite, W5500Registers.Sn_MR, SocketMode());
            return true;
        }

        private void BeginSoftReset(uint now)
        {
            WriteOctet(W5500Registers.CommonWrite, W5500Registers.MR, W5500Registers.MR_RST);
            _step = StepSoftReset;
            _stepSince = now;
        }

        private W5500State Settle(W5500State state)
        {
            _step = StepBegin;
            State = state;
            return state;
        }

        private void Lose(W5500State state)
        {
            ChipLosses++;
            _open = false;
            _linkUp = false;
            Settle(state);
        }

        private int SocketMode()
        {
            int mode = W5500Registers.Sn_MR_MACRAW;
            if (!_promiscuous) mode |= W5500Registers.Sn_MR_MFEN;
            return mode;
        }

        private void Configure()
        {
            // Sockets 1..7 give up their 2 KB first: the sum may not pass 16 at any time.
            for (int socket = W5500Registers.SocketCount - 1; socket >= 0; socket--)
            {
                int size = 0;
                if (socket == 0) size = W5500Registers.BufferKilobytes;
                Address(
                    _scratch,
                    W5500Registers.Sn_RXBUF_SIZE,
                    W5500Registers.SocketWrite | (socket << W5500Registers.SocketShift));
                _scratch[3] = (byte)size;
                _scratch[4] = (byte)size;
                _spi.Write(_scratch, 0, 5);
            }

            Address(_scratch, W5500Registers.SHAR, W5500Registers.CommonWrite);
            Array.Copy(_address, 0, _scratch, 3, 6);
            _spi.Write(_scratch, 0, 9);
            WriteOctet(W5500Registers.CommonWrite, W5500Registers.MR, W5500Registers.MR_PB);

            // Longest pause between two assertions of INT, so that a level poll sees the high between them.
            Address(_scratch, W5500Registers.INTLEVEL, W5500Registers.CommonWrite);
            _scratch[3] = 0xFF;
            _scratch[4] = 0xFF;
            _spi.Write(_scratch, 0, 5);
            WriteOctet(W5500Registers.SocketWrite, W5500Registers.Sn_IMR, W5500Registers.Sn_IR_RECV);
        }

        // Puts socket 0 into MACRAW with empty buffers, from any state.
        private bool OpenSocket()
        {
            if (!Command(W5500Registers.Sn_CR_CLOSE, 0x00)) return false;
            WriteOctet(W5500Registers.SocketWrite, W5500Registers.Sn_MR, SocketMode());
            if (!Command(W5500Registers.Sn_CR_OPEN, W5500Registers.Sn_SR_MACRAW)) return false;
            _spi.Transfer(_askStatus, 0, _status, 0, StatusOctets);
            _txWrite = (_status[AtTxWrite] << 8) | _status[AtTxWrite + 1];
            _rxRead = (_status[AtRxRead] << 8) | _status[AtRxRead + 1];
            _commandRunning = false;
            _sendRunning = false;
            _quiet = false;
            _expectedLength = W5500Registers.MaxFrameLength;
            _resyncsInARow = 0;
            return true;
        }

        private void Reopen()
        {
            Reopens++;
            if (!OpenSocket()) Lose(W5500State.OpenFailed);
        }

        // Gives a command, clears all of Sn_IR, and waits until it is taken and Sn_SR is as wanted.
        private bool Command(int command, int wantedStatus)
        {
            _command[3] = (byte)command;
            _command[4] = 0xFF;
            _spi.Write(_command, 0, 5);
            uint since = _clock.NowMs();
            for (int look = 0; look < WaitPolls; look++)
            {
                _spi.Transfer(_askStatus, 0, _status, 0, ShortStatusOctets);
                if (_status[AtCommand] == 0 && _status[AtStatus] == wantedStatus) return true;
                if ((int)(_clock.NowMs() - since) > CommandWaitMs) break;
            }

            CommandTimeouts++;
            return false;
        }

        private void WriteOctet(int control, int offset, int value)
        {
            Address(_scratch, offset, control);
            _scratch[3] = (byte)value;
            _spi.Write(_scratch, 0, 4);
        }

        private int ReadOctet(int offset)
        {
            Address(_scratch, offset, W5500Registers.CommonRead);
            _spi.Transfer(_scratch, 0, _scratch, 0, 4);
            return _scratch[3];
        }
    }
}
