using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    // Lines of IOS that LabEdge has not: apart from mistakes in those that it has, so that they can be skipped.
    //
    // A line is not supported, rather than wrong, when its first word is no command of its mode and those above; when it goes wrong where only
    // words could stand, not values (but a word that is only misspelt is wrong); when it could have ended but another word follows; or when it opens an interface of a kind that this
    // router has not (leniently: any that is not there, for a vendor's router lists ports that a lab does not use). With it goes what is indented below it, and what a mode that it opens is told until the next line that is known.
    public sealed partial class ConfigurationLoader
    {
        /// <summary>What <see cref="ErrorExpected"/> says of a line that is not supported.</summary>
        public const string Supported = "a line that LabEdge supports";

        private const int NotSkipping = -1;

        private bool _lenient;
        private bool _merging;
        private int _skipped;

        // Made when the first is found.
        private int[] _skippedLine;
        private string[] _skippedText;

        // Lines indented deeper than this belong to a line that was skipped.
        private int _skipIndent;

        // A mode that LabEdge has not is open; and the character that ends a banner, 0 outside.
        private bool _unknownMode;
        private int _bannerEnd;

        /// <summary>The text is or was read leniently.</summary>
        public bool IsLenient
        {
            get { return _lenient; }
        }

        /// <summary>Lines of the last text that LabEdge does not support.</summary>
        public int SkippedCount
        {
            get { return _skipped; }
        }

        public int SkippedKept
        {
            get { return _skipped < MaxErrors ? _skipped : MaxErrors; }
        }

        public int SkippedLine(int i)
        {
            return _skippedLine[i];
        }

        public string SkippedText(int i)
        {
            return _skippedText[i];
        }

        /// <summary>Writes one: line 7: "router bgp 65000" is not supported by LabEdge.</summary>
        public void PutSkipped(int i, TextBuffer output)
        {
            output.Text("line ").Number(_skippedLine[i]).Text(": \"").Text(_skippedText[i]).Line("\" is not supported by LabEdge");
        }

        private void StartSkipping()
        {
            _skipped = 0;
            _skippedLine = null;
            _skippedText = null;
            _skipIndent = NotSkipping;
            _unknownMode = false;
            _bannerEnd = 0;
        }

        // The line belongs to a banner's text, which is neither command nor comment.
        private bool InBanner()
        {
            if (_bannerEnd == 0)
            {
                return false;
            }
            EndBanner(0);
            AddSkipped();
            return true;
        }

        private void EndBanner(int from)
        {
            for (int i = from; i < _line.Length; i++)
            {
                if (_line.Octets[i] == _bannerEnd)
                {
                    _bannerEnd = 0;
                    return;
                }
            }
        }

        // The line belongs to one that was skipped.
        private bool InSkippedBlock()
        {
            if (_skipIndent != NotSkipping && _line.Start[0] > _skipIndent)
            {
                AddSkipped();
                return true;
            }
            _skipIndent = NotSkipping;
            if (!_unknownMode)
            {
                return false;
            }
            int result = _matcher.Match(Mode.Global);
            if (result == CommandMatcher.Matched && _matcher.Action == CommandTable.ExitGlobal)
            {
                _unknownMode = false;
                return true;
            }
            if (result == CommandMatcher.Matched || (result == CommandMatcher.Invalid && !IsUnsupported(Mode.Global)))
            {
                _unknownMode = false;
                return false;
            }
            SkipLine();
            return true;
        }

        // Asked when the matcher has found the line invalid.
        private bool IsUnsupported(int mode)
        {
            int word = _matcher.FaultWord;
            if (word >= _line.Words || !InterfaceNames.IsLetter(_line.Octets[_line.Start[word]]))
            {
                return false;
            }
            bool unsupported = word == (_matcher.Negated ? 1 : 0) || NamesOtherKind(word) || _matcher.MayEnd || !_matcher.ExpectsValue();
            return unsupported && !_matcher.IsMisspelt(mode);
        }

        // interface KIND, where no interface of this router is of that kind; sub-interfaces are another kind.
        private bool NamesOtherKind(int word)
        {
            return word == (_matcher.Negated ? 2 : 1) && _matcher.MatchedMode == Mode.Global && _line.Begins(word - 1, "interface", 0)
                && (_lenient || !_matcher.IsKindOfInterface(word));
        }

        private void SkipLine()
        {
            AddSkipped();
            _skipIndent = _line.Start[0];
            if (OpensMode())
            {
                _unknownMode = true;
                _configuration.Editor.EnterWithoutContext(Mode.Global);
            }
            else if (_line.Is(0, "banner") && _line.Words > 2)
            {
                // Shown as ^C: the control character itself, or these two.
                int at = _line.Start[2];
                bool caret = _line.Octets[at] == '^' && _line.Size[2] > 1;
                _bannerEnd = caret ? _line.Octets[at + 1] : _line.Octets[at];
                EndBanner(caret ? at + 2 : at + 1);
            }
        }

        // Whether IOS would read what follows in a mode of its own.
        private bool OpensMode()
        {
            return _line.Is(0, "router") || _line.Is(0, "interface") || _line.Is(0, "vrf") || _line.Is(0, "line")
                || _line.Is(0, "class-map") || _line.Is(0, "policy-map") || _line.Is(0, "route-map") || _line.Is(0, "key")
                || _line.Is(0, "crypto") || _line.Is(0, "l2vpn") || _line.Is(0, "l2") || _line.Is(0, "pseudowire-class")
                || _line.Is(0, "template") || _line.Is(0, "controller") || _line.Is(0, "control-plane") || _line.Is(0, "redundancy")
                || _line.Is(0, "archive") || _line.Is(0, "track") || _line.Is(0, "address-family")
                || (_line.Is(0, "ip") && (_line.Is(1, "access-list") || _line.Is(1, "sla") || _line.Is(1, "dhcp") || _line.Is(1, "explicit-path")))
                || (_line.Is(0, "ipv6") && (_line.Is(1, "router") || _line.Is(1, "access-list") || _line.Is(1, "dhcp")));
        }

        private void AddSkipped()
        {
            if (_skippedLine == null)
            {
                _skippedLine = new int[MaxErrors];
                _skippedText = new string[MaxErrors];
            }
            if (_skipped < MaxErrors)
            {
                int at = _line.Words == 0 ? 0 : _line.Start[0];
                int count = _line.Length - at;
                _skippedLine[_skipped] = _lineNumber;
                _skippedText[_skipped] = _line.Part(at, count < MaxFound ? count : MaxFound);
            }
            _skipped++;
        }

        private void BillSkipped(RamBill bill)
        {
            if (_skippedLine != null)
            {
                bill.Array(_skippedLine.Length * 4);
                bill.References(_skippedText.Length);
                for (int i = 0; i < SkippedKept; i++)
                {
                    bill.Text(_skippedText[i]);
                }
            }
        }
    }
}
