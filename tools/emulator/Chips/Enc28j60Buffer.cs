namespace LabEdge.Emulator.Chips;

/// <summary>
/// The 8 KB of an <see cref="Enc28j60Chip"/>: host pointers, receive ring with its filter, transmit logic (databook/hardware.md section 1d).
/// Registers that are pointers lie with the chip; what the host cannot write lies here.
/// </summary>
public sealed class Enc28j60Buffer
{
    private const int Size = 0x2000;

    // Preamble, start delimiter, CRC and gap.
    private const int WireOverhead = 24;
    private const long Never = long.MaxValue;

    private readonly Enc28j60Chip _chip;
    private readonly byte[] _octets = new byte[Size];
    private readonly byte[] _leaving = new byte[Size];
    private bool _spoiled;
    private bool _sending;
    private bool _aborting;
    private bool _stalled;
    private int _sendLength;
    private int _sendEnd;
    private long _sendEndsNs = Never;

    internal Enc28j60Buffer(Enc28j60Chip chip) => _chip = chip;

    /// <summary>Wire time of an octet at 10 Mb/s.</summary>
    public int NanosecondsPerWireOctet = 800;

    /// <summary>Fault: this many of the next transmissions meet a late collision: they abort, and the logic stalls until TXRST.</summary>
    public int LateCollisions;

    /// <summary>Fault: transmissions neither leave nor end while true.</summary>
    public bool StuckSend;

    /// <summary>Fault: the count of the next received frame reads this; -1 leaves it right. Used up by one frame.</summary>
    public int NextCount = -1;

    /// <summary>Frames that left, and frames that were queued for the host.</summary>
    public long FramesSent;
    public long FramesQueued;

    /// <summary>Frames from the wire that did not reach the ring, by reason. Of the last the host sees EIR.RXERIF.</summary>
    public long DropsClosed;
    public long DropsFiltered;
    public long DropsLength;
    public long DropsOverflow;

    /// <summary>Transmissions lost: stuck, stalled, aborted, no link, or longer than MAMXFL.</summary>
    public long SendsLost;

    internal int PacketCount { get; private set; }

    /// <summary>ERXRDPT as it is in force.</summary>
    internal int ReadLimit { get; private set; }

    /// <summary>ERXWRPT.</summary>
    internal int WritePointer { get; private set; }

    internal void Reset()
    {
        PacketCount = 0;
        ReadLimit = 0x05FA;
        WritePointer = _chip.Word(0x08);
        _spoiled = false;
        _sending = false;
        _stalled = false;
    }

    // ---- The host's side.

    internal byte ReadNext()
    {
        int at = _chip.Word(0x00);
        if ((_chip.Get(0, 0x1E) & 0x80) != 0) _chip.PutWord(0x00, at == _chip.Word(0x0A) ? _chip.Word(0x08) : (at + 1) & 0x1FFF);
        return _octets[at];
    }

    internal void WriteNext(byte octet)
    {
        int at = _chip.Word(0x02);
        if (at >= _chip.Word(0x08) && at <= _chip.Word(0x0A)) _chip.Misuse("a write into the receive ring");
        if (_sending && at >= _chip.Word(0x04) && at <= _sendEnd) _chip.Misuse("a write into the frame that is being sent");
        _octets[at] = octet;
        if ((_chip.Get(0, 0x1E) & 0x80) != 0) _chip.PutWord(0x02, (at + 1) & 0x1FFF);
    }

    internal void StartMoved()
    {
        WritePointer = _chip.Word(0x08);
        _spoiled = false;
    }

    // Erratum "Receive buffer": ERXRDPT must be odd.
    internal void Free(int limit)
    {
        if ((limit & 1) == 0)
        {
            _chip.Misuse("even ERXRDPT");
            _spoiled = true;
        }

        ReadLimit = limit;
    }

    internal void Decrement()
    {
        if (PacketCount == 0) _chip.Misuse("PKTDEC with no packet");
        else PacketCount--;
    }

    /// <summary>ECON1 is written.</summary>
    internal void Control(int before, int value)
    {
        if ((before & 0x80) != 0 && (value & 0x80) == 0) _stalled = false;
        if ((value & 0x80) != 0) _sending = false;
        if ((value & 0x40) != 0) WritePointer = _chip.Word(0x08);
        if ((value & 0x04) != 0 && (before & 0x04) == 0 && _chip.Word(0x08) != 0)
        {
            // Erratum "Memory": the ring must begin at 0.
            _chip.Misuse("ERXST is not 0");
            _spoiled = true;
        }

        _chip.Put(0, 0x1F, value);
        if ((value & 0x08) == 0)
        {
            _sending = false;
            return;
        }

        if ((before & 0x08) != 0) return;
        if ((value & 0x80) != 0) _chip.Misuse("TXRTS while TXRST");
        else Send();
    }

    // ---- The wire's side.

