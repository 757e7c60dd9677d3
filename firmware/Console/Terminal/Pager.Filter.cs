namespace LabEdge.Cli
{
    // The filter behind a |, as rows of the command table's mode Filter.
    public sealed partial class Pager
    {
        private const int NoFilter = -1;

        private readonly LineLexer _line;
        private int _filter = NoFilter;

        // Where the pattern stands in the line, which stays there while its command runs.
        private int _pattern;
        private int _patternLength;

        // Lines that matched; and the indentation of the section that is let through, -1 outside.
        private int _matches;
        private int _section;

        /// <summary>The next command's lines go through a filter.</summary>
        /// <param name="action">A row of mode Filter.</param>
        /// <param name="at">Where the pattern begins in the line; <paramref name="length"/> 0: every line matches.</param>
        public void SetFilter(int action, int at, int length)
        {
            _filter = action;
            _pattern = at;
            _patternLength = length;
            _matches = 0;
            _section = -1;
        }

        public void ClearFilter()
        {
            _filter = NoFilter;
        }

        // Whether the first held line, of so many octets, is let through.
        private bool Passes(int length)
        {
            if (_filter == CommandTable.FilterBegin && _matches != 0)
            {
                return true;
            }
            bool matches = Pattern.Matches(_line.Octets, _pattern, _patternLength, _output, length);
            _matches += matches ? 1 : 0;
            switch (_filter)
            {
                case CommandTable.FilterExclude: return !matches;
                case CommandTable.FilterCount: return false;
                case CommandTable.FilterSection: return InSection(matches, length);
                default: return matches;
            }
        }

        // A section: the line that matches, and the lines below it that are indented deeper.
        private bool InSection(bool matches, int length)
        {
            int indent = 0;
            while (indent < length && _output.HeldOctet(indent) == ' ')
            {
                indent++;
            }
            if (_section >= 0 && indent > _section)
            {
                return true;
            }
            _section = matches ? indent : -1;
            return matches;
        }

        private void PutCount()
        {
            // Behind the lines counted, which are cut as they come by.
            while (_output.Held > 0)
            {
                int length = LineLength();
                Passes(length == 0 ? _output.Held : length - 1);
                _output.Cut(length == 0 ? _output.Held : length);
            }
            _output.Text("Number of lines which match regexp = ").Number(_matches).Line();
            _seen = _output.Total;
            _filter = NoFilter;
        }
    }
}
