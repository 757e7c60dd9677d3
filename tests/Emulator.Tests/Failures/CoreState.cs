using System.Net;
using LabEdge.Control;
using LabEdge.Emulator;
using LabEdge.Forwarding;
using LabEdge.Host;
using LabEdge.Ldp;
using LabEdge.Ospf;

namespace LabEdge.Tests.Failures;

/// <summary>
/// What stands in the tables of a router, as lines that are the same whenever the network is: without labels, ages and sequence numbers. What is in
/// a table and no longer true is a line too many.
/// </summary>
public static class CoreState
{
    public static string[] Of(RunningLab lab, IReadOnlyList<string> routers) => [.. routers.SelectMany(name => Of(lab.Node(name)).Select(line => $"{name}: {line}"))];

    /// <summary>Where a router holds another label of a neighbour than the neighbour gave out, or gives one out that nobody heard of.</summary>
    public static string[] Disagreements(RunningLab lab, IReadOnlyList<string> routers)
    {
        LdpModule[] speakers = [.. routers.Select(name => Ldp(lab.Node(name)))];
        List<string> found = [];
        foreach (LdpModule holder in speakers)
        {
            foreach (LdpSession session in holder.Sessions.Where(session => session.LsrId != 0))
            {
                LdpModule giver = speakers.Single(speaker => speaker.LsrId == session.LsrId);
                foreach (int fec in Enumerable.Range(0, holder.Lib.High).Where(fec => holder.Lib.Flags[fec] != 0))
                {
                    int given = giver.Lib.Find(holder.Lib.Prefix[fec], holder.Lib.Bits[fec]);
                    int label = given < 0 ? LabelInformationBase.None : giver.Lib.Local[given];
                    int held = holder.Lib.Remote[fec * holder.Lib.Sessions + session.Index];
                    if (held != label) found.Add($"{Dots(holder.LsrId)} holds {held} of {Dots(giver.LsrId)} for {Dots(holder.Lib.Prefix[fec])}, which gave {label}");
                }
            }
        }

        return [.. found];
    }

    private static LdpModule Ldp(LabNode node) => (LdpModule)node.Router.Control.LdpTables;

    private static List<string> Of(LabNode node)
    {
        ControlModule control = node.Router.Control;
        List<string> lines = [];
        RouteTable routes = control.Routes;
        for (int i = 0; i < routes.High; i++)
        {
            if (!routes.IsUsed(i) || routes.Source[i] == RouteSource.Adjacency) continue;
            lines.Add($"route {routes.Vrf[i]} {Dots(routes.Prefix[i])}/{routes.Bits[i]} source {routes.Source[i]} [{routes.Distance[i]}/{routes.Metric[i]}] via {Dots(routes.NextHop[i])} port {routes.Port[i]} active {routes.IsActive(i)}");
        }

        LabelBindings bindings = control.Bindings;
        for (int b = 0; b < bindings.High; b++)
        {
            if (bindings.Kind[b] == LabelBindings.Free) continue;
            string state = bindings.Kind[b] == LabelBindings.Input ? control.StaticLabels.StateText(b) : $"from {Dots(bindings.NextHop[b])}";
            lines.Add($"binding {bindings.Kind[b]} of {LabelOwner.Name(bindings.Owner[b])} {Dots(bindings.Prefix[b])}/{bindings.Bits[b]}: {state}");
        }

        int inputs = Enumerable.Range(0, bindings.High).Count(b => bindings.Kind[b] == LabelBindings.Input);
        lines.Add($"rows of the ILM beside input bindings: {node.Router.Tables.Labels.Handle.Count(handle => handle != ForwardingHandle.None) - inputs}");
        for (int pool = 0; pool < Pools.Count; pool++) lines.Add($"{Pools.NameOf(pool)}: {control.Pools.UsedOf(pool)}");
        AddLdp(lines, Ldp(node));
        AddOspf(lines, CoreWatch.OspfOf(node.Router), node.Router.Host.Interfaces);
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static void AddLdp(List<string> lines, LdpModule ldp)
    {
        LabelInformationBase lib = ldp.Lib;
        for (int fec = 0; fec < lib.High; fec++)
        {
            if (lib.Flags[fec] == 0) continue;
            string sessions = string.Join(' ', ldp.Sessions.Where(session => session.LsrId != 0).OrderBy(session => session.LsrId).Select(session =>
            {
                int i = fec * lib.Sessions + session.Index;
                string held = lib.Remote[i] == LabelInformationBase.None ? "none" : lib.Remote[i] == 3 ? "null" : "label";
                return $"{Dots(session.LsrId)} {held} {lib.State[i]}";
            }));
            lines.Add($"lib {Dots(lib.Prefix[fec])}/{lib.Bits[fec]} local {(lib.Local[fec] == 3 ? "null" : lib.Local[fec] >= 16 ? "label" : "none")}; {sessions}");
        }

        foreach (LdpSession session in ldp.Sessions.Where(session => session.LsrId != 0))
        {
            string addresses = string.Join(' ', Enumerable.Range(0, 8).Select(n => ldp.AddressOf(session, n)).Where(address => address != 0).Order().Select(Dots));
            lines.Add($"session {Dots(session.LsrId)} {LdpMachine.Name(session.State)} stale {session.IsStale}: {addresses}");
        }

        for (int i = 0; i < ldp.Hellos.Rows; i++)
        {
            if (ldp.Hellos.LsrId[i] != 0) lines.Add($"hello of {Dots(ldp.Hellos.LsrId[i])} on {ldp.Hellos.Port[i]} from {Dots(ldp.Hellos.Source[i])}");
        }
    }

    private static void AddOspf(List<string> lines, OspfModule ospf, InterfaceTable interfaces)
    {
        for (int row = 0; row < ospf.Lsas.High; row++)
        {
            if (ospf.Lsas.IsUsed(row)) lines.Add($"lsa {ospf.Lsas.Type[row]} {Dots(ospf.Lsas.Id[row])} of {Dots(ospf.Lsas.Router[row])}, {ospf.Lsas.LengthOf(row)} octets, flags {ospf.Lsas.Flags[row]}, held by {ospf.Lsas.Holders[row]}");
        }

        foreach (OspfNeighbor neighbor in ospf.Neighbors.Where(neighbor => neighbor.Interface >= 0))
        {
            lines.Add($"neighbor {Dots(neighbor.RouterId)} {Dots(neighbor.Address)} on {interfaces.Name[neighbor.Interface]} state {neighbor.State}");
        }

        foreach (OspfInterface i in ospf.Interfaces.Where(i => i.Process >= 0)) lines.Add($"interface {interfaces.Name[i.Index]} state {i.State} full {i.Full} waits {i.WaitsForLdp}");
    }

    private static string Dots(uint address) => new IPAddress(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(address)).ToString();
}
