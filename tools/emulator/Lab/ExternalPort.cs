using LabEdge.Emulator.Commands;
using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>A port of this machine at one end of a wire: what comes in there goes into the wire, and what the wire brings goes out.</summary>
public sealed class ExternalPort : IDisposable
{
    private const int Burst = 16;
    private const int RefreshUs = 200_000;
    private const int TagLength = 4;

    private readonly WireEnd _end;
    private readonly Func<long> _nowUs;
    private readonly Frame[] _frames = new Frame[Burst];
    private readonly Frame _outgoing;
    private long _refreshed = long.MinValue;

    /// <param name="name">Node and endpoint.</param>
    /// <param name="cable">True: frames of any kind of link pass, not of Ethernet alone.</param>
    /// <exception cref="PortException">The port cannot be opened.</exception>
    public ExternalPort(string name, WireEnd end, PortRequest request, bool cable, Func<long> nowUs)
    {
        Name = name;
        _end = end;
        _nowUs = nowUs;
        int longest = end.MaxFrameLength + TagLength;
        for (int i = 0; i < Burst; i++) _frames[i] = new Frame(0, longest);
        _outgoing = new Frame(0, longest);
        Port = request.Open(end.MaxFrameLength, nowUs, cable ? LinkKind.Hdlc : LinkKind.Ethernet);
        end.Chip = SendOut;

        // The nodes of the lab have addresses of their own: a network card must not keep their frames for itself.
        Port.SetPromiscuous(true);
        Refresh();
    }

    public string Name { get; }

    public RealPort Port { get; }

    /// <summary>The end of the wire that the port stands for.</summary>
    public WireEnd End => _end;

    /// <summary>Puts a frame from outside that somebody else has received on <see cref="Port"/> into the wire.</summary>
    public void Put(Frame frame) => _end.Send(frame);

    /// <summary>Puts what waits outside into the wire, at this very time.</summary>
    public void TakeIn()
    {
        if (_nowUs() - _refreshed >= RefreshUs) Refresh();
        int count;
        do
        {
            count = Port.ReceiveBurst(_frames, Burst);
            for (int i = 0; i < count; i++) Put(_frames[i]);
        }
        while (count == Burst);
    }

    /// <summary>Gives the system what was gathered.</summary>
    public void Flush() => Port.Flush();

    public void Dispose() => Port.Dispose();

    private void SendOut(byte[] octets, int offset, int count)
    {
        Array.Copy(octets, offset, _outgoing.Octets, _outgoing.Headroom, count);
        _outgoing.Start = _outgoing.Headroom;
        _outgoing.Length = count;
        Port.Send(_outgoing);
    }

    // A cable outside that is pulled is pulled in the lab.
    private void Refresh()
    {
        _refreshed = _nowUs();
        Port.RefreshLink();
        _end.Powered = Port.LinkUp;
    }
}
