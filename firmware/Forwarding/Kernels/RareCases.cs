using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>What ends a frame otherwise than by forwarding: the reasons of drops and the notes for Host.</summary>
    internal static class RareCases
    {
        // Why a label was not accepted: the port takes none, the label is reserved or not ours, or it was advertised elsewhere.
        public static int LabelReason(int label, int handle, int scope)
        {
            if (scope == ForwardingHandle.ScopeNone << ForwardingHandle.ScopeShift)
            {
                return DropReason.LabelOnUnlabelledPort;
            }
            if (label < 16)
            {
                return DropReason.ReservedLabel;
            }
            return handle == ForwardingHandle.None ? DropReason.UnknownLabel : DropReason.LabelScope;
        }

        // RFC 1624 eqn. 3, for a TTL that fell by n: the header checksum rises by n * 256, with end-around carry.
        public static void AddToChecksum(byte[] b, int o, int n)
        {
            n = ((b[o + 10] << 8) | b[o + 11]) + (n << 8);
            if (n >= 0xFFFF)
            {
                n++;
            }
            b[o + 10] = (byte)(n >> 8);
            b[o + 11] = (byte)n;
        }

        public static void Note(Tables tables, Frame f, int mark, int offset, int context, int port)
        {
            f.Port = port;
            f.Mark = mark;
            f.Offset = offset;
            f.Context = context;
            tables.Exceptions[tables.ExceptionCount++] = f;
        }
    }
}
