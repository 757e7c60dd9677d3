using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>
/// A port of this machine: what <c>--port</c> names. Never blocks and allocates nothing per frame. What got lost, and where, is
/// counted.
/// </summary>
public abstract class RealPort : IEthernetPort, IDisposable
{
    /// <summary>Octets that stay free behind a received frame (see <see cref="Frame"/>).</summary>
    protected const int Tailroom = 32;

    /// <summary>A VLAN tag may come on top of the longest frame (802.3 clause 3.2.7).</summary>
    protected const int TagLength = 4;

    protected const int EthernetHeader = 14;

    private readonly Frame[] _one = new Frame[1];
    private bool _disposed;

    protected RealPort(string name)
    {
        Name = name;
    }

    /// <summary>What a person calls it: the interface, file or address behind it.</summary>
    public string Name { get; }

    /// <summary>For poll(2); -1 when there is none, or none any more.</summary>
    public int Descriptor { get; protected set; } = -1;

    public LinkKind Kind { get; protected init; } = LinkKind.Ethernet;

    /// <summary>As of the last <see cref="RefreshLink"/>.</summary>
    public bool LinkUp { get; protected set; }

    public int MaxFrameLength { get; protected init; }

    public long FramesReceived { get; protected set; }

    /// <summary>Frames that the system took.</summary>
    public long FramesSent { get; protected set; }

    /// <summary>Received frames that did not fit: longer than the MTU or the router's buffer (receive offloads make such frames), or no frame at all.</summary>
    public long TooLong { get; protected set; }

    /// <summary>Frames to send that the port or the system did not take: link down, too long, or no room.</summary>
    public long SendRefused { get; protected set; }

    /// <summary>Received frames that the system dropped because nobody had taken those before, up to the last <see cref="ReadKernelDrops"/>.</summary>
    public long KernelDrops { get; protected set; }

    /// <summary>Received frames whose TCP or UDP checksum a sender on this machine had left to its interface: completed here.</summary>
    public long ChecksumsCompleted { get; protected set; }

    /// <summary>Likewise, but neither TCP nor UDP was found in them: passed on as they came.</summary>
    public long ChecksumsOpen { get; protected set; }

    /// <summary>Milliseconds until a frame may come of which poll(2) does not tell; <see cref="int.MaxValue"/> = none will.</summary>
    public virtual int WaitMs => int.MaxValue;

    /// <summary>What the user should know about the port at its end, or null.</summary>
    public virtual string Remark => null;

    /// <summary>The station address, 6 octets.</summary>
    protected byte[] Address { get; } = new byte[6];

    public void GetAddress(byte[] address, int offset) => Array.Copy(Address, 0, address, offset, 6);

    public virtual bool SetPromiscuous(bool on) => true;

    public bool Receive(Frame frame)
    {
        _one[0] = frame;
        return ReceiveBurst(_one, 1) == 1;
    }

    public abstract int ReceiveBurst(Frame[] frames, int max);

    public abstract bool Send(Frame frame);

    public abstract void Flush();

    /// <summary>Asks the system for the state of the link.</summary>
    public virtual void RefreshLink()
    {
    }

    /// <summary>Adds what the system counted since the last call to <see cref="KernelDrops"/>.</summary>
    public virtual void ReadKernelDrops()
    {
    }

    /// <summary>poll(2) told of an error: takes it, so that it does not tell again.</summary>
    public virtual void TakeError()
    {
        LinuxSocket.ClearError(Descriptor);
        RefreshLink();
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the constructor took; called once, also after a constructor that failed half-way.</summary>
    protected abstract void Close();

    /// <summary>True when a frame of so many octets fits behind the frame's headroom, and is one of its kind of link.</summary>
    protected bool Fits(Frame frame, int length) => length >= (Kind == LinkKind.Ethernet ? EthernetHeader : 1) && length <= frame.Octets.Length - frame.Headroom - Tailroom;
}
