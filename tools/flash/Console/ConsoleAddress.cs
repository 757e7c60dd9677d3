using System.Net;

namespace LabEdge.Devices;

/// <summary>Where a device's console is: a serial port (<c>COM6</c>, <c>/dev/ttyUSB0</c>), or <c>tcp:ADDRESS:PORT</c> of a console server or of <c>labedge router --console</c>.</summary>
/// <param name="Tcp">Null for a serial port.</param>
public sealed record ConsoleAddress(string Text, IPEndPoint Tcp)
{
    public const string Form = "a serial port such as COM6 or /dev/ttyUSB0, or tcp:ADDRESS:PORT such as tcp:127.0.0.1:2001";

    private const string TcpKind = "tcp:";

    /// <returns>Null when the text is neither.</returns>
    public static ConsoleAddress Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (!text.StartsWith(TcpKind, StringComparison.Ordinal)) return new ConsoleAddress(text, null);
        string at = text[TcpKind.Length..];
        return at.Contains(':') && IPEndPoint.TryParse(at, out IPEndPoint end) && end.Port > 0 ? new ConsoleAddress(text, end) : null;
    }
}
