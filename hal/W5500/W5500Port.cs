using System;

namespace LabEdge.Hal.W5500
{
    /// <summary>
    /// A WIZnet W5500 as a bare Ethernet port: socket 0 in MACRAW mode with all 16 KB + 16 KB of the chip's memory.
    /// Frames of 60 to 1514 octets; a frame for Send needs 3 octets of headroom, one for Receive 5.
    /// The SPI clock must be 4 MHz or more (see <see cref="Send"/>); 20 MHz is safe on every board.
    /// SPI transfers: a received frame costs 4, in a burst of n 1 + 3 / n; a sent frame costs 4 (3 when a Receive has seen the
    /// last one gone), and one more for each look at a last frame that is still on the wire.
    /// Interrupts are a hint: the level of INT only saves polls, and a poll comes anyway every <see cref="QuietMs"/>.
    /// Counters are uint and wrap. Not thread-safe: one loop owns the port.
    /// </summary>
    // Read W5500 datasheet v1.1.0 sections 2.2 (SPI frame), 4.2 (socket registers) before changing this file.
    public sealed partial class W5500Port : IChipPort
    {
        /// <summary>The link is read again after this long (ms).</summary>
        public const int LinkCheckMs = 100;

        /// <summary>Longest trust in an INT that stays high (ms): an interrupt may get lost.</summary>
        public const int QuietMs = 20;

        /// <summary>Longest wait for SENDOK of the previous frame (ms): 1514 octets take 0.12 ms at 100 Mb/s, 1.3 ms at 10 Mb/s.</summary>
        public const int SendWaitMs = 3;

        /// <summary>Longest wait for OPEN or CLOSE (ms).</summary>
        public const int CommandWaitMs = 10;

        /// <summary>No wait looks at the chip more often than this: the bound where the clock stands still.</summary>
        public const int WaitPolls = 1000;

        /// <summary>Reads of the receive pointers until two sizes agree.</summary>
        public const int PointerReads = 8;

        /// <summary>Bad length headers without a good one between, after which the socket is opened anew.</summary>
        public const int ResyncsBeforeReopen = 3;

        /// <summary>Status reads in a row that are not MACRAW, after which the chip counts as lost.</summary>
        public const int StrangeReads = 3;

        // Frame keeps this many octets behind the longest frame.
        private const int Tailroom = 32;

        // Header and Sn_CR..Sn_RX_WR (0x01..0x2B), rounded up to 4: some SPI DMA writes whole words.
        private const int StatusOctets = 48;

        // Header and Sn_CR, Sn_IR, Sn_SR, rounded up to 4.
        private const int ShortStatusOctets = 8;

        // Register a stands in _status at a + 2: the block starts at Sn_CR = 1 behind 3 header octets.
        private const int AtCommand = W5500Registers.Sn_CR + 2;
        private const int AtInterrupt = W5500Registers.Sn_IR + 2;
        private const int AtStatus = W5500Registers.Sn_SR + 2;
        private const int AtTxWrite = W5500Registers.Sn_TX_WR + 2;
        private const int AtRxSize = W5500Registers.Sn_RX_RSR + 2;
        private const int AtRxRead = W5500Registers.Sn_RX_RD + 2;
        private const int AtRxWrite = W5500Registers.Sn_RX_WR + 2;

        private readonly ISpiDevice _spi;
        private readonly IOutputPin _reset;
        private readonly IInputPin _interrupt;
        private readonly IClock _clock;
        private readonly byte[] _address = new byte[6];

        // Ready requests: header in front, so that a transfer needs no more than its data octets.
        private readonly byte[] _askStatus = new byte[StatusOctets];
        private readonly byte[] _status = new byte[StatusOctets];
        private readonly byte[] _command = new byte[5];
        private readonly byte[] _setRxRead = new byte[5];
        private readonly byte[] _setTxWrite = new byte[5];
        private readonly byte[] _scratch = new byte[16];
        private readonly Frame[] _one = new Frame[1];

        private bool _open;
        private bool _linkUp;
        private bool _promiscuous = true;
        private bool _commandRunning;
        private bool _sendRunning;
        private bool _quiet;
        private int _rxRead;
        private int _txWrite;
        private int _expectedLength = W5500Registers.MaxFrameLength;
        private int _resyncsInARow;
        private int _strangeInARow;
        private uint _linkCheckAt;
        private uint _quietUntil;

        /// <summary>Where the port stands.</summary>
        public W5500State State;

        /// <summary>Frames handed to the caller, and their octets.</summary>
        public uint RxFrames;
        public uint RxOctets;

        /// <summary>Received frames longer than the caller's buffer.</summary>
        public uint RxDropsNoFit;

        /// <summary>Times that the caller's buffer had less than 5 octets of headroom; the frame stays in the chip.</summary>
        public uint RxRefusedNoHeadroom;

