using LabEdge.Control;

namespace LabEdge.Cli
{
    // One line: which command it is, and what a configuration line or a change of mode does.
    public sealed partial class CommandLine
    {
        // The longest expectation of a typed mistake, with the word found; a line that fills the output with its marker goes without.
        private const int ExpectationRoom = 270;

        private void Execute(uint now)
        {
            if (_question != NoQuestion)
            {
                Answer(now);
                return;
            }
            if (_line.Words == 0 || _line.Octets[_line.Start[0]] == '!')
            {
                return;
            }
            if (_pendingResult != LineLexer.Ok)
            {
                PutMarker(_line.FaultAt);
                Output.Text("% expected ").Line(ConfigurationLoader.ExpectedByLexer(_pendingResult)).Line();
                return;
            }
            int mode = ModeAfterDo();
            if (!TakeFilter(mode))
            {
                return;
            }
            int result = _matcher.Match(mode);
            if (result != CommandMatcher.Matched)
            {
                Report(result);
            }
            else if (_matcher.MatchedMode >= Mode.Global)
            {
                Configure();
            }
            else
            {
                _pager.Begin(_byHand);
                ExecuteExec(now);
            }
        }

        // Why a line is no command.
        private void Report(int result)
        {
            switch (result)
            {
                case CommandMatcher.Ambiguous:
                    Output.Text("% Ambiguous command:  \"");
                    int end = _line.Start[_matcher.FaultWord] + _line.Size[_matcher.FaultWord];
                    Output.Text(_line.Octets, 0, end).Line("\"");
                    break;
                case CommandMatcher.Incomplete:
                    Output.Line("% Incomplete command.");
                    break;
                default:
                    PutMarker(_line.Start[_matcher.FaultWord]);
                    if (Output.Free >= ExpectationRoom && _matcher.ExpectsValue())
                    {
                        PutFound(_matcher.FaultWord);
                        _matcher.PutExpected(Output);
                        Output.Line();
                    }
                    Output.Line();
                    break;
            }
        }

        // "do" in front of an exec command is taken off; columns stay as they are.
        private int ModeAfterDo()
        {
            if (_configuring && _line.Words > 0 && _line.Size[0] == 2 && _line.Is(0, "do"))
            {
                _line.Skip(1);
                return Mode.Exec;
            }
            return CurrentMode;
        }

        // The mode of the line's last word: behind the | of a show command it is that of filters.
        private int ModeOfWord()
        {
            int mode = ModeAfterDo();
            int bar = Bar(mode);
            if (bar < 0)
            {
                return mode;
            }
            _line.Skip(bar + 1);
            return Mode.Filter;
        }

        // The word | of a show command; -1 without one.
        private int Bar(int mode)
        {
            int bar = mode < Mode.Global && _line.Words > 1 && _line.Begins(0, "show", 0) ? _line.Find('|') : -1;
            return bar > 0 ? bar : -1;
        }

        // Sets the filter of "show ... | include X", and lets the line end before the bar. False: it is none, and that is said.
        private bool TakeFilter(int mode)
        {
            _pager.ClearFilter();
            int bar = Bar(mode);
            if (bar < 0)
            {
                return true;
            }
            _line.Skip(bar + 1);
            int result = _line.Words == 0 ? CommandMatcher.Incomplete : _matcher.Match(Mode.Filter);
            if (result != CommandMatcher.Matched)
            {
                Report(result);
                return false;
            }
            int at = _matcher.Has(0) ? _line.Start[_matcher.WordOf[0]] : _line.Length;
            if (!Pattern.IsValid(_line.Octets, at, _line.Length - at))
            {
                PutMarker(at);
                Output.Text("% expected a pattern whose brackets are closed, of at most ").Number(Pattern.MostElements).Line(" elements");
                return false;
            }
            _pager.SetFilter(_matcher.Action, at, _line.Length - at);
            _line.Again();
            if (mode != CurrentMode)
            {
                _line.Skip(1);
            }
            _line.Words = bar;
            return true;
        }

        // The marker stands under the word, prompt included.
        private void PutMarker(int column)
        {
            TextBuffer prompt = new TextBuffer(0);
            PutPrompt(prompt);
            Output.To(prompt.Column + column).Line("^");
            Output.Line("% Invalid input detected at '^' marker.");
        }

        private void PutFound(int word)
        {
            Output.Text("% \"").Text(_line.Octets, _line.Start[word], _line.Size[word] < 60 ? _line.Size[word] : 60).Text("\": expected ");
        }

