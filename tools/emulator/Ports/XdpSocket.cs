using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LabEdge.Emulator;

// Read Documentation/networking/af_xdp.rst and if_xdp.h of the kernel before changing this file.

/// <summary>
/// An AF_XDP socket on queue 0 of an interface: memory in chunks of equal size that kernel and process share, one frame in each;
/// addresses of chunks go round in four rings. Half of the chunks are for receiving, half for sending.
/// </summary>
internal sealed class XdpSocket : IDisposable
{
    private const int RingSize = 2048;

    /// <summary>The kernel keeps so much of a chunk in front of a received frame (XDP_PACKET_HEADROOM).</summary>
    private const int KernelHeadroom = 256;

    private const int SmallChunk = 2048;
    private const int LargeChunk = 4096;
    private const int MmapOffsets = 1;
    private const int RxRing = 2;
    private const int TxRing = 3;
    private const int UmemRegister = 4;
    private const int FillRing = 5;
    private const int CompletionRing = 6;
    private const int Statistics = 7;
    private const int UseNeedWakeUp = 8;
    private const long TxPage = 0x80000000;
    private const long FillPage = 0x100000000;
    private const long CompletionPage = 0x180000000;
    private const int DescriptorStride = 16;
    private const int AddressStride = 8;
    private const int LengthField = 8;
    private const int AddressLength = 16;

    /// <summary>One call sends at least 32 frames: enough for a full ring, and an end when the interface takes none.</summary>
    private const int MostKicks = RingSize / 32;

    /// <summary>A queue is free a moment after its last socket was closed: so long a new one tries.</summary>
    private const int MostQueueWaitMs = 500;
    private const int QueueWaitMs = 10;

    private readonly string _name;
    private readonly int _chunk;
    private readonly nuint _length;
    private readonly nint _memory;
    private readonly long[] _free = new long[RingSize];
    private readonly XdpRing _received;
    private readonly XdpRing _toSend;
    private readonly XdpRing _fill;
    private readonly XdpRing _completed;
    private int _freeCount;
    private bool _held;
    private bool _closed;

    /// <param name="maxFrameLength">Longest frame, a VLAN tag included.</param>
    /// <exception cref="PortException">The kernel refuses; the text says what.</exception>
    public XdpSocket(LinuxInterface device, int maxFrameLength)
    {
        _name = device.Name;
        Descriptor = -1;
        _chunk = maxFrameLength <= SmallChunk - KernelHeadroom ? SmallChunk : LargeChunk;
        if (maxFrameLength > LargeChunk - KernelHeadroom)
        {
            throw new PortException($"\"{_name}\" has frames of {maxFrameLength} octets, and AF_XDP takes at most {LargeChunk - KernelHeadroom}: set its MTU lower, or use packet:{_name}");
        }

        int queues = device.ReceiveQueues();
        if (queues > 1) throw new PortException($"\"{_name}\" has {queues} receive queues, and AF_XDP ports read one: ethtool -L {_name} combined 1, or use packet:{_name}");
        try
        {
            Descriptor = LinuxSocket.Socket(LinuxSocket.AF_XDP, LinuxSocket.SOCK_RAW | LinuxSocket.SOCK_CLOEXEC, 0);
            if (Descriptor < 0) throw new PortException($"cannot open \"{_name}\" by AF_XDP: {LinuxSocket.LastError(" (run as root, or with CAP_NET_RAW)")}");
            _length = (nuint)(2 * RingSize * _chunk);
            _memory = LinuxSocket.Map(0, _length, LinuxSocket.PROT_READ_WRITE, LinuxSocket.MAP_PRIVATE_ANONYMOUS | LinuxSocket.MAP_POPULATE, -1, 0);
            if (_memory == -1) throw new PortException("no memory for AF_XDP frames: " + LinuxSocket.LastError());
            _held = true;
            Register();
            foreach (int ring in new[] { FillRing, CompletionRing, RxRing, TxRing }) Set(ring, LinuxSocket.Int32(RingSize), "make a ring");
            long[] offsets = Offsets();
            _received = new XdpRing(Descriptor, 0, offsets.AsSpan(0, 4), RingSize, DescriptorStride, produces: false);
            _toSend = new XdpRing(Descriptor, TxPage, offsets.AsSpan(4, 4), RingSize, DescriptorStride, produces: true);
            _fill = new XdpRing(Descriptor, FillPage, offsets.AsSpan(8, 4), RingSize, AddressStride, produces: true);
            _completed = new XdpRing(Descriptor, CompletionPage, offsets.AsSpan(12, 4), RingSize, AddressStride, produces: false);
            for (int i = 0; i < RingSize; i++)
            {
                _free[_freeCount++] = (long)(RingSize + i) * _chunk;
                GiveBack((long)i * _chunk);
            }

            _fill.Publish();
            Bind(device.Index);
        }
        catch (PortException)
        {
            Dispose();
            throw;
        }
    }

    public int Descriptor { get; }

    /// <summary>Octets of the frame that <see cref="Next"/> went to.</summary>
    public ReadOnlySpan<byte> Octets
    {
        get
        {
            nint place = _received.Current;
            long address = Mapped.At<long>(place);
            int length = Mapped.At<int>(place + LengthField);
            if (address < 0 || length < 0 || address + length > (long)_length) return [];
            return Mapped.Octets(_memory + (nint)address, length);
        }
    }

    /// <summary>True when a received frame waits; it is given back with <see cref="Taken"/>.</summary>
    public bool Next() => _held && _received.Ready();

