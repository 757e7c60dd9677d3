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
            if (Request.Phase == 0)
            {
                for (int i = 0; i < Length; i++)
                {
                    Request.Octets[i] = Request.HasAddress ? Request.Key[i] : (byte)0;
                }
                _bits = -1;
                Request.Phase = Prefixes;
                if (Request.HasAddress)
                {
                    if (!Tables.Prefixes.Longest6(Request.Vrf, Request.Key, 0, 128))
                    {
                        Output.Line("% no route");
                        return false;
                    }
                    TakeFound();
                    return PutEntry();
                }
                return true;
            }
            if (Request.Phase == Prefixes)
            {
                if (!Tables.Prefixes.Next6(Request.Vrf, Request.Octets, 0, _bits))
                {
                    return false;
                }
                TakeFound();
                PutEntry();
                return true;
            }
            PutWay6();
            if (Request.Item < Members(_handle))
            {
                return true;
            }
            Request.Phase = Prefixes;
            return !Request.HasAddress;
        }

        private void TakeFound()
        {
            for (int i = 0; i < 4; i++)
            {
                Octets.WriteUInt32(Request.Octets, 4 * i, Tables.Prefixes.FoundKey[i]);
            }
            _bits = Tables.Prefixes.FoundBits;
            _handle = Tables.Prefixes.FoundHandle;
        }

        // Returns true when ways follow.
        private bool PutEntry()
        {
            Ipv6Literal.PutPrefix(Output, Request.Octets, 0, _bits);
            Output.Line();
            int kind = ForwardingHandle.Kind(_handle);
            Request.Item = 0;
            if (Members(_handle) != 0)
            {
                Request.Phase = Ways;
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
            int path = ForwardingHandle.Index(Member(_handle, Request.Item++));
            int transport = TransportOf(path);
            bool usable = Tables.Transports.RoomOf(transport) >= 0;
            Output.Text("  nexthop ");
            int n = Neighbor6(transport);
            if (n >= 0)
            {
                // Request.Key is free once the look-up is done.
                Host.Neighbors6.CopyAddress(n, Request.Key, 0);
                Ipv6Literal.Put(Output, Request.Key, 0);
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
            if (Request.Detail && usable)
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
