namespace LabEdge.Cli
{
    // What stands on the screen behind the prompt: a window of the line.
    public sealed partial class LineInput
    {
        // Three times this is written at most at once; see TextBuffer.StepRoom.
        private const int WidestWindow = 120;
        private const int NarrowestWindow = 8;

        /// <summary>Columns of the terminal; 0 = it wraps by itself.</summary>
        public int Width = 80;

        private int _promptWidth;

        // The first character of the window, how many columns are written, and the column the cursor is in.
        private int _left;
        private int _shown;
        private int _at;

        private int Window
        {
            get
            {
                int window = Width == 0 ? WidestWindow : Width - _promptWidth - 1;
                return window < NarrowestWindow ? NarrowestWindow : window > WidestWindow ? WidestWindow : window;
            }
        }

        // What stands from there to the cursor is new: echo does where nothing stands behind it.
        private void Typed(int from)
        {
            if (_cursor != _count || from - _left != _at || _cursor - _left > Window)
            {
                Draw();
                return;
            }
            for (int i = from; i < _cursor; i++)
            {
                PutCharacter(_octets[i]);
            }
            _at = _cursor - _left;
            _shown = _at;
        }

        private void Erased(bool last)
        {
            if (!last || _at == 0 || _at != _shown || _cursor - _left != _at - 1)
            {
                Draw();
                return;
            }
            Erase();
            _at--;
            _shown = _at;
        }

        private void Erase()
        {
            _output.Put(Backspace);
            _output.Put(' ');
            _output.Put(Backspace);
        }

        private void Back(int columns)
        {
            for (int i = 0; i < columns; i++)
            {
                _output.Put(Backspace);
            }
        }

        private void PutCharacter(int octet)
        {
            _output.Put(octet < ' ' || octet > '~' ? '?' : octet);
        }

        // Writes the window anew over what stands there.
        private void Draw()
        {
            int window = Window;
            Back(_at);
            if (_cursor < _left || _cursor - _left > window || (_left != 0 && _cursor == _left))
            {
                _left = _cursor <= window ? 0 : _cursor - window / 2;
            }
            int end = _left + window < _count ? _left + window : _count;
            for (int i = _left; i < end; i++)
            {
                bool more = (i == _left && _left != 0) || (i == end - 1 && end < _count);
                PutCharacter(more ? '$' : _octets[i]);
            }
            int written = end - _left;
            for (; written < _shown; written++)
            {
                _output.Put(' ');
            }
            _shown = end - _left;
            _at = _cursor - _left;
            Back(written - _at);
        }
    }
}
