using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Read RFC 3270 sections 2.6 and 3 before changing this file.
    //
    // Classes: what a popped label does to the DSCP under it, and which class the labels pushed have.
    public sealed partial class GeneralPath
    {
        /// <summary>
        /// An IP packet from under labels goes on: gives it the DSCP that the rule of the last label popped asks for, with the checksum of
        /// its header. A DSCP that is of the label's class already stays as it is: its low bits are the customer's.
        /// </summary>
        /// <param name="o">Its header, of <paramref name="version"/> 4 or 6.</param>
        /// <returns>Class, 0-7, for labels that are pushed in front of it; also when it came under no label.</returns>
        private int Reclass(int o, int version)
        {
            int dscp = Dscp(_b, o, version);
            int map = ((_labelRule >> LabelActionTable.MapShift) & 7) * ClassMapTable.Stride;
            if ((_labelRule & LabelActionTable.ClassPipe) != 0)
            {
                return _labelClass;
            }
            if ((_labelRule & LabelActionTable.ClassUniform) != 0 && _t.ClassMaps.Map[map + ClassMapTable.DscpToClass + dscp] != _labelClass)
            {
                dscp = _t.ClassMaps.Map[map + ClassMapTable.ClassToDscp + _labelClass];
                SetDscp(_b, o, version, dscp);
            }
            return dscp >> 3;
        }

        private static int Dscp(byte[] b, int o, int version)
        {
            return version == Ipv4 ? b[o + Ipv4Header.DscpOffset] >> 2 : ((b[o] & 15) << 2) | (b[o + 1] >> 6);
        }

        private static void SetDscp(byte[] b, int o, int version, int dscp)
        {
            if (version == Ipv6)
            {
                b[o] = (byte)(0x60 | (dscp >> 2));
                b[o + 1] = (byte)(((dscp & 3) << 6) | (b[o + 1] & 0x3F));
                return;
            }

            // RFC 1624 eqn. 3: the first word changes, the checksum by as much.
            int was = b[o + Ipv4Header.DscpOffset];
            b[o + Ipv4Header.DscpOffset] = (byte)((dscp << 2) | (was & 3));
            int sum = (~Octets.ReadUInt16(b, o + Ipv4Header.ChecksumOffset) & 0xFFFF) + (~was & 0xFFFF) + b[o + Ipv4Header.DscpOffset];
            sum = (sum & 0xFFFF) + (sum >> 16);
            sum = (sum & 0xFFFF) + (sum >> 16);
            Octets.WriteUInt16(b, o + Ipv4Header.ChecksumOffset, ~sum);
        }

        // Class of the labels that a path pushes. trafficClass: as Emit is given it.
        private int PushedClass(int rule, byte[] b, int q, int kind, int trafficClass)
        {
            int row = (rule & PathTable.MapMask) >> PathTable.MapShift;
            if (row == ClassMapTable.Identity)
            {
                return (rule & PathTable.Uniform) != 0 ? trafficClass : 0;
            }
            int map = row * ClassMapTable.Stride;
            if (kind == Layer2)
            {
                return _t.ClassMaps.Map[map + ClassMapTable.PriorityToClass + trafficClass];
            }

            // A pipe that has ended here gave the packet its class, as labels do that are there.
            return kind == Labelled || (_labelRule & LabelActionTable.ClassPipe) != 0 ? trafficClass
                : _t.ClassMaps.Map[map + ClassMapTable.DscpToClass + Dscp(b, q, kind)];
        }
    }
}
