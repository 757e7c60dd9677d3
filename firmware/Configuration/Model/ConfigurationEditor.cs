using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Cli
{
    /// <summary>
    /// Changes a model by one matched configuration line, after checking it against everything else in the model. It keeps the
    /// mode and what the mode is about, so that lines can follow each other; it never touches the router.
    /// </summary>
    public sealed partial class ConfigurationEditor
    {
        private const int NoContext = -1;

        public readonly ConfigurationModel Model;

        /// <summary>A <see cref="Mode"/> from Global on.</summary>
        public int CurrentMode;

        /// <summary>The word of the line that is at fault.</summary>
        public int FaultWord;

        // What the refused line contradicts, as MutualRules names it.
        private int _inTheWay;

        private readonly ConfigurationModel _running;
        private readonly VrfNames _vrfs;
        private readonly Capacity _capacity;
        private readonly LineLexer _line;
        private readonly CommandMatcher _matcher;
        private readonly InterfaceNames _names;
        private readonly LabelRules _labels;
        private readonly InterfaceEditor _interfaces;
        private readonly Ipv6Editor _ipv6;
        private readonly Layer2Editor _layer2;

        // The VRF slot of mode Vrf, the interface of modes Interface and Xconnect as InterfaceNames read it; NoContext: the line
        // that opened the mode was wrong, so its lines are read and not kept.
        private int _context;

        public ConfigurationEditor(ConfigurationModel model, ConfigurationModel running, VrfNames vrfs, Tables tables, ControlModule control,
            LineLexer line, CommandMatcher matcher, InterfaceNames names)
        {
            _names = names;
            Model = model;
            _running = running;
            _vrfs = vrfs;
            _capacity = tables.Capacity;
            _line = line;
            _matcher = matcher;
            _labels = new LabelRules(control.Labels);
            _ipv6 = new Ipv6Editor(model, matcher);
            _interfaces = new InterfaceEditor(model, running, vrfs, tables, _labels, line, matcher, _ipv6);
            _layer2 = new Layer2Editor(model, running, tables, _labels, line, matcher);
            Restart();
        }

        public void Restart()
        {
            CurrentMode = Mode.Global;
            _context = NoContext;
            _interfaces.IgnoreLabels = false;
            _layer2.Leave();
        }

        /// <summary>
        /// A line that should have opened a mode was wrong: what follows is read in that mode and not kept, so that one mistake is
        /// reported once.
        /// </summary>
        public void EnterWithoutContext(int mode)
        {
            CurrentMode = mode;
            _layer2.Leave();
            if (mode == Mode.Interface || mode == Mode.Vrf || mode == Mode.Xconnect || mode == Mode.Ospf)
            {
                _context = NoContext;
            }
        }

        /// <summary>After a typed line was refused: the modes that it would have opened are left again.</summary>
        public void LeaveWithoutContext()
        {
            if (_interfaces.IgnoreLabels)
            {
                _interfaces.IgnoreLabels = false;
                CurrentMode = Mode.Interface;
            }
            CurrentMode = _layer2.ModeAfterRefusal(CurrentMode);
            if (_context == NoContext && CurrentMode != Mode.Bridge && CurrentMode != Mode.MemberXconnect)
            {
                CurrentMode = Mode.Global;
            }
        }

        /// <summary>Takes the line that the matcher has matched.</summary>
        /// <param name="inText">It is one of a whole text, not typed by itself.</param>
        /// <returns>A <see cref="ConfigurationFault"/>; nothing changed unless it is None.</returns>
        public int Apply(bool inText)
        {
            _inTheWay = MutualRules.Nothing;
            _interfaces.InText = inText;
            int action = _matcher.Action;
            bool no = _matcher.Negated;
            FaultWord = no ? 1 : 0;
            if (_matcher.MatchedMode == Mode.Global)
            {
                if (action != CommandTable.ExitGlobal && action != CommandTable.EndGlobal)
                {
                    CurrentMode = Mode.Global;
                }
                return Global(action, no);
            }
            if (action == CommandTable.ExitVrf || action == CommandTable.ExitOspf || action == CommandTable.ExitInterface || action == CommandTable.ExitBridge)
            {
                CurrentMode = Mode.Global;
                return ConfigurationFault.None;
            }
            if (action == CommandTable.ExitXconnect || action == CommandTable.ExitInstance)
            {
                CurrentMode = Mode.Parent(_matcher.MatchedMode);
                return ConfigurationFault.None;
            }
            if (_matcher.MatchedMode == Mode.Interface)
            {
                CurrentMode = no ? Mode.Interface : action == CommandTable.Xconnect ? Mode.Xconnect
                    : action == CommandTable.ServiceInstance ? Mode.Instance : Mode.Interface;
            }
            if (_matcher.MatchedMode == Mode.Ospf)
            {
                return _context == NoContext ? ConfigurationFault.None : SetOspf(_context, 0, no);
            }
            if (_matcher.MatchedMode >= Mode.Instance)
            {
                CurrentMode = no ? _matcher.MatchedMode : action == CommandTable.InstanceXconnect ? Mode.InstanceXconnect
                    : action == CommandTable.Member ? Mode.MemberXconnect : _matcher.MatchedMode;
                return Layer2(_layer2.Apply(_matcher.MatchedMode));
            }
            if (_context == NoContext)
            {
                return ConfigurationFault.None;
            }
            if (action == CommandTable.ServiceInstance)
            {
                return Layer2(_layer2.EnterInstance(_context, no));
            }
            if (OspfEditor.IsOfInterface(action))
            {
                int index = Model.IndexOf(_context);
                return SetOspf(OspfEditor.ScopeOf(_context), index < 0 ? 0 : Model.Interfaces[index * ConfigurationModel.InterfaceStride + ConfigurationModel.InterfaceVrf], no);
            }
            int fault = action == CommandTable.Distinguisher ? SetDistinguisher(no) : _interfaces.Apply(_context);
            if (fault != ConfigurationFault.None && action != CommandTable.Distinguisher)
            {
                FaultWord = _interfaces.FaultWord;
                _inTheWay = _interfaces.InTheWay;
                if (action == CommandTable.Xconnect)
                {
                    // The submode's lines belong to a wrong xconnect.
                    _interfaces.IgnoreLabels = true;
                }
            }
            return fault;
        }

        // What the other editor answers: the word at fault is its own.
        private int Layer2(int fault)
        {
            FaultWord = _layer2.FaultWord;
            _inTheWay = _layer2.InTheWay;
            return fault;
        }

        /// <summary>Writes what was expected instead of the line just refused, and what is in its way.</summary>
        public void PutExpected(TextBuffer output, int fault)
        {
            output.Text(ConfigurationFault.Expected(fault));
            if (_inTheWay != MutualRules.Nothing)
            {
                output.Text(" (");
                PutContradiction(output, fault);
                output.Put(')');
            }
        }

        /// <summary>Writes what is in the way of the line just refused: "10.5.5.0 overlaps with Ethernet2", or the other's name.</summary>
        public void PutContradiction(TextBuffer output, int fault)
        {
            if (fault == ConfigurationFault.Overlaps)
            {
                output.Address(_matcher.Value[0] & Literal.MaskOf((int)_matcher.Value[1])).Text(" overlaps with ");
            }
            MutualRules.Put(output, Model, _names, _vrfs, _inTheWay);
        }

        private int Global(int action, bool no)
        {
            switch (action)
            {
                case CommandTable.Hostname: return SetHostname(no);
                case CommandTable.IpVrf: return no ? RemoveVrf() : EnterVrf();
                case CommandTable.RouteByAddress:
                case CommandTable.RouteByInterface: return SetRoute(no, action == CommandTable.RouteByInterface);
                case CommandTable.RouteBfd: return SetBfd(no);
                case CommandTable.Ipv6Route:
                case CommandTable.Ipv6RouteByInterface:
                case CommandTable.Ipv6RouteByLabel: return SetIpv6Route(action, no);
                case CommandTable.LabelRange: return SetRange(no);
                case CommandTable.PropagateTtl:
                    int packets = (_matcher.Has(0) ? ConfigurationModel.Forwarded : 0) | (_matcher.Has(1) ? ConfigurationModel.Local : 0);
                    packets = packets == 0 ? ConfigurationModel.Forwarded | ConfigurationModel.Local : packets;
                    Model.NoPropagateTtl = no ? Model.NoPropagateTtl | packets : Model.NoPropagateTtl & ~packets;
                    return ConfigurationFault.None;
                case CommandTable.BindingInput: return SetInput(no);
                case CommandTable.BindingOutput: return SetOutput(no, (int)_matcher.Value[3]);
                case CommandTable.BindingImplicitNull: return SetOutput(no, LabelStackEntry.ImplicitNull);
                case CommandTable.BindingExplicitNull: return SetOutput(no, LabelStackEntry.ExplicitNullIpv4);
                case CommandTable.OspfMode: return EnterOspf(no);
                case CommandTable.InterfaceMode: return EnterInterface(no);
                case CommandTable.BridgeMode:
                    CurrentMode = no ? Mode.Global : Mode.Bridge;
                    _context = NoContext;
                    return Layer2(_layer2.EnterBridge(no));
                case CommandTable.Connect: return Layer2(_layer2.SetConnect(no));
                default: return LdpLines.IsOne(action) ? SetLdp(action, no) : ConfigurationFault.None;
            }
        }

        private int SetLdp(int action, bool no)
        {
            int word;
            int fault = LdpLines.Set(Model, action, no, _matcher, _line, out word);
            FaultWord = word;
            return fault;
        }

        private int EnterOspf(bool no)
        {
            int number = (int)_matcher.Value[0];
            CurrentMode = no ? Mode.Global : Mode.Ospf;
            _context = NoContext;
            int fault = OspfEditor.Enter(Model, _capacity, no, number, FindVrf(3));
            FaultWord = _matcher.WordOf[fault == ConfigurationFault.NoVrf || (fault == ConfigurationFault.OspfVrf && _matcher.Has(3)) ? 3 : 0];
            _context = fault == ConfigurationFault.None && !no ? number : NoContext;
            return fault;
        }

        private int SetOspf(int scope, int vrf, bool no)
        {
            int word;
            int fault = OspfEditor.Set(Model, _capacity, scope, vrf, no, _matcher, _line, out word);
            FaultWord = word;
            return fault;
        }

        private int SetBfd(bool no)
        {
            int word;
            int fault = BfdLines.SetStatic(Model, _capacity, no, _matcher, out word);
            FaultWord = word;
            return fault;
        }

        private int SetIpv6Route(int action, bool no)
        {
            int vrf = FindVrf(0);
            if (vrf < 0)
            {
                return Fault(ConfigurationFault.NoVrf, _matcher.WordOf[0]);
            }
            int fault = _ipv6.SetRoute(vrf, action, no);
            FaultWord = _ipv6.FaultWord;
            return fault;
        }

        private int Fault(int fault, int word)
        {
            FaultWord = word;
            return fault;
        }

        private int SetHostname(bool no)
        {
            if (no)
            {
                Model.Hostname = Model.SetText(Model.Hostname, null, 0, 0);
                return ConfigurationFault.None;
            }
            if (!_matcher.Has(0))
            {
                return ConfigurationFault.None;
            }
            int word = _matcher.WordOf[0];
            int size = _line.Size[word];
            if (!IsName(word))
            {
                return Fault(ConfigurationFault.BadName, word);
            }
            if (!Model.TextFits(Model.Hostname, size))
            {
                return Fault(ConfigurationFault.TextFull, word);
            }
            Model.Hostname = Model.SetText(Model.Hostname, _line.Octets, _line.Start[word], size);
            return ConfigurationFault.None;
        }

        private bool IsName(int word)
        {
            int size = _line.Size[word];
            for (int i = 0; i < size; i++)
            {
                int c = LineLexer.Lower(_line.Octets[_line.Start[word] + i]);
                if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == ':'))
                {
                    return false;
                }
            }
            return size <= VrfStore.MaxName;
        }

        // ---- VRFs

        private int EnterVrf()
        {
            int word = _matcher.WordOf[0];
            CurrentMode = Mode.Vrf;
            _context = NoContext;
            if (!IsName(word) || _line.Is(word, _vrfs.NameOf(0)))
            {
                return Fault(ConfigurationFault.BadName, word);
            }
            int slot = _vrfs.Find(_line, word);
            if (slot == VrfNames.None || !Model.HasVrf(slot))
            {
                if (Model.CountVrfs() >= _capacity.Vrfs - 1)
                {
                    return Fault(ConfigurationFault.TableFull, word);
                }
                if (slot == VrfNames.None)
                {
                    slot = _vrfs.Add(_line.Word(word));
                    if (slot == VrfNames.None)
                    {
                        return Fault(ConfigurationFault.TableFull, word);
                    }
                }
                int r = slot * ConfigurationModel.VrfStride;
                Model.Vrfs[r + ConfigurationModel.VrfExists] = 1;
                Model.Vrfs[r + ConfigurationModel.DistinguisherHigh] = 0;
                Model.Vrfs[r + ConfigurationModel.DistinguisherLow] = 0;
            }
            _context = slot;
            return ConfigurationFault.None;
        }

        // As IOS: the VRF's routes and labels go, its interfaces return to the global table without address.
        private int RemoveVrf()
        {
            int word = _matcher.WordOf[0];
            int slot = FindVrf(0);
            if (slot < 0)
            {
                return Fault(ConfigurationFault.NotThere, word);
            }
            for (int i = Model.RouteCount - 1; i >= 0; i--)
            {
                if (Model.Routes[i * ConfigurationModel.RouteStride] >> 8 == slot)
                {
                    Model.RemoveRoute(i);
                }
            }
            for (int i = Model.BindingCount - 1; i >= 0; i--)
            {
                if (Model.Bindings[i * ConfigurationModel.BindingStride] >> 8 == slot)
                {
                    Model.RemoveBinding(i);
                }
            }
            for (int i = 0; i < Model.InterfaceCount; i++)
            {
                int r = i * ConfigurationModel.InterfaceStride;
                if (Model.Interfaces[r + ConfigurationModel.InterfaceVrf] == slot)
                {
                    Model.Interfaces[r + ConfigurationModel.InterfaceVrf] = 0;
                    Model.Interfaces[r + ConfigurationModel.Address] = 0;
                    Model.Interfaces[r + ConfigurationModel.AddressBits] = 0;
                    _interfaces.ClearIpv6(i);
                    OspfEditor.LeaveVrf(Model, Model.NamedOf(i), false);
                }
            }
            Model.Ipv6.RemoveRoutesOf(slot);
            OspfEditor.RemoveVrf(Model, slot);
            Model.Vrfs[slot * ConfigurationModel.VrfStride] = 0;
            return ConfigurationFault.None;
        }

        private int SetDistinguisher(bool no)
        {
            int r = _context * ConfigurationModel.VrfStride;
            uint high = no ? 0 : _matcher.Value[0];
            uint low = no ? 0 : _matcher.Low;
            for (int i = 0; i < Model.Vrfs.Length && !no; i += ConfigurationModel.VrfStride)
            {
                if (i != r && Model.Vrfs[i] != 0 && (uint)Model.Vrfs[i + ConfigurationModel.DistinguisherHigh] == high
                    && (uint)Model.Vrfs[i + ConfigurationModel.DistinguisherLow] == low)
                {
                    return Fault(ConfigurationFault.DistinguisherUsed, _matcher.WordOf[0]);
                }
            }
            Model.Vrfs[r + ConfigurationModel.DistinguisherHigh] = (int)high;
            Model.Vrfs[r + ConfigurationModel.DistinguisherLow] = (int)low;
            return ConfigurationFault.None;
        }

        // The VRF named in a slot: 0 when none is named, negative when it does not exist.
        private int FindVrf(int argument)
        {
            if (!_matcher.Has(argument))
            {
                return 0;
            }
            int slot = _vrfs.Find(_line, _matcher.WordOf[argument]);
            return slot >= 0 && Model.HasVrf(slot) ? slot : -1;
        }

        // ---- interfaces

        private int EnterInterface(bool no)
        {
            int named = (int)_matcher.Value[0];
            int word = _matcher.WordOf[0];
            if (no)
            {
                if ((named & InterfaceNames.Loopback) == 0)
                {
                    return Fault(ConfigurationFault.StaysThere, word);
                }
                int loopback = Model.FindLoopback(named & ~InterfaceNames.Loopback);
                if (loopback < 0)
                {
                    return Fault(ConfigurationFault.NotThere, word);
                }
                Model.Ipv6.RemoveAddressesOf(named);
                OspfEditor.RemoveInterface(Model, named);
                Model.RemoveLoopback(loopback);
                return ConfigurationFault.None;
            }
            CurrentMode = Mode.Interface;
            _context = NoContext;
            _interfaces.IgnoreLabels = false;
            if ((named & InterfaceNames.Loopback) != 0 && Model.FindLoopback(named & ~InterfaceNames.Loopback) < 0
                && Model.AddLoopback(named & ~InterfaceNames.Loopback) < 0)
            {
                return Fault(ConfigurationFault.TableFull, word);
            }
            _context = named;
            return ConfigurationFault.None;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(15);
            _ipv6.Bill(bill);
            _layer2.Bill(bill);
            _labels.Bill(bill);
            _interfaces.Bill(bill);
        }
    }
}
