using LabEdge.Forwarding.Wire;

namespace LabEdge.Ldp
{
    // Messages out.
    public sealed partial class LdpSession
    {
        /// <summary>The longest message that is written about one FEC: header, FEC TLV of a /32, label, request id.</summary>
        private const int LongestFecMessage = LdpMessage.MessageHeader + 12 + 8 + 8;

        private void BeginPdu()
        {
            int limit = MaxPdu;
            int room = Connection == null ? 0 : Connection.WriteRoom;
            _writer.Begin(_module.LsrId, room < limit ? room : limit);
        }

        /// <summary>Makes room for so many octets, with a new PDU when it must be.</summary>
        private bool Ready(int octets)
        {
            if (_writer.Room < octets)
            {
                Flush();
                BeginPdu();
            }
            return _writer.Room >= octets;
        }

        private void Flush()
        {
            if (!_writer.IsEmpty && Connection != null)
            {
                _writer.End();
                Connection.Write(_writer.Octets, 0, _writer.Length);
                _keepAliveAt = _now + (uint)(KeepAliveSeconds > 0 && State >= LdpMachine.OpenReceived ? KeepAliveSeconds * 1000 / 3 : (int)OpeningMs);
            }
            BeginPdu();
        }

        private void Message(int type)
        {
            _nextId++;
            Sent++;
            _writer.Message(type, _nextId);
        }

        private void WriteKeepAlive()
        {
            Message(LdpMessage.KeepAlive);
            _writer.EndMessage();
        }

        private void WriteInitialization()
        {
            Message(LdpMessage.Initialization);
            _writer.Tlv(LdpMessage.SessionParameters, 14);
            _writer.UInt16(LdpMessage.Version);
            _writer.UInt16(_module.Settings.KeepAliveSeconds);
            _writer.UInt16(0);
            _writer.UInt16(_module.MaxPdu);
            _writer.UInt32(LsrId);
            _writer.UInt16(0);

            // RFC 5561 section 3: the U bit set, the state bit of the value set.
            _writer.Tlv(LdpMessage.UnknownBit | LdpMessage.TypedWildcardCapability, 1);
            _writer.UInt8(0x80);
            _writer.Tlv(LdpMessage.UnknownBit | LdpMessage.UnrecognizedNotification, 1);
            _writer.UInt8(0x80);
            _writer.EndMessage();
        }

        private void WriteNotification(uint status, uint messageId, int messageType)
        {
            Message(LdpMessage.Notification);
            _writer.Tlv(LdpMessage.Status, 10);
            _writer.UInt32(status);
            _writer.UInt32(messageId);
            _writer.UInt16(messageType);
            _writer.EndMessage();
        }

        private void Notify(uint status, uint messageId, int messageType)
        {
            if (Ready(LdpMessage.MessageHeader + 14))
            {
                WriteNotification(status, messageId, messageType);
            }
        }

        /// <summary>Addresses, then withdrawals and mappings, then End-of-LIB: as far as there is room.</summary>
        private void SendDue(ref int budget)
        {
            if (!SendAddresses(ref budget) || (WireDue && !SendPseudowires(ref budget)))
            {
                return;
            }
            LabelInformationBase lib = _module.Lib;
            while (AnyDue && budget > 0)
            {
                if (_cursor >= lib.High)
                {
                    // Only a walk from the start to the end without finding anything says that nothing is due.
                    AnyDue = _found;
                    _found = false;
                    _cursor = 0;
                    continue;
                }
                int i = _cursor * lib.Sessions + Index;
                if ((lib.Flags[_cursor] & LabelInformationBase.Used) != 0 && (lib.State[i] & (LabelInformationBase.MapDue | LabelInformationBase.WithdrawDue)) != 0)
                {
                    _found = true;
                    budget--;
                    if (!SendFec(lib, _cursor, i))
                    {
                        return;
                    }
                }
                _cursor++;
            }
            if (_endOfLibDue && !AnyDue && Ready(LdpMessage.MessageHeader + 14 + 12))
            {
                // RFC 5919 section 4: what we had for prefixes has been sent.
                _endOfLibDue = false;
                Message(LdpMessage.Notification);
                _writer.Tlv(LdpMessage.Status, 10);
                _writer.UInt32(LdpStatus.EndOfLib);
                _writer.UInt32(0);
                _writer.UInt16(0);
                WriteWildcardFec();
                _writer.EndMessage();
            }
            if (Exhausted && _module.HasLabels && Ready(LdpMessage.MessageHeader + 14))
            {
                Exhausted = false;
                WriteNotification(LdpStatus.LabelResourcesAvailable, 0, 0);
            }
            if (Refused && !PeerExhausted && TypedWildcard && !lib.IsFull && (int)(_now - AskAgainAt) >= 0 && Ready(LdpMessage.MessageHeader + 12))
            {
                Refused = false;
                Message(LdpMessage.LabelRequest);
                WriteWildcardFec();
                _writer.EndMessage();
            }
        }

