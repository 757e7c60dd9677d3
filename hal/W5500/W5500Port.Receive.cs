namespace LabEdge.Hal.W5500
{
    // From the chip's RX buffer to the caller. Read W5500 datasheet v1.1.0 section 4.2 (Sn_RX_RSR, Sn_RX_RD, RECV) first.
    public sealed partial class W5500Port
    {
        public bool Receive(Frame frame)
        {
            _one[0] = frame;
            return ReceiveBurst(_one, 1) == 1;
        }

        /// <summary>
        /// Receives up to <paramref name="max"/> frames with one acknowledgement: 1 transfer for the pointers, 1 per frame
        /// (its length header, the frame, and the next length header), 2 to acknowledge. Frames lie at Headroom.
        /// Also looks at the link every <see cref="LinkCheckMs"/>. Blocks for its transfers only; a broken chip costs
        /// at most 2 * <see cref="CommandWaitMs"/> more.
        /// </summary>
        public int ReceiveBurst(Frame[] frames, int max)
        {
            if (!_open) return 0;
            uint now = _clock.NowMs();
            if ((int)(now - _linkCheckAt) >= 0) CheckLink(now);
            if (_quiet && (int)(now - _quietUntil) < 0 && _interrupt.Read()) return 0;
            _quiet = false;

            int waiting = Waiting();
            if (waiting <= 0)
            {
                // An INT that is high after a look that found nothing needs no further look. (A frame that came after an earlier
                // look may have lost its RECV to that look's acknowledgement: this look has found it by its size.)
                if (waiting == 0 && _interrupt != null)
                {
                    _quiet = true;
                    _quietUntil = now + QuietMs;
                }

                return 0;
            }

            int read = _rxRead;
            int filled = 0;
            uint octetsReceived = 0;
            while (filled < max && waiting != 0)
            {
                Frame frame = frames[filled];
                byte[] octets = frame.Octets;
                int place = frame.Headroom;
                if (place < W5500Registers.SpiHeaderLength + W5500Registers.LengthHeader)
                {
                    RxRefusedNoHeadroom++;
                    break;
                }

                // Length header, as much frame as is expected, the next length header: but no more than waits or has room.
                int count = _expectedLength + 2 * W5500Registers.LengthHeader;
                if (count > waiting) count = waiting;
                int limit = octets.Length - place - 1;
                if (count > limit) count = limit;
                octets[place - 5] = (byte)(read >> 8);
                octets[place - 4] = (byte)read;
                octets[place - 3] = W5500Registers.RxBufferRead;
                _spi.Transfer(octets, place - 5, octets, place - 5, (W5500Registers.SpiHeaderLength + count + 3) & ~3);

                int length = ((octets[place - 2] << 8) | octets[place - 1]) - W5500Registers.LengthHeader;
                int whole = length + W5500Registers.LengthHeader;
                if (length < W5500Registers.MinFrameLength || length > W5500Registers.MaxFrameLength || whole > waiting)
                {
                    // A lie. The chip's write pointer is the one place where a frame surely begins: go there.
                    RxResyncs++;
                    RxResyncOctets += (uint)waiting;
                    _resyncsInARow++;
                    read += waiting;
                    waiting = 0;
                    _expectedLength = W5500Registers.MaxFrameLength;
                    break;
                }

                bool fits = length <= octets.Length - place - Tailroom;
                if (fits && whole > count)
                {
                    // Longer than the header seen in advance promised: read it again, whole.
                    _expectedLength = W5500Registers.MaxFrameLength;
                    continue;
                }

                read += whole;
                waiting -= whole;
                _resyncsInARow = 0;
                _expectedLength = W5500Registers.MaxFrameLength;
                if (waiting != 0 && whole + W5500Registers.LengthHeader <= count)
                {
                    int next = ((octets[place + length] << 8) | octets[place + length + 1]) - W5500Registers.LengthHeader;
                    if (next >= W5500Registers.MinFrameLength && next < W5500Registers.MaxFrameLength) _expectedLength = next;
                }

                if (!fits)
                {
                    RxDropsNoFit++;
                    continue;
                }

                frame.Start = place;
                frame.Length = length;
                octetsReceived += (uint)length;
                filled++;
            }

            RxFrames += (uint)filled;
            RxOctets += octetsReceived;
            if (read != _rxRead) Acknowledge(read & 0xFFFF);
            if (_resyncsInARow >= ResyncsBeforeReopen) Reopen();
            return filled;
        }

        // Octets that wait in the chip: 0 none, -1 not known. The size is believed when it agrees with the two pointers of
        // the same read, or with the size of the read before (datasheet 4.2, Sn_RX_RSR).
        private int Waiting()
        {
            int before = -1;
            for (int look = 0; look < PointerReads; look++)
            {
                if (!ReadStatus(StatusOctets))
                {
                    if (!_open) return -1;
                    continue;
                }

                if (_commandRunning) continue;
                int size = (_status[AtRxSize] << 8) | _status[AtRxSize + 1];
                int written = (_status[AtRxWrite] << 8) | _status[AtRxWrite + 1];
                int read = (_status[AtRxRead] << 8) | _status[AtRxRead + 1];
                if (size == before || ((written - read) & 0xFFFF) == size)
                {
                    if (size <= W5500Registers.BufferOctets) return size;
                    RxResyncs++;
                    Reopen();
                    return -1;
                }

                before = size;
                RxTornReads++;
            }

            PointerTimeouts++;
            return -1;
        }

        // Gives the octets before read back to the chip. The look at the pointers has shown that no command runs.
        private void Acknowledge(int read)
        {
            _rxRead = read;
            _setRxRead[3] = (byte)(read >> 8);
            _setRxRead[4] = (byte)read;
            _spi.Write(_setRxRead, 0, 5);
            _command[3] = W5500Registers.Sn_CR_RECV;
            _command[4] = W5500Registers.Sn_IR_RECV;
            _spi.Write(_command, 0, 5);
            _commandRunning = true;
        }
    }
}
