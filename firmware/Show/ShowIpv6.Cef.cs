using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    // show ipv6 cef: the forwarding table of IPv6; a prefix, then its ways one by one.
    public sealed partial class ShowIpv6
    {
        private const int Prefixes = 1;
        private const int Ways = 2;

        private bool CefStep()
        {
            if (Phase == 0)
            {
                for (int i = 0; i < Length; i++)
                {
                    _octets[i] = HasAddress ? Key[i] : (byte)0;
                }
                _bits = -1;
                Phase = Prefixes;
                if (HasAddress)
                {
                    if (!Tables.Prefixes.Longest6(Vrf, Key, 0, 128))
                    {
                        Output.Line("% no route");
                        return false;
                    }
                    TakeFound();
                    return PutEntry();
                }
                return true;
            }
            if (Phase == Prefixes)
            {
                if (!Tables.Prefixes.Next6(Vrf, _octets, 0, _bits))
                {
                    return false;
                }
                TakeFound();
                PutEntry();
                return true;
            }
            PutWay6();
            if (_way < Members(_handle))
            {
                return true;
            }
            Phase = Prefixes;
            return !HasAddress;
        }

        private void TakeFound()
        {
            for (int i = 0; i < 4; i++)
            {
                Octets.WriteUInt32(_octets, 4 * i, Tables.Prefixes.FoundKey[i]);
            }
            _bits = Tables.Prefixes.FoundBits;
            _handle = Tables.Prefixes.FoundHandle;
        }

        // Returns true when ways follow.
        private bool PutEntry()
        {
            Ipv6Literal.PutPrefix(Output, _octets, 0, _bits);
            Output.Line();
            int kind = ForwardingHandle.Kind(_handle);
            _way = 0;
            if (Members(_handle) != 0)
            {
                Phase = Ways;
                return true;
            }
            if (kind == ForwardingHandle.Local || kind == ForwardingHandle.Glean)
            {
                Output.Text(kind == ForwardingHandle.Local ? "  receive for " : "  attached to ");
                Name(ForwardingHandle.Index(_handle)).Line();
            }
            else
            {
                Output.Line(kind == ForwardingHandle.None ? "  no route" : "  special");
            }
            return false;
        }

        private void PutWay6()
        {
            int path = ForwardingHandle.Index(Member(_handle, _way++));
            int transport = TransportOf(path);
            bool usable = Tables.Transports.RoomOf(transport) >= 0;
            Output.Text("  nexthop ");
            int n = Neighbor6(transport);
            if (n >= 0)
            {
                // Key is free once the look-up is done.
                Host.Neighbors6.CopyAddress(n, Key, 0);
                Ipv6Literal.Put(Output, Key, 0);
                Output.Put(' ');
                Name(Host.Neighbors6.PortOf(n));
                Output.Text(usable ? "" : ": no answer to Neighbor Discovery");
            }
            else
            {
                PutNeighbor(transport);
                Output.Put(' ');
                Name(PortOfPath(path));
            }
            if (Tables.Paths.Record[path * PathTable.Stride + PathTable.Service] != 0)
            {
                Output.Text(" label ");
                PutLabels(path, ' ');
            }
            if (!usable && n < 0)
            {
                PutUnresolved(transport, ": ");
            }
            Output.Line();
            if (Detail && usable)
            {
                Output.Text("    encapsulation of ").Number(Tables.Transports.Record[transport * TransportTable.Stride + TransportTable.Length]
                    + (Tables.Paths.Record[path * PathTable.Stride + PathTable.Service] != 0 ? LabelStackEntry.Length : 0)).Line(" octets");
            }
        }

        private int Neighbor6(int transport)
        {
            for (int n = 0; n < Host.Neighbors6.Count; n++)
            {
                if (Host.Neighbors6.StateOf(n) != NeighborSlots.Free && Host.Neighbors6.IpTransport(n) == transport)
                {
                    return n;
                }
            }
            return -1;
        }
    }
}
