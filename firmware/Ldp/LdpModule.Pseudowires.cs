using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Ldp
{
    // Read RFC 8077 sections 5 to 7 before changing this file.
    // Pseudowires: requests of Control in, what both ends have agreed on out.
    public sealed partial class LdpModule
    {
        /// <summary>Pseudowires that a peer offered and for which there was no row: their labels were given back.</summary>
        public int UnknownPseudowires;

        // The session has just come up: both ends tell what they have.
        private bool _sessionIsNew;

        private void FollowPseudowires()
        {
            StaticPseudowires wires = _control.Pseudowires;
            if (wires.Requests.Count == 0 && Wires.Count == 0)
            {
                return;
            }
            int[] record = Wires.Record;
            for (int r = 0; r < record.Length; r += PseudowireBindings.Stride)
            {
                if (record[r] != 0 && record[r + PseudowireBindings.Pw] >= 0 && !IsSame(r))
                {
                    Abandon(r);
                }
            }
            for (int pw = 0; pw < wires.Count; pw++)
            {
                if (wires.Requests.IsAsked(pw) && wires.IsUsed(pw))
                {
                    int r = Wires.OfRequest(pw);
                    r = r != PseudowireBindings.None ? r : Take(pw);
                    if (r != PseudowireBindings.None)
                    {
                        FollowPseudowire(r, pw, false);
                    }
                }
            }
            for (int r = 0; r < record.Length; r += PseudowireBindings.Stride)
            {
                if (record[r] != 0 && record[r + PseudowireBindings.Pw] < 0)
                {
                    FreeIfSaid(r);
                }
            }
        }

        private bool IsSame(int r)
        {
            StaticPseudowires wires = _control.Pseudowires;
            int pw = Wires.Record[r + PseudowireBindings.Pw];
            return wires.Requests.IsAsked(pw) && wires.IsUsed(pw) && wires.Peer[pw] == (uint)Wires.Record[r + PseudowireBindings.Peer]
                && wires.VcId[pw] == (uint)Wires.Record[r + PseudowireBindings.VcId];
        }

        // A row for a request: that of a mapping which has come already, or a new one. Where all are taken, an offer that nobody asked for makes room.
        private int Take(int pw)
        {
            StaticPseudowires wires = _control.Pseudowires;
            LdpSession session = LsrId == 0 ? null : SessionOfPeer(wires.Peer[pw]);
            int[] record = Wires.Record;
            int r = session == null ? PseudowireBindings.None : Wires.Find(session.Index, wires.VcId[pw]);
            if (r == PseudowireBindings.None)
            {
                r = Wires.Add(pw, wires.Peer[pw], wires.VcId[pw], wires.PortOf(pw) + 1);
                for (int kept = 0; r == PseudowireBindings.None && kept < record.Length; kept += PseudowireBindings.Stride)
                {
                    if (record[kept + PseudowireBindings.Pw] < 0 && (record[kept] & PseudowireBindings.AnyDue) == 0)
                    {
                        GiveBack(kept, 0);
                        break;
                    }
                }
                return r;
            }
            if (record[r + PseudowireBindings.Pw] >= 0)
            {
                return PseudowireBindings.None;
            }
            record[r + PseudowireBindings.Pw] = pw;
            record[r + PseudowireBindings.Peer] = (int)wires.Peer[pw];

            // What the peer said, it said without having heard from us: it is the answer to what is wanted now.
            record[r] |= PseudowireBindings.Preferred;
            if ((record[r] & PseudowireBindings.Advertised) == 0)
            {
                record[r + PseudowireBindings.Group] = wires.PortOf(pw) + 1;
            }
            return r;
        }

        // Nobody asks for it any more: our label goes. The peer's is kept, for whoever asks next.
        private void Abandon(int r)
        {
            int[] record = Wires.Record;
            record[r + PseudowireBindings.Pw] = -1;
            record[r] &= ~(PseudowireBindings.RequestDue | PseudowireBindings.MapDue | PseudowireBindings.StatusDue | PseudowireBindings.WrongWord | PseudowireBindings.Returned
                | PseudowireBindings.Preferred | PseudowireBindings.Anew);
            if ((record[r] & PseudowireBindings.Advertised) != 0)
            {
                Due(r, PseudowireBindings.WithdrawDue);
            }
            for (int other = 0; other < record.Length; other += PseudowireBindings.Stride)
            {
                if (record[other] != 0 && record[other + PseudowireBindings.Pw] >= 0 && record[other + PseudowireBindings.Peer] == record[r + PseudowireBindings.Peer])
                {
                    return;
                }
            }
            RemoveTarget((uint)record[r + PseudowireBindings.Peer]);
        }

        private void FreeIfSaid(int r)
        {
            int[] record = Wires.Record;
            bool kept = (record[r] & PseudowireBindings.AnyDue) != 0 || record[r + PseudowireBindings.Remote] != PseudowireBindings.None;
            if (!kept || record[r + PseudowireBindings.Session] < 0)
            {
                Wires.Free(r);
            }
        }

        private void Due(int r, int flag)
        {
            Wires.Record[r] |= flag;
            int session = Wires.Record[r + PseudowireBindings.Session];
            if (session >= 0)
            {
                Sessions[session].WireDue = true;
            }
        }

        // The peer's label is not used any more, and the peer is told.
        private void GiveBack(int r, int flag)
        {
            int[] record = Wires.Record;
            if (record[r + PseudowireBindings.Remote] != PseudowireBindings.None)
            {
                record[r + PseudowireBindings.Release] = record[r + PseudowireBindings.Remote];
                record[r + PseudowireBindings.ReleaseType] = record[r + PseudowireBindings.RemoteType];
                record[r + PseudowireBindings.Remote] = PseudowireBindings.None;
                record[r] |= flag;
                Due(r, PseudowireBindings.ReleaseDue);
            }
        }

        internal int TypeOf(int pw)
        {
            return (_control.Pseudowires.WantedFlags[pw] & PseudowireTable.Tagged) != 0 ? PwIdElement.EthernetTagged : PwIdElement.Ethernet;
        }

        /// <summary>What the interface parameters of our mapping say: MTU, and above bit 16 whether flow labels and fragments are wanted.</summary>
        internal int ParametersOf(int pw)
        {
            int wanted = _control.Pseudowires.WantedFlags[pw];
            return _control.Pseudowires.Requests.Record[pw * PseudowireRequests.Stride + PseudowireRequests.LocalMtu]
                | ((wanted & PseudowireTable.FlowLabelSend) != 0 ? SaysFlowLabel : 0) | ((wanted & PseudowireTable.FragmentReceive) != 0 ? SaysFragments : 0);
        }

        internal const int SaysFlowLabel = 1 << 16;
        internal const int SaysFragments = 1 << 17;

        internal StaticPseudowires Pseudowires
        {
            get { return _control.Pseudowires; }
        }

        // The session that speaks for the address of an xconnect: by its targeted adjacency, else by its LSR id.
        private LdpSession SessionOfPeer(uint peer)
        {
            for (int i = 0; i < Hellos.Rows; i++)
            {
                if (Hellos.LsrId[i] != 0 && Hellos.Port[i] == HelloTable.Targeted && Hellos.Source[i] == peer)
                {
                    return FindSession(Hellos.LsrId[i]);
                }
            }
            return FindSession(peer);
        }

        // Takes the row from its session: nothing is known of the peer, and nothing is due to it.
        private void Disjoin(int r)
        {
            int[] record = Wires.Record;
            record[r] &= PseudowireBindings.Used | PseudowireBindings.Preferred;
            record[r + PseudowireBindings.Session] = -1;
            record[r + PseudowireBindings.Remote] = PseudowireBindings.None;
            record[r + PseudowireBindings.Owed] = 0;
            record[r + PseudowireBindings.RequestId] = 0;
        }

        /// <summary>A session has ended: its labels are down at once.</summary>
        private void DropPseudowires(LdpSession session)
        {
            int[] record = Wires.Record;
            for (int r = 0; r < record.Length; r += PseudowireBindings.Stride)
            {
                if (record[r] != 0 && record[r + PseudowireBindings.Session] == session.Index)
                {
                    Disjoin(r);
                }
            }
            FollowPseudowires();
        }

        // What both ends have said, and what follows from it: for Control, and to be sent.
        private void FollowPseudowire(int r, int pw, bool told)
        {
            StaticPseudowires wires = _control.Pseudowires;
            int[] record = Wires.Record;
            int[] request = wires.Requests.Record;
            int q = pw * PseudowireRequests.Stride;
            uint peer = wires.Peer[pw];
            bool hasTarget = LsrId != 0 && AddTarget(peer);
            LdpSession found = LsrId == 0 ? null : SessionOfPeer(peer);
            LdpSession session = found != null && found.State == LdpMachine.Operational ? found : null;
            int index = session == null ? -1 : session.Index;
            if (record[r + PseudowireBindings.Session] != index)
            {
                Disjoin(r);
                record[r + PseudowireBindings.Session] = index;
                if (index >= 0 && !_sessionIsNew)
                {
                    // What the peer may have offered before is not here: it is asked for it.
                    Due(r, PseudowireBindings.RequestDue);
                }
            }
            if (LsrId == 0)
            {
                wires.GiveBackLabel(pw, _now);
            }
            int label = session == null ? wires.LocalLabel[pw] : wires.TakeLabel(pw, _now);
            CheckWord(r, pw);
            bool has = record[r + PseudowireBindings.Remote] != PseudowireBindings.None;
            int type = has ? record[r + PseudowireBindings.RemoteType] : 0;
            request[q] &= ~(PseudowireRequests.RemoteWord | PseudowireRequests.StatusKnown);
            request[q] |= ((type & PwIdElement.WordBit) != 0 ? PseudowireRequests.RemoteWord : 0)
                | (has && (record[r] & PseudowireBindings.RemoteStatusTlv) != 0 ? PseudowireRequests.StatusKnown : 0);
            request[q + PseudowireRequests.RemoteType] = type & ~PwIdElement.WordBit;
            request[q + PseudowireRequests.RemoteMtu] = record[r + PseudowireBindings.RemoteMtu];
            request[q + PseudowireRequests.RemoteGroup] = record[r + PseudowireBindings.RemoteGroup];
            request[q + PseudowireRequests.RemoteStatus] = has ? record[r + PseudowireBindings.RemoteStatus] : PseudowireStatus.Forwarding;
            bool word = WordToSend(record[r], wires.WantedFlags[pw], has, (request[q] & PseudowireRequests.RemoteWord) != 0);
            request[q] = word ? request[q] | PseudowireRequests.LocalWord : request[q] & ~PseudowireRequests.LocalWord;
            request[q + PseudowireRequests.LocalMtu] = wires.Requests.MtuOf(wires.PortOf(pw), _tables.Ports);
            int fault = LsrId == 0 ? Reason.LdpNotRunning
                : !hasTarget ? Reason.TableFull
                : found == null ? Reason.NoPeerHello
                : session == null ? Reason.NoPeerSession
                : label == 0 ? Reason.NoFreeLabel
                : FaultOf(r, pw, has, word);
            int remote = has ? record[r + PseudowireBindings.Remote] : 0;
            int mode = fault == Reason.None ? Agreed(wires.WantedFlags[pw], record[r], word) : wires.ModeFlags[pw];
            if (told || request[q + PseudowireRequests.Fault] != fault || wires.RemoteLabel[pw] != remote || wires.ModeFlags[pw] != mode)
            {
                request[q + PseudowireRequests.Fault] = fault;
                wires.Agree(pw, remote, mode);
            }
            request[q + PseudowireRequests.LocalStatus] = StatusOf(wires.DownReason(pw));
            Offer(r, pw, session != null && label != 0, has, word);
        }

        // What is wanted of the control word, and what the peer's mapping says, against each other (sections 7.2 and 7.3).
        private void CheckWord(int r, int pw)
        {
            int[] record = Wires.Record;
            int wanted = _control.Pseudowires.WantedFlags[pw];
            bool prefers = (wanted & PseudowireTable.ControlWord) != 0;
            bool without = record[r + PseudowireBindings.Remote] != PseudowireBindings.None && (record[r + PseudowireBindings.RemoteType] & PwIdElement.WordBit) == 0;
            if (prefers && without && (record[r] & PseudowireBindings.Preferred) == 0)
            {
                // It has become wanted; the peer's answer was about the time before, so it is asked anew.
                GiveBack(r, 0);
                Due(r, PseudowireBindings.RequestDue);
                record[r] |= PseudowireBindings.Anew;
                without = false;
            }
            record[r] = prefers ? record[r] | PseudowireBindings.Preferred : record[r] & ~PseudowireBindings.Preferred;
            if (without && Must(wanted))
            {
                GiveBack(r, PseudowireBindings.IllegalWord);
            }
        }

        // Numbers and fragments are in the control word.
        private static bool Must(int wanted)
        {
            return (wanted & (PseudowireTable.SequenceSend | PseudowireTable.FragmentReceive)) != 0;
        }

        // With one whom we wait for, we stay with what was sent.
        private static bool WordToSend(int flags, int wanted, bool has, bool remoteWord)
        {
            if ((wanted & PseudowireTable.ControlWord) == 0)
            {
                return false;
            }
            return Must(wanted) || (has ? remoteWord : (flags & PseudowireBindings.Anew) != 0 || (flags & (PseudowireBindings.Advertised | PseudowireBindings.SentWord)) != PseudowireBindings.Advertised);
        }

        private int FaultOf(int r, int pw, bool has, bool word)
        {
            int[] request = _control.Pseudowires.Requests.Record;
            int q = pw * PseudowireRequests.Stride;
            int flags = Wires.Record[r];
            int mtu = request[q + PseudowireRequests.RemoteMtu];
            return (flags & PseudowireBindings.IllegalWord) != 0 ? Reason.ControlWordMismatch
                : (flags & PseudowireBindings.Returned) != 0 ? Reason.LabelNotTaken
                : !has ? Reason.NoPeerLabel
                : request[q + PseudowireRequests.RemoteType] != TypeOf(pw) ? Reason.TypeMismatch
                : mtu != 0 && mtu != request[q + PseudowireRequests.LocalMtu] ? Reason.MtuMismatch
                : (request[q] & PseudowireRequests.RemoteWord) != 0 != word ? Reason.ControlWordMismatch
                : Reason.None;
        }

        private static int Agreed(int wanted, int flags, bool word)
        {
            int mode = wanted & ~(PseudowireTable.ControlWord | PseudowireTable.FlowLabelSend | PseudowireTable.FlowLabelReceive | PseudowireTable.FragmentSend);
            mode |= word ? PseudowireTable.ControlWord : 0;
            mode |= (flags & PseudowireBindings.RemoteFlowReceive) != 0 ? wanted & PseudowireTable.FlowLabelSend : 0;
            mode |= (flags & PseudowireBindings.RemoteFlowSend) != 0 ? wanted & PseudowireTable.FlowLabelReceive : 0;
            return mode | ((flags & PseudowireBindings.RemoteFragments) != 0 ? wanted & PseudowireTable.FragmentSend : 0);
        }

        // What we say of ourselves: only what is ours, for what the peer said would come back to it.
        private static int StatusOf(int downReason)
        {
            switch (downReason)
            {
                case Reason.CircuitDown:
                    return PseudowireStatus.CircuitReceive | PseudowireStatus.CircuitTransmit;
                case Reason.NoLspToPeer:
                case Reason.NoRouteToPeer:
                case Reason.NextHopUnresolved:
                    return PseudowireStatus.CoreTransmit;
                case Reason.TableFull:
                case Reason.MtuMismatch:
                case Reason.TypeMismatch:
                case Reason.ControlWordMismatch:
                    return PseudowireStatus.NotForwarding;
                default:
                    return PseudowireStatus.Forwarding;
            }
        }

        // Whether the peer shall have our label, and with what; how it hears of a fault (sections 5.4.1 and 5.4.2).
        private void Offer(int r, int pw, bool able, bool has, bool word)
        {
            int[] record = Wires.Record;
            int[] request = _control.Pseudowires.Requests.Record;
            int q = pw * PseudowireRequests.Stride;
            int status = request[q + PseudowireRequests.LocalStatus];
            bool known = (request[q] & PseudowireRequests.StatusKnown) != 0;
            bool wanted = able && (record[r] & PseudowireBindings.Returned) == 0 && (!has || known || status == PseudowireStatus.Forwarding);
            int due = 0;
            if ((record[r] & PseudowireBindings.Advertised) != 0)
            {
                bool sentWord = (record[r] & PseudowireBindings.SentWord) != 0;
                bool same = record[r + PseudowireBindings.Label] == _control.Pseudowires.LocalLabel[pw] && record[r + PseudowireBindings.Type] == TypeOf(pw)
                    && record[r + PseudowireBindings.Parameters] == ParametersOf(pw);
                if (!wanted || !same || sentWord != word)
                {
                    due = PseudowireBindings.WithdrawDue | (wanted ? PseudowireBindings.MapDue : 0) | (wanted && same && !word ? PseudowireBindings.WrongWord : 0);
                }
                else if (record[r + PseudowireBindings.RequestId] != 0)
                {
                    due = PseudowireBindings.MapDue;
                }
                else if (status != record[r + PseudowireBindings.SentStatus] && has && known)
                {
                    due = PseudowireBindings.StatusDue;
                }
            }
            else if (wanted)
            {
                due = PseudowireBindings.MapDue;
            }
            record[r] &= ~(PseudowireBindings.WithdrawDue | PseudowireBindings.MapDue | PseudowireBindings.StatusDue | PseudowireBindings.WrongWord);
            if (due != 0)
            {
                Due(r, due);
            }
        }

        // ---- what peers say

        /// <summary>A mapping.</summary>
        /// <param name="at">Its FEC element, whose lengths are right.</param>
        /// <param name="status">Of the status TLV; -1 = it has none.</param>
        /// <returns>False when it is not taken: there is no row for it.</returns>
        internal bool LearnPseudowire(LdpSession session, byte[] octets, int at, int label, int status)
        {
            if (PwIdElement.IsGroup(octets, at))
            {
                return false;
            }
            int[] record = Wires.Record;
            uint vcId = PwIdElement.ReadVcId(octets, at);
            int type = PwIdElement.ReadType(octets, at);
            int r = Wires.Find(session.Index, vcId);
            if (r == PseudowireBindings.None)
            {
                r = Wires.Add(-1, session.LsrId, vcId, 0);
                if (r == PseudowireBindings.None)
                {
                    UnknownPseudowires++;
                    return false;
                }
                record[r + PseudowireBindings.Session] = session.Index;
            }
            int pw = record[r + PseudowireBindings.Pw];
            bool has = record[r + PseudowireBindings.Remote] != PseudowireBindings.None;

            // Another type is another FEC: it is only kept to say what does not fit.
            if (has && pw >= 0 && type != TypeOf(pw) && (record[r + PseudowireBindings.RemoteType] & ~PwIdElement.WordBit) == TypeOf(pw))
            {
                UnknownPseudowires++;
                return false;
            }
            if (record[r + PseudowireBindings.Remote] != label)
            {
                GiveBack(r, 0);
            }
            record[r + PseudowireBindings.Remote] = label;
            record[r + PseudowireBindings.RemoteType] = type | (PwIdElement.ReadWord(octets, at) ? PwIdElement.WordBit : 0);
            record[r] &= ~(PseudowireBindings.Returned | PseudowireBindings.IllegalWord | PseudowireBindings.RemoteFragments | PseudowireBindings.RemoteFlowSend
                | PseudowireBindings.RemoteFlowReceive | PseudowireBindings.RemoteStatusTlv);
            int flow = PwIdElement.FindParameter(octets, at, PwIdElement.FlowLabel);
            flow = flow < 0 ? 0 : Octets.ReadUInt16(octets, flow);
            record[r] |= ((flow & PwIdElement.FlowTransmit) != 0 ? PseudowireBindings.RemoteFlowSend : 0) | ((flow & PwIdElement.FlowReceive) != 0 ? PseudowireBindings.RemoteFlowReceive : 0)
                | (PwIdElement.FindParameter(octets, at, PwIdElement.Fragmentation) >= 0 ? PseudowireBindings.RemoteFragments : 0) | (status >= 0 ? PseudowireBindings.RemoteStatusTlv : 0);
            int mtu = PwIdElement.FindParameter(octets, at, PwIdElement.Mtu);
            record[r + PseudowireBindings.RemoteMtu] = mtu < 0 ? 0 : Octets.ReadUInt16(octets, mtu);
            record[r + PseudowireBindings.RemoteGroup] = (int)PwIdElement.ReadGroup(octets, at);
            record[r + PseudowireBindings.RemoteStatus] = status < 0 ? PseudowireStatus.Forwarding : status;
            FollowRow(r);
            return true;
        }

        private void FollowRow(int r)
        {
            if (Wires.Record[r + PseudowireBindings.Pw] >= 0)
            {
                FollowPseudowire(r, Wires.Record[r + PseudowireBindings.Pw], true);
            }
            else
            {
                FreeIfSaid(r);
            }
        }

        // Whether a row is one that an element speaks of: a VC id of its own, or the peer's group.
        private bool Speaks(int r, LdpSession session, byte[] octets, int at)
        {
            int[] record = Wires.Record;
            if (record[r] == 0 || record[r + PseudowireBindings.Session] != session.Index || record[r + PseudowireBindings.Remote] == PseudowireBindings.None)
            {
                return false;
            }
            int type = PwIdElement.ReadType(octets, at);
            if (type != (record[r + PseudowireBindings.RemoteType] & ~PwIdElement.WordBit) && type != PwIdElement.AnyType)
            {
                return false;
            }
            return PwIdElement.IsGroup(octets, at) ? record[r + PseudowireBindings.RemoteGroup] == (int)PwIdElement.ReadGroup(octets, at)
                : record[r + PseudowireBindings.VcId] == (int)PwIdElement.ReadVcId(octets, at);
        }

        /// <summary>A withdrawal of one, or of a group.</summary>
        /// <param name="label">None = whatever it is.</param>
        internal void ForgetPseudowires(LdpSession session, byte[] octets, int at, int label)
        {
            for (int r = 0; r < Wires.Record.Length; r += PseudowireBindings.Stride)
            {
                if (Speaks(r, session, octets, at))
                {
                    ForgetPseudowire(r, label);
                }
            }
        }

        private void ForgetPseudowire(int r, int label)
        {
            int remote = Wires.Record[r + PseudowireBindings.Remote];
            if (remote != PseudowireBindings.None && (label == LabelInformationBase.None || label == remote))
            {
                Wires.Record[r + PseudowireBindings.Remote] = PseudowireBindings.None;
                FollowRow(r);
            }
        }

        private void ForgetAllPseudowires(LdpSession session, int label)
        {
            int[] record = Wires.Record;
            for (int r = 0; r < record.Length; r += PseudowireBindings.Stride)
            {
                if (record[r] != 0 && record[r + PseudowireBindings.Session] == session.Index)
                {
                    ForgetPseudowire(r, label);
                }
            }
        }

        /// <summary>The peer has labels again: it is asked for those that are missing.</summary>
        internal void AskForPseudowires(LdpSession session)
        {
            int[] record = Wires.Record;
            for (int r = 0; r < record.Length; r += PseudowireBindings.Stride)
            {
                if (record[r] != 0 && record[r + PseudowireBindings.Session] == session.Index && record[r + PseudowireBindings.Pw] >= 0
                    && record[r + PseudowireBindings.Remote] == PseudowireBindings.None)
                {
                    Due(r, PseudowireBindings.RequestDue);
                }
            }
        }

        /// <summary>A status of one, or of a group.</summary>
        internal void LearnPseudowireStatus(LdpSession session, byte[] octets, int at, int status)
        {
            for (int r = 0; r < Wires.Record.Length; r += PseudowireBindings.Stride)
            {
                if (Speaks(r, session, octets, at))
                {
                    Wires.Record[r + PseudowireBindings.RemoteStatus] = status;
                    FollowRow(r);
                }
            }
        }

        /// <summary>The peer has given our label back: it answers a withdrawal, or does not want it.</summary>
        internal void PseudowireReleased(LdpSession session, byte[] octets, int at)
        {
            int r = PwIdElement.IsGroup(octets, at) ? PseudowireBindings.None : Wires.Find(session.Index, PwIdElement.ReadVcId(octets, at));
            if (r == PseudowireBindings.None)
            {
                return;
            }
            int[] record = Wires.Record;
            if (record[r + PseudowireBindings.Owed] > 0)
            {
                record[r + PseudowireBindings.Owed]--;
            }
            else if ((record[r] & PseudowireBindings.Advertised) != 0)
            {
                record[r] = (record[r] & ~PseudowireBindings.Advertised) | PseudowireBindings.Returned;
                if (record[r + PseudowireBindings.Pw] >= 0)
                {
                    FollowPseudowire(r, record[r + PseudowireBindings.Pw], true);
                }
            }
        }

        /// <summary>The peer asks for our label.</summary>
        /// <returns>False when there is none for it.</returns>
        internal bool PseudowireRequested(LdpSession session, byte[] octets, int at, uint id)
        {
            int r = PwIdElement.IsGroup(octets, at) ? PseudowireBindings.None : Wires.Find(session.Index, PwIdElement.ReadVcId(octets, at));
            int pw = r == PseudowireBindings.None ? -1 : Wires.Record[r + PseudowireBindings.Pw];
            if (pw < 0 || PwIdElement.ReadType(octets, at) != TypeOf(pw))
            {
                return false;
            }
            Wires.Record[r] &= ~PseudowireBindings.Returned;
            Wires.Record[r + PseudowireBindings.RequestId] = (int)id;
            FollowPseudowire(r, pw, true);
            bool due = (Wires.Record[r] & PseudowireBindings.MapDue) != 0;
            Wires.Record[r + PseudowireBindings.RequestId] = due ? (int)id : 0;
            return due;
        }
    }
}
