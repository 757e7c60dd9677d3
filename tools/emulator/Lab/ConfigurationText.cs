using System.Text;
using LabEdge.Cli;

namespace LabEdge.Emulator;

/// <summary>Hands a configuration file to a router's loader and turns its answers into problems with their place.</summary>
public static class ConfigurationText
{
    private const int Budget = 1024;

    /// <param name="file">Its name, for the problems.</param>
    /// <param name="skipped">Receives the lines that LabEdge does not support, which are skipped then; null: they are problems too.</param>
    public static void Load(ConfigurationLoader loader, string text, uint now, string file, List<LabProblem> problems, List<LabProblem> skipped)
    {
        byte[] octets = Encoding.Latin1.GetBytes(text);
        loader.Begin(octets, octets.Length, skipped != null);
        while (!loader.Done) loader.Poll(now, Budget);

        // In the order of the text, whether a line is wrong or not supported.
        foreach (int i in Enumerable.Range(0, loader.ErrorsKept).OrderBy(loader.ErrorLine))
        {
            problems.Add(new LabProblem(file, loader.ErrorLine(i), loader.ErrorFound(i), loader.ErrorExpected(i)));
        }

        for (int i = 0; i < loader.SkippedKept && skipped != null; i++)
        {
            skipped.Add(new LabProblem(file, loader.SkippedLine(i), loader.SkippedText(i), ConfigurationLoader.Supported));
        }

        int more = loader.ErrorCount - loader.ErrorsKept;
        if (more > 0) problems.Add(new LabProblem(file, 0, $"{more} more mistakes", "none"));
    }
}
