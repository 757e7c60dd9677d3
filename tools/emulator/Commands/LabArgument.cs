using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary>The argument that names a lab: a folder, or one of those that come with the program.</summary>
public static class LabArgument
{
    public static Argument<string> Make()
    {
        Argument<string> argument = new("DIR") { Description = "The lab: its folder, or the name of one that comes with the program (lab list).", HelpName = "DIR" };
        argument.CompletionSources.Add(_ => ShippedLabs.Names);
        return argument;
    }
}
