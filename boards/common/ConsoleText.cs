using LabEdge.Cli;
using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>
    /// The serial line and the router's console: keys in, text out, with the line ends of a terminal. Lines of the board itself go between.
    /// Never waits: what the line does not take stays, and what finds no room is counted.
    /// </summary>
    public sealed class ConsoleText
    {
        private const int Room = 512;

        private readonly ITextPort _port;
        private readonly byte[] _ring = new byte[Room];
        private readonly byte[] _keys = new byte[16];
        private readonly byte[] _piece = new byte[64];
        private int _head;
        private int _used;
        private int _keyAt;
        private int _keyCount;
        private bool _open;
        private bool _midLine;

        /// <summary>Octets of the board's own lines that found no room.</summary>
        public int Lost;

        /// <param name="port">Null = there is no line: text is taken and thrown away.</param>
        public ConsoleText(ITextPort port)
        {
            _port = port;
        }

        /// <summary>A line of the board itself; what stands in the middle of a line, such as a prompt, stays above it.</summary>
        public void Line(string text)
        {
            if (_midLine) Put('\n');
            for (int i = 0; i < text.Length; i++)
            {
                Put(text[i]);
            }
            Put('\n');
        }

        /// <summary>A new router has the console: its prompt comes first.</summary>
        public void Reset()
        {
            _open = false;
        }

        /// <summary>Moves what can be moved, both ways.</summary>
        /// <param name="cli">Null while there is no router.</param>
        /// <param name="ready">The boot is over: a session may begin.</param>
        public void Pump(CommandLine cli, bool ready, uint now)
        {
            Send();
            if (_port == null)
            {
                if (cli != null) cli.Output.Take(_piece, 0, _piece.Length);
                return;
            }
            if (cli == null)
            {
                return;
            }
            if (!_open && ready && !cli.Busy)
            {
                _open = true;
                cli.Open();
            }
            if (_open)
            {
                TakeKeys(cli, now);
            }
            while (Room - _used >= 2 * _piece.Length)
            {
                int count = cli.Output.Take(_piece, 0, _piece.Length);
                for (int i = 0; i < count; i++)
                {
                    Put((char)_piece[i]);
                }
                if (count == 0) break;
            }
            Send();
        }

        private void TakeKeys(CommandLine cli, uint now)
        {
            if (_keyAt == _keyCount)
            {
                _keyAt = 0;
                _keyCount = _port.Read(_keys, 0, _keys.Length);
            }
            while (_keyAt < _keyCount)
            {
                char key = (char)_keys[_keyAt];
                if (cli.Closed)
                {
                    // As on a router's console line: Enter opens it again.
                    _keyAt++;
                    if (key == '\r') cli.Open();
                }
                else if (cli.Input(key, now))
                {
                    _keyAt++;
                }
                else
                {
                    return;
                }
            }
        }

        private void Put(char character)
        {
            if (character == '\n') PutOctet('\r');
            PutOctet(character);
            _midLine = character != '\n';
        }

        private void PutOctet(char character)
        {
            if (_used == Room)
            {
                Lost++;
                return;
            }
            int end = _head + _used;
            _ring[end < Room ? end : end - Room] = (byte)character;
            _used++;
        }

        private void Send()
        {
            while (_used != 0)
            {
                int straight = Room - _head < _used ? Room - _head : _used;
                int sent = _port == null ? straight : _port.Write(_ring, _head, straight);
                if (sent <= 0) return;
                _head = _head + sent < Room ? _head + sent : 0;
                _used -= sent;
            }
        }
    }
}
