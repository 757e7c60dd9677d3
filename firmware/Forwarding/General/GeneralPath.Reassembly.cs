// Read RFC 4623 sections 3 and 4 before changing this file.
using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Fragments of pseudowire frames, made and put together.
    public sealed partial class GeneralPath
    {
        // A path with less room than this is not fragmented for: its fragments could be so short that a link pads them, and the control word
        // of an Ethernet pseudowire cannot tell padding.
        private const int LeastFragment = 128;

        private static bool TakesFragments(int flags)
        {
            return (flags & (PseudowireTable.FragmentSend | PseudowireTable.ControlWord)) == (PseudowireTable.FragmentSend | PseudowireTable.ControlWord);
        }

        // The frame from q to _e in fragments of about the same length, none of more than room octets. The headers of each are written over the
        // end of the one before, and that is put back: the frame stays as it is for the next member of a flood.
        private void EmitFragments(int pseudowire, int q, int room, int flow, int cause)
        {
            int length = _e - q;
            int count = (length + room - 1) / room;
            int size = (length + count - 1) / count;
            int end = _e;
            int behind = _behind.Length;
            for (int i = 0; i < count; i++)
            {
                int from = q + i * size;
                int to = i == count - 1 ? end : from + size;
                int fragment = i == 0 ? ControlWord.FirstFragment : i == count - 1 ? ControlWord.LastFragment : ControlWord.MiddleFragment;
                int keep = i * size < behind ? i * size : behind;
                Octets.Copy(_b, from - keep, _behind, 0, keep);
                EmitPseudowire(pseudowire, from, to, fragment, flow, i == 0 ? cause : CauseFragment);
                Octets.Copy(_behind, 0, _b, from - keep, keep);
            }
        }

        /// <summary>Looks at the FRG bits of the control word in front of <paramref name="q"/>.</summary>
        /// <returns>
        /// <see cref="Forwarded"/>: a whole frame stands from <see cref="_o"/> to <see cref="_e"/>; <see cref="Noted"/>: a fragment was kept
        /// and counted; or FragmentInvalid. Fragments come in order and without a gap, or their frame is lost; they are always numbered.
        /// </returns>
        private int Reassemble(int pseudowire, int q)
        {
            PseudowireTable table = _t.Pseudowires;
            int x = pseudowire * PseudowireTable.ExtraStride;
            int word = q - ControlWord.Length;
            int fragment = ControlWord.ReadFragment(_b, word);
            int sequence = ControlWord.ReadSequence(_b, word);
            int expected = table.Extra[x + PseudowireTable.NextFragment];
            int kept = table.Extra[x + PseudowireTable.Kept];
            int buffer = table.Extra[x + PseudowireTable.Buffer];
            int length = _e - q;
            table.Extra[x + PseudowireTable.NextFragment] = 0;
            if (fragment == ControlWord.Whole)
            {
                _o = q;
                return Forwarded;
            }
            if (fragment == ControlWord.FirstFragment)
            {
                kept = 0;
            }
            else if (sequence != expected)
            {
                return DropReason.FragmentInvalid;
            }
            if (sequence == 0 || length == 0 || buffer < 0 || kept + length > table.Buffers.Size)
            {
                return DropReason.FragmentInvalid;
            }
            int at = buffer * table.Buffers.Size;
            if (fragment != ControlWord.LastFragment)
            {
                Octets.Copy(_b, q, table.Buffers.Octets, at + kept, length);
                table.Extra[x + PseudowireTable.Kept] = kept + length;
                table.Extra[x + PseudowireTable.NextFragment] = ControlWord.NextSequence(sequence);
                _t.Ledger.Punted[_port]++;
                _t.Ledger.PuntedByClass[PuntClass.Fragment]++;
                return Noted;
            }

            // The last one's frame takes the whole; the 32 octets of its tailroom stay free.
            int start = _f.Headroom;
            if (start + kept + length > _b.Length - 32)
            {
                return DropReason.FragmentInvalid;
            }
            Octets.Copy(_b, q, _b, start + kept, length);
            Octets.Copy(table.Buffers.Octets, at, _b, start, kept);
            _f.Start = start;
            _f.Length = kept + length;
            _o = start;
            _e = start + kept + length;
            return Forwarded;
        }
    }
}
