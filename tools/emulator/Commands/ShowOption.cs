using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary><c>--show "NODE: COMMAND"</c>: commands to type when a run is over.</summary>
public static class ShowOption
{
    public static Option<string[]> Make(string when)
    {
        return new Option<string[]>("--show")
        {
            Description = $"{when}, types a command on a node's console and prints what it shows, such as \"pe1: show ip route vrf blue\". May be given several times.",
            HelpName = "NODE: COMMAND",
            Arity = ArgumentArity.OneOrMore,
        };
    }

    /// <exception cref="LabException">Some of them are of another form.</exception>
    public static IReadOnlyList<ShowRequest> Of(ParseResult result, Option<string[]> option)
    {
        string[] texts = result.GetValue(option) ?? [];
        ShowRequest[] shows = [.. texts.Select(ShowRequest.Read)];
        LabProblem[] problems = [.. texts.Where((_, i) => shows[i] == null).Select(text => new LabProblem("--show", 0, text, ShowRequest.Form))];
        return problems.Length == 0 ? shows : throw new LabException(problems);
    }

    /// <summary>Types them.</summary>
    public static IReadOnlyList<Shown> Type(LabSession session, IReadOnlyList<ShowRequest> shows)
    {
        return [.. shows.Select(show => Shown.Type(session, show.Node, show.Command, out _))];
    }

    /// <summary>Tells which of them a console did not take.</summary>
    /// <returns>False when there are such.</returns>
    public static bool AllTaken(IReadOnlyList<Shown> shows, TextWriter error)
    {
        Shown[] refused = [.. shows.Where(shown => shown.Refusal != null)];
        foreach (Shown shown in refused) error.WriteLine($"labedge: --show \"{shown.Node}: {shown.Command}\": {shown.Refusal}");
        return refused.Length == 0;
    }
}
