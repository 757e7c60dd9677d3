using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>The lines of BFD: into a model, and out of it.</summary>
    public static class BfdLines
    {
        /// <summary>ip route static bfd INTERFACE NEXTHOP</summary>
        /// <returns>A <see cref="ConfigurationFault"/>; <paramref name="faultWord"/> is the word it is about.</returns>
        public static int SetStatic(ConfigurationModel model, Capacity capacity, bool no, CommandMatcher matcher, out int faultWord)
        {
            int port = (int)matcher.Value[0];
            uint neighbor = matcher.Value[1];
            faultWord = matcher.WordOf[0];
            if ((port & InterfaceNames.Loopback) != 0)
            {
                return ConfigurationFault.NotAPort;
            }
            faultWord = matcher.WordOf[1];
            int at = model.Bfd == null ? -1 : model.Bfd.Find(port, neighbor);
            if (no)
            {
                if (at < 0)
                {
                    return ConfigurationFault.NotThere;
                }
                model.Bfd.Remove(at);
                return ConfigurationFault.None;
            }
            if (!ConfigurationEditor.IsUnicast(neighbor))
            {
                return ConfigurationFault.NotUnicast;
            }
            if (at >= 0)
            {
                return ConfigurationFault.None;
            }
            BfdModel bfd = Of(model, capacity);
            if (bfd.Count == bfd.Port.Length)
            {
                return ConfigurationFault.TableFull;
            }
            bfd.Insert(-1 - at, port, neighbor);
            return ConfigurationFault.None;
        }

        /// <summary>bfd interval MS min_rx MS multiplier N, of an interface.</summary>
        public static int SetInterval(ConfigurationModel model, Capacity capacity, int port, bool no, CommandMatcher matcher)
        {
            if (no && (model.Bfd == null || port >= model.Bfd.TxMs.Length))
            {
                return ConfigurationFault.None;
            }
            BfdModel bfd = Of(model, capacity);
            bfd.TxMs[port] = (ushort)(no ? 0 : matcher.Value[0]);
            bfd.RxMs[port] = (ushort)(no ? 0 : matcher.Value[1]);
            bfd.Multiplier[port] = (byte)(no ? 0 : matcher.Value[2]);
            return ConfigurationFault.None;
        }

        private static BfdModel Of(ConfigurationModel model, Capacity capacity)
        {
            if (model.Bfd == null)
            {
                model.Bfd = new BfdModel(capacity);
            }
            return model.Bfd;
        }

        /// <summary>Writes the line of an interface, if it has one.</summary>
        public static void PutInterval(TextBuffer output, ConfigurationModel model, int port)
        {
            BfdModel bfd = model.Bfd;
            if (bfd != null && port < bfd.TxMs.Length && bfd.TxMs[port] != 0)
            {
                output.Text(" bfd interval ").Number(bfd.TxMs[port]).Text(" min_rx ").Number(bfd.RxMs[port]).Text(" multiplier ").Number(bfd.Multiplier[port]).Line();
            }
        }

        /// <summary>Writes the line of a neighbour of static routes.</summary>
        /// <returns>False when there is no such row.</returns>
        public static bool PutStatic(TextBuffer output, ConfigurationModel model, InterfaceTable interfaces, int row)
        {
            if (model.Bfd == null || row >= model.Bfd.Count)
            {
                return false;
            }
            output.Text("ip route static bfd ").Text(interfaces.Name[model.Bfd.Port[row]]).Put(' ');
            output.Address(model.Bfd.Neighbor[row]).Line();
            return true;
        }
    }
}