        private void Configure()
        {
            ConfigurationEditor editor = Configuration.Editor;
            if (_matcher.Action == CommandTable.EndGlobal || _matcher.Action == CommandTable.ExitGlobal)
            {
                _configuring = false;
                _log.Add(LogEvent.ConfiguredByHand, 0, 0, 0);
                return;
            }
            int fault = editor.Apply(false);
            if (fault != ConfigurationFault.None)
            {
                editor.LeaveWithoutContext();
                if (fault == ConfigurationFault.Overlaps)
                {
                    editor.PutContradiction(Output.Text("% "), fault);
                }
                else
                {
                    PutFound(editor.FaultWord);
                    editor.PutExpected(Output, fault);
                }
                Output.Line();
                Configuration.Abandon();
                return;
            }
            int lost = AddressRemoved();
            int vrf = lost < 0 ? 0 : VrfOf(Configuration.Candidate, lost) != 0 ? VrfOf(Configuration.Candidate, lost) : VrfOf(Configuration.Running, lost);
            string name = Configuration.Vrfs.NameOf(vrf);
            bool enabling = lost >= 0 && VrfOf(Configuration.Candidate, lost) != 0;
            Configuration.BeginCommit();
            while (Configuration.StepCommit())
            {
            }
            if (Configuration.Result != ControlResult.Ok)
            {
                Output.Text("% ").Text(Configuration.Refused).Text(": ").Line(ControlResult.Text(Configuration.Result));
            }
            else if (lost >= 0)
            {
                PutAddressRemoved(lost, name, enabling);
            }
        }

        // An interface that the line took the address of together with its VRF; -1 = none.
        private int AddressRemoved()
        {
            if (_matcher.Action != CommandTable.VrfForwarding && _matcher.Action != CommandTable.IpVrf)
            {
                return -1;
            }
            for (int i = 0; i < Configuration.Running.InterfaceCount; i++)
            {
                int r = i * ConfigurationModel.InterfaceStride + ConfigurationModel.AddressBits;
                if (Configuration.Running.Interfaces[r] != 0 && Configuration.Candidate.Interfaces[r] == 0)
                {
                    return i;
                }
            }
            return -1;
        }

        private static int VrfOf(ConfigurationModel model, int index)
        {
            return model.Interfaces[index * ConfigurationModel.InterfaceStride + ConfigurationModel.InterfaceVrf];
        }

        private void PutAddressRemoved(int index, string vrf, bool enabling)
        {
            if (_matcher.Action == CommandTable.IpVrf)
            {
                Output.Text("% IPv4 addresses from all interfaces in VRF ").Text(vrf).Line(" have been removed");
                return;
            }
            Output.Text("% Interface ");
            _names.Put(Output, Configuration.Running, index);
            Output.Text(" IPv4 disabled and address(es) removed due to ").Text(enabling ? "enabling VRF " : "disabling VRF ").Line(vrf);
        }

        private void ExecuteExec(uint now)
        {
            switch (_matcher.Action)
            {
                case CommandTable.Enable:
                    _execMode = Mode.Exec;
                    break;
                case CommandTable.Disable:
                    _execMode = Mode.User;
                    break;
                case CommandTable.ConfigureTerminal:
                    Configuration.Editor.Restart();
                    _configuring = true;
                    break;
                case CommandTable.ConfigureReplace:
                    Output.Line("Enter the whole configuration. End with a line \"end\".");
                    _configuring = false;
                    _pasting = true;
                    Loader.BeginPaste(_matcher.Has(0));
                    break;
                case CommandTable.ReplaceByStartup:
                    Load(StoredConfiguration.Blob, _matcher.Has(0));
                    break;
                case CommandTable.ReplaceByArchive:
                    Load(StoredConfiguration.ArchiveName((int)_matcher.Value[1]), _matcher.Has(0));
                    break;
                case CommandTable.Revert:
                    Load(StoredConfiguration.ArchiveName(_exec.Stored.NewestArchive()), false);
                    break;
                case CommandTable.CopyStartup:
                    Merge();
                    break;
                case CommandTable.TerminalLength:
                    _pager.Length = (int)_matcher.Value[0];
                    break;
                case CommandTable.TerminalWidth:
                    _pager.Width = (int)_matcher.Value[0];
                    _input.Width = _pager.Width;
                    break;
                case CommandTable.TerminalHistory:
                    _history.SetLimit((int)_matcher.Value[0]);
                    break;
                case CommandTable.ShowTerminal:
                    Output.Text("Length: ").Number(_pager.Length).Text(" lines, Width: ").Number(_pager.Width).Line(" columns");
                    Output.Text("Editing is enabled. History is enabled, history size is ").Number(_history.Limit).Line(".");
                    break;
                case CommandTable.Reload:
                case CommandTable.ReloadIn:
                case CommandTable.ReloadCancel:
                case CommandTable.ShowReload:
                    ExecuteReload(now);
                    break;
                case CommandTable.WriteErase:
                case CommandTable.EraseStartup:
                    _question = ConfirmErase;
                    break;
                case CommandTable.ExitExec:
                    Closed = !_configuring;
                    break;
                case CommandTable.EndExec:
                    _configuring = false;
                    break;
                default:
                    _exec.Begin(now);
                    break;
            }
        }

        /// <summary>Leaves configuration mode, or a paste without applying it (Ctrl-C, Ctrl-Z).</summary>
        internal void LeaveConfiguration()
        {
            _configuring = false;
            _question = NoQuestion;
            if (_pasting)
            {
                Loader.AbandonPaste();
                _pasting = false;
            }
        }

        private void BeginHelp(bool partial)
        {
            int mode = ModeOfWord();
            _pager.ClearFilter();
            if (_help.Begin(mode, partial && _line.Words > 0))
            {
                _pager.Begin(_byHand);
                _listing = true;
            }
            else if (Output.Free >= TextBuffer.StepRoom)
            {
                Output.Line("% Unrecognized command");
            }
        }
    }
}
