using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="examples">One per line: the command, and what it does.</param>
public sealed class ExampleCommand(string name, string description, string examples) : Command(name, description)
{
    public string Examples => examples;
}
