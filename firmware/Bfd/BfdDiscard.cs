using LabEdge.Forwarding.Wire;

namespace LabEdge.Bfd
{
    // Read RFC 5880 section 6.8.6 before changing this file.

    /// <summary>Why a control packet does not count, in the order of the rules; each is counted apart (<see cref="BfdModule.Discarded"/>).</summary>
    public static class BfdDiscard
    {
        public const int None = 0;

        /// <summary>RFC 5881 section 5: it has crossed a router (GTSM).</summary>
        public const int Ttl = 1;
        public const int Truncated = 2;
        public const int BadVersion = 3;
        public const int TooShort = 4;
        public const int BeyondDatagram = 5;
        public const int ZeroMultiplier = 6;
        public const int Multipoint = 7;
        public const int ZeroMyDiscriminator = 8;
        public const int NoDiscriminator = 9;
        public const int ZeroYourDiscriminator = 10;
        public const int NoSession = 11;

        /// <summary>We do no authentication, so none is in use in any session.</summary>
        public const int Authentication = 12;
        public const int AdminDown = 13;

        /// <summary>Of a session of another interface (RFC 5881 section 3).</summary>
        public const int OtherInterface = 14;
        public const int Count = 15;

        /// <summary>The rules that need no session.</summary>
        /// <param name="length">Octets of the datagram's payload.</param>
        /// <returns>None when the packet may be looked at further.</returns>
        public static int OfPacket(byte[] octets, int offset, int length)
        {
            if (length < BfdPacket.LengthOffset + 1)
            {
                return Truncated;
            }
            if (BfdPacket.ReadVersion(octets, offset) != BfdPacket.Version)
            {
                return BadVersion;
            }
            int flags = BfdPacket.ReadFlags(octets, offset);
            bool signed = (flags & BfdPacket.Authentication) != 0;
            int said = BfdPacket.ReadLength(octets, offset);
            if (said < (signed ? BfdPacket.AuthenticatedLength : BfdPacket.Length))
            {
                return TooShort;
            }
            if (said > length)
            {
                return BeyondDatagram;
            }
            if (BfdPacket.ReadMultiplier(octets, offset) == 0)
            {
                return ZeroMultiplier;
            }
            if ((flags & BfdPacket.Multipoint) != 0)
            {
                return Multipoint;
            }
            if (BfdPacket.ReadMyDiscriminator(octets, offset) == 0)
            {
                return ZeroMyDiscriminator;
            }
            int state = BfdPacket.ReadState(octets, offset);
            if (BfdPacket.ReadYourDiscriminator(octets, offset) == 0 && state != BfdMachine.Down && state != BfdMachine.AdminDown)
            {
                return ZeroYourDiscriminator;
            }
            return None;
        }

        /// <summary>As <c>show bfd drops</c> names it.</summary>
        public static string Text(int reason)
        {
            switch (reason)
            {
                case Ttl: return "Invalid TTL";
                case Truncated: return "Truncated";
                case BadVersion: return "Invalid version";
                case TooShort: return "Invalid length";
                case BeyondDatagram: return "Longer than datagram";
                case ZeroMultiplier: return "Zero multiplier";
                case Multipoint: return "Multipoint bit";
                case ZeroMyDiscriminator: return "Zero my discriminator";
                case NoDiscriminator: return "Invalid discriminator";
                case ZeroYourDiscriminator: return "Zero your discriminator";
                case NoSession: return "No BFD adjacency";
                case Authentication: return "Authentication";
                case AdminDown: return "Session AdminDown";
                case OtherInterface: return "Other interface";
                default: return "";
            }
        }
    }
}