        /// <summary>Length headers that could not be true, and the octets thrown away to get back in step.</summary>
        public uint RxResyncs;
        public uint RxResyncOctets;

        /// <summary>Reads of the receive pointers that did not agree.</summary>
        public uint RxTornReads;

        /// <summary>Frames given to the chip with SEND, and their octets without padding.</summary>
        public uint TxFrames;
        public uint TxOctets;

        /// <summary>Frames refused, by reason.</summary>
        public uint TxDropsNotOpen;
        public uint TxDropsLinkDown;
        public uint TxDropsTooLong;
        public uint TxDropsTooShort;
        public uint TxDropsNoRoom;
        public uint TxDropsTimeout;

        /// <summary>SENDs that did not end within <see cref="SendWaitMs"/>: that frame is lost too.</summary>
        public uint SendTimeouts;

        /// <summary>OPEN or CLOSE that did not end within <see cref="CommandWaitMs"/>.</summary>
        public uint CommandTimeouts;

        /// <summary>Polls in which the receive pointers never agreed, or a command was never taken.</summary>
        public uint PointerTimeouts;

        /// <summary>Times that socket 0 was closed and opened again; frames waiting in the chip are lost then.</summary>
        public uint Reopens;

        /// <summary>Times that the chip lost its state or stopped answering.</summary>
        public uint ChipLosses;

        public uint LinkChanges;

        /// <param name="spi">The chip's bus, mode 0 or 3, chip select low during a call.</param>
        /// <param name="reset">RSTn, active low; null where it is not wired.</param>
        /// <param name="interrupt">INTn, active low, its level is polled; null where it is not wired.</param>
        /// <param name="clock">For the bounds of waits and the interval of link checks.</param>
        /// <param name="address">6 octets of station address; copied.</param>
        public W5500Port(ISpiDevice spi, IOutputPin reset, IInputPin interrupt, IClock clock, byte[] address)
        {
            _spi = spi;
            _reset = reset;
            _interrupt = interrupt;
            _clock = clock;
            Array.Copy(address, 0, _address, 0, 6);
            Address(_askStatus, W5500Registers.Sn_CR, W5500Registers.SocketRead);
            Address(_command, W5500Registers.Sn_CR, W5500Registers.SocketWrite);
            Address(_setRxRead, W5500Registers.Sn_RX_RD, W5500Registers.SocketWrite);
            Address(_setTxWrite, W5500Registers.Sn_TX_WR, W5500Registers.SocketWrite);
        }

        public LinkKind Kind
        {
            get { return LinkKind.Ethernet; }
        }

        /// <summary>As last read by <see cref="ReceiveBurst"/>; asks nothing of the chip.</summary>
        public bool LinkUp
        {
            get { return _linkUp; }
        }

        public int MaxFrameLength
        {
            get { return W5500Registers.MaxFrameLength; }
        }

        public void GetAddress(byte[] address, int offset)
        {
            Array.Copy(_address, 0, address, offset, 6);
        }

        // Reads Sn_CR and what follows. False when socket 0 is not in MACRAW; after StrangeReads of those the port closes.
        private bool ReadStatus(int count)
        {
            _spi.Transfer(_askStatus, 0, _status, 0, count);
            if (_status[AtStatus] != W5500Registers.Sn_SR_MACRAW)
            {
                _strangeInARow++;
                if (_strangeInARow >= StrangeReads) Lose(W5500State.Lost);
                return false;
            }

            _strangeInARow = 0;
            if (_status[AtCommand] == 0) _commandRunning = false;
            if ((_status[AtInterrupt] & W5500Registers.Sn_IR_SENDOK) != 0) _sendRunning = false;
            return true;
        }

        // PHYCFGR to VERSIONR in one read: the version tells a link from a bus that floats.
        private void CheckLink(uint now)
        {
            _linkCheckAt = now + LinkCheckMs;
            Address(_scratch, W5500Registers.PHYCFGR, W5500Registers.CommonRead);
            _spi.Transfer(_scratch, 0, _scratch, 0, 16);
            if (_scratch[3 + W5500Registers.VERSIONR - W5500Registers.PHYCFGR] != W5500Registers.VERSIONR_W5500)
            {
                _strangeInARow++;
                if (_strangeInARow >= StrangeReads) Lose(W5500State.Lost);
                return;
            }

            bool up = (_scratch[3] & W5500Registers.PHYCFGR_LNK) != 0;
            if (up == _linkUp) return;
            _linkUp = up;
            LinkChanges++;
        }

        private static void Address(byte[] octets, int offset, int control)
        {
            octets[0] = (byte)(offset >> 8);
            octets[1] = (byte)offset;
            octets[2] = (byte)control;
        }
    }
}
