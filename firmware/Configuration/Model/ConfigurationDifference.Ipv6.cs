using LabEdge.Forwarding.Wire;

namespace LabEdge.Cli
{
    // IPv6: what goes, before anything else; and what comes, after the interfaces.
    public sealed partial class ConfigurationDifference
    {
        private static int KeyOf(ConfigurationModel model, int row)
        {
            return model.NamedOf(row);
        }

        private static bool HasIpv6(ConfigurationModel model, int row)
        {
            return (model.Interfaces[row * ConfigurationModel.InterfaceStride + ConfigurationModel.Flags] & ConfigurationModel.Ipv6Enabled) != 0
                || model.Ipv6.NextOf(KeyOf(model, row), -1) >= 0;
        }

        // Whether the interface is in both models, in the same VRF.
        private static bool Stays(ConfigurationModel model, int row, ConfigurationModel other, int otherRow)
        {
            return otherRow >= 0 && model.Interfaces[row * ConfigurationModel.InterfaceStride + ConfigurationModel.InterfaceVrf]
                == other.Interfaces[otherRow * ConfigurationModel.InterfaceStride + ConfigurationModel.InterfaceVrf];
        }

        private void RemoveIpv6Of(int row)
        {
            if (!HasIpv6(_from, row))
            {
                return;
            }
            int other = Other(_from, row, _to);
            int index = IndexOf(_from, row);
            if (!Stays(_from, row, _to, other) || !HasIpv6(_to, other))
            {
                Note(_control.SetInterfaceIpv6(index, false));
                return;
            }
            int key = KeyOf(_from, row);
            for (int i = _from.Ipv6.NextOf(key, -1); i >= 0; i = _from.Ipv6.NextOf(key, i))
            {
                if (!HasSame(_to, key, _from, i))
                {
                    Note(_control.RemoveInterfaceIpv6Address(index, _from.Ipv6.Addresses, i * Ipv6Model.AddressStride + Ipv6Model.Address));
                }
            }
        }

        // Whether a model has the address of the other one's record, and with the same length.
        private static bool HasSame(ConfigurationModel model, int key, ConfigurationModel other, int index)
        {
            int o = index * Ipv6Model.AddressStride;
            int at = model.Ipv6.FindAddress(key, other.Ipv6.Addresses, o + Ipv6Model.Address);
            return at >= 0 && model.Ipv6.Addresses[at * Ipv6Model.AddressStride + Ipv6Model.AddressBits] == other.Ipv6.Addresses[o + Ipv6Model.AddressBits];
        }

        private void AddIpv6Of(int row)
        {
            int other = Other(_to, row, _from);
            int index = IndexOf(_to, row);
            bool stays = Stays(_to, row, _from, other);
            if (!HasIpv6(_to, row) || index < 0)
            {
                return;
            }
            if (!stays || !HasIpv6(_from, other))
            {
                Note(_control.SetInterfaceIpv6(index, true));
            }
            int key = KeyOf(_to, row);
            for (int i = _to.Ipv6.NextOf(key, -1); i >= 0; i = _to.Ipv6.NextOf(key, i))
            {
                if (!stays || !HasSame(_from, key, _to, i))
                {
                    int a = i * Ipv6Model.AddressStride;
                    Note(_control.AddInterfaceIpv6Address(index, _to.Ipv6.Addresses, a + Ipv6Model.Address, _to.Ipv6.Addresses[a + Ipv6Model.AddressBits]));
                }
            }
        }

        private void RemoveIpv6Route(int row)
        {
            byte[] route = _from.Ipv6.Routes;
            int r = row * Ipv6Model.RouteStride;
            if (_to.Ipv6.FindRoute(route, r) < 0)
            {
                Note(_control.RemoveIpv6StaticRoute(VrfOf(route[r + Ipv6Model.Vrf]), route, r + Ipv6Model.Prefix, route[r + Ipv6Model.Bits], NextHopOf(route, r),
                    r + Ipv6Model.NextHop, Octets.ReadUInt32(route, r + Ipv6Model.Peer), route[r + Ipv6Model.Port] - 1));
            }
        }

        private void AddIpv6Route(int row)
        {
            byte[] route = _to.Ipv6.Routes;
            int r = row * Ipv6Model.RouteStride;
            int was = _from.Ipv6.FindRoute(route, r) * Ipv6Model.RouteStride;
            int label = Octets.ReadInt32(route, r + Ipv6Model.Label);
            if (was < 0 || _from.Ipv6.Routes[was + Ipv6Model.Distance] != route[r + Ipv6Model.Distance]
                || Octets.ReadInt32(_from.Ipv6.Routes, was + Ipv6Model.Label) != label)
            {
                Note(_control.AddIpv6StaticRoute(VrfOf(route[r + Ipv6Model.Vrf]), route, r + Ipv6Model.Prefix, route[r + Ipv6Model.Bits], NextHopOf(route, r),
                    r + Ipv6Model.NextHop, Octets.ReadUInt32(route, r + Ipv6Model.Peer), route[r + Ipv6Model.Port] - 1, route[r + Ipv6Model.Distance],
                    label == 0 ? -1 : label));
            }
        }

        private static byte[] NextHopOf(byte[] route, int r)
        {
            return Ipv6Header.IsUnspecified(route, r + Ipv6Model.NextHop) ? null : route;
        }
    }
}
