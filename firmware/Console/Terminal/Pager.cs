using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>
    /// Between the lines that a command writes and who reads them: first the filter behind <c>|</c>, then the page, which waits at
    /// <c>--More--</c> for a key. What it has not let through yet stays in the output buffer, held; it needs no memory of its own.
    /// </summary>
    public sealed partial class Pager
    {
        public const int FirstLength = 24;

        private const string Mark = " --More-- ";
        private const int MarkLength = 10;
        private const string Erase = "\b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\b";
        private const int EraseLength = 30;

        // A line that is longer goes through in parts: none may fill the buffer.
        private const int LongestHeld = 300;

        /// <summary>Lines of a page (terminal length); 0 = no pages. Only what a person typed key by key is paged.</summary>
        public int Length = FirstLength;

        /// <summary>Columns of the screen, for lines that take more than one row of it; 0 = none do.</summary>
        public int Width = 80;

        private readonly TextBuffer _output;
        private bool _active;
        private bool _paged;
        private bool _paused;

        // Rows that the page has left, and whether nothing of it is written yet.
        private int _rows;
        private bool _fresh;

        // What had been written when the held part was last looked at.
        private int _seen;

        public Pager(TextBuffer output, LineLexer line)
        {
            _output = output;
            _line = line;
        }

        /// <summary>Octets of free output that a step of a command needs: its own, and the mark if there are pages.</summary>
        public int StepRoom
        {
            get { return _active && _paged ? TextBuffer.StepRoom + MarkLength : TextBuffer.StepRoom; }
        }

        /// <summary>Something of the command's output is still held, or is to come.</summary>
        public bool IsActive
        {
            get { return _active; }
        }

        /// <summary>A key is waited for.</summary>
        public bool IsPaused
        {
            get { return _paused; }
        }

        /// <summary>A command begins to write, through the filter set before.</summary>
        public void Begin(bool byHand)
        {
            _paged = byHand && Length != 0;
            _active = _paged || _filter != NoFilter;
            _seen = _output.Total;
            TurnPage(Length - 1);
        }

        private void TurnPage(int rows)
        {
            _rows = rows;
            _fresh = true;
        }

        /// <summary>The command has written something, or has ended: lets through what may pass.</summary>
        public void Settle(bool ended)
        {
            if (!_active)
            {
                return;
            }
            _output.Held += _output.Total - _seen;
            _seen = _output.Total;
            if (ended && _filter == CommandTable.FilterCount && !_paused)
            {
                PutCount();
            }
            while (!_paused && _output.Held > 0)
            {
                int length = LineLength();
                bool whole = length != 0;
                if (!whole && !ended && _filter != NoFilter && _output.Held < LongestHeld)
                {
                    return;
                }
                length = whole ? length : _output.Held;
                if (_filter != NoFilter && !Passes(length - (whole ? 1 : 0)))
                {
                    _output.Cut(length);
                }
                else if (_paged && whole)
                {
                    Page(length);
                }
                else
                {
                    _output.Held -= length;
                }
            }
            if (ended && !_paused)
            {
                _active = false;
                _filter = NoFilter;
            }
        }

        private void Page(int length)
        {
            int rows = Width == 0 || length < 2 ? 1 : 1 + (length - 2) / Width;
            if (_rows < rows && !_fresh)
            {
                _output.Insert(Mark);
                _paused = true;
                return;
            }
            _rows -= rows;
            _fresh = false;
            _output.Held -= length;
        }

        // Octets of the first held line with its end; 0 when its end is not there yet.
        private int LineLength()
        {
            int held = _output.Held;
            for (int i = 0; i < held; i++)
            {
                if (_output.HeldOctet(i) == '\n')
                {
                    return i + 1;
                }
            }
            return 0;
        }

        /// <summary>A key at <c>--More--</c>: blank = a page, Enter = a line, any other ends the command.</summary>
        /// <returns>False when there is no room for the answer: the key was not taken.</returns>
        public bool Key(int key, out bool ends)
        {
            ends = key != ' ' && key != '\r' && key != '\n';
            if (_output.Free < EraseLength)
            {
                return false;
            }
            _output.Insert(Erase);
            _paused = false;
            TurnPage(key == ' ' ? Length - 1 : 1);
            if (ends)
            {
                Cancel();
            }
            return true;
        }

        /// <summary>Drops what is held and lets everything else through.</summary>
        public void Cancel()
        {
            if (_active)
            {
                _output.Held += _output.Total - _seen;
                _output.Cut(_output.Held);
                _output.Column = 0;
                _active = false;
                _paused = false;
                _filter = NoFilter;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(15);
        }
    }
}
