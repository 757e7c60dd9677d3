using LabEdge.Control;
using LabEdge.Host;

namespace LabEdge.Ospf
{
    // show ip ospf neighbor and show ip ospf interface.
    public sealed partial class OspfModule
    {
        // A neighbour per step, in the order of the interfaces.
        private bool StepNeighbor(int step, uint now, IShowOutput output)
        {
            bool detail = _askedForm != 0;
            if (step == 0 && !detail)
            {
                output.EndLine();
                output.Put("Neighbor ID     Pri   State           Dead Time   Address         Interface");
                output.EndLine();
                return true;
            }
            for (; _showRow < Interfaces.Length; _showRow++, _showLast = -1)
            {
                OspfInterface i = Interfaces[_showRow];
                if (i.Process < 0 || !IsAsked(ProcessOf(i)) || (_askedIndex >= 0 && i.Index != _askedIndex))
                {
                    continue;
                }
                for (_showLast++; _showLast < Neighbors.Length; _showLast++)
                {
                    OspfNeighbor n = Neighbors[_showLast];
                    if (n.Interface == i.Index && (_askedId == 0 || n.RouterId == _askedId))
                    {
                        if (detail)
                        {
                            PutNeighbor(i, n, now, output);
                        }
                        else
                        {
                            PutNeighborLine(i, n, now, output);
                        }
                        return true;
                    }
                }
            }
            return false;
        }

        private static uint Rest(uint due, uint now)
        {
            return (int)(due - now) <= 0 ? 0 : (due - now) / 1000;
        }

        private void PutNeighborLine(OspfInterface i, OspfNeighbor n, uint now, IShowOutput output)
        {
            output.PutAddress(n.RouterId);
            int priority = i.IsPointToPoint ? 0 : n.Priority;
            output.PutTo(priority < 10 ? 18 : priority < 100 ? 17 : 16);
            output.Put(priority);
            output.PutTo(22);
            output.Put(NameOf(n.State));
            output.Put(i.IsPointToPoint ? "/  -" : n.Address == i.DesignatedRouter ? "/DR" : n.Address == i.BackupRouter ? "/BDR" : "/DROTHER");
            output.PutTo(38);
            PutTime(output, Rest(n.DeadAt, now));
            output.PutTo(50);
            output.PutAddress(n.Address);
            output.PutTo(66);
            output.Put(_host.Interfaces.Name[i.Index]);
            output.EndLine();
        }

        private void PutNeighbor(OspfInterface i, OspfNeighbor n, uint now, IShowOutput output)
        {
            output.Put(" Neighbor ");
            output.PutAddress(n.RouterId);
            output.Put(", interface address ");
            output.PutAddress(n.Address);
            output.EndLine();
            output.Put("    In the area ");
            PutArea(output, Areas[i.Area].Id);
            output.Put(" via interface ");
            output.Put(_host.Interfaces.Name[i.Index]);
            output.EndLine();
            Number(output, "    Neighbor priority is ", n.Priority, ", State is ");
            output.Put(NameOf(n.State));
            Number(output, ", ", n.Changes, " state changes");
            output.EndLine();
            output.Put("    DR is ");
            output.PutAddress(n.DesignatedRouter);
            output.Put(" BDR is ");
            output.PutAddress(n.BackupRouter);
            output.EndLine();
            output.Put("    Options is 0x");
            PutHex(output, (uint)n.Options, 2);
            output.Put(" in DBD");
            output.EndLine();
            output.Put("    Dead timer due in ");
            PutTime(output, Rest(n.DeadAt, now));
            output.EndLine();
            if (n.State == OspfNeighbor.Full)
            {
                output.Put("    Neighbor is up for ");
                PutTime(output, (now - n.UpSince) / 1000);
                output.EndLine();
            }
            Number(output, "    Retransmission queue length ", n.Retransmits, ", requests ");
            output.Put(n.Requests);
            output.EndLine();
        }

        // Parts of an interface: what it is, its routers, its timers, its neighbours. Brief: a line.
        private bool StepInterface(int step, uint now, IShowOutput output)
        {
            bool brief = _askedForm != 0;
            if (step == 0 && brief)
            {
                output.Put("Interface    PID   Area            IP Address/Mask    Cost  State Nbrs F/C");
                output.EndLine();
                return true;
            }
            while (_showRow < Interfaces.Length && (Interfaces[_showRow].Process < 0 || !IsAsked(ProcessOf(Interfaces[_showRow])) || (_askedIndex >= 0 && _showRow != _askedIndex)))
            {
                _showRow++;
            }
            if (_showRow == Interfaces.Length)
            {
                return false;
            }
            OspfInterface i = Interfaces[_showRow];
            if (brief)
            {
                PutBrief(i, output);
                _showRow++;
            }
            else if (!StepPart(i, now, output))
            {
                _showRow++;
                _showPart = 0;
                _showLast = -1;
            }
            return true;
        }

        // False when the interface has no more parts; one that is no port has but the first.
        private bool StepPart(OspfInterface i, uint now, IShowOutput output)
        {
            switch (_showPart++)
            {
                case 0:
                    PutInterface(i, output);
                    return i.Index < _host.Interfaces.Ports;
                case 1:
                    PutDesignated(i, i.DesignatedRouter, "  Designated Router (ID) ", output);
                    PutDesignated(i, i.BackupRouter, "  Backup Designated router (ID) ", output);
                    return true;
                case 2:
                    PutTimers(i, now, output);
                    return true;
                default:
                    return PutNextAdjacent(i, output);
            }
        }

        // The address of an interface that is down is that which it would come up with.
        private void PutAddressOf(OspfInterface i, IShowOutput output)
        {
            output.PutAddress(_host.Interfaces.Address[i.Index]);
            Number(output, "/", _host.Interfaces.PrefixBits[i.Index], "");
        }

