using LabEdge.Control;

namespace LabEdge.Cli
{
    // What asks before it acts: a restart, and the end of the startup configuration. And the configurations of the store.
    public sealed partial class CommandLine
    {
        private const int NoQuestion = 0;
        private const int AskSave = 1;
        private const int ConfirmReload = 2;
        private const int ConfirmErase = 3;

        private const uint MinuteMs = 60000;

        /// <summary>The router is to start again: its head makes a new one, from the store, when it sees this.</summary>
        public bool RestartRequested;

        private int _question;

        // Minutes that the reload asked about waits; and the time of the one that is set.
        private int _minutes;
        private bool _reloadSet;
        private uint _reloadAt;

        // The load under way is of this kind.
        private bool _loadsStartup;

        private void PutQuestion(TextBuffer output)
        {
            switch (_question)
            {
                case AskSave:
                    output.Text("System configuration has been modified. Save? [yes/no]: ");
                    break;
                case ConfirmReload:
                    output.Text("Proceed with reload? [confirm]");
                    break;
                default:
                    output.Text("Erasing the nvram filesystem will remove all configuration files! Continue? [confirm]");
                    break;
            }
        }

        // A line in answer to the question; the next question, if there is one, stands then.
        private void Answer(uint now)
        {
            int question = _question;
            bool yes = Says("yes");
            if (question == AskSave)
            {
                if (!yes && !Says("no"))
                {
                    Output.Line("% Please answer 'yes' or 'no'.");
                    return;
                }
                _question = ConfirmReload;
                if (yes)
                {
                    _exec.BeginSave();
                }
                return;
            }
            _question = NoQuestion;
            if (!yes && _line.Words != 0)
            {
                return;
            }
            if (question == ConfirmErase)
            {
                Output.Line(_exec.Stored.EraseStartup() ? "[OK]" : "% This router has no store, or it did not take it");
                return;
            }
            _reloadSet = _minutes != 0;
            _reloadAt = now + (uint)_minutes * MinuteMs;
            if (_reloadSet)
            {
                PutReload(now);
            }
            else
            {
                Restart();
            }
        }

        private bool Says(string word)
        {
            return _line.Words == 1 && _line.Begins(0, word, 0);
        }

        private void Restart()
        {
            Output.Line("%SYS-5-RELOAD: Reload requested by console. Reload Reason: Reload Command.");
            _reloadSet = false;
            RestartRequested = true;
        }

        private void ExecuteReload(uint now)
        {
            switch (_matcher.Action)
            {
                case CommandTable.ShowReload:
                    PutReload(now);
                    break;
                case CommandTable.ReloadCancel:
                    Output.Line(_reloadSet ? "***\n*** --- SHUTDOWN ABORTED ---\n***" : "% No reload is scheduled.");
                    _reloadSet = false;
                    break;
                default:
                    _minutes = _matcher.Action == CommandTable.ReloadIn ? (int)_matcher.Value[0] : 0;
                    _question = Configuration.Changed ? AskSave : ConfirmReload;
                    break;
            }
        }

        private void PutReload(uint now)
        {
            if (!_reloadSet)
            {
                Output.Line("No reload is scheduled.");
                return;
            }
            uint seconds = (_reloadAt - now) / 1000;
            Output.Text("Reload scheduled in ").Unsigned(seconds / 60).Text(" minutes and ").Unsigned(seconds % 60).Line(" seconds by console");
        }

        // What is next due, the reload that is set included; which begins here.
        private uint ReloadDue(uint now, uint next)
        {
            if (!_reloadSet)
            {
                return next;
            }
            int left = (int)(_reloadAt - now);
            if (left <= 0)
            {
                Restart();
                return next;
            }
            return (uint)left < next ? (uint)left : next;
        }

        // ---- configurations of the store

        private void Load(string name, bool lenient)
        {
            byte[] text;
            int length = _exec.Stored.Read(name, out text);
            if (length <= 0)
            {
                Output.Text("% ").Text(name).Line(" is not present");
                return;
            }
            _configuring = false;
            Loader.Begin(text, length, lenient);
            _reportLoad = true;
            _exec.Replaces = true;
            _loadsStartup = name == StoredConfiguration.Blob;
        }

        private void Merge()
        {
            byte[] text;
            int length = _exec.Stored.Read(StoredConfiguration.Blob, out text);
            if (length <= 0)
            {
                Output.Line("% startup-config is not present");
                return;
            }
            _configuring = false;
            Loader.BeginMerge(text, length);
            _reportLoad = true;
        }

        // A load has ended: what runs is what the store has, or not.
        private void EndOfLoad()
        {
            if (_loadsStartup && Loader.ErrorCount == 0)
            {
                Configuration.Changed = false;
            }
            _loadsStartup = false;
        }
    }
}
