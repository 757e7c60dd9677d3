namespace LabEdge.Forwarding
{
    // Directories in front of the tree (layout large): painted, given up and taken apart by jobs.
    public sealed partial class PrefixTable
    {
        // One prefix from the tree into the directory; after the last one the directory answers.
        private void Paint()
        {
            CopyKey(_jobKey, _key);
            if (Tree.Next(_jobRow, _jobAt))
            {
                CopyKey(Tree.FoundKey, _jobKey);
                CopyKey(Tree.FoundKey, _key);
                _jobAt = Tree.FoundBits;
                if (!Slots.Paint(_jobDirectory, _jobDirectoryBits, _key, _jobAt, Tree.FoundHandle))
                {
                    GiveUpPainting();
                }
                return;
            }
            int old = Slots.Directory[_jobRow];
            int oldBits = Slots.Bits[_jobRow];
            Slots.Directory[_jobRow] = _jobDirectory;
            Slots.Bits[_jobRow] = _jobDirectoryBits;
            _job = NoJob;
            if (old != PrefixSlots.None)
            {
                BeginDismantling(old, oldBits);
            }
        }

        private void GiveUpPainting()
        {
            DirectoriesDropped++;
            _tooMany = Tree.Routes[_jobRow];
            BeginDismantling(_jobDirectory, _jobDirectoryBits);
        }

        // The row's directory answers no longer: the tree does.
        private void DropDirectory(int row)
        {
            int directory = Slots.Directory[row];
            int bits = Slots.Bits[row];
            Slots.Directory[row] = PrefixSlots.None;
            if (Tree.Routes[row] >= _largeFrom)
            {
                DirectoriesDropped++;
                _tooMany = Tree.Routes[row];
            }
            if (_job == Painting || _job == Clearing)
            {
                // The chunks ran out for that one too.
                BeginDismantling(_jobDirectory, _jobDirectoryBits);
            }
            if (_job != NoJob)
            {
                Work(int.MaxValue);
            }
            BeginDismantling(directory, bits);
        }

        private void BeginDismantling(int directory, int bits)
        {
            _job = Dismantling;
            _jobAt = 0;
            _jobDirectory = directory;
            _jobDirectoryBits = bits;
        }

        private void ClearOrDismantle()
        {
            if (_jobAt < 1 << _jobDirectoryBits)
            {
                if (_job == Clearing)
                {
                    Slots.Clear(_jobDirectory, _jobAt, SlotsPerUnit);
                }
                else
                {
                    for (int i = 0; i < SlotsPerUnit; i++)
                    {
                        Slots.Dismantle(_jobDirectory + _jobAt + i);
                    }
                }
                _jobAt += SlotsPerUnit;
                return;
            }
            if (_job == Dismantling)
            {
                Slots.GiveBack(_jobDirectory, _jobDirectoryBits);
                _job = NoJob;
                return;
            }
            _job = Painting;
            _jobAt = -1;
            Key(0);
            CopyKey(_key, _jobKey);
        }
    }
}
