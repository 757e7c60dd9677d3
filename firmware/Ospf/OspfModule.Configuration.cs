using LabEdge.Control;
using LabEdge.Host;

namespace LabEdge.Ospf
{
    // What the configuration lines ask for, taken over as a whole each time that a configuration comes into force: what is as before stays as it is.
    public sealed partial class OspfModule
    {
        /// <summary>The lines in force, with indexes of this router.</summary>
        public readonly OspfLines Settings;

        private int _settingsVersion;

        // The process to start anew, 0 = all; -1 = none.
        private int _restart = -1;

        private void ApplySettings()
        {
            _settingsVersion = Settings.Version;
            int[] record = Settings.Record;
            for (int p = 0; p < Processes.Length; p++)
            {
                int r = Processes[p].Number == 0 ? 0 : Settings.Find(Processes[p].Number, OspfLines.Process, 0, 0);
                if (Processes[p].Number != 0 && (r < 0 || record[r + OspfLines.Values + 3] != Processes[p].Vrf))
                {
                    RemoveProcess(p);
                }
            }
            for (int r = 0; r < Settings.Count * OspfLines.Stride; r += OspfLines.Stride)
            {
                if (OspfLines.KindOf(record[r + OspfLines.Kind]) == OspfLines.Process)
                {
                    AddProcess(record[r + OspfLines.Scope], record[r + OspfLines.Values + 3]);
                }
            }
            for (int p = 0; p < Processes.Length; p++)
            {
                if (Processes[p].Number != 0)
                {
                    Configure(Processes[p]);
                }
            }
            for (int a = 0; a < Areas.Length; a++)
            {
                if (Areas[a].Process >= 0)
                {
                    Configure(Areas[a]);
                }
            }
            for (int k = 0; k < Interfaces.Length; k++)
            {
                Configure(Interfaces[k]);
            }
            FreeAreas();
        }

        private static bool Take(ref int field, int value)
        {
            bool changed = field != value;
            field = value;
            return changed;
        }

        private static bool Take(ref bool field, bool value)
        {
            bool changed = field != value;
            field = value;
            return changed;
        }

        private void Configure(OspfProcess p)
        {
            int n = p.Number;
            p.SpfStartMs = Settings.Value(n, OspfLines.ThrottleSpf, 0, 50);
            p.SpfHoldMs = Settings.Value(n, OspfLines.ThrottleSpf, 1, 200);
            p.SpfMaxMs = Settings.Value(n, OspfLines.ThrottleSpf, 2, 5000);
            p.ReferenceMbps = Settings.Value(n, OspfLines.ReferenceBandwidth, 0, 100);
            p.LdpSync = Settings.Has(n, OspfLines.LdpSync);
            int log = Settings.Find(n, OspfLines.LogAdjacency, 0, 0);
            p.LogChanges = log < 0 || !Settings.IsNegated(log);
            p.LogDetail = log >= 0 && p.LogChanges;
            bool changed = Take(ref p.MaximumPaths, Settings.Value(n, OspfLines.MaximumPaths, 0, 4));
            changed |= Take(ref p.Distance, Settings.Value(n, OspfLines.Distance, 0, RouteTable.OspfDistance));
            changed |= Take(ref p.MaxMetric, Settings.Has(n, OspfLines.MaxMetric));
            changed |= Take(ref p.RedistributeConnected, Settings.Has(n, OspfLines.RedistributeConnected));
            changed |= Take(ref p.ConnectedMetric, Settings.Value(n, OspfLines.RedistributeConnected, 3, ExternalMetric));
            changed |= Take(ref p.ConnectedType, Settings.Value(n, OspfLines.RedistributeConnected, 4, 2));
            changed |= Take(ref p.ConnectedSubnets, IsGiven(n, OspfLines.RedistributeConnected, 5));
            changed |= Take(ref p.RedistributeStatic, Settings.Has(n, OspfLines.RedistributeStatic));
            changed |= Take(ref p.StaticMetric, Settings.Value(n, OspfLines.RedistributeStatic, 3, ExternalMetric));
            changed |= Take(ref p.StaticType, Settings.Value(n, OspfLines.RedistributeStatic, 4, 2));
            changed |= Take(ref p.StaticSubnets, IsGiven(n, OspfLines.RedistributeStatic, 5));
            changed |= Take(ref p.DefaultOriginate, Settings.Has(n, OspfLines.DefaultOriginate));
            changed |= Take(ref p.DefaultMetric, Settings.Value(n, OspfLines.DefaultOriginate, 3, DefaultMetric));
            changed |= Take(ref p.DefaultType, Settings.Value(n, OspfLines.DefaultOriginate, 4, 2));
            changed |= Take(ref p.DefaultAlways, IsGiven(n, OspfLines.DefaultOriginate, 5));
            if (changed)
            {
                OriginateAll(p);
                ScheduleSpf(p);
            }
            SetRouterId(p.Index, (uint)Settings.Value(n, OspfLines.RouterId, 0, 0));
        }

