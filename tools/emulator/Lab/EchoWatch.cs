using System.Net;

namespace LabEdge.Emulator;

/// <summary>An echo request as it went into a link.</summary>
/// <param name="Labels">Outermost first; empty for none.</param>
/// <param name="Ttls">Of the labels.</param>
/// <param name="IpTtl">In the IP header of the echo itself.</param>
public sealed record EchoOnLink(int[] Labels, int[] Ttls, int IpTtl)
{
    /// <summary>The TTL of the outermost label, or of the IP header when there is none.</summary>
    public int Ttl => Ttls.Length > 0 ? Ttls[0] : IpTtl;
}

/// <summary>Watches the echo requests to one address: which nodes they came to, which nodes sent them on, and how they looked on each link.</summary>
public sealed class EchoWatch(IPAddress destination)
{
    private readonly EchoTag _tag = new();
    private readonly Dictionary<string, int> _received = [];
    private readonly Dictionary<string, int> _sent = [];
    private readonly Dictionary<string, EchoOnLink> _onLink = [];

    /// <summary>Requests that came to a node.</summary>
    public int SeenBy(string node) => _received.GetValueOrDefault(node);

    /// <summary>The last request on a link; null when none was there.</summary>
    public EchoOnLink On(string link) => _onLink.GetValueOrDefault(link);

    /// <summary>The nodes that requests came to and from which none went on.</summary>
    public IEnumerable<string> Ends => _received.Keys.Where(node => !_sent.ContainsKey(node));

    public void Received(string node, byte[] octets, int offset, int count)
    {
        if (IsRequest(octets, offset, count)) _received[node] = SeenBy(node) + 1;
    }

    public void Sent(string node, string link, byte[] octets, int offset, int count)
    {
        if (!IsRequest(octets, offset, count)) return;
        _sent[node] = _sent.GetValueOrDefault(node) + 1;
        int[] words = _tag.LabelWords[.._tag.LabelCount];
        _onLink[link] = new EchoOnLink([.. words.Select(LabelStackText.Label)], [.. words.Select(word => word & 0xFF)], _tag.Ttl);
    }

    private bool IsRequest(byte[] octets, int offset, int count) => _tag.Read(octets, offset, count) && _tag.IsRequest && _tag.IsTo(destination);
}
