using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>
    /// Console output on its way to a person: a ring of ASCII octets that never grows. Whoever writes asks for
    /// <see cref="Free"/> first and waits when a line might not fit; numbers and addresses go in digit by digit, without strings.
    /// </summary>
    public sealed class TextBuffer : IShowOutput
    {
        /// <summary>The most that one step of a command writes; a command waits until this much is free.</summary>
        public const int StepRoom = 400;

        private readonly byte[] _octets;
        private readonly bool _countOnly;
        private int _head;
        private int _used;

        /// <summary>Characters since the last line end: where a table's next column is measured from.</summary>
        public int Column;

        /// <summary>Octets ever written.</summary>
        public int Total;

        /// <summary>Octets at the end that are not to be taken yet.</summary>
        public int Held;

        /// <summary>Octets that found no room: 0 unless a step wrote more than <see cref="StepRoom"/>.</summary>
        public int Lost;

        /// <param name="capacity">Octets held; 0 makes a buffer that only counts.</param>
        public TextBuffer(int capacity)
        {
            _octets = new byte[capacity];
            _countOnly = capacity == 0;
        }

        public int Free
        {
            get { return _countOnly ? StepRoom : _octets.Length - _used; }
        }

        /// <summary>Octets that wait to be taken.</summary>
        public int Used
        {
            get { return _used - Held; }
        }

        /// <summary>The octets as they lie; whole and in order while nothing has been taken.</summary>
        public byte[] Octets
        {
            get { return _octets; }
        }

        /// <summary>Moves up to <paramref name="count"/> octets out.</summary>
        /// <returns>How many were moved.</returns>
        public int Take(byte[] to, int at, int count)
        {
            int n = count < Used ? count : Used;
            for (int i = 0; i < n; i++)
            {
                to[at + i] = _octets[_head];
                _head = _head + 1 < _octets.Length ? _head + 1 : 0;
            }
            _used -= n;
            return n;
        }

        /// <summary>As <see cref="Take(byte[], int, int)"/>, into characters.</summary>
        public int Take(char[] to, int at, int count)
        {
            int n = count < Used ? count : Used;
            for (int i = 0; i < n; i++)
            {
                to[at + i] = (char)_octets[_head];
                _head = _head + 1 < _octets.Length ? _head + 1 : 0;
            }
            _used -= n;
            return n;
        }

        public void Put(int character)
        {
            Total++;
            Column = character == '\n' ? 0 : Column + 1;
            if (_countOnly)
            {
                return;
            }
            if (_used == _octets.Length)
            {
                Lost++;
                return;
            }
            int end = _head + _used;
            if (end >= _octets.Length)
            {
                end -= _octets.Length;
            }
            _octets[end] = (byte)character;
            _used++;
        }

        // Where the octet of this number stands, counted from the first that is there.
        private int Place(int number)
        {
            int place = _head + number;
            return place < _octets.Length ? place : place - _octets.Length;
        }

        /// <summary>The i-th of the octets that are held.</summary>
        public int HeldOctet(int i)
        {
            return _octets[Place(_used - Held + i)];
        }

        /// <summary>Takes the first octets that are held away.</summary>
        public void Cut(int count)
        {
            for (int i = _used - Held; i < _used - count; i++)
            {
                _octets[Place(i)] = _octets[Place(i + count)];
            }
            _used -= count;
            Held -= count;
        }

        /// <summary>Puts a text in front of what is held; whoever does so has looked for room.</summary>
        public void Insert(string text)
        {
            int first = _used - Held;
            for (int i = _used - 1; i >= first; i--)
            {
                _octets[Place(i + text.Length)] = _octets[Place(i)];
            }
            for (int i = 0; i < text.Length; i++)
            {
                _octets[Place(first + i)] = (byte)text[i];
            }
            _used += text.Length;
        }

        public TextBuffer Text(string text)
        {
            int length = text.Length;
            for (int i = 0; i < length; i++)
            {
                Put(text[i]);
            }
            return this;
        }

        public TextBuffer Text(byte[] octets, int at, int count)
        {
            for (int i = at; i < at + count; i++)
            {
                Put(octets[i]);
            }
            return this;
        }

        public TextBuffer Line(string text)
        {
            Text(text);
            return Line();
        }

        public TextBuffer Line()
        {
            Put('\n');
            return this;
        }

        /// <summary>A decimal number.</summary>
        public TextBuffer Number(int number)
        {
            if (number < 0)
            {
                Put('-');
                return Unsigned((uint)(-number));
            }
            return Unsigned((uint)number);
        }

        public TextBuffer Unsigned(uint number)
        {
            uint unit = 1;
            while (number / unit >= 10)
            {
                unit *= 10;
            }
            while (unit != 0)
            {
                Put('0' + (int)(number / unit));
                number -= number / unit * unit;
                unit /= 10;
            }
            return this;
        }

        /// <summary>An IPv4 address in four decimal parts.</summary>
        public TextBuffer Address(uint address)
        {
            Unsigned(address >> 24);
            Put('.');
            Unsigned((address >> 16) & 255);
            Put('.');
            Unsigned((address >> 8) & 255);
            Put('.');
            return Unsigned(address & 255);
        }

        public TextBuffer Prefix(uint prefix, int bits)
        {
            Address(prefix);
            Put('/');
            return Number(bits);
        }

        /// <summary>A station address in the field's three groups: 0200.0000.0001.</summary>
        public TextBuffer Hardware(byte[] octets, int at)
        {
            for (int i = 0; i < 6; i++)
            {
                if (i == 2 || i == 4)
                {
                    Put('.');
                }
                Hex(octets[at + i]);
            }
            return this;
        }

        /// <summary>An octet in two digits.</summary>
        public void Hex(int octet)
        {
            HexDigit(octet >> 4);
            HexDigit(octet & 15);
        }

        private void HexDigit(int digit)
        {
            Put(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }

        /// <summary>Blanks up to a column; at least one when the text before has reached it.</summary>
        public TextBuffer To(int column)
        {
            if (Column >= column && Column != 0)
            {
                Put(' ');
            }
            while (Column < column)
            {
                Put(' ');
            }
            return this;
        }

        void IShowOutput.Put(string text)
        {
            Text(text);
        }

        void IShowOutput.Put(int number)
        {
            Number(number);
        }

        void IShowOutput.PutAddress(uint address)
        {
            Address(address);
        }

        void IShowOutput.PutTo(int column)
        {
            To(column);
        }

        void IShowOutput.EndLine()
        {
            Line();
        }

        public void Bill(RamBill bill)
        {
            bill.Object(8);
            bill.Array(_octets.Length);
        }
    }
}
