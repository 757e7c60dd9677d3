using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Cli
{
    /// <summary>The part of <see cref="ConfigurationEditor"/> that changes interfaces and their xconnects.</summary>
    public sealed class InterfaceEditor
    {
        /// <summary>Longest description: the words in front of it may be typed shorter than they are written back.</summary>
        private const int LongestDescription = LineLexer.MaxLength - 13;

        /// <summary>The word of the line that is at fault.</summary>
        public int FaultWord;

        /// <summary>The xconnect line before was wrong: its submode's lines are read and not kept.</summary>
        public bool IgnoreLabels;

        /// <summary>What the refused line contradicts, as <see cref="MutualRules"/> names it.</summary>
        public int InTheWay;

        /// <summary>The line is one of a whole text: an address cannot have been there before.</summary>
        public bool InText;

        private readonly ConfigurationModel _model;
        private readonly ConfigurationModel _running;
        private readonly VrfNames _vrfs;
        private readonly Tables _tables;
        private readonly LabelRules _labels;
        private readonly LineLexer _line;
        private readonly CommandMatcher _matcher;
        private readonly Ipv6Editor _ipv6;

        public InterfaceEditor(ConfigurationModel model, ConfigurationModel running, VrfNames vrfs, Tables tables, LabelRules labels,
            LineLexer line, CommandMatcher matcher, Ipv6Editor ipv6)
        {
            _model = model;
            _running = running;
            _vrfs = vrfs;
            _tables = tables;
            _labels = labels;
            _line = line;
            _matcher = matcher;
            _ipv6 = ipv6;
        }

        /// <param name="named">The interface as <see cref="InterfaceNames"/> read it.</param>
        /// <returns>A <see cref="ConfigurationFault"/>; nothing changed unless it is None.</returns>
        public int Apply(int named)
        {
            bool no = _matcher.Negated;
            FaultWord = no ? 1 : 0;
            InTheWay = MutualRules.Nothing;
            int action = _matcher.Action;
            bool isPort = (named & InterfaceNames.Loopback) == 0;
            int index = isPort ? named : _model.FindLoopback(named & ~InterfaceNames.Loopback);
            if (index < 0)
            {
                return ConfigurationFault.NotThere;
            }
            int r = index * ConfigurationModel.InterfaceStride;
            if (!isPort && !no && (action == CommandTable.MplsIp || action == CommandTable.Mtu || action == CommandTable.Xconnect || action == CommandTable.BfdInterval
                || action == CommandTable.VerifyStrict || action == CommandTable.VerifyLoose))
            {
                return ConfigurationFault.NotAPort;
            }
            switch (action)
            {
                case CommandTable.Description: return SetDescription(r, no);
                case CommandTable.VrfForwarding: return SetVrf(index, no);
                case CommandTable.IpAddress: return SetAddress(index, no);
                case CommandTable.Ipv6Address:
                case CommandTable.Ipv6Enable:
                    if (!no && _model.Layer2.TakesUntagged(index))
                    {
                        return ConfigurationFault.HasUntagged;
                    }
                    int fault = action == CommandTable.Ipv6Address ? _ipv6.SetAddress(named, index, no) : _ipv6.SetEnable(named, index, no);
                    FaultWord = _ipv6.FaultWord;
                    return fault;
                case CommandTable.MplsIp:
                    if (!no && Has(r, ConfigurationModel.Xconnect))
                    {
                        return ConfigurationFault.HasXconnect;
                    }
                    if (!no && _model.Interfaces[r + ConfigurationModel.InterfaceVrf] != 0)
                    {
                        return ConfigurationFault.InVrf;
                    }
                    if (!no && _model.Layer2.TakesUntagged(index))
                    {
                        return ConfigurationFault.HasUntagged;
                    }
                    return SetFlag(r, ConfigurationModel.Mpls, !no);
                case CommandTable.BfdInterval: return BfdLines.SetInterval(_model, _tables.Capacity, index, no, _matcher);
                case CommandTable.Mtu: return SetMtu(index, no);
                case CommandTable.Shutdown: return SetFlag(r, ConfigurationModel.Shutdown, !no);
                case CommandTable.Xconnect: return no ? RemoveXconnect(r) : SetXconnect(index);
                case CommandTable.VerifyStrict:
                case CommandTable.VerifyLoose: return SetVerify(r, action, no);
                default:
                    return IgnoreLabels ? ConfigurationFault.None : PseudowireLines.Apply(_model, _tables.Capacity, _labels, _matcher,
                        _model.Interfaces, r + ConfigurationModel.Flags, r + ConfigurationModel.Peer, RunningLabel(r), no, out FaultWord);
            }
        }

        private int Fault(int fault, int word)
        {
            FaultWord = word;
            return fault;
        }

        private bool Has(int r, int flag)
        {
            return (_model.Interfaces[r + ConfigurationModel.Flags] & flag) != 0;
        }

        private int SetFlag(int r, int flag, bool on)
        {
            int flags = _model.Interfaces[r + ConfigurationModel.Flags];
            _model.Interfaces[r + ConfigurationModel.Flags] = on ? flags | flag : flags & ~flag;
            return ConfigurationFault.None;
        }

        private bool HasIpv6(int index)
        {
            return Has(index * ConfigurationModel.InterfaceStride, ConfigurationModel.Ipv6Enabled) || _model.Ipv6.NextOf(KeyOf(index), -1) >= 0;
        }

        private int KeyOf(int index)
        {
            return _model.NamedOf(index);
        }

        /// <summary>Takes IPv6 from an interface.</summary>
        internal void ClearIpv6(int index)
        {
            SetFlag(index * ConfigurationModel.InterfaceStride, ConfigurationModel.Ipv6Enabled, false);
            _model.Ipv6.RemoveAddressesOf(KeyOf(index));
        }

        // Each line replaces the one before.
        private int SetVerify(int r, int action, bool no)
        {
            SetFlag(r, ConfigurationModel.Verify, false);
            if (no)
            {
                return ConfigurationFault.None;
            }
            if (_model.CountAttachments() >= _tables.Capacity.Attachments)
            {
                return Fault(ConfigurationFault.TableFull, 0);
            }
            int flags = action == CommandTable.VerifyStrict ? ConfigurationModel.VerifyStrict : ConfigurationModel.VerifyLoose;
            return SetFlag(r, _matcher.Has(0) ? flags | ConfigurationModel.VerifyAllowDefault : flags, true);
        }

        private int SetDescription(int r, bool no)
        {
            int old = _model.Interfaces[r + ConfigurationModel.Description];
            int at = 0;
            int count = 0;
            if (!no)
            {
                at = _line.Start[_matcher.WordOf[0]];
                count = _line.Length - at;
                if (count > LongestDescription)
                {
                    return Fault(ConfigurationFault.TextTooLong, _matcher.WordOf[0]);
                }
                if (!_model.TextFits(old, count))
                {
                    return Fault(ConfigurationFault.TextFull, _matcher.WordOf[0]);
                }
            }
            // The store moves texts, handles included: read the record after that.
            int handle = _model.SetText(old, _line.Octets, at, count);
            _model.Interfaces[r + ConfigurationModel.Description] = handle;
            return ConfigurationFault.None;
        }

        // The address goes with the VRF, as in IOS.
        private int SetVrf(int index, bool no)
        {
            int r = index * ConfigurationModel.InterfaceStride;
            int slot = 0;
            if (!no)
            {
                int word = _matcher.WordOf[0];
                if (Has(r, ConfigurationModel.Xconnect))
                {
                    return ConfigurationFault.HasXconnect;
                }
                if (Has(r, ConfigurationModel.Mpls))
                {
                    return ConfigurationFault.HasMpls;
                }
                slot = _vrfs.Find(_line, word);
                if (slot < 0 || !_model.HasVrf(slot))
                {
                    return Fault(ConfigurationFault.NoVrf, word);
                }
            }
            if (_model.Interfaces[r + ConfigurationModel.InterfaceVrf] != slot)
            {
                if (InText && (_model.Interfaces[r + ConfigurationModel.AddressBits] != 0 || HasIpv6(index) || OspfEditor.LeaveVrf(_model, KeyOf(index), true)))
                {
                    return ConfigurationFault.VrfAfterAddress;
                }
                InTheWay = MutualRules.RouteBy(_model, index);
                if (InTheWay != MutualRules.Nothing)
                {
                    return Fault(ConfigurationFault.NamedByRoute, no ? FaultWord : _matcher.WordOf[0]);
                }
                if (index < _model.Ports && _model.Ipv6.NamesPort(index))
                {
                    return Fault(ConfigurationFault.NamedByRoute, no ? FaultWord : _matcher.WordOf[0]);
                }
                _model.Interfaces[r + ConfigurationModel.InterfaceVrf] = slot;
                ClearAddress(r);
                ClearIpv6(index);
                OspfEditor.LeaveVrf(_model, KeyOf(index), false);
            }
            return ConfigurationFault.None;
        }

        private int ClearAddress(int r)
        {
            _model.Interfaces[r + ConfigurationModel.Address] = 0;
            _model.Interfaces[r + ConfigurationModel.AddressBits] = 0;
            return ConfigurationFault.None;
        }

        private int SetAddress(int index, bool no)
        {
            int r = index * ConfigurationModel.InterfaceStride;
            if (no)
            {
                bool other = _matcher.Has(0) && (_model.Interfaces[r + ConfigurationModel.Address] != (int)_matcher.Value[0]
                    || _model.Interfaces[r + ConfigurationModel.AddressBits] != (int)_matcher.Value[1]);
                return other ? Fault(ConfigurationFault.OtherAddress, _matcher.WordOf[0]) : ClearAddress(r);
            }
            if (Has(r, ConfigurationModel.Xconnect))
            {
                return ConfigurationFault.HasXconnect;
            }
            if (_model.Layer2.TakesUntagged(index))
            {
                return ConfigurationFault.HasUntagged;
            }
            uint address = _matcher.Value[0];
            int bits = (int)_matcher.Value[1];
            if (!ConfigurationEditor.IsUnicast(address))
            {
                return Fault(ConfigurationFault.NotUnicast, _matcher.WordOf[0]);
            }
            uint mask = Literal.MaskOf(bits);
            if (bits == 0 || (bits < 31 && ((address & ~mask) == 0 || (address & ~mask) == ~mask)))
            {
                return Fault(ConfigurationFault.NotAHost, _matcher.WordOf[bits == 0 ? 1 : 0]);
            }
            for (int i = 0; i < _model.InterfaceCount; i++)
            {
                int other = i * ConfigurationModel.InterfaceStride;
                int otherBits = _model.Interfaces[other + ConfigurationModel.AddressBits];
                int shorter = otherBits < bits ? otherBits : bits;
                if (i != index && otherBits != 0
                    && _model.Interfaces[other + ConfigurationModel.InterfaceVrf] == _model.Interfaces[r + ConfigurationModel.InterfaceVrf]
                    && (((uint)_model.Interfaces[other + ConfigurationModel.Address] ^ address) & Literal.MaskOf(shorter)) == 0)
                {
                    InTheWay = MutualRules.Interface | i;
                    return Fault(ConfigurationFault.Overlaps, _matcher.WordOf[0]);
                }
            }
            int fault = MutualRules.CheckOwn(_model, _model.Interfaces[r + ConfigurationModel.InterfaceVrf], address, out InTheWay);
            if (fault != ConfigurationFault.None)
            {
                return Fault(fault, _matcher.WordOf[0]);
            }
            if (_model.Interfaces[r + ConfigurationModel.AddressBits] == 0)
            {
                int addresses = _model.CountAddresses() + 1;
                if (addresses > _tables.Capacity.Addresses || _model.RouteCount + 2 * addresses > _tables.Capacity.Routes)
                {
                    return Fault(ConfigurationFault.TableFull, _matcher.WordOf[0]);
                }
            }
            _model.Interfaces[r + ConfigurationModel.Address] = (int)address;
            _model.Interfaces[r + ConfigurationModel.AddressBits] = bits;
            return ConfigurationFault.None;
        }

        private int SetMtu(int index, bool no)
        {
            int mtu = no ? 0 : (int)_matcher.Value[0];
            IFramePort device = index < _model.Ports ? _tables.Ports.Device[index] : null;
            if (!no && device != null && mtu > device.MaxFrameLength - EthernetHeader.Length)
            {
                return Fault(ConfigurationFault.BadMtu, _matcher.WordOf[0]);
            }
            _model.Interfaces[index * ConfigurationModel.InterfaceStride + ConfigurationModel.Mtu] = mtu;
            return ConfigurationFault.None;
        }

        private int SetXconnect(int index)
        {
            int r = index * ConfigurationModel.InterfaceStride;
            IgnoreLabels = false;
            uint peer = _matcher.Value[0];
            uint vcId = _matcher.Value[1];
            if (_model.Interfaces[r + ConfigurationModel.AddressBits] != 0 || HasIpv6(index))
            {
                return ConfigurationFault.HasAddress;
            }
            if (_model.Interfaces[r + ConfigurationModel.InterfaceVrf] != 0)
            {
                return ConfigurationFault.InVrf;
            }
            if (Has(r, ConfigurationModel.Mpls))
            {
                return ConfigurationFault.HasMpls;
            }
            if (_model.Layer2.HasInstance(index))
            {
                return ConfigurationFault.HasInstances;
            }
            int fault = PseudowireLines.CheckPeer(_model, _matcher, index, Layer2Model.NoCircuit, out FaultWord, out InTheWay);
            if (fault != ConfigurationFault.None)
            {
                return fault;
            }
            if (!Has(r, ConfigurationModel.Xconnect) && _model.CountXconnects() >= _tables.Capacity.Pseudowires)
            {
                return Fault(ConfigurationFault.TableFull, 0);
            }
            _model.Interfaces[r + ConfigurationModel.Peer] = (int)peer;
            _model.Interfaces[r + ConfigurationModel.VcId] = (int)vcId;
            PseudowireLines.SetSignalled(_model.Interfaces, r + ConfigurationModel.Flags, r + ConfigurationModel.Peer, !_matcher.Has(2));
            return SetFlag(r, ConfigurationModel.Xconnect, true);
        }

        private int RemoveXconnect(int r)
        {
            SetFlag(r, ConfigurationModel.Xconnect | ConfigurationModel.PseudowireFlags, false);
            for (int i = ConfigurationModel.Peer; i <= ConfigurationModel.RemoteLabel; i++)
            {
                _model.Interfaces[r + i] = 0;
            }
            return ConfigurationFault.None;
        }

        // A pseudowire is on a port, and ports stand at the same place in both models.
        private int RunningLabel(int r)
        {
            return _running.Interfaces[r + ConfigurationModel.LocalLabel];
        }

        public void Bill(RamBill bill)
        {
            bill.Object(12);
        }
    }
}
