using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Ospf
{
    // What the configuration asks for. Each call takes effect at once; interfaces follow in the next poll.
    public sealed partial class OspfModule
    {
        /// <summary>Makes a process of a VRF, or finds it by its number.</summary>
        /// <returns>Its index, or <see cref="ControlResult.TableFull"/>.</returns>
        public int AddProcess(int number, int vrf)
        {
            int free = ControlResult.TableFull;
            for (int p = 0; p < Processes.Length; p++)
            {
                if (Processes[p].Number == number)
                {
                    return p;
                }
                free = free < 0 && Processes[p].Number == 0 ? p : free;
            }
            if (free >= 0)
            {
                OspfProcess process = new OspfProcess();
                process.Index = free;
                process.Number = number;
                process.Vrf = vrf;
                Processes[free] = process;
            }
            return free;
        }

        /// <summary>The router id: as given, or 0 = the highest address of a loopback of the VRF, else of an interface. A change restarts the process.</summary>
        public void SetRouterId(int process, uint id)
        {
            OspfProcess p = Processes[process];
            p.ConfiguredId = id;
            if (id == 0)
            {
                id = p.RouterId != 0 ? p.RouterId : ChooseId(p.Vrf);
            }
            if (id != p.RouterId)
            {
                Stop(process);
                p.RouterId = id;
            }
        }

        private uint ChooseId(int vrf)
        {
            InterfaceTable interfaces = _host.Interfaces;
            uint best = 0;
            for (int pass = 0; pass < 2 && best == 0; pass++)
            {
                for (int i = pass == 0 ? interfaces.Ports : 0; i < interfaces.Count; i++)
                {
                    if (interfaces.Vrf[i] == vrf && interfaces.Address[i] > best)
                    {
                        best = interfaces.Address[i];
                    }
                }
            }
            return best;
        }

        /// <returns>The index of an area of a process, made when it is not there; or <see cref="ControlResult.TableFull"/>.</returns>
        public int AddArea(int process, uint id)
        {
            int free = ControlResult.TableFull;
            for (int a = 0; a < Areas.Length; a++)
            {
                if (Areas[a].Process == process && Areas[a].Id == id)
                {
                    return a;
                }
                free = free < 0 && Areas[a].Process < 0 ? a : free;
            }
            if (free >= 0)
            {
                Areas[free] = new OspfArea();
                Areas[free].Index = free;
                Areas[free].Process = process;
                Areas[free].Id = id;
            }
            return free;
        }

        /// <summary>Puts an interface into an area of a process; -1 takes it out. A change takes it down first.</summary>
        public void Enable(int index, int process, int area, bool passive, bool pointToPoint)
        {
            OspfInterface i = Interfaces[index];
            if (i.Process == process && i.Area == area && i.Passive == passive && i.IsPointToPoint == pointToPoint)
            {
                return;
            }
            InterfaceEvent(i, InterfaceMachine.Down);
            i.Process = process;
            i.Area = area;
            i.Passive = passive;
            i.IsPointToPoint = pointToPoint;
        }

        /// <summary>What is redistributed into a process.</summary>
        public void Redistribute(int process, bool connected, bool fromStatic, bool defaultRoute, bool always)
        {
            OspfProcess p = Processes[process];
            p.RedistributeConnected = connected;
            p.RedistributeStatic = fromStatic;
            p.DefaultOriginate = defaultRoute;
            p.DefaultAlways = always;
            OriginateAll(p);
        }

        // Everything learnt and said is forgotten; interfaces come up again in the next poll.
        private void Stop(int process)
        {
            for (int k = 0; k < Interfaces.Length; k++)
            {
                if (Interfaces[k].Process == process)
                {
                    InterfaceEvent(Interfaces[k], InterfaceMachine.Down);
                }
            }
            for (int row = Lsas.High - 1; row >= 0; row--)
            {
                if (Lsas.IsUsed(row) && ProcessOfScope(Lsas.Scope[row]) == process)
                {
                    Forget(row);
                }
            }
            Processes[process].SpfRuns = 0;
            ScheduleSpf(Processes[process]);
        }

        /// <summary>Takes a process away with its areas, interfaces and routes.</summary>
        public void RemoveProcess(int process)
        {
            Stop(process);
            _spf.Abandon(process);
            OspfProcess p = Processes[process];
            for (int r = Routes.High - 1; r >= 0; r--)
            {
                if (Routes.IsOf(r, process))
                {
                    if (!Routes.IsRouter(r))
                    {
                        _control.Routes.SetHops(p.Vrf, Routes.Prefix[r], Routes.Bits[r], RouteSource.Ospf, p.Distance, 0, null, null, 0, 0);
                    }
                    Routes.Remove(r);
                }
            }
            for (int k = 0; k < Interfaces.Length; k++)
            {
                Interfaces[k].Area = Interfaces[k].Process == process ? -1 : Interfaces[k].Area;
                Interfaces[k].Process = Interfaces[k].Process == process ? -1 : Interfaces[k].Process;
            }
            for (int a = 0; a < Areas.Length; a++)
            {
                Areas[a].Process = Areas[a].Process == process ? -1 : Areas[a].Process;
            }
            p.Number = 0;
            p.RouterId = 0;
        }

        // The interface of a process with this very address, or -1.
        internal int InterfaceWith(OspfProcess p, uint address)
        {
            int index = _host.Interfaces.IndexOf(p.Vrf, address);
            return index >= 0 && Interfaces[index].Process == p.Index && Interfaces[index].State != OspfInterface.Down ? index : -1;
        }

        // The interface of a process on this prefix, or -1.
        internal int InterfaceOn(OspfProcess p, uint prefix, uint mask)
        {
            for (int k = 0; k < Interfaces.Length; k++)
            {
                if (Interfaces[k].Process == p.Index && Interfaces[k].State != OspfInterface.Down && (Interfaces[k].Address & mask) == prefix)
                {
                    return k;
                }
            }
            return -1;
        }

        // The address of the neighbour with this router id on an interface; 0 = none.
        internal uint AddressOfNeighbor(int index, uint router)
        {
            for (int k = 0; k < Neighbors.Length; k++)
            {
                if (Neighbors[k].Interface == index && Neighbors[k].RouterId == router && Neighbors[k].State == OspfNeighbor.Full)
                {
                    return Neighbors[k].Address;
                }
            }
            return 0;
        }
    }
}
