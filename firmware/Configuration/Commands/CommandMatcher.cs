using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>
    /// Follows a line through all rows of a mode at once: words may be cut short as long as they are unique, exact words win over
    /// cut ones, words over arguments. Afterwards either one row is matched and its arguments stand in slots, or it is known
    /// at which word the line went wrong and what could have stood there.
    /// </summary>
    public sealed partial class CommandMatcher
    {
        public const int Matched = 0;
        public const int Empty = 1;
        public const int Invalid = 2;
        public const int Ambiguous = 3;
        public const int Incomplete = 4;

        // How well a word fits an element.
        private const int Free = 1;
        private const int Typed = 2;
        private const int Abbreviated = 3;
        private const int Exact = 4;

        /// <summary>The matched row.</summary>
        public int Action;

        /// <summary>The mode that the row belongs to: the current one or a parent of it.</summary>
        public int MatchedMode;

        /// <summary>The line begins with "no".</summary>
        public bool Negated;

        /// <summary>Where the line went wrong; the number of words when it ended too early.</summary>
        public int FaultWord;

        /// <summary>Arguments by slot, and the word each came from (-1: not given). A distinguisher's second half is in <see cref="Low"/>.</summary>
        public readonly uint[] Value = new uint[Argument.Slots];
        public readonly int[] WordOf = new int[Argument.Slots];

        /// <summary>16 octets of the IPv6 prefix, then 16 of the IPv6 address; the prefix's length is its Value.</summary>
        public readonly byte[] Ipv6 = new byte[32];
        private readonly byte[] _ipv6 = new byte[16];
        public uint Low;

        private readonly LineLexer _line;
        private readonly InterfaceNames _interfaces;

        // Per row of the mode: where its next element is (-1: out), where the run of options that it is inside began (-1: none), and
        // which options of the run are used.
        private readonly short[] _at = new short[CommandTable.MostRows];
        private readonly short[] _run = new short[CommandTable.MostRows];
        private readonly byte[] _used = new byte[CommandTable.MostRows];
        private int _first;
        private int _end;

        // What Fit found for an argument.
        private uint _value;
        private int _words;

        public CommandMatcher(LineLexer line, InterfaceNames interfaces)
        {
            _line = line;
            _interfaces = interfaces;
        }

        /// <summary>
        /// Matches the line in a mode or, where it is none of its commands, in the modes above it. A line that a mode understands in part
        /// (incomplete, ambiguous) is that mode's, as in IOS.
        /// </summary>
        public int Match(int mode)
        {
            int best = mode;
            int furthest = -1;
            for (int m = mode; m >= 0; m = Mode.Parent(m))
            {
                int result = MatchIn(m);
                if (result != Invalid)
                {
                    return result;
                }
                if (FaultWord > furthest)
                {
                    furthest = FaultWord;
                    best = m;
                }
            }
            return MatchIn(best);
        }

        private int MatchIn(int mode)
        {
            int word = Begin(mode);
            if (_line.Words == 0)
            {
                return Empty;
            }
            while (word < _line.Words)
            {
                int step = Step(word, false);
                if (step <= 0)
                {
                    FaultWord = word;
                    return step == 0 ? Invalid : Ambiguous;
                }
                word += step;
            }
            Action = FirstComplete();
            if (Action < 0)
            {
                FaultWord = _line.Words;
                return Incomplete;
            }
            Bind();
            return Matched;
        }

        /// <summary>Takes all words but the last; for <c>?</c> and completion.</summary>
        /// <returns>False when the line goes wrong before <paramref name="words"/> words.</returns>
        public bool Follow(int mode, int words)
        {
            int word = Begin(mode);
            while (word < words)
            {
                int step = Step(word, false);
                if (step <= 0)
                {
                    FaultWord = word;
                    return false;
                }
                word += step;
            }
            return true;
        }

        // All rows of the mode at their beginning. Returns the first word to match: 1 after "no".
        private int Begin(int mode)
        {
            MatchedMode = mode;
            _first = CommandTable.First(mode);
            _end = CommandTable.End(mode);
            Negated = Mode.IsConfiguration(mode) && _line.Is(0, "no");
            for (int r = 0; r < _end - _first; r++)
            {
                string row = CommandTable.Row(_first + r);
                bool open = row[0] == '#' ? mode != Mode.User : row[0] == '+' || !Negated;
                Restart(r, open ? row : null);
            }
            return Negated ? 1 : 0;
        }

        private void Restart(int r, string row)
        {
            _at[r] = (short)(row == null ? -1 : row[0] == '#' || row[0] == '+' ? 1 : 0);
            _run[r] = -1;
            _used[r] = 0;
        }

        // Takes one word in all rows. Returns how many words were taken, 0 when none fits, -1 when it is ambiguous.
        private int Step(int word, bool bind)
        {
            int best = 0;
            int taken = 1;
            string firstRow = null;
            int firstAt = 0;
            bool ambiguous = false;
            for (int r = 0; r < _end - _first; r++)
            {
                if (_at[r] < 0)
                {
                    continue;
                }
                string row = CommandTable.Row(_first + r);
                int at;
                for (int k = 0; (at = Candidate(row, r, k)) >= 0; k++)
                {
                    int fit = Fit(row, at, word);
                    if (fit > best)
                    {
                        best = fit;
                        ambiguous = false;
                        firstRow = row;
                        firstAt = at;
                        taken = _words;
                    }
                    else if (fit == best && fit == Abbreviated && !CommandRow.SameElement(row, at, firstRow, firstAt))
                    {
                        ambiguous = true;
                    }
                }
            }
            if (best == 0)
            {
                return 0;
            }
            if (ambiguous)
            {
                return -1;
            }
            for (int r = 0; r < _end - _first; r++)
            {
                if (_at[r] >= 0)
                {
                    Advance(r, word, best, bind);
                }
            }
            return taken;
        }

        private void Advance(int r, int word, int best, bool bind)
        {
            string row = CommandTable.Row(_first + r);
            int at;
            for (int k = 0; (at = Candidate(row, r, k)) >= 0; k++)
            {
                if (Fit(row, at, word) != best)
                {
                    continue;
                }
                if (bind)
                {
                    BindElement(row, at, word);
                }
                Pass(row, r, at);
                return;
            }
            _at[r] = -1;
        }

        // Moves a row behind the element that was taken.
        private void Pass(string row, int r, int element)
        {
            if (_run[r] < 0)
            {
                int group = 0;
                int q = _at[r];
                while (q < row.Length && row[q] == '[' && q + 1 != element)
                {
                    q = CommandRow.AfterGroup(row, q);
                    group++;
                }
                if (q + 1 == element && row[q] == '[')
                {
                    _run[r] = _at[r];
                    _used[r] |= (byte)(1 << group);
                }
                else
                {
                    _used[r] = 0;
                }
            }
            int p = CommandRow.AfterElement(row, element);
            if (p < row.Length && row[p] == ']')
            {
                _at[r] = _run[r];
                _run[r] = -1;
                return;
            }
            p = p < row.Length ? p + 1 : p;
            if (p < row.Length && row[p] == '|')
            {
                p += 2;
            }
            _at[r] = (short)p;
        }

        // The k-th element that may come next in a row, or -1.
        private int Candidate(string row, int r, int k)
        {
            int p = _at[r];
            if (_run[r] >= 0)
            {
                return k == 0 ? p : -1;
            }
            int group = 0;
            while (p < row.Length && row[p] == '[')
            {
                if ((_used[r] & (1 << group)) == 0 && k-- == 0)
                {
                    return p + 1;
                }
                group++;
                p = CommandRow.AfterGroup(row, p);
            }
            return p < row.Length && k == 0 ? p : -1;
        }

        // How well the word fits the element; leaves the argument in _value and the words it took in _words.
        private int Fit(string row, int at, int word)
        {
            _words = 1;
            if (row[at] != '%')
            {
                if (!_line.Begins(word, row, at))
                {
                    return 0;
                }
                int length = CommandRow.EndOfWord(row, at) - at;
                int size = _line.Size[word];
                return size == length ? Exact : size < length ? Abbreviated : 0;
            }
            byte[] octets = _line.Octets;
            int start = _line.Start[word];
            int count = _line.Size[word];
            switch (row[at + 1])
            {
                case Argument.Address:
                    return Literal.Address(octets, start, count, out _value) ? Typed : 0;
                case Argument.Area:
                    return Literal.Number(octets, start, count, out _value) || Literal.Address(octets, start, count, out _value) ? Typed : 0;
                case Argument.Mask:
                    int bits;
                    if (!Literal.Mask(octets, start, count, out bits))
                    {
                        return 0;
                    }
                    _value = (uint)bits;
                    return Typed;
                case Argument.Number:
                    return Literal.Number(octets, start, count, out _value)
                        && _value >= CommandRow.Bound(row, at + 4) && _value <= CommandRow.Bound(row, row.IndexOf('-', at) + 1) ? Typed : 0;
                case Argument.Interface:
                    int index = _interfaces.Read(_line, word, out _words);
                    _value = (uint)index;
                    return index == InterfaceNames.None ? 0 : Typed;
                case Argument.Distinguisher:
                    uint low;
                    bool right = Literal.Distinguisher(octets, start, count, out _value, out low);
                    Low = right ? low : Low;
                    return right ? Typed : 0;
                case Argument.Ipv6Prefix:
                    return Ipv6Literal.Prefix(octets, start, count, _ipv6, 0, out _value) ? Typed : 0;
                case Argument.Ipv6Address:
                    return Ipv6Literal.Address(octets, start, count, _ipv6, 0) ? Typed : 0;
                case Argument.Line:
                    _words = _line.Words - word;
                    return Free;
                default:
                    return Free;
            }
        }

        private void BindElement(string row, int at, int word)
        {
            int slot = -1;
            if (row[at] == '%')
            {
                slot = row[at + 2] - '0';
            }
            else
            {
                int end = CommandRow.EndOfWord(row, at);
                if (end < row.Length && row[end] == '=')
                {
                    slot = row[end + 1] - '0';
                }
            }
            if (slot >= 0)
            {
                Value[slot] = _value;
                WordOf[slot] = word;
                if (row[at] == '%' && (row[at + 1] == Argument.Ipv6Prefix || row[at + 1] == Argument.Ipv6Address))
                {
                    System.Array.Copy(_ipv6, 0, Ipv6, row[at + 1] == Argument.Ipv6Prefix ? 0 : 16, 16);
                }
            }
        }

        // The first row that may end where the line ends, as an action; -1 when all want more.
        private int FirstComplete()
        {
            for (int r = 0; r < _end - _first; r++)
            {
                if (_at[r] < 0 || _run[r] >= 0)
                {
                    continue;
                }
                string row = CommandTable.Row(_first + r);
                int bar = Negated ? row.IndexOf('|') : -1;
                if (bar >= 0 && _at[r] > bar)
                {
                    return _first + r;
                }
                int p = _at[r];
                while (p < row.Length && row[p] == '[')
                {
                    p = CommandRow.AfterGroup(row, p);
                }
                if (p >= row.Length)
                {
                    return _first + r;
                }
            }
            return -1;
        }

        // Follows the line once more in the matched row alone and keeps its arguments.
        private void Bind()
        {
            for (int i = 0; i < Argument.Slots; i++)
            {
                WordOf[i] = -1;
                Value[i] = 0;
            }
            for (int r = 0; r < _end - _first; r++)
            {
                Restart(r, _first + r == Action ? CommandTable.Row(Action) : null);
            }
            int word = Negated ? 1 : 0;
            while (word < _line.Words)
            {
                word += Step(word, true);
            }
        }

        public bool Has(int slot)
        {
            return WordOf[slot] >= 0;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(18);
            bill.Array(Ipv6.Length);
            bill.Array(_ipv6.Length);
            bill.Array(Argument.Slots * 4);
            bill.Array(Argument.Slots * 4);
            bill.Array(CommandTable.MostRows * 2);
            bill.Array(CommandTable.MostRows * 2);
            bill.Array(CommandTable.MostRows);
        }
    }
}
