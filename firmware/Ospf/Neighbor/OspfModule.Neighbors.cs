using LabEdge.Control;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Ospf
{
    // Read RFC 2328 sections 10.3 to 10.9 before changing this file.
    // Neighbours: the machine's actions, database description, requests.
    public sealed partial class OspfModule
    {
        private OspfNeighbor AddNeighbor(OspfInterface i, uint router, uint source)
        {
            for (int k = 0; k < Neighbors.Length; k++)
            {
                OspfNeighbor n = Neighbors[k];
                if (n.Interface < 0)
                {
                    n.Interface = i.Index;
                    n.State = OspfNeighbor.Down;
                    n.RouterId = router;
                    n.Address = source;
                    n.Priority = 0;
                    n.DesignatedRouter = 0;
                    n.BackupRouter = 0;
                    n.CryptographicSequence = 0;
                    n.Changes = 0;
                    n.Sequence = _random.Next() >> 4;

                    // Its station address is there before the first packet to it alone.
                    n.HostSlot = i.IsPointToPoint ? -1 : _host.Neighbors.FindOrAdd(i.Index, source, true);
                    i.Neighbors++;
                    ClearLists(n);
                    return n;
                }
            }
            return null;
        }

        private uint PollNeighbor(OspfNeighbor n)
        {
            OspfInterface i = Interfaces[n.Interface];
            uint next = Until(n.DeadAt);
            if (next == 0)
            {
                NeighborEvent(n, NeighborMachine.Inactivity);
                return 0;
            }
            if (n.State == OspfNeighbor.ExStart || (n.State == OspfNeighbor.Exchange && n.IsMaster))
            {
                if (Until(n.DescriptionDue) == 0)
                {
                    SendDescription(i, n);
                }
                next = Sooner(next, Until(n.DescriptionDue));
            }
            if (n.Requests != 0)
            {
                if (Until(n.RequestDue) == 0)
                {
                    SendRequest(i, n);
                }
                next = Sooner(next, Until(n.RequestDue));
            }
            if (n.Retransmits != 0)
            {
                if (Until(n.RetransmitDue) == 0)
                {
                    Retransmit(i, n);
                }
                next = Sooner(next, Until(n.RetransmitDue));
            }
            return next;
        }

        private void NeighborEvent(OspfNeighbor n, int machineEvent)
        {
            OspfInterface i = Interfaces[n.Interface];
            int before = n.State;
            switch (NeighborMachine.ActionOf(n.State, machineEvent))
            {
                case NeighborMachine.StartTimer:
                    n.DeadAt = _now + (uint)i.DeadSeconds * 1000;
                    return;
                case NeighborMachine.Begin:
                    n.DeadAt = _now + (uint)i.DeadSeconds * 1000;
                    n.State = OspfNeighbor.Init;
                    return;
                case NeighborMachine.Decide:
                    n.State = OspfNeighbor.TwoWay;
                    if (i.IsTransit)
                    {
                        InterfaceEvent(i, InterfaceMachine.NeighborChange);
                    }
                    if (n.State == OspfNeighbor.TwoWay && ShouldBeAdjacent(i, n))
                    {
                        StartExchange(n);
                    }
                    break;
                case NeighborMachine.Review:
                    if (n.State == OspfNeighbor.TwoWay && ShouldBeAdjacent(i, n))
                    {
                        StartExchange(n);
                    }
                    else if (n.State > OspfNeighbor.TwoWay && !ShouldBeAdjacent(i, n))
                    {
                        ClearLists(n);
                        n.State = OspfNeighbor.TwoWay;
                    }
                    break;
                case NeighborMachine.BeginExchange:
                    n.State = OspfNeighbor.Exchange;
                    n.SummaryAt = 0;
                    n.SummaryNext = 0;
                    n.TheirMore = true;
                    break;
                case NeighborMachine.EndExchange:
                    n.State = n.Requests == 0 ? OspfNeighbor.Full : OspfNeighbor.Loading;
                    break;
                case NeighborMachine.Complete:
                    n.State = OspfNeighbor.Full;
                    break;
                case NeighborMachine.Restart:
                    StartExchange(n);
                    break;
                case NeighborMachine.FallBack:
                    ClearLists(n);
                    n.State = OspfNeighbor.Init;
                    break;
                case NeighborMachine.Delete:
                    ClearLists(n);
                    n.State = OspfNeighbor.Down;
                    break;
                default:
                    return;
            }
            AfterChange(i, n, before, machineEvent);
        }

        // What depends on a neighbour's state: advertisements, election, the count of full ones.
        private void AfterChange(OspfInterface i, OspfNeighbor n, int before, int machineEvent)
        {
            if (n.State != before)
            {
                n.Changes++;
            }
            if ((n.State == OspfNeighbor.Full) != (before == OspfNeighbor.Full))
            {
                n.UpSince = _now;
                i.Full += n.State == OspfNeighbor.Full ? 1 : -1;
                Areas[i.Area].RouterLsaDue = true;
                i.NetworkLsaDue = i.State == OspfInterface.Designated;
            }
            OspfProcess p = ProcessOf(i);
            if (n.State != before && (p.LogDetail || (p.LogChanges && (n.State == OspfNeighbor.Full || before == OspfNeighbor.Full))))
            {
                _control.Log.Add(LogEvent.OspfAdjacency, i.Index, (int)n.RouterId, (machineEvent << 24) | (p.Number << 8) | (before << 4) | n.State);
            }
            bool wasTwoWay = before >= OspfNeighbor.TwoWay;
            _watchDue |= wasTwoWay != n.State >= OspfNeighbor.TwoWay;
            if (n.State == OspfNeighbor.Down)
            {
                if (n.HostSlot >= 0)
                {
                    _host.Neighbors.Release(n.HostSlot);
                }
                n.HostSlot = -1;
                n.Interface = -1;
                i.Neighbors--;
            }
            if (wasTwoWay && n.State < OspfNeighbor.TwoWay)
            {
                InterfaceEvent(i, InterfaceMachine.NeighborChange);
            }
        }

        private static bool ShouldBeAdjacent(OspfInterface i, OspfNeighbor n)
        {
            return i.State == OspfInterface.PointToPoint || i.State >= OspfInterface.Backup
                || (i.State == OspfInterface.Other && (n.Address == i.DesignatedRouter || n.Address == i.BackupRouter));
        }

        private void StartExchange(OspfNeighbor n)
        {
            ClearLists(n);
            n.State = OspfNeighbor.ExStart;
            n.Sequence++;
            n.IsMaster = true;
            n.LastFlags = -1;
            n.SentMore = true;
            n.DescriptionDue = _now;
        }

        private void ClearLists(OspfNeighbor n)
        {
            for (int row = _retransmit.Next(n.Index, 0); row >= 0; row = _retransmit.Next(n.Index, row + 1))
            {
                Lsas.Holders[row]--;
            }
            _retransmit.Clear(n.Index);
            n.Retransmits = 0;
            for (int row = _request.Next(n.Index, 0); row >= 0; row = _request.Next(n.Index, row + 1))
            {
                Unwant(n, row);
            }
            _request.Clear(n.Index);
            n.Requests = 0;
        }

        // A row that was made for a request only goes when nobody asks any more.
        private void Unwant(OspfNeighbor n, int row)
        {
            _request.Remove(n.Index, row);
            for (int k = 0; k < Neighbors.Length; k++)
            {
                if (_request.Has(k, row))
                {
                    return;
                }
            }
            Lsas.Flags[row] = (byte)(Lsas.Flags[row] & ~LsaTable.Wanted);
            if (Lsas.At[row] < 0)
            {
                Lsas.Remove(row);
            }
        }

        private uint DestinationOf(OspfInterface i, OspfNeighbor n)
        {
            return i.IsPointToPoint ? AllRouters : n.Address;
        }

        // One description: an empty one in ExStart, else as many headers as fit from SummaryAt on.
        private void SendDescription(OspfInterface i, OspfNeighbor n)
        {
            byte[] b = Out;
            int at = Packet + OspfHeader.Length;
            int length = OspfHeader.Length + DescriptionPacket.Length;
            int flags = n.IsMaster ? DescriptionPacket.Master : 0;
            if (n.State == OspfNeighbor.ExStart)
            {
                flags = DescriptionPacket.Master | DescriptionPacket.More | DescriptionPacket.Initial;
            }
            else
            {
                int room = Room(i);
                int row = n.SummaryAt;
                while (row < Lsas.High)
                {
                    if (IsDescribed(i, row))
                    {
                        if (length + LsaHeader.Length > room)
                        {
                            break;
                        }
                        Lsas.CopyTo(row, b, Packet + length, LsaHeader.Length, 0, _now);
                        length += LsaHeader.Length;
                    }
                    row++;
                }
                n.SummaryNext = row;
                n.SentMore = row < Lsas.High;
                flags |= n.SentMore ? DescriptionPacket.More : 0;
            }
            DescriptionPacket.Write(b, at, _tables.Ports.MtuOf(i.Index), OptionsOf(i), flags, n.Sequence);
            n.DescriptionDue = _now + RetransmitMs;
            Send(i, OspfHeader.DatabaseDescription, length, DestinationOf(i, n));
        }

        private bool IsDescribed(OspfInterface i, int row)
        {
            return Lsas.IsAlive(row, _now) && (Lsas.Scope[row] == i.Area || (Lsas.Scope[row] == LsaTable.ProcessScope + i.Process && !Areas[i.Area].Stub));
        }

        private bool DescriptionIn(OspfInterface i, OspfNeighbor n, byte[] b, int at, int length)
        {
            if (!DescriptionPacket.Fits(length))
            {
                return Refuse(PacketFault.Malformed);
            }
            if (!i.MtuIgnore && Octets.ReadUInt16(b, at + DescriptionPacket.MtuOffset) > _tables.Ports.MtuOf(i.Index))
            {
                return Refuse(PacketFault.MtuMismatch);
            }
            int flags = b[at + DescriptionPacket.FlagsOffset] & 7;
            int options = b[at + DescriptionPacket.OptionsOffset];
            uint sequence = Octets.ReadUInt32(b, at + DescriptionPacket.SequenceOffset);
            bool duplicate = flags == n.LastFlags && options == n.LastOptions && sequence == n.LastSequence;
            if (n.State == OspfNeighbor.Init)
            {
                NeighborEvent(n, NeighborMachine.TwoWayReceived);
            }
            if (n.State == OspfNeighbor.ExStart && !Negotiate(i, n, flags, sequence, length))
            {
                return true;
            }
            if (n.State < OspfNeighbor.ExStart)
            {
                return true;
            }
            if (n.State >= OspfNeighbor.Loading)
            {
                // The slave's last answer may have been lost; anything else is out of order.
                if (!duplicate)
                {
                    NeighborEvent(n, NeighborMachine.SequenceMismatch);
                }
                else if (!n.IsMaster)
                {
                    SendDescription(i, n);
                }
                return true;
            }
            if (duplicate)
            {
                if (!n.IsMaster)
                {
                    SendDescription(i, n);
                }
                return true;
            }
            bool theirMaster = (flags & DescriptionPacket.Master) != 0;
            bool first = n.LastFlags < 0;
            bool inOrder = n.IsMaster ? sequence == n.Sequence : sequence == (first ? n.Sequence : n.Sequence + 1);
            if (theirMaster == n.IsMaster || ((flags & DescriptionPacket.Initial) != 0 && !first) || (!first && options != n.LastOptions) || !inOrder
                || !TakeHeaders(i, n, b, at + DescriptionPacket.Length, length - DescriptionPacket.Length))
            {
                NeighborEvent(n, NeighborMachine.SequenceMismatch);
                return true;
            }
            n.LastFlags = flags;
            n.LastOptions = options;
            n.LastSequence = sequence;
            n.Options = options;
            n.TheirMore = (flags & DescriptionPacket.More) != 0;
            GoOn(i, n, sequence);
            return true;
        }

        // RFC 2328 section 10.8. True when the packet is then to be taken as the first of the exchange.
        private bool Negotiate(OspfInterface i, OspfNeighbor n, int flags, uint sequence, int length)
        {
            uint own = ProcessOf(i).RouterId;
            if (flags == 7 && length == DescriptionPacket.Length && n.RouterId > own)
            {
                n.IsMaster = false;
                n.Sequence = sequence;
            }
            else if ((flags & (DescriptionPacket.Initial | DescriptionPacket.Master)) == 0 && sequence == n.Sequence && n.RouterId < own)
            {
                n.IsMaster = true;
            }
            else
            {
                return false;
            }
            NeighborEvent(n, NeighborMachine.NegotiationDone);
            return true;
        }

        // Master: the next packet, or the end. Slave: the answer; the end when neither has more.
        private void GoOn(OspfInterface i, OspfNeighbor n, uint sequence)
        {
            if (n.IsMaster)
            {
                // What the answered packet held has arrived. (The first answer is to the empty one.)
                bool done = !n.SentMore;
                n.SummaryAt = n.SummaryNext;
                n.Sequence++;
                if (done && !n.TheirMore)
                {
                    NeighborEvent(n, NeighborMachine.ExchangeDone);
                    return;
                }
                SendDescription(i, n);
                return;
            }
            n.Sequence = sequence;
            n.SummaryAt = n.SummaryNext;
            SendDescription(i, n);
            if (!n.TheirMore && !n.SentMore)
            {
                NeighborEvent(n, NeighborMachine.ExchangeDone);
            }
        }

        // False for a header that may not stand there.
        private bool TakeHeaders(OspfInterface i, OspfNeighbor n, byte[] b, int at, int length)
        {
            for (int end = at + length; at < end; at += LsaHeader.Length)
            {
                int type = b[at + LsaHeader.TypeOffset];
                if (type < LsaHeader.Router || type > LsaHeader.External || (type == LsaHeader.External && Areas[i.Area].Stub))
                {
                    return false;
                }
                int scope = ScopeOf(i, type);
                uint id = Octets.ReadUInt32(b, at + LsaHeader.IdOffset);
                uint router = Octets.ReadUInt32(b, at + LsaHeader.RouterOffset);
                int row = Lsas.Find(scope, type, id, router);
                if (Lsas.Compare(b, at, row, _now) <= 0)
                {
                    continue;
                }
                row = Lsas.FindOrAdd(scope, type, id, router);
                if (row != LsaTable.None)
                {
                    Lsas.Flags[row] |= LsaTable.Wanted;
                    n.Requests += _request.Add(n.Index, row) ? 1 : 0;
                    n.RequestDue = n.Requests == 1 ? _now : n.RequestDue;
                }
            }
            return true;
        }

        private void SendRequest(OspfInterface i, OspfNeighbor n)
        {
            byte[] b = Out;
            int length = OspfHeader.Length;
            int room = Room(i);
            for (int row = _request.Next(n.Index, 0); row >= 0 && length + 12 <= room; row = _request.Next(n.Index, row + 1))
            {
                Octets.WriteInt32(b, Packet + length, Lsas.Type[row]);
                Octets.WriteUInt32(b, Packet + length + 4, Lsas.Id[row]);
                Octets.WriteUInt32(b, Packet + length + 8, Lsas.Router[row]);
                length += 12;
            }
            n.RequestDue = _now + RetransmitMs;
            if (length > OspfHeader.Length)
            {
                Send(i, OspfHeader.LinkStateRequest, length, DestinationOf(i, n));
            }
        }

        private bool RequestIn(OspfInterface i, OspfNeighbor n, byte[] b, int at, int length)
        {
            if (n.State < OspfNeighbor.Exchange)
            {
                return true;
            }
            if (length % 12 != 0)
            {
                return Refuse(PacketFault.Malformed);
            }
            BeginUpdate();
            for (int end = at + length; at < end; at += 12)
            {
                int type = Octets.ReadInt32(b, at);
                int row = type < LsaHeader.Router || type > LsaHeader.External ? LsaTable.None
                    : Lsas.Find(ScopeOf(i, type), type, Octets.ReadUInt32(b, at + 4), Octets.ReadUInt32(b, at + 8));
                if (row == LsaTable.None || Lsas.At[row] < 0)
                {
                    EndUpdate(i, DestinationOf(i, n));
                    NeighborEvent(n, NeighborMachine.BadRequest);
                    return true;
                }
                PutInUpdate(i, DestinationOf(i, n), row);
            }
            EndUpdate(i, DestinationOf(i, n));
            return true;
        }
    }
}
