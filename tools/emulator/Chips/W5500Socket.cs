namespace LabEdge.Emulator.Chips;

/// <summary>
/// Socket 0 of a <see cref="W5500Chip"/> in MACRAW mode: registers, commands, both rings and the wire side
/// (databook/hardware.md section 1c, "Socket registers", "Receive", "Transmit").
/// </summary>
public sealed class W5500Socket
{
    internal const int RegisterLength = 0x30;

    private const int MaxFrame = 1514;
    private const long Never = long.MaxValue;

    // Preamble, start delimiter, FCS and gap.
    private const int WireOverhead = 24;

    private readonly W5500Chip _chip;
    private readonly byte[] _registers = new byte[RegisterLength];
    private readonly byte[] _rx = new byte[16384];
    private readonly byte[] _tx = new byte[16384];
    private readonly byte[] _leaving = new byte[16384];
    private int _rxRead;
    private int _rxWrite;
    private int _rxSizeBefore;
    private int _txRead;
    private int _sendEnd;
    private long _sendEndsNs = Never;
    private long _commandEndsNs;
    private bool _sending;

    internal W5500Socket(W5500Chip chip)
    {
        _chip = chip;
    }

    /// <summary>Wire time of an octet: 80 at 100 Mb/s, 800 at 10.</summary>
    public int NanosecondsPerWireOctet = 80;

    /// <summary>How long Sn_CR reads what was written.</summary>
    public int NanosecondsPerCommand = 1_000;

    /// <summary>Fault: SEND neither transmits nor ends while true.</summary>
    public bool StuckSend;

    /// <summary>Fault: the length header of the next queued frame reads this; -1 leaves it right. Used up by one frame.</summary>
    public int NextLengthHeader = -1;

    /// <summary>Fault: this many reads of Sn_RX_RSR tear: high octet from before the last frame came, low octet from after.</summary>
    public int TornSizeReads;

    /// <summary>Frames that left, frames that were queued for the host, and their octets.</summary>
    public long FramesSent;
    public long OctetsSent;
    public long FramesQueued;
    public long OctetsQueued;

    /// <summary>Frames from the wire that did not reach the buffer, by reason. The chip tells the host of none of them.</summary>
    public long DropsClosed;
    public long DropsFiltered;
    public long DropsLength;
    public long DropsOverflow;

    /// <summary>SENDs of fewer than 60 octets, which the chip padded.</summary>
    public long FramesPadded;

    /// <summary>SENDs lost: link down, stuck, or longer than 1514 octets.</summary>
    public long SendsLost;

    /// <summary>Sn_IR and Sn_IMR have a bit in common.</summary>
    internal bool Interrupting
    {
        get
        {
            Settle();
            return (_registers[0x02] & _registers[0x2C]) != 0;
        }
    }

    private int RxSize => (_rxWrite - _rxRead) & 0xFFFF;

    private int RxCapacity => _registers[0x1E] * 1024;

    private int TxCapacity => _registers[0x1F] * 1024;

    internal static void PutResetValues(byte[] registers)
    {
        Array.Clear(registers);
        registers.AsSpan(0x06, 6).Fill(0xFF); // Sn_DHAR
        registers[0x16] = 0x80; // Sn_TTL
        registers[0x1E] = 0x02; // Sn_RXBUF_SIZE
        registers[0x1F] = 0x02; // Sn_TXBUF_SIZE
        registers[0x20] = 0x08; // Sn_TX_FSR 0800
        registers[0x2C] = 0xFF; // Sn_IMR
        registers[0x2D] = 0x40; // Sn_FRAG 4000
    }

    internal void Reset()
    {
        PutResetValues(_registers);
        ClearPointers();
        _commandEndsNs = 0;
    }

    internal void LinkLost()
    {
        Settle();
        if (_sending && _sendEndsNs != Never) _sendEndsNs = Never;
    }

