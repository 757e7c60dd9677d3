using LabEdge.Control;

namespace LabEdge.Ospf
{
    // Read RFC 5882 section 3 before changing this file.
    // Neighbours that somebody else watches (BFD): asked for from 2-Way on, and gone as soon as a session that was up is down.
    public sealed partial class OspfModule
    {
        private int _livenessVersion;
        private bool _watchDue;

        // True when rows were asked for or given back: who serves them runs again at once.
        private bool FollowLiveness()
        {
            Liveness liveness = _control.Liveness;
            if (liveness == null || (!_watchDue && _livenessVersion == liveness.Version))
            {
                return false;
            }
            _watchDue = false;
            int rows = liveness.RowsVersion;
            for (int k = 0; k < Neighbors.Length; k++)
            {
                if (IsWatched(Neighbors[k]))
                {
                    Watch(liveness, Neighbors[k]);
                }
            }
            for (int row = 0; row < liveness.Rows; row++)
            {
                if ((liveness.Owners[row] & Liveness.Ospf) != 0 && !IsWatched(liveness.Port[row], liveness.Neighbor[row]))
                {
                    liveness.Release(Liveness.Ospf, row);
                }
            }
            _livenessVersion = liveness.Version;
            return rows != liveness.RowsVersion;
        }

        private void Watch(Liveness liveness, OspfNeighbor n)
        {
            int row = liveness.Find(n.Interface, n.Address);
            if (row == Liveness.None || (liveness.Owners[row] & Liveness.Ospf) == 0)
            {
                n.WasAlive = false;
                liveness.Ask(Liveness.Ospf, n.Interface, n.Address);
                return;
            }

            // One that has not come up yet keeps no neighbour down: the other end may not speak BFD.
            bool failed = n.WasAlive && liveness.State[row] == Liveness.Down;
            n.WasAlive = liveness.State[row] == Liveness.Up;
            if (failed)
            {
                NeighborEvent(n, NeighborMachine.BfdDown);
            }
        }

        private bool IsWatched(OspfNeighbor n)
        {
            return n.Interface >= 0 && n.State >= OspfNeighbor.TwoWay && Interfaces[n.Interface].Bfd;
        }

        private bool IsWatched(int port, uint address)
        {
            for (int k = 0; k < Neighbors.Length; k++)
            {
                if (Neighbors[k].Interface == port && Neighbors[k].Address == address && IsWatched(Neighbors[k]))
                {
                    return true;
                }
            }
            return false;
        }
    }
}