        private bool IsGiven(int scope, int kind, int slot)
        {
            int r = Settings.Find(scope, kind, 0, 0);
            return r >= 0 && Settings.IsGiven(r, slot);
        }

        private void Configure(OspfArea area)
        {
            int n = Processes[area.Process].Number;
            int stub = Settings.Find(n, OspfLines.AreaStub, (int)area.Id, 0);
            int cost = Settings.Find(n, OspfLines.AreaDefaultCost, (int)area.Id, 0);
            bool changed = Take(ref area.NoSummary, stub >= 0 && Settings.IsGiven(stub, OspfLines.FirstOptional));
            changed |= Take(ref area.DefaultCost, cost < 0 ? 1 : Settings.Record[cost + OspfLines.Values + 1]);
            if (Take(ref area.Stub, stub >= 0))
            {
                // Neighbours have to agree, and what the area knows is not the same any more.
                for (int k = 0; k < Interfaces.Length; k++)
                {
                    if (Interfaces[k].Area == area.Index)
                    {
                        InterfaceEvent(Interfaces[k], InterfaceMachine.Down);
                    }
                }
                ForgetScope(area.Index);
                changed = true;
            }
            if (changed)
            {
                SummariesDue();
                ScheduleSpf(Processes[area.Process]);
            }
        }

        private void Configure(OspfInterface i)
        {
            uint id;
            int process = ProcessFor(i, out id);
            int area = process < 0 ? -1 : AddArea(process, id);
            if (area < 0)
            {
                if (i.Process >= 0)
                {
                    Enable(i.Index, -1, -1, false, false);
                }
                Ask(i, false);
                return;
            }
            Configure(Areas[area]);
            OspfProcess p = Processes[process];
            int scope = OspfLines.InterfaceScope | i.Index;
            int hello = Settings.Value(scope, OspfLines.HelloInterval, 0, 10);
            int priority = Settings.Value(scope, OspfLines.Priority, 0, 1);
            if (Take(ref i.HelloSeconds, hello) | Take(ref i.DeadSeconds, Settings.Value(scope, OspfLines.DeadInterval, 0, 4 * hello)) | Take(ref i.Priority, priority))
            {
                i.HelloDue = _now;
            }
            i.MtuIgnore = Settings.Has(scope, OspfLines.MtuIgnore);
            SetKey(i, scope, p.Number, id);
            bool passive = Settings.Has(p.Number, OspfLines.PassiveDefault);
            int own = Settings.Find(p.Number, OspfLines.Passive, scope, 0);
            passive = own < 0 ? passive : !Settings.IsNegated(own);
            int auto = p.ReferenceMbps / PortMbps;
            auto = auto < 1 ? 1 : auto > LsaHeader.MaxMetric ? LsaHeader.MaxMetric : auto;
            bool costs = Take(ref i.Cost, Settings.Value(scope, OspfLines.Cost, 0, 0)) | Take(ref i.AutoCost, auto);
            Enable(i.Index, process, area, passive, Settings.Has(scope, OspfLines.PointToPoint));
            Areas[area].RouterLsaDue |= costs;
            if (priority == 0)
            {
                // It may be the designated router no longer.
                InterfaceEvent(i, InterfaceMachine.NeighborChange);
            }
            Ask(i, p.LdpSync && !passive && p.Vrf == 0 && _control.IsMpls(i.Index) && _control.Ldp != null && _control.Ldp.Enabled);
        }

        // By its own line, or by the network line with the fewest wildcard bits that its address is in; -1 = none.
        private int ProcessFor(OspfInterface i, out uint area)
        {
            area = 0;
            InterfaceTable interfaces = _host.Interfaces;
            uint address = interfaces.Address[i.Index];
            int line = Settings.Find(OspfLines.InterfaceScope | i.Index, OspfLines.Area, 0, 0);
            int process = -1;
            int fewest = 33;
            for (int p = 0; p < Processes.Length; p++)
            {
                if (Processes[p].Number == 0 || Processes[p].Vrf != interfaces.Vrf[i.Index])
                {
                    continue;
                }
                if (line >= 0 && Settings.Record[line + OspfLines.Values] == Processes[p].Number)
                {
                    area = (uint)Settings.Record[line + OspfLines.Values + 1];
                    return p;
                }
                for (int r = 0; r < Settings.Count * OspfLines.Stride && address != 0; r += OspfLines.Stride)
                {
                    if (Settings.Record[r + OspfLines.Scope] != Processes[p].Number || OspfLines.KindOf(Settings.Record[r + OspfLines.Kind]) != OspfLines.Network)
                    {
                        continue;
                    }
                    uint wildcard = (uint)Settings.Record[r + OspfLines.Values + 1];
                    int bits = Ones(wildcard);
                    if (((address ^ (uint)Settings.Record[r + OspfLines.Values]) & ~wildcard) == 0 && bits < fewest)
                    {
                        fewest = bits;
                        process = p;
                        area = (uint)Settings.Record[r + OspfLines.Values + 2];
                    }
                }
            }
            return process;
        }

