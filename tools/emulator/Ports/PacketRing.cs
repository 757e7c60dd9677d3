using System.Buffers.Binary;

namespace LabEdge.Emulator;

// Read Documentation/networking/packet_mmap.rst and if_packet.h of the kernel before changing this file.

/// <summary>
/// The receive ring of an AF_PACKET socket in its third form (TPACKET_V3): blocks of frames that the kernel fills and hands over
/// when one is full, or a moment after its first frame. Mapped memory: no system call and no copy by the kernel for us per frame.
/// </summary>
internal sealed class PacketRing : IDisposable
{
    /// <summary>A block of frames of 64 octets holds about two hundred; the longest frame of a router fits too.</summary>
    private const int BlockOctets = 32 * 1024;

    /// <summary>A block that holds a single frame is handed over as well, so this many moments (<see cref="HandOverMs"/>) pass before frames are lost.</summary>
    private const int Blocks = 256;

    /// <summary>The kernel hands a block over at the latest so long after its first frame (1 is the least it knows).</summary>
    private const int HandOverMs = 1;

    private const int SlotOctets = 2048;
    private const int RequestLength = 28;

    // struct tpacket_block_desc.
    private const int BlockStatus = 8;
    private const int BlockFrames = 12;
    private const int BlockFirst = 16;

    // struct tpacket3_hdr.
    private const int NextField = 0;
    private const int KeptField = 12;
    private const int LengthField = 16;
    private const int StatusField = 20;
    private const int OffsetField = 24;
    private const int TagField = 32;
    private const int TagTypeField = 36;

    private readonly nint _ring;
    private nint _block;
    private nint _frame;
    private int _framesLeft;
    private int _index;
    private bool _mapped;

    /// <summary>Makes the ring of a socket that is not bound yet, so that no frame comes another way.</summary>
    /// <exception cref="PortException">The kernel refuses.</exception>
    public PacketRing(int descriptor, string name)
    {
        byte[] request = new byte[RequestLength];
        int[] fields = [BlockOctets, Blocks, SlotOctets, BlockOctets / SlotOctets * Blocks, HandOverMs, 0, 0];
        for (int i = 0; i < fields.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(i * 4), fields[i]);
        if (LinuxSocket.SetOption(descriptor, LinuxSocket.SOL_PACKET, LinuxSocket.PACKET_VERSION, LinuxSocket.Int32(LinuxSocket.TPACKET_V3), 4) != 0
            || LinuxSocket.SetOption(descriptor, LinuxSocket.SOL_PACKET, LinuxSocket.PACKET_RX_RING, request, request.Length) != 0)
        {
            throw new PortException($"no receive ring for \"{name}\": {LinuxSocket.LastError()}");
        }

        _ring = LinuxSocket.Map(0, (nuint)BlockOctets * Blocks, LinuxSocket.PROT_READ_WRITE, LinuxSocket.MAP_SHARED | LinuxSocket.MAP_POPULATE, descriptor, 0);
        if (_ring == -1) throw new PortException($"cannot map the receive ring of \"{name}\": {LinuxSocket.LastError()}");
        _mapped = true;
        _block = _ring;
    }

    /// <summary>Octets of the frame, and as many as are there: fewer when it was longer than a block.</summary>
    public int Length { get; private set; }
    public int Kept { get; private set; }

    /// <summary>Where its octets stand, until the next call of <see cref="Next"/>.</summary>
    public nint Octets { get; private set; }

    /// <summary>The VLAN tag that the kernel took out of the frame: EtherType &lt;&lt; 16 | control information, or -1 when none.</summary>
    public long StrippedTag { get; private set; }

    /// <summary>True when a sender on this machine left the transport checksum to the interface, and nobody has completed it.</summary>
    public bool ChecksumOpen { get; private set; }

    /// <summary>Goes to the next frame; a block whose frames are all seen goes back to the kernel first.</summary>
    /// <returns>False when none waits.</returns>
    public bool Next()
    {
        while (_framesLeft == 0)
        {
            if (!_mapped) return false;
            if (_frame != 0) Release();
            if ((Volatile.Read(ref Mapped.At<int>(_block + BlockStatus)) & LinuxSocket.TP_STATUS_USER) == 0) return false;
            _framesLeft = Mapped.At<int>(_block + BlockFrames);
            _frame = _block + Mapped.At<int>(_block + BlockFirst);
            if (_framesLeft != 0) break;
        }

        nint frame = _frame;
        Length = Mapped.At<int>(frame + LengthField);
        Kept = Mapped.At<int>(frame + KeptField);
        Octets = frame + Mapped.At<ushort>(frame + OffsetField);
        int status = Mapped.At<int>(frame + StatusField);
        StrippedTag = -1;
        ChecksumOpen = false;
        const int rare = LinuxSocket.TP_STATUS_CSUMNOTREADY | LinuxSocket.TP_STATUS_VLAN_VALID;
        if ((status & rare) != 0) NoteRare(frame, status);
        _frame += Mapped.At<int>(frame + NextField);
        _framesLeft--;
        return true;
    }

    public void Dispose()
    {
        if (!_mapped) return;
        _mapped = false;
        LinuxSocket.Unmap(_ring, (nuint)BlockOctets * Blocks);
    }

    private void Release()
    {
        Volatile.Write(ref Mapped.At<int>(_block + BlockStatus), LinuxSocket.TP_STATUS_KERNEL);
        _index = _index + 1 < Blocks ? _index + 1 : 0;
        _block = _ring + (nint)_index * BlockOctets;
        _frame = 0;
    }

    private void NoteRare(nint frame, int status)
    {
        ChecksumOpen = (status & LinuxSocket.TP_STATUS_CSUMNOTREADY) != 0;
        if ((status & LinuxSocket.TP_STATUS_VLAN_VALID) == 0) return;
        int type = (status & LinuxSocket.TP_STATUS_VLAN_TPID_VALID) != 0 ? Mapped.At<ushort>(frame + TagTypeField) : 0x8100;
        StrippedTag = ((long)type << 16) | (long)Mapped.At<ushort>(frame + TagField);
    }
}
