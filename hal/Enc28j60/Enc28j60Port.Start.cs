namespace LabEdge.Hal.Enc28j60
{
    // Reset, identity, opening and closing. Read DS39662 sections 6 (initialisation) and 11 (reset) first.
    public sealed partial class Enc28j60Port
    {
        /// <summary>RESET is held low, and the chip left alone after any reset, for at least this long (ms). ESTAT.CLKRDY is not asked: by erratum it may lie.</summary>
        public const int ResetMs = 2;

        private const int StepBegin = 0;
        private const int StepResetLow = 1;
        private const int StepResetDone = 2;
        private const int StepSoftReset = 3;

        private int _step;
        private uint _stepSince;

        /// <summary>
        /// Resets the chip, proves that it is an ENC28J60, and opens reception. Resumable: does not wait for a reset but answers
        /// <see cref="Enc28j60State.Busy"/>, and is to be called again; every call is bounded by <see cref="WaitPolls"/> looks at the MII.
        /// Any other answer is final; a further call begins anew. Never throws for a chip that is missing or broken.
        /// </summary>
        public Enc28j60State Start()
        {
            uint now = _clock.NowMs();
            if (_step == StepBegin)
            {
                _open = false;
                _linkUp = false;
                State = Enc28j60State.Busy;
                if (_reset != null) _reset.Write(false);
                _step = _reset == null ? StepResetDone : StepResetLow;
                _stepSince = now - (_reset == null ? ResetMs + 1u : 0u);
                if (_reset != null) return State;
            }

            // A difference of n + 1 ticks is n whole milliseconds at least.
            if ((int)(now - _stepSince) <= ResetMs) return State;
            _stepSince = now;
            if (_step == StepResetLow)
            {
                _reset.Write(true);
                _step = StepResetDone;
                return State;
            }

            if (_step == StepResetDone)
            {
                _scratch[0] = Enc28j60Registers.SoftReset;
                _spi.Write(_scratch, 0, 1);
                _step = StepSoftReset;
                return State;
            }

            // Reset puts bank 0 in; a bus that corrupts may not have brought it.
            _bank = -1;
            Revision = Read(Enc28j60Registers.EREVID);
            if (Revision != 2 && Revision != 4 && Revision != 5 && Revision != 6) return Settle(Enc28j60State.WrongRevision);
            if (ReadWord(Enc28j60Registers.ERXNDL) != Enc28j60Registers.ERXND_Reset) return Settle(Enc28j60State.WrongDefaults);
            if (ReadPhy(Enc28j60Registers.PHID1) != Enc28j60Registers.PHID1_Value) return Settle(Enc28j60State.NoPhy);
            OpenRing();
            if (ReadWord(Enc28j60Registers.ERXNDL) != Enc28j60Registers.RxEnd) return Settle(Enc28j60State.WrongDefaults);
            if (!Configure()) return Settle(Enc28j60State.NoPhy);
            _sendRunning = false;
            _quiet = false;
            _strangeInARow = 0;
            Settle(Enc28j60State.Ready);
            _open = true;
            CheckLink(now);
            return State;
        }

        /// <summary>Lets a running transmission finish and ends reception. Bounded as Send is. Start may follow.</summary>
        public void Stop()
        {
            if (_open)
            {
                if (_sendRunning) AwaitSent();
                Write(Enc28j60Registers.EIE, 0);
                Clear(Enc28j60Registers.ECON1, Enc28j60Registers.ECON1_RXEN);
            }

            _open = false;
            _linkUp = false;
            Settle(Enc28j60State.Off);
        }

        /// <summary>
        /// On (as after the constructor): every frame with a right CRC passes. Off: frames to our address, to all, and to every group
        /// (so also Neighbor Discovery, OSPF and LLDP). Kept over Start.
        /// </summary>
        public bool SetPromiscuous(bool on)
        {
            _promiscuous = on;
            if (_open) Write(Enc28j60Registers.ERXFCON, Filter());
            return true;
        }

        private int Filter()
        {
            return _promiscuous
                ? Enc28j60Registers.ERXFCON_CRCEN
                : Enc28j60Registers.ERXFCON_UCEN | Enc28j60Registers.ERXFCON_CRCEN | Enc28j60Registers.ERXFCON_MCEN | Enc28j60Registers.ERXFCON_BCEN;
        }

        private Enc28j60State Settle(Enc28j60State state)
        {
            _step = StepBegin;
            State = state;
            return state;
        }

        private void Lose()
        {
            ChipLosses++;
            _open = false;
            _linkUp = false;
            Settle(Enc28j60State.Lost);
        }

        private bool Configure()
        {
            WriteWord(Enc28j60Registers.ETXSTL, Enc28j60Registers.TxStart);
            WriteWord(Enc28j60Registers.ETXNDL, Enc28j60Registers.TxStart);
            _txEnd = Enc28j60Registers.TxStart;
            Write(Enc28j60Registers.ERXFCON, Filter());

            // DS39662 section 6.5: pause frames only in full duplex, back-to-back and other gaps by duplex.
            int pause = _fullDuplex ? Enc28j60Registers.MACON1_TXPAUS | Enc28j60Registers.MACON1_RXPAUS : 0;
            Write(Enc28j60Registers.MACON1, Enc28j60Registers.MACON1_MARXEN | pause);
            Write(Enc28j60Registers.MACON3, Enc28j60Registers.MACON3_PadAndCrc | (_fullDuplex ? Enc28j60Registers.MACON3_FULDPX : 0));
            if (!_fullDuplex) Write(Enc28j60Registers.MACON4, Enc28j60Registers.MACON4_DEFER);
            Write(Enc28j60Registers.MABBIPG, _fullDuplex ? 0x15 : 0x12);
            Write(Enc28j60Registers.MAIPGL, 0x12);
            if (!_fullDuplex) Write(Enc28j60Registers.MAIPGH, 0x0C);
            WriteWord(Enc28j60Registers.MAMXFLL, _longest + Enc28j60Registers.CrcLength);
            for (int i = 0; i < 6; i++)
            {
                // Octets 0, 1 at 4, 5; 2, 3 at 2, 3; 4, 5 at 0, 1.
                Write(Enc28j60Registers.MAADR5 + 4 - (i & 6) + (i & 1), _address[i]);
            }

            if (!WritePhy(Enc28j60Registers.PHCON1, _fullDuplex ? Enc28j60Registers.PHCON1_PDPXMD : 0)) return false;
            if (!WritePhy(Enc28j60Registers.PHCON2, _fullDuplex ? 0 : Enc28j60Registers.PHCON2_HDLDIS)) return false;
            if (!WritePhy(Enc28j60Registers.PHLCON, Enc28j60Registers.PHLCON_Value)) return false;

            // From now on MIRD is PHSTAT2, read by the chip itself again and again.
            if (ReadPhy(Enc28j60Registers.PHSTAT2) < 0) return false;
            Write(Enc28j60Registers.MICMD, Enc28j60Registers.MICMD_MIISCAN);
            Write(Enc28j60Registers.ECON2, Enc28j60Registers.ECON2_AUTOINC);
            Write(Enc28j60Registers.EIE, Enc28j60Registers.EIE_INTIE | Enc28j60Registers.EIE_PKTIE);
            Set(Enc28j60Registers.ECON1, Enc28j60Registers.ECON1_RXEN);
            return true;
        }

        // -1 when the MII stays busy.
        private int ReadPhy(int register)
        {
            Write(Enc28j60Registers.MIREGADR, register);
            Write(Enc28j60Registers.MICMD, Enc28j60Registers.MICMD_MIIRD);
            bool done = AwaitPhy();
            Write(Enc28j60Registers.MICMD, 0);
            return done ? ReadWord(Enc28j60Registers.MIRDL) : -1;
        }

        private bool WritePhy(int register, int value)
        {
            Write(Enc28j60Registers.MIREGADR, register);
            WriteWord(Enc28j60Registers.MIWRL, value);
            return AwaitPhy();
        }

        // 10.24 microseconds: one look or two.
        private bool AwaitPhy()
        {
            for (int look = 0; look < WaitPolls; look++)
            {
                if ((Read(Enc28j60Registers.MISTAT) & Enc28j60Registers.MISTAT_BUSY) == 0) return true;
            }

            return false;
        }
    }
}
