namespace LabEdge.Hal.Enc28j60
{
    // From the chip's ring to the caller. Read DS39662 section 7.2 (receiving) and errata "Memory", "Receive buffer" first.
    public sealed partial class Enc28j60Port
    {
        // Where the next packet begins in the ring, and where ERDPT stands while nothing has been read of it.
        private int _next;

        // The header of the next packet, when it came with the frame before: ERDPT then stands behind it.
        private bool _headerKnown;
        private int _headerNext;
        private int _headerCount;
        private int _headerStatus;

        private int _unfreed;
        private int _lastLength;
        private int _guess = Enc28j60Registers.MinFrameLength;

        public bool Receive(Frame frame)
        {
            _one[0] = frame;
            return ReceiveBurst(_one, 1) == 1;
        }

        /// <summary>
        /// Receives up to <paramref name="max"/> frames: 1 transfer for their number, 1 or 2 for the first, 1 for each further one (its header
        /// came with the one before), 1 each to take it off the chip's count. Frames lie at Headroom. Also looks at the link every
        /// <see cref="LinkCheckMs"/>. Blocks for its transfers only.
        /// </summary>
        public int ReceiveBurst(Frame[] frames, int max)
        {
            if (!_open) return 0;
            uint now = _clock.NowMs();
            if ((int)(now - _linkCheckAt) >= 0)
            {
                CheckLink(now);
                if (!_open) return 0;
            }

            if (_quiet && (int)(now - _quietUntil) < 0 && _interrupt.Read()) return 0;
            _quiet = false;

            int waiting = Read(Enc28j60Registers.EPKTCNT);
            if (waiting == 0)
            {
                if (_unfreed != 0) FreeRing();
                if (_interrupt != null)
                {
                    _quiet = true;
                    _quietUntil = now + QuietMs;
                }

                return 0;
            }

            int filled = 0;
            uint octetsReceived = 0;
            while (filled < max && waiting > 0)
            {
                Frame frame = frames[filled];
                if (frame.Headroom < 1 + Enc28j60Registers.ReceiveHeader)
                {
                    RxRefusedNoHeadroom++;
                    break;
                }

                int length = ReadFrame(frame, waiting > 1);
                if (length < 0)
                {
                    Resync(waiting);
                    break;
                }

                Set(Enc28j60Registers.ECON2, Enc28j60Registers.ECON2_PKTDEC);
                waiting--;
                if (length == 0) continue;
                frame.Start = frame.Headroom;
                frame.Length = length;
                octetsReceived += (uint)length;
                filled++;
            }

            RxFrames += (uint)filled;
            RxOctets += octetsReceived;

            // Four transfers: single frames share them, and up to half the ring; after a burst the next one may need all of it.
            if (_unfreed >= FreeAt || filled > 1) FreeRing();
            return filled;
        }

        // Moves one packet to Headroom, and the header of the one behind it when there is one. Answers the frame's length; 0 = dropped
        // and counted; -1 = its header lies, nothing is known of the ring any more.
        private int ReadFrame(Frame frame, bool another)
        {
            byte[] octets = frame.Octets;
            int place = frame.Headroom;
            int got = 0;
            if (!_headerKnown)
            {
                got = _guess <= octets.Length - place ? _guess : Enc28j60Registers.MinFrameLength;
                ReadBuffer(octets, place - Enc28j60Registers.ReceiveHeader, Enc28j60Registers.ReceiveHeader + got);
                TakeHeader(octets, place - Enc28j60Registers.ReceiveHeader);
            }

            _headerKnown = false;
            int length = _headerCount - Enc28j60Registers.CrcLength;
            int whole = _headerCount + (_headerCount & 1);
            int next = _next + Enc28j60Registers.ReceiveHeader + whole;
            if (next > Enc28j60Registers.RxEnd) next -= Enc28j60Registers.RxSize;
            if (length < 1 || length > _longest || _headerNext != next) return -1;

            bool good = (_headerStatus & Enc28j60Registers.StatusOk) != 0;
            bool fits = length <= octets.Length - place - Tailroom;
            _next = next;
            _unfreed += Enc28j60Registers.ReceiveHeader + whole;
            _guess = length == _lastLength ? whole : Enc28j60Registers.MinFrameLength;
            _lastLength = length;
            if (!good || !fits || got > whole)
            {
                // Past it without reading: ERDPT to the next packet.
                WriteWord(Enc28j60Registers.ERDPTL, next);
                if (!good) RxDropsBad++;
                else if (!fits) RxDropsNoFit++;
                return good && fits ? length : 0;
            }

            if (got == whole) return length;
            int rest = whole - got;
            if (another) rest += Enc28j60Registers.ReceiveHeader;
            byte kept = octets[place + got - 1];
            ReadBuffer(octets, place + got, rest);
            octets[place + got - 1] = kept;
            if (another)
            {
                TakeHeader(octets, place + whole);
                _headerKnown = true;
            }

            return length;
        }

        // The instruction goes into the octet in front of the place; what it held is gone.
        private void ReadBuffer(byte[] octets, int place, int count)
        {
            octets[place - 1] = Enc28j60Registers.ReadBuffer;
            _spi.Transfer(octets, place - 1, octets, place - 1, count + 1);
        }

        private void TakeHeader(byte[] octets, int at)
        {
            _headerNext = octets[at] | (octets[at + 1] << 8);
            _headerCount = octets[at + 2] | (octets[at + 3] << 8);
            _headerStatus = octets[at + 4];
        }

        // Erratum: ERXRDPT must be odd. A packet begins at an even address, so that the octet before it is.
        private void FreeRing()
        {
            WriteWord(Enc28j60Registers.ERXRDPTL, _next == Enc28j60Registers.RxStart ? Enc28j60Registers.RxEnd : _next - 1);
            _unfreed = 0;
        }

        // Reception anew, with an empty ring.
        private void Resync(int waiting)
        {
            RxResyncs++;
            RxResyncFrames += (uint)waiting;
            Clear(Enc28j60Registers.ECON1, Enc28j60Registers.ECON1_RXEN);
            Set(Enc28j60Registers.ECON1, Enc28j60Registers.ECON1_RXRST);
            Clear(Enc28j60Registers.ECON1, Enc28j60Registers.ECON1_RXRST);
            for (int i = 0; i < 256 && Read(Enc28j60Registers.EPKTCNT) != 0; i++)
            {
                Set(Enc28j60Registers.ECON2, Enc28j60Registers.ECON2_PKTDEC);
            }

            OpenRing();
            Set(Enc28j60Registers.ECON1, Enc28j60Registers.ECON1_RXEN);
        }

        // Writing ERXST moves the chip's write pointer there too.
        private void OpenRing()
        {
            WriteWord(Enc28j60Registers.ERXSTL, Enc28j60Registers.RxStart);
            WriteWord(Enc28j60Registers.ERXNDL, Enc28j60Registers.RxEnd);
            WriteWord(Enc28j60Registers.ERDPTL, Enc28j60Registers.RxStart);
            _next = Enc28j60Registers.RxStart;
            _headerKnown = false;
            _guess = Enc28j60Registers.MinFrameLength;
            FreeRing();
        }
    }
}
