using LabEdge.Hal;

namespace LabEdge.Emulator.Chips;

/// <summary>
/// A WIZnet W5500 at register level, for socket 0 in MACRAW mode: SPI frames, common and socket registers, both buffers,
/// the wire side, and time. Facts: databook/hardware.md section 1c; the numbers stand here once more, apart from the
/// driver's, so that a wrong constant in the driver meets a right one.
/// </summary>
/// <remarks>
/// Time. Every SPI transfer moves the chip's clock on by <see cref="NanosecondsPerTransfer"/> plus <see cref="NanosecondsPerSpiOctet"/> per octet.
///
/// What it lacks: TCP, UDP and IPRAW, ARP, ping, PPPoE and Wake on LAN (their registers are memory without effect); sockets
/// 1 to 7 beyond their registers; INTLEVEL's pause; negotiation time, 10 Mb/s and collisions; receive time (a frame is in
/// the buffer the moment it is delivered, and it leaves the moment SEND is given); what a real chip does after a misuse
/// (this one counts <see cref="Misuses"/> and ignores the command).
/// </remarks>
public sealed class W5500Chip : ISpiDevice
{
    private const int CommonLength = 0x3A;
    private const long PllLockNs = 1_000_000;
    private const long SoftResetNs = 200_000;

    private readonly byte[] _common = new byte[CommonLength];
    private readonly byte[][] _idleSockets = new byte[8][];
    private long _answersAtNs;
    private long _resetEndsNs;
    private bool _heldInReset;
    private bool _link = true;

    /// <summary>The chip's clock.</summary>
    public readonly ChipTime Time;

    /// <summary>Socket 0: rings, commands and counters of the wire side.</summary>
    public readonly W5500Socket Socket;

    /// <summary>RSTn: low holds the chip in reset, rising starts it (1 ms until it answers).</summary>
    public readonly IOutputPin ResetPin;

    /// <summary>INTn: low while an unmasked interrupt stands.</summary>
    public readonly IInputPin InterruptPin;

    /// <summary>SPI transfers, and the octets they moved with header.</summary>
    public long Transfers;
    public long OctetsMoved;

    /// <summary>
    /// Cost of a transfer beside its octets. On nanoFramework the managed call alone is 5,000 to 6,500 instructions at 1 to 3
    /// cycles on 240 MHz (databook/nanoclr.md sections 4 and 7): 22 to 84 µs.
    /// </summary>
    public int NanosecondsPerTransfer = 50_000;

    /// <summary>8 bits at 20 MHz.</summary>
    public int NanosecondsPerSpiOctet = 400;

    /// <summary>What VERSIONR reads: a fault when it is not 04.</summary>
    public byte Version = 0x04;

    /// <summary>Host mistakes: command while one runs, SEND before SENDOK, RX_RD beyond RX_WR, buffers over 16 KB, writes to read-only registers.</summary>
    public long Misuses;

    /// <param name="nowMicroseconds">The lab's clock; may stand still between and during calls, never runs back.</param>
    public W5500Chip(Func<long> nowMicroseconds)
    {
        Time = new ChipTime(nowMicroseconds);
        Socket = new W5500Socket(this);
        ResetPin = new ResetInput(this);
        InterruptPin = new InterruptOutput(this);
        for (int socket = 1; socket < 8; socket++) _idleSockets[socket] = new byte[W5500Socket.RegisterLength];
        ResetRegisters();
    }

    /// <summary>Called with (octets, offset, count) when a frame leaves on the wire; the octets are the chip's, valid during the call.</summary>
    public Action<byte[], int, int> Transmit { get; set; }

    /// <summary>True while the PHY sees a partner and is not powered down or held in reset.</summary>
    public bool LinkUp
    {
        get
        {
            byte phy = _common[0x2E];
            bool running = (phy & 0x80) != 0;
            bool powerDown = (phy & 0x40) != 0 && (phy & 0x38) == 0x30;
            return _link && running && !powerDown && !_heldInReset;
        }
    }

    /// <inheritdoc cref="ChipTime.NowNanoseconds"/>
    public long NowNanoseconds => Time.NowNanoseconds;

    /// <inheritdoc cref="ChipTime.Advance"/>
    public void Advance(long nanoseconds) => Time.Advance(nanoseconds);

    /// <summary>Plugs or pulls the cable. A SEND that runs when it is pulled never ends.</summary>
    public void SetLink(bool up)
    {
        _link = up;
        if (!LinkUp) Socket.LinkLost();
    }

    /// <summary>A frame arrives from the wire, without FCS. Filtered, queued or dropped; see the counters of <see cref="Socket"/>.</summary>
    public void Deliver(byte[] octets, int offset, int count) => Socket.Deliver(octets, offset, count);

    /// <summary>Sets <see cref="Transfers"/> and <see cref="OctetsMoved"/> back to 0.</summary>
    public void ResetCounts()
    {
        Transfers = 0;
        OctetsMoved = 0;
    }

    public void Write(byte[] octets, int offset, int count) => Exchange(octets, offset, null, 0, count);

