namespace LabEdge.Cli
{
    // What could come next, for ? and for messages.
    public sealed partial class CommandMatcher
    {
        /// <summary>True when the line may end where it has been followed to.</summary>
        public bool MayEnd
        {
            get { return FirstComplete() >= 0; }
        }

        /// <summary>
        /// The next row of the mode (without exec's "end", which is taken from a paste but leads nowhere) with an element that may come next, begins with what stands in <paramref name="word"/> (-1: anything)
        /// and has not stood in a row before it. Position <paramref name="at"/> is both where to go on and where the element is.
        /// </summary>
        /// <param name="row">0 to begin with.</param>
        /// <param name="candidate">0 to begin with; one more than was answered to go on.</param>
        /// <returns>False when there is no more.</returns>
        public bool Next(ref int row, ref int candidate, int word, out int at)
        {
            at = -1;
            while (row < _end - _first)
            {
                if (_at[row] >= 0 && _first + row != CommandTable.EndExec)
                {
                    string text = CommandTable.Row(_first + row);
                    while ((at = Candidate(text, row, candidate)) >= 0)
                    {
                        if ((word < 0 || (text[at] != '%' && Fit(text, at, word) != 0)) && !StoodBefore(row, candidate, text, at))
                        {
                            return true;
                        }
                        candidate++;
                    }
                }
                row++;
                candidate = 0;
            }
            return false;
        }

        private bool StoodBefore(int row, int candidate, string text, int at)
        {
            for (int r = 0; r <= row; r++)
            {
                if (_at[r] < 0)
                {
                    continue;
                }
                string other = CommandTable.Row(_first + r);
                for (int k = 0; r < row || k < candidate; k++)
                {
                    int p = Candidate(other, r, k);
                    if (p < 0)
                    {
                        break;
                    }
                    if (CommandRow.SameElement(text, at, other, p))
                    {
                        return true;
                    }
                }
            }
            return false;
        }

        /// <summary>Writes an element as <c>?</c> lists it: the word itself, or the argument's symbol or range.</summary>
        public void PutElement(TextBuffer output, int row, int at)
        {
            string text = CommandTable.Row(_first + row);
            if (text[at] == '%')
            {
                if (text[at + 1] == Argument.Number)
                {
                    output.Put('<');
                    CommandRow.PutRange(output, text, at);
                    output.Put('>');
                    return;
                }
                output.Text(Argument.Symbol(text[at + 1]));
                return;
            }
            for (int i = at; i < CommandRow.EndOfWord(text, at); i++)
            {
                output.Put(text[i]);
            }
        }

        /// <summary>Writes the help that stands behind an element.</summary>
        public void PutHelp(TextBuffer output, int row, int at)
        {
            string text = CommandTable.Row(_first + row);
            int p = at;
            while (p < text.Length && text[p] != ' ' && text[p] != ']')
            {
                if (text[p] == '{')
                {
                    for (p++; text[p] != '}'; p++)
                    {
                        output.Put(text[p]);
                    }
                    return;
                }
                p++;
            }
        }

        /// <summary>True when the element is an interface: <c>?</c> lists those that there are.</summary>
        public bool IsInterface(int row, int at)
        {
            string text = CommandTable.Row(_first + row);
            return text[at] == '%' && text[at + 1] == Argument.Interface;
        }

        /// <summary>True when the word may name an interface of this router, by its kind.</summary>
        public bool IsKindOfInterface(int word)
        {
            return _interfaces.IsKind(_line, word);
        }

        /// <summary>
        /// True when the word at which the line went wrong is one that could have stood there, in the mode or those above it, but for a letter: another
        /// one, one missing or too many, two exchanged. The choices are then those of that mode.
        /// </summary>
        public bool IsMisspelt(int mode)
        {
            int word = FaultWord;
            for (int m = mode; m >= 0; m = Mode.Parent(m))
            {
                int row = 0;
                int candidate = 0;
                int at;
                bool follows = Follow(m, word);
                FaultWord = word;
                while (follows && Next(ref row, ref candidate, -1, out at))
                {
                    if (IsMisspelt(word, CommandTable.Row(_first + row), at))
                    {
                        return true;
                    }
                    candidate++;
                }
            }
            return false;
        }

        // Short words are too often one letter apart; so is what only goes on ("route", "router").
        private bool IsMisspelt(int word, string row, int at)
        {
            int typed = _line.Size[word];
            int right = CommandRow.EndOfWord(row, at) - at;
            int same = 0;
            while (same < typed && same < right && Same(word, same, row, at + same, 1))
            {
                same++;
            }
            if (row[at] == '%' || typed < 4 || right < 4 || same == typed || same == right)
            {
                return false;
            }
            int left = typed - same - 1;
            switch (typed - right)
            {
                case -1: return Same(word, same, row, at + same + 1, left + 1);
                case 1: return Same(word, same + 1, row, at + same, left);
                case 0:
                    return Same(word, same + 1, row, at + same + 1, left) || (left > 0 && Same(word, same, row, at + same + 1, 1)
                    && Same(word, same + 1, row, at + same, 1) && Same(word, same + 2, row, at + same + 2, left - 1));
                default: return false;
            }
        }

        private bool Same(int word, int from, string row, int at, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (LineLexer.Lower(_line.Octets[_line.Start[word] + from + i]) != LineLexer.Lower(row[at + i]))
                {
                    return false;
                }
            }
            return true;
        }

        /// <summary>
        /// True when a value could have stood where the line went wrong, not only words that <c>?</c> lists. A number beside words is none of those
        /// for which a word is taken by mistake.
        /// </summary>
        public bool ExpectsValue()
        {
            int row = 0;
            int candidate = 0;
            int at;
            bool number = false;
            bool word = false;
            while (FaultWord != 0 && Next(ref row, ref candidate, -1, out at))
            {
                string text = CommandTable.Row(_first + row);
                if (text[at] == '%' && text[at + 1] != Argument.Number)
                {
                    return true;
                }
                number |= text[at] == '%';
                word |= text[at] != '%';
                candidate++;
            }
            return number && !word;
        }

        /// <summary>Writes what could have stood where the line went wrong, as in "an IPv4 address" or "one of: rd exit".</summary>
        public void PutExpected(TextBuffer output)
        {
            if (FaultWord == 0)
            {
                output.Text("a command of this mode");
                return;
            }
            int row = 0;
            int candidate = 0;
            int at;
            bool any = false;
            while (output.Column < 120 && Next(ref row, ref candidate, -1, out at))
            {
                string text = CommandTable.Row(_first + row);
                output.Text(any ? " or " : "");
                any = true;
                candidate++;
                if (text[at] != '%')
                {
                    output.Put('"');
                    PutElement(output, row, at);
                    output.Put('"');
                    continue;
                }
                output.Text(Argument.Expected(text[at + 1]));
                if (text[at + 1] == Argument.Number)
                {
                    output.Put(' ');
                    CommandRow.PutRange(output, text, at);
                }
            }
            if (!any || MayEnd)
            {
                output.Text(any ? " or the end of the line" : "the end of the line");
            }
        }
    }
}
