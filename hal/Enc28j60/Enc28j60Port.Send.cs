namespace LabEdge.Hal.Enc28j60
{
    // From the caller to the wire. Read DS39662 section 7.1 (transmitting) and erratum "Transmit Logic" first.
    public sealed partial class Enc28j60Port
    {
        private const int AbortFlags = Enc28j60Registers.EIR_TXERIF | Enc28j60Registers.EIR_TXIF;

        private int _attempts;
        private int _txEnd;

        /// <summary>
        /// Sends one frame of 14 octets or more; the chip pads it to 60. Waits for the previous frame first, for at most <see cref="SendWaitMs"/>:
        /// there is room for one. On expiry the transmit logic is reset and the waiting frame goes out in its place.
        /// A frame that met a late collision is sent again, up to <see cref="SendAttempts"/> times, when the next one or a poll comes.
        /// </summary>
        public bool Send(Frame frame)
        {
            int start = frame.Start;
            int length = frame.Length;
            byte[] octets = frame.Octets;
            if (!_open)
            {
                TxDropsNotOpen++;
                return false;
            }

            if (!_linkUp)
            {
                TxDropsLinkDown++;
                return false;
            }

            if (length > _longest)
            {
                TxDropsTooLong++;
                return false;
            }

            if (length < 14)
            {
                TxDropsTooShort++;
                return false;
            }

            if (start < 2 || start + length > octets.Length)
            {
                TxDropsNoRoom++;
                return false;
            }

            if (_sendRunning && !AwaitSent())
            {
                TxDropsTimeout++;
                return false;
            }

            // Control octet 00: as MACON3 says.
            WriteWord(Enc28j60Registers.EWRPTL, Enc28j60Registers.TxStart);
            octets[start - 2] = Enc28j60Registers.WriteBuffer;
            octets[start - 1] = 0;
            _spi.Write(octets, start - 2, length + 2);
            int end = Enc28j60Registers.TxStart + length;
            if ((end & 0xFF) != (_txEnd & 0xFF)) Write(Enc28j60Registers.ETXNDL, end & 0xFF);
            if (end >> 8 != _txEnd >> 8) Write(Enc28j60Registers.ETXNDL + 1, end >> 8);
            _txEnd = end;
            _attempts = 1;
            _sendRunning = true;
            Clear(Enc28j60Registers.EIR, Enc28j60Registers.EIR_TXIF);
            Set(Enc28j60Registers.ECON1, Enc28j60Registers.ECON1_TXRTS);
            TxFrames++;
            TxOctets += (uint)length;
            return true;
        }

        /// <summary>A look at a frame that may have met a collision: it must not wait for the next one to be sent again.</summary>
        public void Flush()
        {
            if (_open && _sendRunning) Look();
        }

        // False when the previous frame neither left nor failed in time; the transmit logic is ready again all the same.
        private bool AwaitSent()
        {
            uint since = _clock.NowMs();
            for (int look = 0; look < WaitPolls; look++)
            {
                Look();
                if (!_sendRunning) return true;
                if ((int)(_clock.NowMs() - since) > SendWaitMs) break;
            }

            SendTimeouts++;
            ResetTransmit();
            _sendRunning = false;
            CheckLink(since);
            return false;
        }

        private void Look()
        {
            int flags = Read(Enc28j60Registers.EIR);
            if ((flags & Enc28j60Registers.EIR_TXERIF) == 0)
            {
                _sendRunning = (flags & Enc28j60Registers.EIR_TXIF) == 0;
                return;
            }

            // Erratum: after an abort the transmit logic may stall until TXRST; and ESTAT.LATECOL may be wrong, the vector behind the frame is not.
            bool late = LateCollision();
            ResetTransmit();
            if (late) TxLateCollisions++;
            if (!late || _attempts >= SendAttempts)
            {
                TxAborted++;
                _sendRunning = false;
                return;
            }

            _attempts++;
            Set(Enc28j60Registers.ECON1, Enc28j60Registers.ECON1_TXRTS);
        }

        private void ResetTransmit()
        {
            Set(Enc28j60Registers.ECON1, Enc28j60Registers.ECON1_TXRST);
            Clear(Enc28j60Registers.ECON1, Enc28j60Registers.ECON1_TXRST | Enc28j60Registers.ECON1_TXRTS);
            Clear(Enc28j60Registers.EIR, AbortFlags);
            Clear(Enc28j60Registers.ESTAT, Enc28j60Registers.ESTAT_TXABRT | Enc28j60Registers.ESTAT_LATECOL);
        }

        // Reads the transmit status vector; ERDPT goes back to where reception left it.
        private bool LateCollision()
        {
            int at = _next;
            if (_headerKnown)
            {
                at += Enc28j60Registers.ReceiveHeader;
                if (at > Enc28j60Registers.RxEnd) at -= Enc28j60Registers.RxSize;
            }

            WriteWord(Enc28j60Registers.ERDPTL, _txEnd + 1);
            ReadBuffer(_scratch, 1, Enc28j60Registers.TransmitStatus);
            bool late = (_scratch[1 + Enc28j60Registers.TransmitStatusLateOctet] & Enc28j60Registers.TransmitStatusLateBit) != 0;
            WriteWord(Enc28j60Registers.ERDPTL, at);
            return late;
        }
    }
}
