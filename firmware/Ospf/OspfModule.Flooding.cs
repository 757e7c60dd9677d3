using LabEdge.Forwarding.Wire;

namespace LabEdge.Ospf
{
    // Read RFC 2328 section 13 before changing this file.
    // Updates and acknowledgments in both directions, retransmission, ages.
    public sealed partial class OspfModule
    {
        private int _updateLength;
        private int _updateCount;

        private void BeginUpdate()
        {
            _updateLength = OspfHeader.Length + 4;
            _updateCount = 0;
        }

        // Adds a row to the update under way, which goes out first when it is full.
        private void PutInUpdate(OspfInterface i, uint destination, int row)
        {
            int length = Lsas.LengthOf(row);
            if (_updateLength + length > Room(i) && _updateCount != 0)
            {
                EndUpdate(i, destination);
            }
            if (_updateLength + length > Room(i))
            {
                return;
            }
            // InfTransDelay of a second (RFC 2328 section 13.3, step 5).
            Lsas.CopyTo(row, Out, Packet + _updateLength, length, 1, _now);
            _updateLength += length;
            _updateCount++;
        }

        private void EndUpdate(OspfInterface i, uint destination)
        {
            if (_updateCount != 0)
            {
                Octets.WriteInt32(Out, Packet + OspfHeader.Length, _updateCount);
                Send(i, OspfHeader.LinkStateUpdate, _updateLength, destination);
            }
            BeginUpdate();
        }

        // Where floods and delayed acknowledgments go (RFC 2328 section 13.3, step 5, and 13.5).
        private static uint GroupOf(OspfInterface i)
        {
            return i.State == OspfInterface.Other ? AllDesignated : AllRouters;
        }

        private void SendFlood(OspfInterface i)
        {
            i.FloodWaiting = false;
            BeginUpdate();
            for (int row = _flood.Next(i.Index, 0); row >= 0; row = _flood.Next(i.Index, row + 1))
            {
                _flood.Remove(i.Index, row);
                if (Lsas.IsUsed(row) && Lsas.At[row] >= 0)
                {
                    PutInUpdate(i, GroupOf(i), row);
                }
            }
            EndUpdate(i, GroupOf(i));
        }

        private void Retransmit(OspfInterface i, OspfNeighbor n)
        {
            int most = Room(i);
            BeginUpdate();
            for (int row = _retransmit.Next(n.Index, 0); row >= 0 && _updateLength < most; row = _retransmit.Next(n.Index, row + 1))
            {
                PutInUpdate(i, DestinationOf(i, n), row);
            }
            EndUpdate(i, DestinationOf(i, n));
            n.RetransmitDue = _now + RetransmitMs;
        }

        private void Held(OspfNeighbor n, int row)
        {
            if (_retransmit.Add(n.Index, row))
            {
                Lsas.Holders[row]++;
                if (n.Retransmits++ == 0)
                {
                    n.RetransmitDue = _now + RetransmitMs;
                }
            }
        }

        private void Release(OspfNeighbor n, int row)
        {
            if (_retransmit.Remove(n.Index, row))
            {
                Lsas.Holders[row]--;
                n.Retransmits--;
            }
        }

        // Sends a row on (RFC 2328 section 13.3). True when it goes back out of the interface that it came by.
        private bool Flood(int row, OspfInterface from, OspfNeighbor sender)
        {
            bool back = false;
            int scope = Lsas.Scope[row];
            for (int k = 0; k < Interfaces.Length; k++)
            {
                OspfInterface i = Interfaces[k];
                if (i.Neighbors == 0 || i.Process < 0 || (scope >= LsaTable.ProcessScope ? i.Process != scope - LsaTable.ProcessScope || Areas[i.Area].Stub : i.Area != scope))
                {
                    continue;
                }
                bool any = false;
                for (int m = 0; m < Neighbors.Length; m++)
                {
                    OspfNeighbor n = Neighbors[m];
                    if (n.Interface != i.Index || n.State < OspfNeighbor.Exchange || n == sender)
                    {
                        continue;
                    }
                    Held(n, row);
                    any = true;
                }
                if (!any || (i == from && (i.State == OspfInterface.Backup || sender.Address == i.DesignatedRouter || sender.Address == i.BackupRouter)))
                {
                    continue;
                }
                back |= i == from;
                _flood.Add(i.Index, row);
                i.FloodWaiting = true;
            }
            return back;
        }

