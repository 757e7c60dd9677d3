using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Out of an attachment circuit: tags popped, pushed, translated.
    public sealed partial class GeneralPath
    {
        private int ToAttachment(int attachment, int cause)
        {
            int[] r = _t.Attachments.Record;
            int row = attachment * AttachmentTable.Stride;
            int rewrite = r[row + AttachmentTable.Rewrite];
            int control = _tagControl;
            int body = _o;
            for (int n = (rewrite >> AttachmentTable.EgressPopShift) & 3; n > 0; n--)
            {
                if (body + VlanTag.Length + 2 > _e || !IsTag(Octets.ReadUInt16(_b, body)))
                {
                    break;
                }
                if (control < 0)
                {
                    control = _b[body + 2] >> 4;
                }
                body += VlanTag.Length;
            }
            int tags = (rewrite >> AttachmentTable.EgressPushShift) & 3;
            int length = _e - body + Addresses + tags * VlanTag.Length;
            if (Trace != null)
            {
                Trace.Add(FrameTrace.AttachmentOut, attachment, length, _o);
            }
            int most = r[row + AttachmentTable.MaxFrame];
            if (length > most)
            {
                return most < 0 ? DropReason.TransportDown : DropReason.MtuExceeded;
            }
            int flags = r[row];
            if ((flags & AttachmentTable.PriorityFixed) != 0)
            {
                control = -1;
            }
            else if ((flags & AttachmentTable.PriorityFromClass) != 0 && _labelClass >= 0)
            {
                int map = r[row + AttachmentTable.ClassMap] * ClassMapTable.Stride + ClassMapTable.ClassToPriority;
                control = _t.ClassMaps.Map[map + _class] << 1;
            }
            int q = WriteHead(body, tags, r[row + AttachmentTable.Tag], r[row + AttachmentTable.InnerTag], control);
            if (SendOut(r[row + AttachmentTable.Port], q, cause))
            {
                r[row + AttachmentTable.FramesOut]++;
                r[row + AttachmentTable.OctetsOut] += length;
            }
            Unwrite(body);
            return Forwarded;
        }
    }
}
