using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Ospf
{
    // Where a route came from: the advertisement, and the neighbour on the way to it.
    public sealed partial class OspfModule
    {
        /// <inheritdoc/>
        public bool OriginOfRoute(int route, RowOrigin origin)
        {
            RouteTable routes = _control.Routes;
            if (routes.Source[route] != RouteSource.Ospf)
            {
                return false;
            }
            for (int p = 0; p < Processes.Length; p++)
            {
                int own = Processes[p].Number == 0 || Processes[p].Vrf != routes.Vrf[route] ? OspfRouteTable.None : Routes.FindNetwork(p, routes.Prefix[route], routes.Bits[route]);
                int row = own < 0 ? LsaTable.None : Routes.Origin[own];
                if (row >= 0 && Lsas.IsUsed(row) && Lsas.At[row] >= 0)
                {
                    TextOf(Processes[p], own, row, origin);
                    origin.Sender = NeighborAt(routes.Port[route], routes.NextHop[route]);
                    origin.TimeMs = Lsas.Installed[row];
                    return true;
                }
            }
            return false;
        }

        private void TextOf(OspfProcess p, int route, int row, RowOrigin origin)
        {
            TextLine line = new TextLine();
            int type = Lsas.Type[row];
            line.Put(type == LsaHeader.Router ? "router" : type == LsaHeader.Network ? "network" : type == LsaHeader.External ? "external" : "summary");
            line.Put(" LSA ");
            line.PutAddress(Lsas.Id[row]);
            line.Put(" of ");
            line.PutAddress(Lsas.Router[row]);
            if (Lsas.Scope[row] < LsaTable.ProcessScope)
            {
                line.Put(", area ");
                PutArea(line, Areas[Lsas.Scope[row]].Id);
            }
            line.Put(", 0x");
            PutHex(line, (uint)Lsas.SequenceOf(row), 8);
            line.Put(Routes.Kind[route] == OspfRouteTable.ExternalOne ? ", type 1, cost " : Routes.Kind[route] == OspfRouteTable.ExternalTwo ? ", type 2, cost " : ", cost ");
            line.Put(Routes.Kind[route] == OspfRouteTable.ExternalTwo ? Routes.TypeTwo[route] : Routes.Cost[route]);
            origin.Owner = "ospf " + p.Number.ToString();
            origin.Text = line.Text;
        }

        // The router id of a neighbour by its address; 0 = not known.
        private uint NeighborAt(int port, uint address)
        {
            for (int k = 0; k < Neighbors.Length; k++)
            {
                if (Neighbors[k].Interface == port && Neighbors[k].Address == address)
                {
                    return Neighbors[k].RouterId;
                }
            }
            return 0;
        }

        /// <inheritdoc/>
        public bool OriginOfBinding(int binding, RowOrigin origin)
        {
            return false;
        }

        /// <inheritdoc/>
        public bool WhyNoLabel(uint prefix, int bits, uint nextHop, RowOrigin origin)
        {
            return false;
        }

        // A text under construction, for the one who explains; it may allocate.
        private sealed class TextLine : IShowOutput
        {
            public string Text = "";

            public void Put(string text)
            {
                Text += text;
            }

            public void Put(int number)
            {
                Text += number.ToString();
            }

            public void PutAddress(uint address)
            {
                for (int shift = 24; shift >= 0; shift -= 8)
                {
                    Put((int)((address >> shift) & 255));
                    Put(shift == 0 ? "" : ".");
                }
            }

            public void PutTo(int column)
            {
                Put(" ");
            }

            public void EndLine()
            {
            }
        }
    }
}
