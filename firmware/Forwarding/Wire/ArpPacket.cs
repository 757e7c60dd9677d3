namespace LabEdge.Forwarding.Wire
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-------------------------------+-------------------------------+
    // |      hardware type (1)        |    protocol type (0x0800)     |
    // +---------------+---------------+-------------------------------+
    // |  hw size (6)  | proto size (4)|           operation           |
    // +---------------+---------------+-------------------------------+
    // |                    sender hardware address                    |
    // +                               +-------------------------------+
    // |                               |    sender protocol address    |
    // +-------------------------------+-------------------------------+
    // |    sender protocol address    |    target hardware address    |
    // +-------------------------------+                               +
    // |                    target hardware address                    |
    // +---------------------------------------------------------------+
    // |                    target protocol address                    |
    // +---------------------------------------------------------------+

    /// <summary>An ARP packet for IPv4 on Ethernet (RFC 826), 28 octets after the Ethernet header.</summary>
    public static class ArpPacket
    {
        public const int Length = 28;

        public const int Request = 1;
        public const int Reply = 2;

        public const int HardwareTypeOffset = 0;
        public const int ProtocolTypeOffset = 2;
        public const int HardwareSizeOffset = 4;
        public const int ProtocolSizeOffset = 5;
        public const int OperationOffset = 6;
        public const int SenderHardwareOffset = 8;
        public const int SenderProtocolOffset = 14;
        public const int TargetHardwareOffset = 18;
        public const int TargetProtocolOffset = 24;

        private const int HardwareEthernet = 1;

        /// <param name="octets">Holds the packet.</param>
        /// <param name="offset">Of its first octet.</param>
        /// <param name="available">Octets from there to the end of what was received.</param>
        /// <returns>True when 28 octets are there and they speak of Ethernet and IPv4 addresses, whatever the operation.</returns>
        public static bool Fits(byte[] octets, int offset, int available)
        {
            return available >= Length
                && Octets.ReadUInt16(octets, offset + HardwareTypeOffset) == HardwareEthernet
                && Octets.ReadUInt16(octets, offset + ProtocolTypeOffset) == EthernetHeader.Ipv4
                && octets[offset + HardwareSizeOffset] == 6
                && octets[offset + ProtocolSizeOffset] == 4;
        }

        /// <returns><see cref="Request"/>, <see cref="Reply"/> or another operation, 16 bits.</returns>
        public static int ReadOperation(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + OperationOffset);
        }

        /// <returns>The sender's IPv4 address, its first octet highest; 0 in a probe (RFC 5227 section 1.1).</returns>
        public static uint ReadSenderProtocol(byte[] octets, int offset)
        {
            return Octets.ReadUInt32(octets, offset + SenderProtocolOffset);
        }

        /// <returns>The IPv4 address that is asked for or answered to, its first octet highest.</returns>
        public static uint ReadTargetProtocol(byte[] octets, int offset)
        {
            return Octets.ReadUInt32(octets, offset + TargetProtocolOffset);
        }

        /// <summary>Writes the 28 octets. Neither hardware address may lie where the packet is written.</summary>
        /// <param name="octets">Where the packet goes.</param>
        /// <param name="offset">Of its first octet.</param>
        /// <param name="operation"><see cref="Request"/> or <see cref="Reply"/>.</param>
        /// <param name="senderHardware">Holds our 6-octet address.</param>
        /// <param name="senderHardwareOffset">Of its first octet.</param>
        /// <param name="senderProtocol">Our IPv4 address, its first octet highest.</param>
        /// <param name="targetHardware">Holds the other's 6-octet address; null writes zeros (a request does not know it).</param>
        /// <param name="targetHardwareOffset">Of its first octet.</param>
        /// <param name="targetProtocol">The other's IPv4 address, its first octet highest.</param>
        public static void Write(byte[] octets, int offset, int operation, byte[] senderHardware, int senderHardwareOffset, uint senderProtocol, byte[] targetHardware, int targetHardwareOffset, uint targetProtocol)
        {
            Octets.WriteUInt16(octets, offset + HardwareTypeOffset, HardwareEthernet);
            Octets.WriteUInt16(octets, offset + ProtocolTypeOffset, EthernetHeader.Ipv4);
            octets[offset + HardwareSizeOffset] = 6;
            octets[offset + ProtocolSizeOffset] = 4;
            Octets.WriteUInt16(octets, offset + OperationOffset, operation);
            Octets.Copy(senderHardware, senderHardwareOffset, octets, offset + SenderHardwareOffset, 6);
            Octets.WriteUInt32(octets, offset + SenderProtocolOffset, senderProtocol);
            if (targetHardware == null)
            {
                Octets.WriteInt32(octets, offset + TargetHardwareOffset, 0);
                Octets.WriteUInt16(octets, offset + TargetHardwareOffset + 4, 0);
            }
            else
            {
                Octets.Copy(targetHardware, targetHardwareOffset, octets, offset + TargetHardwareOffset, 6);
            }

            Octets.WriteUInt32(octets, offset + TargetProtocolOffset, targetProtocol);
        }
    }
}
