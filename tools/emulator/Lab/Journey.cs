using System.Net;

namespace LabEdge.Emulator;

/// <summary>What one node did with the followed ping.</summary>
/// <param name="TimeUs">Virtual time of the arrival (at the first node: of the sending).</param>
/// <param name="InterfaceIn">Null at the node that made the ping.</param>
/// <param name="Row">The table row that matched, in words.</param>
/// <param name="InterfaceOut">Null at the node that took it in.</param>
/// <param name="IpTtl">TTL in the ping's own IP header as it came (at the first node: as it left), under whatever labels.</param>
public sealed record JourneyHop(
    long TimeUs, string Node, string InterfaceIn, string Row, string StackBefore, string StackAfter, int TtlBefore, int TtlAfter, string InterfaceOut, int IpTtl)
{
    /// <summary>The account left the frame to the general path: how it went on was seen on the wire, or it was not seen to go on.</summary>
    public bool General { get; init; }
}

/// <summary>
/// Follows one ICMP echo request from node to node: the wire tap sees it leave its first node, the observers of the nodes see
/// it come in, and the account says what the tables make of it there; what the account leaves to the general path is taken from the wire. The last request that was sent is the one that counts.
/// </summary>
public sealed class Journey
{
    private readonly EchoTag _tag = new();
    private readonly IPAddress _destination;
    private readonly string _from;
    private int _identifier = -1;
    private int _sequence = -1;

    public Journey(string from, IPAddress destination)
    {
        _from = from;
        _destination = destination;
    }

    public List<JourneyHop> Hops { get; } = [];

    /// <summary>Why no ping has left the first node, as its console says; empty when one has.</summary>
    public string Fault { get; set; } = "";

    /// <summary>TTL in the IP header of the frame that <see cref="Follows"/> was last asked about.</summary>
    public int IpTtl => _tag.Ttl;

    /// <summary>Where the followed ping goes.</summary>
    public IPAddress Destination => _destination;

    /// <summary>When the answer came back to the first node; <see cref="EventQueue.Never"/> when it has not.</summary>
    public long AnsweredAt { get; private set; } = EventQueue.Never;

    /// <summary>A frame leaves a node.</summary>
    public void Sent(long now, string node, string interfaceName, byte[] octets, int offset, int count)
    {
        if (!_tag.Read(octets, offset, count) || !_tag.IsRequest || !_tag.IsTo(_destination)) return;
        if (_tag.Identifier == _identifier && _tag.Sequence == _sequence)
        {
            WentOn(node, interfaceName);
            return;
        }

        if (node != _from) return;
        _identifier = _tag.Identifier;
        _sequence = _tag.Sequence;
        AnsweredAt = EventQueue.Never;
        Hops.Clear();
        string stack = LabelStackText.Labels(_tag.LabelWords, _tag.LabelCount);
        Hops.Add(new JourneyHop(now, node, null, "made here: an ICMP echo request", "", stack, _tag.Ttl, _tag.Ttl, interfaceName, _tag.Ttl));
    }

    // The frame as it lies on the wire completes the hop that the account could not tell the end of.
    private void WentOn(string node, string interfaceName)
    {
        int at = Hops.FindLastIndex(hop => hop.Node == node);
        if (at < 0 || !Hops[at].General || Hops[at].InterfaceOut != null) return;
        int ttl = _tag.LabelCount > 0 ? _tag.LabelWords[0] & 0xFF : _tag.Ttl;
        Hops[at] = Hops[at] with { StackAfter = LabelStackText.Labels(_tag.LabelWords, _tag.LabelCount), TtlAfter = ttl, InterfaceOut = interfaceName };
    }

    /// <summary>Whether a frame that has come to a node is the followed one.</summary>
    public bool Follows(long now, string node, byte[] octets, int offset, int count)
    {
        if (!_tag.Read(octets, offset, count) || _tag.Identifier != _identifier || _tag.Sequence != _sequence) return false;
        if (_tag.IsRequest) return AnsweredAt == EventQueue.Never;
        if (node == _from && AnsweredAt == EventQueue.Never) AnsweredAt = now;
        return false;
    }
}
