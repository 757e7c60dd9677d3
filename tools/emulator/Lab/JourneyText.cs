namespace LabEdge.Emulator;

/// <summary>A journey as lines for a person: per node the way in, the row that matched, the stack and the TTL before and after.</summary>
public static class JourneyText
{
    public static IEnumerable<string> Lines(Journey journey)
    {
        if (journey.Hops.Count == 0)
        {
            yield return journey.Fault.Length == 0 ? "  no ping has left" : "  no ping has left: " + journey.Fault;
            yield break;
        }

        long start = journey.Hops[0].TimeUs;
        int width = journey.Hops.Max(hop => hop.Node.Length);
        foreach (JourneyHop hop in journey.Hops)
        {
            string time = $"+{(hop.TimeUs - start) / 1000.0:F3} ms".PadLeft(12);
            string way = hop.InterfaceIn == null ? "" : $"in {hop.InterfaceIn}: ";
            yield return $"{time}  {hop.Node.PadRight(width)}  {way}{hop.Row}";
            string margin = new(' ', 16 + width);
            if (hop.InterfaceIn == null) yield return $"{margin}{hop.StackAfter}{Ttl(hop.StackAfter, hop.TtlAfter, hop.IpTtl)}, out {hop.InterfaceOut}";
            else if (hop.InterfaceOut == null && hop.General && !hop.Row.EndsWith("taken in", StringComparison.Ordinal)) yield return $"{margin}{hop.StackBefore}{Ttl(hop.StackBefore, hop.TtlBefore, hop.IpTtl)}, not seen to go on";
            else if (hop.InterfaceOut == null) yield return $"{margin}{hop.StackBefore}{Ttl(hop.StackBefore, hop.TtlBefore, hop.IpTtl)}, goes no further";
            else yield return $"{margin}{hop.StackBefore}{Ttl(hop.StackBefore, hop.TtlBefore, hop.IpTtl)} -> {hop.StackAfter}{Ttl(hop.StackAfter, hop.TtlAfter, -1)}, out {hop.InterfaceOut}";
        }

        yield return journey.AnsweredAt == EventQueue.Never
            ? "  no answer came back"
            : $"  the answer is back at {journey.Hops[0].Node} after {(journey.AnsweredAt - start) / 1000.0:F3} ms";
    }

    // A stack shows its own TTLs: beside it stands that of the IP header, where it is known. Without a stack: the one that counts;
    // a customer's frame in a pseudowire is not looked into and has none for the provider.
    private static string Ttl(string stack, int ttl, int ipTtl)
    {
        if (stack != LabelStackText.None) return ipTtl < 0 ? "" : $", IP TTL {ipTtl}";
        return ttl < 0 ? "" : $", TTL {ttl}";
    }
}