    internal byte ReadRegister(int at)
    {
        switch (at)
        {
            case 0x01:
                return _chip.NowNanoseconds < _commandEndsNs ? _registers[at] : (byte)0;
            case 0x02:
                Settle();
                return _registers[at];
            case 0x20:
                return High(TxFree());
            case 0x21:
                return Low(TxFree());
            case 0x22:
                Settle();
                return High(_txRead);
            case 0x23:
                return Low(_txRead);
            case 0x26:
                if (TornSizeReads == 0) return High(RxSize);
                TornSizeReads--;
                return High(_rxSizeBefore);
            case 0x27:
                return Low(RxSize);
            case 0x2A:
                return High(_rxWrite);
            case 0x2B:
                return Low(_rxWrite);
            default:
                return at < RegisterLength ? _registers[at] : (byte)0;
        }
    }

    internal void WriteRegister(int at, byte value)
    {
        switch (at)
        {
            case 0x01:
                if (value != 0) Command(value);
                break;
            case 0x02: // written ones clear
                Settle();
                _registers[at] &= (byte)~value;
                break;
            case 0x03:
            case >= 0x20 and <= 0x23:
            case 0x26 or 0x27 or 0x2A or 0x2B:
                _chip.Misuses++;
                break;
            default:
                if (at < RegisterLength) _registers[at] = value;
                break;
        }
    }

    /// <summary>A burst in the RX or TX buffer. The address counts through 16 bits and the buffer repeats in them.</summary>
    internal void AccessBuffer(bool rx, bool writing, int address, byte[] write, int writeOffset, byte[] read, int readOffset, int count)
    {
        byte[] memory = rx ? _rx : _tx;
        int size = rx ? RxCapacity : TxCapacity;
        if (size == 0)
        {
            if (read != null) Array.Clear(read, readOffset, count);
            return;
        }

        while (count > 0)
        {
            int at = address & (size - 1);
            int run = Math.Min(count, size - at);
            if (writing) Array.Copy(write, writeOffset, memory, at, run);
            else if (read != null) Array.Copy(memory, at, read, readOffset, run);
            if (writing && read != null) Array.Clear(read, readOffset, run);
            address += run;
            writeOffset += run;
            readOffset += run;
            count -= run;
        }
    }

    internal void Deliver(byte[] octets, int offset, int count)
    {
        if (_registers[0x03] != 0x42 || !_chip.LinkUp)
        {
            DropsClosed++;
            return;
        }

        if (count < 60 || count > MaxFrame)
        {
            DropsLength++;
            return;
        }

        if (!Passes(octets, offset))
        {
            DropsFiltered++;
            return;
        }

        int whole = count + 2;
        if (RxSize + whole > RxCapacity)
        {
            DropsOverflow++;
            return;
        }

        int header = whole;
        if (NextLengthHeader >= 0)
        {
            header = NextLengthHeader;
            NextLengthHeader = -1;
        }

        int size = RxCapacity;
        _rxSizeBefore = RxSize;
        _rx[_rxWrite & (size - 1)] = High(header);
        _rx[(_rxWrite + 1) & (size - 1)] = Low(header);
        int at = (_rxWrite + 2) & (size - 1);
        int first = Math.Min(count, size - at);
        Array.Copy(octets, offset, _rx, at, first);
        Array.Copy(octets, offset + first, _rx, 0, count - first);
        _rxWrite = (_rxWrite + whole) & 0xFFFF;
        _registers[0x02] |= 0x04; // Sn_IR RECV
        FramesQueued++;
        OctetsQueued += count;
    }

