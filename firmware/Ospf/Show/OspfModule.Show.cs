using LabEdge.Control;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Ospf
{
    // The tables of show, laid out as IOS does: processes with their areas, and what all tables share.
    public sealed partial class OspfModule
    {
        /// <summary>Tables of <see cref="Show"/>.</summary>
        public const int ShowProcess = 0;
        public const int ShowNeighbors = 1;
        public const int ShowInterfaces = 2;
        public const int ShowDatabase = 3;

        private int _askedProcess;
        private int _askedIndex = -1;
        private uint _askedId;
        private int _askedForm;

        // Where the table under way stands: its row, the part of that row, and what has been written last.
        private int _showRow;
        private int _showPart;
        private int _showLast;

        /// <inheritdoc/>
        public void Ask(int process, int index, uint id, int form)
        {
            _askedProcess = process;
            _askedIndex = index;
            _askedId = id;
            _askedForm = form;
        }

        /// <inheritdoc/>
        public bool Show(int table, int step, uint now, IShowOutput output)
        {
            if (step == 0)
            {
                _showRow = 0;
                _showPart = 0;
                _showLast = -1;
                bool any = false;
                for (int p = 0; p < Processes.Length; p++)
                {
                    any |= IsAsked(Processes[p]);
                }
                if (!any)
                {
                    output.Put(_askedProcess == 0 ? "% OSPF is not running (router ospf)" : "% There is no such OSPF process");
                    output.EndLine();
                    return false;
                }
            }
            switch (table)
            {
                case ShowProcess: return StepProcess(output);
                case ShowNeighbors: return StepNeighbor(step, now, output);
                case ShowInterfaces: return StepInterface(step, now, output);
                default: return StepDatabase(now, output);
            }
        }

        private bool IsAsked(OspfProcess p)
        {
            return p.Number != 0 && (_askedProcess == 0 || p.Number == _askedProcess);
        }

        // ---- show ip ospf

        // Parts of a process: what it is, how it is set, then its areas.
        private bool StepProcess(IShowOutput output)
        {
            if (_showRow == Processes.Length)
            {
                return false;
            }
            OspfProcess p = Processes[_showRow];
            if (!IsAsked(p))
            {
                _showRow++;
                return true;
            }
            if (_showPart < 2)
            {
                if (_showPart++ == 0)
                {
                    PutWhatItIs(p, output);
                }
                else
                {
                    PutHowItIsSet(p, output);
                }
                return true;
            }
            int area = NextArea(p.Index, _showLast);
            if (area < 0)
            {
                _showRow++;
                _showPart = 0;
            }
            else
            {
                PutAreaOf(p, Areas[area], output);
            }
            _showLast = area;
            return true;
        }

        // The area of a process whose number follows that of another; -1 = none. To begin with: -1.
        private int NextArea(int process, int after)
        {
            int best = -1;
            for (int a = 0; a < Areas.Length; a++)
            {
                if (Areas[a].Process == process && (after < 0 || Areas[a].Id > Areas[after].Id) && (best < 0 || Areas[a].Id < Areas[best].Id))
                {
                    best = a;
                }
            }
            return best;
        }

        private void PutWhatItIs(OspfProcess p, IShowOutput output)
        {
            output.Put(" Routing Process \"ospf ");
            output.Put(p.Number);
            output.Put("\" with ID ");
            output.PutAddress(p.RouterId);
            output.EndLine();
            if (p.Vrf != 0)
            {
                output.Put("   Connected to VRF ");
                output.Put(_tables.Vrfs.NameOf(p.Vrf));
                output.EndLine();
            }
            Line(output, p.RouterId == 0, " Waits for an interface with an address");
            Line(output, p.MaxMetric, " Originating router-LSAs with maximum metric");
            Line(output, p.IsBorder && IsExternalBorder(p), " It is an area border and autonomous system boundary router");
            Line(output, p.IsBorder && !IsExternalBorder(p), " It is an area border router");
            Line(output, !p.IsBorder && IsExternalBorder(p), " It is an autonomous system boundary router");
            Line(output, p.RedistributeConnected || p.RedistributeStatic, " Redistributing External Routes from,");
            Line(output, p.RedistributeConnected, p.ConnectedSubnets ? "    connected, includes subnets in redistribution" : "    connected");
            Line(output, p.RedistributeStatic, p.StaticSubnets ? "    static, includes subnets in redistribution" : "    static");
        }

        private void PutHowItIsSet(OspfProcess p, IShowOutput output)
        {
            Number(output, " Initial SPF schedule delay ", p.SpfStartMs, " msecs");
            output.EndLine();
            Number(output, " Minimum hold time between two consecutive SPFs ", p.SpfHoldMs, " msecs");
            output.EndLine();
            Number(output, " Maximum wait time between two consecutive SPFs ", p.SpfMaxMs, " msecs");
            output.EndLine();
            Number(output, " Number of external LSA ", CountIn(LsaTable.ProcessScope + p.Index), "");
            output.EndLine();
            int stub = 0;
            int all = 0;
            for (int a = 0; a < Areas.Length; a++)
            {
                all += Areas[a].Process == p.Index ? 1 : 0;
                stub += Areas[a].Process == p.Index && Areas[a].Stub ? 1 : 0;
            }
            Number(output, " Number of areas in this router is ", all, ". ");
            Number(output, "", all - stub, " normal ");
            Number(output, "", stub, " stub 0 nssa");
            output.EndLine();
            Number(output, " Reference bandwidth unit is ", p.ReferenceMbps, " mbps");
            output.EndLine();
        }

        private void PutAreaOf(OspfProcess p, OspfArea area, IShowOutput output)
        {
            output.Put("    Area ");
            if (area.Id == 0)
            {
                output.Put("BACKBONE(0)");
            }
            else
            {
                PutArea(output, area.Id);
            }
            output.EndLine();
            int interfaces = 0;
            for (int k = 0; k < Interfaces.Length; k++)
            {
                interfaces += Interfaces[k].Area == area.Index ? 1 : 0;
            }
            Number(output, "        Number of interfaces in this area is ", interfaces, "");
            output.EndLine();
            Line(output, area.Stub, area.NoSummary ? "        It is a stub area, no summary LSA in this area" : "        It is a stub area");
            Number(output, "        SPF algorithm executed ", p.SpfRuns, " times");
            output.EndLine();
            Number(output, "        Number of LSA ", CountIn(area.Index), "");
            output.EndLine();
        }

        private int CountIn(int scope)
        {
            int count = 0;
            for (int row = 0; row < Lsas.High; row++)
            {
                count += Lsas.IsUsed(row) && Lsas.Scope[row] == scope && Lsas.At[row] >= 0 ? 1 : 0;
            }
            return count;
        }

        // ---- shared

        private static void Line(IShowOutput output, bool when, string line)
        {
            if (when)
            {
                output.Put(line);
                output.EndLine();
            }
        }

        private static void Number(IShowOutput output, string before, int number, string after)
        {
            output.Put(before);
            output.Put(number);
            output.Put(after);
        }

        // As the lines are written: a number.
        private static void PutArea(IShowOutput output, uint area)
        {
            if ((area & 0x80000000) != 0)
            {
                output.PutAddress(area);
            }
            else
            {
                output.Put((int)area);
            }
        }

        private static void PutTime(IShowOutput output, uint seconds)
        {
            PutTwo(output, seconds / 3600);
            output.Put(":");
            PutTwo(output, seconds / 60 % 60);
            output.Put(":");
            PutTwo(output, seconds % 60);
        }

        private static void PutTwo(IShowOutput output, uint number)
        {
            output.Put(number < 10 ? "0" : "");
            output.Put((int)number);
        }

        private static void PutHex(IShowOutput output, uint number, int digits)
        {
            for (int shift = 4 * digits - 4; shift >= 0; shift -= 4)
            {
                int digit = (int)((number >> shift) & 15);
                if (digit < 10)
                {
                    output.Put(digit);
                }
                else
                {
                    output.Put(digit == 10 ? "A" : digit == 11 ? "B" : digit == 12 ? "C" : digit == 13 ? "D" : digit == 14 ? "E" : "F");
                }
            }
        }

        private static string NameOf(int state)
        {
            switch (state)
            {
                case OspfNeighbor.Down: return "DOWN";
                case OspfNeighbor.Attempt: return "ATTEMPT";
                case OspfNeighbor.Init: return "INIT";
                case OspfNeighbor.TwoWay: return "2WAY";
                case OspfNeighbor.ExStart: return "EXSTART";
                case OspfNeighbor.Exchange: return "EXCHANGE";
                case OspfNeighbor.Loading: return "LOADING";
                default: return "FULL";
            }
        }
    }
}
