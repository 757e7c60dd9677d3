namespace LabEdge.Cli
{
    // Static routes, label ranges and static label bindings.
    public sealed partial class ConfigurationEditor
    {
        private int SetRoute(bool no, bool byInterface)
        {
            int vrf = FindVrf(0);
            if (vrf < 0)
            {
                return Fault(ConfigurationFault.NoVrf, _matcher.WordOf[0]);
            }
            uint prefix = _matcher.Value[1];
            int bits = (int)_matcher.Value[2];
            uint nextHop = _matcher.Value[3];
            int port = byInterface ? (int)_matcher.Value[4] : -1;
            int label = _matcher.Has(6) ? (int)_matcher.Value[6] : -1;
            int fault = CheckPrefix(prefix, bits);
            if (fault != ConfigurationFault.None)
            {
                return Fault(fault, _matcher.WordOf[1]);
            }
            if (byInterface && (port & InterfaceNames.Loopback) != 0)
            {
                return Fault(ConfigurationFault.NotAPort, _matcher.WordOf[4]);
            }
            int table = (vrf << 8) | bits;
            int at = Model.FindRoute(table, prefix, nextHop, port);
            if (no)
            {
                if (at < 0)
                {
                    return Fault(ConfigurationFault.NotThere, 1);
                }
                int distance = Model.Routes[at * ConfigurationModel.RouteStride + ConfigurationModel.PortAndDistance] & 255;
                if (_matcher.Has(5) && (int)_matcher.Value[5] != distance)
                {
                    return Fault(ConfigurationFault.OtherDistance, _matcher.WordOf[5]);
                }
                if (_matcher.Has(6) && label != Model.Routes[at * ConfigurationModel.RouteStride + ConfigurationModel.RouteLabel])
                {
                    return Fault(ConfigurationFault.OtherLabel, _matcher.WordOf[6]);
                }
                Model.RemoveRoute(at);
                return ConfigurationFault.None;
            }
            if (_matcher.Has(3) && !IsUnicast(nextHop))
            {
                return Fault(ConfigurationFault.NotUnicast, _matcher.WordOf[3]);
            }
            _inTheWay = _matcher.Has(3) ? MutualRules.Owner(Model, label < 0 ? vrf : 0, nextHop) : MutualRules.Nothing;
            if (_inTheWay != MutualRules.Nothing)
            {
                return Fault(ConfigurationFault.NextHopIsLocal, _matcher.WordOf[3]);
            }
            if (label >= 0 && (byInterface || vrf == 0))
            {
                return byInterface ? Fault(ConfigurationFault.LabelNeedsNextHop, _matcher.WordOf[4]) : Fault(ConfigurationFault.NoVrf, _matcher.WordOf[6] - 1);
            }
            if (byInterface && Model.Interfaces[port * ConfigurationModel.InterfaceStride + ConfigurationModel.InterfaceVrf] != vrf)
            {
                return Fault(ConfigurationFault.OtherVrf, _matcher.WordOf[4]);
            }
            int r;
            if (at >= 0)
            {
                r = at * ConfigurationModel.RouteStride;
            }
            else
            {
                // Every address has two routes of its own in the RIB.
                if (Model.RouteCount >= _capacity.StaticRoutes || Model.RouteCount + 2 * Model.CountAddresses() >= _capacity.Routes)
                {
                    return Fault(ConfigurationFault.TableFull, 0);
                }
                r = Model.InsertRoute(-1 - at);
            }
            Model.Routes[r] = table;
            Model.Routes[r + ConfigurationModel.Prefix] = (int)prefix;
            Model.Routes[r + ConfigurationModel.NextHop] = (int)nextHop;
            Model.Routes[r + ConfigurationModel.PortAndDistance] = ((port + 1) << 8) | (_matcher.Has(5) ? (int)_matcher.Value[5] : 1);
            Model.Routes[r + ConfigurationModel.RouteLabel] = label;
            return ConfigurationFault.None;
        }

        public static int CheckPrefix(uint prefix, int bits)
        {
            if ((prefix & ~Literal.MaskOf(bits)) != 0)
            {
                return ConfigurationFault.HostBits;
            }
            return prefix >> 28 >= 14 || (prefix >> 24 == 127 && bits >= 8) ? ConfigurationFault.BadPrefix : ConfigurationFault.None;
        }

        public static bool IsUnicast(uint address)
        {
            uint first = address >> 24;
            return first != 0 && first != 127 && first < 224;
        }

        // ---- labels

        private int SetRange(bool no)
        {
            if (no)
            {
                Model.LabelMin = 0;
                Model.LabelMax = 0;
                Model.StaticMin = 0;
                Model.StaticMax = 0;
                return ConfigurationFault.None;
            }
            int min = (int)_matcher.Value[0];
            int max = (int)_matcher.Value[1];
            int staticMin = (int)_matcher.Value[2];
            int staticMax = (int)_matcher.Value[3];
            if (min > max)
            {
                return Fault(ConfigurationFault.RangeOrder, _matcher.WordOf[0]);
            }
            int last = _capacity.FirstLabel + _capacity.Labels - 1;
            if (min < _capacity.FirstLabel || max > last)
            {
                return Fault(ConfigurationFault.RangeWindow, _matcher.WordOf[max > last ? 1 : 0]);
            }
            if (_matcher.Has(2))
            {
                if (staticMin > staticMax || (staticMin <= max && min <= staticMax))
                {
                    return Fault(ConfigurationFault.RangeOrder, _matcher.WordOf[2]);
                }
                if (staticMin < _capacity.FirstLabel || staticMax > last)
                {
                    return Fault(ConfigurationFault.RangeWindow, _matcher.WordOf[staticMax > last ? 3 : 2]);
                }
                if (!LabelRules.HoldsAll(Model, staticMin, staticMax))
                {
                    return Fault(ConfigurationFault.RangeTooSmall, _matcher.WordOf[2]);
                }
            }
            Model.LabelMin = min;
            Model.LabelMax = max;
            Model.StaticMin = staticMin;
            Model.StaticMax = staticMax;
            return ConfigurationFault.None;
        }

        // Not a label that a line can name; explicit null is one.
        private const int NotBound = -1;

        private int SetInput(bool no)
        {
            int vrf = FindVrf(0);
            if (vrf < 0)
            {
                return Fault(ConfigurationFault.NoVrf, _matcher.WordOf[0]);
            }
            uint prefix = _matcher.Value[1];
            int table = (vrf << 8) | (int)_matcher.Value[2];
            int label = (int)_matcher.Value[3];
            int at = Model.FindBinding(table, prefix, 0);
            int own = BoundLabel(Model, at);
            if (no)
            {
                return own == label ? RemoveBinding(at) : Fault(ConfigurationFault.NotThere, _matcher.WordOf[3]);
            }
            int fault = _labels.Check(label, Model, BoundLabel(_running, _running.FindBinding(table, prefix, 0)), own);
            return fault != ConfigurationFault.None ? Fault(fault, _matcher.WordOf[3]) : SetBinding(at, table, prefix, 0, label);
        }

        private int SetOutput(bool no, int label)
        {
            uint prefix = _matcher.Value[1];
            int table = (int)_matcher.Value[2];
            uint nextHop = _matcher.Value[4];
            int at = Model.FindBinding(table, prefix, nextHop);
            if (no)
            {
                return BoundLabel(Model, at) == label ? RemoveBinding(at) : Fault(ConfigurationFault.NotThere, 1);
            }
            if (!IsUnicast(nextHop))
            {
                return Fault(ConfigurationFault.NotUnicast, _matcher.WordOf[4]);
            }
            _inTheWay = MutualRules.Owner(Model, 0, nextHop);
            if (_inTheWay != MutualRules.Nothing)
            {
                return Fault(ConfigurationFault.NextHopIsLocal, _matcher.WordOf[4]);
            }
            return SetBinding(at, table, prefix, nextHop, label);
        }

        private static int BoundLabel(ConfigurationModel model, int at)
        {
            return at < 0 ? NotBound : model.Bindings[at * ConfigurationModel.BindingStride + ConfigurationModel.BindingLabel];
        }

        private int RemoveBinding(int at)
        {
            Model.RemoveBinding(at);
            return ConfigurationFault.None;
        }

        private int SetBinding(int at, int table, uint prefix, uint nextHop, int label)
        {
            int fault = CheckPrefix(prefix, table & 255);
            if (fault != ConfigurationFault.None)
            {
                return Fault(fault, _matcher.WordOf[1]);
            }
            int r;
            if (at >= 0)
            {
                r = at * ConfigurationModel.BindingStride;
            }
            else
            {
                if (Model.BindingCount >= _capacity.StaticBindings)
                {
                    return Fault(ConfigurationFault.TableFull, 0);
                }
                r = Model.InsertBinding(-1 - at);
            }
            Model.Bindings[r] = table;
            Model.Bindings[r + ConfigurationModel.Prefix] = (int)prefix;
            Model.Bindings[r + ConfigurationModel.NextHop] = (int)nextHop;
            Model.Bindings[r + ConfigurationModel.BindingLabel] = label;
            return ConfigurationFault.None;
        }
    }
}