    internal void Deliver(byte[] octets, int offset, int count, bool crcRight)
    {
        bool open = _chip.Running && (_chip.Get(0, 0x1F) & 0x44) == 0x04 && (_chip.Get(2, 0x00) & 0x01) != 0;
        int longest = _chip.Get(2, 0x0A) | (_chip.Get(2, 0x0B) << 8);
        int whole = 6 + count + 4 + (count & 1);
        if (!open || !_chip.LinkUp)
        {
            DropsClosed++;
        }
        else if (count < 60 || count + 4 > longest)
        {
            DropsLength++;
        }
        else if (!Passes(octets, offset, crcRight))
        {
            DropsFiltered++;
        }
        else if (PacketCount == 255 || Room() < whole)
        {
            DropsOverflow++;
            _chip.Put(0, 0x1C, _chip.Get(0, 0x1C) | 0x01);
            _chip.Put(0, 0x1D, _chip.Get(0, 0x1D) | 0x40);
        }
        else
        {
            Queue(octets, offset, count, crcRight);
        }
    }

    // DS39662 section 8.1 in OR mode: with no filter chosen every frame passes, CRCEN or not; else one that matches.
    private bool Passes(byte[] octets, int offset, bool crcRight)
    {
        int filter = _chip.Get(1, 0x18);
        if ((filter & 0x20) != 0 && !crcRight) return false;
        if ((filter & 0x9F) == 0) return true;
        bool broadcast = true;
        bool own = true;
        for (int i = 0; i < 6; i++)
        {
            broadcast &= octets[offset + i] == 0xFF;
            own &= octets[offset + i] == _chip.OwnAddress(i);
        }

        bool group = (octets[offset] & 1) != 0 && !broadcast;
        return (own && (filter & 0x80) != 0) || (broadcast && (filter & 0x01) != 0) || (group && (filter & 0x02) != 0);
    }

    // DS39662 section 7.2.4.
    private int Room()
    {
        int size = _chip.Word(0x0A) - _chip.Word(0x08);
        if (WritePointer > ReadLimit) return size - (WritePointer - ReadLimit);
        return WritePointer == ReadLimit ? size : ReadLimit - WritePointer - 1;
    }

    private void Queue(byte[] octets, int offset, int count, bool crcRight)
    {
        int next = Along(WritePointer, 6 + count + 4 + (count & 1));
        int told = NextCount >= 0 ? NextCount : count + 4;
        int pointer = _spoiled ? next ^ 0x0A55 : next;
        int status = crcRight ? 0x80 : 0x10;
        int at = WritePointer;
        foreach (int octet in (ReadOnlySpan<int>)[pointer & 0xFF, pointer >> 8, told & 0xFF, told >> 8, status, 0])
        {
            _octets[at] = (byte)octet;
            at = Along(at, 1);
        }

        for (int i = 0; i < count; i++)
        {
            _octets[at] = octets[offset + i];
            at = Along(at, 1);
        }

        NextCount = -1;
        WritePointer = next;
        PacketCount++;
        FramesQueued++;
    }

    private int Along(int at, int octets)
    {
        int moved = at + octets;
        return moved > _chip.Word(0x0A) ? moved - (_chip.Word(0x0A) - _chip.Word(0x08) + 1) : moved;
    }

    private void Send()
    {
        int start = _chip.Word(0x04);
        int end = _chip.Word(0x06);
        int count = end - start;
        _sending = true;
        _aborting = false;
        _sendEndsNs = Never;
        if (count < 14 || start <= _chip.Word(0x0A) || end + 7 >= Size)
        {
            _chip.Misuse("ETXST and ETXND do not hold a frame");
            return;
        }

        int longest = _chip.Get(2, 0x0A) | (_chip.Get(2, 0x0B) << 8);
        if (_stalled || StuckSend)
        {
            SendsLost++;
            return;
        }

        Array.Copy(_octets, start + 1, _leaving, 0, count);
        _sendEnd = end;
        _sendLength = count;
        if (count < 60 && (_chip.Get(2, 0x02) & 0xE0) != 0)
        {
            Array.Clear(_leaving, count, 60 - count);
            _sendLength = 60;
        }

        _aborting = LateCollisions > 0 || _sendLength + 4 > longest;
        _sendEndsNs = _chip.Time.NowNanoseconds + (long)(_sendLength + WireOverhead) * NanosecondsPerWireOctet;
        if (_aborting || !_chip.LinkUp)
        {
            SendsLost++;
            return;
        }

        FramesSent++;
        _chip.Transmit?.Invoke(_leaving, 0, _sendLength);
    }

    /// <summary>A transmission whose time is over: TXRTS clears, TXIF or TXERIF stands, the status vector lies behind the frame.</summary>
    internal void Settle()
    {
        if (!_sending || _chip.Time.NowNanoseconds < _sendEndsNs) return;
        _sending = false;
        _chip.Put(0, 0x1F, _chip.Get(0, 0x1F) & ~0x08);
        _chip.Put(0, 0x1C, _chip.Get(0, 0x1C) | (_aborting ? 0x02 : 0x08));
        _octets.AsSpan(_sendEnd + 1, 7).Clear();
        _octets[_sendEnd + 1] = (byte)_sendLength;
        _octets[_sendEnd + 2] = (byte)(_sendLength >> 8);
        _octets[_sendEnd + 3] = (byte)(_aborting ? 0 : 0x80);
        if (!_aborting) return;
        _chip.Put(0, 0x1D, _chip.Get(0, 0x1D) | 0x02);
        _stalled = true;
        if (LateCollisions == 0) return;
        LateCollisions--;
        _octets[_sendEnd + 4] = 0x20;
    }
}
