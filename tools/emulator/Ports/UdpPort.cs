using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>
/// A cable made of UDP: each datagram is one bare frame, as GNS3 and dynamips (NIO UDP), QEMU (<c>-netdev dgram</c>) and freeRtr
/// send them. Takes datagrams from the one remote end only. Needs no right. A cable has no carrier, so the link is always up.
/// </summary>
public sealed class UdpPort : RealPort
{
    /// <summary>What the cable carries after the Ethernet header unless told otherwise.</summary>
    public const int DefaultMtu = 1500;

    private const int BufferOctets = 4 * 1024 * 1024;
    private const int MemoryFields = 9;
    private const int DropsField = 8;

    private readonly Socket _socket;
    private readonly ReceiveBatch _received;
    private readonly SendBatch _batch;

    /// <param name="localPort">Datagrams come here, on every address of this machine.</param>
    /// <param name="remoteHost">Name or address of the other end.</param>
    /// <param name="mtu">Octets after the Ethernet header that the other end takes.</param>
    /// <param name="address">The station address; null = one made from the ends.</param>
    /// <param name="kind">Of the frames: those of serial links cross unchanged too, and may be shorter than an Ethernet header.</param>
    /// <exception cref="PortException">The local port is taken, the name is unknown, or not 64-bit Linux.</exception>
    public UdpPort(int localPort, string remoteHost, int remotePort, int maxFrameLength, int mtu = DefaultMtu, byte[] address = null, LinkKind kind = LinkKind.Ethernet)
        : base($"{localPort}:{remoteHost}:{remotePort}")
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != 8) throw new PortException("UDP ports need 64-bit Linux");
        Kind = kind;
        MaxFrameLength = Math.Min(mtu + EthernetHeader, maxFrameLength);
        if (address == null) StationAddress.Make("udp:" + Name, Address);
        else address.CopyTo(Address, 0);
        string at = "look up";
        try
        {
            IPAddress remote = Resolve(remoteHost);
            at = $"use local port {localPort} for";
            _socket = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
            _socket.Bind(new IPEndPoint(remote.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, localPort));
            at = "reach";
            _socket.Connect(remote, remotePort);
        }
        catch (SocketException exception)
        {
            _socket?.Dispose();
            throw new PortException($"cannot {at} \"{Name}\": {exception.Message}");
        }

        Descriptor = (int)_socket.SafeHandle.DangerousGetHandle();
        LinuxSocket.SetOption(Descriptor, LinuxSocket.SOL_SOCKET, LinuxSocket.SO_SNDBUFFORCE, LinuxSocket.Int32(BufferOctets), 4);
        LinuxSocket.SetOption(Descriptor, LinuxSocket.SOL_SOCKET, LinuxSocket.SO_RCVBUFFORCE, LinuxSocket.Int32(BufferOctets), 4);
        _received = new ReceiveBatch(MaxFrameLength + TagLength);
        _batch = new SendBatch(MaxFrameLength + TagLength);
        LinkUp = true;
    }

    public override int ReceiveBurst(Frame[] frames, int max)
    {
        int filled = 0;
        while (filled < max && _received.Next(Descriptor))
        {
            Frame frame = frames[filled];
            int length = _received.Length;
            if (!Fits(frame, length))
            {
                TooLong++;
                continue;
            }

            _received.Octets.CopyTo(frame.Octets.AsSpan(frame.Headroom, length));
            frame.Start = frame.Headroom;
            frame.Length = length;
            filled++;
        }

        FramesReceived += filled;
        return filled;
    }

    /// <summary>Taken for the next <see cref="Flush"/>; what the kernel does not take then is counted as refused.</summary>
    public override bool Send(Frame frame)
    {
        if (frame.Length > _batch.MaxFrameLength)
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

    /// <summary>Here the kernel's count goes on from the start.</summary>
    public override void ReadKernelDrops()
    {
        byte[] memory = new byte[MemoryFields * 4];
        int length = memory.Length;
        if (LinuxSocket.GetOption(Descriptor, LinuxSocket.SOL_SOCKET, LinuxSocket.SO_MEMINFO, memory, ref length) == 0)
        {
            KernelDrops = BinaryPrimitives.ReadUInt32LittleEndian(memory.AsSpan(DropsField * 4));
        }
    }

    protected override void Close()
    {
        Descriptor = -1;
        _socket.Dispose();
    }

    // IPv4 goes before IPv6 where a name has both, as the tools at the other end do.
    private static IPAddress Resolve(string host)
    {
        IPAddress[] addresses = Dns.GetHostAddresses(host.Trim('[', ']'));
        return addresses.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? addresses.First();
    }
}
