using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Ospf
{
    // Read RFC 2328 section 12.4 before changing this file.
    // Own advertisements: built whole, compared with what the database holds, put in when something is different.
    public sealed partial class OspfModule
    {
        /// <summary>A row of ours that somebody has sent us newer: the next origination goes beyond it in any case.</summary>
        private const byte Forced = 16;

        private const int LinkPointToPoint = 1;
        private const int LinkTransit = 2;
        private const int LinkStub = 3;
        private const int BorderBit = 1;
        private const int ExternalBit = 2;

        /// <summary>Metric of what is redistributed (as IOS), and of a default route.</summary>
        private const int ExternalMetric = 20;
        private const int DefaultMetric = 1;
        private const int TypeTwo = 0x80;
        private bool _summariesDue;
        private uint _summariesAt;

        private uint Originate()
        {
            uint next = Idle;
            for (int a = 0; a < Areas.Length; a++)
            {
                if (Areas[a].Process >= 0 && Areas[a].RouterLsaDue)
                {
                    uint wait = OriginateRouter(Areas[a]);
                    Areas[a].RouterLsaDue = wait != 0;
                    next = wait != 0 ? Sooner(next, wait) : next;
                }
            }
            for (int k = 0; k < Interfaces.Length; k++)
            {
                if (Interfaces[k].NetworkLsaDue)
                {
                    uint wait = OriginateNetwork(Interfaces[k]);
                    Interfaces[k].NetworkLsaDue = wait != 0;
                    next = wait != 0 ? Sooner(next, wait) : next;
                }
            }
            for (int p = 0; p < Processes.Length; p++)
            {
                if (Processes[p].Number != 0 && Processes[p].SeenVersion != _control.Routes.Version && IsExternalBorder(Processes[p]))
                {
                    _summariesDue = true;
                    _summariesAt = _now;
                }
            }
            if (_summariesDue && Until(_summariesAt) == 0)
            {
                uint wait = OriginateSummaries();
                _summariesDue = wait != 0;
                _summariesAt = _now + wait;
            }
            return _summariesDue ? Sooner(next, Until(_summariesAt)) : next;
        }

        internal void SummariesDue()
        {
            _summariesDue = true;
            _summariesAt = _now;
        }

        private static bool IsExternalBorder(OspfProcess p)
        {
            return p.RedistributeConnected || p.RedistributeStatic || p.DefaultOriginate;
        }

        private void ScheduleSpf(OspfProcess p)
        {
            if (p.SpfNeeded)
            {
                return;
            }
            p.SpfNeeded = true;
            uint since = _now - p.SpfLast;
            bool quiet = p.SpfRuns == 0 || since > (uint)(p.SpfWaitMs * 2);
            p.SpfWaitMs = quiet ? p.SpfHoldMs : p.SpfWaitMs * 2 > p.SpfMaxMs ? p.SpfMaxMs : p.SpfWaitMs * 2;
            p.SpfDue = quiet ? _now + (uint)p.SpfStartMs : p.SpfLast + (uint)p.SpfWaitMs;
        }

        // Puts the advertisement in _build (its header's length, type, id and body stand) into the database.
        // Returns ms to wait when the last one of it is too young; 0 = done, or refused for want of room.
        private uint Put(int scope, int length)
        {
            uint router = Processes[ProcessOfScope(scope)].RouterId;
            int type = _build[LsaHeader.TypeOffset];
            uint id = Octets.ReadUInt32(_build, LsaHeader.IdOffset);
            Octets.WriteUInt16(_build, 0, 0);
            Octets.WriteUInt32(_build, LsaHeader.RouterOffset, router);
            Octets.WriteUInt16(_build, LsaHeader.LengthOffset, length);
            int row = Lsas.FindOrAdd(scope, type, id, router);
            if (row == LsaTable.None)
            {
                return 0;
            }
            bool has = Lsas.At[row] >= 0;
            bool forced = (Lsas.Flags[row] & Forced) != 0;
            bool flushing = has && (Lsas.Flags[row] & LsaTable.Flushing) != 0;
            Lsas.Flags[row] |= LsaTable.Self | LsaTable.Marked;
            bool changed = !has || flushing || IsChange(row, _build, 0);
            if (!changed && !forced)
            {
                return 0;
            }
            if (has && !forced && _now - Lsas.Installed[row] < MinIntervalMs)
            {
                return MinIntervalMs - (_now - Lsas.Installed[row]);
            }
            int sequence = LsaHeader.InitialSequence;
            if (has)
            {
                int last = Lsas.SequenceOf(row);
                if (last == LsaHeader.MaxSequence)
                {
                    // RFC 2328 section 12.1.6: the old one is flushed first.
                    if (!flushing)
                    {
                        Flush(row);
                    }
                    return 1000;
                }
                sequence = last + 1;
            }
            Octets.WriteInt32(_build, LsaHeader.SequenceOffset, sequence);
            LsaHeader.WriteChecksum(_build, 0);
            if (!Lsas.Install(row, _build, 0, _now))
            {
                if (!has)
                {
                    Lsas.Remove(row);
                }
                return 0;
            }
            Lsas.Flags[row] = (byte)(Lsas.Flags[row] & ~Forced);
            for (int k = 0; k < Neighbors.Length; k++)
            {
                Release(Neighbors[k], row);
            }
            Flood(row, null, null);
            if (changed)
            {
                ScheduleSpf(Processes[ProcessOfScope(scope)]);
            }
            return 0;
        }

        private void Refresh(int row)
        {
            int length = Lsas.LengthOf(row);
            if (length > _build.Length)
            {
                // Longer than any of ours can be: somebody else's in our name.
                Flush(row);
                return;
            }
            System.Array.Copy(Lsas.Pool, Lsas.At[row], _build, 0, length);
            Lsas.Flags[row] |= Forced;
            Put(Lsas.Scope[row], length);
        }

        // A newer instance of our own came back (RFC 2328 section 13.4).
        private void SelfReceived(int row)
        {
            int scope = Lsas.Scope[row];
            Lsas.Flags[row] |= LsaTable.Self | Forced;
            switch (Lsas.Type[row])
            {
                case LsaHeader.Router:
                    Areas[scope].RouterLsaDue = true;
                    break;
                case LsaHeader.Network:
                    int index = _host.Interfaces.IndexOf(Processes[ProcessOfScope(scope)].Vrf, Lsas.Id[row]);
                    if (index >= 0 && Lsas.Router[row] == Processes[ProcessOfScope(scope)].RouterId && Interfaces[index].State == OspfInterface.Designated && Interfaces[index].Full != 0)
                    {
                        Interfaces[index].NetworkLsaDue = true;
                    }
                    else
                    {
                        Flush(row);
                    }
                    break;
                default:
                    SummariesDue();
                    break;
            }
        }

        private void BeginLsa(int type, uint id, int options)
        {
            _build[LsaHeader.OptionsOffset] = (byte)options;
            _build[LsaHeader.TypeOffset] = (byte)type;
            Octets.WriteUInt32(_build, LsaHeader.IdOffset, id);
        }

        private int PutLink(int at, uint id, uint data, int type, int metric)
        {
            if (at + 12 > _build.Length)
            {
                return at;
            }
            Octets.WriteUInt32(_build, at, id);
            Octets.WriteUInt32(_build, at + 4, data);
            _build[at + 8] = (byte)type;
            _build[at + 9] = 0;
            Octets.WriteUInt16(_build, at + 10, metric);
            return at + 12;
        }

        private uint OriginateRouter(OspfArea area)
        {
            OspfProcess p = Processes[area.Process];
            SetBorder(p);
            BeginLsa(LsaHeader.Router, p.RouterId, area.Stub ? 0 : HelloPacket.External);
            int at = LsaHeader.Length + 4;
            for (int k = 0; k < Interfaces.Length; k++)
            {
                if (Interfaces[k].Area == area.Index && Interfaces[k].State != OspfInterface.Down)
                {
                    at = PutLinksOf(Interfaces[k], at);
                }
            }
            _build[LsaHeader.Length] = (byte)((p.IsBorder ? BorderBit : 0) | (IsExternalBorder(p) && !area.Stub ? ExternalBit : 0));
            _build[LsaHeader.Length + 1] = 0;
            Octets.WriteUInt16(_build, LsaHeader.Length + 2, (at - LsaHeader.Length - 4) / 12);
            return Put(area.Index, at);
        }

        // RFC 2328 section 12.4.1.
        private int PutLinksOf(OspfInterface i, int at)
        {
            uint mask = InterfaceTable.MaskOf(i.Bits);
            int cost = CostOf(i);
            int through = i.WaitsForLdp || ProcessOf(i).MaxMetric ? LsaHeader.MaxMetric : cost;
            if (i.State == OspfInterface.Loopback)
            {
                return i.IsPointToPoint ? PutLink(at, i.Address & mask, mask, LinkStub, cost) : PutLink(at, i.Address, 0xFFFFFFFF, LinkStub, cost);
            }
            if (i.State == OspfInterface.PointToPoint)
            {
                for (int k = 0; k < Neighbors.Length; k++)
                {
                    if (Neighbors[k].Interface == i.Index && Neighbors[k].State == OspfNeighbor.Full)
                    {
                        at = PutLink(at, Neighbors[k].RouterId, i.Address, LinkPointToPoint, through);
                    }
                }
                return PutLink(at, i.Address & mask, mask, LinkStub, cost);
            }
            bool transit = i.State == OspfInterface.Designated ? i.Full != 0 : IsFullWith(i, i.DesignatedRouter);
            return transit && i.State != OspfInterface.Waiting ? PutLink(at, i.DesignatedRouter, i.Address, LinkTransit, through) : PutLink(at, i.Address & mask, mask, LinkStub, cost);
        }

        /// <summary>What a port carries, as IOS counts it for Ethernet: a W5500 is one of 10 Mb/s.</summary>
        private const int PortMbps = 10;

        /// <summary>Cost of an interface: as configured, or by its bandwidth; 1 for a loopback.</summary>
        public static int CostOf(OspfInterface i)
        {
            return i.Cost != 0 ? i.Cost : i.State == OspfInterface.Loopback ? 1 : i.AutoCost;
        }

        private bool IsFullWith(OspfInterface i, uint address)
        {
            for (int k = 0; k < Neighbors.Length; k++)
            {
                if (Neighbors[k].Interface == i.Index && Neighbors[k].Address == address && Neighbors[k].State == OspfNeighbor.Full)
                {
                    return true;
                }
            }
            return false;
        }

        // An area border router has interfaces up in two areas and one of them is the backbone.
        private void SetBorder(OspfProcess p)
        {
            int active = 0;
            bool backbone = false;
            for (int a = 0; a < Areas.Length; a++)
            {
                if (Areas[a].Process == p.Index && Areas[a].Interfaces > 0)
                {
                    active++;
                    backbone |= Areas[a].Id == 0;
                }
            }
            bool border = active > 1 && backbone;
            if (border != p.IsBorder)
            {
                p.IsBorder = border;
                ScheduleSpf(p);
                for (int a = 0; a < Areas.Length; a++)
                {
                    Areas[a].RouterLsaDue |= Areas[a].Process == p.Index;
                }
            }
        }

        private uint OriginateNetwork(OspfInterface i)
        {
            if (i.State != OspfInterface.Designated || i.Full == 0)
            {
                FlushNetworkLsa(i);
                return 0;
            }
            BeginLsa(LsaHeader.Network, i.Address, OptionsOf(i));
            int at = LsaHeader.Length;
            Octets.WriteUInt32(_build, at, InterfaceTable.MaskOf(i.Bits));
            Octets.WriteUInt32(_build, at + 4, ProcessOf(i).RouterId);
            at += 8;
            for (int k = 0; k < Neighbors.Length && at + 4 <= _build.Length; k++)
            {
                if (Neighbors[k].Interface == i.Index && Neighbors[k].State == OspfNeighbor.Full)
                {
                    Octets.WriteUInt32(_build, at, Neighbors[k].RouterId);
                    at += 4;
                }
            }
            return Put(i.Area, at);
        }

        private void FlushNetworkLsa(OspfInterface i)
        {
            if (i.Process < 0 || i.Area < 0)
            {
                return;
            }
            int row = Lsas.Find(i.Area, LsaHeader.Network, i.Address, ProcessOf(i).RouterId);
            if (row != LsaTable.None && Lsas.At[row] >= 0 && (Lsas.Flags[row] & LsaTable.Flushing) == 0)
            {
                Flush(row);
            }
        }

        // All summaries and externals of all processes in one pass: those that are not wanted any more are flushed.
        private uint OriginateSummaries()
        {
            uint wait = 0;
            for (int row = 0; row < Lsas.High; row++)
            {
                Lsas.Flags[row] = (byte)(Lsas.Flags[row] & ~LsaTable.Marked);
            }
            for (int p = 0; p < Processes.Length; p++)
            {
                OspfProcess process = Processes[p];
                if (process.Number == 0 || process.RouterId == 0)
                {
                    continue;
                }
                bool router = false;
                for (int a = 0; a < Areas.Length; a++)
                {
                    if (Areas[a].Process == p && Areas[a].Interfaces > 0 && process.IsBorder)
                    {
                        wait = Later(wait, SummariesInto(process, Areas[a]));
                    }
                    router |= Areas[a].Process == p;
                }
                process.SeenVersion = _control.Routes.Version;
                if (router && IsExternalBorder(process))
                {
                    wait = Later(wait, Externals(process));
                }
            }
            for (int row = 0; row < Lsas.High; row++)
            {
                if (Lsas.IsUsed(row) && Lsas.At[row] >= 0 && Lsas.Type[row] >= LsaHeader.SummaryNetwork
                    && (Lsas.Flags[row] & (LsaTable.Self | LsaTable.Marked | LsaTable.Flushing)) == LsaTable.Self)
                {
                    Flush(row);
                }
            }
            return wait;
        }

        private static uint Later(uint wait, uint another)
        {
            return another == 0 ? wait : wait == 0 || another < wait ? another : wait;
        }

        // RFC 2328 section 12.4.3.
        private uint SummariesInto(OspfProcess p, OspfArea area)
        {
            uint wait = 0;
            if (area.Stub)
            {
                wait = Later(wait, PutSummary(area, LsaHeader.SummaryNetwork, 0, 0, area.DefaultCost));
            }
            for (int r = 0; r < Routes.High; r++)
            {
                if (!Routes.IsOf(r, p.Index) || Routes.Area[r] == area.Index || Routes.Kind[r] > OspfRouteTable.InterArea || Routes.Cost[r] >= LsaHeader.Infinity
                    || (Routes.Kind[r] == OspfRouteTable.InterArea && area.Id == 0) || LeadsInto(r, area.Index))
                {
                    continue;
                }
                if (Routes.IsRouter(r))
                {
                    if (!area.Stub && (Routes.Options[r] & ExternalBit) != 0)
                    {
                        wait = Later(wait, PutSummary(area, LsaHeader.SummaryRouter, Routes.Prefix[r], 0, Routes.Cost[r]));
                    }
                }
                else if (!area.NoSummary || !area.Stub)
                {
                    wait = Later(wait, PutSummary(area, LsaHeader.SummaryNetwork, Routes.Prefix[r], Routes.Bits[r], Routes.Cost[r]));
                }
            }
            return wait;
        }

        // A next hop lies in the area itself: it knows the way already.
        private bool LeadsInto(int route, int area)
        {
            for (int k = 0; k < Routes.HopCount[route]; k++)
            {
                int port = Routes.HopPort(route, k);
                if (port >= 0 && Interfaces[port].Area == area)
                {
                    return true;
                }
            }
            return false;
        }

        private uint PutSummary(OspfArea area, int type, uint prefix, int bits, int cost)
        {
            uint mask = type == LsaHeader.SummaryRouter ? 0 : InterfaceTable.MaskOf(bits);
            BeginLsa(type, type == LsaHeader.SummaryRouter ? prefix : IdFor(area.Index, type, prefix, bits), area.Stub ? 0 : HelloPacket.External);
            Octets.WriteUInt32(_build, LsaHeader.Length, mask);
            Octets.WriteInt32(_build, LsaHeader.Length + 4, cost);
            return Put(area.Index, LsaHeader.Length + 8);
        }

        // RFC 2328 appendix E: of two prefixes with one network address the second has its host bits set.
        private uint IdFor(int scope, int type, uint prefix, int bits)
        {
            uint mask = InterfaceTable.MaskOf(bits);
            int row = Lsas.Find(scope, type, prefix, Processes[ProcessOfScope(scope)].RouterId);
            bool free = row == LsaTable.None || Lsas.At[row] < 0 || Octets.ReadUInt32(Lsas.Pool, Lsas.At[row] + LsaHeader.Length) == mask
                || ((Lsas.Flags[row] & LsaTable.Flushing) != 0 && (Lsas.Flags[row] & LsaTable.Marked) == 0);
            return free ? prefix : prefix | ~mask;
        }

        private uint Externals(OspfProcess p)
        {
            uint wait = 0;
            RouteTable routes = _control.Routes;
            bool hasDefault = p.DefaultAlways;
            for (int r = 0; r < routes.High; r++)
            {
                if (!routes.IsUsed(r) || routes.Vrf[r] != p.Vrf || !routes.IsActive(r))
                {
                    continue;
                }
                int source = routes.Source[r];
                uint prefix = routes.Prefix[r];
                int bits = routes.Bits[r];
                if (bits == 0)
                {
                    hasDefault |= source != RouteSource.Ospf;
                    continue;
                }
                bool connected = source == RouteSource.Connected || (source == RouteSource.Local && _host.Interfaces.IsHostLoopback(routes.Port[r]));
                if (connected && p.RedistributeConnected && !IsInOspf(routes.Port[r], p.Index) && (p.ConnectedSubnets || IsMajor(prefix, bits)))
                {
                    wait = Later(wait, PutExternal(p, prefix, bits, p.ConnectedMetric, p.ConnectedType));
                }
                else if (source == RouteSource.Static && p.RedistributeStatic && (p.StaticSubnets || IsMajor(prefix, bits)))
                {
                    wait = Later(wait, PutExternal(p, prefix, bits, p.StaticMetric, p.StaticType));
                }
            }
            return p.DefaultOriginate && hasDefault ? Later(wait, PutExternal(p, 0, 0, p.DefaultMetric, p.DefaultType)) : wait;
        }

        // A network of class A, B or C, or a supernet: without "subnets" IOS redistributes nothing else.
        private static bool IsMajor(uint prefix, int bits)
        {
            return bits <= ((prefix & 0x80000000) == 0 ? 8 : (prefix & 0x40000000) == 0 ? 16 : 24);
        }

        private bool IsInOspf(int index, int process)
        {
            return index >= 0 && Interfaces[index].Process == process && Interfaces[index].State != OspfInterface.Down;
        }

        private uint PutExternal(OspfProcess p, uint prefix, int bits, int metric, int type)
        {
            int scope = LsaTable.ProcessScope + p.Index;
            BeginLsa(LsaHeader.External, IdFor(scope, LsaHeader.External, prefix, bits), HelloPacket.External);
            Octets.WriteUInt32(_build, LsaHeader.Length, InterfaceTable.MaskOf(bits));
            Octets.WriteInt32(_build, LsaHeader.Length + 4, metric);
            _build[LsaHeader.Length + 4] = (byte)(type == 2 ? TypeTwo : 0);
            Octets.WriteInt32(_build, LsaHeader.Length + 8, 0);
            Octets.WriteInt32(_build, LsaHeader.Length + 12, 0);
            return Put(scope, LsaHeader.Length + 16);
        }
    }
}
