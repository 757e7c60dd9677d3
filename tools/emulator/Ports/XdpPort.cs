using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>
/// A network interface of Linux as an AF_XDP port: a program at the interface gives every received frame to us before the host's
/// stack sees it. Needs root (or CAP_NET_RAW, CAP_NET_ADMIN and CAP_BPF) and Linux 5.9.
/// </summary>
public sealed class XdpPort : RealPort
{
    private readonly LinuxInterface _interface;
    private readonly XdpSocket _socket;
    private readonly XdpProgram _program;
    private readonly int _asking;
    private bool _promiscuous;

    /// <param name="name">Of the interface, such as <c>veth0</c>. It has one receive queue.</param>
    /// <exception cref="PortException">The kernel refuses; the text says what.</exception>
    public XdpPort(string name, int maxFrameLength) : base(name)
    {
        LinuxInterface.IndexOf(name);
        _asking = LinuxSocket.Socket(LinuxSocket.AF_PACKET, LinuxSocket.SOCK_RAW | LinuxSocket.SOCK_CLOEXEC, 0);
        if (_asking < 0) throw new PortException($"cannot open \"{name}\": {LinuxSocket.LastError(" (run as root)")}");
        try
        {
            _interface = new LinuxInterface(name, _asking);
            _interface.ReadAddress(Address);
            MaxFrameLength = Math.Min(_interface.ReadMtu() + EthernetHeader, maxFrameLength);
            _socket = new XdpSocket(_interface, MaxFrameLength + TagLength);
            Descriptor = _socket.Descriptor;
            _program = new XdpProgram(_interface, Descriptor);
            _interface.TakeAllGroups(_asking);
            RefreshLink();
        }
        catch (PortException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>True when the frames are taken in the interface's driver, false when just before the stack.</summary>
    public bool InItsDriver => _program.InItsDriver;

    public override bool SetPromiscuous(bool on)
    {
        if (on == _promiscuous) return true;
        if (!_interface.SetPromiscuous(_asking, on)) return false;
        _promiscuous = on;
        return true;
    }

    public override int ReceiveBurst(Frame[] frames, int max)
    {
        int filled = 0;
        bool any = false;
        while (filled < max && _socket.Next())
        {
            ReadOnlySpan<byte> octets = _socket.Octets;
            Frame frame = frames[filled];
            any = true;
            if (octets.Length <= MaxFrameLength + TagLength && Fits(frame, octets.Length))
            {
                octets.CopyTo(frame.Octets.AsSpan(frame.Headroom));
                frame.Start = frame.Headroom;
                frame.Length = octets.Length;
                filled++;
            }
            else
            {
                TooLong++;
            }

            _socket.Taken();
        }

        if (any) _socket.EndOfBurst();
        FramesReceived += filled;
        return filled;
    }

    public override bool Send(Frame frame)
    {
        bool sent = LinkUp && frame.Length <= MaxFrameLength + TagLength && Queued(frame);
        if (sent) FramesSent++;
        else SendRefused++;
        return sent;
    }

    public override void Flush() => _socket.Flush();

    public override void RefreshLink() => LinkUp = _interface.IsRunning();

    /// <summary>Here the kernel's count goes on from the start.</summary>
    public override void ReadKernelDrops() => KernelDrops = _socket.Drops();

    protected override void Close()
    {
        // The program goes first: the host has its frames again.
        _program?.Dispose();
        _socket?.Dispose();
        LinuxSocket.Close(_asking);
        Descriptor = -1;
    }

    private bool Queued(Frame frame)
    {
        ReadOnlySpan<byte> octets = frame.Octets.AsSpan(frame.Start, frame.Length);
        if (_socket.Send(octets)) return true;

        // All chunks are queued: have them sent, and try once more.
        _socket.Flush();
        return _socket.Send(octets);
    }
}
