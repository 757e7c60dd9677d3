// Read RFC 4448 section 4, RFC 4385 sections 3 and 4 and RFC 6391 section 1.2 before changing this file.
using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Ethernet pseudowires of every form, both ways.
    public sealed partial class GeneralPath
    {
        // S of the pseudowire label, over a flow label.
        private const int BottomBit = 0x100;

        // The carried frame into a pseudowire.
        private int ToPseudowire(int pseudowire, int cause)
        {
            int[] r = _t.Pseudowires.Record;
            int row = pseudowire * PseudowireTable.Stride;
            int flags = r[row];
            if (Trace != null)
            {
                Trace.Add(FrameTrace.PseudowireIn, pseudowire, cause, _o);
            }
            if ((flags & (PseudowireTable.Up | PseudowireTable.UpGeneral)) == 0)
            {
                return DropReason.PseudowireDown;
            }

            // Tagged mode: the tag that delimits the circuit is kept or replaced, or one is put in front.
            int tag = _t.Pseudowires.Extra[pseudowire * PseudowireTable.ExtraStride + PseudowireTable.Tag];
            int control = _tagControl;
            int body = _o;
            int tags = 0;
            if ((flags & PseudowireTable.Tagged) != 0 && (_delimiting == 0 || (tag & 0xFFF) != 0))
            {
                tags = 1;
                if (_delimiting != 0)
                {
                    control = _b[body + 2] >> 4;
                    body += VlanTag.Length;
                }
            }

            int length = _e - body + Addresses + tags * VlanTag.Length;
            int room = PseudowireRoom(flags, r[row + PseudowireTable.Path]);
            if (length > room && (room < LeastFragment || !TakesFragments(flags)))
            {
                return room < 0 ? DropReason.TransportDown : DropReason.MtuExceeded;
            }
            int q = WriteHead(body, tags, tag, 0, control);
            int flow = Flow(_b, q, _e, Layer2);
            r[row + PseudowireTable.FramesIn]++;
            r[row + PseudowireTable.OctetsIn] += length;
            if (length <= room)
            {
                EmitPseudowire(pseudowire, q, _e, ControlWord.Whole, flow, cause);
            }
            else
            {
                EmitFragments(pseudowire, q, room, flow, cause);
            }
            Unwrite(body);
            return Forwarded;
        }

        // Most octets of a frame that the path takes under its labels and the control word; -1 when it is down.
        private int PseudowireRoom(int flags, int path)
        {
            bool flow = (flags & PseudowireTable.FlowLabelSend) != 0;
            int room = Room(path, flow ? Labelled : Layer2);
            if (room < 0)
            {
                return -1;
            }
            room -= ((flags & PseudowireTable.ControlWord) != 0 ? ControlWord.Length : 0) + (flow ? 2 * LabelStackEntry.Length : 0);
            return room < 0 ? 0 : room;
        }

        // Octets [q, e) behind a control word, a flow label and the pseudowire's label.
        private void EmitPseudowire(int pseudowire, int q, int e, int fragment, int flow, int cause)
        {
            int row = pseudowire * PseudowireTable.Stride;
            int flags = _t.Pseudowires.Record[row];
            int path = _t.Pseudowires.Record[row + PseudowireTable.Path];
            if ((flags & PseudowireTable.ControlWord) != 0)
            {
                int sequence = 0;
                if ((flags & (PseudowireTable.SequenceSend | PseudowireTable.FragmentSend)) != 0)
                {
                    int x = pseudowire * PseudowireTable.ExtraStride + PseudowireTable.NextSequence;
                    sequence = _t.Pseudowires.Extra[x];
                    _t.Pseudowires.Extra[x] = ControlWord.NextSequence(sequence);
                }
                q -= ControlWord.Length;
                ControlWord.Write(_b, q, fragment, sequence);
            }
            if ((flags & PseudowireTable.FlowLabelSend) == 0)
            {
                Emit(_f, path, q, e, Layer2, 255, _class, flow, cause);
                return;
            }
            int word = _t.PathRecord[path * PathTable.Stride + PathTable.Service];
            int rule = _t.PathRecord[path * PathTable.Stride + PathTable.Transport];
            int trafficClass = PushedClass(rule, _b, q, Layer2, _class);

            // RFC 6391 section 1.2: at the bottom, TTL 1; never a reserved label. Its class is that of the label above.
            int label = flow < LabelStackEntry.FirstUnreserved ? flow + LabelStackEntry.FirstUnreserved : flow;
            q -= LabelStackEntry.Length;
            LabelStackEntry.Write(_b, q, label, trafficClass, true, 1);
            q = PushLabel(_b, q, word & ~BottomBit, rule, trafficClass, 255);
            Emit(_f, path, q, e, Labelled, 255, trafficClass, flow, cause);
        }

        /// <summary>The entry of a pseudowire's label stands at <see cref="_o"/>.</summary>
        private int PseudowireOut(int pseudowire)
        {
            int[] r = _t.Pseudowires.Record;
            int row = pseudowire * PseudowireTable.Stride;
            int flags = r[row];
            if (Trace != null)
            {
                Trace.Add(FrameTrace.PseudowireOut, pseudowire, 0, _o);
            }
            if ((flags & (PseudowireTable.Up | PseudowireTable.UpGeneral)) == 0)
            {
                return DropReason.PseudowireDown;
            }
            int trafficClass = ClassHere();
            int q = _o + LabelStackEntry.Length;
            if (!LabelStackEntry.ReadBottom(_b, _o))
            {
                // Whatever the flow label is: it served those on the way.
                if ((flags & PseudowireTable.FlowLabelReceive) == 0)
                {
                    return DropReason.BottomOfStackExpected;
                }
                if (q + LabelStackEntry.Length > _e)
                {
                    return DropReason.TruncatedLabelStack;
                }
                if (!LabelStackEntry.ReadBottom(_b, q))
                {
                    return DropReason.BottomOfStackExpected;
                }
                q += LabelStackEntry.Length;
            }
            if ((flags & PseudowireTable.ControlWord) != 0)
            {
                if (q + ControlWord.Length > _e)
                {
                    return DropReason.PseudowireTruncated;
                }
                if (!ControlWord.IsData(_b, q))
                {
                    // An associated channel (RFC 4385 section 5) has no one here to listen; other nibbles are nobody's.
                    return DropReason.ControlWordInvalid;
                }
                if ((flags & PseudowireTable.SequenceReceive) != 0 && !TakeSequence(pseudowire, ControlWord.ReadSequence(_b, q)))
                {
                    return DropReason.OutOfSequence;
                }
                q += ControlWord.Length;
                if ((flags & PseudowireTable.FragmentReceive) != 0)
                {
                    int end = Reassemble(pseudowire, q);
                    if (end != Forwarded)
                    {
                        return end;
                    }
                    q = _o;
                }
            }
            if (_e - q < EthernetHeader.Length)
            {
                return DropReason.PseudowireTruncated;
            }
            bool tagged = (flags & PseudowireTable.Tagged) != 0 && IsTag(EthernetHeader.ReadEtherType(_b, q)) && q + EthernetHeader.Length + VlanTag.Length <= _e;
            Carry(q, tagged ? 1 : 0);
            if (tagged)
            {
                _tagControl = _b[q + EthernetHeader.Length] >> 4;
            }
            _class = trafficClass;
            _labelClass = trafficClass;
            int length = _e - _o + Addresses;
            int result = OutOfPseudowire(pseudowire);
            if (result == Forwarded && r[row + PseudowireTable.Port] < 0)
            {
                r[row + PseudowireTable.FramesOut]++;
                r[row + PseudowireTable.OctetsOut] += length;
            }
            return result;
        }

        // The carried frame to what stands at this end.
        private int OutOfPseudowire(int pseudowire)
        {
            int[] r = _t.Pseudowires.Record;
            int row = pseudowire * PseudowireTable.Stride;
            int service = _t.Pseudowires.Extra[pseudowire * PseudowireTable.ExtraStride + PseudowireTable.Service];
            int index = service & ForwardingHandle.IndexMask;
            switch (service & ForwardingHandle.KindMask)
            {
                case ForwardingHandle.Attachment:
                    return ToAttachment(index, CauseForwarded);
                case ForwardingHandle.Bridge:
                    return Bridged(index, ForwardingHandle.Pseudowire | pseudowire);
                default:
                    break;
            }
            int port = r[row + PseudowireTable.Port];
            int length = _e - _o + Addresses;
            if (port < 0)
            {
                return DropReason.NoCircuit;
            }
            if (Trace != null)
            {
                Trace.Add(FrameTrace.PortOut, port, length, _o);
            }
            if (length > r[row + PseudowireTable.MaxFrame])
            {
                return DropReason.MtuExceeded;
            }
            if (SendOut(port, WriteHead(_o, 0, 0, 0, -1), CauseForwarded))
            {
                r[row + PseudowireTable.FramesOut]++;
                r[row + PseudowireTable.OctetsOut] += length;
            }
            return Forwarded;
        }

        // RFC 4385 section 4.2. A number that is behind the expected one is dropped, one that is ahead is taken: what lies between is lost.
        private bool TakeSequence(int pseudowire, int sequence)
        {
            int x = pseudowire * PseudowireTable.ExtraStride + PseudowireTable.ExpectedSequence;
            if (!ControlWord.IsInOrder(sequence, _t.Pseudowires.Extra[x]))
            {
                return false;
            }
            if (sequence != 0)
            {
                _t.Pseudowires.Extra[x] = ControlWord.NextSequence(sequence);
            }
            return true;
        }
    }
}
