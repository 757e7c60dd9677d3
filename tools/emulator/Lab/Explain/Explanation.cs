using System.Net;

namespace LabEdge.Emulator;

/// <summary>Which packet of a lab is to be explained: an ICMP echo, and its answer.</summary>
/// <param name="Vrf">Of the node that sends; null = its global table.</param>
/// <param name="AtUs">Virtual time; null = when the lab has settled.</param>
/// <param name="Size">Octets of the IP packet.</param>
public sealed record ExplainQuestion(string From, IPAddress To, string Vrf = null, long? AtUs = null, int Size = 100, bool DontFragment = false, int Ttl = 255);

/// <summary>The way of a packet through a lab and of its answer, and what is to be said of both.</summary>
/// <param name="Back">Null when the packet did not arrive.</param>
/// <param name="Asked">The ARP request behind a next hop that is silent; null when there is none.</param>
/// <param name="Verdict">One sentence: that the packet arrives and is answered, or the cause why not.</param>
public sealed record Explanation(string Lab, ExplainQuestion Question, long TimeUs, Walk There, Walk Back, Walk Asked, bool Ok, string Verdict);
