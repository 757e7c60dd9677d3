using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Attachment circuits, pseudowires and bridge domains: from where a layer 2 frame comes to where it goes.
    public sealed partial class GeneralPath
    {
        private const int Addresses = 2 * EthernetHeader.AddressLength;

        // The frame that is carried: its two addresses here, the rest (tags that were not popped, EtherType, payload) from _o to _e.
        // Each way out writes addresses and tags in front of _o; only the headroom, and what was popped before, is written to.
        private readonly byte[] _addresses = new byte[Addresses];

        // Priority and drop eligible of the outer tag that was popped (4 bits), or -1; tags from _o on that selected the circuit and so delimit
        // its service, which the tag of a circuit for any tag does not; class.
        private int _tagControl;
        private int _delimiting;
        private bool _anyTag;
        private int _class;

        // What a way out popped or wrote its headers over, to be put back: another way out may follow.
        private readonly byte[] _popped = new byte[2 * VlanTag.Length];
        private readonly byte[] _behind;

        /// <summary>A frame came in by an attachment circuit of layer 2: from Frame.Start on, tags and all.</summary>
        /// <param name="payload">Offset after the tags that selected the circuit.</param>
        private int FromAttachment(int attachment, int payload)
        {
            int[] r = _t.Attachments.Record;
            int row = attachment * AttachmentTable.Stride;
            if (Trace != null)
            {
                Trace.Add(FrameTrace.AttachmentIn, attachment, 0, _o);
            }
            r[row + AttachmentTable.FramesIn]++;
            r[row + AttachmentTable.OctetsIn] += _f.Length;
            int matched = (payload - EthernetHeader.Length - _o) / VlanTag.Length;
            int tag = _o + EthernetHeader.Length;
            int pop = r[row + AttachmentTable.Rewrite] & 3;
            if (matched == 1 && VlanTag.ReadVlan(_b, tag) == 0)
            {
                // A priority is all that such a tag says of an untagged frame.
                pop = 1;
            }
            if (pop > matched)
            {
                pop = matched;
            }
            Carry(_o, pop);
            _delimiting = _anyTag ? 0 : matched - pop;
            if (pop != 0)
            {
                _tagControl = _b[tag] >> 4;
            }
            _class = matched == 0 ? 0 : VlanTag.ReadPriority(_b, tag);
            int pushed = r[row + AttachmentTable.IngressTag];
            if (pushed != 0)
            {
                // Into the room of the addresses, which are kept apart.
                if (_tagControl >= 0)
                {
                    pushed = (pushed & ~0xF000) | (_tagControl << 12);
                }
                _o -= VlanTag.Length;
                Octets.WriteInt32(_b, _o, pushed);
                _delimiting++;
            }

            int service = r[row + AttachmentTable.Service];
            int index = service & ForwardingHandle.IndexMask;
            switch (service & ForwardingHandle.KindMask)
            {
                case ForwardingHandle.Pseudowire:
                    return ToPseudowire(index, CauseForwarded);
                case ForwardingHandle.Attachment:
                    return ToAttachment(index, CauseForwarded);
                case ForwardingHandle.Bridge:
                    return Bridged(index, ForwardingHandle.Attachment | attachment);
                default:
                    return DropReason.NoCircuit;
            }
        }

        // A frame of a port in port mode: everything is carried.
        private int FromPort(int pseudowire)
        {
            Carry(_o, 0);
            return ToPseudowire(pseudowire, CauseForwarded);
        }

        // Takes up a frame whose destination address stands at o, without its first tags.
        private void Carry(int o, int tags)
        {
            Octets.Copy(_b, o, _addresses, 0, Addresses);
            _o = o + Addresses + tags * VlanTag.Length;
            _tagControl = -1;
            _delimiting = 0;
            _class = 0;
        }

        private int ToMember(int member, int cause)
        {
            int index = member & ForwardingHandle.IndexMask;
            return (member & ForwardingHandle.KindMask) == ForwardingHandle.Attachment ? ToAttachment(index, cause) : ToPseudowire(index, cause);
        }

        /// <summary>Writes addresses and tags so that they end at <paramref name="body"/>, and keeps the carried octets that they cover.</summary>
        /// <param name="tags">0-2.</param>
        /// <param name="control">Priority and drop eligible of each tag (4 bits), or -1 for those of the words.</param>
        /// <returns>Where the frame begins now.</returns>
        private int WriteHead(int body, int tags, int tag, int innerTag, int control)
        {
            if (body != _o)
            {
                Octets.Copy(_b, _o, _popped, 0, body - _o);
            }
            int q = body - tags * VlanTag.Length;
            for (int k = 0; k < tags; k++)
            {
                int word = k == 0 ? tag : innerTag;
                if (control >= 0)
                {
                    word = (word & ~0xF000) | (control << 12);
                }
                Octets.WriteInt32(_b, q + k * VlanTag.Length, word);
            }
            q -= Addresses;
            Octets.Copy(_addresses, 0, _b, q, Addresses);
            return q;
        }

        // After the frame went out: as before WriteHead from _o on.
        private void Unwrite(int body)
        {
            if (body != _o)
            {
                Octets.Copy(_popped, 0, _b, _o, body - _o);
            }
        }

        // Sends the frame from q to _e as it stands there.
        private bool SendOut(int port, int q, int cause)
        {
            _f.Start = q;
            _f.Length = _e - q;
            if (cause == CauseCopied)
            {
                _t.Ledger.Copied[port]++;
            }
            if (_t.Devices[port].Send(_f))
            {
                return true;
            }
            _t.Ledger.EgressDropped[port]++;
            return false;
        }
    }
}
