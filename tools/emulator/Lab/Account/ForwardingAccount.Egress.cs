using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Emulator
{
    // Read RFC 1812 section 5.2 and RFC 3443 section 3 before changing this file.
    public sealed partial class ForwardingAccount
    {
        // An IPv4 packet in a VRF. labelTtl: of the label popped above it, or None.
        private void Packet(int at, int vrf, int labelTtl)
        {
            Vrf = vrf;
            int available = _end - at;
            if (labelTtl != None && available > 0 && _octets[at] >> 4 == 6)
            {
                Verdict = General;
                return;
            }
            if (!Ipv4Header.Fits(_octets, at, available))
            {
                bool other = labelTtl != None && (available < 1 || _octets[at] >> 4 != 4);
                Drop(other ? DropReason.PayloadNotIp : DropReason.Ipv4HeaderInvalid);
                return;
            }
            if (TtlBefore == None)
            {
                TtlBefore = Ipv4Header.ReadTtl(_octets, at);
            }
            if (_tables.VerifyHeaderChecksum && !Ipv4Header.ChecksumRight(_octets, at))
            {
                Drop(DropReason.Ipv4ChecksumBad);
                return;
            }
            uint destination = Ipv4Header.ReadDestination(_octets, at);
            if (destination >> 24 == 0 || destination >> 24 == 127 || destination >> 28 >= 14)
            {
                Drop(DropReason.NotRoutable);
                return;
            }
            uint source = Ipv4Header.ReadSource(_octets, at);
            if (source >> 24 == 0 || source >> 24 == 127 || source >> 28 >= 14)
            {
                // A kernel does not look at it; when it gives the packet away for another reason, that is the end.
                Verdict = General;
                return;
            }
            int handle = Route(at, destination);
            if (ForwardingHandle.Kind(handle) == ForwardingHandle.Special)
            {
                Verdict = General;
                return;
            }
            int kind = ForwardingHandle.Kind(handle);
            if (kind != ForwardingHandle.Path)
            {
                NotAPath(kind, Ipv4Header.ReadTtl(_octets, at));
                return;
            }

            int ttl = Ipv4Header.ReadTtl(_octets, at) - 1;
            if (ttl <= 0)
            {
                Punt(PuntClass.TtlExpired);
                return;
            }
            ttl = labelTtl == None ? ttl : Lower(ttl, labelTtl - 1);
            Forward(at, ForwardingHandle.Index(handle), ttl);
        }

        private int Route(int at, uint destination)
        {
            int handle = _tables.Prefixes.Longest(Vrf, destination, 32) ? _tables.Prefixes.FoundHandle : ForwardingHandle.None;
            if (handle != ForwardingHandle.None)
            {
                PrefixMatched = _tables.Prefixes.FoundKey[0];
                BitsMatched = _tables.Prefixes.FoundBits;
                Row(RowPrefix, handle);
            }
            if (ForwardingHandle.Kind(handle) == ForwardingHandle.Group)
            {
                Row(RowGroup, ForwardingHandle.Index(handle));
                handle = _tables.Groups.SelectByAddresses(handle, _octets, at);
            }
            return handle;
        }

        private void NotAPath(int kind, int ttl)
        {
            if (kind == ForwardingHandle.Glean && ttl <= 1)
            {
                Punt(PuntClass.TtlExpired);
                return;
            }
            if (kind == ForwardingHandle.Local)
            {
                Punt(PuntClass.Local);
                return;
            }
            Drop(kind == ForwardingHandle.Glean ? DropReason.UnresolvedNeighbor : DropReason.NoRoute);
            Noted = kind == ForwardingHandle.Glean ? PuntClass.Resolve : PuntClass.NoRoute;
        }

        private void Forward(int at, int path, int ttl)
        {
            int rule = _tables.Paths.Record[path * PathTable.Stride + PathTable.Transport];
            int word = _tables.Paths.Record[path * PathTable.Stride + PathTable.Service];
            int length = Ipv4Header.ReadTotalLength(_octets, at);
            int carried = word == 0 ? length : length + LabelStackEntry.Length;
            if (!Fits(path, carried))
            {
                Noted = Reason == DropReason.MtuExceeded ? PuntClass.MtuExceeded : 0;
                if (Noted != 0 && !Ipv4Header.ReadDontFragment(_octets, at))
                {
                    Verdict = General;
                    Reason = 0;
                    Noted = 0;
                }
                return;
            }
            if (word == 0)
            {
                PushTransport(0);
                TtlAfter = CountAfter > 0 ? TtlAfter : ttl;
                Send(carried);
                return;
            }
            if ((rule & PathTable.Uniform) != 0)
            {
                word = LabelStackEntry.Word(word >> 12, Ipv4Header.ReadDscp(_octets, at) >> 3, (word & 0x100) != 0, ttl);
            }
            PushTransport(word);
            PushWord(word);
            Send(carried);
        }

        // Whether a path's transport takes so many octets after its ready octets; drops the frame otherwise.
        private bool Fits(int path, int octets)
        {
            Path = path;
            Row(RowPath, path);
            Transport = _tables.Paths.Record[path * PathTable.Stride + PathTable.Transport] & PathTable.TransportMask;
            int room = _tables.Transports.RoomOf(Transport);
            if (_tables.Transports.Tunnel[Transport] != 0)
            {
                Verdict = General;
                return false;
            }
            if (octets > room)
            {
                Drop(room < 0 ? DropReason.TransportDown : DropReason.MtuExceeded);
                return false;
            }
            return true;
        }

        // The transport's labels; in uniform mode with TC and TTL of the entry that will lie under them.
        private void PushTransport(int under)
        {
            PushReady();
            if ((_tables.Paths.Record[Path * PathTable.Stride + PathTable.Transport] & PathTable.Uniform) != 0 && under != 0)
            {
                for (int i = 0; i < CountAfter; i++)
                {
                    StackAfter[i] = LabelStackEntry.Word(StackAfter[i] >> 12, (under >> 9) & 7, (StackAfter[i] & 0x100) != 0, under & 0xFF);
                }
            }
        }

        private void PushReady()
        {
            int count = _tables.Transports.Record[Transport * TransportTable.Stride + TransportTable.LabelCount];
            int at = _tables.Transports.ReadyEnd(Transport) - count * LabelStackEntry.Length;
            for (int i = 0; i < count; i++)
            {
                PushWord(Octets.ReadInt32(_tables.Transports.Ready, at + i * LabelStackEntry.Length));
            }
        }

        private void PushWord(int word)
        {
            if (CountAfter < MaxLabels)
            {
                StackAfter[CountAfter++] = word;
            }
        }

        // Ready octets, what follows them, and out.
        private void Send(int carried)
        {
            int row = Transport * TransportTable.Stride;
            EgressPort = _tables.Transports.Record[row + TransportTable.Port];
            LengthAfter = _tables.Transports.Record[row + TransportTable.Length] + carried;
            if (CountAfter > 0)
            {
                TtlAfter = StackAfter[0] & 0xFF;
            }
            Verdict = Forwarded;
        }
    }
}
