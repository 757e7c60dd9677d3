using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Read RFC 791 section 3.2 (fragmentation), RFC 1812 sections 4.2.2.7 and 5.2.6 and RFC 3032 section 3.4 before changing this file.
    // Fragments of an IPv4 packet, with the labels over it or without. No second frame: each fragment is sent from where its payload
    // lies, its header written over octets of the one before, which has gone.
    public sealed partial class GeneralPath
    {
        private const int DontFragmentBit = 0x4000;
        private const int MoreFragmentsBit = 0x2000;
        private const int OffsetMask = 0x1FFF;

        // Labels and header of the packet in hand.
        private readonly byte[] _saved = new byte[MaxLooks * LabelStackEntry.Length + 60];

        /// <summary>
        /// Looks for an IPv4 packet under a label stack that is too long for its path and may be split (RFC 3032 section 3.4). That it is
        /// one, version, lengths and header checksum must say: there may be a pseudowire under the labels. Changes nothing.
        /// </summary>
        /// <param name="stack">The first octet that <see cref="Emit"/> would be given; <see cref="_e"/> is the end.</param>
        /// <param name="bare">True when no label is left: the packet begins at once.</param>
        /// <param name="room">As <see cref="Room"/> says it.</param>
        /// <returns>Offset of the IPv4 header, or -1.</returns>
        private int FragmentableUnder(int stack, bool bare, int room)
        {
            int ip = stack;
            for (int looks = MaxLooks; !bare; looks--)
            {
                if (looks == 0 || ip + LabelStackEntry.Length > _e)
                {
                    return -1;
                }
                bare = LabelStackEntry.ReadBottom(_b, ip);
                ip += LabelStackEntry.Length;
            }
            return Ipv4Header.Fits(_b, ip, _e - ip) && Ipv4Header.ChecksumRight(_b, ip) && FragmentsFit(stack, ip, room) ? ip : -1;
        }

        // DF is 0, eight octets of payload fit, and no fragment would lie beyond what an offset can say.
        private bool FragmentsFit(int stack, int ip, int room)
        {
            int header = Ipv4Header.ReadHeaderLength(_b, ip);
            int word = Octets.ReadUInt16(_b, ip + Ipv4Header.FragmentOffset);
            return (word & DontFragmentBit) == 0 && room >= ip - stack + header + 8
                && ((word & OffsetMask) << 3) + Ipv4Header.ReadTotalLength(_b, ip) - header <= 65535;
        }

        /// <summary>
        /// Sends the IPv4 packet at <paramref name="ip"/> in fragments, in order, each with the octets [stack, ip) in front: the labels as
        /// they go out. The caller has asked <see cref="FragmentableUnder"/> or whether it may, and has set TTLs.
        /// </summary>
        /// <param name="room">Octets of labels and fragment together.</param>
        private void Fragment(int path, int kind, int stack, int ip, int room, int ttl, int trafficClass, int flow)
        {
            byte[] b = _b;
            int labels = ip - stack;
            int header = Ipv4Header.ReadHeaderLength(b, ip);
            int end = ip + Ipv4Header.ReadTotalLength(b, ip);
            int word = Octets.ReadUInt16(b, ip + Ipv4Header.FragmentOffset);
            int at = ip + header;
            int cause = CauseForwarded;
            Octets.Copy(b, stack, _saved, 0, labels + header);
            while (at < end)
            {
                int data = end - at;
                int fits = room - labels - header;
                bool last = data <= fits;
                if (!last)
                {
                    data = fits & ~7;
                }
                int q = at - header;
                Octets.Copy(_saved, 0, b, q - labels, labels + header);
                Octets.WriteUInt16(b, q + Ipv4Header.TotalLengthOffset, header + data);

                // MF of the last one is that of the packet, which may have been a fragment itself.
                Octets.WriteUInt16(b, q + Ipv4Header.FragmentOffset, last ? word : word | MoreFragmentsBit);
                Octets.WriteUInt16(b, q + Ipv4Header.ChecksumOffset, 0);
                Octets.WriteUInt16(b, q + Ipv4Header.ChecksumOffset, InternetChecksum.Of(b, q, header));
                Emit(_f, path, q - labels, at + data, kind, ttl, trafficClass, flow, cause);
                at += data;
                word += data >> 3;
                if (cause == CauseForwarded)
                {
                    cause = CauseFragment;
                    header = KeepCopiedOptions(labels, header);
                }
            }
        }

        // Options of the header in _saved that every fragment has: those with the copied flag (RFC 791 section 3.1). What comes after a
        // malformed one goes too.
        // Returns the new length of the header, a multiple of 4.
        private int KeepCopiedOptions(int header, int length)
        {
            const int endOfOptions = 0;
            const int noOperation = 1;
            const int copied = 0x80;
            int from = header + Ipv4Header.Length;
            int to = from;
            int end = header + length;
            while (from < end && _saved[from] != endOfOptions)
            {
                if (_saved[from] == noOperation)
                {
                    from++;
                    continue;
                }
                int option = from + 1 < end ? _saved[from + 1] : 0;
                if (option < 2 || from + option > end)
                {
                    break;
                }
                if ((_saved[from] & copied) != 0)
                {
                    Octets.Copy(_saved, from, _saved, to, option);
                    to += option;
                }
                from += option;
            }
            while (((to - header) & 3) != 0)
            {
                _saved[to++] = endOfOptions;
            }
            _saved[header] = (byte)(0x40 | ((to - header) >> 2));
            return to - header;
        }
    }
}