        private bool UpdateIn(OspfInterface i, OspfNeighbor n, byte[] b, int at, int length)
        {
            if (n.State < OspfNeighbor.Exchange)
            {
                return true;
            }
            if (length < 4)
            {
                return Refuse(PacketFault.Malformed);
            }
            int count = Octets.ReadInt32(b, at);
            int end = at + length;
            at += 4;
            _directCount = 0;
            bool whole = true;
            for (int k = 0; k < count && n.Interface >= 0 && n.State >= OspfNeighbor.Exchange; k++)
            {
                if (end - at < LsaHeader.Length || LsaHeader.ReadLength(b, at) < LsaHeader.Length || LsaHeader.ReadLength(b, at) > end - at)
                {
                    whole = Refuse(PacketFault.Malformed);
                    break;
                }
                if (LsaHeader.Fits(b, at, end - at))
                {
                    Take(i, n, b, at);
                }
                at += LsaHeader.ReadLength(b, at);
            }
            SendDirectAcks(i, n);
            return whole;
        }

        // One advertisement: RFC 2328 section 13, steps 1 to 8.
        private void Take(OspfInterface i, OspfNeighbor n, byte[] b, int at)
        {
            int type = b[at + LsaHeader.TypeOffset];
            if (type < LsaHeader.Router || type > LsaHeader.External || (type == LsaHeader.External && Areas[i.Area].Stub) || !LsaHeader.ChecksumRight(b, at))
            {
                return;
            }
            int scope = ScopeOf(i, type);
            uint id = Octets.ReadUInt32(b, at + LsaHeader.IdOffset);
            uint router = Octets.ReadUInt32(b, at + LsaHeader.RouterOffset);
            int row = Lsas.Find(scope, type, id, router);
            bool has = row != LsaTable.None && Lsas.At[row] >= 0;
            if (!has && LsaHeader.ReadAge(b, at) == LsaHeader.MaxAge && !IsLoading(i.Process))
            {
                DirectAck(i, n, b, at);
                if (row != LsaTable.None && _request.Has(n.Index, row))
                {
                    n.Requests--;
                    Unwant(n, row);
                    NoMoreRequests(n);
                }
                return;
            }
            int newer = Lsas.Compare(b, at, row, _now);
            if (newer > 0)
            {
                if (has && _now - Lsas.Installed[row] < MinArrivalMs && (Lsas.Flags[row] & LsaTable.Self) == 0)
                {
                    return;
                }
                Accept(i, n, b, at, scope, type, id, router);
                return;
            }
            if (row != LsaTable.None && _request.Has(n.Index, row))
            {
                n.Requests--;
                Unwant(n, row);
                NoMoreRequests(n);
            }
            if (newer == 0)
            {
                bool implied = _retransmit.Has(n.Index, row);
                Release(n, row);
                if (!implied)
                {
                    DirectAck(i, n, b, at);
                }
                else if (i.State == OspfInterface.Backup && n.Address == i.DesignatedRouter)
                {
                    DelayAck(i, row);
                }
                return;
            }

            // Ours is newer: the sender gets it, unless its sequence is about to wrap.
            if (Lsas.AgeOf(row, _now) == LsaHeader.MaxAge && Lsas.SequenceOf(row) == LsaHeader.MaxSequence)
            {
                return;
            }
            BeginUpdate();
            PutInUpdate(i, DestinationOf(i, n), row);
            EndUpdate(i, DestinationOf(i, n));
        }

