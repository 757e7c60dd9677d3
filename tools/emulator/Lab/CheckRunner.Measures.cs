namespace LabEdge.Emulator;

// Goals that are measured on the wires, and answers that are compared with what was measured.
public sealed partial class CheckRunner
{
    // What the console's ping can send at least and at most.
    private const int ShortestPing = 48;
    private const int LongestPing = 9000;

    private string Stack(LabCheck check)
    {
        EchoWatch watch = Watched(check, Reaches, out string reason);
        if (reason.Length > 0) return reason;
        foreach (LinkStack wanted in check.Links)
        {
            EchoOnLink seen = watch.On(wanted.Link);
            if (seen == null) return $"the pings were answered, but none crossed {wanted.Link}";
            string text = LinkStack.Text(seen.Labels, wanted.Ttls == null ? null : seen.Ttls);
            if (text != wanted.ToString()) return $"on {wanted.Link} the stack is {text}, and should be {wanted}";
        }

        return "";
    }

    private string Largest(LabCheck check)
    {
        string reason = Reaches(check with { Size = 0 });
        if (reason.Length > 0) return reason;
        if (Passes(check, check.Size) && !Passes(check, check.Size + 1)) return "";
        return $"the longest packet that is answered has {LongestAnswered(check)} octets, and should have {check.Size}";
    }

    private string Predicted(LabCheck check)
    {
        string answer = _lab.Folder.Answers[check.Answer];
        if (answer.Length == 0) return $"{LabAnswers.FileName} has no answer for {check.Answer}";
        LabCheck alive = check with { Size = 0 };
        switch (check.Of)
        {
            case Measure.Largest:
                string dead = Reaches(alive);
                return dead.Length > 0 ? dead : Compare(answer, LongestAnswered(check), "octets");
            case Measure.Dropper:
                dead = Reaches(alive);
                return dead.Length > 0 ? dead : CompareDropper(check, answer);
            default:
                EchoWatch watch = Watched(check, Reaches, out string reason);
                if (reason.Length > 0) return reason;
                EchoOnLink seen = watch.On(check.Link);
                if (seen == null) return $"the pings were answered, but none crossed {check.Link}";
                return check.Of == Measure.Stack ? CompareStack(answer, seen.Labels, check.Link) : Compare(answer, check.Of == Measure.Ttl ? seen.Ttl : seen.IpTtl, "a TTL");
        }
    }

    // The truth is not told: it would be the answer.
    private static string Compare(string answer, int truth, string unit)
    {
        int? number = Units.Count(answer);
        if (number == null) return $"your answer is \"{answer}\", and should be {unit} as a number";
        return number == truth ? "" : $"your answer is {number}, and what was measured is {(number < truth ? "more" : "less")}";
    }

    private static string CompareStack(string answer, int[] truth, string link)
    {
        int[] labels = LinkStack.ReadLabels(answer.Replace(" ", "", StringComparison.Ordinal));
        if (labels == null) return $"your answer is \"{answer}\", and should be labels outermost first such as 103/203, or none";
        if (labels.Length != truth.Length) return $"your answer has {Labels(labels.Length)}, and the ping on {link} has {Labels(truth.Length)}";
        int[] wrong = [.. Enumerable.Range(0, truth.Length).Where(i => labels[i] != truth[i])];
        return wrong.Length == 0 ? "" : $"the ping on {link} has {Labels(truth.Length)}, but {string.Join(" and ", wrong.Select(i => $"number {i + 1} of your answer ({labels[i]})"))} is not there";
    }

    private static string Labels(int count) => count switch
    {
        0 => "no label",
        1 => "one label",
        _ => $"{count} labels",
    };

    private string CompareDropper(LabCheck check, string answer)
    {
        if (_lab.Nodes.All(node => node.Name != answer)) return $"your answer is \"{answer}\", and should be one of the nodes {string.Join(", ", _lab.Nodes.Select(node => node.Name))}";
        EchoWatch watch = Watched(check, c => Passes(c, c.Size) ? $"a packet of {c.Size} octets is answered: nobody drops it" : "", out string reason);
        if (reason.Length > 0) return reason;
        string[] ends = [.. watch.Ends];
        string dropper = ends.Length == 0 ? check.Node : ends[0];
        return dropper == answer ? "" : $"your answer is {answer}, and it is another router from which such packets do not go on";
    }

    private EchoWatch Watched(LabCheck check, Func<LabCheck, string> look, out string reason)
    {
        EchoWatch watch = new(AddressOf(check.Destination));
        _lab.Watch = watch;
        reason = look(check);
        _lab.Watch = null;
        return watch;
    }

    // A length passes when one of two pings is answered: a first one may be lost to ARP.
    private bool Passes(LabCheck check, int size)
    {
        string whole = check.Destination.Contains(':') ? "" : " df-bit";
        for (int i = 0; i < 2; i++)
        {
            if (ConsoleAnswers.Ping(Console(check.Node, $"ping {VrfOf(check)}{check.Destination} repeat 1 size {size} timeout 1{whole}")).Replies > 0) return true;
        }

        return false;
    }

    // By halves, between a length that passes and one that does not.
    private int LongestAnswered(LabCheck check)
    {
        if (!Passes(check, ShortestPing)) return 0;
        int passes = ShortestPing;
        int fails = LongestPing + 1;
        while (fails - passes > 1)
        {
            int middle = (passes + fails) / 2;
            if (Passes(check, middle)) passes = middle;
            else fails = middle;
        }

        return passes;
    }
}
