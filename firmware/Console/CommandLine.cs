using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>
    /// The console of a router: one session in the command language of IOS. Lines go in by <see cref="Line(string, uint)"/> or character by
    /// character by <see cref="Input"/>; what is printed waits in <see cref="Output"/>, and a command that does not fit there goes on
    /// when somebody has taken some of it. The session begins in privileged exec: there is no password to ask for.
    /// </summary>
    public sealed partial class CommandLine
    {
        /// <summary>Answer of <see cref="Poll"/>: nothing to do until a line or a frame comes.</summary>
        public const uint Idle = 0xFFFFFFFF;

        /// <summary>How often a command looks whether its output has been taken.</summary>
        private const uint FullOutputMs = 10;

        // Steps of a command done within the call that brings the line; the rest follow in Poll.
        private const int StepsAtOnce = 16;

        public readonly TextBuffer Output;
        public readonly ConfigurationLoader Loader;
        public readonly RouterConfiguration Configuration;

        private readonly LineLexer _line = new LineLexer();
        private readonly CommandMatcher _matcher;
        private readonly InterfaceNames _names;
        private readonly ExecCommands _exec;
        private readonly HelpList _help;
        private readonly LineHistory _history;
        private readonly LineInput _input;
        private readonly Pager _pager;
        private int _execMode = Mode.Exec;
        private bool _configuring;
        private bool _pasting;
        private bool _listing;
        private bool _reportLoad;
        private bool _pending;
        private int _pendingResult;
        private readonly EventLog _log;

        /// <summary>Lines and steps done; the router takes and clears it.</summary>
        public int Spent;

        // The line came key by key: what it prints is paged.
        private bool _byHand;

        /// <summary>The person has left the session (exit in exec mode); <see cref="Open"/> begins a new one.</summary>
        public bool Closed;

        public CommandLine(ControlModule control, HostStack host, Tables tables, Capacity capacity, IStore store)
        {
            Output = new TextBuffer(capacity.ConsoleOutput);
            _log = control.Log;
            _names = new InterfaceNames(host.Interfaces);
            _matcher = new CommandMatcher(_line, _names);
            Configuration = new RouterConfiguration(control, host, tables, capacity, _line, _matcher, _names);
            Loader = new ConfigurationLoader(Configuration, _line, _matcher);
            _history = new LineHistory(capacity);
            _exec = new ExecCommands(control, host, tables, Output, _line, _matcher, _names, Configuration, Loader, store, _history);
            _help = new HelpList(_line, _matcher, Output, host.Interfaces);
            _input = new LineInput(this, Output, _history);
            _pager = new Pager(Output, _line);
        }

        /// <summary>Who adds up <c>show memory</c>.</summary>
        public IBillSource BillSource
        {
            get { return _exec.System.BillSource; }
            set { _exec.System.BillSource = value; }
        }

        /// <summary>True while a line cannot be taken: a command runs, or a configuration is being loaded.</summary>
        public bool Busy
        {
            get { return IsProducing || _pager.IsActive || !(Loader.Done || Loader.IsPasting); }
        }

        /// <summary>True while a key is taken at once: no command runs, or it waits at <c>--More--</c>.</summary>
        public bool TakesKey
        {
            get { return !Busy || _pager.IsPaused; }
        }

        // Something more will be written.
        private bool IsProducing
        {
            get { return _pending || _listing || _exec.IsRunning; }
        }

        /// <summary>A ? is a question about commands, not part of a text or an answer.</summary>
        internal bool TakesHelp
        {
            get { return !_pasting && _question == NoQuestion; }
        }

        /// <summary>The current <see cref="Mode"/>.</summary>
        public int CurrentMode
        {
            get { return _configuring ? Configuration.Editor.CurrentMode : _execMode; }
        }

        /// <summary>What stands before the input: the host name and the mode. Empty while a configuration is pasted.</summary>
        public string Prompt
        {
            get
            {
                TextBuffer text = new TextBuffer(128);
                PutPrompt(text);
                char[] characters = new char[text.Used];
                text.Take(characters, 0, characters.Length);
                return new string(characters);
            }
        }

        public void PutPrompt(TextBuffer output)
        {
            if (_question != NoQuestion)
            {
                PutQuestion(output);
            }
            else if (!_pasting)
            {
                ConfigurationWriter.PutHostname(output, Configuration.Running);
                output.Text(Mode.Prompt(CurrentMode));
            }
        }

        /// <summary>A person is there: prints the prompt, and from now on echoes what is typed.</summary>
        public void Open()
        {
            Closed = false;
            _execMode = Mode.Exec;
            _input.Open();
        }

        /// <summary>
        /// One character typed: what <see cref="LineInput"/> knows, Ctrl-C (ends the line or the command), and at <c>--More--</c> blank (a
        /// page), Enter (a line) or another key (no more).
        /// </summary>
        /// <returns>False when it was not taken: a command runs, or output waits to be taken.</returns>
        public bool Input(char character, uint now)
        {
            if (_pager.IsPaused)
            {
                return PageKey(character, now);
            }
            if (Busy)
            {
                if (character == LineInput.CtrlC || character == LineInput.CtrlCaret)
                {
                    Abort();
                    return true;
                }
                return false;
            }
            return Output.Free >= TextBuffer.StepRoom && _input.Take(character, now);
        }

        private bool PageKey(char character, uint now)
        {
            bool ends;
            int key = _input.KeyOf(character);
            if (key == LineInput.NoKey)
            {
                return true;
            }
            if (!_pager.Key(key, out ends))
            {
                return false;
            }
            if (ends)
            {
                EndCommand();
            }
            _pager.Settle(!IsProducing);
            Run(now, StepsAtOnce);
            return true;
        }

        private void EndCommand()
        {
            _listing = false;
            if (_exec.IsRunning)
            {
                _exec.Abort();
            }
        }

        /// <summary>Ends the running command where it is. A load of a configuration is not a command.</summary>
        public void Abort()
        {
            if (Output.Free >= TextBuffer.StepRoom)
            {
                if (_pager.IsPaused)
                {
                    _pager.Cancel();
                }
                EndCommand();
                _pager.Settle(!IsProducing);
            }
        }

        /// <summary>Takes one whole line. A <c>?</c> at its end lists what may come there.</summary>
        /// <returns>False while <see cref="Busy"/>: nothing was taken.</returns>
        public bool Line(string line, uint now)
        {
            if (Busy)
            {
                return false;
            }
            _log.SetClock(now);
            bool help = line.Length > 0 && line[line.Length - 1] == '?' && TakesHelp;
            _byHand = false;
            if (help)
            {
                string before = line.Substring(0, line.Length - 1);
                _line.Read(before);
                BeginHelp(before.Length != 0 && !LineLexer.IsBlank(before[before.Length - 1]));
            }
            else
            {
                Enter(_line.Read(line));
            }
            Run(now, StepsAtOnce);
            return true;
        }

        /// <summary>Takes the octets that <see cref="LineInput"/> has gathered.</summary>
        internal void Line(byte[] octets, int count, uint now)
        {
            _log.SetClock(now);
            _byHand = true;
            Enter(_line.Read(octets, 0, count));
            Run(now, StepsAtOnce);
        }

        internal void Help(byte[] octets, int count, uint now)
        {
            _log.SetClock(now);
            _byHand = true;
            _line.Read(octets, 0, count);
            BeginHelp(count != 0 && !LineLexer.IsBlank(octets[count - 1]));
            Run(now, StepsAtOnce);
        }

        /// <summary>The rest of the word that the octets end in, when only one is possible.</summary>
        internal int Complete(byte[] octets, int count, byte[] rest)
        {
            _line.Read(octets, 0, count);
            return count == 0 || LineLexer.IsBlank(octets[count - 1]) ? 0 : _help.Complete(ModeOfWord(), rest);
        }

        /// <summary>Loads the startup configuration of the store; mistakes are printed.</summary>
        /// <returns>False when there is none.</returns>
        public bool LoadStartup()
        {
            return LoadStartup(false);
        }

        /// <summary>As above.</summary>
        /// <param name="lenient">Lines that LabEdge does not support are skipped, and printed.</param>
        public bool LoadStartup(bool lenient)
        {
            byte[] text;
            int length = _exec.Stored.Read(StoredConfiguration.Blob, out text);
            if (length <= 0 || Busy)
            {
                return false;
            }
            Loader.Begin(text, length, lenient);
            _reportLoad = true;
            _loadsStartup = true;
            return true;
        }

        /// <summary>Goes on with what runs: at most <paramref name="budget"/> lines of a load or steps of a command.</summary>
        /// <returns>Milliseconds until it is next needed: 0 = at once, <see cref="Idle"/> = not until something comes.</returns>
        public uint Poll(uint now, int budget)
        {
            _log.SetClock(now);
            if (!Loader.Done && !Loader.IsPasting)
            {
                uint next = Loader.Poll(now, budget);
                if (next != ConfigurationLoader.Idle)
                {
                    Spent += budget;
                    return next;
                }
            }
            Run(now, budget);
            return ReloadDue(now, NextDue(now));
        }

        private uint NextDue(uint now)
        {
            if (TakesKey)
            {
                return Idle;
            }
            if (_exec.IsWaiting)
            {
                return _exec.DueMs(now);
            }
            return Output.Free < _pager.StepRoom ? FullOutputMs : 0;
        }

        private void Run(uint now, int steps)
        {
            if (Loader.Done && _pasting && !Loader.IsPasting)
            {
                EndOfPaste();
            }
            if (Loader.Done && _reportLoad)
            {
                _reportLoad = false;
                if (Loader.ErrorCount == 0)
                {
                    _log.Add(LogEvent.ConfigurationLoaded, 0, 0, 0);
                }
                EndOfLoad();
                _pager.Begin(_byHand);
                _exec.BeginLoadErrors();
            }
            while (steps-- > 0 && Output.Free >= _pager.StepRoom && !_exec.IsWaiting && !_pager.IsPaused)
            {
                Spent++;
                if (_pending)
                {
                    _pending = false;
                    Execute(now);
                }
                else if (_listing)
                {
                    _listing = _help.Step();
                }
                else if (_exec.IsRunning)
                {
                    _exec.Step(now);
                }
                else
                {
                    break;
                }
                _pager.Settle(!IsProducing);
            }
            if (!Busy)
            {
                _input.Ready();
            }
        }

        private void Enter(int lexerResult)
        {
            if (_pasting)
            {
                Loader.Paste(lexerResult);
                return;
            }
            if (_question == NoQuestion && _line.Words != 0)
            {
                _history.Add(_line.Octets, _line.Length);
            }
            _pendingResult = lexerResult;
            _pending = true;
        }

        private void EndOfPaste()
        {
            _pasting = false;
            _reportLoad = true;
        }

        /// <summary>Bills the whole room.</summary>
        public void Bill(RamBill bill)
        {
            Configuration.Bill(bill);
            Loader.Bill(bill);
            bill.Row("console");
            bill.Object(28);
            Output.Bill(bill);
            _line.Bill(bill);
            _matcher.Bill(bill);
            bill.Object(1);
            _exec.Bill(bill);
            _help.Bill(bill);
            _input.Bill(bill);
            _history.Bill(bill);
            _pager.Bill(bill);
        }
    }
}
