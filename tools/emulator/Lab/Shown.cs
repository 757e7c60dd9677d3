namespace LabEdge.Emulator;

/// <summary>A command of <c>--show</c>: what to type, and where.</summary>
public sealed record ShowRequest(string Node, string Command)
{
    public const string Form = "a node and a command, such as \"pe1: show ip route vrf blue\"";

    /// <param name="text">As in the option.</param>
    /// <returns>Null when the text is of another form.</returns>
    public static ShowRequest Read(string text)
    {
        int colon = text.IndexOf(':');
        if (colon <= 0 || text[(colon + 1)..].Trim().Length == 0) return null;
        return new ShowRequest(text[..colon].Trim(), text[(colon + 1)..].Trim());
    }
}

/// <summary>A command that was typed on a node's console, and what came back.</summary>
/// <param name="Lines">Of the output. A marker under a wrong word fits below <c>NODE# COMMAND</c>.</param>
/// <param name="Refusal">Why the console did not take it, or null.</param>
public sealed record Shown(string Node, string Command, IReadOnlyList<string> Lines, string Refusal)
{
    /// <summary>Node, prompt sign and command, as the first line above the output.</summary>
    public string Head => $"{Node}# {Command}";

    public string Output => string.Join('\n', Lines);

    /// <summary>Types a command, and lets the lab run until it has ended.</summary>
    /// <param name="output">What the console printed, as it came.</param>
    public static Shown Type(LabSession session, string node, string command, out string output)
    {
        int prompt = session.Lab.Node(node).Router.Cli.Prompt.Length;
        output = session.Type(node, command);
        return new Shown(node, command, ConsoleAnswers.Lines(output, prompt, node.Length + 2), ConsoleAnswers.Refusal(output));
    }
}
