using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Cli
{
    /// <summary>
    /// What stands under an xconnect: the same lines for that of an interface, of a service instance and of a bridge domain, whose records have
    /// flags in one place and peer, VC id and labels in another.
    /// </summary>
    public static class PseudowireLines
    {
        /// <summary>Takes a line of the submode.</summary>
        /// <param name="flags">Where the flags are in the record.</param>
        /// <param name="peer">Where peer, VC id, local and remote label are.</param>
        /// <param name="held">The local label that the pseudowire has in what is in force, or 0.</param>
        /// <returns>A <see cref="ConfigurationFault"/>; nothing changed unless it is None.</returns>
        public static int Apply(ConfigurationModel model, Capacity capacity, LabelRules labels, CommandMatcher matcher,
            int[] record, int flags, int peer, int held, bool no, out int faultWord)
        {
            faultWord = no ? 1 : 0;
            int flag;
            bool on = !no;
            switch (matcher.Action)
            {
                case CommandTable.MplsLabel:
                    if (on && (record[flags] & ConfigurationModel.Signalled) != 0)
                    {
                        return ConfigurationFault.LabelsByLdp;
                    }
                    return SetLabels(model, labels, matcher, record, peer, held, no, out faultWord);
                case CommandTable.ControlWord:
                    if (no && (record[flags] & (ConfigurationModel.Sequencing | ConfigurationModel.Fragmentation)) != 0)
                    {
                        return ConfigurationFault.ControlWordNeeded;
                    }
                    flag = ConfigurationModel.NoControlWord;
                    on = no;
                    break;
                case CommandTable.VcVlan:
                    flag = ConfigurationModel.VcVlan;
                    break;
                case CommandTable.VcEthernet:
                    flag = ConfigurationModel.VcVlan;
                    on = false;
                    break;
                case CommandTable.Sequencing:
                    flag = ConfigurationModel.Sequencing;
                    break;
                case CommandTable.FlowLabel:
                    flag = ConfigurationModel.FlowLabel;
                    break;
                case CommandTable.Fragmentation:
                    flag = ConfigurationModel.Fragmentation;
                    if (on && (record[flags] & flag) == 0 && model.CountFragmenting() >= capacity.Reassemblies)
                    {
                        return ConfigurationFault.TableFull;
                    }
                    break;
                default:
                    return ConfigurationFault.None;
            }
            if (on && (flag == ConfigurationModel.Sequencing || flag == ConfigurationModel.Fragmentation) && (record[flags] & ConfigurationModel.NoControlWord) != 0)
            {
                return ConfigurationFault.NeedsControlWord;
            }
            record[flags] = on ? record[flags] | flag : record[flags] & ~flag;
            return ConfigurationFault.None;
        }

        /// <summary>LDP gives the labels, or a person does.</summary>
        public static void SetSignalled(int[] record, int flags, int peer, bool on)
        {
            record[flags] = on ? record[flags] | ConfigurationModel.Signalled : record[flags] & ~ConfigurationModel.Signalled;
            if (on)
            {
                int local = peer + ConfigurationModel.LocalLabel - ConfigurationModel.Peer;
                record[local] = 0;
                record[local + 1] = 0;
            }
        }

        /// <summary>A pseudowire is in the router when somebody gives it labels.</summary>
        public static bool IsMade(int flags, int localLabel)
        {
            return (flags & ConfigurationModel.Xconnect) != 0 && (localLabel != 0 || (flags & ConfigurationModel.Signalled) != 0);
        }

        private static int SetLabels(ConfigurationModel model, LabelRules labels, CommandMatcher matcher, int[] record, int peer, int held, bool no, out int faultWord)
        {
            faultWord = no ? 1 : matcher.WordOf[0];
            int local = peer + ConfigurationModel.LocalLabel - ConfigurationModel.Peer;
            if (!no)
            {
                int fault = labels.Check((int)matcher.Value[0], model, held, record[local]);
                if (fault != ConfigurationFault.None)
                {
                    return fault;
                }
            }
            record[local] = no ? 0 : (int)matcher.Value[0];
            record[local + 1] = no ? 0 : (int)matcher.Value[1];
            return ConfigurationFault.None;
        }

        /// <summary>Whether a pseudowire may have the peer and VC id of the line.</summary>
        /// <param name="ownPort">The interface that it is of, or -1.</param>
        /// <param name="ownCircuit">The circuit that it is of, or -1.</param>
        public static int CheckPeer(ConfigurationModel model, CommandMatcher matcher, int ownPort, int ownCircuit, out int faultWord, out int inTheWay)
        {
            uint peer = matcher.Value[0];
            uint vcId = matcher.Value[1];
            faultWord = matcher.WordOf[0];
            inTheWay = MutualRules.Nothing;
            if (!ConfigurationEditor.IsUnicast(peer))
            {
                return ConfigurationFault.NotUnicast;
            }
            inTheWay = MutualRules.Owner(model, 0, peer);
            if (inTheWay != MutualRules.Nothing)
            {
                return ConfigurationFault.PeerIsLocal;
            }
            faultWord = matcher.WordOf[1];
            for (int i = 0; i < model.Ports; i++)
            {
                int r = i * ConfigurationModel.InterfaceStride;
                if (i != ownPort && (model.Interfaces[r + ConfigurationModel.Flags] & ConfigurationModel.Xconnect) != 0
                    && (uint)model.Interfaces[r + ConfigurationModel.Peer] == peer && (uint)model.Interfaces[r + ConfigurationModel.VcId] == vcId)
                {
                    inTheWay = MutualRules.Interface | i;
                    return ConfigurationFault.PseudowireTwice;
                }
            }
            int[] circuits = model.Layer2.Circuits;
            for (int i = 0; i < model.Layer2.CircuitCount; i++)
            {
                int r = i * Layer2Model.CircuitStride;
                if (i != ownCircuit && (circuits[r + Layer2Model.Flags] & ConfigurationModel.Xconnect) != 0
                    && (uint)circuits[r + Layer2Model.Peer] == peer && (uint)circuits[r + Layer2Model.VcId] == vcId)
                {
                    inTheWay = MutualRules.Circuit | i;
                    return ConfigurationFault.PseudowireTwice;
                }
            }
            return ConfigurationFault.None;
        }

        /// <summary>As the forwarding tables have it: flags of <see cref="PseudowireTable"/>.</summary>
        public static int ModeOf(int flags)
        {
            int mode = (flags & ConfigurationModel.NoControlWord) == 0 ? PseudowireTable.ControlWord : 0;
            mode |= (flags & ConfigurationModel.VcVlan) != 0 ? PseudowireTable.Tagged : 0;
            mode |= (flags & ConfigurationModel.Sequencing) != 0 ? PseudowireTable.SequenceSend | PseudowireTable.SequenceReceive : 0;
            mode |= (flags & ConfigurationModel.FlowLabel) != 0 ? PseudowireTable.FlowLabelSend | PseudowireTable.FlowLabelReceive : 0;
            return mode | ((flags & ConfigurationModel.Fragmentation) != 0 ? PseudowireTable.FragmentSend | PseudowireTable.FragmentReceive : 0);
        }

        /// <summary>The rest of the line of an xconnect.</summary>
        public static string Encapsulation(int flags)
        {
            return (flags & ConfigurationModel.Signalled) != 0 ? " encapsulation mpls" : " encapsulation mpls manual";
        }

        /// <summary>Writes the lines under an xconnect, indented.</summary>
        public static void Put(TextBuffer output, string indent, int flags, int localLabel, int remoteLabel)
        {
            if (localLabel != 0)
            {
                output.Text(indent).Text("mpls label ").Number(localLabel).Put(' ');
                output.Number(remoteLabel).Line();
            }
            PutIf(output, indent, flags & ConfigurationModel.NoControlWord, "no mpls control-word");
            PutIf(output, indent, flags & ConfigurationModel.VcVlan, "vc type vlan");
            PutIf(output, indent, flags & ConfigurationModel.Sequencing, "sequencing both");
            PutIf(output, indent, flags & ConfigurationModel.FlowLabel, "load-balance flow-label both");
            PutIf(output, indent, flags & ConfigurationModel.Fragmentation, "fragmentation both");
        }

        private static void PutIf(TextBuffer output, string indent, int flag, string line)
        {
            if (flag != 0)
            {
                output.Text(indent).Line(line);
            }
        }
    }
}
