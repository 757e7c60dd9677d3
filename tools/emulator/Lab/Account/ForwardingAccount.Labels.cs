using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Emulator
{
    // Read RFC 3032 section 2.1 and RFC 3443 section 3.1 before changing this file.
    public sealed partial class ForwardingAccount
    {
        // A label stack at an offset: the top entry decides; one of our own for ourselves leaves it to the next.
        private void Labelled(int at)
        {
            ReadStack(at);
            int ttl = 255;
            int looks = 0;
            for (int handle = Accept(at); handle != ForwardingHandle.None; handle = Accept(at))
            {
                // However many are popped, one is taken only once (RFC 3443 section 3.4).
                ttl = Lower(LabelStackEntry.ReadTtl(_octets, at), ttl);
                if (ttl <= 1 && ForwardingHandle.Kind(handle) != ForwardingHandle.LabelAction)
                {
                    Expired(handle);
                    return;
                }
                if (ForwardingHandle.Kind(handle) == ForwardingHandle.LabelAction || looks == GeneralPath.MaxLooks)
                {
                    Verdict = General;
                    return;
                }
                looks++;
                if (ForwardingHandle.Kind(handle) != ForwardingHandle.Local)
                {
                    Decided(at, handle, ttl);
                    return;
                }
                bool bottom = LabelStackEntry.ReadBottom(_octets, at);
                at += LabelStackEntry.Length;
                if (bottom)
                {
                    if (IsCore())
                    {
                        Packet(at, VrfStore.Global, ttl);
                    }
                    else
                    {
                        Verdict = General;
                    }
                    return;
                }
            }
        }

        // The ILM entry of the label at an offset; none when the frame is dropped instead.
        private int Accept(int at)
        {
            if (_end - at < LabelStackEntry.Length)
            {
                Drop(DropReason.TruncatedLabelStack);
                return ForwardingHandle.None;
            }
            int label = LabelStackEntry.ReadLabel(_octets, at);
            int handle = _tables.Labels.Lookup(label);
            int scope = _tables.Ports.ScopeOf(_port);
            if (scope == ForwardingHandle.ScopeNone)
            {
                Drop(DropReason.LabelOnUnlabelledPort);
                return ForwardingHandle.None;
            }
            if (label == LabelStackEntry.ExplicitNullIpv4 || label == LabelStackEntry.ExplicitNullIpv6 || label == LabelStackEntry.RouterAlert
                || label == LabelStackEntry.EntropyIndicator)
            {
                Verdict = General;
                return ForwardingHandle.None;
            }
            if (handle == ForwardingHandle.None)
            {
                Drop(label < LabelStackEntry.FirstUnreserved ? DropReason.ReservedLabel : DropReason.UnknownLabel);
                return ForwardingHandle.None;
            }
            if ((handle & ForwardingHandle.ScopeMask) != scope << ForwardingHandle.ScopeShift)
            {
                Drop(label < LabelStackEntry.FirstUnreserved ? DropReason.ReservedLabel : DropReason.LabelScope);
                return ForwardingHandle.None;
            }
            LabelMatched = label;
            Row(RowIlm, label);
            return handle;
        }

        private void Expired(int handle)
        {
            if (ForwardingHandle.Kind(handle) == ForwardingHandle.Pseudowire)
            {
                Drop(DropReason.TtlExpiredNotIp);
                return;
            }
            if (ForwardingHandle.Kind(handle) != ForwardingHandle.Vrf && !IsCore())
            {
                // Of which VRF the packet is, its circuit says.
                Verdict = General;
                return;
            }
            Vrf = ForwardingHandle.Kind(handle) == ForwardingHandle.Vrf ? ForwardingHandle.Index(handle) : VrfStore.Global;
            Punt(PuntClass.TtlExpiredLabelled);
        }

        private bool IsCore()
        {
            return _tables.Ports.ScopeOf(_port) == ForwardingHandle.ScopeCore;
        }

        // ttl: as it is to be taken, which may be lower than what stands there.
        private void Decided(int at, int handle, int ttl)
        {
            bool bottom = LabelStackEntry.ReadBottom(_octets, at);
            if (ForwardingHandle.Kind(handle) == ForwardingHandle.Group)
            {
                if (!bottom && _end - at < 2 * LabelStackEntry.Length)
                {
                    Drop(DropReason.TruncatedLabelStack);
                    return;
                }
                Row(RowGroup, ForwardingHandle.Index(handle));
                handle = _tables.Groups.SelectByLabels(handle, _octets, at);
            }
            int index = ForwardingHandle.Index(handle);
            switch (ForwardingHandle.Kind(handle))
            {
                case ForwardingHandle.Path:
                    Swap(at, index, ttl - 1);
                    break;
                case ForwardingHandle.PathPair:
                    PopAndForward(at + LabelStackEntry.Length, bottom ? index + 1 : index, ttl - 1, bottom);
                    break;
                case ForwardingHandle.Vrf:
                    if (bottom)
                    {
                        Packet(at + LabelStackEntry.Length, index, ttl);
                    }
                    else
                    {
                        Drop(DropReason.BottomOfStackExpected);
                    }
                    break;
                case ForwardingHandle.Pseudowire:
                    ToCustomer(at + LabelStackEntry.Length, index, bottom);
                    break;
                default:
                    Drop(DropReason.UnknownLabel);
                    break;
            }
        }

        private void ReadStack(int at)
        {
            bool bottom = false;
            while (!bottom && CountBefore < MaxLabels && _end - at >= LabelStackEntry.Length)
            {
                StackBefore[CountBefore++] = Octets.ReadInt32(_octets, at);
                bottom = LabelStackEntry.ReadBottom(_octets, at);
                at += LabelStackEntry.Length;
            }
            TtlBefore = CountBefore > 0 ? StackBefore[0] & 0xFF : None;
        }

        private void Swap(int at, int path, int ttl)
        {
            if (!Fits(path, _end - at))
            {
                MaybeFragments();
                return;
            }
            int label = _tables.Paths.Record[path * PathTable.Stride + PathTable.Service] >> 12;
            int word = LabelStackEntry.Word(label, LabelStackEntry.ReadTrafficClass(_octets, at), LabelStackEntry.ReadBottom(_octets, at), ttl);
            PushTransport(word);
            PushWord(word);
            PushRest(at);
            Send(_end - at);
        }

        // Penultimate hop popping. at: what lies under the label; the lower TTL of both goes on.
        private void PopAndForward(int at, int path, int ttl, bool bottom)
        {
            if (!Fits(path, _end - at))
            {
                MaybeFragments();
                return;
            }
            if (bottom && _end > at && _octets[at] >> 4 == 6)
            {
                Verdict = General;
                return;
            }
            if (bottom)
            {
                if (_end - at < Ipv4Header.Length || _octets[at] >> 4 != 4)
                {
                    Drop(DropReason.PayloadNotIp);
                    return;
                }
                if (Ipv4Header.ReadTtl(_octets, at) == 0)
                {
                    Expired(ForwardingHandle.PathPair);
                    return;
                }
                PushTransport(0);
                TtlAfter = Lower(Ipv4Header.ReadTtl(_octets, at), ttl);
                Send(_end - at);
                return;
            }
            if (_end - at < LabelStackEntry.Length)
            {
                Drop(DropReason.TruncatedLabelStack);
                return;
            }
            if (LabelStackEntry.ReadTtl(_octets, at) == 0)
            {
                Expired(ForwardingHandle.PathPair);
                return;
            }
            int word = LabelStackEntry.Word(LabelStackEntry.ReadLabel(_octets, at), LabelStackEntry.ReadTrafficClass(_octets, at),
                LabelStackEntry.ReadBottom(_octets, at), Lower(LabelStackEntry.ReadTtl(_octets, at), ttl));
            PushTransport(word);
            PushWord(word);
            PushRest(at);
            Send(_end - at);
        }

        // Too long under labels: what is under them may be a packet that goes on in fragments.
        private void MaybeFragments()
        {
            if (Reason == DropReason.MtuExceeded)
            {
                Verdict = General;
                Reason = 0;
            }
        }

        private void ToCustomer(int at, int pseudowire, bool bottom)
        {
            int row = pseudowire * PseudowireTable.Stride;
            int[] record = _tables.Pseudowires.Record;
            Pseudowire = pseudowire;
            Row(RowPseudowire, pseudowire);
            if (!_tables.Pseudowires.IsUp(pseudowire))
            {
                Drop(DropReason.PseudowireDown);
                return;
            }
            if (!bottom)
            {
                Drop(DropReason.BottomOfStackExpected);
                return;
            }
            if ((record[row + PseudowireTable.Flags] & PseudowireTable.ControlWord) != 0)
            {
                if (_end - at < ControlWord.Length)
                {
                    Drop(DropReason.PseudowireTruncated);
                    return;
                }
                if (!ControlWord.IsData(_octets, at))
                {
                    Drop(DropReason.ControlWordInvalid);
                    return;
                }
                at += ControlWord.Length;
            }
            if (_end - at < EthernetHeader.Length)
            {
                Drop(DropReason.PseudowireTruncated);
                return;
            }
            if (_end - at > record[row + PseudowireTable.MaxFrame])
            {
                Drop(DropReason.MtuExceeded);
                return;
            }
            EgressPort = record[row + PseudowireTable.Port];
            LengthAfter = _end - at;
            Verdict = Forwarded;
        }

        private void CustomerFrame(int at, int pseudowire)
        {
            int row = pseudowire * PseudowireTable.Stride;
            int[] record = _tables.Pseudowires.Record;
            Pseudowire = pseudowire;
            Row(RowPseudowire, pseudowire);
            if (_end - at < EthernetHeader.Length)
            {
                Drop(DropReason.Runt);
                return;
            }
            if (!_tables.Pseudowires.IsUp(pseudowire))
            {
                Drop(DropReason.PseudowireDown);
                return;
            }
            int control = (record[row + PseudowireTable.Flags] & PseudowireTable.ControlWord) != 0 ? ControlWord.Length : 0;
            int carried = LabelStackEntry.Length + control + _end - at;
            int path = record[row + PseudowireTable.Path];
            if (!Fits(path, carried))
            {
                return;
            }

            // Always pipe: TTL and TC of every label are as the rows have them.
            PushReady();
            PushWord(_tables.Paths.Record[path * PathTable.Stride + PathTable.Service]);
            Send(carried);
        }

        // What was received under the entry at an offset goes out unchanged.
        private void PushRest(int at)
        {
            while (!LabelStackEntry.ReadBottom(_octets, at) && _end - at >= 2 * LabelStackEntry.Length)
            {
                at += LabelStackEntry.Length;
                PushWord(Octets.ReadInt32(_octets, at));
            }
        }

        private static int Lower(int a, int b)
        {
            return a < b ? a : b;
        }
    }
}