    /// <summary>The frame is copied: its chunk may be filled again.</summary>
    public void Taken()
    {
        GiveBack(Mapped.At<long>(_received.Current) & ~((long)_chunk - 1));
        _received.Advance();
    }

    /// <summary>Tells the kernel what was taken.</summary>
    public void EndOfBurst()
    {
        _received.Publish();
        _fill.Publish();
    }

    /// <summary>Copies a frame into a free chunk and queues it.</summary>
    /// <returns>False when no chunk is free: the interface has not sent what it was given.</returns>
    public bool Send(ReadOnlySpan<byte> frame)
    {
        if (_freeCount == 0) Reclaim();
        if (_freeCount == 0 || !_toSend.Ready()) return false;
        long address = _free[--_freeCount];
        frame.CopyTo(Mapped.Octets(_memory + (nint)address, _chunk));
        nint place = _toSend.Current;
        Mapped.At<long>(place) = address;
        Mapped.At<int>(place + LengthField) = frame.Length;
        Mapped.At<int>(place + LengthField + 4) = 0;
        _toSend.Advance();
        return true;
    }

    /// <summary>Publishes what was queued and has the kernel send it; what it does not take now it is asked for again next time.</summary>
    public void Flush()
    {
        _toSend.Publish();
        for (int i = 0; i < MostKicks && !_toSend.OtherHasAll && _toSend.NeedsWakeUp; i++)
        {
            if (LinuxSocket.Send(Descriptor, ref Mapped.At<byte>(_memory), 0, LinuxSocket.MSG_DONTWAIT) >= 0) continue;
            if (Marshal.GetLastPInvokeError() is not LinuxSocket.EAGAIN) break;
        }

        Reclaim();
    }

    /// <summary>Frames that the kernel dropped for want of free chunks or of room in the ring.</summary>
    public long Drops()
    {
        // struct xdp_statistics: dropped, two counts of bad descriptors, then "ring was full".
        byte[] statistics = new byte[48];
        int length = statistics.Length;
        if (LinuxSocket.GetOption(Descriptor, LinuxSocket.SOL_XDP, Statistics, statistics, ref length) != 0 || length < 32) return 0;
        return BinaryPrimitives.ReadInt64LittleEndian(statistics) + BinaryPrimitives.ReadInt64LittleEndian(statistics.AsSpan(24));
    }

    public void Dispose()
    {
        _received?.Dispose();
        _toSend?.Dispose();
        _fill?.Dispose();
        _completed?.Dispose();
        if (!_closed && Descriptor >= 0) LinuxSocket.Close(Descriptor);
        _closed = true;
        if (_held) LinuxSocket.Unmap(_memory, _length);
        _held = false;
    }

    // As many chunks are in the fill ring, with the kernel or in the receive ring as the fill ring has places: there is always room.
    private void GiveBack(long address)
    {
        if (!_fill.Ready()) return;
        Mapped.At<long>(_fill.Current) = address;
        _fill.Advance();
    }

    private void Reclaim()
    {
        while (_freeCount < _free.Length && _completed.Ready())
        {
            _free[_freeCount++] = Mapped.At<long>(_completed.Current);
            _completed.Advance();
        }

        _completed.Publish();
    }

    private void Register()
    {
        // struct xdp_umem_reg: address, length, chunk, headroom, flags, padding.
        byte[] region = new byte[32];
        BinaryPrimitives.WriteInt64LittleEndian(region, _memory);
        BinaryPrimitives.WriteInt64LittleEndian(region.AsSpan(8), (long)_length);
        BinaryPrimitives.WriteInt32LittleEndian(region.AsSpan(16), _chunk);
        Set(UmemRegister, region, "share memory with the kernel");
    }

    private long[] Offsets()
    {
        byte[] octets = new byte[4 * 32];
        int length = octets.Length;
        if (LinuxSocket.GetOption(Descriptor, LinuxSocket.SOL_XDP, MmapOffsets, octets, ref length) != 0 || length != octets.Length)
        {
            throw new PortException("AF_XDP ports need Linux 5.9 or later");
        }

        return MemoryMarshal.Cast<byte, long>(octets).ToArray();
    }

    private void Bind(int index)
    {
        byte[] address = new byte[AddressLength];
        BinaryPrimitives.WriteInt16LittleEndian(address, LinuxSocket.AF_XDP);
        BinaryPrimitives.WriteInt16LittleEndian(address.AsSpan(2), UseNeedWakeUp);
        BinaryPrimitives.WriteInt32LittleEndian(address.AsSpan(4), index);
        bool busy = false;
        for (int waited = 0; waited <= MostQueueWaitMs; waited += QueueWaitMs)
        {
            if (LinuxSocket.Bind(Descriptor, address, address.Length) == 0) return;
            busy = Marshal.GetLastPInvokeError() == LinuxSocket.EBUSY;
            if (!busy) break;
            Thread.Sleep(QueueWaitMs);
        }

        throw new PortException($"cannot bind to \"{_name}\" by AF_XDP: {(busy ? "another socket has its queue" : LinuxSocket.LastError())}");
    }

    private void Set(int option, byte[] value, string purpose)
    {
        if (LinuxSocket.SetOption(Descriptor, LinuxSocket.SOL_XDP, option, value, value.Length) == 0) return;
        throw new PortException($"\"{_name}\" cannot {purpose} by AF_XDP: {LinuxSocket.LastError()}");
    }
}
