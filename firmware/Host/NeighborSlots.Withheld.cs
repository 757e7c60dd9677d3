namespace LabEdge.Host
{
    // What keeps a port that changed hands from carrying its former VRF's packets; the tables and their RAM are in NeighborSlots.cs.
    public abstract partial class NeighborSlots
    {
        // Values of _withheld. Fresh: no pass has begun since.
        private const byte Open = 0;
        private const byte Fresh = 1;
        private const byte Seen = 2;

        /// <summary>
        /// The address or VRF of a port changed: forgets its entries, and keeps the transports of whoever is heard there unusable
        /// until Control has looked at every path again, for a path of before may name any of them.
        /// </summary>
        public void Withhold(int port)
        {
            _withheld[port] = Fresh;
            for (int n = 0; n < _count; n++)
            {
                if (_port[n] == port)
                {
                    // Another question: it is asked from another address.
                    ClearFlag(n, Asked);
                }
            }
            ClearPort(port);
        }

        /// <summary>True while the port's neighbours are learned and not used.</summary>
        public bool IsWithheld(int port)
        {
            return _withheld[port] != Open;
        }

        /// <summary>Control begins to look at every path.</summary>
        public void BeginPass()
        {
            for (int port = 0; port < _withheld.Length; port++)
            {
                if (_withheld[port] == Fresh)
                {
                    _withheld[port] = Seen;
                }
            }
        }

        /// <summary>Control has looked at every path: ports withheld before <see cref="BeginPass"/> are used again; their neighbours are reported.</summary>
        public void EndPass()
        {
            for (int port = 0; port < _withheld.Length; port++)
            {
                if (_withheld[port] == Seen)
                {
                    _withheld[port] = Open;
                    Rewrite(port);
                }
            }
        }

        /// <summary>True for an entry that has been asked for, so that its answer counts although it is on no subnet of the port.</summary>
        protected bool IsAsked(int n)
        {
            return n != None && _withheld[_port[n]] == Open && (_flags[n] & Asked) != 0;
        }
    }
}
