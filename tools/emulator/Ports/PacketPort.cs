using System.Buffers.Binary;
using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>
/// A network interface of Linux as a port: an AF_PACKET socket (packet(7)) with a mapped receive ring, and sending in batches.
/// Needs CAP_NET_RAW. The station address is the interface's own. Frames that others of this machine send through the same
/// interface are not seen. A lone frame comes at the latest a few milliseconds after it arrived: see <see cref="PacketRing"/>.
/// </summary>
public sealed class PacketPort : RealPort
{
    private const int SendBufferOctets = 4 * 1024 * 1024;
    private const int AddressLength = 20;
    private const int StatisticsLength = 12;

    private readonly LinuxInterface _interface;
    private readonly PacketRing _ring;
    private readonly SendBatch _batch;
    private bool _promiscuous;

    /// <param name="name">Of the interface, such as <c>veth0</c>.</param>
    /// <param name="maxFrameLength">Longest frame that the router's buffers hold: a longer MTU of the interface is not used.</param>
    /// <param name="bypass">Sent frames go past the interface's queueing discipline (PACKET_QDISC_BYPASS).</param>
    /// <exception cref="PortException">No such interface, no right to open it, or not 64-bit Linux.</exception>
    public PacketPort(string name, int maxFrameLength, bool bypass = false) : base(name)
    {
        LinuxInterface.IndexOf(name);
        Descriptor = LinuxSocket.Socket(LinuxSocket.AF_PACKET, LinuxSocket.SOCK_RAW | LinuxSocket.SOCK_NONBLOCK | LinuxSocket.SOCK_CLOEXEC, 0);
        if (Descriptor < 0) throw new PortException($"cannot open \"{name}\": {LinuxSocket.LastError(" (run as root, or with CAP_NET_RAW)")}");
        try
        {
            _interface = new LinuxInterface(name, Descriptor);
            _interface.ReadAddress(Address);
            MaxFrameLength = Math.Min(_interface.ReadMtu() + EthernetHeader, maxFrameLength);
            _batch = new SendBatch(MaxFrameLength + TagLength);
            SetSwitch(LinuxSocket.PACKET_IGNORE_OUTGOING, "ignore outgoing frames (Linux 4.20 or later)");
            if (bypass) SetSwitch(LinuxSocket.PACKET_QDISC_BYPASS, "go past the queueing discipline");

            // A larger buffer than the system's default where the right is there; the default works too.
            LinuxSocket.SetOption(Descriptor, LinuxSocket.SOL_SOCKET, LinuxSocket.SO_SNDBUFFORCE, LinuxSocket.Int32(SendBufferOctets), 4);
            _ring = new PacketRing(Descriptor, name);
            BindToInterface();
            _interface.TakeAllGroups(Descriptor);
            RefreshLink();
        }
        catch (PortException)
        {
            Dispose();
            throw;
        }
    }

    public override bool SetPromiscuous(bool on)
    {
        if (on == _promiscuous) return true;
        if (!_interface.SetPromiscuous(Descriptor, on)) return false;
        _promiscuous = on;
        return true;
    }

    public override int ReceiveBurst(Frame[] frames, int max)
    {
        int filled = 0;
        while (filled < max && _ring.Next())
        {
            if (Unpack(frames[filled])) filled++;
        }

        FramesReceived += filled;
        return filled;
    }

    /// <summary>Taken for the next <see cref="Flush"/>; what the kernel does not take then is counted as refused.</summary>
    public override bool Send(Frame frame)
    {
        if (!LinkUp || frame.Length > _batch.MaxFrameLength)
        {
            SendRefused++;
            return false;
        }

        if (_batch.Full) Flush();
        _batch.Add(frame.Octets, frame.Start, frame.Length);
        FramesSent++;
        return true;
    }

    public override void Flush()
    {
        if (_batch.Empty) return;
        int refused = _batch.Flush(Descriptor);
        FramesSent -= refused;
        SendRefused += refused;
    }

    public override void RefreshLink() => LinkUp = _interface.IsRunning();

    public override void ReadKernelDrops()
    {
        // struct tpacket_stats_v3: frames, drops, how often the ring was full. Reading clears them.
        byte[] statistics = new byte[StatisticsLength];
        int length = statistics.Length;
        if (LinuxSocket.GetOption(Descriptor, LinuxSocket.SOL_PACKET, LinuxSocket.PACKET_STATISTICS, statistics, ref length) == 0)
        {
            KernelDrops += BinaryPrimitives.ReadUInt32LittleEndian(statistics.AsSpan(4));
        }
    }

    protected override void Close()
    {
        _ring?.Dispose();
        LinuxSocket.Close(Descriptor);
        Descriptor = -1;
    }

    // The kernel takes an 802.1Q tag out of the frame and hands it beside: put it back behind the addresses.
    private bool Unpack(Frame frame)
    {
        PacketRing ring = _ring;
        int length = ring.Length;
        long tag = ring.StrippedTag;
        int whole = length + (tag < 0 ? 0 : TagLength);
        int at = frame.Headroom;
        if (length > ring.Kept || length > MaxFrameLength + TagLength || !Fits(frame, length) || !Fits(frame, whole))
        {
            TooLong++;
            return false;
        }

        if (tag < 0)
        {
            Mapped.Octets(ring.Octets, length).CopyTo(frame.Octets.AsSpan(at, length));
        }
        else
        {
            Mapped.Octets(ring.Octets, 12).CopyTo(frame.Octets.AsSpan(at, 12));
            BinaryPrimitives.WriteUInt32BigEndian(frame.Octets.AsSpan(at + 12), (uint)tag);
            Mapped.Octets(ring.Octets + 12, length - 12).CopyTo(frame.Octets.AsSpan(at + 16, length - 12));
        }

        if (ring.ChecksumOpen)
        {
            if (TransportChecksum.Complete(frame.Octets, at, whole)) ChecksumsCompleted++;
            else ChecksumsOpen++;
        }

        frame.Start = at;
        frame.Length = whole;
        return true;
    }

    private void BindToInterface()
    {
        byte[] address = new byte[AddressLength];
        BinaryPrimitives.WriteInt16LittleEndian(address, LinuxSocket.AF_PACKET);
        BinaryPrimitives.WriteInt16BigEndian(address.AsSpan(2), LinuxSocket.ETH_P_ALL);
        BinaryPrimitives.WriteInt32LittleEndian(address.AsSpan(4), _interface.Index);
        if (LinuxSocket.Bind(Descriptor, address, address.Length) != 0) throw new PortException($"cannot bind to \"{Name}\": {LinuxSocket.LastError()}");
    }

    private void SetSwitch(int option, string purpose)
    {
        if (LinuxSocket.SetOption(Descriptor, LinuxSocket.SOL_PACKET, option, LinuxSocket.Int32(1), 4) == 0) return;
        throw new PortException($"\"{Name}\" cannot {purpose}: {LinuxSocket.LastError()}");
    }
}
