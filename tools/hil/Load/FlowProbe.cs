using System.Net;
using LabEdge.Emulator;

namespace LabEdge.Hil;

/// <summary>Looks at the device's cables for a ping to one address: how it goes into the device, and how it comes out.</summary>
public sealed class FlowProbe(IReadOnlyList<ExternalPort> ports, IPAddress destination) : IWireTap
{
    private readonly EchoTag _tag = new();
    private readonly Dictionary<(int Identifier, int Sequence), byte[]> _went = [];

    /// <summary>The cables by their place among <paramref name="ports"/>; -1 = no such ping was seen.</summary>
    public int In { get; private set; } = -1;
    public int Out { get; private set; } = -1;

    /// <summary>One and the same ping on each.</summary>
    public byte[] FrameIn { get; private set; }
    public byte[] FrameOut { get; private set; }

    public bool IsWhole => FrameOut != null;

    public void Sent(VirtualWire wire, int end, byte[] octets, int offset, int count)
    {
        if (!_tag.Read(octets, offset, count) || !_tag.IsRequest || !_tag.IsTo(destination)) return;
        (int, int) ping = (_tag.Identifier, _tag.Sequence);
        for (int i = 0; i < ports.Count; i++)
        {
            if (ports[i].End.Wire != wire) continue;

            // What our end of the cable sends goes into the wire at the other end's side, and comes from the device.
            if (ports[i].End.Side != end)
            {
                In = i;
                _went[ping] = octets.AsSpan(offset, count).ToArray();
            }
            else if (!IsWhole && _went.TryGetValue(ping, out byte[] went))
            {
                Out = i;
                FrameIn = went;
                FrameOut = octets.AsSpan(offset, count).ToArray();
            }
        }
    }

    public void Delivered(VirtualWire wire, int end, byte[] octets, int offset, int count)
    {
    }
}
