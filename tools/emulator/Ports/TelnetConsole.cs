using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LabEdge.Emulator;

/// <summary>A router's console as somebody at a terminal needs it.</summary>
public interface IConsoleLine
{
    /// <summary>How the router is called, for what the terminal is told.</summary>
    string Name { get; }

    /// <summary>The session was ended with <c>exit</c>.</summary>
    bool Closed { get; }

    /// <summary>Begins a session: the console prints its prompt, and echoes from now on.</summary>
    void Open();

    /// <returns>False when it was not taken, as a command runs.</returns>
    bool Press(char key);
}

/// <summary>
/// A console over TCP, for telnet (RFC 854) and for a bare socket: the router echoes and edits the line (RFC 857, RFC 858). One
/// session at a time, as on the port of a device; a second one is told who is there. Never blocks.
/// </summary>
public sealed class TelnetConsole : IDisposable
{
    private const char CtrlC = (char)3;
    private const char CtrlCaret = (char)30;
    private const int MostPending = 1 << 20;

    private readonly IConsoleLine _line;
    private readonly Socket _listener;
    private readonly TelnetReader _reader = new();
    private readonly byte[] _octets = new byte[1024];
    private readonly List<byte> _pending = [];
    private readonly StringBuilder _keys = new();
    private Socket _client;
    private bool _toldClosed;
    private bool _afterReturn;

    /// <exception cref="PortException">The address or port cannot be used.</exception>
    public TelnetConsole(IPEndPoint at, IConsoleLine line)
    {
        _line = line;
        _listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _listener.Bind(at);
            _listener.Listen(4);
        }
        catch (SocketException exception)
        {
            _listener.Dispose();
            throw new PortException($"cannot use {at} for a console: {exception.Message}");
        }
    }

    /// <summary>For poll(2).</summary>
    public int Listening => (int)_listener.SafeHandle.DangerousGetHandle();

    /// <summary>The same of the session; -1 when there is none.</summary>
    public int Session => _client == null ? -1 : (int)_client.SafeHandle.DangerousGetHandle();

    /// <summary>Lets people in, takes their keys, and gives them what was printed.</summary>
    /// <returns>True when the console has got something to do.</returns>
    public bool Serve()
    {
        bool any = false;
        while (_listener.Poll(0, SelectMode.SelectRead)) any |= Meet(_listener.Accept());
        if (_client == null) return any;
        Read();
        any |= Feed();
        Send();
        return any;
    }

    /// <summary>The console has printed this.</summary>
    public void Print(string text)
    {
        if (_client == null || _pending.Count > MostPending) return;
        foreach (char c in text)
        {
            // A terminal needs both; what has both already keeps them.
            if (c == '\n' && !_afterReturn) _pending.Add((byte)'\r');
            _afterReturn = c == '\r';
            _pending.Add((byte)c);
            if (c == TelnetReader.Command) _pending.Add(TelnetReader.Command);
        }
    }

    public void Dispose()
    {
        Leave();
        _listener.Dispose();
    }

    private bool Meet(Socket caller)
    {
        caller.Blocking = false;
        if (_client != null)
        {
            byte[] refusal = Encoding.Latin1.GetBytes($"% The console of {_line.Name} is in use by {_client.RemoteEndPoint}\r\n");
            caller.Send(refusal, 0, refusal.Length, SocketFlags.None, out _);
            caller.Shutdown(SocketShutdown.Send);
            caller.Dispose();
            return false;
        }

        _client = caller;
        _pending.AddRange(TelnetReader.Offer);
        _toldClosed = false;
        _line.Open();
        return true;
    }

    private void Read()
    {
        while (_client != null && _client.Poll(0, SelectMode.SelectRead))
        {
            int count = _client.Receive(_octets, 0, _octets.Length, SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock) return;
            if (count <= 0)
            {
                Leave();
                return;
            }

            for (int i = 0; i < count; i++)
            {
                int key = _reader.Take(_octets[i], _pending);
                if (key > 0) _keys.Append((char)key);
            }
        }
    }

    private bool Feed()
    {
        bool any = false;
        while (_keys.Length > 0)
        {
            char key = _keys[0];
            if (_line.Closed)
            {
                _keys.Remove(0, 1);
                if (key != '\r') continue;
                _toldClosed = false;
                any = true;
                _line.Open();
            }
            else if (_line.Press(key))
            {
                _keys.Remove(0, 1);
                any = true;
            }
            else
            {
                // Behind keys that wait, the one that ends the command: what was typed before it is for nobody.
                int end = _keys.ToString().LastIndexOfAny([CtrlC, CtrlCaret]);
                if (end < 0) return any;
                key = _keys[end];
                _keys.Remove(0, end + 1);
                return _line.Press(key);
            }
        }

        if (!_line.Closed || _toldClosed) return any;
        _toldClosed = true;
        Print($"\n{_line.Name} con0 is now available\n\nPress RETURN to get started.\n");
        return any;
    }

    private void Send()
    {
        if (_client == null || _pending.Count == 0) return;
        int sent = _client.Send([.. _pending], 0, _pending.Count, SocketFlags.None, out SocketError error);
        if (sent > 0) _pending.RemoveRange(0, sent);
        if (error is not (SocketError.Success or SocketError.WouldBlock)) Leave();
    }

    private void Leave()
    {
        _client?.Dispose();
        _client = null;
        _keys.Clear();
        _pending.Clear();
        _reader.Restart();
    }
}
