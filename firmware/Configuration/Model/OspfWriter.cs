using LabEdge.Control;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>The lines of OSPF, out of a model: each by the text of its row.</summary>
    public static class OspfWriter
    {
        /// <summary>Writes the line of a record: at most 120 octets.</summary>
        /// <param name="r">Its first int; the next is a <see cref="OspfLines.Stride"/> on.</param>
        public static void Put(TextBuffer output, OspfLines lines, int r, InterfaceTable interfaces, VrfNames vrfs)
        {
            int kind = OspfLines.KindOf(lines.Record[r + OspfLines.Kind]);
            output.Text(kind == OspfLines.Process ? "" : " ").Text(lines.IsNegated(r) ? "no " : "");
            string row = CommandTable.Row(OspfEditor.ActionOf(kind));
            bool first = true;
            for (int p = 1; p < row.Length;)
            {
                if (row[p] == '|')
                {
                    p += 2;
                    continue;
                }
                if (row[p] == '[')
                {
                    if (lines.IsNegated(r) || !IsGiven(lines, r, row, p))
                    {
                        p = CommandRow.AfterGroup(row, p);
                        continue;
                    }
                    p++;
                }
                output.Text(first ? "" : " ");
                first = false;
                PutElement(output, lines, r, row, p, interfaces, vrfs);
                p = CommandRow.AfterElement(row, p);
                p += p < row.Length && row[p] == ']' ? 1 : 0;
                p += p < row.Length && row[p] == ' ' ? 1 : 0;
            }
            output.Line();
        }

        // A group is there when the slot of its word or argument was given.
        private static bool IsGiven(OspfLines lines, int r, string row, int p)
        {
            for (int end = row.IndexOf(']', p); p < end; p++)
            {
                if (row[p] == '{')
                {
                    p = row.IndexOf('}', p);
                }
                else if (row[p] == '=' || row[p] == '%')
                {
                    return lines.IsGiven(r, row[p + (row[p] == '=' ? 1 : 2)] - '0');
                }
            }
            return false;
        }

        private static void PutElement(TextBuffer output, OspfLines lines, int r, string row, int p, InterfaceTable interfaces, VrfNames vrfs)
        {
            if (row[p] != '%')
            {
                for (int end = CommandRow.EndOfWord(row, p); p < end; p++)
                {
                    output.Put(row[p]);
                }
                return;
            }
            int at = r + OspfLines.Values + row[p + 2] - '0';
            int value = lines.Record[at];
            switch (row[p + 1])
            {
                case Argument.Address:
                    output.Address((uint)value);
                    break;
                case Argument.Interface:
                    output.Text((value & InterfaceNames.Loopback) != 0 ? InterfaceNames.NameOfLoopback(value & ~InterfaceNames.Loopback) : interfaces.Name[value & ~OspfLines.InterfaceScope]);
                    break;
                case Argument.Vrf:
                    output.Text(vrfs.NameOf(value));
                    break;
                case Argument.Word:
                    for (int i = 0; i < 16; i++)
                    {
                        uint octets = (uint)lines.Record[at + (i >> 2)];
                        int octet = (int)((octets >> (24 - 8 * (i & 3))) & 255);
                        if (octet == 0)
                        {
                            return;
                        }
                        output.Put(octet);
                    }
                    break;
                default:
                    output.Unsigned((uint)value);
                    break;
            }
        }
    }
}
