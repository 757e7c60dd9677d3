using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>
/// The other end of a TAP interface (tuntap of Linux): the host's own stack has one end of the cable as interface NAME, the router
/// this one. The interface is made where it is not there yet, and goes with the port unless it was made to stay
/// (<c>ip tuntap add</c>). The link is up when the host has set it up.
/// </summary>
public sealed class TapPort : RealPort
{
    private const int FlagsOffset = 16;
    private const int MaxNameLength = 15;

    private readonly LinuxInterface _interface;
    private readonly int _asking;
    private readonly byte[] _octets;
    private readonly long _dropsBefore;

    /// <param name="name">Of the interface on the host's side, such as <c>tap0</c>.</param>
    /// <exception cref="PortException">No right, no tuntap in this kernel, the name is another kind's, or somebody holds it.</exception>
    public TapPort(string name, int maxFrameLength) : base(name)
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != 8) throw new PortException("TAP ports need 64-bit Linux");
        if (Encoding.UTF8.GetByteCount(name) > MaxNameLength) throw new PortException($"\"{name}\": an interface name has at most {MaxNameLength} octets");
        _asking = -1;
        try
        {
            Descriptor = LinuxSocket.Open("/dev/net/tun", LinuxSocket.O_RDWR | LinuxSocket.O_NONBLOCK | LinuxSocket.O_CLOEXEC);
            if (Descriptor < 0) throw new PortException($"cannot open /dev/net/tun: {LinuxSocket.LastError(" (run as root, or with CAP_NET_ADMIN)")}");
            byte[] request = LinuxInterface.Request(name);
            BinaryPrimitives.WriteInt16LittleEndian(request.AsSpan(FlagsOffset), LinuxSocket.IFF_TAP | LinuxSocket.IFF_NO_PI);
            if (LinuxSocket.Control(Descriptor, LinuxSocket.TUNSETIFF, request) != 0) throw new PortException($"cannot have \"{name}\" as a TAP: {WhyRefused()}");

            _asking = LinuxSocket.Socket(LinuxSocket.AF_INET, LinuxSocket.SOCK_DGRAM | LinuxSocket.SOCK_CLOEXEC, 0);
            _interface = new LinuxInterface(name, _asking);
            _interface.ReadAddress(Address);

            // The interface's address is the host's; this end of the cable has its neighbour.
            Address[0] |= 2;
            Address[5] ^= 1;
            MaxFrameLength = Math.Min(_interface.ReadMtu() + EthernetHeader, maxFrameLength);
            _octets = new byte[MaxFrameLength + TagLength + 1];
            _dropsBefore = ReadDrops();
            RefreshLink();
        }
        catch (PortException)
        {
            Dispose();
            throw;
        }
    }

    public override int ReceiveBurst(Frame[] frames, int max)
    {
        int filled = 0;
        while (filled < max && Descriptor >= 0)
        {
            nint length = LinuxSocket.Read(Descriptor, ref _octets[0], (nuint)_octets.Length);
            if (length <= 0) break;
            Frame frame = frames[filled];

            // The room has one octet more than the longest frame: what fills it was cut.
            if (length == _octets.Length || !Fits(frame, (int)length))
            {
                TooLong++;
                continue;
            }

            _octets.AsSpan(0, (int)length).CopyTo(frame.Octets.AsSpan(frame.Headroom));
            frame.Start = frame.Headroom;
            frame.Length = (int)length;
            filled++;
        }

        FramesReceived += filled;
        return filled;
    }

    public override bool Send(Frame frame)
    {
        bool sent = LinkUp && frame.Length < _octets.Length
            && LinuxSocket.Write(Descriptor, ref frame.Octets[frame.Start], (nuint)frame.Length) == frame.Length;
        if (sent) FramesSent++;
        else SendRefused++;
        return sent;
    }

    public override void Flush()
    {
    }

    /// <summary>Once the interface was moved into another network namespace, it can no longer be asked: it counts as up.</summary>
    public override void RefreshLink() => LinkUp = Descriptor >= 0 && (_interface.IsUp() || !_interface.IsHere());

    public override void ReadKernelDrops() => KernelDrops = ReadDrops() - _dropsBefore;

    /// <summary>The interface is gone: it is asked no longer.</summary>
    public override void TakeError()
    {
        LinkUp = false;
        if (Descriptor >= 0) LinuxSocket.Close(Descriptor);
        Descriptor = -1;
    }

    protected override void Close()
    {
        if (Descriptor >= 0) LinuxSocket.Close(Descriptor);
        if (_asking >= 0) LinuxSocket.Close(_asking);
        Descriptor = -1;
    }

    // What the host sent into its full queue: the 12th number of the interface's line (/proc/net/dev, "transmit drop").
    private long ReadDrops()
    {
        const int column = 11;
        string start = Name + ":";
        foreach (string line in File.ReadLines("/proc/thread-self/net/dev"))
        {
            string text = line.TrimStart();
            if (!text.StartsWith(start, StringComparison.Ordinal)) continue;
            string[] numbers = text[start.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return numbers.Length > column && long.TryParse(numbers[column], out long drops) ? drops : 0;
        }

        return 0;
    }

    private static string WhyRefused() => Marshal.GetLastPInvokeError() switch
    {
        LinuxSocket.EBUSY => "somebody else holds it",
        LinuxSocket.EINVAL => "there is an interface of another kind with that name",
        _ => LinuxSocket.LastError(" (run as root, or with CAP_NET_ADMIN)"),
    };
}
