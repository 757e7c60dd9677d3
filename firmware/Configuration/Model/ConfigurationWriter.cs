using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>Writes a model as configuration lines in the order of IOS; reading them back gives the same model. One record per step.</summary>
    public sealed partial class ConfigurationWriter
    {
        private const int Head = 0;
        private const int VrfPart = 1;
        private const int MplsPart = 2;
        private const int BindingPart = 3;
        private const int BridgePart = 4;
        private const int LoopbackPart = 5;
        private const int PortPart = 6;
        private const int JoinPart = 7;
        private const int OspfPart = 8;
        private const int BfdPart = 9;
        private const int RoutePart = 10;
        private const int Ipv6RoutePart = 11;
        private const int Done = 12;

        private readonly VrfNames _vrfs;
        private readonly InterfaceTable _interfaces;
        private ConfigurationModel _model;
        private TextBuffer _output;
        private int _part = Done;
        private int _row;
        private int _vrf;
        private int _circuit;

        // Of an interface: where its next OSPF line is looked for, or one of these.
        private const int AddressesNext = -1;
        private const int InstancesNext = -2;
        private int _ospf = AddressesNext;
        private bool _body;
        private bool _lines;
        private bool _only;

        public ConfigurationWriter(VrfNames vrfs, InterfaceTable interfaces)
        {
            _vrfs = vrfs;
            _interfaces = interfaces;
        }

        public void Begin(ConfigurationModel model, TextBuffer output)
        {
            _model = model;
            _output = output;
            _body = false;
            _lines = false;
            _only = false;
            _vrf = 0;
            _ospf = AddressesNext;
            _circuit = 0;
            Enter(Head);
        }

        /// <summary>Writes one interface of a model and nothing else.</summary>
        public void BeginInterface(ConfigurationModel model, TextBuffer output, int index)
        {
            Begin(model, output);
            _only = true;
            _part = index < model.Ports ? PortPart : LoopbackPart;
            _row = index;
        }

        private void Enter(int part)
        {
            // A separator behind every part that had lines; interfaces and VRFs bring their own.
            if (_lines)
            {
                _output.Line("!");
            }
            _lines = false;
            _part = part;
            _row = 0;
        }

        /// <summary>Writes at most <see cref="TextBuffer.StepRoom"/> octets.</summary>
        /// <returns>False when all is written.</returns>
        public bool Step()
        {
            switch (_part)
            {
                case Head:
                    _output.Line("!");
                    if (_model.Hostname != 0)
                    {
                        PutText(_output.Text("hostname "), _model, _model.Hostname);
                        _output.Line();
                        _output.Line("!");
                    }
                    Enter(VrfPart);
                    return true;
                case VrfPart: return WriteVrf();
                case MplsPart: return WriteMpls();
                case BindingPart: return WriteBinding();
                case LoopbackPart: return WriteInterface(_model.Ports, _model.InterfaceCount, PortPart);
                case BridgePart: return WriteBridge();
                case PortPart: return WriteInterface(0, _model.Ports, JoinPart);
                case JoinPart: return WriteJoin();
                case OspfPart: return WriteOspf();
                case BfdPart: return WriteBfd();
                case RoutePart: return WriteRoute();
                case Ipv6RoutePart: return WriteIpv6Route();
                default: return false;
            }
        }

        /// <summary>The name of the router; "Router" until it has one.</summary>
        public static void PutHostname(TextBuffer output, ConfigurationModel model)
        {
            if (model.Hostname == 0)
            {
                output.Text("Router");
            }
            else
            {
                PutText(output, model, model.Hostname);
            }
        }

        /// <summary>Writes one of a model's texts.</summary>
        public static void PutText(TextBuffer output, ConfigurationModel model, int handle)
        {
            output.Text(model.Texts, handle >> 8, handle & 255);
        }

        private bool WriteVrf()
        {
            _vrf = _vrfs.NextByName(_vrf, _model);
            if (_vrf == VrfNames.None)
            {
                _vrf = 0;
                Enter(MplsPart);
                return true;
            }
            _output.Text("ip vrf ").Line(_vrfs.NameOf(_vrf));
            int r = _vrf * ConfigurationModel.VrfStride;
            uint high = (uint)_model.Vrfs[r + ConfigurationModel.DistinguisherHigh];
            uint low = (uint)_model.Vrfs[r + ConfigurationModel.DistinguisherLow];
            if (high != 0 || low != 0)
            {
                Literal.PutDistinguisher(_output.Text(" rd "), high, low);
                _output.Line();
            }
            _output.Line("!");
            return true;
        }

        private bool WriteMpls()
        {
            if (_row > 0)
            {
                int before = _output.Total;
                bool more = LdpLines.Write(_model, _interfaces, _output, _row - 1);
                _lines |= _output.Total != before;
                _row++;
                return more || EndMpls();
            }
            _row++;
            if (_model.LabelMin != 0)
            {
                _output.Text("mpls label range ").Number(_model.LabelMin).Put(' ');
                _output.Number(_model.LabelMax);
                if (_model.StaticMin != 0)
                {
                    _output.Text(" static ").Number(_model.StaticMin).Put(' ');
                    _output.Number(_model.StaticMax);
                }
                _output.Line();
                _lines = true;
            }
            if (_model.NoPropagateTtl != 0)
            {
                _output.Text("no mpls ip propagate-ttl").Line(_model.NoPropagateTtl == ConfigurationModel.Forwarded ? " forwarded"
                    : _model.NoPropagateTtl == ConfigurationModel.Local ? " local" : "");
                _lines = true;
            }
            return true;
        }

        // The separator comes after the bindings.
        private bool EndMpls()
        {
            bool lines = _lines;
            _lines = false;
            Enter(BindingPart);
            _vrf = 0;
            _lines = lines;
            return true;
        }

        private void PutMask(int bits)
        {
            _output.Put(' ');
            _output.Address(Literal.MaskOf(bits));
        }

        // The global table's first, then those of the VRFs by name.
        private bool WriteBinding()
        {
            while (_row < _model.BindingCount && _model.Bindings[_row * ConfigurationModel.BindingStride] >> 8 != _vrf)
            {
                _row++;
            }
            if (_row >= _model.BindingCount)
            {
                _row = 0;
                _vrf = _vrfs.NextByName(_vrf, _model);
                if (_vrf == VrfNames.None)
                {
                    _vrf = 0;
                    Enter(BridgePart);
                    _circuit = 0;
                }
                return true;
            }
            int r = _row * ConfigurationModel.BindingStride;
            int[] binding = _model.Bindings;
            ConfigurationLines.PutBinding(_output, NameOfVrf(_vrf), (uint)binding[r + ConfigurationModel.Prefix], binding[r] & 255,
                (uint)binding[r + ConfigurationModel.NextHop], binding[r + ConfigurationModel.BindingLabel]);
            _lines = true;
            _row++;
            return true;
        }

        private bool WriteInterface(int first, int end, int next)
        {
            if (_row < first)
            {
                _row = first;
            }
            if (_row < _model.Ports && !_body)
            {
                // Ports without a device have no name.
                while (_row < end && _interfaces.Name[_row] == null)
                {
                    _row++;
                }
            }
            if (_row >= end)
            {
                Enter(next);
                return true;
            }
            int r = _row * ConfigurationModel.InterfaceStride;
            if (!_body)
            {
                _body = true;
                _output.Text("interface ");
                if (_row < _model.Ports)
                {
                    _output.Line(_interfaces.Name[_row]);
                }
                else
                {
                    _output.Text("Loopback").Number(_model.Interfaces[r + ConfigurationModel.LoopbackNumber]).Line();
                }
                int description = _model.Interfaces[r + ConfigurationModel.Description];
                if (description != 0)
                {
                    PutText(_output.Text(" description "), _model, description);
                    _output.Line();
                }
                return true;
            }
            if (_ospf == AddressesNext)
            {
                WriteAddresses(_model.Interfaces, r, _model.NamedOf(_row));
                _ospf = 0;
                return true;
            }
            if (_ospf != InstancesNext)
            {
                if (!WriteOspfOf(OspfEditor.ScopeOf(_model.NamedOf(_row))))
                {
                    WriteBody(_model.Interfaces, r);
                    _ospf = InstancesNext;
                }
                return true;
            }
            if (_row < _model.Ports && WriteInstance())
            {
                return true;
            }
            _ospf = AddressesNext;
            _circuit = 0;
            _body = false;
            _output.Line(_only ? "end" : "!");
            _row++;
            _part = _only ? Done : _part;
            return true;
        }

        private void WriteAddresses(int[] record, int r, int key)
        {
            int flags = record[r + ConfigurationModel.Flags];
            if (record[r + ConfigurationModel.Mtu] != 0)
            {
                _output.Text(" mtu ").Number(record[r + ConfigurationModel.Mtu]).Line();
            }
            if (record[r + ConfigurationModel.InterfaceVrf] != 0)
            {
                _output.Text(" ip vrf forwarding ").Line(_vrfs.NameOf(record[r + ConfigurationModel.InterfaceVrf]));
            }
            if (record[r + ConfigurationModel.AddressBits] != 0)
            {
                _output.Text(" ip address ").Address((uint)record[r + ConfigurationModel.Address]);
                PutMask(record[r + ConfigurationModel.AddressBits]);
                _output.Line();
            }
            else
            {
                _output.Line(" no ip address");
            }
            for (int i = _model.Ipv6.NextOf(key, -1); i >= 0; i = _model.Ipv6.NextOf(key, i))
            {
                int a = i * Ipv6Model.AddressStride;
                Ipv6Literal.PutPrefix(_output.Text(" ipv6 address "), _model.Ipv6.Addresses, a + Ipv6Model.Address, _model.Ipv6.Addresses[a + Ipv6Model.AddressBits]).Line();
            }
            if ((flags & ConfigurationModel.Ipv6Enabled) != 0)
            {
                _output.Line(" ipv6 enable");
            }
            if ((flags & ConfigurationModel.Verify) != 0)
            {
                _output.Text(" ip verify unicast source reachable-via ").Text((flags & ConfigurationModel.VerifyStrict) != 0 ? "rx" : "any");
                _output.Line((flags & ConfigurationModel.VerifyAllowDefault) != 0 ? " allow-default" : "");
            }
        }

        private void WriteBody(int[] record, int r)
        {
            int flags = record[r + ConfigurationModel.Flags];
            if ((flags & ConfigurationModel.Shutdown) != 0)
            {
                _output.Line(" shutdown");
            }
            if ((flags & ConfigurationModel.Mpls) != 0)
            {
                _output.Line(" mpls ip");
            }
            BfdLines.PutInterval(_output, _model, _row);
            if ((flags & ConfigurationModel.Xconnect) == 0)
            {
                return;
            }
            _output.Text(" xconnect ").Address((uint)record[r + ConfigurationModel.Peer]).Put(' ');
            _output.Unsigned((uint)record[r + ConfigurationModel.VcId]).Line(PseudowireLines.Encapsulation(flags));
            PseudowireLines.Put(_output, "  ", flags, record[r + ConfigurationModel.LocalLabel], record[r + ConfigurationModel.RemoteLabel]);
        }

        // The next OSPF line of an interface. False when there is no more.
        private bool WriteOspfOf(int scope)
        {
            OspfLines lines = _model.Ospf;
            while (lines != null && _ospf < lines.Count * OspfLines.Stride)
            {
                int r = _ospf;
                _ospf += OspfLines.Stride;
                if (lines.Record[r + OspfLines.Scope] == scope)
                {
                    OspfWriter.Put(_output, lines, r, _interfaces, _vrfs);
                    return true;
                }
            }
            return false;
        }

        // A line per step; processes lie first, by number.
        private bool WriteOspf()
        {
            OspfLines lines = _model.Ospf;
            int r = _row * OspfLines.Stride;
            if (lines == null || _row >= lines.Count || lines.Record[r + OspfLines.Scope] >= OspfLines.InterfaceScope)
            {
                Enter(BfdPart);
                return true;
            }
            if (OspfLines.KindOf(lines.Record[r + OspfLines.Kind]) == OspfLines.Process && _row != 0)
            {
                _output.Line("!");
            }
            OspfWriter.Put(_output, lines, r, _interfaces, _vrfs);
            _lines = true;
            _row++;
            return true;
        }

        private string NameOfVrf(int vrf)
        {
            return vrf == 0 ? null : _vrfs.NameOf(vrf);
        }

        private bool WriteBfd()
        {
            if (!BfdLines.PutStatic(_output, _model, _interfaces, _row))
            {
                bool lines = _lines;
                _lines = false;
                Enter(RoutePart);
                _lines = lines;
                return true;
            }
            _lines = true;
            _row++;
            return true;
        }

        private bool WriteRoute()
        {
            while (_row < _model.RouteCount && _model.Routes[_row * ConfigurationModel.RouteStride] >> 8 != _vrf)
            {
                _row++;
            }
            if (_row >= _model.RouteCount)
            {
                _row = 0;
                _vrf = _vrfs.NextByName(_vrf, _model);
                if (_vrf == VrfNames.None)
                {
                    Enter(Ipv6RoutePart);
                }
                return true;
            }
            int r = _row * ConfigurationModel.RouteStride;
            int[] route = _model.Routes;
            int place = route[r + ConfigurationModel.PortAndDistance];
            ConfigurationLines.PutRoute(_output, NameOfVrf(_vrf), (uint)route[r + ConfigurationModel.Prefix], route[r] & 255, (uint)route[r + ConfigurationModel.NextHop],
                place >> 8 == 0 ? null : _interfaces.Name[(place >> 8) - 1], place & 255, route[r + ConfigurationModel.RouteLabel]);
            _lines = true;
            _row++;
            return true;
        }

        private bool WriteIpv6Route()
        {
            if (_row >= _model.Ipv6.RouteCount)
            {
                Enter(Done);
                _output.Line("end");
                return true;
            }
            byte[] route = _model.Ipv6.Routes;
            int r = _row * Ipv6Model.RouteStride;
            int port = route[r + Ipv6Model.Port];
            ConfigurationLines.PutRoute6(_output, NameOfVrf(route[r + Ipv6Model.Vrf]), route, r + Ipv6Model.Prefix, route[r + Ipv6Model.Bits], port == 0 ? null : _interfaces.Name[port - 1],
                route, r + Ipv6Model.NextHop, Octets.ReadUInt32(route, r + Ipv6Model.Peer), Octets.ReadInt32(route, r + Ipv6Model.Label), route[r + Ipv6Model.Distance]);
            _lines = true;
            _row++;
            return true;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(12);
        }
    }
}
