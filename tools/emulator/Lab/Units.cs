using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LabEdge.Emulator;

/// <summary>Values with a unit, as a person writes them in a lab's files. Each answers null for another form.</summary>
public static class Units
{
    public const string DurationForm = "a time such as 100us, 2ms or 3s";
    public const string ShareForm = "a share such as 0.5%";
    public const string RateForm = "a rate such as 10Mbit";
    public const string AddressForm = "an address such as 10.1.1.2 or 2001:db8::1";

    /// <returns>Microseconds.</returns>
    public static long? Duration(string text)
    {
        return Scaled(text, ("us", 1), ("ms", 1_000), ("s", 1_000_000)) is double value && value <= 1e12 ? (long)Math.Round(value) : null;
    }

    /// <returns>Parts of a million.</returns>
    public static int? Share(string text)
    {
        return Scaled(text, ("%", 10_000)) is double value && value <= 1_000_000 ? (int)Math.Round(value) : null;
    }

    /// <returns>Bits per second.</returns>
    public static long? Rate(string text)
    {
        return Scaled(text, ("kbit", 1e3), ("Mbit", 1e6), ("Gbit", 1e9)) is double value && value is >= 1 and <= 1e13 ? (long)Math.Round(value) : null;
    }

    /// <returns>A whole number without sign.</returns>
    public static int? Count(string text)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
    }

    /// <returns>True for four numbers with dots, and for an IPv6 address without scope.</returns>
    public static bool IsAddress(string text)
    {
        if (!IPAddress.TryParse(text, out IPAddress address)) return false;
        return address.AddressFamily == AddressFamily.InterNetwork ? text.Count(c => c == '.') == 3 : !text.AsSpan().ContainsAny('%', '[', '/');
    }

    /// <returns>An address as consoles print it: IPv6 in its shortest form (RFC 5952), IPv4 as it was typed.</returns>
    public static string Canonical(string text) => text.Contains(':') && IsAddress(text) ? IPAddress.Parse(text).ToString() : text;

    private static double? Scaled(string text, params (string Name, double Factor)[] units)
    {
        foreach ((string name, double factor) in units)
        {
            if (!text.EndsWith(name, StringComparison.Ordinal)) continue;
            string number = text[..^name.Length].TrimEnd();
            if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)) return value * factor;
        }

        return null;
    }
}
