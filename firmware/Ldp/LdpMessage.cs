namespace LabEdge.Ldp
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-------------------------------+-------------------------------+
    // |         version = 1           |  PDU length (from LDP id on)  |
    // +-------------------------------+-------------------------------+
    // |                            LSR id                             |
    // +-------------------------------+-------------------------------+
    // |         label space           |U|         message type        |
    // +-------------------------------+-------------------------------+
    // | message length (from id on)   |           message id          |
    // +-------------------------------+-------------------------------+
    // |        (message id)           |U|F|         TLV type          |
    // +-------------------------------+-------------------------------+
    // |     TLV length (of value)     |          value ...            |
    // +-------------------------------+-------------------------------+

    /// <summary>Numbers of LDP (RFC 5036 sections 3.1 to 3.5; RFC 5561, 5918, 5919): ports, PDU and message headers, messages, TLVs, FEC elements.</summary>
    public static class LdpMessage
    {
        public const int Port = 646;

        /// <summary>The last octet of "all routers on this subnet", 224.0.0.2.</summary>
        public const int AllRoutersGroup = 2;
        public const uint AllRouters = 0xE0000002;

        public const int Version = 1;
        public const int PduHeader = 10;

        /// <summary>Octets of version and PDU length, which the length does not count; of type and length of a message; of a whole message header; of a TLV's.</summary>
        public const int PduPrefix = 4;
        public const int MessagePrefix = 4;
        public const int MessageHeader = 8;
        public const int TlvHeader = 4;

        public const int DefaultMaxPdu = 4096;

        public const int UnknownBit = 0x8000;
        public const int ForwardBit = 0x4000;

        public const int Notification = 0x0001;
        public const int Hello = 0x0100;
        public const int Initialization = 0x0200;
        public const int KeepAlive = 0x0201;
        public const int Capability = 0x0202;
        public const int Address = 0x0300;
        public const int AddressWithdraw = 0x0301;
        public const int LabelMapping = 0x0400;
        public const int LabelRequest = 0x0401;
        public const int LabelWithdraw = 0x0402;
        public const int LabelRelease = 0x0403;
        public const int LabelAbort = 0x0404;

        public const int Fec = 0x0100;
        public const int AddressList = 0x0101;
        public const int HopCount = 0x0103;
        public const int PathVector = 0x0104;
        public const int GenericLabel = 0x0200;
        public const int AtmLabel = 0x0201;
        public const int FrameRelayLabel = 0x0202;
        public const int Status = 0x0300;
        public const int ExtendedStatus = 0x0301;
        public const int ReturnedPdu = 0x0302;
        public const int ReturnedMessage = 0x0303;
        public const int HelloParameters = 0x0400;
        public const int Ipv4Transport = 0x0401;
        public const int ConfigurationSequence = 0x0402;
        public const int Ipv6Transport = 0x0403;
        public const int SessionParameters = 0x0500;
        public const int AtmParameters = 0x0501;
        public const int FrameRelayParameters = 0x0502;
        public const int DynamicCapability = 0x0506;
        public const int TypedWildcardCapability = 0x050B;
        public const int LabelRequestId = 0x0600;
        public const int UnrecognizedNotification = 0x0603;

        /// <summary>RFC 8077 section 5.4.2.</summary>
        public const int PwStatus = 0x096A;

        /// <summary>FEC elements.</summary>
        public const int Wildcard = 1;
        public const int Prefix = 2;
        public const int TypedWildcard = 5;
        public const int PwId = 0x80;

        /// <summary>Address family of IPv4.</summary>
        public const int Ipv4 = 1;

        /// <summary>Bits of the common hello parameters (RFC 5036 section 3.5.2.1; G: RFC 6720 section 2).</summary>
        public const int Targeted = 0x8000;
        public const int RequestTargeted = 0x4000;
        public const int Gtsm = 0x2000;

        /// <summary>What is said of every TLV that a message may carry and that we do not use.</summary>
        public static bool IsKnownTlv(int type)
        {
            switch (type)
            {
                case Fec:
                case AddressList:
                case HopCount:
                case PathVector:
                case GenericLabel:
                case AtmLabel:
                case FrameRelayLabel:
                case Status:
                case ExtendedStatus:
                case ReturnedPdu:
                case ReturnedMessage:
                case HelloParameters:
                case Ipv4Transport:
                case ConfigurationSequence:
                case Ipv6Transport:
                case SessionParameters:
                case AtmParameters:
                case FrameRelayParameters:
                case DynamicCapability:
                case TypedWildcardCapability:
                case LabelRequestId:
                case UnrecognizedNotification:
                case PwStatus:
                    return true;
                default:
                    return false;
            }
        }
    }
}
