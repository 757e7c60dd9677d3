using System.Text;
using LabEdge.Cli;

namespace LabEdge.Emulator;

/// <summary>Hands a configuration file to a router's loader and turns its answers into problems with their place.</summary>
public static class ConfigurationText
{
    private const int Budget = 1024;

    /// <param name="file">Its name, for the problems.</param>
    public static void Load(ConfigurationLoader loader, string text, uint now, string file, List<LabProblem> problems)
    {
        byte[] octets = Encoding.Latin1.GetBytes(text);
        loader.Begin(octets, octets.Length);
        while (!loader.Done) loader.Poll(now, Budget);
        for (int i = 0; i < loader.ErrorsKept; i++)
        {
            problems.Add(new LabProblem(file, loader.ErrorLine(i), loader.ErrorFound(i), loader.ErrorExpected(i)));
        }

        int more = loader.ErrorCount - loader.ErrorsKept;
        if (more > 0) problems.Add(new LabProblem(file, 0, $"{more} more mistakes", "none"));
    }
}
