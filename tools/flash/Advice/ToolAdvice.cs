using System.Globalization;
using System.Text.RegularExpressions;

namespace LabEdge.Flash;

/// <summary>What to do when one of the tools that write to a board ends with an exit code other than 0.</summary>
public static partial class ToolAdvice
{
    public const string Nanoff = "nanoff";
    public const string Meadow = "meadow";
    public const string Dotnet = "dotnet";

    /// <summary>How a missing tool comes onto this machine; it stands in every message that misses it.</summary>
    public static string Install(string tool) => tool switch
    {
        Nanoff => "dotnet tool install -g nanoff",
        Meadow => "dotnet tool install -g WildernessLabs.Meadow.CLI",
        _ => "install the .NET SDK 10",
    };

    /// <summary>Plain advice for the end of a run.</summary>
    /// <param name="exitCode">As the system hands it over: Linux and macOS keep its low 8 bits alone, so that nanoff's 4005 comes as 165.</param>
    /// <param name="output">What the tool printed; nanoff names its own code there ("Error E4005"), which is whole on every system.</param>
    public static string For(string tool, int exitCode, string output) => tool switch
    {
        Nanoff => ForNanoff(exitCode, output ?? ""),
        Meadow => $"meadow ended with {exitCode}: {MeadowCodes.Advice(exitCode)}",
        _ => $"{tool} ended with {exitCode}: read its lines above; NANO002 and NU1101 name packages that this machine has no source for",
    };

    private static string ForNanoff(int exitCode, string output)
    {
        Match named = NamedCode().Match(output);
        if (named.Success && int.TryParse(named.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int code)) return Line(code);
        if (exitCode > byte.MaxValue) return Line(exitCode);

        // Only the low octet came through, and more than one code may have it.
        int[] possible = [.. NanoffCodes.Documented.Where(documented => (documented & byte.MaxValue) == exitCode)];
        return possible.Length switch
        {
            0 => $"nanoff ended with {exitCode}: {NanoffCodes.Unknown}",
            1 => Line(possible[0]),
            _ => string.Join(Environment.NewLine, possible.Select(Line).Prepend($"nanoff ended with {exitCode}, which is one of these (this system cuts exit codes to 8 bits):")),
        };
    }

    private static string Line(int code) => $"nanoff ended with E{code}: {NanoffCodes.Advice(code)}";

    [GeneratedRegex(@"\bE([1-9]\d{3})\b")]
    private static partial Regex NamedCode();
}
