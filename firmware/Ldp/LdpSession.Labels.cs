using LabEdge.Forwarding.Wire;

namespace LabEdge.Ldp
{
    // Address and label messages in (RFC 5036 sections 3.5.5 to 3.5.12).
    public sealed partial class LdpSession
    {
        private void ReceiveInSession(int known, uint id, int type, int end)
        {
            if (known == LdpMessage.Address || known == LdpMessage.AddressWithdraw)
            {
                ReceiveAddresses(known == LdpMessage.Address, id, type, end);
                return;
            }
            if (!_tlv.Find(_message, LdpMessage.MessageHeader, end, LdpMessage.Fec))
            {
                Notify(LdpStatus.MissingParameters, id, type);
                return;
            }
            int fec = _tlv.At;
            int fecEnd = _tlv.At + _tlv.Length;
            int label = LabelInformationBase.None;
            if (_tlv.Find(_message, LdpMessage.MessageHeader, end, LdpMessage.GenericLabel))
            {
                if (_tlv.Length != 4)
                {
                    Fail(LdpStatus.BadTlvLength, id, type, LdpMachine.Malformed);
                    return;
                }
                uint word = Octets.ReadUInt32(_message, _tlv.At);
                if (word > LabelStackEntry.Last)
                {
                    Fail(LdpStatus.MalformedTlvValue, id, type, LdpMachine.Malformed);
                    return;
                }
                label = (int)word;
            }
            if (known == LdpMessage.LabelMapping && label == LabelInformationBase.None)
            {
                Notify(LdpStatus.MissingParameters, id, type);
                return;
            }
            if (known == LdpMessage.LabelMapping && HasLoop(end))
            {
                Notify(LdpStatus.LoopDetected, id, type);
                WriteRelease(fec, fecEnd, label);
                return;
            }
            ReceiveFecs(known, id, type, fec, fecEnd, label, end);
        }

        // Loop detection is not ours to ask for, but a path that has us in it is none (RFC 5036 section 2.8).
        private bool HasLoop(int end)
        {
            if (_tlv.Find(_message, LdpMessage.MessageHeader, end, LdpMessage.PathVector))
            {
                for (int i = 0; i + 4 <= _tlv.Length; i += 4)
                {
                    if (Octets.ReadUInt32(_message, _tlv.At + i) == _module.LsrId)
                    {
                        return true;
                    }
                }
            }
            return false;
        }

        private void ReceiveAddresses(bool added, uint id, int type, int end)
        {
            if (!_tlv.Find(_message, LdpMessage.MessageHeader, end, LdpMessage.AddressList))
            {
                Notify(LdpStatus.MissingParameters, id, type);
                return;
            }
            if (_tlv.Length < 2 || (Octets.ReadUInt16(_message, _tlv.At) == LdpMessage.Ipv4 && (_tlv.Length & 3) != 2))
            {
                Fail(LdpStatus.MalformedTlvValue, id, type, LdpMachine.Malformed);
                return;
            }
            if (Octets.ReadUInt16(_message, _tlv.At) != LdpMessage.Ipv4)
            {
                Notify(LdpStatus.UnsupportedAddressFamily, id, type);
                return;
            }
            for (int at = _tlv.At + 2; at < _tlv.At + _tlv.Length; at += 4)
            {
                _module.LearnAddress(this, Octets.ReadUInt32(_message, at), added);
            }
        }

