using LabEdge.Hal;

namespace LabEdge.Emulator.Chips;

/// <summary>
/// A Microchip ENC28J60 at register level: SPI instructions, four banks, MII with its busy time, the 8 KB buffer, receive ring and filter, transmit
/// logic, and the errata that a driver must live with. Facts: databook/hardware.md section 1d; the numbers stand here once more, apart from the
/// driver's, so that a wrong constant in the driver meets a right one.
/// </summary>
/// <remarks>
/// Errata modelled: an even ERXRDPT and an ERXST other than 0 spoil the ring; EIR.PKTIF (and so INT) may keep silent (<see cref="PacketFlagSilent"/>);
/// after an aborted transmission the logic stalls until TXRST; ESTAT.CLKRDY reads 1 too early; ESTAT.LATECOL is not set by a late collision.
/// What it lacks: DMA and checksum, pattern match, magic packet and hash filters, wake-up, self-test, pause frames, the built-in loopback, power
/// save, clock output; carrier sense and collisions other than the late ones asked for; the value of the CRC behind a received frame; SPI
/// below 8 MHz on B1 and B4; receive time (a frame is in the ring the moment it is delivered, and leaves the moment TXRTS is set). What a real
/// chip does after a misuse is not known: this one counts <see cref="Misuses"/> and, where the errata say so, spoils what they say.
/// </remarks>
public sealed class Enc28j60Chip : ISpiDevice
{
    private const long ResetNs = 1_000_000;
    private const long MiiNs = 10_240;

    // Of banks 2 and 3: MAC and MII registers, which answer one octet late and know no bit instructions.
    private const int EconOne = 0x1F;

    private readonly byte[][] _banks = [new byte[32], new byte[32], new byte[32], new byte[32]];
    private readonly ushort[] _phy = new ushort[32];
    private bool _link = true;
    private bool _heldInReset;
    private long _answersAtNs;
    private long _miiFreeAtNs;
    private int _readLow;

    /// <summary>The chip's clock.</summary>
    public readonly ChipTime Time;

    /// <summary>The buffer: both directions, and the counters of the wire side.</summary>
    public readonly Enc28j60Buffer Buffer;

    /// <summary>RESET: low holds the chip in reset, rising starts it.</summary>
    public readonly IOutputPin ResetPin;

    /// <summary>INT: low while an enabled interrupt stands.</summary>
    public readonly IInputPin InterruptPin;

    /// <summary>SPI transfers, and the octets they moved with the instruction.</summary>
    public long Transfers;
    public long OctetsMoved;

    /// <summary>As of <see cref="W5500Chip.NanosecondsPerTransfer"/>; and 8 bits at 20 MHz.</summary>
    public int NanosecondsPerTransfer = 50_000;
    public int NanosecondsPerSpiOctet = 400;

    /// <summary>EREVID: B7. A fault when it is none of 2, 4, 5, 6.</summary>
    public byte Revision = 0x06;

    /// <summary>Fault: the MII never gets done.</summary>
    public bool MiiStuck;

    /// <summary>Erratum: EIR.PKTIF stays 0, and INT high, whatever waits.</summary>
    public bool PacketFlagSilent;

    /// <summary>Host mistakes, and the last of them in words.</summary>
    public long Misuses;
    public string LastMisuse = "";

    /// <param name="nowMicroseconds">The lab's clock; may stand still between and during calls, never runs back.</param>
    public Enc28j60Chip(Func<long> nowMicroseconds)
    {
        Time = new ChipTime(nowMicroseconds);
        Buffer = new Enc28j60Buffer(this);
        ResetPin = new ResetInput(this);
        InterruptPin = new InterruptOutput(this);
        Reset();
        _answersAtNs = 0;
    }

    /// <summary>Called with (octets, offset, count) when a frame leaves on the wire; the octets are the chip's, valid during the call.</summary>
    public Action<byte[], int, int> Transmit { get; set; }

    /// <summary>True while the PHY sees a partner and is neither in reset nor switched off.</summary>
    public bool LinkUp => _link && !_heldInReset && (_phy[0x00] & 0x0800) == 0;

    /// <summary>Plugs or pulls the cable.</summary>
    public void SetLink(bool up) => _link = up;

    /// <summary>A frame arrives from the wire, without CRC. Filtered, queued or dropped; see the counters of <see cref="Buffer"/>.</summary>
    /// <param name="crcRight">False: its CRC was wrong.</param>
    public void Deliver(byte[] octets, int offset, int count, bool crcRight = true) => Buffer.Deliver(octets, offset, count, crcRight);

