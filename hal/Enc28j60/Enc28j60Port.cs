using System;

namespace LabEdge.Hal.Enc28j60
{
    /// <summary>
    /// A Microchip ENC28J60 as a bare Ethernet port: 10 Mb/s, half duplex unless told otherwise (the chip does not negotiate, so a partner
    /// that does falls to half duplex). 6.5 KB of the chip's memory receive, 1.5 KB send one frame at a time.
    /// A frame for Send needs 2 octets of headroom, one for Receive 7. SPI mode 0, 8 to 20 MHz.
    /// SPI transfers: in a burst of n frames a received one costs about 2 + 6 / n, a single one 3 or 4 and, every 3 KB, 4 more to free the
    /// ring; a sent one 6 to 8, because every pointer is two registers of one octet each and no instruction writes two.
    /// Interrupts are a hint, as they are by erratum: a high INT only saves polls, and a poll comes anyway every <see cref="QuietMs"/>.
    /// Counters are uint and wrap. Not thread-safe: one loop owns the port.
    /// </summary>
    // Read DS39662 sections 4 (SPI), 6 and 7 (buffers, frames) and errata DS80349 before changing this file.
    public sealed partial class Enc28j60Port : IChipPort
    {
        /// <summary>The link, the chip's identity and the overflow flag are read again after this long (ms).</summary>
        public const int LinkCheckMs = 100;

        /// <summary>Longest trust in an INT that stays high (ms).</summary>
        public const int QuietMs = 20;

        /// <summary>Longest wait for the previous frame (ms): 1526 octets take 1.3, a half-duplex link may defer and try again.</summary>
        public const int SendWaitMs = 15;

        /// <summary>No wait looks at the chip more often than this: the bound where the clock stands still.</summary>
        public const int WaitPolls = 1000;

        /// <summary>Late collisions of one frame after which it is given up.</summary>
        public const int SendAttempts = 16;

        /// <summary>Looks in a row that do not see the chip, after which it counts as lost.</summary>
        public const int StrangeReads = 3;

        // Octets read and not yet given back to the ring, at most: half of it stays free for what comes.
        private const int FreeAt = 3072;

        // Frame keeps this many octets behind the longest frame.
        private const int Tailroom = 32;

        private readonly ISpiDevice _spi;
        private readonly IOutputPin _reset;
        private readonly IInputPin _interrupt;
        private readonly IClock _clock;
        private readonly bool _fullDuplex;
        private readonly int _longest;
        private readonly byte[] _address = new byte[6];
        private readonly byte[] _scratch = new byte[3 + Enc28j60Registers.TransmitStatus];
        private readonly Frame[] _one = new Frame[1];

        private bool _open;
        private bool _linkUp;
        private bool _promiscuous = true;
        private bool _sendRunning;
        private bool _quiet;
        private int _bank;
        private int _strangeInARow;
        private uint _linkCheckAt;
        private uint _quietUntil;

        /// <summary>Where the port stands.</summary>
        public Enc28j60State State;

        /// <summary>EREVID as Start read it: 2, 4, 5, 6 are revisions B1, B4, B5, B7.</summary>
        public int Revision;

        /// <summary>Frames handed to the caller, and their octets.</summary>
        public uint RxFrames;
        public uint RxOctets;

        /// <summary>Received frames longer than the caller's buffer, and frames that the chip says are not whole.</summary>
        public uint RxDropsNoFit;
        public uint RxDropsBad;

        /// <summary>Times that the caller's buffer had less than 7 octets of headroom; the frame stays in the chip.</summary>
        public uint RxRefusedNoHeadroom;

        /// <summary>Headers that could not be true, and the frames that were thrown away to get back in step.</summary>
        public uint RxResyncs;
        public uint RxResyncFrames;

        /// <summary>Looks that found the chip had dropped frames for want of room (EIR.RXERIF): it does not say how many.</summary>
        public uint RxOverflows;

        /// <summary>Frames given to the chip with TXRTS, and their octets without padding.</summary>
        public uint TxFrames;
        public uint TxOctets;

        /// <summary>Frames refused, by reason.</summary>
        public uint TxDropsNotOpen;
        public uint TxDropsLinkDown;
        public uint TxDropsTooLong;
        public uint TxDropsTooShort;
        public uint TxDropsNoRoom;
        public uint TxDropsTimeout;

        /// <summary>Late collisions (each was tried again), and frames that were given up after them or after another abort.</summary>
        public uint TxLateCollisions;
        public uint TxAborted;

        /// <summary>Transmissions that did not end within <see cref="SendWaitMs"/>: that frame is lost too.</summary>
        public uint SendTimeouts;

        /// <summary>Times that the chip lost its state or stopped answering.</summary>
        public uint ChipLosses;

        public uint LinkChanges;

