using System.Net;

namespace LabEdge.Emulator;

/// <summary>Counts, per node, the echo requests to one address that came in: who really got the pings of a check.</summary>
public sealed class EchoWatch(IPAddress destination)
{
    private readonly EchoTag _tag = new();
    private readonly Dictionary<string, int> _seen = [];

    public int SeenBy(string node) => _seen.GetValueOrDefault(node);

    public void Received(string node, byte[] octets, int offset, int count)
    {
        if (_tag.Read(octets, offset, count) && _tag.IsRequest && _tag.IsTo(destination)) _seen[node] = SeenBy(node) + 1;
    }
}
