namespace LabEdge.Emulator.Commands;

/// <summary>What happens without arguments: both labs of the course, with their pictures and scores.</summary>
public static class DefaultCommand
{
    private static readonly string[] Labs = ["l2vpn-static", "l3vpn-static"];

    public static int Run(TextWriter output, TextWriter error)
    {
        int worst = EmulatorCommand.Green;
        foreach (string lab in Labs) worst = Math.Max(worst, LabRunCommand.Run(ShippedLabs.FolderOf(lab), new LabOptions(), false, output, error));
        output.WriteLine(worst == EmulatorCommand.Green ? "Both labs are green." : "Not all goals are met: look at the lines with FAIL.");
        return worst;
    }
}