        /// <param name="spi">The chip's bus, mode 0, chip select low during a call.</param>
        /// <param name="reset">RESET, active low; null where it is not wired.</param>
        /// <param name="interrupt">INT, active low, its level is polled; null where it is not wired.</param>
        /// <param name="clock">For the bounds of waits and the interval of link checks.</param>
        /// <param name="address">6 octets of station address; copied.</param>
        /// <param name="fullDuplex">Only when the partner is set to 10 Mb/s full duplex by hand.</param>
        /// <param name="longest">Longest frame either way, 1514 to 1528: more than 1514 carries labels under an IP MTU of 1500, if the partner agrees.</param>
        public Enc28j60Port(ISpiDevice spi, IOutputPin reset, IInputPin interrupt, IClock clock, byte[] address, bool fullDuplex, int longest)
        {
            if (longest < Enc28j60Registers.StandardFrameLength || longest > Enc28j60Registers.MaxFrameLength)
            {
                throw new ArgumentException("longest: 1514 to 1528 octets expected");
            }

            _spi = spi;
            _reset = reset;
            _interrupt = interrupt;
            _clock = clock;
            _fullDuplex = fullDuplex;
            _longest = longest;
            Array.Copy(address, 0, _address, 0, 6);
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
            get { return _longest; }
        }

        public void GetAddress(byte[] address, int offset)
        {
            Array.Copy(_address, 0, address, offset, 6);
        }

        // The PHY is scanned all the time (MIISCAN), so that its link bit is one read; the revision tells a link from a bus that floats,
        // and RXEN a chip that runs from one that has been reset behind our back.
        private void CheckLink(uint now)
        {
            _linkCheckAt = now + LinkCheckMs;
            bool up = (Read(Enc28j60Registers.MIRDH) & Enc28j60Registers.PHSTAT2_LSTAT_High) != 0;
            int control = Read(Enc28j60Registers.ECON1);
            if (Read(Enc28j60Registers.EREVID) != Revision || (control & Enc28j60Registers.ECON1_RXEN) == 0)
            {
                // Of a bank switch that went nowhere nothing is known: say all bits again.
                _bank = -1;
                _strangeInARow++;
                if (_strangeInARow >= StrangeReads) Lose();
                return;
            }

            _strangeInARow = 0;
            if ((Read(Enc28j60Registers.EIR) & Enc28j60Registers.EIR_RXERIF) != 0)
            {
                RxOverflows++;
                Clear(Enc28j60Registers.EIR, Enc28j60Registers.EIR_RXERIF);
            }

            if (up == _linkUp) return;
            _linkUp = up;
            LinkChanges++;
        }

        // ---- Registers.

        // Sets and clears no more bits of ECON1 than it must: a transfer each.
        private void Bank(int register)
        {
            if ((register & Enc28j60Registers.AddressMask) >= Enc28j60Registers.FirstCommon) return;
            int wanted = (register >> Enc28j60Registers.BankShift) & Enc28j60Registers.BankMask;
            if (wanted == _bank) return;
            int surplus = _bank < 0 ? Enc28j60Registers.BankMask : _bank & ~wanted;
            int missing = _bank < 0 ? wanted : wanted & ~_bank;
            if (surplus != 0) Instruct(Enc28j60Registers.BitClear, Enc28j60Registers.ECON1, surplus);
            if (missing != 0) Instruct(Enc28j60Registers.BitSet, Enc28j60Registers.ECON1, missing);
            _bank = wanted;
        }

        private int Read(int register)
        {
            Bank(register);
            int count = (register & Enc28j60Registers.Mac) != 0 ? 3 : 2;
            _scratch[0] = (byte)(Enc28j60Registers.ReadControl | (register & Enc28j60Registers.AddressMask));
            _spi.Transfer(_scratch, 0, _scratch, 0, count);
            return _scratch[count - 1];
        }

        private void Write(int register, int value)
        {
            Bank(register);
            Instruct(Enc28j60Registers.WriteControl, register, value);
        }

        /// <summary>Low octet first: of ERXRDPT the chip takes both when the high one comes.</summary>
        private void WriteWord(int register, int value)
        {
            Write(register, value & 0xFF);
            Write(register + 1, value >> 8);
        }

        private int ReadWord(int register)
        {
            int low = Read(register);
            return low | (Read(register + 1) << 8);
        }

        private void Set(int register, int bits)
        {
            Bank(register);
            Instruct(Enc28j60Registers.BitSet, register, bits);
        }

        private void Clear(int register, int bits)
        {
            Bank(register);
            Instruct(Enc28j60Registers.BitClear, register, bits);
        }

        private void Instruct(int instruction, int register, int value)
        {
            _scratch[0] = (byte)(instruction | (register & Enc28j60Registers.AddressMask));
            _scratch[1] = (byte)value;
            _spi.Write(_scratch, 0, 2);
        }
    }
}