        private void Accept(OspfInterface i, OspfNeighbor n, byte[] b, int at, int scope, int type, uint id, uint router)
        {
            int row = Lsas.FindOrAdd(scope, type, id, router);
            if (row == LsaTable.None)
            {
                return;
            }
            bool changed = IsChange(row, b, at);
            if (!Lsas.Install(row, b, at, _now))
            {
                if (Lsas.At[row] < 0 && (Lsas.Flags[row] & LsaTable.Wanted) == 0)
                {
                    Lsas.Remove(row);
                }
                return;
            }
            for (int k = 0; k < Neighbors.Length; k++)
            {
                Release(Neighbors[k], row);
            }
            bool back = Flood(row, i, n);
            if (_request.Has(n.Index, row))
            {
                // MinLSArrival (step 5a) is for what was received by flooding. This one may be old already: the originator's next, which tells of
                // this very adjacency, may be just behind it, and would come again only after RxmtInterval.
                Lsas.Installed[row] = _now - MinArrivalMs;
                n.Requests--;
                Unwant(n, row);
                NoMoreRequests(n);
            }
            if (!back && (i.State != OspfInterface.Backup || n.Address == i.DesignatedRouter))
            {
                DelayAck(i, row);
            }
            if (changed)
            {
                ScheduleSpf(Processes[i.Process]);
            }
            if (router == ProcessOf(i).RouterId || (type == LsaHeader.Network && IsOurAddress(i.Process, id)))
            {
                SelfReceived(row);
            }
        }

        private bool IsOurAddress(int process, uint address)
        {
            int index = _host.Interfaces.IndexOf(Processes[process].Vrf, address);
            return index >= 0 && Interfaces[index].Process == process;
        }

        // Anything but age, sequence and checksum differs (RFC 2328 section 13.2).
        private bool IsChange(int row, byte[] b, int at)
        {
            int old = Lsas.At[row];
            int length = LsaHeader.ReadLength(b, at);
            if (old < 0 || LsaHeader.ReadLength(Lsas.Pool, old) != length || b[at + LsaHeader.OptionsOffset] != Lsas.Pool[old + LsaHeader.OptionsOffset]
                || (LsaHeader.ReadAge(b, at) == LsaHeader.MaxAge) != (Lsas.AgeOf(row, _now) == LsaHeader.MaxAge))
            {
                return true;
            }
            for (int k = LsaHeader.Length; k < length; k++)
            {
                if (b[at + k] != Lsas.Pool[old + k])
                {
                    return true;
                }
            }
            return false;
        }

        private void NoMoreRequests(OspfNeighbor n)
        {
            if (n.Requests == 0)
            {
                NeighborEvent(n, NeighborMachine.LoadingDone);
            }
            else if (n.Requests > 0 && n.State >= OspfNeighbor.Exchange)
            {
                n.RequestDue = _now + 200;
            }
        }

        private bool IsLoading(int process)
        {
            for (int k = 0; k < Neighbors.Length; k++)
            {
                OspfNeighbor n = Neighbors[k];
                if (n.Interface >= 0 && Interfaces[n.Interface].Process == process && (n.State == OspfNeighbor.Exchange || n.State == OspfNeighbor.Loading))
                {
                    return true;
                }
            }
            return false;
        }

        private void DelayAck(OspfInterface i, int row)
        {
            _acks.Add(i.Index, row);
            if (!i.AcksWaiting)
            {
                i.AcksWaiting = true;
                i.AckDue = _now + AckDelayMs;
            }
        }

