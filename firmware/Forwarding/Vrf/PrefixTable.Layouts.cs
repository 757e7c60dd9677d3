namespace LabEdge.Forwarding
{
    // Which layout a row has, and how it goes over to another one: by jobs that a change and EndOfPoll drive a few units at a time, while the
    // old layout answers. Changes meanwhile are made in both.
    public sealed partial class PrefixTable
    {
        /// <summary>In <see cref="Log"/>: the row is not in the layout small; <see cref="LookupLarge"/> answers.</summary>
        public const int WideLog = 31;

        /// <summary>Bits of a directory, and from how many prefixes on it has the greater number.</summary>
        public const int LittleDirectory = 16;
        public const int GreatDirectory = 20;
        public const int GreatFrom = 32768;

        private const int NoJob = 0;
        private const int Growing = 1;
        private const int Clearing = 2;
        private const int Painting = 3;
        private const int Dismantling = 4;

        // Slots that count as one unit of work, and units that come with each change.
        private const int SlotsPerUnit = 1024;
        private const int UnitsPerChange = 8;

        /// <summary>The layout medium; null when <see cref="Capacity"/> has none.</summary>
        public readonly PrefixTree Tree;

        /// <summary>The layout large; null when <see cref="Capacity"/> has none.</summary>
        public readonly PrefixSlots Slots;
        private readonly int _mediumFrom;
        private readonly int _largeFrom;
        private int _job;
        private int _jobRow;
        private int _jobAt;
        private int _jobDirectory;
        private int _jobDirectoryBits;
        private readonly uint[] _jobKey;
        private int _nextRow;

        /// <summary>Directories given up because the chunks ran out; none is begun again before there are fewer prefixes than then.</summary>
        public int DirectoriesDropped;
        private int _tooMany = int.MaxValue;

        /// <summary>True when the row's prefixes are in <see cref="Tree"/>.</summary>
        public bool IsWide(int row)
        {
            return Vrf[row * Stride + Log] == WideLog;
        }

        /// <summary>True while a row goes over to another layout.</summary>
        public bool IsRebuilding
        {
            get { return _job != NoJob; }
        }

        /// <summary>As <see cref="Lookup"/>, for a VRF whose <see cref="Log"/> is <see cref="WideLog"/>.</summary>
        public int LookupLarge(int vrf, uint address)
        {
            if (Slots != null && Slots.Directory[vrf] != PrefixSlots.None)
            {
                return Slots.Lookup(vrf, address);
            }
            Key(address);
            return Tree.Lookup(vrf);
        }

        private int HandleOfKey(int row, int bits)
        {
            if (IsWide(row))
            {
                return Tree.Find(row, bits);
            }
            if (row < _vrfs)
            {
                int i = Find(row, _key[0], bits);
                return i == NotFound ? NotFound : Handle[i];
            }
            int i6 = LowerBound6(row - _vrfs, bits);
            return Is6(row - _vrfs, i6, bits) ? Handle[i6] : NotFound;
        }

        private bool LongestOfKey(int row, int most)
        {
            bool six = row >= _vrfs;
            if (IsWide(row))
            {
                bool found = Tree.Longest(row, most);
                if (!found && six)
                {
                    return false;
                }

                // 0.0.0.0/0 is always there.
                FoundBits = found ? Tree.FoundBits : 0;
                FoundHandle = Tree.FoundHandle;
            }
            else
            {
                int i = six ? Match6(row - _vrfs) : Match(row, _key[0]);
                while (i != NotFound && (six ? Handle[i + 1] : BitsAt(i)) > most)
                {
                    i = Up[i] == 0 ? NotFound : i - (six ? Up[i] << 1 : Up[i]);
                }
                if (i == NotFound)
                {
                    return false;
                }
                FoundBits = six ? Handle[i + 1] : BitsAt(i);
                FoundHandle = Handle[i];
            }
            for (int word = 0; word < 4; word++)
            {
                int left = FoundBits - (word << 5);
                FoundKey[word] = left <= 0 ? 0 : left >= 32 ? _key[word] : _key[word] & ~(0xFFFFFFFF >> left);
            }
            return true;
        }

        private bool NextOfKey(int row, int bits)
        {
            bool six = row >= _vrfs;
            if (IsWide(row))
            {
                if (!six && bits < 0)
                {
                    // 0.0.0.0/0 is always there.
                    CopyKey(_key, FoundKey);
                    FoundBits = 0;
                    FoundHandle = Tree.Find(row, 0);
                    FoundHandle = FoundHandle == PrefixTree.Absent ? ForwardingHandle.None : FoundHandle;
                    return true;
                }
                bool found = Tree.Next(row, bits);
                CopyKey(Tree.FoundKey, FoundKey);
                FoundBits = Tree.FoundBits;
                FoundHandle = Tree.FoundHandle;
                return found;
            }
            int i;
            if (six)
            {
                i = LowerBound6(row - _vrfs, bits);
                i += Is6(row - _vrfs, i, bits) ? 2 : 0;
            }
            else
            {
                i = bits < 0 ? Vrf[row * Stride + Base] : LowerBound(row, _key[0], LastOf(_key[0], bits));
                int at = bits < 0 ? NotFound : Find(row, _key[0], bits);
                i = at == NotFound ? i : at + 1;
            }
            if (i >= Vrf[row * Stride + Base] + Vrf[row * Stride + CountField])
            {
                return false;
            }
            KeyAt(row, i, FoundKey);
            FoundBits = BitsOf(row, i);
            FoundHandle = Handle[i];
            return true;
        }

        private int BitsOf(int row, int i)
        {
            return row >= _vrfs ? Handle[i + 1] : BitsAt(i);
        }

        private void KeyAt(int row, int i, uint[] key)
        {
            if (row >= _vrfs)
            {
                KeyAt6(i, key);
                return;
            }
            key[0] = First[i];
            key[1] = 0;
            key[2] = 0;
            key[3] = 0;
        }

        private static void CopyKey(uint[] from, uint[] to)
        {
            for (int i = 0; i < 4; i++)
            {
                to[i] = from[i];
            }
        }

        private bool SetKey(int row, int bits, int handle)
        {
            bool done = IsWide(row) ? SetWide(row, bits, handle) : row < _vrfs ? SetSmall(row, bits, handle) : SetSmall6(row - _vrfs, bits, handle);
            if (Tree == null)
            {
                Refused += done ? 0 : 1;
                return done;
            }
            if (!done && !IsWide(row))
            {
                // The small pool is full: this row leaves it now, if there is room for it elsewhere.
                uint a = _key[0];
                uint b = _key[1];
                uint c = _key[2];
                uint d = _key[3];
                if (LeaveSmall(row))
                {
                    _key[0] = a;
                    _key[1] = b;
                    _key[2] = c;
                    _key[3] = d;
                    done = SetWide(row, bits, handle);
                }
            }
            else if (done && _job == Growing && _jobRow == row && !Tree.Set(row, bits, handle))
            {
                Fell(row);
            }
            Refused += done ? 0 : 1;
            AfterChange(row);
            return done;
        }

        private bool SetWide(int row, int bits, int handle)
        {
            if (!Tree.Set(row, bits, handle))
            {
                return false;
            }
            if (Slots == null)
            {
                return true;
            }
            if (Slots.Directory[row] != PrefixSlots.None && !Slots.Paint(Slots.Directory[row], Slots.Bits[row], _key, bits, handle))
            {
                DropDirectory(row);
            }
            if (_job == Painting && _jobRow == row && !Slots.Paint(_jobDirectory, _jobDirectoryBits, _key, bits, handle))
            {
                GiveUpPainting();
            }
            return true;
        }

        private bool RemoveKey(int row, int bits)
        {
            if (!IsWide(row))
            {
                bool growing = _job == Growing && _jobRow == row;
                if (growing)
                {
                    Tree.Remove(row, bits);
                }
                int before = _used;
                bool done = row < _vrfs ? RemoveSmall(row, bits) : RemoveSmall6(row - _vrfs, bits);
                if (growing && _used != before)
                {
                    // What follows moved towards the base: nothing may be left out.
                    _jobAt = _jobAt > before - _used ? _jobAt - (before - _used) : 0;
                }
                if (Tree != null)
                {
                    AfterChange(row);
                }
                return done;
            }
            if (!Tree.Remove(row, bits))
            {
                return false;
            }
            if (Slots != null && (Slots.Directory[row] != PrefixSlots.None || (_job == Painting && _jobRow == row)))
            {
                int outerBits = bits > 0 && Tree.Longest(row, bits - 1) ? Tree.FoundBits : 0;
                int outer = bits > 0 && Tree.FoundBits >= 0 ? Tree.FoundHandle : ForwardingHandle.None;
                if (Slots.Directory[row] != PrefixSlots.None)
                {
                    Slots.Unpaint(Slots.Directory[row], Slots.Bits[row], _key, bits, outer, outerBits);
                }
                if (_job == Painting && _jobRow == row)
                {
                    Slots.Unpaint(_jobDirectory, _jobDirectoryBits, _key, bits, outer, outerBits);
                }
            }
            AfterChange(row);
            return true;
        }

        private void AfterChange(int row)
        {
            if (_job == NoJob)
            {
                Consider(row);
            }
            Work(UnitsPerChange);
        }

        /// <summary>Goes on with what is to be rebuilt or closed up: so many prefixes, blocks or 1,024 slots at most. Called once per poll.</summary>
        /// <returns>True when there is more to do.</returns>
        public bool Step(int budget)
        {
            if (Tree == null)
            {
                return false;
            }
            budget -= Tree.Tidy(budget);
            if (_job == NoJob)
            {
                _nextRow = _nextRow + 1 < 2 * _vrfs ? _nextRow + 1 : 0;
                Consider(_nextRow);
            }
            Work(budget);
            return _job != NoJob;
        }

        // Begins the job that brings a row nearer to the layout that its number of prefixes asks for; with hysteresis.
        private void Consider(int row)
        {
            if (!IsWide(row))
            {
                int entries = Vrf[row * Stride + CountField];
                int prefixes = row < _vrfs ? entries - 1 : entries >> 1;
                if (prefixes >= _mediumFrom && Tree.FreeInts >= PrefixTree.RootInts + prefixes * (row < _vrfs ? PrefixTree.UsualInts : PrefixTree.UsualInts6) && Tree.Open(row))
                {
                    _job = Growing;
                    _jobRow = row;
                    _jobAt = 0;
                }
                return;
            }
            int routes = Tree.Routes[row];
            int directory = Slots == null ? PrefixSlots.None : Slots.Directory[row];
            if (directory != PrefixSlots.None && routes < _largeFrom >> 1)
            {
                DropDirectory(row);
                return;
            }
            if (directory == PrefixSlots.None && routes < _mediumFrom >> 2)
            {
                BackToSmall(row);
                return;
            }
            if (Slots == null || routes < _largeFrom || routes >= _tooMany)
            {
                return;
            }
            int now = directory == PrefixSlots.None ? 0 : Slots.Bits[row];
            int wanted = routes >= GreatFrom || (now == GreatDirectory && routes >= GreatFrom >> 1) ? GreatDirectory : LittleDirectory;
            if (now == wanted)
            {
                return;
            }
            int taken = Slots.Take(wanted);
            if (taken == PrefixSlots.None && now == 0 && wanted == GreatDirectory)
            {
                wanted = LittleDirectory;
                taken = Slots.Take(wanted);
            }
            if (taken != PrefixSlots.None)
            {
                _job = Clearing;
                _jobRow = row;
                _jobAt = 0;
                _jobDirectory = taken;
                _jobDirectoryBits = wanted;
            }
        }

        private void Work(int budget)
        {
            for (; budget > 0 && _job != NoJob; budget--)
            {
                if (_job == Growing)
                {
                    Grow();
                }
                else if (_job == Painting)
                {
                    Paint();
                }
                else
                {
                    ClearOrDismantle();
                }
            }
        }

        // One prefix from the segment into the tree.
        private void Grow()
        {
            int row = _jobRow;
            int r = row * Stride;
            if (_jobAt < Vrf[r + CountField])
            {
                int i = Vrf[r + Base] + _jobAt;
                KeyAt(row, i, _key);
                _jobAt += row < _vrfs ? 1 : 2;
                bool unset = row < _vrfs && Handle[i] == ForwardingHandle.None && BitsAt(i) == 0;
                if (!unset && !Tree.Set(row, BitsOf(row, i), Handle[i]))
                {
                    Fell(row);
                }
                return;
            }
            int stays = row < _vrfs ? 1 : 0;
            _used -= Vrf[r + CountField] - stays;
            Vrf[r + CountField] = stays;
            Vrf[r + Rest] = 0;
            Vrf[r + Log] = WideLog;
            if (stays != 0)
            {
                Handle[Vrf[r + Base]] = ForwardingHandle.None;
            }
            _job = NoJob;
        }

        // Takes a row's tree away: the job that grew it ends without it, or it is no longer needed.
        private void Fell(int row)
        {
            Key(0);
            while (Tree.Next(row, -1))
            {
                CopyKey(Tree.FoundKey, _key);
                Tree.Remove(row, Tree.FoundBits);
                Key(0);
            }
            Tree.Close(row);
            _job = _job == Growing ? NoJob : _job;
        }

        private bool LeaveSmall(int row)
        {
            if (_job != Growing || _jobRow != row)
            {
                Work(int.MaxValue);
                if (!Tree.Open(row))
                {
                    return false;
                }
                _job = Growing;
                _jobRow = row;
                _jobAt = 0;
            }
            Work(int.MaxValue);
            return IsWide(row);
        }

        // A quarter of what makes a row leave the layout small is left: at once, when the pool takes it.
        private void BackToSmall(int row)
        {
            int r = row * Stride;
            bool six = row >= _vrfs;
            int width = six ? 2 : 1;
            int all = Tree.Routes[row] * width;
            if (_used + all > First.Length)
            {
                return;
            }
            SetCount(row, Vrf[r + CountField]);
            Key(0);
            int bits = -1;
            while (Tree.Next(row, bits))
            {
                bits = Tree.FoundBits;
                CopyKey(Tree.FoundKey, _key);
                if (six)
                {
                    SetSmall6(row - _vrfs, bits, Tree.FoundHandle);
                }
                else
                {
                    SetSmall(row, bits, Tree.FoundHandle);
                }
            }
            Fell(row);
        }
    }
}