        private static int Ones(uint word)
        {
            int ones = 0;
            for (; word != 0; word &= word - 1)
            {
                ones++;
            }
            return ones;
        }

        private void SetKey(OspfInterface i, int scope, int process, uint area)
        {
            int own = Settings.Find(scope, OspfLines.Authentication, 0, 0);
            int r = own >= 0 ? own : Settings.Find(process, OspfLines.AreaAuthentication, (int)area, 0);
            i.AuthenticationType = r < 0 || (own >= 0 && Settings.IsGiven(own, 4)) ? OspfHeader.NoAuthentication
                : Settings.IsGiven(r, OspfLines.FirstOptional) ? OspfHeader.Cryptographic : OspfHeader.SimplePassword;
            bool digest = i.AuthenticationType == OspfHeader.Cryptographic;
            r = i.AuthenticationType == OspfHeader.NoAuthentication ? -1 : Settings.Find(scope, digest ? OspfLines.MessageDigestKey : OspfLines.AuthenticationKey, 0, 0);
            i.KeyId = r >= 0 && digest ? Settings.Record[r + OspfLines.Values] : 0;
            int at = r + OspfLines.Values + (digest ? 1 : 0);
            int size = 0;
            while (r >= 0 && size < OspfHeader.DigestLength && OctetOf(at, size) != 0)
            {
                size++;
            }
            byte[] key = i.Key != null && i.Key.Length == size ? i.Key : size == 0 ? null : new byte[size];
            for (int k = 0; k < size; k++)
            {
                key[k] = OctetOf(at, k);
            }
            i.Key = key;
        }

        private byte OctetOf(int at, int k)
        {
            uint word = (uint)Settings.Record[at + (k >> 2)];
            return (byte)(word >> (24 - 8 * (k & 3)));
        }

        // LDP shall say when its labels are there (RFC 5443).
        private void Ask(OspfInterface i, bool asked)
        {
            if (i.Index < _host.Interfaces.Ports && asked != (_control.Links.LdpSync[i.Index] != LinkEvents.SyncNotAsked))
            {
                _control.Links.LdpSync[i.Index] = asked ? LinkEvents.SyncWaiting : LinkEvents.SyncNotAsked;
            }
        }

        // Areas without interfaces end; what they knew goes with them.
        private void FreeAreas()
        {
            for (int a = 0; a < Areas.Length; a++)
            {
                bool used = Areas[a].Process < 0;
                for (int k = 0; k < Interfaces.Length; k++)
                {
                    used |= Interfaces[k].Area == a;
                }
                if (!used)
                {
                    OspfProcess p = Processes[Areas[a].Process];
                    ForgetScope(a);
                    Areas[a].Process = -1;
                    Areas[a].RouterLsaDue = false;
                    OriginateAll(p);
                    ScheduleSpf(p);
                }
            }
        }

        private void ForgetScope(int scope)
        {
            _spf.Abandon(Areas[scope].Process);
            for (int row = Lsas.High - 1; row >= 0; row--)
            {
                if (Lsas.IsUsed(row) && Lsas.Scope[row] == scope)
                {
                    Forget(row);
                }
            }
        }

        private void OriginateAll(OspfProcess p)
        {
            for (int a = 0; a < Areas.Length; a++)
            {
                Areas[a].RouterLsaDue |= Areas[a].Process == p.Index;
            }
            SummariesDue();
        }

        /// <inheritdoc/>
        public void Restart(int process)
        {
            _restart = process;
        }

        // As with the first configuration: the router id is chosen anew too.
        private void Restart()
        {
            for (int p = 0; p < Processes.Length; p++)
            {
                if (Processes[p].Number != 0 && (_restart == 0 || _restart == Processes[p].Number))
                {
                    Stop(p);
                    Processes[p].RouterId = Processes[p].ConfiguredId != 0 ? Processes[p].ConfiguredId : ChooseId(Processes[p].Vrf);
                }
            }
            _restart = -1;
        }

        /// <summary>A neighbour is gone, as somebody else has found (BFD): at once, without waiting for its dead interval.</summary>
        /// <param name="index">Interface.</param>
        public void NeighborDown(int index, uint address, uint now)
        {
            _now = now;
            for (int k = 0; k < Neighbors.Length; k++)
            {
                if (Neighbors[k].Interface == index && Neighbors[k].Address == address)
                {
                    NeighborEvent(Neighbors[k], NeighborMachine.Inactivity);
                }
            }
        }
    }
}
