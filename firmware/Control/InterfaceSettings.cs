using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// Interfaces as they are configured, but for their addresses: VRF, shutdown, label scope, MTU, loopbacks; and what neighbours,
    /// routes and the pseudowire must hear when a link goes or comes.
    /// </summary>
    public sealed class InterfaceSettings
    {
        public const int MinMtu = 64;

        private readonly Tables _tables;
        private readonly HostStack _host;
        private readonly InterfaceTable _interfaces;
        private readonly RouteTable _routes;
        private readonly LinkEvents _links;
        private readonly Adjacencies _adjacencies;
        private readonly StaticPseudowires _pseudowires;
        private readonly ServiceInstances _instances;
        private readonly InterfaceAddresses _addresses;
        private readonly Ipv6Addresses _ipv6;

        public InterfaceSettings(Tables tables, HostStack host, RouteTable routes, LinkEvents links, Adjacencies adjacencies,
            StaticPseudowires pseudowires, InterfaceAddresses addresses, Ipv6Addresses ipv6, ServiceInstances instances)
        {
            _instances = instances;
            _tables = tables;
            _host = host;
            _interfaces = host.Interfaces;
            _routes = routes;
            _links = links;
            _adjacencies = adjacencies;
            _pseudowires = pseudowires;
            _addresses = addresses;
            _ipv6 = ipv6;
        }

        internal int SetVrf(int i, int vrf)
        {
            if (!IsInterface(i))
            {
                return ControlResult.NoSuchInterface;
            }
            if (!_tables.Vrfs.IsUsed(vrf))
            {
                return ControlResult.NoSuchVrf;
            }
            if (vrf == _interfaces.Vrf[i])
            {
                return ControlResult.Ok;
            }
            if (_pseudowires.OfPort(i) != PseudowireTable.None)
            {
                return ControlResult.InterfaceHasXconnect;
            }
            if (vrf != VrfStore.Global && _links.IsPort(i) && _tables.Ports.ScopeOf(i) != ForwardingHandle.ScopeNone)
            {
                // RFC 4364 section 13.1: who is in a VRF may not send the core's labels.
                return ControlResult.InterfaceHasMpls;
            }
            Move(i, vrf);
            return ControlResult.Ok;
        }

        internal int SetEnabled(int i, bool enabled, uint now)
        {
            if (!IsInterface(i))
            {
                return ControlResult.NoSuchInterface;
            }
            if (_links.IsEnabled(i) == enabled)
            {
                return ControlResult.Ok;
            }
            _links.SetEnabled(i, enabled);
            // A port that is enabled comes up in the next poll, which has the time.
            if (!_links.IsPort(i) || (!enabled && _links.Changed(i)))
            {
                FollowLink(i, now);
            }
            return ControlResult.Ok;
        }

        internal int SetMpls(int i, bool on)
        {
            if (!IsInterface(i))
            {
                return ControlResult.NoSuchInterface;
            }
            if (!_links.IsPort(i))
            {
                return ControlResult.NotAPort;
            }
            if (on && _pseudowires.OfPort(i) != PseudowireTable.None)
            {
                return ControlResult.InterfaceHasXconnect;
            }
            if (on && _interfaces.Vrf[i] != VrfStore.Global)
            {
                return ControlResult.InterfaceInVrf;
            }
            int scope = on ? ForwardingHandle.ScopeCore : ForwardingHandle.ScopeNone;
            if (_tables.Ports.ScopeOf(i) != scope)
            {
                _tables.Ports.SetScope(i, scope);
                _routes.Dirty = true;
            }
            return ControlResult.Ok;
        }

        internal int SetMtu(int i, int mtu)
        {
            if (!IsInterface(i))
            {
                return ControlResult.NoSuchInterface;
            }
            if (!_links.IsPort(i))
            {
                return ControlResult.NotAPort;
            }
            if (_tables.Ports.Device[i] == null)
            {
                return ControlResult.NoDevice;
            }
            int most = _tables.Ports.Device[i].MaxFrameLength - EthernetHeader.Length;
            int configured = mtu;
            if (mtu == 0)
            {
                mtu = most;
            }
            if (mtu < MinMtu || mtu > most)
            {
                return ControlResult.MtuOutOfRange;
            }
            _tables.Ports.Record[i * PortTable.Stride + PortTable.Mtu] = mtu;
            _host.Neighbors.Rewrite(i);
            _host.Neighbors6.Rewrite(i);
            _pseudowires.FollowMtu(i, configured);
            _instances.FollowPort(i);
            return ControlResult.Ok;
        }

        /// <returns>The interface's index, or a <see cref="ControlResult"/>.</returns>
        internal int AddLoopback(string name)
        {
            if (name == null || name.Length == 0)
            {
                return ControlResult.InvalidName;
            }
            int i = _interfaces.Find(name);
            if (i != InterfaceTable.None)
            {
                return i >= _interfaces.Ports ? i : ControlResult.NameInUse;
            }
            for (i = _interfaces.Ports; i < _interfaces.Count; i++)
            {
                if (_interfaces.Name[i] == null)
                {
                    _interfaces.Name[i] = name;
                    _links.SetEnabled(i, true);
                    return i;
                }
            }
            return ControlResult.TableFull;
        }

        internal int RemoveLoopback(int i)
        {
            if (!IsInterface(i))
            {
                return ControlResult.NoSuchInterface;
            }
            if (_links.IsPort(i))
            {
                return ControlResult.NotALoopback;
            }
            _addresses.Clear(i);
            _ipv6.Disable(i);
            _links.SetEnabled(i, false);
            _interfaces.Vrf[i] = VrfStore.Global;
            _interfaces.Name[i] = null;
            return ControlResult.Ok;
        }

        /// <summary>Every interface of a VRF returns to the global table, without address.</summary>
        internal void LeaveVrf(int vrf)
        {
            for (int i = 0; i < _interfaces.Count; i++)
            {
                if (_interfaces.Vrf[i] == vrf)
                {
                    Move(i, VrfStore.Global);
                }
            }
        }

        // Paths of the former VRF name the port's neighbours until the next pass has been over them.
        private void Move(int i, int vrf)
        {
            _addresses.Clear(i);
            _ipv6.Disable(i);
            _interfaces.Vrf[i] = vrf;
            if (_links.IsPort(i))
            {
                _host.Neighbors.Withhold(i);
                _host.Neighbors6.Withhold(i);
            }
            if (_links.IsPort(i))
            {
                _instances.Publish(i);
            }
            _routes.Dirty = true;
        }

        /// <summary>The interface came up or went down: neighbours, routes and pseudowire follow.</summary>
        internal void FollowLink(int i, uint now)
        {
            if (_links.IsPort(i))
            {
                if (_links.IsUp(i))
                {
                    _host.PortUp(i, now);
                }
                else
                {
                    _host.PortDown(i, now);
                }
                _adjacencies.FollowPort(i);
                _pseudowires.FollowPort(i);
                _instances.FollowPort(i);
            }
            _ipv6.FollowLink(i);
            uint address = _interfaces.Address[i];
            if (address != 0)
            {
                int bits = _interfaces.PrefixBits[i];
                _routes.Selector.Program(_interfaces.Vrf[i], address, 32);
                _routes.Selector.Program(_interfaces.Vrf[i], address & InterfaceTable.MaskOf(bits), bits);
            }
            _routes.Dirty = true;
        }

        private bool IsInterface(int i)
        {
            return i >= 0 && i < _interfaces.Count && _interfaces.Name[i] != null;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(10);
        }
    }
}
