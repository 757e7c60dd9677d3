using LabEdge.Forwarding.Wire;

namespace LabEdge.Bfd
{
    // Read RFC 5880 section 4.1 before changing this file.
    //
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-----+---------+---+-+-+-+-+-+-+---------------+---------------+
    // |vers | diag    |sta|P|F|C|A|D|M|  detect mult  |    length     |
    // +-----+---------+---+-+-+-+-+-+-+---------------+---------------+
    // |                       my discriminator                        |
    // |                      your discriminator                       |
    // |             desired min TX interval, microseconds             |
    // |            required min RX interval, microseconds             |
    // |          required min echo RX interval, microseconds          |
    // +---------------------------------------------------------------+

    /// <summary>The mandatory section of a BFD control packet (RFC 5880 section 4.1), 24 octets; authentication is not done.</summary>
    public static class BfdPacket
    {
        public const int Length = 24;

        /// <summary>Least length of a packet with the A bit.</summary>
        public const int AuthenticatedLength = 26;
        public const int Version = 1;

        /// <summary>UDP ports (RFC 5881 section 4): to, and the range of from.</summary>
        public const int Port = 3784;
        public const int FirstSourcePort = 49152;
        public const int SourcePorts = 16384;

        /// <summary>Bits of the second octet.</summary>
        public const int Poll = 0x20;
        public const int Final = 0x10;
        public const int ControlPlaneIndependent = 0x08;
        public const int Authentication = 0x04;
        public const int Demand = 0x02;
        public const int Multipoint = 0x01;
        public const int FlagMask = 0x3F;

        public const int MultiplierOffset = 2;
        public const int LengthOffset = 3;
        public const int MyDiscriminatorOffset = 4;
        public const int YourDiscriminatorOffset = 8;
        public const int DesiredMinTxOffset = 12;
        public const int RequiredMinRxOffset = 16;
        public const int RequiredMinEchoRxOffset = 20;

        public static int ReadVersion(byte[] octets, int offset)
        {
            return octets[offset] >> 5;
        }

        public static int ReadDiagnostic(byte[] octets, int offset)
        {
            return octets[offset] & 31;
        }

        /// <returns>A state of <see cref="BfdMachine"/>.</returns>
        public static int ReadState(byte[] octets, int offset)
        {
            return octets[offset + 1] >> 6;
        }

        /// <returns>The bits from <see cref="Poll"/> to <see cref="Multipoint"/>.</returns>
        public static int ReadFlags(byte[] octets, int offset)
        {
            return octets[offset + 1] & FlagMask;
        }

        public static int ReadMultiplier(byte[] octets, int offset)
        {
            return octets[offset + MultiplierOffset];
        }

        /// <returns>Octets of the packet, as it says itself.</returns>
        public static int ReadLength(byte[] octets, int offset)
        {
            return octets[offset + LengthOffset];
        }

        public static uint ReadMyDiscriminator(byte[] octets, int offset)
        {
            return Octets.ReadUInt32(octets, offset + MyDiscriminatorOffset);
        }

        public static uint ReadYourDiscriminator(byte[] octets, int offset)
        {
            return Octets.ReadUInt32(octets, offset + YourDiscriminatorOffset);
        }

        /// <returns>Microseconds.</returns>
        public static uint ReadDesiredMinTx(byte[] octets, int offset)
        {
            return Octets.ReadUInt32(octets, offset + DesiredMinTxOffset);
        }

        /// <returns>Microseconds; 0 = no periodic packets are wanted.</returns>
        public static uint ReadRequiredMinRx(byte[] octets, int offset)
        {
            return Octets.ReadUInt32(octets, offset + RequiredMinRxOffset);
        }

        /// <returns>Microseconds; 0 = no echo packets are taken.</returns>
        public static uint ReadRequiredMinEchoRx(byte[] octets, int offset)
        {
            return Octets.ReadUInt32(octets, offset + RequiredMinEchoRxOffset);
        }

        /// <summary>Writes the 24 octets.</summary>
        /// <param name="flags">Poll or Final, not both.</param>
        /// <param name="desiredMinTx">Microseconds, as the next ones.</param>
        public static void Write(byte[] octets, int offset, int diagnostic, int state, int flags, int multiplier, uint myDiscriminator, uint yourDiscriminator,
            uint desiredMinTx, uint requiredMinRx, uint requiredMinEchoRx)
        {
            octets[offset] = (byte)((Version << 5) | diagnostic);
            octets[offset + 1] = (byte)((state << 6) | flags);
            octets[offset + MultiplierOffset] = (byte)multiplier;
            octets[offset + LengthOffset] = Length;
            Octets.WriteUInt32(octets, offset + MyDiscriminatorOffset, myDiscriminator);
            Octets.WriteUInt32(octets, offset + YourDiscriminatorOffset, yourDiscriminator);
            Octets.WriteUInt32(octets, offset + DesiredMinTxOffset, desiredMinTx);
            Octets.WriteUInt32(octets, offset + RequiredMinRxOffset, requiredMinRx);
            Octets.WriteUInt32(octets, offset + RequiredMinEchoRxOffset, requiredMinEchoRx);
        }
    }
}
