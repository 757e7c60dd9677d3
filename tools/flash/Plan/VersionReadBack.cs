using LabEdge.Cli;
using LabEdge.Devices;

namespace LabEdge.Flash;

/// <summary>Asks the router on the board for its version and compares it with that of the sources here.</summary>
public static class VersionReadBack
{
    /// <summary>What <c>show version</c> must say.</summary>
    public static string Expected => $"LabEdge Software, Version {ShowSystem.Version}";

    /// <returns>Null when the board runs this version, else what was seen.</returns>
    public static string Fault(ConsoleAddress address, TextWriter output)
    {
        try
        {
            using DeviceConsole console = DeviceConsole.Open(address);
            if (!console.Wake()) return $"{address.Text}: no prompt came; see wiring (TX to RX), {DeviceConsole.BitsPerSecond} bits per second, and that the board has booted";
            string answer = console.Run("show version");
            string line = answer?.Split('\n').FirstOrDefault(l => l.StartsWith("LabEdge", StringComparison.Ordinal));
            if (line == null) return $"{address.Text}: \"show version\" did not name LabEdge; found \"{answer?.Trim()}\"";
            output.WriteLine("     " + line);
            return line.StartsWith(Expected, StringComparison.Ordinal) ? null : $"the board runs another version: found \"{line}\", expected \"{Expected}\"";
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
    }
}
