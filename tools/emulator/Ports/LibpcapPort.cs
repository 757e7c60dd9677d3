using System.Collections.Concurrent;
using System.Net.NetworkInformation;
using LabEdge.Hal;
using SharpPcap;
using SharpPcap.LibPcap;

namespace LabEdge.Emulator;

/// <summary>
/// A network interface by libpcap, or Npcap on Windows (SharpPcap): for systems that have no AF_PACKET. Slower than the ports of Linux, and
/// it must be asked for frames: see <see cref="WaitMs"/>. A thread of SharpPcap takes them, as its reading waits. Takes frames of every address.
/// </summary>
public sealed class LibpcapPort : RealPort
{
    private const int ReadTimeoutMs = 1;
    private const int SnapLength = 65536;
    private const int UsualMtu = 1500;

    /// <summary>Frames that wait for the router; more are dropped and counted.</summary>
    private const int MaxWaiting = 4096;

    // Linux does not give a socket what it has sent itself, and Npcap can be told not to; the BPF device of macOS gives it back.
    private static readonly bool SeesOwn = OperatingSystem.IsMacOS();

    private readonly LibPcapLiveDevice _device;
    private readonly SentFrames _own = new();
    private readonly ConcurrentQueue<byte[]> _arrived = new();
    private long _overrun;

    /// <param name="name">Of the interface as the system (eth1, en0) or a person (Ethernet 2) calls it.</param>
    /// <param name="maxFrameLength">Longest frame that the router's buffers hold; frames over an MTU of 1500 are not carried.</param>
    /// <exception cref="PortException">libpcap is not installed, there is no such interface, or no right to open it.</exception>
    public LibpcapPort(string name, int maxFrameLength) : base(name)
    {
        MaxFrameLength = Math.Min(maxFrameLength, UsualMtu + EthernetHeader);
        try
        {
            LibPcapLiveDeviceList all = LibPcapLiveDeviceList.New();
            _device = all.FirstOrDefault(device => device.Name == name || device.Interface?.FriendlyName == name)
                ?? throw new PortException($"libpcap knows no interface \"{name}\"; there are {string.Join(", ", all.Select(device => device.Interface?.FriendlyName ?? device.Name))}");
            _device.Open(new DeviceConfiguration
            {
                Mode = DeviceModes.Promiscuous | DeviceModes.MaxResponsiveness | (OperatingSystem.IsWindows() ? DeviceModes.NoCaptureLocal : DeviceModes.None),
                ReadTimeout = ReadTimeoutMs,
                Snaplen = SnapLength,
            });
            _device.OnPacketArrival += (_, capture) => Arrived(capture.Data);
            _device.StartCapture();
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException)
        {
            throw new PortException($"libpcap is not installed, which \"{name}\" needs (Windows: Npcap)");
        }
        catch (PcapException exception)
        {
            _device?.Dispose();
            throw new PortException($"cannot open \"{name}\": {exception.Message}");
        }

        byte[] address = _device.MacAddress?.GetAddressBytes();
        if (address is { Length: 6 }) address.CopyTo(Address, 0);
        else StationAddress.Make("libpcap:" + name, Address);
        RefreshLink();
    }

    /// <summary>poll(2) does not tell of these frames.</summary>
    public override int WaitMs => 1;

    public override int ReceiveBurst(Frame[] frames, int max)
    {
        int filled = 0;
        while (filled < max && _arrived.TryDequeue(out byte[] octets))
        {
            Frame frame = frames[filled];
            if (octets.Length > MaxFrameLength + TagLength || !Fits(frame, octets.Length))
            {
                TooLong++;
                continue;
            }

            octets.CopyTo(frame.Octets.AsSpan(frame.Headroom));
            frame.Start = frame.Headroom;
            frame.Length = octets.Length;
            filled++;
        }

        FramesReceived += filled;
        return filled;
    }

    public override bool Send(Frame frame)
    {
        ReadOnlySpan<byte> octets = frame.Octets.AsSpan(frame.Start, frame.Length);
        if (!LinkUp || frame.Length > MaxFrameLength + TagLength || !Sent(octets))
        {
            SendRefused++;
            return false;
        }

        FramesSent++;
        return true;
    }

    public override void Flush()
    {
    }

    public override void RefreshLink()
    {
        NetworkInterface known = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(nic => nic.Name == Name || _device.Name.Contains(nic.Id, StringComparison.OrdinalIgnoreCase));
        LinkUp = known == null || known.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown;
    }

    public override void ReadKernelDrops() => KernelDrops += Interlocked.Exchange(ref _overrun, 0);

    protected override void Close() => _device?.Dispose();

    // On SharpPcap's thread.
    private void Arrived(ReadOnlySpan<byte> octets)
    {
        if (SeesOwn && TakeOwn(octets)) return;
        if (_arrived.Count < MaxWaiting) _arrived.Enqueue(octets.ToArray());
        else Interlocked.Increment(ref _overrun);
    }

    private bool TakeOwn(ReadOnlySpan<byte> octets)
    {
        lock (_own) return _own.Take(octets);
    }

    private bool Sent(ReadOnlySpan<byte> octets)
    {
        try
        {
            if (SeesOwn) AddOwn(octets);
            _device.SendPacket(octets);
            return true;
        }
        catch (PcapException)
        {
            return false;
        }
    }

    private void AddOwn(ReadOnlySpan<byte> octets)
    {
        lock (_own) _own.Add(octets);
    }
}
