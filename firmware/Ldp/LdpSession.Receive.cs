using LabEdge.Forwarding.Wire;

namespace LabEdge.Ldp
{
    // PDUs and messages in: what cannot be read ends the session with the RFC's notification, what is not understood is answered or passed over.
    public sealed partial class LdpSession
    {
        // Answers true while a whole message may be left.
        private bool Read(ref int budget)
        {
            while (Connection != null && State != LdpMachine.NonExistent)
            {
                if (budget <= 0)
                {
                    return true;
                }
                if (_pduLeft == 0 && !BeginReading())
                {
                    return false;
                }
                if (Connection == null || _pduLeft == 0)
                {
                    return false;
                }
                if (Connection.Available < LdpMessage.MessageHeader)
                {
                    return false;
                }
                Connection.Peek(0, _message, 0, LdpMessage.MessageHeader);
                int type = Octets.ReadUInt16(_message, 0);
                int length = Octets.ReadUInt16(_message, 2) + LdpMessage.MessagePrefix;
                uint id = Octets.ReadUInt32(_message, 4);
                if (length < LdpMessage.MessageHeader || length > _pduLeft || length > _message.Length)
                {
                    Fail(LdpStatus.BadMessageLength, id, type, LdpMachine.Malformed);
                    return false;
                }
                if (Connection.Available < length)
                {
                    return false;
                }
                if (Connection.WriteRoom - _writer.Length < ReplyRoom)
                {
                    // What would be answered could not be sent. Nothing is read from somebody who does not read.
                    Flush();
                    if (Connection.WriteRoom - _writer.Length < ReplyRoom)
                    {
                        return true;
                    }
                }
                Connection.Peek(0, _message, 0, length);
                Connection.Consume(length);
                _pduLeft -= length;
                Received++;
                budget--;
                Dispatch(type, id, length);
            }
            return false;
        }

        // The header of a PDU (RFC 5036 section 3.1).
        private bool BeginReading()
        {
            if (Connection.Available < LdpMessage.PduHeader)
            {
                return false;
            }
            Connection.Peek(0, _message, 0, LdpMessage.PduHeader);
            int length = Octets.ReadUInt16(_message, 2);
            if (Octets.ReadUInt16(_message, 0) != LdpMessage.Version)
            {
                Fail(LdpStatus.BadProtocolVersion, 0, 0, LdpMachine.Malformed);
                return false;
            }
            int most = State == LdpMachine.Operational ? _module.MaxPdu : LdpMessage.DefaultMaxPdu;
            if (length < LdpMessage.PduHeader - LdpMessage.PduPrefix + LdpMessage.MessageHeader || length > most)
            {
                Fail(LdpStatus.BadPduLength, 0, 0, LdpMachine.Malformed);
                return false;
            }
            if (Octets.ReadUInt32(_message, 4) != LsrId || Octets.ReadUInt16(_message, 8) != 0)
            {
                Fail(State == LdpMachine.Initialized ? LdpStatus.RejectedNoHello : LdpStatus.BadLdpIdentifier, 0, 0,
                    State == LdpMachine.Initialized ? LdpMachine.BadInit : LdpMachine.Malformed);
                return false;
            }
            Connection.Consume(LdpMessage.PduHeader);
            _pduLeft = length - (LdpMessage.PduHeader - LdpMessage.PduPrefix);

            // RFC 5036 section 2.5.6: any PDU says that the other side lives.
            if (State == LdpMachine.Operational || State == LdpMachine.OpenReceived)
            {
                _expireAt = _now + (uint)KeepAliveSeconds * 1000;
            }
            return true;
        }

        private void Dispatch(int type, uint id, int end)
        {
            int known = type & ~LdpMessage.UnknownBit;
            bool ignorable = (type & LdpMessage.UnknownBit) != 0;
            switch (known)
            {
                case LdpMessage.Notification:
                case LdpMessage.Initialization:
                case LdpMessage.KeepAlive:
                case LdpMessage.Address:
                case LdpMessage.AddressWithdraw:
                case LdpMessage.LabelMapping:
                case LdpMessage.LabelRequest:
                case LdpMessage.LabelWithdraw:
                case LdpMessage.LabelRelease:
                case LdpMessage.LabelAbort:
                    break;
                default:
                    // RFC 5036 section 3.5.1.2.2; a Capability message too: we did not say that we take it (RFC 5561 section 4).
                    if (!ignorable)
                    {
                        Notify(LdpStatus.UnknownMessageType, id, type);
                    }
                    return;
            }
            if (!CheckTlvs(id, type, end))
            {
                return;
            }
            switch (known)
            {
                case LdpMessage.Notification:
                    ReceiveNotification(id, type, end);
                    break;
                case LdpMessage.Initialization:
                    ReceiveInitialization(id, type, end);
                    break;
                case LdpMessage.KeepAlive:
                    if (State == LdpMachine.OpenReceived || State == LdpMachine.Operational)
                    {
                        Happen(LdpMachine.KeepAlive);
                    }
                    else
                    {
                        Fail(LdpStatus.Shutdown, id, type, LdpMachine.KeepAlive);
                    }
                    break;
                default:
                    if (State != LdpMachine.Operational)
                    {
                        Fail(LdpStatus.Shutdown, id, type, LdpMachine.Other);
                    }
                    else if (Happen(LdpMachine.Other))
                    {
                        ReceiveInSession(known, id, type, end);
                    }
                    break;
            }
        }

