using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>What <c>?</c> prints: the words and arguments that may come next, each with its help. One line per step.</summary>
    public sealed class HelpList
    {
        private const int HelpColumn = 22;

        private readonly LineLexer _line;
        private readonly CommandMatcher _matcher;
        private readonly TextBuffer _output;
        private readonly InterfaceTable _interfaces;
        private int _row;
        private int _candidate;
        private int _word;
        private bool _negation;

        // Inside Global, whose words for leaving are understood there too.
        private bool _inside;

        // A show command, whose lines may go through a filter.
        private bool _filters;

        // The interface to list next; -1: none are being listed.
        private int _interface;

        public HelpList(LineLexer line, CommandMatcher matcher, TextBuffer output, InterfaceTable interfaces)
        {
            _line = line;
            _matcher = matcher;
            _output = output;
            _interfaces = interfaces;
        }

        /// <param name="partial">The last word is the beginning of one: only what goes on from it is listed.</param>
        /// <returns>False when the line before is none of the mode's, nor of those above.</returns>
        public bool Begin(int mode, bool partial)
        {
            int words = partial ? _line.Words - 1 : _line.Words;
            _word = partial ? words : -1;
            _row = 0;
            _candidate = 0;
            _negation = words == 0 && Mode.IsConfiguration(mode) && !partial;
            _inside = words == 0 && mode > Mode.Global && mode != Mode.Filter && !partial;
            _filters = mode < Mode.Global && words != 0 && _line.Begins(0, "show", 0);
            _interface = -1;
            for (int m = mode; m >= 0; m = Mode.Parent(m))
            {
                int row = 0;
                int candidate = 0;
                int at;
                if (_matcher.Follow(m, words) && (_matcher.MayEnd || _matcher.Next(ref row, ref candidate, _word, out at)))
                {
                    return true;
                }
            }
            return false;
        }

        /// <returns>False when all is listed.</returns>
        public bool Step()
        {
            int at;
            if (_negation)
            {
                _negation = false;
                _output.Text("  no").To(HelpColumn).Line("Take a command back, or set its default");
                return true;
            }
            if (_interface >= 0)
            {
                ListInterface();
                return true;
            }
            if (_matcher.Next(ref _row, ref _candidate, _word, out at))
            {
                _output.Text("  ");
                _matcher.PutElement(_output, _row, at);
                _output.To(HelpColumn);
                _matcher.PutHelp(_output, _row, at);
                _output.Line();
                _interface = _matcher.IsInterface(_row, at) ? 0 : -1;
                _candidate++;
                return true;
            }
            if (_inside)
            {
                _inside = false;
                _output.Text("  do").To(HelpColumn).Line("Run an exec command");
                _output.Text("  end").To(HelpColumn).Line("Leave configuration mode");
                return true;
            }
            if (_word < 0 && _line.Words != 0 && _matcher.MayEnd)
            {
                if (_filters)
                {
                    _output.Text("  |").To(HelpColumn).Line("Filter what is printed");
                }
                _output.Line("  <cr>");
            }
            return false;
        }

        private void ListInterface()
        {
            while (_interface < _interfaces.Count && _interfaces.Name[_interface] == null)
            {
                _interface++;
            }
            if (_interface >= _interfaces.Count)
            {
                _interface = -1;
                return;
            }
            _output.Text("    ").Line(_interfaces.Name[_interface]);
            _interface++;
        }

        /// <summary>
        /// The rest of the only word that the last word of the line may be.
        /// </summary>
        /// <param name="rest">Receives its characters.</param>
        /// <returns>How many; 0 when there is none or more than one.</returns>
        public int Complete(int mode, byte[] rest)
        {
            if (_line.Words == 0 || !Begin(mode, true))
            {
                return 0;
            }
            int at;
            TextBuffer word = new TextBuffer(64);
            if (!_matcher.Next(ref _row, ref _candidate, _word, out at))
            {
                return 0;
            }
            _matcher.PutElement(word, _row, at);
            _candidate++;
            if (_matcher.Next(ref _row, ref _candidate, _word, out at))
            {
                return 0;
            }
            int typed = _line.Size[_word];
            word.Take(rest, 0, typed);
            return word.Take(rest, 0, rest.Length);
        }

        public void Bill(RamBill bill)
        {
            bill.Object(11);
        }
    }
}
