using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>
    /// Writes what prefix leaves and ILM entries point to. A leaf owns the rows that its handle names, so the tables themselves say what
    /// is there: the same answer as before changes nothing, another one is written whole, published by one store, and only then
    /// are the old rows released (make before break).
    /// </summary>
    public sealed partial class PathWriter
    {
        private const int NoPair = -1;

        private readonly Tables _tables;
        private readonly int[] _service;
        private readonly int[] _transport;
        private readonly int[] _pair;
        private readonly int[] _handles;
        private int _count;

        /// <summary>Uniform mode for what is pushed or popped (RFC 3443); otherwise pipe.</summary>
        public bool Propagate = true;

        /// <summary>Times that rows, a neighbour or a transport were wanted and their table was full.</summary>
        public int Refused;

        public PathWriter(Tables tables, Capacity capacity)
        {
            _tables = tables;
            int members = capacity.GroupMembers > 1 ? capacity.GroupMembers : 1;
            _service = new int[members];
            _transport = new int[members];
            _pair = new int[members];
            _handles = new int[members];
        }

        /// <summary>Members put in since <see cref="Clear"/>.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Starts a new answer.</summary>
        public void Clear()
        {
            _count = 0;
        }

        /// <summary>A path: push (or swap to) the service word over the transport; 0 = push nothing.</summary>
        /// <returns>False when it is one more than a group holds: it is left out.</returns>
        public bool Add(int serviceWord, int transport)
        {
            return AddMember(serviceWord, transport, NoPair);
        }

        /// <summary>Pop and forward: labelled rest over one transport, IPv4 over the other.</summary>
        public void AddPair(int labelledTransport, int ipTransport)
        {
            AddMember(0, labelledTransport, ipTransport);
        }

        private bool AddMember(int serviceWord, int transport, int pair)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_service[i] == serviceWord && _transport[i] == transport && _pair[i] == pair)
                {
                    return true;
                }
            }
            bool room = _count < _service.Length;
            if (room)
            {
                _service[_count] = serviceWord;
                _transport[_count] = transport;
                _pair[_count] = pair;
                _count++;
            }
            return room;
        }

        /// <summary>Publishes a handle without rows (local, glean, VRF) for a prefix.</summary>
        /// <returns>False when the forwarding table is full.</returns>
        public bool PublishPrefix(int vrf, uint prefix, int bits, int handle)
        {
            int old = _tables.Prefixes.HandleOf(vrf, prefix, bits);
            if (old == handle)
            {
                return true;
            }
            if (!_tables.Prefixes.Set(vrf, prefix, bits, handle))
            {
                Refused++;
                return false;
            }
            Release(old == PrefixTable.NotFound ? ForwardingHandle.None : old);
            return true;
        }

        /// <summary>Publishes the members for a prefix. Without rows for them the prefix drops what matches: it does not fall to a shorter one.</summary>
        /// <returns>False when a table is full.</returns>
        public bool PublishPrefix(int vrf, uint prefix, int bits)
        {
            int old = _tables.Prefixes.HandleOf(vrf, prefix, bits);
            if (old != PrefixTable.NotFound && Matches(old))
            {
                return true;
            }
            int handle = Build();
            bool full = handle == ForwardingHandle.None;
            if (full)
            {
                Refused++;
            }
            if (!PublishPrefix(vrf, prefix, bits, handle))
            {
                Release(handle);
                return false;
            }
            return !full;
        }

        public void RemovePrefix(int vrf, uint prefix, int bits)
        {
            int old = _tables.Prefixes.HandleOf(vrf, prefix, bits);
            if (old != PrefixTable.NotFound)
            {
                _tables.Prefixes.Remove(vrf, prefix, bits);
                Release(old);
            }
        }

        /// <summary>Publishes a handle without rows for a label; None takes the entry away.</summary>
        public void PublishLabel(int label, int handle)
        {
            int old = _tables.Labels.Lookup(label);
            if ((old & ~ForwardingHandle.ScopeMask) != handle)
            {
                _tables.Labels.Set(label, handle, ForwardingHandle.ScopeCore);
                Release(old);
            }
        }

        /// <summary>Publishes the members for a label.</summary>
        /// <returns>False when a table is full; there is no entry then.</returns>
        public bool PublishLabel(int label)
        {
            if (Matches(_tables.Labels.Lookup(label)))
            {
                return true;
            }
            int handle = Build();
            if (handle == ForwardingHandle.None)
            {
                Refused++;
            }
            PublishLabel(label, handle);
            return handle != ForwardingHandle.None;
        }

        private int Build()
        {
            for (int i = 0; i < _count; i++)
            {
                _handles[i] = BuildMember(i);
                if (_handles[i] == ForwardingHandle.None)
                {
                    ReleaseFirst(i);
                    return ForwardingHandle.None;
                }
            }
            if (_count == 1)
            {
                return _handles[0];
            }
            int group = _count == 0 ? ForwardingHandle.None : _tables.Groups.Add(_handles, _count);
            if (group == ForwardingHandle.None)
            {
                ReleaseFirst(_count);
            }
            return group;
        }

        private void ReleaseFirst(int count)
        {
            for (int i = 0; i < count; i++)
            {
                Release(_handles[i]);
            }
        }

        private int BuildMember(int i)
        {
            bool pair = _pair[i] != NoPair;
            int path = _tables.Paths.Allocate(pair ? 2 : 1);
            if (path == PathTable.None)
            {
                return ForwardingHandle.None;
            }
            _tables.Paths.Set(path, _service[i], _transport[i], IsUniform(i));
            if (!pair)
            {
                return ForwardingHandle.Path | path;
            }
            _tables.Paths.Set(path + 1, 0, _pair[i], IsUniform(i));
            return ForwardingHandle.PathPair | path;
        }

        // A path that neither pushes nor pops has no TTL rule.
        private bool IsUniform(int i)
        {
            return Propagate && (_service[i] != 0 || _pair[i] != NoPair);
        }

        private bool Matches(int handle)
        {
            if (ForwardingHandle.Kind(handle) != ForwardingHandle.Group)
            {
                return _count == 1 && MatchesMember(handle, 0);
            }
            int r = ForwardingHandle.Index(handle) * _tables.Groups.Stride;
            if (_tables.Groups.Record[r] != _count)
            {
                return false;
            }
            for (int i = 0; i < _count; i++)
            {
                if (!MatchesMember(_tables.Groups.Record[r + 1 + i], i))
                {
                    return false;
                }
            }
            return true;
        }

        private bool MatchesMember(int handle, int i)
        {
            bool pair = _pair[i] != NoPair;
            if (ForwardingHandle.Kind(handle) != (pair ? ForwardingHandle.PathPair : ForwardingHandle.Path))
            {
                return false;
            }
            int path = ForwardingHandle.Index(handle);
            return HasRow(path, _service[i], _transport[i], IsUniform(i)) && (!pair || HasRow(path + 1, 0, _pair[i], IsUniform(i)));
        }

        private bool HasRow(int path, int service, int transport, bool uniform)
        {
            int r = path * PathTable.Stride;
            return _tables.Paths.Record[r + PathTable.Service] == service
                && _tables.Paths.Record[r + PathTable.Transport] == (transport | (uniform ? PathTable.Uniform : 0));
        }

        /// <summary>Releases the rows that a handle names, if it names any.</summary>
        private void Release(int handle)
        {
            int kind = ForwardingHandle.Kind(handle);
            int index = ForwardingHandle.Index(handle);
            if (kind == ForwardingHandle.Path)
            {
                _tables.Paths.Release(index, 1);
            }
            else if (kind == ForwardingHandle.PathPair)
            {
                _tables.Paths.Release(index, 2);
            }
            else if (kind == ForwardingHandle.Group)
            {
                int r = index * _tables.Groups.Stride;
                for (int i = 0; i < _tables.Groups.Record[r]; i++)
                {
                    Release(_tables.Groups.Record[r + 1 + i]);
                }
                _tables.Groups.Release(index);
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("path writer");
            bill.Object(8);
            bill.Array(_service.Length * 4);
            bill.Array(_transport.Length * 4);
            bill.Array(_pair.Length * 4);
            bill.Array(_handles.Length * 4);
        }
    }
}
