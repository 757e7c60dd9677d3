using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>
    /// Brings the router from one model to another: what both have is not touched. It takes away first, dependants before what
    /// they stand on, then adds in the other order; one record per step, so that it can run under a budget.
    /// </summary>
    public sealed partial class ConfigurationDifference
    {
        private const int CheckPorts = 0;
        private const int RemoveIpv6Routes = 1;
        private const int RemoveIpv6 = 2;
        private const int RemoveRoutes = 3;
        private const int RemoveBindings = 4;
        private const int RemoveXconnects = 5;
        private const int RemoveJoins = 6;
        private const int RemoveCircuits = 7;
        private const int RemoveBridges = 8;
        private const int RemoveAddresses = 9;
        private const int RemoveVrfs = 10;
        private const int Globals = 11;
        private const int AddVrfs = 12;
        private const int AddInterfaces = 13;
        private const int AddIpv6 = 14;
        private const int AddBindings = 15;
        private const int AddRoutes = 16;
        private const int AddIpv6Routes = 17;
        private const int AddXconnects = 18;
        private const int AddBridges = 19;
        private const int AddCircuits = 20;
        private const int AddJoins = 21;
        private const int SetLdp = 22;
        private const int SetOspf = 23;
        private const int SetBfd = 24;
        private const int Done = 25;

        private readonly ControlModule _control;
        private readonly Tables _tables;
        private readonly InterfaceTable _interfaces;
        private readonly VrfNames _names;
        private readonly byte[] _distinguisher = new byte[8];
        private ConfigurationModel _from;
        private ConfigurationModel _to;
        private int _phase = Done;
        private int _row;

        /// <summary>The first answer of Control that was not Ok; a <see cref="ControlResult"/>.</summary>
        public int Result;

        /// <summary>Changes that Control was asked for.</summary>
        public int Changes;
        private int _faultPhase;
        private int _faultRow;

        public ConfigurationDifference(ControlModule control, HostStack host, Tables tables, VrfNames names)
        {
            _control = control;
            _tables = tables;
            _interfaces = host.Interfaces;
            _names = names;
        }

        public void Begin(ConfigurationModel from, ConfigurationModel to)
        {
            _from = from;
            _to = to;
            _phase = CheckPorts;
            _row = 0;
            Result = ControlResult.Ok;
            Changes = 0;
        }

        /// <summary>Handles one record.</summary>
        /// <returns>False when there is none left.</returns>
        public bool Step()
        {
            while (_phase != Done && _row >= Rows(_phase))
            {
                _phase++;
                _row = 0;
            }
            if (_phase == Done)
            {
                return false;
            }
            Handle(_phase, _row);
            _row++;
            return true;
        }

        private int Rows(int phase)
        {
            switch (phase)
            {
                case RemoveRoutes: return _from.RouteCount;
                case RemoveBindings: return _from.BindingCount;
                case CheckPorts:
                case RemoveXconnects: return _from.Ports;
                case RemoveJoins: return _from.Layer2.JoinCount;
                case RemoveCircuits: return _from.Layer2.CircuitCount;
                case RemoveBridges: return _from.Layer2.BridgeCount;
                case AddBridges: return _to.Layer2.BridgeCount;
                case AddCircuits: return _to.Layer2.CircuitCount;
                case AddJoins: return _to.Layer2.JoinCount;
                case RemoveIpv6Routes: return _from.Ipv6.RouteCount;
                case AddIpv6Routes: return _to.Ipv6.RouteCount;
                case AddIpv6: return _to.InterfaceCount;
                case RemoveIpv6:
                case RemoveAddresses: return _from.InterfaceCount;
                case RemoveVrfs:
                case AddVrfs: return _names.Slots;
                case SetLdp:
                case SetOspf:
                case SetBfd:
                case Globals: return 1;
                case AddInterfaces: return _to.InterfaceCount;
                case AddBindings: return _to.BindingCount;
                case AddRoutes: return _to.RouteCount;
                case AddXconnects: return _to.Ports;
                default: return 0;
            }
        }

        private void Handle(int phase, int row)
        {
            switch (phase)
            {
                case CheckPorts: CheckPort(row); break;
                case RemoveIpv6Routes: RemoveIpv6Route(row); break;
                case RemoveIpv6: RemoveIpv6Of(row); break;
                case AddIpv6: AddIpv6Of(row); break;
                case AddIpv6Routes: AddIpv6Route(row); break;
                case RemoveRoutes: RemoveRoute(row * ConfigurationModel.RouteStride); break;
                case RemoveBindings: RemoveBinding(row * ConfigurationModel.BindingStride); break;
                case RemoveXconnects: RemoveXconnect(row); break;
                case RemoveJoins: RemoveJoin(row * Layer2Model.JoinStride); break;
                case RemoveCircuits: RemoveCircuit(row * Layer2Model.CircuitStride); break;
                case RemoveBridges: RemoveBridge(row * Layer2Model.BridgeStride); break;
                case AddBridges: AddBridge(row * Layer2Model.BridgeStride); break;
                case AddCircuits: AddCircuit(row * Layer2Model.CircuitStride); break;
                case AddJoins: AddJoin(row * Layer2Model.JoinStride); break;
                case RemoveAddresses: RemoveAddress(row); break;
                case RemoveVrfs:
                    RemoveVrf(row);
                    break;
                case Globals: SetGlobals(); break;
                case SetLdp: ApplyLdp(); break;
                case SetOspf: ApplyOspf(); break;
                case SetBfd: ApplyBfd(); break;
                case AddVrfs: AddVrf(row); break;
                case AddInterfaces: AddInterface(row); break;
                case AddBindings: AddBinding(row * ConfigurationModel.BindingStride); break;
                case AddRoutes: AddRoute(row * ConfigurationModel.RouteStride); break;
                default: AddXconnect(row); break;
            }
        }

        private void Note(int result)
        {
            Changes++;
            Keep(result);
        }

        private void Keep(int result)
        {
            if (result < ControlResult.Ok && Result == ControlResult.Ok)
            {
                Result = result;
                _faultPhase = _phase;
                _faultRow = _row;
            }
        }

        private int VrfOf(int slot)
        {
            return slot == 0 ? VrfStore.Global : _tables.Vrfs.Find(_names.NameOf(slot));
        }

        private int IndexOf(ConfigurationModel model, int row)
        {
            return row < model.Ports ? row
                : _interfaces.Find(InterfaceNames.NameOfLoopback(model.Interfaces[row * ConfigurationModel.InterfaceStride + ConfigurationModel.LoopbackNumber]));
        }

        // The same interface in the other model, or -1.
        private static int Other(ConfigurationModel model, int row, ConfigurationModel other)
        {
            return row < model.Ports ? row
                : other.FindLoopback(model.Interfaces[row * ConfigurationModel.InterfaceStride + ConfigurationModel.LoopbackNumber]);
        }

        private void RemoveRoute(int r)
        {
            int[] route = _from.Routes;
            int port = (route[r + ConfigurationModel.PortAndDistance] >> 8) - 1;
            uint prefix = (uint)route[r + ConfigurationModel.Prefix];
            uint nextHop = (uint)route[r + ConfigurationModel.NextHop];
            if (_to.FindRoute(route[r], prefix, nextHop, port) < 0)
            {
                Note(_control.RemoveStaticRoute(VrfOf(route[r] >> 8), prefix, route[r] & 255, nextHop, port));
            }
        }

        private void RemoveBinding(int r)
        {
            int[] binding = _from.Bindings;
            uint prefix = (uint)binding[r + ConfigurationModel.Prefix];
            uint nextHop = (uint)binding[r + ConfigurationModel.NextHop];
            int other = _to.FindBinding(binding[r], prefix, nextHop);

            // An input label that changes is given back first: another FEC may be about to take it.
            if (other < 0 || (nextHop == 0 && _to.Bindings[other * ConfigurationModel.BindingStride + ConfigurationModel.BindingLabel] != binding[r + ConfigurationModel.BindingLabel]))
            {
                Note(nextHop == 0 ? _control.RemoveInputBinding(VrfOf(binding[r] >> 8), prefix, binding[r] & 255)
                    : _control.RemoveOutputBinding(prefix, binding[r] & 255, nextHop));
            }
        }

        // A pseudowire is made when its labels are there, or LDP is to give them.
        private static bool HasPseudowire(ConfigurationModel model, int row)
        {
            int r = row * ConfigurationModel.InterfaceStride;
            return PseudowireLines.IsMade(model.Interfaces[r + ConfigurationModel.Flags], model.Interfaces[r + ConfigurationModel.LocalLabel]);
        }

        // The port has to receive frames for other stations.
        private static bool TakesAll(ConfigurationModel model, int row)
        {
            return HasPseudowire(model, row) || model.Layer2.HasMadeInstance(row);
        }

        // What only the device knows is asked before anything changes.
        private void CheckPort(int row)
        {
            if (TakesAll(_to, row) && !TakesAll(_from, row))
            {
                IEthernetPort device = (IEthernetPort)_tables.Ports.Device[row];
                Keep(device == null ? ControlResult.NoDevice : device.SetPromiscuous(true) ? ControlResult.Ok : ControlResult.NotPromiscuous);
                for (int i = 0; i < row && Result != ControlResult.Ok; i++)
                {
                    if (TakesAll(_to, i) && !TakesAll(_from, i))
                    {
                        ((IEthernetPort)_tables.Ports.Device[i]).SetPromiscuous(false);
                    }
                }
            }
        }

        // What names it apart, or a label, that changes is given back first: another port may be about to take it.
        private void RemoveXconnect(int row)
        {
            bool changed = !HasPseudowire(_to, row);
            for (int i = ConfigurationModel.Peer; i <= ConfigurationModel.LocalLabel; i++)
            {
                changed |= _to.Interfaces[row * ConfigurationModel.InterfaceStride + i] != _from.Interfaces[row * ConfigurationModel.InterfaceStride + i];
            }
            if (changed && HasPseudowire(_from, row))
            {
                Note(_control.RemovePseudowire(row));
            }
        }

        // A distinguisher that changes is given back first, for the same reason.
        private void RemoveVrf(int slot)
        {
            if (slot == 0 || !_from.HasVrf(slot))
            {
                return;
            }
            int vrf = _tables.Vrfs.Find(_names.NameOf(slot));
            if (!_to.HasVrf(slot))
            {
                Note(_control.RemoveVrf(vrf));
                return;
            }
            int high = slot * ConfigurationModel.VrfStride + ConfigurationModel.DistinguisherHigh;
            int low = slot * ConfigurationModel.VrfStride + ConfigurationModel.DistinguisherLow;
            if ((_from.Vrfs[high] != 0 || _from.Vrfs[low] != 0) && (_from.Vrfs[high] != _to.Vrfs[high] || _from.Vrfs[low] != _to.Vrfs[low]))
            {
                Octets.WriteInt32(_distinguisher, 0, 0);
                Octets.WriteInt32(_distinguisher, 4, 0);
                Note(_control.SetDistinguisher(vrf, _distinguisher));
            }
        }

        private void RemoveAddress(int row)
        {
            int r = row * ConfigurationModel.InterfaceStride;
            int other = Other(_from, row, _to);
            int[] from = _from.Interfaces;
            if (other < 0)
            {
                Note(_control.RemoveLoopback(IndexOf(_from, row)));
                return;
            }
            int o = other * ConfigurationModel.InterfaceStride;
            int[] to = _to.Interfaces;
            if ((from[r + ConfigurationModel.Flags] & ConfigurationModel.Verify) != 0 && (to[o + ConfigurationModel.Flags] & ConfigurationModel.Verify) == 0)
            {
                Note(_control.SetReversePath(row, 0));
            }
            if ((from[r + ConfigurationModel.Flags] & ~to[o + ConfigurationModel.Flags] & ConfigurationModel.Mpls) != 0)
            {
                Note(_control.SetInterfaceMpls(row, false));
            }
            bool same = from[r + ConfigurationModel.InterfaceVrf] == to[o + ConfigurationModel.InterfaceVrf];
            if (from[r + ConfigurationModel.AddressBits] != 0 && !(same && SameAddress(from, r, to, o)))
            {
                Note(_control.ClearInterfaceAddress(IndexOf(_from, row)));
            }
            if (!same)
            {
                Note(_control.SetInterfaceVrf(IndexOf(_from, row), VrfStore.Global));
            }
        }

        private static bool SameAddress(int[] a, int r, int[] b, int o)
        {
            return a[r + ConfigurationModel.Address] == b[o + ConfigurationModel.Address] && a[r + ConfigurationModel.AddressBits] == b[o + ConfigurationModel.AddressBits];
        }

        /// <summary>Writes what Control refused, as in "route 10.0.0.0/8".</summary>
        public void PutFault(TextBuffer output)
        {
            ConfigurationModel model = _faultPhase < Globals ? _from : _to;
            switch (_faultPhase)
            {
                case RemoveRoutes:
                case AddRoutes:
                    int r = _faultRow * ConfigurationModel.RouteStride;
                    output.Text("route ").Prefix((uint)model.Routes[r + ConfigurationModel.Prefix], model.Routes[r] & 255);
                    break;
                case RemoveIpv6Routes:
                case AddIpv6Routes:
                    int v = _faultRow * Ipv6Model.RouteStride;
                    Ipv6Literal.PutPrefix(output.Text("route "), model.Ipv6.Routes, v + Ipv6Model.Prefix, model.Ipv6.Routes[v + Ipv6Model.Bits]);
                    break;
                case RemoveBindings:
                case AddBindings:
                    int b = _faultRow * ConfigurationModel.BindingStride;
                    output.Text("label of ").Prefix((uint)model.Bindings[b + ConfigurationModel.Prefix], model.Bindings[b] & 255);
                    break;
                case RemoveJoins:
                case RemoveCircuits:
                case RemoveBridges:
                case AddBridges:
                case AddCircuits:
                case AddJoins:
                    PutLayer2Fault(output, model.Layer2);
                    break;
                case RemoveVrfs:
                case AddVrfs:
                    output.Text("VRF ").Text(_names.NameOf(_faultRow));
                    break;
                case SetLdp:
                    output.Text("mpls ldp");
                    break;
                case SetOspf:
                    output.Text("router ospf");
                    break;
                case SetBfd:
                    output.Text("bfd");
                    break;
                case Globals:
                    output.Text("label range");
                    break;
                default:
                    int index = IndexOf(model, _faultRow);
                    output.Text(index < 0 || _interfaces.Name[index] == null ? "interface" : _interfaces.Name[index]);
                    break;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(13);
            bill.Array(8);
        }
    }
}
