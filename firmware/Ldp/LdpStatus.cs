namespace LabEdge.Ldp
{
    /// <summary>Status codes (RFC 5036 section 3.9, RFC 5561, 5919, 8077): the 30 bits of data, with the E bit where the code is fatal.</summary>
    public static class LdpStatus
    {
        /// <summary>E: the session ends; F: to be forwarded along the LSP.</summary>
        public const uint Fatal = 0x80000000;
        public const uint Forward = 0x40000000;

        public const uint Success = 0;
        public const uint BadLdpIdentifier = 0x80000001;
        public const uint BadProtocolVersion = 0x80000002;
        public const uint BadPduLength = 0x80000003;
        public const uint UnknownMessageType = 0x04;
        public const uint BadMessageLength = 0x80000005;
        public const uint UnknownTlv = 0x06;
        public const uint BadTlvLength = 0x80000007;
        public const uint MalformedTlvValue = 0x80000008;
        public const uint HoldTimerExpired = 0x80000009;
        public const uint Shutdown = 0x8000000A;
        public const uint LoopDetected = 0x0B;
        public const uint UnknownFec = 0x0C;
        public const uint NoRoute = 0x0D;
        public const uint NoLabelResources = 0x0E;
        public const uint LabelResourcesAvailable = 0x0F;
        public const uint RejectedNoHello = 0x80000010;
        public const uint RejectedAdvertisementMode = 0x80000011;
        public const uint RejectedMaxPdu = 0x80000012;
        public const uint RejectedLabelRange = 0x80000013;
        public const uint KeepAliveExpired = 0x80000014;
        public const uint RequestAborted = 0x15;
        public const uint MissingParameters = 0x16;
        public const uint UnsupportedAddressFamily = 0x17;
        public const uint RejectedKeepAlive = 0x80000018;
        public const uint InternalError = 0x80000019;
        public const uint IllegalWord = 0x24;
        public const uint WrongWord = 0x25;
        public const uint PwStatus = 0x28;
        public const uint UnsupportedCapability = 0x2E;
        public const uint EndOfLib = 0x2F;

        /// <summary>What an engineer reads, as the RFC names it.</summary>
        public static string Text(uint status)
        {
            switch (status & ~Forward)
            {
                case Success: return "Success";
                case BadLdpIdentifier: return "Bad LDP Identifier";
                case BadProtocolVersion: return "Bad Protocol Version";
                case BadPduLength: return "Bad PDU Length";
                case UnknownMessageType: return "Unknown Message Type";
                case BadMessageLength: return "Bad Message Length";
                case UnknownTlv: return "Unknown TLV";
                case BadTlvLength: return "Bad TLV Length";
                case MalformedTlvValue: return "Malformed TLV Value";
                case HoldTimerExpired: return "Hold Timer Expired";
                case Shutdown: return "Shutdown";
                case LoopDetected: return "Loop Detected";
                case UnknownFec: return "Unknown FEC";
                case NoRoute: return "No Route";
                case NoLabelResources: return "No Label Resources";
                case LabelResourcesAvailable: return "Label Resources Available";
                case RejectedNoHello: return "Session Rejected/No Hello";
                case RejectedAdvertisementMode: return "Session Rejected/Parameters Advertisement Mode";
                case RejectedMaxPdu: return "Session Rejected/Parameters Max PDU Length";
                case RejectedLabelRange: return "Session Rejected/Parameters Label Range";
                case KeepAliveExpired: return "KeepAlive Timer Expired";
                case RequestAborted: return "Label Request Aborted";
                case MissingParameters: return "Missing Message Parameters";
                case UnsupportedAddressFamily: return "Unsupported Address Family";
                case RejectedKeepAlive: return "Session Rejected/Bad KeepAlive Time";
                case InternalError: return "Internal Error";
                case IllegalWord: return "Illegal C-Bit";
                case WrongWord: return "Wrong C-Bit";
                case PwStatus: return "PW Status";
                case UnsupportedCapability: return "Unsupported Capability";
                case EndOfLib: return "End-of-LIB";
                default: return "Unknown Status";
            }
        }
    }
}