        private bool _found;

        // RFC 5918 section 3: all prefixes of IPv4.
        private void WriteWildcardFec()
        {
            _writer.Tlv(LdpMessage.Fec, 5);
            _writer.UInt8(LdpMessage.TypedWildcard);
            _writer.UInt8(LdpMessage.Prefix);
            _writer.UInt8(2);
            _writer.UInt16(LdpMessage.Ipv4);
        }

        private bool SendFec(LabelInformationBase lib, int fec, int i)
        {
            if ((lib.State[i] & LabelInformationBase.WithdrawDue) != 0)
            {
                if (!Ready(LongestFecMessage))
                {
                    return false;
                }

                // Without a label: all that we gave for the FEC (RFC 5036 section 3.5.10).
                WriteFec(LdpMessage.LabelWithdraw, lib.Prefix[fec], lib.Bits[fec], LabelInformationBase.None, 0);
                lib.State[i] = (byte)(lib.State[i] & ~(LabelInformationBase.WithdrawDue | LabelInformationBase.Advertised));
            }
            if ((lib.State[i] & LabelInformationBase.MapDue) != 0)
            {
                if (!Ready(LongestFecMessage))
                {
                    return false;
                }
                WriteFec(LdpMessage.LabelMapping, lib.Prefix[fec], lib.Bits[fec], lib.Local[fec], 0);
                lib.State[i] = (byte)((lib.State[i] & ~LabelInformationBase.MapDue) | LabelInformationBase.Advertised);
            }
            lib.FreeIfEmpty(fec);
            return true;
        }

        private void WriteFec(int type, uint prefix, int bits, int label, uint requestId)
        {
            Message(type);
            _writer.PrefixFec(prefix, bits);
            if (label != LabelInformationBase.None)
            {
                _writer.Label(label);
            }
            if (requestId != 0)
            {
                _writer.Tlv(LdpMessage.LabelRequestId, 4);
                _writer.UInt32(requestId);
            }
            _writer.EndMessage();
        }

        // RFC 5036 section 3.5.5: all our addresses before the first mapping; changes later.
        private bool SendAddresses(ref int budget)
        {
            while (_addressCursor < _module.AddressSlots)
            {
                uint address = _module.AddressToSend(Index, _addressCursor);
                uint old = _module.AddressSent(Index, _addressCursor);
                if (address != old)
                {
                    if (!Ready(2 * (LdpMessage.MessageHeader + 10)))
                    {
                        return false;
                    }
                    budget--;
                    if (old != 0)
                    {
                        WriteAddress(LdpMessage.AddressWithdraw, old);
                    }
                    if (address != 0)
                    {
                        WriteAddress(LdpMessage.Address, address);
                    }
                    _module.MarkAddressSent(Index, _addressCursor, address);
                }
                _addressCursor++;
            }
            return true;
        }

        internal void AddressesChanged()
        {
            _addressCursor = 0;
        }

        private void WriteAddress(int type, uint address)
        {
            Message(type);
            _writer.Tlv(LdpMessage.AddressList, 6);
            _writer.UInt16(LdpMessage.Ipv4);
            _writer.UInt32(address);
            _writer.EndMessage();
        }
    }
}
