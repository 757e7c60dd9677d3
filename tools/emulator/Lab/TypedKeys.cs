namespace LabEdge.Emulator;

/// <summary>A person sits down at a node's console: it prints its prompt and echoes from now on.</summary>
public sealed record ConsoleOpened(long AtUs, string Node) : LabInput(AtUs)
{
    public override string Words => $"node {Node}";
}

/// <summary>Keys on a node's console, each taken at once; the console's own line editing makes lines of them.</summary>
public sealed record TypedKeys(long AtUs, string Node, string Keys) : LabInput(AtUs)
{
    public override string Words => $"{Node}> keys {string.Concat(Keys.Select(Printable))}";

    // Control characters as terminals show them: ^C, ^[, ^?.
    private static string Printable(char key) => key is >= ' ' and < (char)127 ? key.ToString() : $"^{(char)(key ^ 64)}";
}