        // Every TLV lies within the message, and is known or may be ignored (RFC 5036 section 3.5.1.2.2).
        private bool CheckTlvs(uint id, int type, int end)
        {
            _tlv.Begin(_message, LdpMessage.MessageHeader, end);
            int found = _tlv.Next();
            while (found == TlvReader.Found)
            {
                if (!_tlv.Ignorable && !LdpMessage.IsKnownTlv(_tlv.Type))
                {
                    Notify(LdpStatus.UnknownTlv, id, type);
                    return false;
                }
                found = _tlv.Next();
            }
            if (found == TlvReader.Bad)
            {
                Fail(LdpStatus.BadTlvLength, id, type, LdpMachine.Malformed);
                return false;
            }
            return true;
        }

        private void ReceiveNotification(uint id, int type, int end)
        {
            if (!_tlv.Find(_message, LdpMessage.MessageHeader, end, LdpMessage.Status) || _tlv.Length < 10)
            {
                return;
            }
            uint status = Octets.ReadUInt32(_message, _tlv.At);
            LastStatus = status;
            if ((status & LdpStatus.Fatal) != 0)
            {
                if (State != LdpMachine.Operational && _backOffMs < RejectedRetryMs)
                {
                    _backOffMs = RejectedRetryMs;
                }
                Happen(LdpMachine.Shutdown);
            }
            else if ((status & ~LdpStatus.Forward) == LdpStatus.EndOfLib && State == LdpMachine.Operational)
            {
                _module.SweepStale(this);
            }
            else if ((status & ~LdpStatus.Forward) == LdpStatus.NoLabelResources)
            {
                PeerExhausted = true;
            }
            else if ((status & ~LdpStatus.Forward) == LdpStatus.LabelResourcesAvailable && State == LdpMachine.Operational)
            {
                PeerExhausted = false;
                AskAgainAt = _now;
                _module.AskForPseudowires(this);
            }
            else if ((status & ~LdpStatus.Forward) == LdpStatus.PwStatus && State == LdpMachine.Operational)
            {
                ReceivePseudowireStatus(id, type, end);
            }
        }

        // RFC 5036 section 3.5.3.
        private void ReceiveInitialization(uint id, int type, int end)
        {
            if (State != LdpMachine.Initialized && State != LdpMachine.OpenSent)
            {
                Fail(LdpStatus.Shutdown, id, type, LdpMachine.GoodInit);
                return;
            }
            if (!_tlv.Find(_message, LdpMessage.MessageHeader, end, LdpMessage.SessionParameters))
            {
                Fail(LdpStatus.MissingParameters, id, type, LdpMachine.BadInit);
                return;
            }
            int at = _tlv.At;
            uint bad = LdpStatus.Success;
            int keepAlive = 0;
            int maxPdu = 0;
            if (_tlv.Length < 14)
            {
                bad = LdpStatus.BadTlvLength;
            }
            else
            {
                keepAlive = Octets.ReadUInt16(_message, at + 2);
                maxPdu = Octets.ReadUInt16(_message, at + 6);
                bad = Octets.ReadUInt16(_message, at) != LdpMessage.Version ? LdpStatus.BadProtocolVersion
                    : keepAlive == 0 ? LdpStatus.RejectedKeepAlive
                    : Octets.ReadUInt32(_message, at + 8) != _module.LsrId || Octets.ReadUInt16(_message, at + 12) != 0 ? LdpStatus.RejectedNoHello
                    : LdpStatus.Success;
            }
            if (bad != LdpStatus.Success)
            {
                Fail(bad, id, type, LdpMachine.BadInit);
                return;
            }
            KeepAliveSeconds = keepAlive < _module.Settings.KeepAliveSeconds ? keepAlive : _module.Settings.KeepAliveSeconds;

            // 255 or less stands for the default (section 3.5.3).
            maxPdu = maxPdu <= 255 ? LdpMessage.DefaultMaxPdu : maxPdu;
            MaxPdu = maxPdu < _module.MaxPdu ? maxPdu : _module.MaxPdu;
            TypedWildcard = HasCapability(LdpMessage.TypedWildcardCapability, end);
            EndOfLib = HasCapability(LdpMessage.UnrecognizedNotification, end);
            _expireAt = _now + (uint)KeepAliveSeconds * 1000;
            Happen(LdpMachine.GoodInit);
        }

        private bool HasCapability(int type, int end)
        {
            return _tlv.Find(_message, LdpMessage.MessageHeader, end, type) && _tlv.Length > 0 && (_message[_tlv.At] & 0x80) != 0;
        }
    }
}
