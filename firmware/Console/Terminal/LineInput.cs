using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>
    /// Line editing for a person at a terminal: echo, movement and change anywhere in the line, the lines typed before, completion by Tab,
    /// immediate help by <c>?</c>. It needs nothing of the terminal but the backspace; a line that is longer than the screen is wide slides
    /// sideways, with a <c>$</c> where there is more. This part is what the keys do.
    /// </summary>
    public sealed partial class LineInput
    {
        private readonly CommandLine _console;
        private readonly TextBuffer _output;
        private readonly LineHistory _history;
        private readonly byte[] _octets = new byte[LineLexer.MaxLength];
        private readonly byte[] _rest = new byte[64];
        private int _count;
        private int _cursor;

        // The line of the history that stands there: 0 = none, 1 = the newest.
        private int _recalled;
        private bool _promptDue;
        private bool _lastWasReturn;

        public LineInput(CommandLine console, TextBuffer output, LineHistory history)
        {
            _console = console;
            _output = output;
            _history = history;
        }

        public void Open()
        {
            _escape = NoEscape;
            StartLine();
            Ready();
        }

        private void StartLine()
        {
            _count = 0;
            _cursor = 0;
            _recalled = 0;
            _promptDue = true;
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
                int before = _output.Total;
                _console.PutPrompt(_output);
                _promptWidth = _output.Total - before;
                _shown = 0;
                _at = 0;
                _left = 0;
                Draw();
            }
        }

        /// <returns>False when there is no room to show what the key does: it was not taken.</returns>
        public bool Take(char character, uint now)
        {
            Ready();
            if (_output.Free < TextBuffer.StepRoom)
            {
                return false;
            }
            int key = KeyOf(character);
            switch (key)
            {
                case NoKey:
                    break;
                case '\n':
                case '\r':
                    int count = _count;
                    StartLine();
                    _output.Line();
                    _console.Line(_octets, count, now);
                    break;
                case CtrlC:
                case CtrlZ:
                    _output.Line(key == CtrlC ? "^C" : "^Z");
                    StartLine();
                    _console.LeaveConfiguration();
                    Ready();
                    break;
                case Tab:
                    Complete();
                    break;
                case '?':
                    if (_console.TakesHelp)
                    {
                        _output.Line("?");
                        _promptDue = true;
                        _console.Help(_octets, _cursor, now);
                        break;
                    }
                    Insert(key);
                    break;
                case CtrlR:
                case CtrlL:
                    _output.Line();
                    _promptDue = true;
                    Ready();
                    break;
                case CtrlP:
                    Recall(_recalled + 1);
                    break;
                case CtrlN:
                    Recall(_recalled - 1);
                    break;
                default:
                    Edit(key);
                    break;
            }
            return true;
        }

        private void Edit(int key)
        {
            switch (key)
            {
                case CtrlA:
                    MoveTo(0);
                    break;
                case CtrlE:
                    MoveTo(_count);
                    break;
                case CtrlB:
                    MoveTo(_cursor - 1);
                    break;
                case CtrlF:
                    MoveTo(_cursor + 1);
                    break;
                case WordBack:
                    MoveTo(WordStart());
                    break;
                case WordForward:
                    MoveTo(WordEnd());
                    break;
                case Backspace:
                case Delete:
                    Remove(_cursor - 1, _cursor);
                    break;
                case CtrlD:
                    Remove(_cursor, _cursor + 1);
                    break;
                case CtrlK:
                    Remove(_cursor, _count);
                    break;
                case CtrlU:
                case CtrlX:
                    Remove(0, _cursor);
                    break;
                case CtrlW:
                    Remove(WordStart(), _cursor);
                    break;
                case WordDelete:
                    Remove(_cursor, WordEnd());
                    break;
                default:
                    Insert(key < 128 ? key : 128);
                    break;
            }
        }

        private int WordStart()
        {
            int at = _cursor;
            while (at > 0 && LineLexer.IsBlank(_octets[at - 1]))
            {
                at--;
            }
            while (at > 0 && !LineLexer.IsBlank(_octets[at - 1]))
            {
                at--;
            }
            return at;
        }

        private int WordEnd()
        {
            int at = _cursor;
            while (at < _count && LineLexer.IsBlank(_octets[at]))
            {
                at++;
            }
            while (at < _count && !LineLexer.IsBlank(_octets[at]))
            {
                at++;
            }
            return at;
        }

        // A character beyond the longest line is answered by a bell, as IOS does.
        private void Insert(int character)
        {
            if (character < ' ')
            {
                return;
            }
            if (Add(character))
            {
                Typed(_cursor - 1);
            }
        }

        private bool Add(int character)
        {
            if (_count == _octets.Length)
            {
                _output.Put(Bell);
                return false;
            }
            System.Array.Copy(_octets, _cursor, _octets, _cursor + 1, _count - _cursor);
            _octets[_cursor++] = (byte)character;
            _count++;
            return true;
        }

        private void Remove(int from, int to)
        {
            from = from < 0 ? 0 : from;
            to = to > _count ? _count : to;
            if (from >= to)
            {
                return;
            }
            bool last = to == _count && _cursor == _count && to - from == 1;
            System.Array.Copy(_octets, to, _octets, from, _count - to);
            _count -= to - from;
            _cursor = from;
            Erased(last);
        }

        private void MoveTo(int cursor)
        {
            _cursor = cursor < 0 ? 0 : cursor > _count ? _count : cursor;
            Draw();
        }

        private void Recall(int k)
        {
            if (k < 0 || k > _history.Lines)
            {
                _output.Put(Bell);
                return;
            }
            _recalled = k;
            int at = _history.Find(k, out _count);
            System.Array.Copy(_history.Octets, at, _octets, 0, _count);
            _cursor = _count;
            Draw();
        }

        private void Complete()
        {
            int rest = _cursor == _count ? _console.Complete(_octets, _count, _rest) : 0;
            if (rest == 0)
            {
                return;
            }
            int from = _cursor;
            for (int i = 0; i < rest; i++)
            {
                Add(_rest[i]);
            }
            Add(' ');
            Typed(from);
        }

        public void Bill(RamBill bill)
        {
            bill.Object(17);
            bill.Array(LineLexer.MaxLength);
            bill.Array(64);
        }
    }
}
