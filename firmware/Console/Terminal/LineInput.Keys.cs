namespace LabEdge.Cli
{
    // From characters to keys: the escape sequences of a VT100 and its kin (ECMA-48 section 5.4), which may come in parts and may be wrong.
    public sealed partial class LineInput
    {
        public const char CtrlC = (char)3;

        /// <summary>Ctrl-^, the escape sequence of IOS without its x.</summary>
        public const char CtrlCaret = (char)30;

        /// <summary>Answer of <see cref="KeyOf"/>: no key yet.</summary>
        public const int NoKey = -1;

        private const int CtrlA = 1;
        private const int CtrlB = 2;
        private const int CtrlD = 4;
        private const int CtrlE = 5;
        private const int CtrlF = 6;
        private const int Bell = 7;
        private const int Backspace = 8;
        private const int Tab = 9;
        private const int CtrlK = 11;
        private const int CtrlL = 12;
        private const int CtrlN = 14;
        private const int CtrlP = 16;
        private const int CtrlR = 18;
        private const int CtrlU = 21;
        private const int CtrlW = 23;
        private const int CtrlX = 24;
        private const int CtrlZ = 26;
        private const int Escape = 27;
        private const int Delete = 127;

        // Beyond all characters.
        private const int WordBack = 0x10000;
        private const int WordForward = 0x10001;
        private const int WordDelete = 0x10002;

        private const int NoEscape = 0;
        private const int AfterEscape = 1;
        private const int AfterSingleShift = 2;

        // From here on: a control sequence, and how many of its characters have come.
        private const int InSequence = 3;

        // A longer one is none: its characters are the line's again.
        private const int LongestSequence = 16;

        private int _escape;

        // The first number of a control sequence.
        private int _parameter;

        /// <summary>The key that a character is or ends; a cursor key is the control character that does the same.</summary>
        /// <returns>A character, or <see cref="NoKey"/> when it belongs to an escape sequence that goes on or means nothing here.</returns>
        public int KeyOf(char character)
        {
            int state = _escape;
            bool secondOfLineEnd = character == '\n' && _lastWasReturn;
            _lastWasReturn = character == '\r';
            if (character == 0 || secondOfLineEnd)
            {
                return NoKey;
            }
            if (character == Escape)
            {
                _escape = AfterEscape;
                return NoKey;
            }
            if (state == NoEscape || character < ' ' || state == InSequence + LongestSequence)
            {
                // A control character breaks a sequence off.
                _escape = NoEscape;
                return character;
            }
            if (state == AfterEscape)
            {
                _parameter = 0;
                _escape = character == '[' ? InSequence : character == 'O' ? AfterSingleShift : NoEscape;
                return _escape != NoEscape ? NoKey : EscapeKey(LineLexer.Lower(character));
            }
            if (state >= InSequence && character < '@')
            {
                _escape++;
                if (character >= '0' && character <= '9' && _parameter < 100)
                {
                    _parameter = _parameter * 10 + character - '0';
                }
                return NoKey;
            }
            _escape = NoEscape;
            return SequenceKey(character);
        }

        private static int EscapeKey(int character)
        {
            return character == 'b' ? WordBack : character == 'f' ? WordForward : character == 'd' ? WordDelete : NoKey;
        }

        private int SequenceKey(int last)
        {
            switch (last)
            {
                case 'A': return CtrlP;
                case 'B': return CtrlN;
                case 'C': return CtrlF;
                case 'D': return CtrlB;
                case 'H': return CtrlA;
                case 'F': return CtrlE;
                case '~':
                    return _parameter == 3 ? CtrlD : _parameter == 1 || _parameter == 7 ? CtrlA : _parameter == 4 || _parameter == 8 ? CtrlE : NoKey;
                default: return NoKey;
            }
        }
    }
}