    /// <summary>Sets <see cref="Transfers"/> and <see cref="OctetsMoved"/> back to 0.</summary>
    public void ResetCounts()
    {
        Transfers = 0;
        OctetsMoved = 0;
    }

    public void Write(byte[] octets, int offset, int count) => Exchange(octets, offset, null, 0, count);

    public void Transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int count) =>
        Exchange(write, writeOffset, read, readOffset, count);

    internal bool Running => !_heldInReset && Time.NowNanoseconds >= _answersAtNs;

    internal byte Get(int bank, int at) => _banks[at >= 0x1B ? 0 : bank][at];

    internal void Put(int bank, int at, int value) => _banks[at >= 0x1B ? 0 : bank][at] = (byte)value;

    /// <summary>A pointer of bank 0, 13 bits.</summary>
    internal int Word(int at) => (_banks[0][at] | (_banks[0][at + 1] << 8)) & 0x1FFF;

    internal void PutWord(int at, int value)
    {
        _banks[0][at] = (byte)value;
        _banks[0][at + 1] = (byte)(value >> 8);
    }

    internal void Misuse(string what)
    {
        Misuses++;
        LastMisuse = what;
    }

    internal int OwnAddress(int i) => _banks[3][4 - (i & 6) + (i & 1)];

    private void Exchange(byte[] write, int writeOffset, byte[] read, int readOffset, int count)
    {
        Transfers++;
        OctetsMoved += count;
        Time.Advance(NanosecondsPerTransfer + NanosecondsPerSpiOctet);
        if (count < 1) return;
        int instruction = write[writeOffset];
        if (read != null) read[readOffset] = 0;
        if (instruction == 0xFF)
        {
            if (count > 1) Misuse("octets behind a soft reset");
            Reset();
            return;
        }

        if (!Running)
        {
            // No answer: MISO stays low.
            Misuse("instruction while in reset");
            if (read != null) read.AsSpan(readOffset, count).Clear();
            return;
        }

        Time.Advance((long)NanosecondsPerSpiOctet * (count - 1));
        int at = instruction & 0x1F;
        switch (instruction >> 5)
        {
            case 0:
                ReadControl(at, read, readOffset, count);
                break;
            case 1 when at == 0x1A:
                for (int i = 1; i < count; i++)
                {
                    byte octet = Buffer.ReadNext();
                    if (read != null) read[readOffset + i] = octet;
                }

                break;
            case 3 when at == 0x1A:
                for (int i = 1; i < count; i++) Buffer.WriteNext(write[writeOffset + i]);
                break;
            case 2 or 4 or 5:
                if (count == 2) Change(instruction >> 5, at, write[writeOffset + 1]);
                else Misuse("an instruction for one octet with " + (count - 1));
                break;
            default:
                Misuse("unknown instruction");
                break;
        }
    }

    private int Bank => _banks[0][EconOne] & 3;

    private static bool IsMac(int bank, int at) => (bank == 2 && at < 0x1B) || (bank == 3 && (at <= 0x05 || at == 0x0A));

    private void ReadControl(int at, byte[] read, int readOffset, int count)
    {
        int first = IsMac(Bank, at) ? 2 : 1;
        byte value = ReadRegister(Bank, at);
        for (int i = 1; i < count && read != null; i++) read[readOffset + i] = i < first ? (byte)0 : value;
    }

    private byte ReadRegister(int bank, int at)
    {
        Buffer.Settle();
        bool scanning = (_banks[2][0x12] & 0x02) != 0;
        bool busy = MiiStuck || Time.NowNanoseconds < _miiFreeAtNs;
        switch (bank, at)
        {
            case (_, 0x1C):
                return (byte)(Get(0, 0x1C) | (Buffer.PacketCount > 0 && !PacketFlagSilent ? 0x40 : 0));
            case (_, 0x1D): // CLKRDY: always, by erratum too early
                return (byte)(Get(0, 0x1D) | 0x01 | (Interrupting ? 0x80 : 0));
            case (0, 0x0C or 0x0D):
                return (byte)(Buffer.ReadLimit >> (at == 0x0C ? 0 : 8));
            case (0, 0x0E or 0x0F):
                return (byte)(Buffer.WritePointer >> (at == 0x0E ? 0 : 8));
            case (1, 0x19):
                return (byte)Buffer.PacketCount;
            case (2, 0x18 or 0x19):
                if (busy && !scanning) Misuse("MIRD read while the MII is busy");
                int value = scanning || !busy ? ReadPhy(_banks[2][0x14]) : 0;
                return (byte)(value >> (at == 0x18 ? 0 : 8));
            case (3, 0x0A):
                return (byte)((busy ? 0x01 : 0) | (scanning ? 0x02 : 0));
            case (3, 0x12):
                return Revision;
            default:
                return Get(bank, at);
        }
    }

    private int ReadPhy(int register) => register switch
    {
        0x01 => 0x1800 | (LinkUp ? 0x0004 : 0),
        0x02 => 0x0083,
        0x03 => 0x1400,
        0x11 => (LinkUp ? 0x0400 : 0) | ((_phy[0] & 0x0100) != 0 ? 0x0200 : 0),
        _ => _phy[register & 31],
    };

    private void Change(int instruction, int at, int value)
    {
        Buffer.Settle();
        int bank = Bank;
        if (instruction != 2 && IsMac(bank, at))
        {
            Misuse("bit instruction on a MAC or MII register");
            return;
        }

        int now = Get(bank, at);
        WriteRegister(bank, at, instruction switch { 2 => value, 4 => now | value, _ => now & ~value });
    }

    private void WriteRegister(int bank, int at, int value)
    {
        switch (bank, at)
        {
            case (_, 0x1C): // EIR: PKTIF follows EPKTCNT
                Put(0, at, value & 0x3B);
                break;
            case (_, 0x1D):
                Put(0, at, value & 0x52);
                break;
            case (_, 0x1E):
                Put(0, at, value & 0xA8);
                if ((value & 0x40) != 0) Buffer.Decrement();
                break;
            case (_, 0x1F):
                Buffer.Control(Get(0, at), value);
                break;
            case (0, 0x08 or 0x09):
                Put(0, at, value);
                Buffer.StartMoved();
                break;
            case (0, 0x0C):
                _readLow = value;
                break;
            case (0, 0x0D):
                Buffer.Free((_readLow | (value << 8)) & 0x1FFF);
                break;
            case (0, 0x0E or 0x0F) or (1, 0x19) or (3, 0x12) or (2, 0x18 or 0x19) or (3, 0x0A):
                Misuse("write to a read-only register");
                break;
            case (2, 0x12):
                Mii(at, value, (value & 0x01) != 0);
                break;
            case (2, 0x17):
                Mii(at, value, true);
                _phy[_banks[2][0x14] & 31] = (ushort)(_banks[2][0x16] | (value << 8));
                break;
            default:
                Put(bank, at, value);
                break;
        }
    }

    private void Mii(int at, int value, bool begins)
    {
        if (begins && ((_banks[2][0x12] & 0x02) != 0 || Time.NowNanoseconds < _miiFreeAtNs)) Misuse("MII begun while it is busy");
        if (begins) _miiFreeAtNs = Time.NowNanoseconds + MiiNs;
        Put(2, at, value);
    }

    private bool Interrupting
    {
        get
        {
            int flags = Get(0, 0x1C) | (Buffer.PacketCount > 0 && !PacketFlagSilent ? 0x40 : 0);
            int enabled = Get(0, 0x1B);
            return (enabled & 0x80) != 0 && (enabled & flags & 0x7F) != 0;
        }
    }

    private void Reset()
    {
        foreach (byte[] bank in _banks) Array.Clear(bank);
        Array.Clear(_phy);
        _phy[0x14] = 0x3422;
        _banks[0][0x1E] = 0x80;
        PutWord(0x00, 0x05FA); // ERDPT
        PutWord(0x08, 0x05FA); // ERXST
        PutWord(0x0A, 0x1FFF); // ERXND
        _banks[1][0x18] = 0xA1; // ERXFCON
        _banks[2][0x08] = 0x0F; // MACLCON1
        _banks[2][0x09] = 0x37; // MACLCON2
        _banks[2][0x0B] = 0x06; // MAMXFL 0600
        _banks[3][0x15] = 0x04; // ECOCON
        _banks[3][0x19] = 0x10; // EPAUS 1000
        Buffer.Reset();
        _miiFreeAtNs = 0;
        _answersAtNs = Time.NowNanoseconds + ResetNs;
    }

    private sealed class ResetInput(Enc28j60Chip chip) : IOutputPin
    {
        public void Write(bool high)
        {
            chip._heldInReset = !high;
            chip.Reset();
        }
    }

    private sealed class InterruptOutput(Enc28j60Chip chip) : IInputPin
    {
        public bool Read()
        {
            chip.Buffer.Settle();
            return !chip.Interrupting;
        }
    }
}
