namespace LabEdge.Forwarding.Wire
{
    // Read RFC 4884 sections 4, 5, 7 and 8 before changing this file.
    //
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-------+-----------------------+-------------------------------+
    // |   2   |       reserved        |    checksum, 0 = not given    |
    // +-------+-----------------------+---------------+---------------+
    // |  length, this word included   |     class     |    C-type     |
    // +-------------------------------+---------------+---------------+
    // |                    object, whole 32-bit words                 |   and more objects, to the end of the message

    /// <summary>
    /// What follows the original datagram in an ICMP error (RFC 4884 section 7), and the one object that we send and
    /// look for: the label stack that the packet came with (RFC 4950 section 2).
    /// </summary>
    public static class IcmpExtension
    {
        public const int HeaderLength = 4;
        public const int ObjectHeaderLength = 4;

        /// <summary>Class of the MPLS label stack object (RFC 4950 section 2).</summary>
        public const int MplsClass = 1;

        /// <summary>C-type of the stack as it was received (RFC 4950 section 2).</summary>
        public const int IncomingStack = 1;

        /// <summary>Octets of original datagram and padding, at least, in front of an extension (RFC 4884 section 4).</summary>
        public const int OriginalPadding = 128;

        private const int Version = 2;
        private const int ChecksumOffset = 2;
        private const int ClassOffset = 2;
        private const int CTypeOffset = 3;

        /// <summary>Writes an extension with one object, a copy of a label stack.</summary>
        /// <param name="octets">Where it goes.</param>
        /// <param name="offset">Of its first octet: the end of the padded original datagram.</param>
        /// <param name="stack">Holds the label stack entries, as they were received.</param>
        /// <param name="stackOffset">Of the first.</param>
        /// <param name="entries">How many.</param>
        /// <returns>Octets written: 8 + 4 * <paramref name="entries"/>.</returns>
        public static int WriteLabelStack(byte[] octets, int offset, byte[] stack, int stackOffset, int entries)
        {
            int objectLength = ObjectHeaderLength + (entries * LabelStackEntry.Length);
            int objectOffset = offset + HeaderLength;

            // First, because the stack may lie where the extension goes.
            Octets.Copy(stack, stackOffset, octets, objectOffset + ObjectHeaderLength, entries * LabelStackEntry.Length);
            Octets.WriteInt32(octets, offset, Version << 28);
            Octets.WriteUInt16(octets, objectOffset, objectLength);
            octets[objectOffset + ClassOffset] = MplsClass;
            octets[objectOffset + CTypeOffset] = IncomingStack;
            Octets.WriteUInt16(octets, offset + ChecksumOffset, InternetChecksum.Of(octets, offset, HeaderLength + objectLength));
            return HeaderLength + objectLength;
        }

        /// <summary>
        /// Finds the label stack that an ICMP error reports. Takes the length octet of RFC 4884 and, where it is 0, the older form
        /// with the extension 128 octets after the ICMP header (RFC 4884 section 5).
        /// </summary>
        /// <param name="octets">Holds the message.</param>
        /// <param name="icmpOffset">Of its ICMP header.</param>
        /// <param name="icmpLength">Octets of the whole message; nothing past them is read.</param>
        /// <param name="entries">How many label stack entries there are, at least 1; 0 when nothing was found.</param>
        /// <returns>
        /// Offset of the first entry, or -1: not an error that carries extensions, no extension, another version,
        /// a wrong checksum, an object longer than its message, or no label stack among the objects.
        /// </returns>
        public static int FindLabelStack(byte[] octets, int icmpOffset, int icmpLength, out int entries)
        {
            return LabelStackIn(octets, FindExtension(octets, icmpOffset, icmpLength), icmpOffset + icmpLength, out entries);
        }

        /// <summary>The same for an ICMPv6 error: destination unreachable or time exceeded (RFC 4884 section 4.4, 4.5).</summary>
        /// <inheritdoc cref="FindLabelStack(byte[], int, int, out int)"/>
        public static int FindLabelStackInIcmpv6(byte[] octets, int icmpOffset, int icmpLength, out int entries)
        {
            return LabelStackIn(octets, FindExtensionInIcmpv6(octets, icmpOffset, icmpLength), icmpOffset + icmpLength, out entries);
        }

        private static int LabelStackIn(byte[] octets, int offset, int end, out int entries)
        {
            entries = 0;
            if (offset < 0)
            {
                return -1;
            }

            offset += HeaderLength;
            while (end - offset >= ObjectHeaderLength)
            {
                int length = Octets.ReadUInt16(octets, offset);

                // RFC 4884 section 8: an object is whole 32-bit words and counts its own header.
                if (length < ObjectHeaderLength || (length & 3) != 0 || length > end - offset)
                {
                    return -1;
                }

                if (octets[offset + ClassOffset] == MplsClass && octets[offset + CTypeOffset] == IncomingStack && length > ObjectHeaderLength)
                {
                    entries = (length - ObjectHeaderLength) / LabelStackEntry.Length;
                    return offset + ObjectHeaderLength;
                }

                offset += length;
            }

            return -1;
        }

        /// <returns>Offset of an extension header whose version and checksum are right, or -1.</returns>
        private static int FindExtension(byte[] octets, int icmpOffset, int icmpLength)
        {
            if (icmpLength < IcmpMessage.HeaderLength)
            {
                return -1;
            }

            int type = octets[icmpOffset + IcmpMessage.TypeOffset];
            if (type != IcmpMessage.DestinationUnreachable && type != IcmpMessage.TimeExceeded && type != IcmpMessage.ParameterProblem)
            {
                return -1;
            }

            return ExtensionAfter(octets, icmpOffset, icmpLength, octets[icmpOffset + IcmpMessage.OriginalWordsOffset] << 2);
        }

        private static int FindExtensionInIcmpv6(byte[] octets, int icmpOffset, int icmpLength)
        {
            if (icmpLength < Icmpv6Message.HeaderLength)
            {
                return -1;
            }

            int type = octets[icmpOffset + Icmpv6Message.TypeOffset];
            if (type != Icmpv6Message.DestinationUnreachable && type != Icmpv6Message.TimeExceeded)
            {
                return -1;
            }

            return ExtensionAfter(octets, icmpOffset, icmpLength, octets[icmpOffset + Icmpv6Message.ValueOffset] << 3);
        }

        // Both ICMP headers are of 8 octets.
        private static int ExtensionAfter(byte[] octets, int icmpOffset, int icmpLength, int originalLength)
        {
            if (originalLength == 0)
            {
                originalLength = OriginalPadding;
            }

            int offset = icmpOffset + IcmpMessage.HeaderLength + originalLength;
            int length = icmpLength - IcmpMessage.HeaderLength - originalLength;
            if (length < HeaderLength || octets[offset] >> 4 != Version)
            {
                return -1;
            }

            if (Octets.ReadUInt16(octets, offset + ChecksumOffset) != 0 && InternetChecksum.Of(octets, offset, length) != 0)
            {
                return -1;
            }

            return offset;
        }
    }
}
