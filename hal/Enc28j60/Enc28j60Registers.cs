namespace LabEdge.Hal.Enc28j60
{
    /// <summary>
    /// Facts of the Microchip ENC28J60: SPI instructions, registers, bits, buffer layout. Names are the datasheet's (DS39662: section 4.2
    /// SPI instructions, table 3-1 control registers, 3.3 PHY registers, 7 frames). A register constant is its address in bits 0-4, its bank in bits
    /// 5-6, and <see cref="Mac"/> when it belongs to MAC or MII. Addresses 1B to 1F are in every bank.
    /// </summary>
    public static class Enc28j60Registers
    {
        // ---- SPI instructions, section 4.2: the low five bits are a register's address.
        public const int ReadControl = 0x00;
        public const int ReadBuffer = 0x3A;
        public const int WriteControl = 0x40;
        public const int WriteBuffer = 0x7A;

        /// <summary>Set and clear bits; of ETH registers only.</summary>
        public const int BitSet = 0x80;
        public const int BitClear = 0xA0;
        public const int SoftReset = 0xFF;

        public const int AddressMask = 0x1F;
        public const int BankShift = 5;
        public const int BankMask = 3;

        /// <summary>A register of MAC or MII: a read answers one dummy octet first.</summary>
        public const int Mac = 0x80;

        /// <summary>From this address on a register is in every bank.</summary>
        public const int FirstCommon = 0x1B;

        // ---- Every bank.

        public const int EIE = 0x1B;
        public const int EIE_INTIE = 0x80;
        public const int EIE_PKTIE = 0x40;
        public const int EIR = 0x1C;
        public const int EIR_TXIF = 0x08;
        public const int EIR_TXERIF = 0x02;
        public const int EIR_RXERIF = 0x01;
        public const int ESTAT = 0x1D;
        public const int ESTAT_LATECOL = 0x10;
        public const int ESTAT_TXABRT = 0x02;
        public const int ECON2 = 0x1E;
        public const int ECON2_AUTOINC = 0x80;
        public const int ECON2_PKTDEC = 0x40;
        public const int ECON1 = 0x1F;
        public const int ECON1_TXRST = 0x80;
        public const int ECON1_RXRST = 0x40;
        public const int ECON1_TXRTS = 0x08;
        public const int ECON1_RXEN = 0x04;

        // ---- Bank 0: pointers, low octet first.

        public const int ERDPTL = 0x00;
        public const int EWRPTL = 0x02;
        public const int ETXSTL = 0x04;
        public const int ETXNDL = 0x06;
        public const int ERXSTL = 0x08;
        public const int ERXNDL = 0x0A;
        public const int ERXRDPTL = 0x0C;

        // ---- Bank 1.

        public const int ERXFCON = 0x38;
        public const int ERXFCON_UCEN = 0x80;
        public const int ERXFCON_CRCEN = 0x20;
        public const int ERXFCON_MCEN = 0x02;
        public const int ERXFCON_BCEN = 0x01;

        /// <summary>Frames that wait. The one truth about them: EIR.PKTIF is not (errata DS80349, "Interrupts").</summary>
        public const int EPKTCNT = 0x39;

        // ---- Bank 2: MAC and MII.

        public const int MACON1 = Mac | 0x40;
        public const int MACON1_TXPAUS = 0x08;
        public const int MACON1_RXPAUS = 0x04;
        public const int MACON1_MARXEN = 0x01;
        public const int MACON3 = Mac | 0x42;

        /// <summary>MACON3: pad to 60 octets and append the CRC, check lengths; and full duplex.</summary>
        public const int MACON3_PadAndCrc = 0x32;
        public const int MACON3_FULDPX = 0x01;
        public const int MACON4 = Mac | 0x43;
        public const int MACON4_DEFER = 0x40;
        public const int MABBIPG = Mac | 0x44;
        public const int MAIPGL = Mac | 0x46;
        public const int MAIPGH = Mac | 0x47;
        public const int MAMXFLL = Mac | 0x4A;
        public const int MICMD = Mac | 0x52;
        public const int MICMD_MIISCAN = 0x02;
        public const int MICMD_MIIRD = 0x01;
        public const int MIREGADR = Mac | 0x54;
        public const int MIWRL = Mac | 0x56;
        public const int MIWRH = Mac | 0x57;
        public const int MIRDL = Mac | 0x58;
        public const int MIRDH = Mac | 0x59;

        // ---- Bank 3.

        /// <summary>The station address: octets 0 to 5 stand at addresses 4, 5, 2, 3, 0, 1.</summary>
        public const int MAADR5 = Mac | 0x60;
        public const int MISTAT = Mac | 0x6A;
        public const int MISTAT_BUSY = 0x01;
        public const int EREVID = 0x72;

        // ---- PHY registers, 16 bits.

        public const int PHCON1 = 0x00;
        public const int PHCON1_PDPXMD = 0x0100;
        public const int PHID1 = 0x02;
        public const int PHID1_Value = 0x0083;
        public const int PHCON2 = 0x10;

        /// <summary>PHCON2: no loopback of what we send while half duplex.</summary>
        public const int PHCON2_HDLDIS = 0x0100;
        public const int PHSTAT2 = 0x11;

        /// <summary>PHSTAT2.LSTAT (0400) in the high octet.</summary>
        public const int PHSTAT2_LSTAT_High = 0x04;
        public const int PHLCON = 0x14;

        /// <summary>LED A link, LED B activity, stretched.</summary>
        public const int PHLCON_Value = 0x3476;

        // ---- The 8 KB buffer. Reception begins at 0: erratum "Memory (Ethernet Buffer)", any other start may corrupt the ring.

        public const int RxStart = 0x0000;
        public const int RxEnd = 0x19FF;
        public const int RxSize = RxEnd - RxStart + 1;
        public const int TxStart = 0x1A00;
        public const int BufferEnd = 0x1FFF;

        /// <summary>ERXND after reset.</summary>
        public const int ERXND_Reset = 0x1FFF;

        /// <summary>In front of a received frame: next packet (2), count with CRC (2), status (2); least significant octet first.</summary>
        public const int ReceiveHeader = 6;
        public const int CrcLength = 4;

        /// <summary>Bit 23 of the status vector, in the third octet: received OK.</summary>
        public const int StatusOk = 0x80;

        /// <summary>Octets that the chip writes behind a sent frame: the transmit status vector; its bit 29 is a late collision.</summary>
        public const int TransmitStatus = 7;
        public const int TransmitStatusLateOctet = 3;
        public const int TransmitStatusLateBit = 0x20;

        public const int MinFrameLength = 60;

        /// <summary>Longest frame of plain Ethernet, and the longest that control octet, frame and status vector leave room for.</summary>
        public const int StandardFrameLength = 1514;
        public const int MaxFrameLength = BufferEnd - TxStart + 1 - 1 - TransmitStatus;
    }
}
