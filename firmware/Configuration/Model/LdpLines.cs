namespace LabEdge.Cli
{
    /// <summary>The lines of LDP: into a model, and out of it.</summary>
    public static class LdpLines
    {
        public static bool IsOne(int action)
        {
            return action >= CommandTable.LdpLabels && action <= CommandTable.LdpOrdered;
        }

        /// <returns>A <see cref="ConfigurationFault"/>; <paramref name="faultWord"/> is the word it is about.</returns>
        public static int Set(ConfigurationModel model, int action, bool no, CommandMatcher matcher, LineLexer line, out int faultWord)
        {
            faultWord = 0;
            if (model.Ldp == null)
            {
                if (no)
                {
                    return ConfigurationFault.None;
                }
                model.Ldp = new LdpModel();
            }
            LdpModel ldp = model.Ldp;
            switch (action)
            {
                case CommandTable.LdpLabels: return SetFlag(ldp, LdpModel.Labels, no);
                case CommandTable.LdpExplicitNull: return SetFlag(ldp, LdpModel.ExplicitNull, no);
                case CommandTable.LdpTargeted: return SetFlag(ldp, LdpModel.Targeted, no);
                case CommandTable.LdpOrdered: return SetFlag(ldp, LdpModel.Ordered, no);
                case CommandTable.LdpHostRoutes:
                case CommandTable.LdpAllRoutes:
                    ldp.Flags &= ~(LdpModel.HostRoutes | LdpModel.AllRoutes);
                    return SetFlag(ldp, action == CommandTable.LdpHostRoutes ? LdpModel.HostRoutes : LdpModel.AllRoutes, no);
                case CommandTable.LdpRouterId:
                    ldp.RouterId = no ? -1 : (int)matcher.Value[0];
                    return SetFlag(ldp, LdpModel.Force, no || !matcher.Has(1));
                case CommandTable.LdpHello:
                    ldp.HelloInterval = no ? 0 : (int)matcher.Value[0];
                    return ConfigurationFault.None;
                case CommandTable.LdpHelloHold:
                    ldp.HelloHold = no ? 0 : (int)matcher.Value[0];
                    return ConfigurationFault.None;
                case CommandTable.LdpHold:
                    ldp.Hold = no ? 0 : (int)matcher.Value[0];
                    return ConfigurationFault.None;
                default: return SetPassword(ldp, no, matcher, line, out faultWord);
            }
        }

        private static int SetFlag(LdpModel ldp, int flag, bool no)
        {
            ldp.Flags = no ? ldp.Flags & ~flag : ldp.Flags | flag;
            return ConfigurationFault.None;
        }

        private static int SetPassword(LdpModel ldp, bool no, CommandMatcher matcher, LineLexer line, out int faultWord)
        {
            uint neighbor = (uint)matcher.Value[0];
            int row = ldp.Find(neighbor);
            faultWord = matcher.WordOf[0];
            if (no)
            {
                if (row < 0)
                {
                    return ConfigurationFault.NotThere;
                }
                ldp.RemoveKey(row);
                return ConfigurationFault.None;
            }
            if (!Host.Ipv4Address.IsHost(neighbor))
            {
                return ConfigurationFault.NotUnicast;
            }
            row = row < 0 ? ldp.Find(0) : row;
            if (row < 0)
            {
                return ConfigurationFault.TableFull;
            }
            int word = matcher.WordOf[1];
            if (line.Size[word] > LdpModel.MostKey)
            {
                faultWord = word;
                return ConfigurationFault.KeyTooLong;
            }
            ldp.SetKey(row, neighbor, line.Octets, line.Start[word], line.Size[word]);
            return ConfigurationFault.None;
        }

        /// <summary>Writes the lines of a model: at most 300 octets.</summary>
        /// <param name="part">0 for the settings, then one per key.</param>
        /// <returns>False when there is nothing more.</returns>
        public static bool Write(ConfigurationModel model, Host.InterfaceTable interfaces, TextBuffer output, int part)
        {
            LdpModel ldp = model.Ldp;
            if (ldp == null || part > ldp.Neighbor.Length)
            {
                return false;
            }
            if (part > 0)
            {
                if (ldp.Neighbor[part - 1] != 0)
                {
                    output.Text("mpls ldp neighbor ").Address(ldp.Neighbor[part - 1]).Text(" password ").Text(ldp.Keys, ldp.KeyAt(part - 1), ldp.KeySize(part - 1)).Line();
                }
                return true;
            }
            Put(output, ldp, LdpModel.Labels, "mpls label protocol ldp");
            if (ldp.RouterId >= 0)
            {
                output.Text("mpls ldp router-id ");
                output.Text((ldp.RouterId & InterfaceNames.Loopback) != 0 ? InterfaceNames.NameOfLoopback(ldp.RouterId & ~InterfaceNames.Loopback) : interfaces.Name[ldp.RouterId]);
                output.Line(ldp.Has(LdpModel.Force) ? " force" : "");
            }
            Put(output, ldp, LdpModel.ExplicitNull, "mpls ldp explicit-null");
            Put(output, ldp, LdpModel.Ordered, "mpls ldp ordered-control");
            Put(output, ldp, LdpModel.HostRoutes, "mpls ldp advertise-labels for host-routes");
            Put(output, ldp, LdpModel.AllRoutes, "mpls ldp advertise-labels for all-routes");
            Put(output, ldp, LdpModel.Targeted, "mpls ldp discovery targeted-hello accept");
            PutNumber(output, ldp.HelloInterval, "mpls ldp discovery hello interval ");
            PutNumber(output, ldp.HelloHold, "mpls ldp discovery hello holdtime ");
            PutNumber(output, ldp.Hold, "mpls ldp holdtime ");
            return true;
        }

        private static void Put(TextBuffer output, LdpModel ldp, int flag, string line)
        {
            if (ldp.Has(flag))
            {
                output.Line(line);
            }
        }

        private static void PutNumber(TextBuffer output, int number, string words)
        {
            if (number != 0)
            {
                output.Text(words).Number(number).Line();
            }
        }
    }
}