    public void Transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int count) =>
        Exchange(write, writeOffset, read, readOffset, count);

    /// <summary>Own address as the host wrote it (SHAR).</summary>
    internal bool IsOwnAddress(byte[] octets, int offset) => octets.AsSpan(offset, 6).SequenceEqual(_common.AsSpan(0x09, 6));

    private void Exchange(byte[] write, int writeOffset, byte[] read, int readOffset, int count)
    {
        Transfers++;
        OctetsMoved += count;
        Advance(NanosecondsPerTransfer + (long)NanosecondsPerSpiOctet * Math.Min(count, 3));
        int address = count > 0 ? write[writeOffset] << 8 : 0;
        if (count > 1) address |= write[writeOffset + 1];
        int control = count > 2 ? write[writeOffset + 2] : 0;
        for (int i = 0; i < 3 && i < count && read != null; i++) read[readOffset + i] = (byte)(i + 1);
        if (count <= 3) return;

        // OM: 00 as long as chip select is low, else 1, 2 or 4 octets; what follows those has no effect.
        int octets = count - 3;
        int length = (control & 3) switch { 1 => 1, 2 => 2, 3 => 4, _ => octets };
        if (length > octets) length = octets;
        if (read != null && length < octets) read.AsSpan(readOffset + 3 + length, octets - length).Clear();

        bool writing = (control & 0x04) != 0;
        int socket = control >> 5;
        int block = (control >> 3) & 3;
        if (_heldInReset || NowNanoseconds < _answersAtNs)
        {
            // No answer: MISO stays low.
            if (read != null) read.AsSpan(readOffset + 3, length).Clear();
        }
        else if (block >= 2 && socket == 0)
        {
            Socket.AccessBuffer(block == 3, writing, address, write, writeOffset + 3, read, readOffset + 3, length);
            Advance((long)NanosecondsPerSpiOctet * octets);
            return;
        }
        else
        {
            for (int i = 0; i < length; i++)
            {
                Advance(NanosecondsPerSpiOctet);
                int at = (address + i) & 0xFFFF;
                byte given = write[writeOffset + 3 + i];
                byte answer = 0;
                if (writing) WriteRegister(block, socket, at, given);
                else answer = ReadRegister(block, socket, at);
                if (read != null) read[readOffset + 3 + i] = answer;
            }
        }
    }

    private byte ReadRegister(int block, int socket, int at)
    {
        if (block == 0 && socket == 0) return ReadCommon(at);
        if (block != 1) return 0;
        if (socket == 0) return Socket.ReadRegister(at);
        return at < W5500Socket.RegisterLength ? _idleSockets[socket][at] : (byte)0;
    }

    private void WriteRegister(int block, int socket, int at, byte value)
    {
        if (block == 0 && socket == 0) WriteCommon(at, value);
        else if (block == 1 && socket == 0) Socket.WriteRegister(at, value);
        else if (block == 1 && at < W5500Socket.RegisterLength && at != 1) _idleSockets[socket][at] = value;
    }

    private byte ReadCommon(int at)
    {
        switch (at)
        {
            case 0x00: // MR: RST clears itself
                return NowNanoseconds < _resetEndsNs ? (byte)(_common[0] | 0x80) : _common[0];
            case 0x17: // SIR
                return (byte)(Socket.Interrupting ? 0x01 : 0x00);
            case 0x2E: // PHYCFGR: full duplex, 100 Mb/s, link
                return (byte)((_common[at] & 0xF8) | (LinkUp ? 0x07 : 0x00));
            case 0x39:
                return Version;
            default:
                return at < CommonLength ? _common[at] : (byte)0;
        }
    }

    private void WriteCommon(int at, byte value)
    {
        switch (at)
        {
            case 0x00:
                if ((value & 0x80) != 0)
                {
                    ResetRegisters();
                    _resetEndsNs = NowNanoseconds + SoftResetNs;
                }
                else
                {
                    _common[0] = value;
                }

                break;
            case 0x15: // IR: written ones clear
                _common[at] &= (byte)~value;
                break;
            case 0x2E:
                _common[at] = (byte)(value & 0xF8);
                if (!LinkUp) Socket.LinkLost();
                break;
            case 0x17:
            case >= 0x28 and <= 0x2D: // SIR, UIPR, UPORTR are read-only
            case 0x39:
                Misuses++;
                break;
            default:
                if (at < CommonLength) _common[at] = value;
                break;
        }
    }

    /// <summary>Buffer KB of sockets 1 to 7, one way.</summary>
    internal int IdleKilobytes(int sizeRegister)
    {
        int sum = 0;
        for (int socket = 1; socket < 8; socket++) sum += _idleSockets[socket][sizeRegister];
        return sum;
    }

    private void ResetRegisters()
    {
        Array.Clear(_common);
        _common[0x19] = 0x07; // RTR 07D0
        _common[0x1A] = 0xD0;
        _common[0x1B] = 0x08; // RCR
        _common[0x1C] = 0x28; // PTIMER
        _common[0x26] = 0xFF; // PMRU FFFF
        _common[0x27] = 0xFF;
        _common[0x2E] = 0xB8; // PHYCFGR: not in reset, all capable, negotiation on
        for (int socket = 1; socket < 8; socket++) W5500Socket.PutResetValues(_idleSockets[socket]);
        Socket.Reset();
    }

    private sealed class ResetInput(W5500Chip chip) : IOutputPin
    {
        public void Write(bool high)
        {
            if (!high)
            {
                chip.ResetRegisters();
            }
            else if (chip._heldInReset)
            {
                chip._answersAtNs = chip.NowNanoseconds + PllLockNs;
            }

            chip._heldInReset = !high;
        }
    }

    private sealed class InterruptOutput(W5500Chip chip) : IInputPin
    {
        public bool Read()
        {
            bool socket = (chip._common[0x18] & 0x01) != 0 && chip.Socket.Interrupting;
            bool common = (chip._common[0x15] & chip._common[0x16]) != 0;
            return !socket && !common;
        }
    }
}