        private void SendDelayedAcks(OspfInterface i)
        {
            byte[] b = Out;
            int length = OspfHeader.Length;
            int room = Room(i);
            i.AcksWaiting = false;
            for (int row = _acks.Next(i.Index, 0); row >= 0; row = _acks.Next(i.Index, row + 1))
            {
                if (length + LsaHeader.Length > room)
                {
                    i.AcksWaiting = true;
                    i.AckDue = _now;
                    break;
                }
                _acks.Remove(i.Index, row);
                if (Lsas.IsUsed(row) && Lsas.At[row] >= 0)
                {
                    Lsas.CopyTo(row, b, Packet + length, LsaHeader.Length, 0, _now);
                    length += LsaHeader.Length;
                }
            }
            if (length > OspfHeader.Length)
            {
                Send(i, OspfHeader.LinkStateAck, length, GroupOf(i));
            }
        }

        private void DirectAck(OspfInterface i, OspfNeighbor n, byte[] b, int at)
        {
            if ((_directCount + 1) * LsaHeader.Length > _direct.Length)
            {
                SendDirectAcks(i, n);
            }
            System.Array.Copy(b, at, _direct, _directCount * LsaHeader.Length, LsaHeader.Length);
            _directCount++;
        }

        private void SendDirectAcks(OspfInterface i, OspfNeighbor n)
        {
            int octets = _directCount * LsaHeader.Length;
            _directCount = 0;
            if (octets != 0 && n.Interface >= 0)
            {
                System.Array.Copy(_direct, 0, Out, Packet + OspfHeader.Length, octets);
                Send(i, OspfHeader.LinkStateAck, OspfHeader.Length + octets, DestinationOf(i, n));
            }
        }

        private bool AckIn(OspfNeighbor n, byte[] b, int at, int length)
        {
            if (length % LsaHeader.Length != 0)
            {
                return Refuse(PacketFault.Malformed);
            }
            OspfInterface i = Interfaces[n.Interface];
            for (int end = at + length; at < end && n.State >= OspfNeighbor.Exchange; at += LsaHeader.Length)
            {
                int type = b[at + LsaHeader.TypeOffset];
                int row = Lsas.Find(ScopeOf(i, type), type, Octets.ReadUInt32(b, at + LsaHeader.IdOffset), Octets.ReadUInt32(b, at + LsaHeader.RouterOffset));
                if (row != LsaTable.None && Lsas.At[row] >= 0 && Lsas.Compare(b, at, row, _now) == 0)
                {
                    Release(n, row);
                }
            }
            return true;
        }

        // Once a second a look at every row: own ones are refreshed, old ones flushed and removed (RFC 2328 section 14).
        private uint Age()
        {
            if (_now - _agedAt < 1000)
            {
                return 1000 - (_now - _agedAt);
            }
            _agedAt = _now;
            for (int row = 0; row < Lsas.High; row++)
            {
                if (!Lsas.IsUsed(row) || Lsas.At[row] < 0)
                {
                    continue;
                }
                int age = Lsas.AgeOf(row, _now);
                bool self = (Lsas.Flags[row] & LsaTable.Self) != 0;
                if (age < LsaHeader.MaxAge)
                {
                    if (self && age >= RefreshSeconds)
                    {
                        Refresh(row);
                    }
                    continue;
                }
                if ((Lsas.Flags[row] & LsaTable.Flushing) == 0)
                {
                    Flush(row);
                }
                else if (Lsas.Holders[row] == 0 && !IsLoading(ProcessOfScope(Lsas.Scope[row])) && (Lsas.Flags[row] & LsaTable.Wanted) == 0)
                {
                    Forget(row);
                }
            }
            return 1000;
        }

        private void Forget(int row)
        {
            for (int k = 0; k < Interfaces.Length; k++)
            {
                _flood.Remove(k, row);
                _acks.Remove(k, row);
            }
            Lsas.Remove(row);
        }

        /// <summary>Ends a row: flooded with MaxAge, removed when all have acknowledged it.</summary>
        private void Flush(int row)
        {
            Lsas.Flags[row] |= LsaTable.Flushing;
            for (int k = 0; k < Neighbors.Length; k++)
            {
                Release(Neighbors[k], row);
            }
            Flood(row, null, null);
            ScheduleSpf(Processes[ProcessOfScope(Lsas.Scope[row])]);
        }
    }
}
