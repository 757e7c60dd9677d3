using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>Line editing for a person at a terminal: echo, erase, completion by Tab, immediate help by <c>?</c>.</summary>
    public sealed class LineInput
    {
        public const char CtrlC = (char)3;

        /// <summary>Ctrl-^, the escape sequence of IOS without its x.</summary>
        public const char CtrlCaret = (char)30;
        private const char Backspace = (char)8;
        private const char CtrlU = (char)21;
        private const char CtrlW = (char)23;
        private const char CtrlZ = (char)26;
        private const char Delete = (char)127;

        private readonly CommandLine _console;
        private readonly TextBuffer _output;
        private readonly byte[] _octets = new byte[LineLexer.MaxLength];
        private readonly byte[] _rest = new byte[64];
        private int _count;
        private bool _promptDue;
        private bool _lastWasReturn;

        public LineInput(CommandLine console, TextBuffer output)
        {
            _console = console;
            _output = output;
        }

        public void Open()
        {
            _count = 0;
            _promptDue = true;
            Ready();
        }

        /// <summary>The console is ready for a line: the prompt that is due is printed, with what stands on the line already.</summary>
        public void Ready()
        {
            if (!_promptDue || _output.Free < TextBuffer.StepRoom)
            {
                return;
            }
            _promptDue = false;
            if (!_console.Closed)
            {
                _console.PutPrompt(_output);
                _output.Text(_octets, 0, _count);
            }
        }

        /// <returns>Always true: the console has made sure that there is room.</returns>
        public bool Take(char character, uint now)
        {
            bool afterReturn = _lastWasReturn;
            _lastWasReturn = character == '\r';
            Ready();
            switch (character)
            {
                case '\n':
                case '\r':
                    if (character == '\n' && afterReturn)
                    {
                        return true;
                    }
                    _output.Line();
                    int count = _count;
                    _count = 0;
                    _promptDue = true;
                    _console.Line(_octets, count, now);
                    return true;
                case Backspace:
                case Delete:
                    Erase(1);
                    return true;
                case CtrlU:
                    Erase(_count);
                    return true;
                case CtrlW:
                    int word = 0;
                    while (word < _count && LineLexer.IsBlank(_octets[_count - 1 - word]))
                    {
                        word++;
                    }
                    while (word < _count && !LineLexer.IsBlank(_octets[_count - 1 - word]))
                    {
                        word++;
                    }
                    Erase(word);
                    return true;
                case CtrlC:
                case CtrlZ:
                    _output.Line(character == CtrlC ? "^C" : "^Z");
                    _count = 0;
                    _console.LeaveConfiguration();
                    _promptDue = true;
                    Ready();
                    return true;
                case '\t':
                    int rest = _console.Complete(_octets, _count, _rest);
                    for (int i = 0; i < rest; i++)
                    {
                        Add(_rest[i]);
                    }
                    if (rest != 0)
                    {
                        Add(' ');
                    }
                    return true;
                case '?':
                    _output.Line("?");
                    _promptDue = true;
                    _console.Help(_octets, _count, now);
                    return true;
                default:
                    Add(character < 128 ? character : 128);
                    return true;
            }
        }

        // A character beyond the longest line is answered by a bell, as IOS does.
        private void Add(int character)
        {
            if (character < ' ')
            {
                return;
            }
            if (_count == _octets.Length)
            {
                _output.Put(7);
                return;
            }
            _octets[_count++] = (byte)character;
            _output.Put(character < 127 ? character : '?');
        }

        private void Erase(int characters)
        {
            for (int i = 0; i < characters && _count > 0; i++)
            {
                _count--;
                if (_output.Free >= 8)
                {
                    _output.Put(8);
                    _output.Put(' ');
                    _output.Put(8);
                }
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(7);
            bill.Array(LineLexer.MaxLength);
            bill.Array(64);
        }
    }
}
