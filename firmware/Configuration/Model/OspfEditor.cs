using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>
    /// The lines of OSPF: into a model. A line becomes one record, by the slots of its row; what is said here is only what a line asks beyond that.
    /// </summary>
    public static class OspfEditor
    {
        public static bool IsOfInterface(int action)
        {
            return action >= CommandTable.IpOspf && action <= CommandTable.IpOspfLast;
        }

        /// <returns>The row of a kind, as an action.</returns>
        public static int ActionOf(int kind)
        {
            return kind == OspfLines.Process ? CommandTable.OspfMode : kind < OspfLines.Area ? CommandTable.OspfProcess + kind - 1 : CommandTable.IpOspf + kind - OspfLines.Area;
        }

        /// <param name="named">An interface as <see cref="InterfaceNames"/> reads it.</param>
        public static int ScopeOf(int named)
        {
            return (named & InterfaceNames.Loopback) != 0 ? named : OspfLines.InterfaceScope | named;
        }

        /// <summary>Takes <c>router ospf N [vrf NAME]</c>.</summary>
        /// <param name="vrf">The VRF's slot; below 0 = it does not exist.</param>
        public static int Enter(ConfigurationModel model, Capacity capacity, bool no, int number, int vrf)
        {
            OspfLines lines = model.Ospf;
            if (no)
            {
                if (lines == null || !lines.Has(number, OspfLines.Process))
                {
                    return ConfigurationFault.NotThere;
                }
                lines.RemoveScope(number);
                lines.RemoveNaming(number, OspfLines.Area);
                return ConfigurationFault.None;
            }
            if (vrf < 0)
            {
                return ConfigurationFault.NoVrf;
            }
            if (lines == null)
            {
                model.Ospf = new OspfLines(capacity);
                lines = model.Ospf;
            }
            int at = lines.Find(number, OspfLines.Process, 0, 0);
            if (at >= 0)
            {
                return lines.Record[at + OspfLines.Values + 3] == vrf ? ConfigurationFault.None : ConfigurationFault.OspfVrf;
            }
            int processes = 0;
            for (int r = 0; r < lines.Count * OspfLines.Stride; r += OspfLines.Stride)
            {
                if (OspfLines.KindOf(lines.Record[r + OspfLines.Kind]) == OspfLines.Process)
                {
                    processes++;
                    if (lines.Record[r + OspfLines.Values + 3] == vrf)
                    {
                        return ConfigurationFault.OspfTwice;
                    }
                }
            }
            at = processes >= capacity.OspfProcesses ? OspfLines.None : lines.Put(number, OspfLines.Process, 0, 0);
            if (at < 0)
            {
                return ConfigurationFault.TableFull;
            }
            lines.Record[at + OspfLines.Values] = number;
            lines.Record[at + OspfLines.Values + 3] = vrf;
            lines.Record[at + OspfLines.Kind] |= vrf == 0 ? 0 : 1 << (OspfLines.GivenShift + 3);
            return ConfigurationFault.None;
        }

        /// <summary>Takes a line of a process or interface.</summary>
        /// <param name="scope">Process number, or <see cref="ScopeOf"/> of an interface.</param>
        /// <param name="vrf">VRF slot of the interface.</param>
        /// <returns>A <see cref="ConfigurationFault"/>; nothing changed unless it is None.</returns>
        public static int Set(ConfigurationModel model, Capacity capacity, int scope, int vrf, bool no, CommandMatcher matcher, LineLexer line, out int faultWord)
        {
            bool ofInterface = IsOfInterface(matcher.Action);
            int kind = ofInterface ? matcher.Action - CommandTable.IpOspf + OspfLines.Area : matcher.Action - CommandTable.OspfProcess + 1;
            faultWord = no ? 1 : matcher.WordOf[0] >= 0 ? matcher.WordOf[0] : 0;
            int fault = no ? ConfigurationFault.None : Check(scope, kind, matcher, line, ref faultWord);
            if (fault != ConfigurationFault.None)
            {
                return fault;
            }
            if (model.Ospf == null)
            {
                if (no)
                {
                    return ConfigurationFault.None;
                }
                model.Ospf = new OspfLines(capacity);
            }
            OspfLines lines = model.Ospf;
            int key = (int)matcher.Value[0];
            switch (kind)
            {
                case OspfLines.Broadcast:
                    return no || lines.Has(scope, OspfLines.PointToPoint) ? Remove(lines, scope, OspfLines.PointToPoint, 0, 0, null) : ConfigurationFault.None;
                case OspfLines.LogAdjacency:
                    // On by default: its "no" is a line, and so is "detail".
                    Remove(lines, scope, kind, 0, 0, null);
                    return no ? Negate(lines, scope, kind, 0, !matcher.Has(OspfLines.FirstOptional)) : matcher.Has(OspfLines.FirstOptional) ? Keep(lines, scope, kind, 0, 0, matcher, line) : ConfigurationFault.None;
                case OspfLines.PassiveDefault:
                    for (int r = lines.Find(scope, OspfLines.Passive, 0, 0); (r = r < 0 ? -1 - r : r) < lines.Count * OspfLines.Stride
                        && lines.Record[r + OspfLines.Scope] == scope && OspfLines.KindOf(lines.Record[r + OspfLines.Kind]) == OspfLines.Passive;)
                    {
                        lines.Remove(r);
                    }
                    break;
                case OspfLines.Passive:
                    key = ScopeOf(key);
                    Remove(lines, scope, kind, key, 0, null);
                    return no == lines.Has(scope, OspfLines.PassiveDefault) ? no ? Negate(lines, scope, kind, key, true) : Keep(lines, scope, kind, key, 0, matcher, line) : ConfigurationFault.None;
                case OspfLines.Area:
                    if (no && lines.Value(scope, kind, 0, 0) != key)
                    {
                        return ConfigurationFault.NotThere;
                    }
                    fault = no ? ConfigurationFault.None : Enter(model, capacity, false, key, vrf);
                    if (fault != ConfigurationFault.None)
                    {
                        return fault;
                    }
                    break;
                case OspfLines.MessageDigestKey:
                    int present = lines.Value(scope, kind, 0, key);
                    if (present != key)
                    {
                        faultWord = matcher.WordOf[0];
                        return no ? ConfigurationFault.NotThere : ConfigurationFault.OspfOneKey;
                    }
                    break;
            }
            int second = (int)matcher.Value[1];
            if (!no && (kind == OspfLines.Network || kind == OspfLines.Area)
                && AreasBeside(lines, kind == OspfLines.Area ? key : scope, kind == OspfLines.Area ? second : (int)matcher.Value[2]) >= capacity.OspfAreas)
            {
                return ConfigurationFault.TableFull;
            }
            if (kind == OspfLines.Network)
            {
                second = (int)Wildcard(matcher.Value[1]);
                key &= ~second;
            }
            return no ? Remove(lines, scope, kind, key, second, matcher) : Keep(lines, scope, kind, key, second, matcher, line);
        }

        // Areas that interfaces may be in, but for this one.
        private static int AreasBeside(OspfLines lines, int process, int area)
        {
            int areas = 0;
            for (int r = 0; r < lines.Count * OspfLines.Stride; r += OspfLines.Stride)
            {
                int at = AreaAt(lines, r);
                bool counts = at >= 0 && !(lines.Record[at] == area && ProcessAt(lines, r) == process);
                for (int b = 0; b < r && counts; b += OspfLines.Stride)
                {
                    int before = AreaAt(lines, b);
                    counts = before < 0 || lines.Record[before] != lines.Record[at] || ProcessAt(lines, b) != ProcessAt(lines, r);
                }
                areas += counts ? 1 : 0;
            }
            return areas;
        }

        private static int AreaAt(OspfLines lines, int r)
        {
            int kind = OspfLines.KindOf(lines.Record[r + OspfLines.Kind]);
            return kind == OspfLines.Area ? r + OspfLines.Values + 1 : kind == OspfLines.Network ? r + OspfLines.Values + 2 : -1;
        }

        private static int ProcessAt(OspfLines lines, int r)
        {
            return OspfLines.KindOf(lines.Record[r + OspfLines.Kind]) == OspfLines.Area ? lines.Record[r + OspfLines.Values] : lines.Record[r + OspfLines.Scope];
        }

        // A mask in place of wildcard bits is understood, as in IOS.
        private static uint Wildcard(uint bits)
        {
            return (bits & 0x80000000) != 0 && bits != 0xFFFFFFFF ? ~bits : bits;
        }

        private static int Check(int scope, int kind, CommandMatcher matcher, LineLexer line, ref int faultWord)
        {
            bool loopback = (scope & InterfaceNames.Loopback) != 0;
            if (loopback && kind != OspfLines.Area && kind != OspfLines.Cost && kind != OspfLines.PointToPoint)
            {
                faultWord = 0;
                return ConfigurationFault.NotAPort;
            }
            switch (kind)
            {
                case OspfLines.RouterId:
                    return matcher.Value[0] == 0 ? ConfigurationFault.OspfRouterId : ConfigurationFault.None;
                case OspfLines.AreaStub:
                case OspfLines.AreaDefaultCost:
                    return matcher.Value[0] == 0 ? ConfigurationFault.OspfBackbone : ConfigurationFault.None;
                case OspfLines.ThrottleSpf:
                    faultWord = matcher.WordOf[2];
                    return matcher.Value[0] > matcher.Value[2] || matcher.Value[1] > matcher.Value[2] ? ConfigurationFault.OspfThrottle : ConfigurationFault.None;
                case OspfLines.Authentication:
                    faultWord = 0;
                    return matcher.Has(3) && matcher.Has(4) ? ConfigurationFault.OspfNull : ConfigurationFault.None;
                case OspfLines.AuthenticationKey:
                case OspfLines.MessageDigestKey:
                    int slot = kind == OspfLines.AuthenticationKey ? 0 : 1;
                    faultWord = matcher.WordOf[slot];
                    return line.Size[faultWord] > (slot == 0 ? 8 : 16) ? ConfigurationFault.OspfKeyTooLong : ConfigurationFault.None;
                default: return ConfigurationFault.None;
            }
        }

        private static int Negate(OspfLines lines, int scope, int kind, int key, bool negated)
        {
            int r = negated ? lines.Put(scope, kind, key, 0) : 0;
            if (r < 0)
            {
                return ConfigurationFault.TableFull;
            }
            if (negated)
            {
                lines.Record[r + OspfLines.Kind] |= OspfLines.Negated | (1 << OspfLines.GivenShift);
            }
            return ConfigurationFault.None;
        }

        // With an optional word of its row only that goes (but authentication as a whole), as in IOS. What is not there is gone already, unless it is named by a key.
        private static int Remove(OspfLines lines, int scope, int kind, int key, int second, CommandMatcher matcher)
        {
            int r = lines.Find(scope, kind, key, second);
            if (r < 0)
            {
                return matcher != null && OspfLines.KeyOf(kind) != 0 ? ConfigurationFault.NotThere : ConfigurationFault.None;
            }
            int taken = 0;
            bool whole = kind == OspfLines.AreaAuthentication || kind == OspfLines.Authentication || kind == OspfLines.Bfd;
            for (int slot = OspfLines.FirstOptional; matcher != null && !whole && slot < Argument.Slots; slot++)
            {
                if (matcher.Has(slot))
                {
                    taken |= 1 << (OspfLines.GivenShift + slot);
                    if (slot < OspfLines.Stride - OspfLines.Values)
                    {
                        lines.Record[r + OspfLines.Values + slot] = 0;
                    }
                }
            }
            if (taken == 0)
            {
                lines.Remove(r);
            }
            else
            {
                lines.Record[r + OspfLines.Kind] &= ~taken;
            }
            return ConfigurationFault.None;
        }

        private static int Keep(OspfLines lines, int scope, int kind, int key, int second, CommandMatcher matcher, LineLexer line)
        {
            int r = lines.Put(scope, kind, key, second);
            if (r < 0)
            {
                return ConfigurationFault.TableFull;
            }
            string row = CommandTable.Row(matcher.Action);
            int given = 0;
            System.Array.Clear(lines.Record, r + OspfLines.Values, OspfLines.Stride - OspfLines.Values);
            for (int slot = 0; slot < Argument.Slots; slot++)
            {
                if (!matcher.Has(slot))
                {
                    continue;
                }
                given |= 1 << (OspfLines.GivenShift + slot);
                char type = CommandRow.TypeOf(row, slot);
                int at = r + OspfLines.Values + slot;
                if (type == Argument.Word)
                {
                    int word = matcher.WordOf[slot];
                    for (int i = 0; i < line.Size[word]; i++)
                    {
                        lines.Record[at + (i >> 2)] |= line.Octets[line.Start[word] + i] << (24 - 8 * (i & 3));
                    }
                }
                else if (type != CommandRow.NoArgument)
                {
                    lines.Record[at] = slot == 0 ? key : kind == OspfLines.Network && slot == 1 ? second : (int)matcher.Value[slot];
                }
            }
            lines.Record[r + OspfLines.Kind] = kind | given;
            return ConfigurationFault.None;
        }

        /// <summary>Takes away the lines that name an interface that is removed.</summary>
        public static void RemoveInterface(ConfigurationModel model, int named)
        {
            if (model.Ospf != null)
            {
                model.Ospf.RemoveScope(ScopeOf(named));
                model.Ospf.RemoveNaming(ScopeOf(named), OspfLines.Passive);
            }
        }

        /// <summary>An interface moves to another VRF: it is in no process any more that is named by its line.</summary>
        /// <returns>False when nothing was there.</returns>
        public static bool LeaveVrf(ConfigurationModel model, int named, bool keep)
        {
            int r = model.Ospf == null ? -1 : model.Ospf.Find(ScopeOf(named), OspfLines.Area, 0, 0);
            if (r >= 0 && !keep)
            {
                model.Ospf.Remove(r);
            }
            return r >= 0;
        }

        /// <summary>Takes away the process of a VRF that is removed.</summary>
        public static void RemoveVrf(ConfigurationModel model, int vrf)
        {
            for (int r = model.Ospf == null ? -1 : (model.Ospf.Count - 1) * OspfLines.Stride; r >= 0; r -= OspfLines.Stride)
            {
                int[] record = model.Ospf.Record;
                if (OspfLines.KindOf(record[r + OspfLines.Kind]) == OspfLines.Process && record[r + OspfLines.Values + 3] == vrf)
                {
                    Enter(model, null, true, record[r + OspfLines.Scope], 0);
                    return;
                }
            }
        }
    }
}
