using System.Globalization;

namespace LabEdge.Emulator;

/// <summary>An explanation as lines for a person: per node what explain says there, between them the links; last the verdict.</summary>
public static class ExplanationText
{
    public static IEnumerable<string> Lines(Explanation explanation)
    {
        ExplainQuestion question = explanation.Question;
        string vrf = question.Vrf == null ? "" : $" in VRF {question.Vrf}";
        string time = (explanation.TimeUs / 1e6).ToString("F3", CultureInfo.InvariantCulture);
        yield return $"ICMP echo from {question.From} to {question.To}{vrf}, {question.Size} octets{(question.DontFragment ? ", DF" : "")}, TTL {question.Ttl}; lab {explanation.Lab} at {time} s";
        foreach (string line in Lines(explanation.There)) yield return line;
        if (explanation.Back != null)
        {
            yield return "";
            yield return $"The answer of {explanation.Back.Steps[0].Node.Name}:";
            foreach (string line in Lines(explanation.Back)) yield return line;
        }

        if (explanation.Asked != null)
        {
            yield return "";
            yield return $"The ARP request of {explanation.Asked.Steps[0].Node.Name} for its next hop:";
            foreach (string line in Lines(explanation.Asked)) yield return line;
        }

        yield return "";
        yield return explanation.Verdict;
    }

    private static IEnumerable<string> Lines(Walk way)
    {
        foreach (WalkStep step in way.Steps)
        {
            yield return "";
            yield return step.InterfaceIn == null ? step.Node.Name : $"{step.Node.Name}, in by {step.InterfaceIn}";
            foreach (string line in step.Lines) yield return "  " + line;
            if (step.Link != null) yield return $"  link {step.Link.Name}";
        }

        if (way.Stop.Length > 0) yield return "  " + way.Stop;
    }
}
