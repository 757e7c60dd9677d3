using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>The part of <see cref="ConfigurationEditor"/> that changes IPv6 addresses and routes.</summary>
    public sealed class Ipv6Editor
    {
        private readonly ConfigurationModel _model;
        private readonly CommandMatcher _matcher;
        private readonly byte[] _route = new byte[Ipv6Model.RouteStride];

        /// <summary>The word of the line that is at fault.</summary>
        public int FaultWord;

        public Ipv6Editor(ConfigurationModel model, CommandMatcher matcher)
        {
            _model = model;
            _matcher = matcher;
        }

        private int Fault(int fault, int word)
        {
            FaultWord = word;
            return fault;
        }

        /// <param name="key">The interface as <see cref="InterfaceNames"/> read it.</param>
        /// <param name="index">Its index in the model.</param>
        /// <returns>A <see cref="ConfigurationFault"/>; nothing changed unless it is None.</returns>
        public int SetEnable(int key, int index, bool no)
        {
            int r = index * ConfigurationModel.InterfaceStride + ConfigurationModel.Flags;
            FaultWord = 0;
            if (!no && (_model.Interfaces[r] & ConfigurationModel.Xconnect) != 0)
            {
                return ConfigurationFault.HasXconnect;
            }
            _model.Interfaces[r] = no ? _model.Interfaces[r] & ~ConfigurationModel.Ipv6Enabled : _model.Interfaces[r] | ConfigurationModel.Ipv6Enabled;
            return ConfigurationFault.None;
        }

        /// <inheritdoc cref="SetEnable"/>
        public int SetAddress(int key, int index, bool no)
        {
            int r = index * ConfigurationModel.InterfaceStride;
            byte[] address = _matcher.Ipv6;
            int bits = (int)_matcher.Value[0];
            int at = _matcher.Has(0) ? _model.Ipv6.FindAddress(key, address, 0) : -1;
            FaultWord = no ? 1 : 0;
            if (no)
            {
                if (!_matcher.Has(0))
                {
                    _model.Ipv6.RemoveAddressesOf(key);
                    return ConfigurationFault.None;
                }
                if (at < 0 || _model.Ipv6.Addresses[at * Ipv6Model.AddressStride + Ipv6Model.AddressBits] != bits)
                {
                    return Fault(ConfigurationFault.OtherAddress, _matcher.WordOf[0]);
                }
                _model.Ipv6.RemoveAddress(at);
                return ConfigurationFault.None;
            }
            if ((_model.Interfaces[r + ConfigurationModel.Flags] & ConfigurationModel.Xconnect) != 0)
            {
                return ConfigurationFault.HasXconnect;
            }
            int word = _matcher.WordOf[0];
            if (bits == 0 || !Ipv6Address.IsHost(address, 0) || Ipv6Header.IsLinkLocal(address, 0))
            {
                return Fault(ConfigurationFault.NotUnicast, word);
            }
            int vrf = _model.Interfaces[r + ConfigurationModel.InterfaceVrf];
            for (int i = 0; i < _model.Ipv6.AddressCount; i++)
            {
                int o = i * Ipv6Model.AddressStride;
                int other = _model.Ipv6.Addresses[o + Ipv6Model.AddressBits];
                if (i != at && VrfOf(_model.Ipv6.KeyAt(i)) == vrf
                    && Ipv6Address.SamePrefix(_model.Ipv6.Addresses, o + Ipv6Model.Address, address, 0, other < bits ? other : bits))
                {
                    return Fault(ConfigurationFault.OverlapsIpv6, word);
                }
            }
            for (int i = 0; i < _model.Ipv6.RouteCount; i++)
            {
                int o = i * Ipv6Model.RouteStride;
                if (_model.Ipv6.Routes[o + Ipv6Model.Vrf] == vrf && Ipv6Header.AddressesEqual(_model.Ipv6.Routes, o + Ipv6Model.NextHop, address, 0))
                {
                    return Fault(ConfigurationFault.IsNextHop, word);
                }
            }
            if (at >= 0)
            {
                _model.Ipv6.Addresses[at * Ipv6Model.AddressStride + Ipv6Model.AddressBits] = (byte)bits;
                return ConfigurationFault.None;
            }
            return _model.Ipv6.AddAddress(key, address, 0, bits) ? ConfigurationFault.None : Fault(ConfigurationFault.TableFull, word);
        }

        private int VrfOf(int key)
        {
            int index = (key & InterfaceNames.Loopback) == 0 ? key : _model.FindLoopback(key & ~InterfaceNames.Loopback);
            return index < 0 ? -1 : _model.Interfaces[index * ConfigurationModel.InterfaceStride + ConfigurationModel.InterfaceVrf];
        }

        /// <param name="vrf">Slot, 0 = global.</param>
        public int SetRoute(int vrf, int action, bool no)
        {
            byte[] octets = _matcher.Ipv6;
            int bits = (int)_matcher.Value[1];
            bool byInterface = action == CommandTable.Ipv6RouteByInterface;
            bool byLabel = action == CommandTable.Ipv6RouteByLabel;
            bool hasNextHop = !byLabel && _matcher.Has(3);
            int port = byInterface ? (int)_matcher.Value[4] : -1;
            uint peer = byLabel ? _matcher.Value[2] : 0;
            FaultWord = no ? 1 : 0;
            if (byInterface && (port & InterfaceNames.Loopback) != 0)
            {
                return Fault(ConfigurationFault.NotAPort, _matcher.WordOf[4]);
            }
            if (!Ipv6Address.IsAligned(octets, 0, bits))
            {
                return Fault(ConfigurationFault.HostBits, _matcher.WordOf[1]);
            }
            bool zero = Ipv6Header.IsUnspecified(octets, 0);
            if (zero ? bits == 128 : !Ipv6Address.IsHost(octets, 0) || Ipv6Header.IsLinkLocal(octets, 0))
            {
                return Fault(ConfigurationFault.BadPrefix, _matcher.WordOf[1]);
            }
            System.Array.Clear(_route, 0, _route.Length);
            _route[Ipv6Model.Vrf] = (byte)vrf;
            _route[Ipv6Model.Bits] = (byte)bits;
            _route[Ipv6Model.Distance] = (byte)(_matcher.Has(5) ? _matcher.Value[5] : 1);
            _route[Ipv6Model.Port] = (byte)(port + 1);
            Octets.WriteUInt32(_route, Ipv6Model.Peer, peer);
            Octets.WriteUInt32(_route, Ipv6Model.Label, byLabel ? _matcher.Value[6] : 0);
            Octets.Copy(octets, 0, _route, Ipv6Model.Prefix, Ipv6Model.Length);
            if (hasNextHop)
            {
                Octets.Copy(octets, Ipv6Model.Length, _route, Ipv6Model.NextHop, Ipv6Model.Length);
            }
            if (no)
            {
                int at = _model.Ipv6.FindRoute(_route, 0);
                if (at < 0)
                {
                    return Fault(ConfigurationFault.NotThere, 1);
                }
                _model.Ipv6.RemoveRoute(at);
                return ConfigurationFault.None;
            }
            int fault = byLabel ? CheckPeer(peer) : CheckNextHop(vrf, hasNextHop, port);
            if (fault != ConfigurationFault.None)
            {
                return fault;
            }
            return _model.Ipv6.PutRoute(_route) ? ConfigurationFault.None : Fault(ConfigurationFault.TableFull, 0);
        }

        // The next hop of a route with a label is a PE, in the global table.
        private int CheckPeer(uint peer)
        {
            if (!ConfigurationEditor.IsUnicast(peer))
            {
                return Fault(ConfigurationFault.NotUnicast, _matcher.WordOf[2]);
            }
            return MutualRules.Owner(_model, 0, peer) != MutualRules.Nothing ? Fault(ConfigurationFault.NextHopIsLocal, _matcher.WordOf[2]) : ConfigurationFault.None;
        }

        private int CheckNextHop(int vrf, bool hasNextHop, int port)
        {
            byte[] octets = _matcher.Ipv6;
            if (port >= 0 && _model.Interfaces[port * ConfigurationModel.InterfaceStride + ConfigurationModel.InterfaceVrf] != vrf)
            {
                return Fault(ConfigurationFault.OtherVrf, _matcher.WordOf[4]);
            }
            if (!hasNextHop)
            {
                return ConfigurationFault.None;
            }
            if (!Ipv6Address.IsHost(octets, Ipv6Model.Length))
            {
                return Fault(ConfigurationFault.NotUnicast, _matcher.WordOf[3]);
            }
            if (port < 0 && Ipv6Header.IsLinkLocal(octets, Ipv6Model.Length))
            {
                return Fault(ConfigurationFault.LinkLocalNeedsInterface, _matcher.WordOf[3]);
            }
            for (int i = 0; i < _model.Ipv6.AddressCount; i++)
            {
                if (VrfOf(_model.Ipv6.KeyAt(i)) == vrf && Ipv6Header.AddressesEqual(_model.Ipv6.Addresses, i * Ipv6Model.AddressStride + Ipv6Model.Address, octets, Ipv6Model.Length))
                {
                    return Fault(ConfigurationFault.NextHopIsLocal, _matcher.WordOf[3]);
                }
            }
            return ConfigurationFault.None;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(4);
            bill.Array(_route.Length);
        }
    }
}
