namespace LabEdge.Host
{
    // What Control is told of; the tables and their RAM are in NeighborSlots.cs.
    public abstract partial class NeighborSlots
    {
        /// <summary>
        /// Reports changes of what is resolved, each once; <see cref="ChangedPort"/>, <see cref="ChangedResolved"/> and the changed address
        /// of the table say of whom. When a slot went to another neighbour, the loss of the old one is
        /// reported first; the transports of the new one carry nothing before that.
        /// </summary>
        /// <returns>The index, or <see cref="None"/> when nothing (more) changed.</returns>
        public int NextChanged()
        {
            for (int i = 0; i < _count && _changedCount > 0; i++)
            {
                int n = _cursor;
                _cursor = _cursor + 1 < _count ? _cursor + 1 : 0;
                if ((_flags[n] & Changed) == 0)
                {
                    continue;
                }
                if (OwesLoss(n))
                {
                    ChangedPort = _reportedPort[n];
                    TellReported(n);
                    ChangedResolved = false;
                    ClearFlag(n, ReportedResolved);
                    if (IsResolved(n))
                    {
                        // Stays marked: the gain of the new one comes next.
                        WriteTransports(n);
                        _cursor = n;
                    }
                    else
                    {
                        ClearFlag(n, Changed);
                        _changedCount--;
                    }
                    return n;
                }
                bool wasResolved = (_flags[n] & ReportedResolved) != 0;
                bool resolved = IsResolved(n);
                ClearFlag(n, Changed | ReportedResolved);
                _changedCount--;
                if (!wasResolved && !resolved)
                {
                    continue;
                }
                if (resolved)
                {
                    SetFlag(n, ReportedResolved);
                }
                _reportedPort[n] = _port[n];
                Report(n);
                ChangedPort = _port[n];
                ChangedResolved = resolved;
                return n;
            }
            return None;
        }

        // Control knows the slot as another, resolved neighbour, and has not heard that it lost it.
        private bool OwesLoss(int n)
        {
            return (_flags[n] & ReportedResolved) != 0 && (_reportedPort[n] != _port[n] || !IsReported(n));
        }

        protected void MarkChanged(int n)
        {
            if ((_flags[n] & Changed) == 0)
            {
                SetFlag(n, Changed);
                _changedCount++;
            }
        }
    }
}
