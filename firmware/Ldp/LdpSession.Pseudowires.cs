using LabEdge.Control;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Ldp
{
    // Messages about pseudowires (RFC 8077): in, and out.
    public sealed partial class LdpSession
    {
        // Header, FEC TLV with three parameters, label, status and request id.
        private const int LongestPseudowireMessage = LdpMessage.MessageHeader + LdpMessage.TlvHeader + PwIdElement.Length + PwIdElement.MtuLength + PwIdElement.FlowLabelLength
            + PwIdElement.FragmentationLength + 8 + 8 + 8;

        private void ReceivePseudowire(int known, uint id, int type, int at, int label, int messageEnd)
        {
            switch (known)
            {
                case LdpMessage.LabelMapping:
                    if (label < LabelStackEntry.FirstUnreserved)
                    {
                        Fail(LdpStatus.MalformedTlvValue, id, type, LdpMachine.Malformed);
                        return;
                    }
                    if (!_module.LearnPseudowire(this, _message, at, label, ReadStatus(messageEnd)))
                    {
                        WritePseudowire(LdpMessage.LabelRelease, PwIdElement.ReadWord(_message, at), PwIdElement.ReadType(_message, at), (int)PwIdElement.ReadGroup(_message, at),
                            PwIdElement.IsGroup(_message, at) ? 0 : PwIdElement.ReadVcId(_message, at), label, LdpStatus.Success);
                    }
                    break;
                case LdpMessage.LabelWithdraw:
                    _module.ForgetPseudowires(this, _message, at, label);
                    break;
                case LdpMessage.LabelRelease:
                    _module.PseudowireReleased(this, _message, at);
                    break;
                case LdpMessage.LabelRequest:
                    if (!_module.PseudowireRequested(this, _message, at, id))
                    {
                        Notify(LdpStatus.NoRoute, id, type);
                    }
                    break;
            }
        }

        // The PW status TLV of a message (RFC 8077 section 5.4.2); -1 = none.
        private int ReadStatus(int end)
        {
            return _tlv.Find(_message, LdpMessage.MessageHeader, end, LdpMessage.PwStatus) && _tlv.Length == 4 ? Octets.ReadInt32(_message, _tlv.At) & 0x7FFFFFFF : -1;
        }

        private void ReceivePseudowireStatus(uint id, int type, int end)
        {
            int status = ReadStatus(end);
            if (status < 0 || !_tlv.Find(_message, LdpMessage.MessageHeader, end, LdpMessage.Fec))
            {
                Notify(LdpStatus.MissingParameters, id, type);
                return;
            }
            int stop = _tlv.At + _tlv.Length;
            int length;
            for (int at = _tlv.At; at < stop; at += length)
            {
                length = _message[at] == LdpMessage.PwId ? PwIdElement.ReadLength(_message, at, stop) : -1;
                if (length < 0)
                {
                    // Another kind of FEC has no status; what cannot be read is not acted upon.
                    Notify(_message[at] == LdpMessage.PwId ? LdpStatus.MalformedTlvValue & ~LdpStatus.Fatal : LdpStatus.UnknownFec, id, type);
                    return;
                }
                _module.LearnPseudowireStatus(this, _message, at, status);
            }
        }

        // What is due of every pseudowire of the session, in the order in which the peer must hear it. False while there is no room.
        private bool SendPseudowires(ref int budget)
        {
            int[] record = _module.Wires.Record;
            for (int r = 0; r < record.Length; r += PseudowireBindings.Stride)
            {
                while (record[r] != 0 && record[r + PseudowireBindings.Session] == Index && (record[r] & PseudowireBindings.AnyDue) != 0)
                {
                    if (budget <= 0 || !Ready(LongestPseudowireMessage))
                    {
                        return false;
                    }
                    budget--;
                    SendPseudowire(record, r);
                }
            }
            WireDue = false;
            return true;
        }

        private void SendPseudowire(int[] record, int r)
        {
            int flags = record[r];
            bool word = (flags & PseudowireBindings.SentWord) != 0;
            int type = record[r + PseudowireBindings.Type];
            int group = record[r + PseudowireBindings.Group];
            uint vcId = (uint)record[r + PseudowireBindings.VcId];
            if ((flags & PseudowireBindings.ReleaseDue) != 0)
            {
                int theirs = record[r + PseudowireBindings.ReleaseType];
                record[r] &= ~PseudowireBindings.ReleaseDue;
                WritePseudowire(LdpMessage.LabelRelease, (theirs & PwIdElement.WordBit) != 0, theirs & ~PwIdElement.WordBit, 0, vcId, record[r + PseudowireBindings.Release],
                    (flags & PseudowireBindings.IllegalWord) != 0 ? LdpStatus.IllegalWord : LdpStatus.Success);
                return;
            }
            if ((flags & PseudowireBindings.WithdrawDue) != 0)
            {
                record[r] &= ~(PseudowireBindings.WithdrawDue | PseudowireBindings.Advertised | PseudowireBindings.WrongWord);
                record[r + PseudowireBindings.Owed]++;
                WritePseudowire(LdpMessage.LabelWithdraw, word, type, group, vcId, record[r + PseudowireBindings.Label],
                    (flags & PseudowireBindings.WrongWord) != 0 ? LdpStatus.WrongWord : LdpStatus.Success);
                return;
            }
            int pw = record[r + PseudowireBindings.Pw];
            if ((flags & PseudowireBindings.RequestDue) != 0)
            {
                record[r] &= ~PseudowireBindings.RequestDue;
                WritePseudowire(LdpMessage.LabelRequest, _module.Pseudowires.Requests.Has(pw, PseudowireRequests.LocalWord), _module.TypeOf(pw), group, vcId,
                    LabelInformationBase.None, LdpStatus.Success);
                return;
            }
            int status = _module.Pseudowires.Requests.Record[pw * PseudowireRequests.Stride + PseudowireRequests.LocalStatus];
            record[r + PseudowireBindings.SentStatus] = status;
            if ((flags & PseudowireBindings.MapDue) != 0)
            {
                WriteMapping(record, r, pw, status);
                return;
            }
            record[r] &= ~PseudowireBindings.StatusDue;
            Message(LdpMessage.Notification);
            WriteStatus(LdpStatus.PwStatus);
            _writer.Tlv(LdpMessage.UnknownBit | LdpMessage.PwStatus, 4);
            _writer.UInt32((uint)status);
            PwIdElement.Write(_writer, word, type, group, vcId, 0);
            _writer.EndMessage();
        }

        private void WriteMapping(int[] record, int r, int pw, int status)
        {
            bool word = _module.Pseudowires.Requests.Has(pw, PseudowireRequests.LocalWord);
            int parameters = _module.ParametersOf(pw);
            bool flow = (parameters & LdpModule.SaysFlowLabel) != 0;
            bool fragments = (parameters & LdpModule.SaysFragments) != 0;
            record[r] = (record[r] & ~(PseudowireBindings.MapDue | PseudowireBindings.StatusDue | PseudowireBindings.SentWord | PseudowireBindings.Anew)) | PseudowireBindings.Advertised
                | (word ? PseudowireBindings.SentWord : 0);
            record[r + PseudowireBindings.Type] = _module.TypeOf(pw);
            record[r + PseudowireBindings.Label] = _module.Pseudowires.LocalLabel[pw];
            record[r + PseudowireBindings.Parameters] = parameters;
            Message(LdpMessage.LabelMapping);
            PwIdElement.Write(_writer, word, record[r + PseudowireBindings.Type], record[r + PseudowireBindings.Group], (uint)record[r + PseudowireBindings.VcId],
                PwIdElement.MtuLength + (flow ? PwIdElement.FlowLabelLength : 0) + (fragments ? PwIdElement.FragmentationLength : 0));
            PwIdElement.WriteParameter(_writer, PwIdElement.Mtu, parameters & 0xFFFF);
            if (flow)
            {
                PwIdElement.WriteParameter(_writer, PwIdElement.FlowLabel, PwIdElement.FlowTransmit | PwIdElement.FlowReceive);
            }
            if (fragments)
            {
                _writer.UInt8(PwIdElement.Fragmentation);
                _writer.UInt8(PwIdElement.FragmentationLength);
            }
            _writer.Label(record[r + PseudowireBindings.Label]);
            _writer.Tlv(LdpMessage.UnknownBit | LdpMessage.PwStatus, 4);
            _writer.UInt32((uint)status);
            if (record[r + PseudowireBindings.RequestId] != 0)
            {
                _writer.Tlv(LdpMessage.LabelRequestId, 4);
                _writer.UInt32((uint)record[r + PseudowireBindings.RequestId]);
                record[r + PseudowireBindings.RequestId] = 0;
            }
            _writer.EndMessage();
        }

        private void WritePseudowire(int message, bool word, int type, int group, uint vcId, int label, uint status)
        {
            if (!Ready(LongestPseudowireMessage))
            {
                return;
            }
            Message(message);
            PwIdElement.Write(_writer, word, type, group, vcId, 0);
            if (label != LabelInformationBase.None)
            {
                _writer.Label(label);
            }
            if (status != LdpStatus.Success)
            {
                WriteStatus(status);
            }
            _writer.EndMessage();
        }

        private void WriteStatus(uint status)
        {
            _writer.Tlv(LdpMessage.Status, 10);
            _writer.UInt32(status);
            _writer.UInt32(0);
            _writer.UInt16(0);
        }
    }
}