        // The elements of a FEC TLV, one after the other. An element that is not understood ends it (section 3.4.1.1).
        private void ReceiveFecs(int known, uint id, int type, int at, int end, int label, int messageEnd)
        {
            int first = at;
            bool release = known == LdpMessage.LabelWithdraw;
            while (at < end)
            {
                int element = _message[at];
                int left = end - at;
                if (element == LdpMessage.Prefix)
                {
                    if (left < 4)
                    {
                        Fail(LdpStatus.MalformedTlvValue, id, type, LdpMachine.Malformed);
                        return;
                    }
                    int bits = _message[at + 3];
                    int octets = (bits + 7) / 8;
                    if (left < 4 + octets)
                    {
                        Fail(LdpStatus.MalformedTlvValue, id, type, LdpMachine.Malformed);
                        return;
                    }
                    if (Octets.ReadUInt16(_message, at + 1) != LdpMessage.Ipv4)
                    {
                        Notify(LdpStatus.UnsupportedAddressFamily, id, type);
                        return;
                    }
                    if (bits > 32)
                    {
                        Fail(LdpStatus.MalformedTlvValue, id, type, LdpMachine.Malformed);
                        return;
                    }
                    ReceivePrefix(known, id, type, ReadPrefix(at + 4, bits), bits, label);
                    at += 4 + octets;
                }
                else if (element == LdpMessage.Wildcard && known >= LdpMessage.LabelWithdraw)
                {
                    if (known == LdpMessage.LabelWithdraw)
                    {
                        _module.ForgetAll(this, label, false);
                    }
                    at++;
                }
                else if (element == LdpMessage.PwId)
                {
                    int length = PwIdElement.ReadLength(_message, at, end);
                    if (length < 0)
                    {
                        Fail(LdpStatus.MalformedTlvValue, id, type, LdpMachine.Malformed);
                        return;
                    }
                    ReceivePseudowire(known, id, type, at, label, messageEnd);
                    at += length;
                }
                else if (element == LdpMessage.TypedWildcard)
                {
                    // RFC 5918 section 3.
                    if (left < 3 || left < 3 + _message[at + 2])
                    {
                        Fail(LdpStatus.MalformedTlvValue, id, type, LdpMachine.Malformed);
                        return;
                    }
                    if (_message[at + 1] != LdpMessage.Prefix || _message[at + 2] != 2 || Octets.ReadUInt16(_message, at + 3) != LdpMessage.Ipv4)
                    {
                        Notify(LdpStatus.UnknownFec, id, type);
                        return;
                    }
                    if (known == LdpMessage.LabelWithdraw)
                    {
                        _module.ForgetAll(this, label, true);
                    }
                    else if (known == LdpMessage.LabelRequest)
                    {
                        _module.AdvertiseAll(this);
                    }
                    at += 3 + _message[at + 2];
                }
                else
                {
                    Notify(LdpStatus.UnknownFec, id, type);
                    return;
                }
                if (State != LdpMachine.Operational)
                {
                    return;
                }
            }
            if (release)
            {
                WriteRelease(first, end, label);
            }
        }

        private uint ReadPrefix(int at, int bits)
        {
            uint prefix = 0;
            for (int i = 0; i < (bits + 7) / 8; i++)
            {
                prefix |= (uint)_message[at + i] << (24 - 8 * i);
            }
            return prefix & Host.InterfaceTable.MaskOf(bits);
        }

        private void ReceivePrefix(int known, uint id, int type, uint prefix, int bits, int label)
        {
            switch (known)
            {
                case LdpMessage.LabelMapping:
                    int old;
                    if (label != LabelStackEntry.ExplicitNullIpv4 && label != LabelStackEntry.ImplicitNull && label < LabelStackEntry.FirstUnreserved)
                    {
                        Fail(LdpStatus.MalformedTlvValue, id, type, LdpMachine.Malformed);
                        return;
                    }
                    if (!_module.Learn(this, prefix, bits, label, out old))
                    {
                        // No row: the neighbour knows that we do not use it, and is asked when there is one (appendix A.1.2 with conservative retention).
                        Refused = true;
                        AskAgainAt = _now + LdpModule.AskAgainMs;
                        old = label;
                    }
                    if (old != LabelInformationBase.None && Ready(LongestFecMessage))
                    {
                        WriteFec(LdpMessage.LabelRelease, prefix, bits, old, 0);
                    }
                    break;
                case LdpMessage.LabelWithdraw:
                    _module.Forget(this, prefix, bits, label);
                    break;
                case LdpMessage.LabelRequest:
                    int fec = _module.Lib.Find(prefix, bits);
                    if (fec == LabelInformationBase.None || _module.Lib.Local[fec] == LabelInformationBase.None)
                    {
                        // A FEC with a route that has no label is one that no label was left for.
                        bool exhausted = fec != LabelInformationBase.None && (_module.Lib.Flags[fec] & LabelInformationBase.HasRoute) != 0 && !_module.HasLabels;
                        Exhausted |= exhausted;
                        Notify(exhausted ? LdpStatus.NoLabelResources : LdpStatus.NoRoute, id, type);
                    }
                    else if (Ready(LongestFecMessage))
                    {
                        WriteFec(LdpMessage.LabelMapping, prefix, bits, _module.Lib.Local[fec], id);
                    }
                    break;
                default:
                    // Release: the neighbour does not use it. Abort: requests are answered at once, there is nothing to abort.
                    break;
            }
        }

        // Says back the FEC TLV as it came.
        private void WriteRelease(int at, int end, int label)
        {
            if (!Ready(LdpMessage.MessageHeader + LdpMessage.TlvHeader + end - at + 8))
            {
                return;
            }
            Message(LdpMessage.LabelRelease);
            _writer.Tlv(LdpMessage.Fec, end - at);
            _writer.Copy(_message, at, end - at);
            if (label != LabelInformationBase.None)
            {
                _writer.Label(label);
            }
            _writer.EndMessage();
        }
    }
}
