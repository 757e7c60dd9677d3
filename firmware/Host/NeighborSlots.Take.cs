using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    // Who gets a slot when all are taken; the tables and their RAM are in NeighborSlots.cs.
    public abstract partial class NeighborSlots
    {
        // Whose entries may go: of the port itself, of ports above their share, of all.
        private const int OfPort = 0;
        private const int AboveShare = 1;
        private const int OfAll = 2;

        /// <summary>
        /// A free slot; else that of an entry that nobody wants, the unresolved before the resolved, the oldest first. Each port that
        /// holds entries has an equal share of the slots. A port below its share takes from the ports above theirs, then its own;
        /// a port that has its share takes its own only, so that a scan on one port costs the others no entry. What Control wants
        /// may in the end take from all.
        /// </summary>
        /// <returns><see cref="None"/> when no such entry is left, or no transport row. The caller writes the address.</returns>
        protected int TakeSlot(int port, bool wanted)
        {
            int slot = FreeSlot();
            if (slot == None)
            {
                slot = Evictable(port, wanted);
            }
            if (slot == None)
            {
                Refused++;
                return None;
            }
            if (_state[slot] != Free)
            {
                Evicted++;
                Step(slot, NeighborMachine.Forgotten);
            }
            _held[port]++;
            _port[slot] = port;
            _touchedAt[slot] = _now;
            ClearFlag(slot, Asked);
            for (int i = 0; i < EthernetHeader.AddressLength; i++)
            {
                _hardware[slot * EthernetHeader.AddressLength + i] = 0;
            }
            return slot;
        }

        // The first free slot that has a transport row, or gets one.
        private int FreeSlot()
        {
            bool noRows = false;
            for (int n = 0; n < _count; n++)
            {
                if (_state[n] != Free)
                {
                    continue;
                }
                if (_ipTransport[n] == TransportTable.None && !noRows)
                {
                    _ipTransport[n] = _tables.Transports.Allocate();
                    noRows = _ipTransport[n] == TransportTable.None;
                }
                if (_ipTransport[n] != TransportTable.None)
                {
                    return n;
                }
            }
            return None;
        }

        private int Evictable(int port, bool wanted)
        {
            int users = _held[port] == 0 ? 1 : 0;
            for (int p = 0; p < _held.Length; p++)
            {
                users += _held[p] > 0 ? 1 : 0;
            }
            int share = _count / users;
            int slot = _held[port] < share ? Oldest(AboveShare, port, share) : None;
            if (slot == None)
            {
                slot = Oldest(OfPort, port, share);
            }
            return slot == None && wanted ? Oldest(OfAll, port, share) : slot;
        }

        private int Oldest(int whose, int port, int share)
        {
            int best = None;
            bool bestResolved = false;
            for (int n = 0; n < _count; n++)
            {
                if (_state[n] == Free || _references[n] > 0 || (whose == OfPort && _port[n] != port)
                    || (whose == AboveShare && _held[_port[n]] <= share))
                {
                    continue;
                }
                bool resolved = IsResolved(n);
                if (best == None || (bestResolved && !resolved) || (bestResolved == resolved && (int)(_touchedAt[best] - _touchedAt[n]) > 0))
                {
                    best = n;
                    bestResolved = resolved;
                }
            }
            return best;
        }
    }
}
