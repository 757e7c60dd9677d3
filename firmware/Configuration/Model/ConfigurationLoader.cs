using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>
    /// A configuration as one transaction: a whole text is read into the candidate and checked, every mistake is reported with its
    /// line, and only a text without mistakes is applied, as the difference to what runs. Reading and applying go on from poll to poll.
    /// </summary>
    public sealed partial class ConfigurationLoader
    {
        /// <summary>Mistakes kept with their texts; more are only counted.</summary>
        public const int MaxErrors = 64;

        public const uint Idle = 0xFFFFFFFF;

        private const int MaxFound = 60;

        private const int Resting = 0;
        private const int Reading = 1;
        private const int Pasting = 2;
        private const int Applying = 3;

        private readonly RouterConfiguration _configuration;
        private readonly LineLexer _line;
        private readonly CommandMatcher _matcher;
        private int _state;
        private byte[] _text;
        private int _length;
        private int _at;
        private int _lineNumber;
        private int _errors;

        // Made when the first mistake is found: most texts have none.
        private int[] _errorLine;
        private string[] _errorFound;
        private string[] _errorExpected;

        public ConfigurationLoader(RouterConfiguration configuration, LineLexer line, CommandMatcher matcher)
        {
            _configuration = configuration;
            _line = line;
            _matcher = matcher;
        }

        /// <summary>True when no load is under way.</summary>
        public bool Done
        {
            get { return _state == Resting; }
        }

        /// <summary>
        /// What keeps the last text from being in force: its mistakes and, unless it was read leniently, its lines that LabEdge does not
        /// support. 0 after Done: it is in force.
        /// </summary>
        public int ErrorCount
        {
            get { return _lenient ? _errors : _errors + _skipped; }
        }

        /// <summary>Those whose texts are kept: mistakes first, then the lines that are not supported.</summary>
        public int ErrorsKept
        {
            get { return _lenient ? MistakesKept : MistakesKept + SkippedKept; }
        }

        /// <summary>Lines that LabEdge knows, with something wrong in them.</summary>
        public int MistakeCount
        {
            get { return _errors; }
        }

        private int MistakesKept
        {
            get { return _errors < MaxErrors ? _errors : MaxErrors; }
        }

        /// <summary>Line number from 1; 0 when the router refused what the text as a whole asks for.</summary>
        public int ErrorLine(int i)
        {
            return i < MistakesKept ? _errorLine[i] : i < ErrorsKept ? _skippedLine[i - MistakesKept] : 0;
        }

        /// <summary>What stood there; empty for a mistake that is only counted.</summary>
        public string ErrorFound(int i)
        {
            return i < MistakesKept ? _errorFound[i] : i < ErrorsKept ? _skippedText[i - MistakesKept] : "";
        }

        public string ErrorExpected(int i)
        {
            return i < MistakesKept ? _errorExpected[i] : i < ErrorsKept ? Supported : "fewer mistakes before: this one is only counted";
        }

        /// <summary>Changes that the last load asked of Control.</summary>
        public int Changes
        {
            get { return _configuration.Difference.Changes; }
        }

        /// <summary>Begins to load a text in place of all that is configured. The octets are read until <see cref="Done"/>.</summary>
        public void Begin(byte[] text, int length)
        {
            Begin(text, length, false);
        }

        /// <summary>As above.</summary>
        /// <param name="lenient">Lines that LabEdge does not support are skipped and listed; otherwise they are as bad as mistakes.</param>
        public void Begin(byte[] text, int length, bool lenient)
        {
            Start(Reading, lenient);
            _configuration.Candidate.Clear();
            Read(text, length);
        }

        /// <summary>Begins to load a text into what is configured, line by line as if typed; but whole or not at all.</summary>
        public void BeginMerge(byte[] text, int length)
        {
            Start(Reading, false);
            _merging = true;
            Read(text, length);
        }

        private void Read(byte[] text, int length)
        {
            _text = text;
            _length = length;
            _at = 0;
        }

        /// <summary>Begins a paste: lines come one by one by <see cref="Paste"/>.</summary>
        public void BeginPaste(bool lenient)
        {
            Start(Pasting, lenient);
            _configuration.Candidate.Clear();
        }

        private void Start(int state, bool lenient)
        {
            _lenient = lenient;
            _merging = false;
            StartSkipping();
            if (_state != Resting)
            {
                _configuration.Abandon();
            }
            _configuration.Editor.Restart();
            _state = state;
            _lineNumber = 0;
            _errors = 0;
            _errorLine = null;
            _errorFound = null;
            _errorExpected = null;
        }

        /// <summary>Takes the pasted line that the lexer has read.</summary>
        /// <param name="lexerResult">What the lexer answered.</param>
        /// <returns>True when it was "end": <see cref="Poll"/> now applies the whole, unless there were mistakes.</returns>
        public bool Paste(int lexerResult)
        {
            if (_state != Pasting || !Take(lexerResult))
            {
                return false;
            }
            EndOfText();
            return true;
        }

        /// <summary>Gives up a paste; nothing was applied.</summary>
        public void AbandonPaste()
        {
            if (_state == Pasting)
            {
                _configuration.Abandon();
                _state = Resting;
            }
        }

        public bool IsPasting
        {
            get { return _state == Pasting; }
        }

        /// <summary>Reads up to <paramref name="budget"/> lines or applies as many records.</summary>
        /// <returns>0 while there is more to do, else <see cref="Idle"/>.</returns>
        public uint Poll(uint now, int budget)
        {
            while (budget-- > 0 && (_state == Reading || _state == Applying))
            {
                if (_state == Applying)
                {
                    if (!_configuration.StepCommit())
                    {
                        EndOfCommit();
                    }
                    continue;
                }
                if (_at >= _length)
                {
                    EndOfText();
                    continue;
                }
                int end = _at;
                while (end < _length && _text[end] != '\n')
                {
                    end++;
                }
                int result = _line.Read(_text, _at, end - _at);
                _at = end + 1;
                if (Take(result))
                {
                    EndOfText();
                }
            }
            return _state == Reading || _state == Applying ? 0 : Idle;
        }

        private void EndOfText()
        {
            _text = null;
            if (ErrorCount != 0)
            {
                _configuration.Abandon();
                _state = Resting;
                return;
            }
            _configuration.BeginCommit();
            _state = Applying;
        }

        private void EndOfCommit()
        {
            _state = Resting;
            if (_configuration.Result != ControlResult.Ok)
            {
                Add(0, _configuration.Refused, ControlResult.Text(_configuration.Result));
            }
        }

        // True when the line says that the text is over.
        private bool Take(int lexerResult)
        {
            _lineNumber++;
            if (InBanner())
            {
                return false;
            }
            if (_line.Words == 0 || _line.Octets[_line.Start[0]] == '!')
            {
                return false;
            }
            if (InSkippedBlock())
            {
                return false;
            }
            if (lexerResult != LineLexer.Ok)
            {
                Add(_lineNumber, _line.Part(_line.FaultAt < 20 ? 0 : _line.FaultAt - 20, _line.FaultAt < 20 ? _line.FaultAt : 20), ExpectedByLexer(lexerResult));
                return false;
            }
            ConfigurationEditor editor = _configuration.Editor;
            int result = _matcher.Match(editor.CurrentMode);
            if (result == CommandMatcher.Invalid && IsUnsupported(editor.CurrentMode))
            {
                SkipLine();
                return false;
            }
            if (result != CommandMatcher.Matched)
            {
                AddSyntax(result);
                EnterWithoutContext(editor);
                return false;
            }
            if (_matcher.Action == CommandTable.EndGlobal)
            {
                return true;
            }
            if (_matcher.Action == CommandTable.Do)
            {
                Add(_lineNumber, _line.Word(0), "a configuration line");
                return false;
            }
            int fault = editor.Apply(!_merging);
            if (fault != ConfigurationFault.None)
            {
                TextBuffer text = new TextBuffer(240);
                editor.PutExpected(text, fault);
                Add(_lineNumber, _line.Word(editor.FaultWord), Whole(text));
            }
            return false;
        }

        public static string ExpectedByLexer(int lexerResult)
        {
            switch (lexerResult)
            {
                case LineLexer.TooLong: return "a line of at most 254 characters";
                case LineLexer.TooManyWords: return "fewer words";
                default: return "ASCII text";
            }
        }

        // The line would have opened a mode: its own lines are not mistakes.
        private void EnterWithoutContext(ConfigurationEditor editor)
        {
            if (_line.Size[0] >= 3 && _line.Begins(0, "interface", 0))
            {
                editor.EnterWithoutContext(Mode.Interface);
            }
            else if (_line.Is(0, "router") && _line.Is(1, "ospf"))
            {
                editor.EnterWithoutContext(Mode.Ospf);
            }
            else if (_line.Is(0, "ip") && _line.Is(1, "vrf") && editor.CurrentMode != Mode.Interface)
            {
                editor.EnterWithoutContext(Mode.Vrf);
            }
            else if (_line.Size[0] >= 2 && _line.Begins(0, "xconnect", 0))
            {
                editor.EnterWithoutContext(editor.CurrentMode == Mode.Instance || editor.CurrentMode == Mode.InstanceXconnect ? Mode.InstanceXconnect : Mode.Xconnect);
            }
            else if (_line.Is(0, "service") && editor.CurrentMode != Mode.Global)
            {
                editor.EnterWithoutContext(Mode.Instance);
            }
            else if (_line.Is(0, "member") && (editor.CurrentMode == Mode.Bridge || editor.CurrentMode == Mode.MemberXconnect))
            {
                editor.EnterWithoutContext(Mode.MemberXconnect);
            }
            else if (_line.Is(0, "bridge-domain") && editor.CurrentMode != Mode.Instance && editor.CurrentMode != Mode.InstanceXconnect)
            {
                editor.EnterWithoutContext(Mode.Bridge);
            }
        }

        private void AddSyntax(int result)
        {
            int word = _matcher.FaultWord;
            string found = word < _line.Words ? _line.Word(word) : "end of line";
            if (result == CommandMatcher.Ambiguous)
            {
                Add(_lineNumber, found, "a word that is not cut so short");
                return;
            }
            TextBuffer text = new TextBuffer(240);
            _matcher.PutExpected(text);
            Add(_lineNumber, found, Whole(text));
        }

        private static string Whole(TextBuffer text)
        {
            char[] characters = new char[text.Used];
            text.Take(characters, 0, characters.Length);
            return new string(characters);
        }

        private void Add(int line, string found, string expected)
        {
            if (_errorLine == null)
            {
                _errorLine = new int[MaxErrors];
                _errorFound = new string[MaxErrors];
                _errorExpected = new string[MaxErrors];
            }
            if (_errors < MaxErrors)
            {
                _errorLine[_errors] = line;
                _errorFound[_errors] = found.Length > MaxFound ? found.Substring(0, MaxFound) : found;
                _errorExpected[_errors] = expected;
            }
            _errors++;
        }

        /// <summary>Writes one mistake: line 7: found "10.0.0.300", expected an IPv4 address.</summary>
        public void PutError(int i, TextBuffer output)
        {
            if (i >= MistakesKept)
            {
                PutSkipped(i - MistakesKept, output);
                return;
            }
            if (_errorLine[i] != 0)
            {
                output.Text("line ").Number(_errorLine[i]).Text(": ");
            }
            output.Text("found \"").Text(_errorFound[i]).Text("\", expected ").Line(_errorExpected[i]);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("configuration");
            bill.Object(20);
            BillSkipped(bill);
            if (_errorLine != null)
            {
                bill.Array(_errorLine.Length * 4);
                bill.References(_errorFound.Length);
                bill.References(_errorExpected.Length);
                for (int i = 0; i < MistakesKept; i++)
                {
                    bill.Text(_errorFound[i]);
                    bill.Text(_errorExpected[i]);
                }
            }
        }
    }
}
