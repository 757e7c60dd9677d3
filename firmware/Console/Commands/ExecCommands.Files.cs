namespace LabEdge.Cli
{
    // Commands about texts that are kept: lines typed before, stored configurations, and what was wrong with one that was loaded.
    public sealed partial class ExecCommands
    {
        private readonly LineHistory _history;

        /// <summary>The load under way was asked for by configure replace: its success is said too.</summary>
        public bool Replaces;

        /// <summary>Begins to write the running configuration into the store, as the startup configuration.</summary>
        public void BeginSave()
        {
            _command = CommandTable.WriteMemory;
            Keep(Stored.BeginSave(false));
        }

        private void BeginShowArchive()
        {
            if (_matcher.Has(0))
            {
                Keep(Stored.BeginShow(StoredConfiguration.ArchiveName((int)_matcher.Value[0])));
                return;
            }
            Stored.ShowArchive();
            _command = None;
        }

        private bool StepHistory()
        {
            if (_row > _history.Lines)
            {
                _row = _history.Lines;
            }
            if (_row == 0)
            {
                return false;
            }
            int count;
            int at = _history.Find(_row--, out count);
            _output.Text("  ").Text(_history.Octets, at, count).Line();
            return true;
        }

        /// <summary>Begins to print what was wrong with the text that has been loaded, and what of it was skipped.</summary>
        public void BeginLoadErrors()
        {
            _command = LoadErrors;
            _row = 0;
        }

        private bool StepLoadErrors()
        {
            int skipped = _row - _loader.ErrorsKept;
            if (skipped < 0)
            {
                _loader.PutError(_row++, _output);
                return true;
            }
            if (_loader.IsLenient && skipped < _loader.SkippedKept)
            {
                _loader.PutSkipped(skipped, _output);
                _row++;
                return true;
            }
            if (_loader.ErrorCount != 0)
            {
                int mistakes = _loader.MistakeCount;
                int unsupported = _loader.SkippedCount;
                _output.Text("% ");
                if (mistakes != 0)
                {
                    PutCount(mistakes, " mistake", " mistakes");
                    _output.Text(unsupported != 0 ? ", " : "");
                }
                if (unsupported != 0)
                {
                    PutCount(unsupported, " line", " lines");
                    _output.Text(" not supported by LabEdge");
                }
                _output.Line("; nothing has been changed");
            }
            else if (_loader.SkippedCount != 0)
            {
                PutCount(_loader.SkippedCount, " line", " lines");
                _output.Line(" not supported by LabEdge: skipped");
            }
            else if (Replaces)
            {
                _output.Line("Rollback Done");
            }
            Replaces = false;
            return false;
        }

        private void PutCount(int count, string one, string more)
        {
            _output.Number(count).Text(count == 1 ? one : more);
        }
    }
}
