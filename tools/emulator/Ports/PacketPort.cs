using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>
/// A network interface of Linux as a port: an AF_PACKET socket (packet(7)). Needs CAP_NET_RAW. The station address is the
/// interface's own. Frames that others of this machine send through the same interface are not seen. Never blocks.
/// </summary>
public sealed class PacketPort : IEthernetPort, IDisposable
{
    private const int BufferOctets = 4 * 1024 * 1024;
    private const int AddressLength = 20;
    private const int RequestLength = 40;
    private const int NameLength = 16;
    private const int Tailroom = 32;
    private const int TagLength = 4;

    private readonly int _index;
    private readonly byte[] _address = new byte[6];
    private readonly PacketBatch _batch;
    private readonly Frame[] _one = new Frame[1];
    private bool _promiscuous;
    private bool _disposed;

    /// <param name="name">Of the interface, such as <c>veth0</c>.</param>
    /// <param name="maxFrameLength">Longest frame that the router's buffers hold: a longer MTU of the interface is not used.</param>
    /// <exception cref="PortException">No such interface, no right to open it, or not 64-bit Linux.</exception>
    public PacketPort(string name, int maxFrameLength)
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != 8) throw new PortException("packet ports need 64-bit Linux");
        Name = name;
        _index = (int)LinuxSocket.InterfaceIndex(name);
        if (_index == 0) throw new PortException($"there is no network interface \"{name}\"");
        Descriptor = LinuxSocket.Socket(LinuxSocket.AF_PACKET, LinuxSocket.SOCK_RAW | LinuxSocket.SOCK_NONBLOCK | LinuxSocket.SOCK_CLOEXEC, 0);
        if (Descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            bool refused = error is LinuxSocket.EPERM or LinuxSocket.EACCES;
            throw new PortException($"cannot open \"{name}\": {LinuxSocket.LastError()}{(refused ? " (run as root, or with CAP_NET_RAW)" : "")}");
        }

        try
        {
            byte[] request = Ask(LinuxSocket.SIOCGIFHWADDR, "its address");
            Array.Copy(request, NameLength + 2, _address, 0, 6);
            request = Ask(LinuxSocket.SIOCGIFMTU, "its MTU");
            MaxFrameLength = Math.Min(BinaryPrimitives.ReadInt32LittleEndian(request.AsSpan(NameLength)) + 14, maxFrameLength);
            SetSwitch(LinuxSocket.PACKET_IGNORE_OUTGOING, "ignore outgoing frames (Linux 4.20 or later)");
            SetSwitch(LinuxSocket.PACKET_AUXDATA, "ask for VLAN tags and open checksums");

            // Larger buffers than the system's default where the right is there; the default works too.
            LinuxSocket.SetOption(Descriptor, LinuxSocket.SOL_SOCKET, LinuxSocket.SO_RCVBUFFORCE, Int32(BufferOctets), 4);
            LinuxSocket.SetOption(Descriptor, LinuxSocket.SOL_SOCKET, LinuxSocket.SO_SNDBUFFORCE, Int32(BufferOctets), 4);
            BindToInterface();
            RefreshLink();
            _batch = new PacketBatch(MaxFrameLength + TagLength);
        }
        catch (PortException)
        {
            LinuxSocket.Close(Descriptor);
            throw;
        }
    }

    public string Name { get; }

    /// <summary>For poll(2).</summary>
    public int Descriptor { get; }

    public LinkKind Kind => LinkKind.Ethernet;

    /// <summary>Up and with a carrier, as of the last <see cref="RefreshLink"/>.</summary>
    public bool LinkUp { get; private set; }

    public int MaxFrameLength { get; }

    public long FramesReceived { get; private set; }
    public long FramesSent { get; private set; }

    /// <summary>Received frames longer than the interface's MTU or the router's buffer (receive offloads make such frames).</summary>
    public long TooLong { get; private set; }

    /// <summary>Received frames whose TCP or UDP checksum a sender on this machine had left to its interface: completed here.</summary>
    public long ChecksumsCompleted { get; private set; }

    /// <summary>Likewise, but neither TCP nor UDP was found in them: passed on as they came.</summary>
    public long ChecksumsOpen { get; private set; }

    /// <summary>Frames that the kernel did not take.</summary>
    public long SendRefused { get; private set; }

    /// <summary>Frames that the kernel dropped because the socket's buffer was full, up to the last call of <see cref="ReadKernelDrops"/>.</summary>
    public long KernelDrops { get; private set; }

    public void GetAddress(byte[] address, int offset) => Array.Copy(_address, 0, address, offset, 6);

    public bool SetPromiscuous(bool on)
    {
        if (on == _promiscuous) return true;
        byte[] membership = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(membership, _index);
        BinaryPrimitives.WriteInt16LittleEndian(membership.AsSpan(4), LinuxSocket.PACKET_MR_PROMISC);
        int option = on ? LinuxSocket.PACKET_ADD_MEMBERSHIP : LinuxSocket.PACKET_DROP_MEMBERSHIP;
        if (LinuxSocket.SetOption(Descriptor, LinuxSocket.SOL_PACKET, option, membership, membership.Length) != 0) return false;
        _promiscuous = on;
        return true;
    }

    public bool Receive(Frame frame)
    {
        _one[0] = frame;
        return ReceiveBurst(_one, 1) == 1;
    }

    public int ReceiveBurst(Frame[] frames, int max)
    {
        int filled = 0;
        while (filled < max)
        {
            if (_batch.Taken == _batch.Count && !_batch.Fill(Descriptor, max - filled)) break;
            if (Unpack(_batch.Taken++, frames[filled])) filled++;
        }

        FramesReceived += filled;
        return filled;
    }

    public bool Send(Frame frame)
    {
        bool sent = frame.Length <= MaxFrameLength + TagLength
            && LinuxSocket.Send(Descriptor, ref frame.Octets[frame.Start], (nuint)frame.Length, LinuxSocket.MSG_DONTWAIT) == frame.Length;
        if (sent) FramesSent++;
        else SendRefused++;
        return sent;
    }

    public void Flush()
    {
    }

    /// <summary>Asks the kernel whether the interface is up and has a carrier.</summary>
    public void RefreshLink()
    {
        byte[] request = Request();
        const int wanted = LinuxSocket.IFF_UP | LinuxSocket.IFF_RUNNING;
        LinkUp = LinuxSocket.Control(Descriptor, LinuxSocket.SIOCGIFFLAGS, request) == 0
            && (BinaryPrimitives.ReadInt16LittleEndian(request.AsSpan(NameLength)) & wanted) == wanted;
    }

    /// <summary>Adds what the kernel counted since the last call to <see cref="KernelDrops"/>.</summary>
    public void ReadKernelDrops()
    {
        byte[] statistics = new byte[8];
        int length = statistics.Length;
        if (LinuxSocket.GetOption(Descriptor, LinuxSocket.SOL_PACKET, LinuxSocket.PACKET_STATISTICS, statistics, ref length) == 0)
        {
            KernelDrops += BinaryPrimitives.ReadUInt32LittleEndian(statistics.AsSpan(4));
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        LinuxSocket.Close(Descriptor);
        _batch.Dispose();
    }

    // The kernel takes an 802.1Q tag out of the frame and hands it beside: put it back behind the addresses.
    private bool Unpack(int index, Frame frame)
    {
        int length = _batch.LengthOf(index);
        long tag = _batch.StrippedTag(index);
        int whole = length + (tag < 0 ? 0 : TagLength);
        int at = frame.Headroom;
        if (_batch.Truncated(index) || length < 14 || whole > frame.Octets.Length - at - Tailroom)
        {
            TooLong++;
            return false;
        }

        if (tag < 0)
        {
            _batch.Copy(index, 0, frame.Octets, at, length);
        }
        else
        {
            _batch.Copy(index, 0, frame.Octets, at, 12);
            BinaryPrimitives.WriteUInt32BigEndian(frame.Octets.AsSpan(at + 12), (uint)tag);
            _batch.Copy(index, 12, frame.Octets, at + 16, length - 12);
        }

        if (_batch.ChecksumOpen(index))
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
        BinaryPrimitives.WriteInt32LittleEndian(address.AsSpan(4), _index);
        if (LinuxSocket.Bind(Descriptor, address, address.Length) != 0) throw new PortException($"cannot bind to \"{Name}\": {LinuxSocket.LastError()}");
    }

    private void SetSwitch(int option, string purpose)
    {
        if (LinuxSocket.SetOption(Descriptor, LinuxSocket.SOL_PACKET, option, Int32(1), 4) == 0) return;
        throw new PortException($"\"{Name}\" cannot {purpose}: {LinuxSocket.LastError()}");
    }

    private byte[] Ask(uint question, string what)
    {
        byte[] request = Request();
        if (LinuxSocket.Control(Descriptor, question, request) == 0) return request;
        throw new PortException($"\"{Name}\" does not tell {what}: {LinuxSocket.LastError()}");
    }

    private byte[] Request()
    {
        byte[] request = new byte[RequestLength];
        Encoding.ASCII.GetBytes(Name, request);
        return request;
    }

    private static byte[] Int32(int value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(octets, value);
        return octets;
    }
}
