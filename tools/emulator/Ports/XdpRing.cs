using System.Runtime.CompilerServices;

namespace LabEdge.Emulator;

/// <summary>
/// One of the four rings of an AF_XDP socket: descriptors between a producer and a consumer that count up and wrap. One side is
/// ours, the other the kernel's.
/// </summary>
internal sealed class XdpRing : IDisposable
{
    private readonly nint _map;
    private readonly nuint _length;
    private readonly nint _producer;
    private readonly nint _consumer;
    private readonly nint _flags;
    private readonly nint _descriptors;
    private readonly uint _size;
    private readonly int _stride;
    private readonly bool _produces;
    private uint _own;
    private uint _other;
    private bool _mapped;

    /// <param name="page">Which ring (the offset that mmap takes for it).</param>
    /// <param name="offsets">Where the kernel put producer, consumer, descriptors and flags (struct xdp_ring_offset).</param>
    /// <param name="size">Descriptors; a power of two.</param>
    /// <param name="stride">Octets of a descriptor: 16 with length, 8 for an address alone.</param>
    /// <param name="produces">True: we put descriptors in, false: we take them out.</param>
    /// <exception cref="PortException">It cannot be mapped.</exception>
    public XdpRing(int descriptor, long page, ReadOnlySpan<long> offsets, int size, int stride, bool produces)
    {
        _length = (nuint)offsets[2] + (nuint)(size * stride);
        _map = LinuxSocket.Map(0, _length, LinuxSocket.PROT_READ_WRITE, LinuxSocket.MAP_SHARED | LinuxSocket.MAP_POPULATE, descriptor, page);
        if (_map == -1) throw new PortException("cannot map an AF_XDP ring: " + LinuxSocket.LastError());
        _mapped = true;
        _producer = _map + (nint)offsets[0];
        _consumer = _map + (nint)offsets[1];
        _descriptors = _map + (nint)offsets[2];
        _flags = _map + (nint)offsets[3];
        _size = (uint)size;
        _stride = stride;
        _produces = produces;
        _own = Mapped.At<uint>(produces ? _producer : _consumer);
        _other = Mapped.At<uint>(produces ? _consumer : _producer);
    }

    /// <summary>The kernel sleeps, and wants a call to go on.</summary>
    public bool NeedsWakeUp => (Volatile.Read(ref Mapped.At<uint>(_flags)) & 1) != 0;

    /// <summary>Descriptors that the other side has not taken yet, of those that we published.</summary>
    public bool OtherHasAll => Volatile.Read(ref Mapped.At<uint>(_consumer)) == _own;

    /// <summary>True when a descriptor can be taken out, or put in: then <see cref="Current"/> is its place.</summary>
    public bool Ready()
    {
        if (Left() != 0) return true;
        _other = Volatile.Read(ref Mapped.At<uint>(_produces ? _consumer : _producer));
        return Left() != 0;
    }

    /// <summary>The place of the next descriptor.</summary>
    public nint Current => _descriptors + (nint)(_own & (_size - 1)) * _stride;

    /// <summary>Goes past it; seen by the kernel after <see cref="Publish"/>.</summary>
    public void Advance() => _own++;

    /// <summary>Shows the kernel how far we are.</summary>
    public void Publish() => Volatile.Write(ref Mapped.At<uint>(_produces ? _producer : _consumer), _own);

    public void Dispose()
    {
        if (!_mapped) return;
        _mapped = false;
        LinuxSocket.Unmap(_map, _length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Left() => _produces ? _size - (_own - _other) : _other - _own;
}
