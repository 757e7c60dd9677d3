namespace LabEdge.Hal.W5500
{
    /// <summary>
    /// Facts of the WIZnet W5500: block selects, register offsets, bits, commands, reset values. Names are the datasheet's
    /// (W5500 datasheet v1.1.0: section 2.2 SPI frame, 3.1-3.3 memory map, 4.1 common and 4.2 socket registers).
    /// Registers of more than one octet are big-endian.
    /// </summary>
    public static class W5500Registers
    {
        // ---- SPI frame, section 2.2: offset high, offset low, control octet, then octets while chip select is low.

        /// <summary>Octets in front of the data: 16 bit offset and control octet.</summary>
        public const int SpiHeaderLength = 3;

        /// <summary>RWB bit of the control octet: 1 writes, 0 reads. OM bits 00 (variable length) are used throughout.</summary>
        public const int RWB = 0x04;

        /// <summary>Control octet, BSB 00000: the common registers.</summary>
        public const int CommonRead = 0x00;
        public const int CommonWrite = CommonRead | RWB;

        /// <summary>Control octet, BSB 00001: registers of socket 0. Socket n adds n shifted left by <see cref="SocketShift"/>.</summary>
        public const int SocketRead = 0x08;
        public const int SocketWrite = SocketRead | RWB;

        /// <summary>Control octet, BSB 00010: TX buffer of socket 0.</summary>
        public const int TxBufferRead = 0x10;
        public const int TxBufferWrite = TxBufferRead | RWB;

        /// <summary>Control octet, BSB 00011: RX buffer of socket 0.</summary>
        public const int RxBufferRead = 0x18;
        public const int RxBufferWrite = RxBufferRead | RWB;

        /// <summary>A socket's number stands this far left in the control octet.</summary>
        public const int SocketShift = 5;

        public const int SocketCount = 8;

        // ---- Common registers, section 4.1.

        /// <summary>Mode.</summary>
        public const int MR = 0x0000;

        /// <summary>MR: software reset; reads 0 again when done.</summary>
        public const int MR_RST = 0x80;

        /// <summary>MR: no answers to ping by the chip itself.</summary>
        public const int MR_PB = 0x10;

        /// <summary>Source hardware address, 6 octets.</summary>
        public const int SHAR = 0x0009;

        /// <summary>Interrupt low-level timer, 2 octets: INT stays high (n + 1) * 4 / 150 MHz before it is asserted again.</summary>
        public const int INTLEVEL = 0x0013;

        /// <summary>Socket interrupt mask: bit n lets socket n drive INT.</summary>
        public const int SIMR = 0x0018;

        /// <summary>Retry time, 2 octets; its reset value shows that a W5500 answers.</summary>
        public const int RTR = 0x0019;
        public const int RTR_Reset = 0x07D0;

        /// <summary>PHY configuration and status.</summary>
        public const int PHYCFGR = 0x002E;

        /// <summary>PHYCFGR: link is up.</summary>
        public const int PHYCFGR_LNK = 0x01;

        /// <summary>Chip version.</summary>
        public const int VERSIONR = 0x0039;
        public const int VERSIONR_W5500 = 0x04;

        // ---- Socket registers, section 4.2.

        /// <summary>Socket mode.</summary>
        public const int Sn_MR = 0x0000;

        /// <summary>Sn_MR: MAC filter: own address, broadcast and IP multicast only (socket 0 in MACRAW).</summary>
        public const int Sn_MR_MFEN = 0x80;

        /// <summary>Sn_MR: protocol MACRAW, bare Ethernet frames; socket 0 only.</summary>
        public const int Sn_MR_MACRAW = 0x04;

        /// <summary>Socket command; reads 0 when the chip has taken it.</summary>
        public const int Sn_CR = 0x0001;
        public const int Sn_CR_OPEN = 0x01;
        public const int Sn_CR_CLOSE = 0x10;
        public const int Sn_CR_SEND = 0x20;
        public const int Sn_CR_RECV = 0x40;

        /// <summary>Socket interrupts; a written 1 clears the bit.</summary>
        public const int Sn_IR = 0x0002;
        public const int Sn_IR_RECV = 0x04;
        public const int Sn_IR_SENDOK = 0x10;

        /// <summary>Socket status.</summary>
        public const int Sn_SR = 0x0003;
        public const int Sn_SR_MACRAW = 0x42;

        /// <summary>Buffer sizes in KB: 0, 1, 2, 4, 8 or 16; at most 16 over all sockets.</summary>
        public const int Sn_RXBUF_SIZE = 0x001E;
        public const int Sn_TXBUF_SIZE = 0x001F;

        /// <summary>TX write pointer, 2 octets, free-running.</summary>
        public const int Sn_TX_WR = 0x0024;

        /// <summary>Octets received and not yet acknowledged, 2 octets. May tear: believe it when seen twice.</summary>
        public const int Sn_RX_RSR = 0x0026;

        /// <summary>RX read pointer, 2 octets, free-running; takes effect with RECV.</summary>
        public const int Sn_RX_RD = 0x0028;

        /// <summary>RX write pointer of the chip, 2 octets, free-running.</summary>
        public const int Sn_RX_WR = 0x002A;

        /// <summary>Mask of Sn_IR.</summary>
        public const int Sn_IMR = 0x002C;

        // ---- MACRAW frames.

        /// <summary>A received frame stands behind its length, 2 octets big-endian, which counts these two octets as well.</summary>
        public const int LengthHeader = 2;

        /// <summary>Shortest frame on the wire, without FCS.</summary>
        public const int MinFrameLength = 60;

        /// <summary>Longest frame that the chip sends or receives, without FCS.</summary>
        public const int MaxFrameLength = 1514;

        /// <summary>All of the chip's memory for socket 0, each way.</summary>
        public const int BufferKilobytes = 16;
        public const int BufferOctets = 16384;
    }
}
