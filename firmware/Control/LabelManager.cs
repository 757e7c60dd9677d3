using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Control
{
    /// <summary>
    /// Who owns which label of our window. Labels are given out again in the order of their release and never within
    /// <see cref="QuarantineMs"/> of it: a neighbour that missed the withdrawal must not reach somebody else's service.
    /// A label that was held by hand may be taken by hand again at once: both ends are the operator's, and typing a line anew is
    /// how one corrects it.
    /// </summary>
    public sealed class LabelManager
    {
        /// <summary>How long a released label rests.</summary>
        public const uint QuarantineMs = 180000;

        /// <summary>No label: none is free, or no run of the length asked.</summary>
        public const int None = -1;

        /// <summary>Beside the last owner, in <see cref="_owner"/>.</summary>
        private const byte Resting = 128;

        private readonly int _first;
        private readonly int _count;
        private readonly byte[] _owner;
        private readonly uint[] _releasedAt;

        /// <summary>Two rings over the slots: head _count holds the free labels, head _count + 1 the resting ones, oldest first.</summary>
        private readonly ushort[] _next;
        private readonly ushort[] _previous;
        private int _used;
        private int _min;
        private int _max;
        private int _staticMin;
        private int _staticMax;

        /// <summary>Requests that found no label.</summary>
        public int Refused;

        /// <param name="startOffset">The free labels are given out from this place of the window on, so that a restart begins elsewhere.</param>
        public LabelManager(Tables tables, Capacity capacity, uint startOffset)
        {
            _first = tables.Labels.First;
            _count = capacity.Labels;
            _owner = new byte[_count];
            _releasedAt = new uint[_count];
            _next = new ushort[_count + 2];
            _previous = new ushort[_count + 2];
            _min = _first;
            _max = _first + _count - 1;
            for (int head = _count; head < _count + 2; head++)
            {
                _next[head] = (ushort)head;
                _previous[head] = (ushort)head;
            }
            uint offset = startOffset % (uint)_count;
            int slot = (int)offset;
            for (int i = 0; i < _count; i++)
            {
                Append(_count, slot);
                slot = slot + 1 < _count ? slot + 1 : 0;
            }
        }

        /// <summary>First and last label of our window.</summary>
        public int First
        {
            get { return _first; }
        }

        public int Last
        {
            get { return _first + _count - 1; }
        }

        /// <summary>Labels with an owner.</summary>
        public int Used
        {
            get { return _used; }
        }

        /// <summary>The dynamic range.</summary>
        public int Min
        {
            get { return _min; }
        }

        public int Max
        {
            get { return _max; }
        }

        /// <summary>The static range; 0 = none configured.</summary>
        public int StaticMin
        {
            get { return _staticMin; }
        }

        public int StaticMax
        {
            get { return _staticMax; }
        }

        /// <returns>A <see cref="LabelOwner"/>.</returns>
        public int OwnerOf(int label)
        {
            int slot = label - _first;
            if ((uint)slot >= (uint)_count || _owner[slot] >= Resting)
            {
                return LabelOwner.None;
            }
            return _owner[slot];
        }

        /// <summary>Who holds the label or, while it rests, who held it.</summary>
        /// <returns>A <see cref="LabelOwner"/>.</returns>
        public int LastOwnerOf(int label)
        {
            int slot = label - _first;
            return (uint)slot < (uint)_count ? _owner[slot] & (Resting - 1) : LabelOwner.None;
        }

        public bool IsResting(int label)
        {
            int slot = label - _first;
            return (uint)slot < (uint)_count && _owner[slot] >= Resting;
        }

        /// <summary>The label that has been free the longest, out of the dynamic range.</summary>
        /// <returns>The label, or <see cref="None"/>.</returns>
        public int Allocate(int owner, uint now)
        {
            Expire(now);
            for (int slot = _next[_count]; slot != _count; slot = _next[slot])
            {
                if (IsDynamic(slot))
                {
                    Take(slot, owner);
                    return _first + slot;
                }
            }
            Refused++;
            return None;
        }

        /// <summary>Neighbouring labels out of the dynamic range: the lowest run that is free.</summary>
        /// <returns>The first label, or <see cref="None"/>.</returns>
        public int AllocateBlock(int count, int owner, uint now)
        {
            Expire(now);
            int run = 0;
            for (int slot = 0; slot < _count && count > 0; slot++)
            {
                run = _owner[slot] == LabelOwner.None && IsDynamic(slot) ? run + 1 : 0;
                if (run == count)
                {
                    for (int k = slot - count + 1; k <= slot; k++)
                    {
                        Take(k, owner);
                    }
                    return _first + slot - count + 1;
                }
            }
            Refused++;
            return None;
        }

        /// <summary>Takes one very label, for configuration by hand.</summary>
        /// <returns>Ok, LabelOutOfRange, LabelOutsideWindow, LabelOutsideStaticRange, LabelInUse or LabelQuarantined of <see cref="ControlResult"/>.</returns>
        public int Reserve(int label, int owner, uint now)
        {
            Expire(now);
            if (label < LabelStackEntry.FirstUnreserved || label > LabelStackEntry.Last)
            {
                return ControlResult.LabelOutOfRange;
            }
            int slot = label - _first;
            if ((uint)slot >= (uint)_count)
            {
                return ControlResult.LabelOutsideWindow;
            }
            if (_staticMin != 0 && (label < _staticMin || label > _staticMax))
            {
                return ControlResult.LabelOutsideStaticRange;
            }
            if (_owner[slot] >= Resting)
            {
                if (!LabelOwner.IsByHand(LastOwnerOf(label)) || !LabelOwner.IsByHand(owner))
                {
                    return ControlResult.LabelQuarantined;
                }
            }
            else if (_owner[slot] != LabelOwner.None)
            {
                return ControlResult.LabelInUse;
            }
            Take(slot, owner);
            return ControlResult.Ok;
        }

        /// <summary>Gives back a label that was reserved a moment ago and never used: it is free at once.</summary>
        internal void Cancel(int label)
        {
            int slot = label - _first;
            _owner[slot] = LabelOwner.None;
            Append(_count, slot);
            _used--;
        }

        /// <summary>The label has no owner from now on, and rests.</summary>
        /// <returns>Ok, or NotFound when it had none.</returns>
        public int Release(int label, uint now)
        {
            Expire(now);
            if (OwnerOf(label) == LabelOwner.None)
            {
                return ControlResult.NotFound;
            }
            Rest(label - _first, now);
            return ControlResult.Ok;
        }

        /// <summary>Releases every label of one owner, lowest first.</summary>
        /// <returns>How many.</returns>
        public int ReleaseAll(int owner, uint now)
        {
            Expire(now);
            int released = 0;
            for (int slot = 0; slot < _count && owner != LabelOwner.None; slot++)
            {
                if (_owner[slot] == owner)
                {
                    Rest(slot, now);
                    released++;
                }
            }
            return released;
        }

        /// <summary>Ends the rest of labels whose time has come. Called at least every 24 days (<paramref name="now"/> wraps at 49).</summary>
        public void Expire(uint now)
        {
            for (int slot = _next[_count + 1]; slot != _count + 1; slot = _next[_count + 1])
            {
                if ((int)(now - _releasedAt[slot] - QuarantineMs) < 0)
                {
                    return;
                }
                Unlink(slot);
                Append(_count, slot);
                _owner[slot] = LabelOwner.None;
            }
        }

        /// <summary>Ranges for what is asked from now on; labels already held stay where they are.</summary>
        /// <param name="staticMin">0 = no static range: any free label may be taken by hand.</param>
        public int SetRange(int min, int max, int staticMin, int staticMax)
        {
            if (min < LabelStackEntry.FirstUnreserved || min > max || max > LabelStackEntry.Last)
            {
                return ControlResult.LabelRangeInvalid;
            }
            if (staticMin != 0)
            {
                if (staticMin < LabelStackEntry.FirstUnreserved || staticMin > staticMax || staticMax > LabelStackEntry.Last)
                {
                    return ControlResult.LabelRangeInvalid;
                }
                if (staticMin <= max && min <= staticMax)
                {
                    return ControlResult.LabelRangesOverlap;
                }
                if (staticMin < First || staticMax > Last)
                {
                    return ControlResult.LabelOutsideWindow;
                }
            }
            if (min < First || max > Last)
            {
                return ControlResult.LabelOutsideWindow;
            }
            _min = min;
            _max = max;
            _staticMin = staticMin;
            _staticMax = staticMin == 0 ? 0 : staticMax;
            return ControlResult.Ok;
        }

        private bool IsDynamic(int slot)
        {
            return _first + slot >= _min && _first + slot <= _max;
        }

        private void Take(int slot, int owner)
        {
            Unlink(slot);
            _owner[slot] = (byte)owner;
            _used++;
        }

        private void Rest(int slot, uint now)
        {
            _owner[slot] |= Resting;
            _releasedAt[slot] = now;
            Append(_count + 1, slot);
            _used--;
        }

        private void Append(int head, int slot)
        {
            int last = _previous[head];
            _next[last] = (ushort)slot;
            _previous[slot] = (ushort)last;
            _next[slot] = (ushort)head;
            _previous[head] = (ushort)slot;
        }

        private void Unlink(int slot)
        {
            _next[_previous[slot]] = _next[slot];
            _previous[_next[slot]] = _previous[slot];
        }

        public void Bill(RamBill bill)
        {
            bill.Row("label manager");
            bill.Object(12);
            bill.Array(_owner.Length);
            bill.Array(_releasedAt.Length * 4);
            bill.Array(_next.Length * 2);
            bill.Array(_previous.Length * 2);
        }
    }
}
