using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// LSPs that carry service labels: one transport row per output binding in use, the next hop's labelled header with the LSP's label as
    /// ready octets. All VPN routes and pseudowires over the binding share it, so a moved neighbour rewrites one row.
    /// An LSP whose label is implicit null needs no row: the next hop's own labelled transport is it.
    /// </summary>
    public sealed class TunnelTransports
    {
        private const int None = -1;

        private readonly Tables _tables;
        private readonly NeighborTable _neighbors;
        private readonly LabelBindings _bindings;

        /// <summary>Per tunnel: its binding (-1 = the binding has gone), next hop, transport (-1 = free), and use in this pass.</summary>
        private readonly int[] _binding;
        private readonly int[] _neighbor;
        private readonly int[] _transport;
        private readonly bool[] _marked;

        /// <summary>Per output binding: its tunnel, or -1.</summary>
        private readonly int[] _tunnelOf;
        private readonly int[] _word;
        private readonly byte[] _address;

        public TunnelTransports(Tables tables, HostStack host, Capacity capacity, LabelBindings bindings)
        {
            _tables = tables;
            _neighbors = host.Neighbors;
            _bindings = bindings;
            int rows = capacity.LabelBindings < capacity.Transports ? capacity.LabelBindings : capacity.Transports;
            _binding = new int[rows];
            _neighbor = new int[rows];
            _transport = new int[rows];
            _marked = new bool[rows];
            _tunnelOf = new int[capacity.LabelBindings];
            _word = new int[1];
            _address = new byte[2 * EthernetHeader.AddressLength];
            for (int t = 0; t < rows; t++)
            {
                _transport[t] = TransportTable.None;
            }
            for (int b = 0; b < _tunnelOf.Length; b++)
            {
                _tunnelOf[b] = None;
            }
        }

        /// <summary>Tunnel rows in use.</summary>
        public int Used
        {
            get
            {
                int used = 0;
                for (int t = 0; t < _transport.Length; t++)
                {
                    used += _transport[t] != TransportTable.None ? 1 : 0;
                }
                return used;
            }
        }

        /// <returns>The next hop of the LSP whose transport this is, or -1.</returns>
        public int NeighborOf(int transport)
        {
            for (int t = 0; t < _transport.Length; t++)
            {
                if (_transport[t] == transport)
                {
                    return _neighbor[t];
                }
            }
            return None;
        }

        /// <summary>The transport of the LSP of an output binding, to this next hop. Unusable while the next hop is.</summary>
        /// <returns><see cref="TransportTable.None"/> when a table is full.</returns>
        internal int For(int binding, int neighbor)
        {
            if (_bindings.Label[binding] == LabelStackEntry.ImplicitNull)
            {
                return _neighbors.MplsTransport(neighbor);
            }
            int t = _tunnelOf[binding];
            if (t == None)
            {
                t = Take(binding);
                if (t == None)
                {
                    return TransportTable.None;
                }
                _neighbor[t] = neighbor;
                Write(t);
            }
            else if (_neighbor[t] != neighbor)
            {
                _neighbor[t] = neighbor;
                Write(t);
            }
            _marked[t] = true;
            return _transport[t];
        }

        /// <summary>The next hop's state or address changed.</summary>
        internal void Follow(int neighbor)
        {
            for (int t = 0; t < _transport.Length; t++)
            {
                if (_transport[t] != TransportTable.None && _neighbor[t] == neighbor)
                {
                    Write(t);
                }
            }
        }

        /// <summary>As <see cref="Follow"/>, for all next hops on a port.</summary>
        internal void FollowPort(int port)
        {
            for (int t = 0; t < _transport.Length; t++)
            {
                if (_transport[t] != TransportTable.None && _neighbors.PortOf(_neighbor[t]) == port)
                {
                    Write(t);
                }
            }
        }

        /// <summary>The binding has another label.</summary>
        internal void Relabel(int binding)
        {
            if (_tunnelOf[binding] != None)
            {
                Write(_tunnelOf[binding]);
            }
        }

        /// <summary>The binding has gone: its tunnel carries nothing from now on, and is freed when no path names it any more.</summary>
        internal void Detach(int binding)
        {
            int t = _tunnelOf[binding];
            if (t != None)
            {
                _tunnelOf[binding] = None;
                _binding[t] = None;
                _tables.Transports.SetUnusable(_transport[t]);
            }
        }

        /// <summary>A pass begins: nothing is marked.</summary>
        internal void BeginMarking()
        {
            for (int t = 0; t < _marked.Length; t++)
            {
                _marked[t] = false;
            }
        }

        /// <summary>A whole pass is done: no path names what nobody marked.</summary>
        internal void ReleaseUnmarked()
        {
            for (int t = 0; t < _marked.Length; t++)
            {
                if (_transport[t] != TransportTable.None && !_marked[t])
                {
                    _tables.Transports.Release(_transport[t]);
                    _transport[t] = TransportTable.None;
                    if (_binding[t] != None)
                    {
                        _tunnelOf[_binding[t]] = None;
                    }
                }
            }
        }

        private int Take(int binding)
        {
            for (int t = 0; t < _transport.Length; t++)
            {
                if (_transport[t] == TransportTable.None)
                {
                    _transport[t] = _tables.Transports.Allocate();
                    if (_transport[t] == TransportTable.None)
                    {
                        return None;
                    }
                    _binding[t] = binding;
                    _tunnelOf[binding] = t;
                    return t;
                }
            }
            return None;
        }

        private void Write(int t)
        {
            int n = _neighbor[t];
            int transport = _transport[t];
            if (_binding[t] == None || _bindings.Label[_binding[t]] == LabelStackEntry.ImplicitNull || !_neighbors.IsResolved(n)
                || _neighbors.IsWithheld(_neighbors.PortOf(n)))
            {
                _tables.Transports.SetUnusable(transport);
                return;
            }
            int port = _neighbors.PortOf(n);
            _neighbors.CopyHardware(n, _address, 0);
            _tables.Ports.CopyAddress(port, _address, EthernetHeader.AddressLength);
            _word[0] = LabelStackEntry.Word(_bindings.Label[_binding[t]], 0, false, 255);
            _tables.Transports.Set(transport, port, _tables.Ports.MtuOf(port), _address, 0, _address, EthernetHeader.AddressLength,
                EthernetHeader.Mpls, -1, _word, 1);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("tunnels");
            bill.Object(10);
            bill.Array(_binding.Length * 4);
            bill.Array(_neighbor.Length * 4);
            bill.Array(_transport.Length * 4);
            bill.Array(_marked.Length);
            bill.Array(_tunnelOf.Length * 4);
            bill.Array(_word.Length * 4);
            bill.Array(_address.Length);
        }
    }
}
