using System.CommandLine;
using System.Globalization;

namespace LabEdge.Emulator.Commands;

/// <summary><c>--speed real|N|max</c>: how virtual time follows the clock.</summary>
public static class SpeedOption
{
    private const string Max = "max";
    private const string Real = "real";

    public static Option<string> Make()
    {
        Option<string> option = new("--speed")
        {
            Description = "Virtual seconds per second: real (1), a number such as 10 or 0.5, or max. A lab with nodes outside runs in real time.",
            HelpName = "real|N|max",
            DefaultValueFactory = _ => Max,
        };
        option.Validators.Add(result =>
        {
            string text = result.Tokens.Count == 0 ? Max : result.Tokens[0].Value;
            if (Read(text) == null) result.AddError($"--speed {text}: expected real, max, or a number from 0.001 to 1000");
        });
        return option;
    }

    /// <returns>As <see cref="LabOptions.Speed"/>.</returns>
    public static double Of(ParseResult result, Option<string> option) => Read(result.GetValue(option)) ?? 0;

    private static double? Read(string text)
    {
        if (text == Max) return 0;
        if (text == Real) return 1;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double factor) && factor is >= 0.001 and <= 1000 ? factor : null;
    }
}
