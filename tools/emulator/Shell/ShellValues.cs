using System.Globalization;

namespace LabEdge.Emulator.Shell;

/// <summary>What the words in capitals of a <see cref="ShellCommand"/> stand for, in the lab of the present session.</summary>
public sealed class ShellValues(Func<LabSession> session)
{
    public const string Node = "NODE";
    public const string Link = "LINK";
    public const string Time = "TIME";
    public const string Factor = "FACTOR";
    public const string Key = "KEY";
    public const string Address = "ADDRESS";
    public const string Word = "WORD";

    private RunningLab Lab => session().Lab;

    public static bool IsValue(string word) => char.IsUpper(word[0]);

    public bool Fits(string word, string text) => word switch
    {
        Node => Of(Node).Contains(text),
        Link => Lab.FindWire(text) != null,
        Time => Units.Duration(text) != null,
        Factor => FactorOf(text) != null,
        Key => WireKeys.All.Contains(text),
        Address => Units.IsAddress(text),
        _ => true,
    };

    public string Expected(string word) => word switch
    {
        Node => "one of the nodes " + string.Join(", ", Of(Node)),
        Link => Lab.Folder.Topology.LinkExpected,
        Time => Units.DurationForm,
        Factor => "how many times as quick as the clock, such as 10 or 0.5",
        Key => "one of " + string.Join(", ", WireKeys.All),
        Address => Units.AddressForm,
        _ when IsValue(word) => "a " + word.ToLowerInvariant(),
        _ => word,
    };

    /// <summary>Those that can be listed.</summary>
    public IEnumerable<string> Of(string word) => word switch
    {
        Node => Lab.Nodes.Select(node => node.Name),
        Link => Lab.Wires.Select(wire => wire.Name),
        Key => WireKeys.All,
        _ => [],
    };

    public static double? FactorOf(string text)
    {
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value is >= 0.001 and <= 1e6 ? value : null;
    }
}
