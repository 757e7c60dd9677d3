using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>The part of <see cref="ConfigurationEditor"/> that changes service instances, bridge domains and what joins them.</summary>
    public sealed partial class Layer2Editor
    {
        private const int NoContext = -1;

        /// <summary>The word of the line that is at fault.</summary>
        public int FaultWord;

        /// <summary>What the refused line contradicts, as <see cref="MutualRules"/> names it.</summary>
        public int InTheWay;

        private readonly ConfigurationModel _model;
        private readonly Layer2Model _layer2;
        private readonly Layer2Model _running;
        private readonly Tables _tables;
        private readonly LabelRules _labels;
        private readonly LineLexer _line;
        private readonly CommandMatcher _matcher;

        // Keys, for a record moves: the service instance of modes Instance and InstanceXconnect; the domain of mode Bridge, and the pseudowire
        // of mode MemberXconnect. NoContext: the line that opened the mode was wrong, so its lines are read and not kept.
        private int _instance = NoContext;
        private int _bridge = NoContext;
        private uint _peer;
        private uint _vcId;
        private bool _ignoreWire;

        public Layer2Editor(ConfigurationModel model, ConfigurationModel running, Tables tables, LabelRules labels, LineLexer line, CommandMatcher matcher)
        {
            _model = model;
            _layer2 = model.Layer2;
            _running = running.Layer2;
            _tables = tables;
            _labels = labels;
            _line = line;
            _matcher = matcher;
        }

        /// <summary>No instance and no domain is being configured.</summary>
        public void Leave()
        {
            _instance = NoContext;
            _bridge = NoContext;
            _ignoreWire = false;
        }

        /// <summary>The mode to be in after a typed line was refused: one whose object is there.</summary>
        public int ModeAfterRefusal(int mode)
        {
            bool ignore = _ignoreWire;
            _ignoreWire = false;
            switch (mode)
            {
                case Mode.Instance: return _instance == NoContext ? Mode.Interface : mode;
                case Mode.InstanceXconnect: return ignore ? Mode.Instance : mode;
                case Mode.Bridge: return _bridge == NoContext ? Mode.Global : mode;
                case Mode.MemberXconnect: return ignore ? Mode.Bridge : mode;
                default: return mode;
            }
        }

        private int Begin()
        {
            InTheWay = MutualRules.Nothing;
            FaultWord = _matcher.Negated ? 1 : 0;
            return ConfigurationFault.None;
        }

        private int Fault(int fault, int word)
        {
            FaultWord = word;
            return fault;
        }

        // ---- lines that open a mode

        /// <param name="named">The interface as <see cref="InterfaceNames"/> read it.</param>
        public int EnterInstance(int named, bool no)
        {
            Begin();
            _instance = NoContext;
            _ignoreWire = false;
            int word = _matcher.WordOf[0];
            if ((named & InterfaceNames.Loopback) != 0)
            {
                return Fault(ConfigurationFault.NotAPort, FaultWord);
            }
            int key = Layer2Model.KeyOf(named, (int)_matcher.Value[0]);
            int at = _layer2.Find(key, 0, 0);
            if (no)
            {
                if (at < 0)
                {
                    return Fault(ConfigurationFault.NotThere, word);
                }
                if (_layer2.FindJoin(key) >= 0)
                {
                    return Fault(ConfigurationFault.IsConnected, word);
                }
                _layer2.RemoveCircuit(at);
                return ConfigurationFault.None;
            }
            if (at < 0)
            {
                if ((_model.Interfaces[named * ConfigurationModel.InterfaceStride + ConfigurationModel.Flags] & ConfigurationModel.Xconnect) != 0)
                {
                    return ConfigurationFault.HasXconnect;
                }
                if (_model.CountAttachments() >= _tables.Capacity.Attachments)
                {
                    return Fault(ConfigurationFault.TableFull, word);
                }
                _layer2.InsertCircuit(-1 - at, key);
            }
            _instance = key;
            return ConfigurationFault.None;
        }

        public int EnterBridge(bool no)
        {
            Begin();
            _bridge = NoContext;
            _ignoreWire = false;
            int number = (int)_matcher.Value[0];
            int at = _layer2.FindBridge(number);
            if (no)
            {
                if (at < 0)
                {
                    return Fault(ConfigurationFault.NotThere, _matcher.WordOf[0]);
                }
                _layer2.RemoveBridge(at);
                return ConfigurationFault.None;
            }
            if (!_layer2.AddBridge(number))
            {
                return Fault(ConfigurationFault.TableFull, _matcher.WordOf[0]);
            }
            _bridge = number;
            return ConfigurationFault.None;
        }

        // ---- lines of a mode

        /// <summary>Takes a line of mode Instance, Bridge or one of their xconnects.</summary>
        public int Apply(int mode)
        {
            Begin();
            if (mode == Mode.Bridge || mode == Mode.MemberXconnect)
            {
                return _bridge == NoContext ? ConfigurationFault.None : mode == Mode.Bridge ? ApplyBridge() : ApplyWire(Layer2Model.WireKey | _bridge, _peer, _vcId);
            }
            if (_instance == NoContext)
            {
                return ConfigurationFault.None;
            }
            return mode == Mode.Instance ? ApplyInstance() : ApplyWire(_instance, 0, 0);
        }

        private int ApplyWire(int key, uint peer, uint vcId)
        {
            if (_ignoreWire)
            {
                return ConfigurationFault.None;
            }
            int at = _layer2.Find(key, peer, vcId);
            if (at < 0 || (_layer2.Circuits[at * Layer2Model.CircuitStride + Layer2Model.Flags] & ConfigurationModel.Xconnect) == 0)
            {
                return ConfigurationFault.NotThere;
            }
            int r = at * Layer2Model.CircuitStride;
            int was = _running.FindSame(_layer2.Circuits, r);
            int held = was < 0 ? 0 : _running.Circuits[was * Layer2Model.CircuitStride + Layer2Model.LocalLabel];
            return PseudowireLines.Apply(_model, _tables.Capacity, _labels, _matcher, _layer2.Circuits, r + Layer2Model.Flags, r + Layer2Model.Peer, held,
                _matcher.Negated, out FaultWord);
        }

        private int ApplyBridge()
        {
            bool no = _matcher.Negated;
            int at = _layer2.FindBridge(_bridge);
            if (at < 0)
            {
                return ConfigurationFault.NotThere;
            }
            switch (_matcher.Action)
            {
                case CommandTable.MacAge:
                    _layer2.Bridges[at * Layer2Model.BridgeStride + Layer2Model.AgeSeconds] = no ? 0 : (int)_matcher.Value[0];
                    return ConfigurationFault.None;
                case CommandTable.MacLimit:
                    _layer2.Bridges[at * Layer2Model.BridgeStride + Layer2Model.MacLimit] = no ? 0 : (int)_matcher.Value[0];
                    return ConfigurationFault.None;
                default:
                    return SetMember(no);
            }
        }

        private int SetMember(bool no)
        {
            uint peer = _matcher.Value[0];
            uint vcId = _matcher.Value[1];
            int key = Layer2Model.WireKey | _bridge;
            int at = _layer2.Find(key, peer, vcId);
            if (no)
            {
                if (at < 0)
                {
                    return Fault(ConfigurationFault.NotThere, _matcher.WordOf[0]);
                }
                _layer2.RemoveCircuit(at);
                return ConfigurationFault.None;
            }
            _ignoreWire = true;
            int fault = PseudowireLines.CheckPeer(_model, _matcher, -1, at < 0 ? Layer2Model.NoCircuit : at, out FaultWord, out InTheWay);
            if (fault != ConfigurationFault.None)
            {
                return fault;
            }
            if (at < 0 && (_model.CountXconnects() >= _tables.Capacity.Pseudowires || _layer2.CountMembers(_bridge) >= _tables.Capacity.BridgeMembers))
            {
                return Fault(ConfigurationFault.TableFull, 0);
            }
            int r = at >= 0 ? at * Layer2Model.CircuitStride : _layer2.InsertCircuit(-1 - at, key);
            _layer2.Circuits[r + Layer2Model.Peer] = (int)peer;
            _layer2.Circuits[r + Layer2Model.VcId] = (int)vcId;
            _layer2.Circuits[r + Layer2Model.Flags] |= ConfigurationModel.Xconnect;
            PseudowireLines.SetSignalled(_layer2.Circuits, r + Layer2Model.Flags, r + Layer2Model.Peer, !_matcher.Has(3));
            _layer2.Circuits[r + Layer2Model.Bridge] = (_bridge << 4) | (_matcher.Has(2) ? (int)_matcher.Value[2] : 0);
            _peer = peer;
            _vcId = vcId;
            _ignoreWire = false;
            return ConfigurationFault.None;
        }

        private int ApplyInstance()
        {
            bool no = _matcher.Negated;
            int at = _layer2.Find(_instance, 0, 0);
            if (at < 0)
            {
                return ConfigurationFault.NoInstance;
            }
            int r = at * Layer2Model.CircuitStride;
            switch (_matcher.Action)
            {
                case CommandTable.EncapsulationUntagged: return SetEncapsulation(r, at, no ? Layer2Model.NoEncapsulation : Layer2Model.Untagged, 0);
                case CommandTable.EncapsulationDefault: return SetEncapsulation(r, at, no ? Layer2Model.NoEncapsulation : Layer2Model.Default, 0);
                case CommandTable.EncapsulationDot1q:
                    return no ? SetEncapsulation(r, at, Layer2Model.NoEncapsulation, 0)
                        : SetEncapsulation(r, at, Layer2Model.Dot1q, (int)_matcher.Value[0] | (_matcher.Has(1) ? (int)_matcher.Value[1] << 12 : 0));
                case CommandTable.RewritePop: return SetRewrite(r, no, _matcher.Value[0] == 1 ? Layer2Model.PopOne : Layer2Model.PopTwo, 0);
                case CommandTable.RewriteTranslate: return SetRewrite(r, no, Layer2Model.Translate, no ? 0 : (int)_matcher.Value[0]);
                case CommandTable.RewritePush: return SetRewrite(r, no, Layer2Model.Push, no ? 0 : (int)_matcher.Value[0]);
                case CommandTable.InstanceXconnect: return SetXconnect(r, at, no);
                case CommandTable.InstanceBridge: return SetBridge(r, no);
                case CommandTable.StormBroadcast: return SetStorm(r, StormTable.Broadcast, no);
                case CommandTable.StormMulticast: return SetStorm(r, StormTable.Multicast, no);
                case CommandTable.StormUnicast: return SetStorm(r, StormTable.Unknown, no);
                default: return ConfigurationFault.None;
            }
        }

        private int SetStorm(int r, int kind, bool no)
        {
            _layer2.Circuits[r + Layer2Model.Storm + kind] = no ? 0 : (int)_matcher.Value[0] + 1;
            return ConfigurationFault.None;
        }

        private int SetEncapsulation(int r, int at, int encapsulation, int vlans)
        {
            int port = Layer2Model.PortOf(_layer2.Circuits[r]);
            int word = FaultWord + 1;
            int flags = (_layer2.Circuits[r + Layer2Model.Flags] & ~Layer2Model.EncapsulationMask) | (encapsulation << Layer2Model.EncapsulationShift);
            if (TagsPopped(Layer2Model.RewriteOf(flags)) > Layer2Model.TagsOf(flags, vlans))
            {
                return ConfigurationFault.TooFewTags;
            }
            if (encapsulation == Layer2Model.NoEncapsulation && _layer2.FindJoin(_instance) >= 0)
            {
                return ConfigurationFault.IsConnected;
            }
            if (encapsulation == Layer2Model.Untagged || encapsulation == Layer2Model.Default)
            {
                int i = port * ConfigurationModel.InterfaceStride;
                if (_model.Interfaces[i + ConfigurationModel.AddressBits] != 0 || _model.Ipv6.NextOf(port, -1) >= 0
                    || (_model.Interfaces[i + ConfigurationModel.Flags] & ConfigurationModel.Ipv6Enabled) != 0)
                {
                    return Fault(ConfigurationFault.HasAddress, word);
                }
                if ((_model.Interfaces[i + ConfigurationModel.Flags] & ConfigurationModel.Mpls) != 0)
                {
                    return Fault(ConfigurationFault.HasMpls, word);
                }
            }
            for (int k = 0; k < _layer2.CircuitCount && encapsulation != Layer2Model.NoEncapsulation; k++)
            {
                int other = k * Layer2Model.CircuitStride;
                if (k != at && Layer2Model.PortOf(_layer2.Circuits[other]) == port && _layer2.Circuits[other + Layer2Model.Vlans] == vlans
                    && Layer2Model.EncapsulationOf(_layer2.Circuits[other + Layer2Model.Flags]) == encapsulation)
                {
                    InTheWay = MutualRules.Circuit | k;
                    return Fault(ConfigurationFault.EncapsulationTwice, encapsulation == Layer2Model.Dot1q ? _matcher.WordOf[0] : word);
                }
            }
            if (encapsulation >= Layer2Model.Default && Layer2Model.EncapsulationOf(_layer2.Circuits[r + Layer2Model.Flags]) < Layer2Model.Default
                && _layer2.CountTagged() >= _tables.Capacity.Circuits)
            {
                return Fault(ConfigurationFault.TableFull, word);
            }
            _layer2.Circuits[r + Layer2Model.Flags] = flags;
            _layer2.Circuits[r + Layer2Model.Vlans] = vlans;
            return ConfigurationFault.None;
        }

        private static int TagsPopped(int rewrite)
        {
            return rewrite == Layer2Model.PopTwo ? 2 : rewrite == Layer2Model.PopOne || rewrite == Layer2Model.Translate ? 1 : 0;
        }

        private int SetRewrite(int r, bool no, int rewrite, int vlan)
        {
            if (no)
            {
                rewrite = Layer2Model.NoRewrite;
            }
            int flags = _layer2.Circuits[r + Layer2Model.Flags];
            if (TagsPopped(rewrite) > Layer2Model.TagsOf(flags, _layer2.Circuits[r + Layer2Model.Vlans]))
            {
                return Fault(ConfigurationFault.TooFewTags, _matcher.WordOf[0]);
            }
            _layer2.Circuits[r + Layer2Model.Flags] = (flags & ~Layer2Model.RewriteMask) | (rewrite << Layer2Model.RewriteShift);
            _layer2.Circuits[r + Layer2Model.RewriteVlan] = vlan;
            return ConfigurationFault.None;
        }

        // ---- services: one per instance

        private int SetXconnect(int r, int at, bool no)
        {
            int[] record = _layer2.Circuits;
            if (no)
            {
                record[r + Layer2Model.Flags] &= ~(ConfigurationModel.Xconnect | ConfigurationModel.PseudowireFlags);
                for (int i = Layer2Model.Peer; i <= Layer2Model.RemoteLabel; i++)
                {
                    record[r + i] = 0;
                }
                return ConfigurationFault.None;
            }
            _ignoreWire = true;
            if (record[r + Layer2Model.Bridge] != 0 || _layer2.FindJoin(_instance) >= 0)
            {
                return ConfigurationFault.HasService;
            }
            int fault = PseudowireLines.CheckPeer(_model, _matcher, -1, at, out FaultWord, out InTheWay);
            if (fault != ConfigurationFault.None)
            {
                return fault;
            }
            if ((record[r + Layer2Model.Flags] & ConfigurationModel.Xconnect) == 0 && _model.CountXconnects() >= _tables.Capacity.Pseudowires)
            {
                return Fault(ConfigurationFault.TableFull, 0);
            }
            record[r + Layer2Model.Peer] = (int)_matcher.Value[0];
            record[r + Layer2Model.VcId] = (int)_matcher.Value[1];
            record[r + Layer2Model.Flags] |= ConfigurationModel.Xconnect;
            PseudowireLines.SetSignalled(record, r + Layer2Model.Flags, r + Layer2Model.Peer, !_matcher.Has(2));
            _ignoreWire = false;
            return ConfigurationFault.None;
        }

        private int SetBridge(int r, bool no)
        {
            int[] record = _layer2.Circuits;
            int number = (int)_matcher.Value[0];
            if (no)
            {
                if (_matcher.Has(0) && record[r + Layer2Model.Bridge] >> 4 != number)
                {
                    return Fault(ConfigurationFault.OtherBridge, _matcher.WordOf[0]);
                }
                record[r + Layer2Model.Bridge] = 0;
                return ConfigurationFault.None;
            }
            if ((record[r + Layer2Model.Flags] & ConfigurationModel.Xconnect) != 0 || _layer2.FindJoin(_instance) >= 0)
            {
                return ConfigurationFault.HasService;
            }
            bool isNew = record[r + Layer2Model.Bridge] >> 4 != number;
            if ((isNew && _layer2.CountMembers(number) >= _tables.Capacity.BridgeMembers) || !_layer2.AddBridge(number))
            {
                return Fault(ConfigurationFault.TableFull, _matcher.WordOf[0]);
            }
            record[r + Layer2Model.Bridge] = (number << 4) | (_matcher.Has(1) ? (int)_matcher.Value[1] : 0);
            return ConfigurationFault.None;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(14);
        }
    }
}
