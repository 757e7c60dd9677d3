using System;

namespace LabEdge.Hal.W5500
{
    // From the caller to the wire. Read W5500 datasheet v1.1.0 section 4.2 (Sn_TX_WR, SEND, SENDOK) first.
    public sealed partial class W5500Port
    {
        /// <summary>
        /// Sends one frame of 14 to 1514 octets, padded with zeros to 60 behind its end. The octets travel to the chip while the
        /// previous frame may still be on the wire; then SENDOK of that one is awaited for at most <see cref="SendWaitMs"/>.
        /// On expiry the link is read, the socket opened anew (at most 2 * <see cref="CommandWaitMs"/>) and the frame dropped.
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

            if (length > W5500Registers.MaxFrameLength)
            {
                TxDropsTooLong++;
                return false;
            }

            int wireLength = length;
            if (length < W5500Registers.MinFrameLength)
            {
                if (length < 14)
                {
                    TxDropsTooShort++;
                    return false;
                }

                wireLength = W5500Registers.MinFrameLength;
            }

            if (start < W5500Registers.SpiHeaderLength || start + wireLength > octets.Length)
            {
                TxDropsNoRoom++;
                return false;
            }

            // Room in the chip is certain: at most one earlier frame is unsent, and the buffer holds ten.
            if (wireLength != length) Array.Clear(octets, start + length, wireLength - length);
            int write = _txWrite;
            octets[start - 3] = (byte)(write >> 8);
            octets[start - 2] = (byte)write;
            octets[start - 1] = W5500Registers.TxBufferWrite;
            _spi.Write(octets, start - W5500Registers.SpiHeaderLength, W5500Registers.SpiHeaderLength + wireLength);

            // One frame per SEND: all between TX_RD and TX_WR leaves as one frame, so the last one must be out before TX_WR moves.
            if ((_sendRunning || _commandRunning) && !AwaitSent())
            {
                TxDropsTimeout++;
                return false;
            }

            write = (write + wireLength) & 0xFFFF;
            _setTxWrite[3] = (byte)(write >> 8);
            _setTxWrite[4] = (byte)write;
            _spi.Write(_setTxWrite, 0, 5);

            // Sn_IR follows Sn_CR: the octet after SEND clears the SENDOK of the last frame. It arrives 8 SPI clocks
            // after the command; this frame's own SENDOK comes no sooner than 5.8 microseconds after it.
            _command[3] = W5500Registers.Sn_CR_SEND;
            _command[4] = W5500Registers.Sn_IR_SENDOK;
            _spi.Write(_command, 0, 5);
            _txWrite = write;
            _sendRunning = true;
            _commandRunning = true;
            TxFrames++;
            TxOctets += (uint)length;
            return true;
        }

        /// <summary>Nothing to do: Send gathers nothing.</summary>
        public void Flush()
        {
        }

        // True when the last command is taken and the last frame is on the wire.
        private bool AwaitSent()
        {
            uint since = _clock.NowMs();
            for (int look = 0; look < WaitPolls; look++)
            {
                if (ReadStatus(ShortStatusOctets))
                {
                    if (!_sendRunning && !_commandRunning) return true;
                }
                else if (!_open)
                {
                    return false;
                }

                if ((int)(_clock.NowMs() - since) > SendWaitMs) break;
            }

            SendTimeouts++;
            CheckLink(since);
            if (_open) Reopen();
            return false;
        }
    }
}
