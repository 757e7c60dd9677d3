using LabEdge.Forwarding.Wire;

namespace LabEdge.Cli
{
    /// <summary>
    /// Single lines as the running configuration has them, for the writer and for who says where a row of a table came from. Names are null
    /// where there is none.
    /// </summary>
    public static class ConfigurationLines
    {
        public static void PutRoute(TextBuffer output, string vrf, uint prefix, int bits, uint nextHop, string port, int distance, int label)
        {
            PutVrf(output.Text("ip route "), vrf);
            output.Address(prefix).Text(" ").Address(Literal.MaskOf(bits));
            PutPort(output, port);
            if (nextHop != 0)
            {
                output.Text(" ").Address(nextHop);
            }
            if (distance != 1)
            {
                output.Text(" ").Number(distance);
            }
            if (label >= 0)
            {
                output.Text(" label ").Number(label);
            }
            output.Line();
        }

        /// <param name="nextHop">Unspecified where there is none.</param>
        /// <param name="label">Of the remote PE <paramref name="peer"/>; 0 or below = none.</param>
        public static void PutRoute6(TextBuffer output, string vrf, byte[] prefix, int at, int bits, string port, byte[] nextHop, int nextHopAt, uint peer, int label, int distance)
        {
            PutVrf(output.Text("ipv6 route "), vrf);
            Ipv6Literal.PutPrefix(output, prefix, at, bits);
            PutPort(output, port);
            if (!Ipv6Header.IsUnspecified(nextHop, nextHopAt))
            {
                Ipv6Literal.Put(output.Text(" "), nextHop, nextHopAt);
            }
            if (label > 0)
            {
                output.Text(" ").Address(peer).Text(" label ").Number(label);
            }
            if (distance != 1)
            {
                output.Text(" ").Number(distance);
            }
            output.Line();
        }

        /// <param name="nextHop">0 for a label of our own.</param>
        public static void PutBinding(TextBuffer output, string vrf, uint prefix, int bits, uint nextHop, int label)
        {
            PutVrf(output.Text("mpls static binding ipv4 "), vrf);
            output.Address(prefix).Text(" ").Address(Literal.MaskOf(bits));
            if (nextHop != 0)
            {
                output.Text(" output ").Address(nextHop);
            }
            output.Text(" ");
            if (label == LabelStackEntry.ImplicitNull || label == LabelStackEntry.ExplicitNullIpv4)
            {
                output.Line(label == LabelStackEntry.ImplicitNull ? "implicit-null" : "explicit-null");
            }
            else
            {
                output.Number(label).Line();
            }
        }

        private static void PutVrf(TextBuffer output, string vrf)
        {
            if (vrf != null)
            {
                output.Text("vrf ").Text(vrf).Text(" ");
            }
        }

        private static void PutPort(TextBuffer output, string port)
        {
            if (port != null)
            {
                output.Text(" ").Text(port);
            }
        }
    }
}
