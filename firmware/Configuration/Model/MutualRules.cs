namespace LabEdge.Cli
{
    /// <summary>
    /// What two lines of a configuration must not say of each other: an address is the router's own or that of a neighbour, and a
    /// route by interface is of the interface's VRF. Whichever line is typed last is refused, so that every configuration that was
    /// typed line by line loads again as a whole.
    /// </summary>
    public static class MutualRules
    {
        /// <summary>What is in the way, in the upper 4 bits of an answer: the rest is its index in the model.</summary>
        public const int Interface = 1 << 28;
        public const int Route = 2 << 28;
        public const int Binding = 3 << 28;
        public const int Circuit = 4 << 28;
        public const int Nothing = 0;

        /// <returns>The interface of this VRF that has this very address, or <see cref="Nothing"/>.</returns>
        public static int Owner(ConfigurationModel model, int vrf, uint address)
        {
            for (int i = 0; i < model.InterfaceCount; i++)
            {
                int r = i * ConfigurationModel.InterfaceStride;
                if (model.Interfaces[r + ConfigurationModel.AddressBits] != 0 && model.Interfaces[r + ConfigurationModel.InterfaceVrf] == vrf
                    && (uint)model.Interfaces[r + ConfigurationModel.Address] == address)
                {
                    return Interface | i;
                }
            }
            return Nothing;
        }

        /// <summary>Whether an interface of this VRF may take this address.</summary>
        /// <param name="inTheWay">What names the address already.</param>
        /// <returns>A <see cref="ConfigurationFault"/>.</returns>
        public static int CheckOwn(ConfigurationModel model, int vrf, uint address, out int inTheWay)
        {
            inTheWay = Nothing;
            for (int i = 0; i < model.RouteCount; i++)
            {
                int r = i * ConfigurationModel.RouteStride;
                if ((uint)model.Routes[r + ConfigurationModel.NextHop] == address && VrfOfNextHop(model, r) == vrf)
                {
                    inTheWay = Route | i;
                    return ConfigurationFault.IsNextHop;
                }
            }
            if (vrf != 0)
            {
                return ConfigurationFault.None;
            }
            for (int i = 0; i < model.BindingCount; i++)
            {
                if ((uint)model.Bindings[i * ConfigurationModel.BindingStride + ConfigurationModel.NextHop] == address)
                {
                    inTheWay = Binding | i;
                    return ConfigurationFault.IsNextHop;
                }
            }
            for (int i = 0; i < model.Ports; i++)
            {
                int r = i * ConfigurationModel.InterfaceStride;
                if ((model.Interfaces[r + ConfigurationModel.Flags] & ConfigurationModel.Xconnect) != 0
                    && (uint)model.Interfaces[r + ConfigurationModel.Peer] == address)
                {
                    inTheWay = Interface | i;
                    return ConfigurationFault.IsPeer;
                }
            }
            for (int i = 0; i < model.Layer2.CircuitCount; i++)
            {
                int r = i * Layer2Model.CircuitStride;
                if ((model.Layer2.Circuits[r + Layer2Model.Flags] & ConfigurationModel.Xconnect) != 0
                    && (uint)model.Layer2.Circuits[r + Layer2Model.Peer] == address)
                {
                    inTheWay = Circuit | i;
                    return ConfigurationFault.IsPeer;
                }
            }
            return ConfigurationFault.None;
        }

        // The next hop of a route with a label is a PE, in the global table.
        private static int VrfOfNextHop(ConfigurationModel model, int r)
        {
            return model.Routes[r + ConfigurationModel.RouteLabel] >= 0 ? 0 : model.Routes[r + ConfigurationModel.Table] >> 8;
        }

        /// <returns>The static route that names this port, or <see cref="Nothing"/>.</returns>
        public static int RouteBy(ConfigurationModel model, int port)
        {
            for (int i = 0; i < model.RouteCount; i++)
            {
                if ((model.Routes[i * ConfigurationModel.RouteStride + ConfigurationModel.PortAndDistance] >> 8) - 1 == port)
                {
                    return Route | i;
                }
            }
            return Nothing;
        }

        private static void PutTable(TextBuffer output, VrfNames vrfs, int table)
        {
            if (table >> 8 != 0)
            {
                output.Text("vrf ").Text(vrfs.NameOf(table >> 8)).Put(' ');
            }
        }

        private static void PutCircuit(TextBuffer output, ConfigurationModel model, InterfaceNames names, int r)
        {
            int key = model.Layer2.Circuits[r];
            if (Layer2Model.IsWire(key))
            {
                output.Text("bridge-domain ").Number(Layer2Model.NumberOf(key));
                return;
            }
            names.Put(output, model, Layer2Model.PortOf(key));
            output.Text(" service instance ").Number(Layer2Model.NumberOf(key));
        }

        /// <summary>Writes what is in the way: an interface's name, or a route or binding by its prefix.</summary>
        public static void Put(TextBuffer output, ConfigurationModel model, InterfaceNames names, VrfNames vrfs, int inTheWay)
        {
            int i = inTheWay & (Interface - 1);
            switch (inTheWay - i)
            {
                case Interface:
                    names.Put(output, model, i);
                    break;
                case Circuit:
                    PutCircuit(output, model, names, i * Layer2Model.CircuitStride);
                    break;
                case Route:
                    int r = i * ConfigurationModel.RouteStride;
                    PutTable(output.Text("ip route "), vrfs, model.Routes[r]);
                    output.Prefix((uint)model.Routes[r + ConfigurationModel.Prefix], model.Routes[r] & 255);
                    break;
                case Binding:
                    int b = i * ConfigurationModel.BindingStride;
                    output.Text("mpls static binding ").Prefix((uint)model.Bindings[b + ConfigurationModel.Prefix], model.Bindings[b] & 255);
                    break;
            }
        }
    }
}
