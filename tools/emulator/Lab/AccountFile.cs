using System.Globalization;

namespace LabEdge.Emulator;

/// <summary>
/// What the forwarders meant to send, written before the frames were made: one line per forwarded frame that came or goes with
/// labels. Beside the captures, for a stranger (tshark) to compare. Columns, by blanks: seconds of virtual time, node, egress
/// interface, link (the capture's name), and the stack after as label/TC/S/TTL, outermost first, or "-" when the last label went.
/// </summary>
public sealed class AccountFile : IDisposable
{
    public const string FileName = "account.txt";

    private readonly StreamWriter _file;

    public AccountFile(string path) => _file = new StreamWriter(path) { NewLine = "\n" };

    public void Write(long timeUs, string node, string interfaceName, string link, int[] words, int count)
    {
        string time = (timeUs / 1e6).ToString("F6", CultureInfo.InvariantCulture);
        _file.WriteLine($"{time} {node} {interfaceName} {link} {LabelStackText.Entries(words, count)}");
    }

    public void Dispose() => _file.Dispose();
}
