namespace LabEdge.Emulator.Commands;

/// <summary>What happens without arguments: both labs of the course, with their pictures and scores.</summary>
public static class DefaultCommand
{
    private static readonly string[] Labs = ["l2vpn-static", "l3vpn-static"];

    public static int Run(TextWriter output, TextWriter error)
    {
        string folder = FindLabs(AppContext.BaseDirectory);
        if (folder == null)
        {
            error.WriteLine("labedge: no folder with the labs " + string.Join(" and ", Labs) + " beside the program or above it");
            return EmulatorCommand.WrongInput;
        }

        int worst = EmulatorCommand.Green;
        foreach (string lab in Labs) worst = Math.Max(worst, LabRunCommand.Run(Path.Combine(folder, lab), new LabOptions(), false, output, error));
        output.WriteLine(worst == EmulatorCommand.Green ? "Both labs are green." : "Not all goals are met: look at the lines with FAIL.");
        return worst;
    }

    /// <summary>The labs of the repository that the program was built in, or those copied beside it.</summary>
    public static string FindLabs(string start)
    {
        for (DirectoryInfo at = new(start); at != null; at = at.Parent)
        {
            string inRepository = Path.Combine(at.FullName, "tools", "labs");
            if (Directory.Exists(Path.Combine(inRepository, Labs[0]))) return inRepository;
        }

        string beside = Path.Combine(start, "labs");
        return Directory.Exists(Path.Combine(beside, Labs[0])) ? beside : null;
    }
}
