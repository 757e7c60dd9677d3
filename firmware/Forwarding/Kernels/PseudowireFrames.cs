using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>
    /// Plain pseudowires in and out for the portable kernel: methods, because inside the kernel's one method they would gain nothing
    /// (databook/kernels.md section 1). Each returns false, the frame untouched, when it is not to be forwarded so: the general path says why.
    /// </summary>
    internal static class PseudowireFrames
    {
        /// <summary>AC to core (RFC 4448 raw mode): control word, pseudowire label, transport; the frame itself untouched.</summary>
        public static bool In(Tables tables, Frame f, int pseudowire)
        {
            int[] r = tables.Pseudowires.Record;
            int row = pseudowire * PseudowireTable.Stride;
            int flags = r[row];
            byte[] b = f.Octets;
            int q = f.Start;
            int e = q + f.Length;
            if (e - q < 14)
            {
                return false;
            }
            if ((flags & PseudowireTable.Up) == 0)
            {
                return false;
            }
            int path = r[row + PseudowireTable.Path] << 1;
            int t = (tables.Paths.Record[path + 1] & PathTable.TransportMask) << 3;
            int[] transports = tables.Transports.Record;
            if ((flags & PseudowireTable.ControlWord) != 0)
            {
                q -= 4;
            }
            if (e - q + 4 > transports[t + TransportTable.Room])
            {
                return false;
            }
            if ((flags & PseudowireTable.ControlWord) != 0)
            {
                // RFC 4385 section 3: nibble 0; RFC 4448 section 4.6: sequence 0 = not used.
                b[q] = 0;
                b[q + 1] = 0;
                b[q + 2] = 0;
                b[q + 3] = 0;
            }
            int w = tables.Paths.Record[path];
            q -= 4;
            b[q] = (byte)(w >> 24);
            b[q + 1] = (byte)(w >> 16);
            b[q + 2] = (byte)(w >> 8);
            b[q + 3] = (byte)w;
            int n = transports[t + TransportTable.Length];
            int stride = tables.Transports.ReadyStride;
            System.Array.Copy(tables.Transports.Ready, (t >> 3) * stride + stride - n, b, q - n, n);
            r[row + PseudowireTable.FramesIn]++;
            r[row + PseudowireTable.OctetsIn] += f.Length;
            f.Start = q - n;
            f.Length = e - q + n;
            if (tables.Ports.Device[transports[t + TransportTable.Port]].Send(f))
            {
                transports[t + TransportTable.Frames]++;
                transports[t + TransportTable.Octets] += f.Length;
            }
            else
            {
                tables.Ledger.EgressDropped[transports[t + TransportTable.Port]]++;
            }
            return true;
        }

        /// <summary>Core to AC: pop the pseudowire label and the control word, send what is left.</summary>
        /// <param name="o">The pseudowire's label entry.</param>
        public static bool Out(Tables tables, Frame f, int o, int pseudowire)
        {
            int[] r = tables.Pseudowires.Record;
            int row = pseudowire * PseudowireTable.Stride;
            int flags = r[row];
            byte[] b = f.Octets;
            if ((flags & PseudowireTable.Up) == 0)
            {
                return false;
            }
            if ((b[o + 2] & 1) == 0)
            {
                return false;
            }
            int e = f.Start + f.Length;
            int q = o + 4;
            if ((flags & PseudowireTable.ControlWord) != 0)
            {
                if (q + 4 > e)
                {
                    return false;
                }
                if (b[q] > 15)
                {
                    return false;
                }
                q += 4;
            }
            int n = e - q;
            if (n < 14)
            {
                return false;
            }
            if (n > r[row + PseudowireTable.MaxFrame])
            {
                return false;
            }
            f.Start = q;
            f.Length = n;
            if (tables.Ports.Device[r[row + PseudowireTable.Port]].Send(f))
            {
                r[row + PseudowireTable.FramesOut]++;
                r[row + PseudowireTable.OctetsOut] += n;
            }
            else
            {
                tables.Ledger.EgressDropped[r[row + PseudowireTable.Port]]++;
            }
            return true;
        }
    }
}
