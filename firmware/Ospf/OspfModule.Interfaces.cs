using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Ospf
{
    // Read RFC 2328 sections 9 and 10.5 before changing this file.
    // Interfaces: up and down as link, address and configuration say; Hellos; the election of the designated router.
    public sealed partial class OspfModule
    {
        // Follows link and address, then the timers. Returns ms until the next one.
        private uint PollInterface(OspfInterface i)
        {
            InterfaceTable interfaces = _host.Interfaces;
            bool up = i.Process >= 0 && ProcessOf(i).RouterId != 0 && interfaces.Usable[i.Index] && interfaces.Address[i.Index] != 0
                && interfaces.Vrf[i.Index] == ProcessOf(i).Vrf;
            bool same = interfaces.Address[i.Index] == i.Address && interfaces.PrefixBits[i.Index] == i.Bits && interfaces.Vrf[i.Index] == i.Vrf;
            if (i.State != OspfInterface.Down && !(up && same))
            {
                InterfaceEvent(i, InterfaceMachine.Down);
            }
            if (i.State == OspfInterface.Down)
            {
                if (!up)
                {
                    return Idle;
                }
                i.Address = interfaces.Address[i.Index];
                i.Bits = interfaces.PrefixBits[i.Index];
                i.Vrf = interfaces.Vrf[i.Index];
                InterfaceEvent(i, InterfaceMachine.Up);
            }
            if (i.State == OspfInterface.Loopback || i.Passive)
            {
                return Idle;
            }
            uint next = Until(i.HelloDue);
            if (next == 0)
            {
                SendHello(i);

                // A tenth of jitter, so that routers started together do not stay together.
                uint interval = (uint)i.HelloSeconds * 1000;
                i.HelloDue = _now + interval - _random.Next() % (interval / 10);
                next = Until(i.HelloDue);
            }
            if (i.State == OspfInterface.Waiting)
            {
                if (Until(i.WaitDue) == 0)
                {
                    InterfaceEvent(i, InterfaceMachine.WaitTimer);
                    return 0;
                }
                next = Sooner(next, Until(i.WaitDue));
            }
            if (i.AcksWaiting)
            {
                if (Until(i.AckDue) == 0)
                {
                    SendDelayedAcks(i);
                }
                next = i.AcksWaiting ? Sooner(next, Until(i.AckDue)) : next;
            }
            return next;
        }

        private void InterfaceEvent(OspfInterface i, int machineEvent)
        {
            switch (InterfaceMachine.ActionOf(i.State, machineEvent))
            {
                case InterfaceMachine.Start:
                    StartInterface(i);
                    break;
                case InterfaceMachine.Elect:
                    Elect(i);
                    break;
                case InterfaceMachine.Reset:
                    ResetInterface(i);
                    break;
            }
        }

        private void StartInterface(OspfInterface i)
        {
            bool port = i.Index < _host.Interfaces.Ports;
            i.State = !port ? OspfInterface.Loopback : i.IsPointToPoint ? OspfInterface.PointToPoint
                : i.Priority == 0 ? OspfInterface.Other : OspfInterface.Waiting;
            if (i.Passive && port && !i.IsPointToPoint)
            {
                i.State = OspfInterface.Other;
            }
            i.WaitDue = _now + (uint)i.DeadSeconds * 1000;
            i.HelloDue = _now;
            i.Sequence = i.Sequence == 0 ? _random.Next() >> 8 : i.Sequence;
            Areas[i.Area].Interfaces++;
            Areas[i.Area].RouterLsaDue = true;
            if (port && !i.Passive)
            {
                _tables.Ports.SetGroup(i.Index, 5, true);
            }
        }

        private void ResetInterface(OspfInterface i)
        {
            for (int k = 0; k < Neighbors.Length; k++)
            {
                if (Neighbors[k].Interface == i.Index)
                {
                    NeighborEvent(Neighbors[k], NeighborMachine.Kill);
                }
            }
            InterfaceTable interfaces = _host.Interfaces;
            if (i.Index < interfaces.Ports && !i.Passive && interfaces.Usable[i.Index] && interfaces.Address[i.Index] == i.Address && interfaces.Vrf[i.Index] == i.Vrf)
            {
                // A Hello that names nobody: the neighbours need not wait for their dead interval.
                i.DesignatedRouter = 0;
                i.BackupRouter = 0;
                SendHello(i);
            }
            if (i.Index < _host.Interfaces.Ports)
            {
                _tables.Ports.SetGroup(i.Index, 5, false);
                _tables.Ports.SetGroup(i.Index, 6, false);
            }
            FlushNetworkLsa(i);
            i.State = OspfInterface.Down;
            i.DesignatedRouter = 0;
            i.BackupRouter = 0;
            i.Neighbors = 0;
            i.Full = 0;
            i.AcksWaiting = false;
            i.FloodWaiting = false;
            i.NetworkLsaDue = false;
            _acks.Clear(i.Index);
            _flood.Clear(i.Index);
            Areas[i.Area].Interfaces--;
            Areas[i.Area].RouterLsaDue = true;
        }

        private int OptionsOf(OspfInterface i)
        {
            return Areas[i.Area].Stub ? 0 : HelloPacket.External;
        }

        private void SendHello(OspfInterface i)
        {
            byte[] b = Out;
            int at = Packet + OspfHeader.Length;
            HelloPacket.Write(b, at, InterfaceTable.MaskOf(i.Bits), i.HelloSeconds, OptionsOf(i), i.Priority, (uint)i.DeadSeconds, i.DesignatedRouter, i.BackupRouter);
            int length = OspfHeader.Length + HelloPacket.Length;
            int room = Room(i);
            for (int k = 0; k < Neighbors.Length && length + 4 <= room; k++)
            {
                if (Neighbors[k].Interface == i.Index && Neighbors[k].State >= OspfNeighbor.Init)
                {
                    Octets.WriteUInt32(b, Packet + length, Neighbors[k].RouterId);
                    length += 4;
                }
            }
            Send(i, OspfHeader.Hello, length, AllRouters);
        }

        private bool HelloIn(OspfInterface i, OspfNeighbor n, uint router, uint source, byte[] b, int at, int length)
        {
            if (!HelloPacket.Fits(length))
            {
                return Refuse(PacketFault.Malformed);
            }
            if (Octets.ReadUInt16(b, at + HelloPacket.IntervalOffset) != i.HelloSeconds
                || Octets.ReadUInt32(b, at + HelloPacket.DeadOffset) != (uint)i.DeadSeconds
                || (!i.IsPointToPoint && Octets.ReadUInt32(b, at + HelloPacket.MaskOffset) != InterfaceTable.MaskOf(i.Bits))
                || ((b[at + HelloPacket.OptionsOffset] ^ OptionsOf(i)) & HelloPacket.External) != 0)
            {
                return Refuse(PacketFault.HelloMismatch);
            }
            if (n == null)
            {
                n = AddNeighbor(i, router, source);
                if (n == null)
                {
                    return Refuse(PacketFault.TableFull);
                }
                if (i.AuthenticationType == OspfHeader.Cryptographic)
                {
                    n.CryptographicSequence = Octets.ReadUInt32(b, at - OspfHeader.Length + OspfHeader.SequenceOffset);
                }
            }
            else if (n.RouterId != router)
            {
                // Another router has taken the address.
                NeighborEvent(n, NeighborMachine.OneWay);
                n.RouterId = router;
            }
            n.Address = source;
            int before = n.Priority;
            uint designated = n.DesignatedRouter;
            uint backup = n.BackupRouter;
            int state = n.State;
            n.Priority = b[at + HelloPacket.PriorityOffset];
            n.DesignatedRouter = Octets.ReadUInt32(b, at + HelloPacket.DesignatedOffset);
            n.BackupRouter = Octets.ReadUInt32(b, at + HelloPacket.BackupOffset);
            NeighborEvent(n, NeighborMachine.HelloReceived);
            bool answer = state == OspfNeighbor.Down;
            if (!HelloPacket.Names(b, at, length, ProcessOf(i).RouterId))
            {
                NeighborEvent(n, NeighborMachine.OneWay);
            }
            else
            {
                NeighborEvent(n, NeighborMachine.TwoWayReceived);
                Compare(i, n, before, designated, backup, state);
            }
            if (answer)
            {
                // It learns of us at once instead of after an interval.
                SendHello(i);
            }
            return true;
        }

        // What in a Hello asks for an election (RFC 2328 section 10.5, last part).
        private void Compare(OspfInterface i, OspfNeighbor n, int priority, uint designated, uint backup, int state)
        {
            if (i.IsPointToPoint)
            {
                return;
            }
            if (i.State == OspfInterface.Waiting)
            {
                if (n.BackupRouter == n.Address || (n.DesignatedRouter == n.Address && n.BackupRouter == 0))
                {
                    InterfaceEvent(i, InterfaceMachine.BackupSeen);
                }
                return;
            }
            if (priority != n.Priority || state < OspfNeighbor.TwoWay
                || (designated == n.Address) != (n.DesignatedRouter == n.Address) || (backup == n.Address) != (n.BackupRouter == n.Address))
            {
                InterfaceEvent(i, InterfaceMachine.NeighborChange);
            }
        }

        private bool Refuse(int fault)
        {
            BadPackets++;
            LastFault = fault;
            return false;
        }

        // RFC 2328 section 9.4.
        private void Elect(OspfInterface i)
        {
            uint oldDesignated = i.DesignatedRouter;
            uint oldBackup = i.BackupRouter;
            int before = i.State;
            bool wasDesignated = i.DesignatedRouter == i.Address;
            bool wasBackup = i.BackupRouter == i.Address;
            ElectOnce(i);
            if ((i.DesignatedRouter == i.Address) != wasDesignated || (i.BackupRouter == i.Address) != wasBackup)
            {
                ElectOnce(i);
            }
            i.State = i.DesignatedRouter == i.Address ? OspfInterface.Designated : i.BackupRouter == i.Address ? OspfInterface.Backup : OspfInterface.Other;
            _tables.Ports.SetGroup(i.Index, 6, i.State >= OspfInterface.Backup);
            if (before == OspfInterface.Designated && i.State != OspfInterface.Designated)
            {
                FlushNetworkLsa(i);
            }
            if (oldDesignated == i.DesignatedRouter && oldBackup == i.BackupRouter && before == i.State)
            {
                return;
            }
            Areas[i.Area].RouterLsaDue = true;
            i.NetworkLsaDue = i.State == OspfInterface.Designated;
            i.HelloDue = _now;
            for (int k = 0; k < Neighbors.Length; k++)
            {
                if (Neighbors[k].Interface == i.Index)
                {
                    NeighborEvent(Neighbors[k], NeighborMachine.AdjacencyOk);
                }
            }
        }

        private void ElectOnce(OspfInterface i)
        {
            // Backup: of those who do not declare themselves designated, first those who declare themselves backup.
            uint backup = 0;
            uint backupRank = 0;
            uint backupId = 0;
            uint designated = 0;
            uint designatedRank = 0;
            uint designatedId = 0;
            for (int k = -1; k < Neighbors.Length; k++)
            {
                OspfNeighbor n = k < 0 ? null : Neighbors[k];
                if (n != null && (n.Interface != i.Index || n.State < OspfNeighbor.TwoWay))
                {
                    continue;
                }
                int priority = n == null ? i.Priority : n.Priority;
                if (priority == 0)
                {
                    continue;
                }
                uint address = n == null ? i.Address : n.Address;
                uint id = n == null ? ProcessOf(i).RouterId : n.RouterId;
                uint says = n == null ? i.DesignatedRouter : n.DesignatedRouter;
                uint saysBackup = n == null ? i.BackupRouter : n.BackupRouter;
                if (says == address)
                {
                    if (designated == 0 || (uint)priority > designatedRank || ((uint)priority == designatedRank && id > designatedId))
                    {
                        designated = address;
                        designatedRank = (uint)priority;
                        designatedId = id;
                    }
                    continue;
                }
                uint rank = (uint)priority + (saysBackup == address ? 256u : 0u);
                if (backup == 0 || rank > backupRank || (rank == backupRank && id > backupId))
                {
                    backup = address;
                    backupRank = rank;
                    backupId = id;
                }
            }
            i.BackupRouter = backup;
            i.DesignatedRouter = designated != 0 ? designated : backup;
        }
    }
}