        private static string StateOf(OspfInterface i, bool brief)
        {
            switch (i.State)
            {
                case OspfInterface.Down: return "DOWN";
                case OspfInterface.Loopback: return brief ? "LOOP" : "LOOPBACK";
                case OspfInterface.Waiting: return brief ? "WAIT" : "WAITING";
                case OspfInterface.PointToPoint: return brief ? "P2P" : "POINT_TO_POINT";
                case OspfInterface.Other: return brief ? "DROTH" : "DROTHER";
                case OspfInterface.Backup: return "BDR";
                default: return "DR";
            }
        }

        private void PutBrief(OspfInterface i, IShowOutput output)
        {
            string name = _host.Interfaces.Name[i.Index];
            int digits = 0;
            while (digits < name.Length && (name[digits] < '0' || name[digits] > '9'))
            {
                digits++;
            }
            output.Put(name.Substring(0, 2));
            output.Put(name.Substring(digits));
            output.PutTo(13);
            output.Put(ProcessOf(i).Number);
            output.PutTo(19);
            PutArea(output, Areas[i.Area].Id);
            output.PutTo(35);
            PutAddressOf(i, output);
            output.PutTo(54);
            output.Put(CostOf(i));
            output.PutTo(60);
            output.Put(StateOf(i, true));
            output.PutTo(66);
            Number(output, "", i.Full, "/");
            output.Put(i.Neighbors);
            output.EndLine();
        }

        private void PutInterface(OspfInterface i, IShowOutput output)
        {
            OspfProcess p = ProcessOf(i);
            output.Put(_host.Interfaces.Name[i.Index]);
            output.Put(_control.IsUp(i.Index) ? " is up, line protocol is up" : _control.IsEnabled(i.Index) ? " is down, line protocol is down" : " is administratively down, line protocol is down");
            output.EndLine();
            output.Put("  Internet Address ");
            PutAddressOf(i, output);
            output.Put(", Area ");
            PutArea(output, Areas[i.Area].Id);
            output.Put(Settings.Has(OspfLines.InterfaceScope | i.Index, OspfLines.Area) ? ", Attached via Interface Enable" : ", Attached via Network Statement");
            output.EndLine();
            Number(output, "  Process ID ", p.Number, ", Router ID ");
            output.PutAddress(p.RouterId);
            output.Put(", Network Type ");
            output.Put(i.IsPointToPoint ? "POINT_TO_POINT" : i.Index >= _host.Interfaces.Ports ? "LOOPBACK" : "BROADCAST");
            Number(output, ", Cost: ", i.WaitsForLdp ? LsaHeader.MaxMetric : CostOf(i), i.WaitsForLdp ? " (waits for LDP)" : "");
            output.EndLine();
            if (i.Index >= _host.Interfaces.Ports)
            {
                Line(output, !i.IsPointToPoint, "  Loopback interface is treated as a stub Host");
                return;
            }
            output.Put("  Transmit Delay is 1 sec, State ");
            output.Put(StateOf(i, false));
            if (!i.IsPointToPoint)
            {
                Number(output, ", Priority ", i.Priority, "");
            }
            output.EndLine();
        }

        private void PutDesignated(OspfInterface i, uint address, string what, IShowOutput output)
        {
            uint id = address == i.Address ? ProcessOf(i).RouterId : 0;
            for (int k = 0; k < Neighbors.Length; k++)
            {
                id = Neighbors[k].Interface == i.Index && Neighbors[k].Address == address ? Neighbors[k].RouterId : id;
            }
            if (address != 0)
            {
                output.Put(what);
                output.PutAddress(id);
                output.Put(", Interface address ");
                output.PutAddress(address);
                output.EndLine();
            }
        }

        private void PutTimers(OspfInterface i, uint now, IShowOutput output)
        {
            Number(output, "  Timer intervals configured, Hello ", i.HelloSeconds, ", Dead ");
            Number(output, "", i.DeadSeconds, ", Wait ");
            Number(output, "", i.DeadSeconds, ", Retransmit ");
            Number(output, "", RetransmitMs / 1000, "");
            output.EndLine();
            if (i.Passive || i.State == OspfInterface.Down)
            {
                Line(output, i.Passive, "    No Hellos (Passive interface)");
            }
            else
            {
                output.Put("    Hello due in ");
                PutTime(output, Rest(i.HelloDue, now));
                output.EndLine();
            }
            Line(output, i.AuthenticationType == OspfHeader.SimplePassword, "  Simple password authentication enabled");
            Line(output, i.AuthenticationType == OspfHeader.Cryptographic, "  Cryptographic authentication enabled");
            if (i.AuthenticationType == OspfHeader.Cryptographic)
            {
                Number(output, i.Key == null ? "      No key configured, using default key id " : "    Youngest key id is ", i.KeyId, "");
                output.EndLine();
            }
            Number(output, "  Neighbor Count is ", i.Neighbors, ", Adjacent neighbor count is ");
            output.Put(i.Full);
            output.EndLine();
        }

        private bool PutNextAdjacent(OspfInterface i, IShowOutput output)
        {
            for (_showLast++; _showLast < Neighbors.Length; _showLast++)
            {
                OspfNeighbor n = Neighbors[_showLast];
                if (n.Interface == i.Index && n.State == OspfNeighbor.Full)
                {
                    output.Put("    Adjacent with neighbor ");
                    output.PutAddress(n.RouterId);
                    output.Put(n.Address == i.DesignatedRouter && !i.IsPointToPoint ? "  (Designated Router)" : n.Address == i.BackupRouter && !i.IsPointToPoint ? "  (Backup Designated Router)" : "");
                    output.EndLine();
                    return true;
                }
            }
            return false;
        }
    }
}