    // Sn_MR: MFEN passes own address, broadcast and IP multicast; BCASTB, MMB, MIP6B block what their names say.
    private bool Passes(byte[] octets, int offset)
    {
        int mode = _registers[0x00];
        bool broadcast = octets.AsSpan(offset, 6).IndexOfAnyExcept((byte)0xFF) < 0;
        bool multicast4 = octets[offset] == 0x01 && octets[offset + 1] == 0x00 && octets[offset + 2] == 0x5E;
        bool multicast6 = octets[offset] == 0x33 && octets[offset + 1] == 0x33;
        if (broadcast) return (mode & 0x40) == 0;
        if (multicast4 && (mode & 0x20) != 0) return false;
        if ((mode & 0x10) != 0 && octets[offset + 12] == 0x86 && octets[offset + 13] == 0xDD) return false;
        return (mode & 0x80) == 0 || multicast4 || multicast6 || _chip.IsOwnAddress(octets, offset);
    }

    private void Command(byte command)
    {
        long now = _chip.NowNanoseconds;
        if (now < _commandEndsNs)
        {
            _chip.Misuses++;
            return;
        }

        _registers[0x01] = command;
        _commandEndsNs = now + NanosecondsPerCommand;
        switch (command)
        {
            case 0x01:
                Open();
                break;
            case 0x10:
                _registers[0x03] = 0x00;
                ClearPointers();
                break;
            case 0x20 when _registers[0x03] == 0x42:
                Send();
                break;
            case 0x40 when _registers[0x03] == 0x42:
                int read = Word(0x28);
                if (((read - _rxRead) & 0xFFFF) > RxSize) _chip.Misuses++;
                else _rxRead = read;
                break;
            default:
                _chip.Misuses++;
                break;
        }
    }

    private void Open()
    {
        bool fits = RxCapacity / 1024 + _chip.IdleKilobytes(0x1E) <= 16 && TxCapacity / 1024 + _chip.IdleKilobytes(0x1F) <= 16;
        if ((_registers[0x00] & 0x0F) != 0x04 || !fits)
        {
            _chip.Misuses++;
            return;
        }

        ClearPointers();
        _registers[0x03] = 0x42;
    }

    private void Send()
    {
        Settle();
        int end = Word(0x24);
        int count = (end - _txRead) & 0xFFFF;
        if (_sending || count == 0 || count > TxCapacity)
        {
            _chip.Misuses++;
            return;
        }

        _sending = true;
        _sendEnd = end;
        _sendEndsNs = Never;
        if (StuckSend || !_chip.LinkUp || count > MaxFrame)
        {
            SendsLost++;
            return;
        }

        int size = TxCapacity;
        int at = _txRead & (size - 1);
        int first = Math.Min(count, size - at);
        Array.Copy(_tx, at, _leaving, 0, first);
        Array.Copy(_tx, 0, _leaving, first, count - first);
        if (count < 60)
        {
            FramesPadded++;
            Array.Clear(_leaving, count, 60 - count);
            count = 60;
        }

        _sendEndsNs = _chip.NowNanoseconds + (long)(count + WireOverhead) * NanosecondsPerWireOctet;
        FramesSent++;
        OctetsSent += count;
        _chip.Transmit?.Invoke(_leaving, 0, count);
    }

    // A SEND whose time is over: SENDOK, and TX_RD moves to where TX_WR stood at SEND.
    private void Settle()
    {
        if (!_sending || _chip.NowNanoseconds < _sendEndsNs) return;
        _sending = false;
        _txRead = _sendEnd;
        _registers[0x02] |= 0x10;
    }

    private void ClearPointers()
    {
        _rxRead = 0;
        _rxWrite = 0;
        _rxSizeBefore = 0;
        _txRead = 0;
        _sending = false;
        _sendEndsNs = Never;
        _registers.AsSpan(0x24, 2).Clear();
        _registers.AsSpan(0x28, 2).Clear();
    }

    private int TxFree()
    {
        Settle();
        return TxCapacity - ((Word(0x24) - _txRead) & 0xFFFF);
    }

    private int Word(int at) => (_registers[at] << 8) | _registers[at + 1];

    private static byte High(int value) => (byte)(value >> 8);

    private static byte Low(int value) => (byte)value;
}
