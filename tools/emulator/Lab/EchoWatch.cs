using LabEdge.Forwarding.Wire;

namespace LabEdge.Emulator;

/// <summary>Counts, per node, the echo requests to one address that came in: who really got the pings of a check.</summary>
public sealed class EchoWatch(uint destination)
{
    private readonly EchoTag _tag = new();
    private readonly Dictionary<string, int> _seen = [];

    public int SeenBy(string node) => _seen.GetValueOrDefault(node);

    public void Received(string node, byte[] octets, int offset, int count)
    {
        if (_tag.Read(octets, offset, count) && _tag.Type == IcmpMessage.EchoRequest && _tag.Destination == destination) _seen[node] = SeenBy(node) + 1;
    }
}
