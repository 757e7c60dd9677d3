using System.Diagnostics;
using System.IO.Ports;
using System.Net.Sockets;
using System.Text;

namespace LabEdge.Devices;

/// <summary>
/// The console of a router outside this process, over a serial line or TCP: types lines and takes what is answered. It takes the prompt
/// for the end of an answer, so that it needs no pause to be right.
/// </summary>
public sealed class DeviceConsole : IDisposable
{
    /// <summary>Of the console of a board (8 data bits, no parity, 1 stop bit).</summary>
    public const int BitsPerSecond = 115200;

    private const int StepMs = 50;
    private const byte TelnetCommand = 255;
    private const byte TelnetWill = 251;
    private const byte TelnetDont = 254;
    private const byte TelnetBegin = 250;
    private const byte TelnetEnd = 240;

    private readonly Stream _stream;
    private readonly IDisposable _owner;
    private readonly bool _telnet;
    private readonly byte[] _octets = new byte[1024];
    private int _telnetState;

    private DeviceConsole(Stream stream, IDisposable owner, bool telnet)
    {
        _stream = stream;
        _owner = owner;
        _telnet = telnet;
    }

    /// <summary>Opens it.</summary>
    /// <exception cref="IOException">There is none, or somebody else has it.</exception>
    public static DeviceConsole Open(ConsoleAddress address)
    {
        try
        {
            if (address.Tcp == null)
            {
                SerialPort serial = new(address.Text, BitsPerSecond) { ReadTimeout = StepMs };
                serial.Open();
                return new DeviceConsole(serial.BaseStream, serial, telnet: false);
            }

            TcpClient client = new(address.Tcp.AddressFamily);
            client.Connect(address.Tcp);
            NetworkStream stream = client.GetStream();
            stream.ReadTimeout = StepMs;
            return new DeviceConsole(stream, client, telnet: true);
        }
        catch (Exception exception) when (exception is SocketException or UnauthorizedAccessException or ArgumentException or IOException)
        {
            throw new IOException($"cannot open the console {address.Text}: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    /// <summary>Wakes the console up and waits for its prompt.</summary>
    /// <returns>False when none came within the limit.</returns>
    public bool Wake(int limitMs = 5_000)
    {
        Write("\r");
        return ReadToPrompt(limitMs) != null;
    }

    /// <summary>Types a line and takes its answer.</summary>
    /// <returns>The answer without echo and prompt, lines ended by \n; null when no prompt came within the limit.</returns>
    public string Run(string line, int limitMs = 30_000)
    {
        Write(line + "\r");
        string answer = ReadToPrompt(limitMs);
        if (answer == null) return null;
        string[] lines = answer.Replace("\r", "", StringComparison.Ordinal).Split('\n');
        return string.Join('\n', lines.Skip(1).SkipLast(1));
    }

    public void Dispose() => _owner.Dispose();

    private void Write(string text)
    {
        byte[] octets = Encoding.Latin1.GetBytes(text);
        _stream.Write(octets, 0, octets.Length);
        _stream.Flush();
    }

    // A prompt is the last, unfinished line: a name, perhaps a mode in brackets, and > or #.
    private string ReadToPrompt(int limitMs)
    {
        StringBuilder text = new();
        Stopwatch waited = Stopwatch.StartNew();
        while (waited.ElapsedMilliseconds < limitMs)
        {
            int count = ReadSome();
            if (count < 0) return null;
            for (int i = 0; i < count; i++) Take(_octets[i], text);
            if (count > 0 && EndsWithPrompt(text)) return text.ToString();
        }

        return null;
    }

    /// <returns>0 when nothing came for a moment; -1 when the line is gone.</returns>
    private int ReadSome()
    {
        try
        {
            int count = _stream.Read(_octets, 0, _octets.Length);
            return count == 0 ? -1 : count;
        }
        catch (Exception exception) when (exception is TimeoutException or IOException { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock } })
        {
            return 0;
        }
    }

    // Telnet's own words (RFC 854) are no text: IAC and a command, WILL to DONT with one octet more, SB up to SE.
    private void Take(byte octet, StringBuilder text)
    {
        if (!_telnet || (_telnetState == 0 && octet != TelnetCommand))
        {
            text.Append((char)octet);
            return;
        }

        _telnetState = _telnetState switch
        {
            0 => 1,
            1 when octet is >= TelnetWill and <= TelnetDont => 2,
            1 when octet == TelnetBegin => 3,
            3 => octet == TelnetCommand ? 4 : 3,
            4 => octet == TelnetEnd ? 0 : 3,
            _ => 0,
        };
    }

    private static bool EndsWithPrompt(StringBuilder text)
    {
        int end = text.Length;
        while (end > 0 && text[end - 1] == ' ') end--;
        if (end < 2 || text[end - 1] is not ('>' or '#')) return false;
        int start = end - 1;
        while (start > 0 && text[start - 1] is not ('\n' or '\r')) start--;
        for (int i = start; i < end - 1; i++)
        {
            if (text[i] == ' ') return false;
        }

        return end - 1 > start;
    }
}
