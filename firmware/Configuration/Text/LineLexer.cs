using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>One input line, cut into words at blanks and tabs. Fixed memory; what does not fit is said, not cut.</summary>
    public sealed class LineLexer
    {
        /// <summary>Longest line in characters, as IOS takes them.</summary>
        public const int MaxLength = 254;

        public const int MaxWords = 32;

        public const int Ok = 0;
        public const int TooLong = 1;
        public const int TooManyWords = 2;

        /// <summary>An octet that is not printable ASCII; <see cref="FaultAt"/> says where.</summary>
        public const int NotAscii = 3;

        public readonly byte[] Octets = new byte[MaxLength];
        public int Length;
        public readonly byte[] Start = new byte[MaxWords];
        public readonly byte[] Size = new byte[MaxWords];
        public int Words;

        /// <summary>Column of the fault.</summary>
        public int FaultAt;

        /// <summary>Takes the line from octets; the line end is not among them, a CR at the end is.</summary>
        public int Read(byte[] text, int at, int count)
        {
            if (count > 0 && text[at + count - 1] == '\r')
            {
                count--;
            }
            while (count > 0 && IsBlank(text[at + count - 1]))
            {
                count--;
            }
            int keep = count < MaxLength ? count : MaxLength;
            for (int i = 0; i < keep; i++)
            {
                Octets[i] = text[at + i];
            }
            return Cut(keep, count);
        }

        /// <summary>Takes the line from a string.</summary>
        public int Read(string text)
        {
            int count = text.Length;
            while (count > 0 && (text[count - 1] <= ' '))
            {
                count--;
            }
            int keep = count < MaxLength ? count : MaxLength;
            for (int i = 0; i < keep; i++)
            {
                int c = text[i];
                Octets[i] = (byte)(c < 128 ? c : 128);
            }
            return Cut(keep, count);
        }

        private int Cut(int keep, int count)
        {
            Length = keep;
            Words = 0;
            FaultAt = 0;
            int result = Ok;
            if (count > MaxLength)
            {
                FaultAt = MaxLength;
                result = TooLong;
            }
            int i = 0;
            while (i < keep)
            {
                if (IsBlank(Octets[i]))
                {
                    i++;
                    continue;
                }
                int start = i;
                while (i < keep && !IsBlank(Octets[i]))
                {
                    if (result == Ok && (Octets[i] < ' ' || Octets[i] > '~'))
                    {
                        FaultAt = i;
                        result = NotAscii;
                    }
                    i++;
                }
                if (Words == MaxWords)
                {
                    if (result == Ok)
                    {
                        FaultAt = start;
                        result = TooManyWords;
                    }
                    return result;
                }
                Start[Words] = (byte)start;
                Size[Words] = (byte)(i - start);
                Words++;
            }
            return result;
        }

        /// <summary>Cuts the line into words once more, after <see cref="Skip"/>.</summary>
        public void Again()
        {
            Cut(Length, Length);
        }

        /// <returns>The word that is this character alone, or -1.</returns>
        public int Find(int character)
        {
            for (int i = 0; i < Words; i++)
            {
                if (Size[i] == 1 && Octets[Start[i]] == character)
                {
                    return i;
                }
            }
            return -1;
        }

        public static bool IsBlank(int octet)
        {
            return octet == ' ' || octet == '\t';
        }

        /// <summary>True when the word is the whole of <paramref name="text"/>, in any case.</summary>
        public bool Is(int word, string text)
        {
            return word < Words && Size[word] == text.Length && Begins(word, text, 0);
        }

        /// <summary>True when the word's octets are the beginning of text[at ..], in any case.</summary>
        public bool Begins(int word, string text, int at)
        {
            int start = Start[word];
            int size = Size[word];
            if (at + size > text.Length)
            {
                return false;
            }
            for (int i = 0; i < size; i++)
            {
                if (Lower(Octets[start + i]) != Lower(text[at + i]))
                {
                    return false;
                }
            }
            return true;
        }

        public static int Lower(int character)
        {
            return character >= 'A' && character <= 'Z' ? character + 32 : character;
        }

        /// <summary>A word as a string: for names that are kept, and for messages.</summary>
        public string Word(int word)
        {
            return Part(Start[word], Size[word]);
        }

        /// <summary>Some characters as a string; those that are not printable stand as '?'.</summary>
        public string Part(int at, int count)
        {
            char[] characters = new char[count];
            for (int i = 0; i < count; i++)
            {
                int octet = Octets[at + i];
                characters[i] = octet < ' ' || octet > '~' ? '?' : (char)octet;
            }
            return new string(characters);
        }

        /// <summary>Removes the first words, so that the next one is word 0; columns stay.</summary>
        public void Skip(int words)
        {
            for (int i = words; i < Words; i++)
            {
                Start[i - words] = Start[i];
                Size[i - words] = Size[i];
            }
            Words = words < Words ? Words - words : 0;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(6);
            bill.Array(MaxLength);
            bill.Array(MaxWords);
            bill.Array(MaxWords);
        }
    }
}
