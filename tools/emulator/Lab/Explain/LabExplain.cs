using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using LabEdge.Explain;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Emulator;

/// <summary>
/// <c>lab explain</c>: runs a lab to a time, with one ping before it so that link addresses are known as they are after traffic, and then walks
/// the packet, and its answer, through the tables of all nodes.
/// </summary>
public static class LabExplain
{
    private const long PingUs = 3_000_000;
    private const long PingLimitUs = 2_900_000;
    private const int AnswerTtl = 255;
    private const int AnswerHopLimit = 64;

    /// <exception cref="LabException">Mistakes in the lab's files, or a node, VRF or address that is not there.</exception>
    public static Explanation Run(string folder, LabOptions options, ExplainQuestion question)
    {
        using RunningLab lab = RunningLab.Start(folder, options);
        LabNode from = lab.Nodes.Find(node => node.Name == question.From)
            ?? throw new LabException([new LabProblem("--from", 0, question.From, "one of the nodes " + string.Join(", ", lab.Nodes.Select(node => node.Name)))]);
        long at = question.AtUs ?? lab.Folder.Checks.SettleUs + PingUs;
        lab.Queue.RunUntil(Math.Max(0, at - PingUs));
        string vrf = question.Vrf == null ? "" : $"vrf {question.Vrf} ";
        long limit = Math.Max(0, Math.Min(PingLimitUs, at - lab.Queue.Now));
        if (limit > 0) from.Type($"ping {vrf}{question.To} repeat 2 timeout 1", limit);
        lab.Queue.RunUntil(Math.Max(at, lab.Queue.Now));
        return Of(lab, question);
    }

    /// <summary>Explains a packet in a lab as it stands; nothing is sent and nothing changes.</summary>
    /// <exception cref="LabException">A VRF that is not there, or no address to send from.</exception>
    public static Explanation Of(RunningLab lab, ExplainQuestion question)
    {
        LabNode from = lab.Node(question.From);
        int vrf = question.Vrf == null ? VrfStore.Global : from.Router.Tables.Vrfs.Find(question.Vrf);
        if (vrf == VrfStore.None) throw new LabException([new LabProblem("--vrf", 0, question.Vrf, $"a VRF of {from.Name}")]);
        byte[] packet = Request(from, vrf, question) ?? throw new LabException([new LabProblem("--from", 0, from.Name, "a node with an address to send from")]);
        PacketWalk walk = new(lab);
        Walk there = walk.Originate(from, packet, vrf);
        WalkDiagnosis diagnosis = new(lab, walk);
        if (!there.Delivered)
        {
            Walk asked = Ask(lab, walk, there.Last);
            return new Explanation(lab.Folder.Name, question, lab.Queue.Now, there, null, asked, false, diagnosis.OfFailure(there, asked));
        }

        string wrong = diagnosis.OfVrfs(there);
        if (wrong != null) return new Explanation(lab.Folder.Name, question, lab.Queue.Now, there, null, null, false, wrong);
        Walk back = walk.Originate(there.Last.Node, Reply(there.Last), there.Last.Context);
        if (!back.Delivered)
        {
            Walk asked = Ask(lab, walk, back.Last);
            string cause = $"the packet arrives at {there.Last.Node.Name}, but no answer comes back: {diagnosis.OfFailure(back, asked)}";
            return new Explanation(lab.Folder.Name, question, lab.Queue.Now, there, back, asked, false, cause);
        }

        wrong = back.Last.Node != from ? diagnosis.OfVrfs(back) ?? $"it comes to {back.Last.Node.Name}, which has the same address" : null;
        if (wrong != null) return new Explanation(lab.Folder.Name, question, lab.Queue.Now, there, back, null, false, $"the packet arrives at {there.Last.Node.Name}, but its answer goes astray: {wrong}");
        return new Explanation(lab.Folder.Name, question, lab.Queue.Now, there, back, null, true, diagnosis.OfSuccess(there, back));
    }

    private static byte[] Request(LabNode node, int vrf, ExplainQuestion question)
    {
        Tables tables = node.Router.Tables;
        HostStack host = node.Router.Host;
        byte[] to = question.To.GetAddressBytes();
        byte[] packet = new byte[question.Size];
        if (question.To.AddressFamily == AddressFamily.InterNetwork)
        {
            uint destination = BinaryPrimitives.ReadUInt32BigEndian(to);
            uint source = host.Interfaces.SourceFor(vrf, OutgoingPath.PortTo(tables, vrf, destination));
            if (source == 0) return null;
            EchoPacket.Write(packet, 0, packet.Length, source, destination, question.Ttl, question.DontFragment, false);
            return packet;
        }

        int row = host.Ipv6.SourceFor(vrf, OutgoingPath.PortTo(tables, vrf, to, 0), to, 0);
        if (row == Ipv6Interfaces.None) return null;
        EchoPacket.WriteIpv6(packet, 0, packet.Length, host.Ipv6.Address, row * Ipv6Address.Length, to, 0, question.Ttl, false);
        return packet;
    }

    // The answer to an echo request that has come to a node: as long, its addresses exchanged.
    private static byte[] Reply(WalkStep last)
    {
        byte[] b = last.Received;
        int at = last.PortIn < 0 ? 0 : last.Offset;
        if (b[at] >> 4 == 4)
        {
            byte[] packet = new byte[Ipv4Header.ReadTotalLength(b, at)];
            EchoPacket.Write(packet, 0, packet.Length, Ipv4Header.ReadDestination(b, at), Ipv4Header.ReadSource(b, at), AnswerTtl, false, true);
            return packet;
        }

        byte[] packet6 = new byte[Ipv6Header.Length + Ipv6Header.ReadPayloadLength(b, at)];
        EchoPacket.WriteIpv6(packet6, 0, packet6.Length, b, at + Ipv6Header.DestinationOffset, b, at + Ipv6Header.SourceOffset, AnswerHopLimit, true);
        return packet6;
    }

    // The ARP request for a next hop that is silent; null when there is none.
    private static Walk Ask(RunningLab lab, PacketWalk walk, WalkStep last)
    {
        (int port, uint address) = last.Silent;
        if (port < 0) return null;
        Tables tables = last.Node.Router.Tables;
        byte[] frame = new byte[60];
        byte[] station = new byte[EthernetHeader.AddressLength];
        tables.Ports.CopyAddress(port, station, 0);
        byte[] everyone = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
        EthernetHeader.Write(frame, 0, everyone, 0, station, 0, EthernetHeader.Arp);
        ArpPacket.Write(frame, EthernetHeader.Length, ArpPacket.Request, station, 0, last.Node.Router.Host.Interfaces.Address[port], null, 0, address);
        return walk.Send(last.Node, port, frame);
    }
}
