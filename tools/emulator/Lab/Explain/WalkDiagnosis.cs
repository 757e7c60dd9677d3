using System.Net;
using System.Text.RegularExpressions;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Emulator;

/// <summary>
/// What no router can see alone: which neighbour sent the label that is unknown here, and what it should have sent; VRFs, pseudowires and
/// control words that differ at both ends; which link is too narrow. Every answer is one sentence.
/// </summary>
public sealed partial class WalkDiagnosis(RunningLab lab, PacketWalk walk)
{
    /// <summary>Why a packet did not come to a router that takes it in.</summary>
    /// <param name="asked">The ARP request for the next hop that is silent, or null.</param>
    public string OfFailure(Walk way, Walk asked)
    {
        WalkStep last = way.Last;
        string mismatch = OfMismatch(way) ?? (asked == null ? null : OfMismatch(asked));
        if (mismatch != null) return mismatch;
        if (way.Stop.Length > 0) return Named(way.Stop);
        if (asked != null) return OfSilence(last, asked);
        return last.Reason switch
        {
            DropReason.UnknownLabel => OfUnknownLabel(way) ?? $"{last.Node.Name}: {Named(last.Why)}",
            DropReason.NoCircuit => OfVlan(way) ?? $"{last.Node.Name}: {Named(last.Why)}",
            DropReason.MtuExceeded => OfMtu(last),
            _ => $"{last.Node.Name}: {Named(last.Why)}",
        };
    }

    // What differs between two ends on the way; null when nothing does.
    private string OfMismatch(Walk way) => OfPseudowires(way) ?? OfVrfs(way);

    /// <summary>That the packet is answered, and what a trace or a longer packet would not show.</summary>
    public string OfSuccess(Walk there, Walk back)
    {
        string text = $"the packet arrives at {there.Last.Node.Name} ({there.Steps.Count - 1} links) and its answer comes back ({back.Steps.Count - 1} links)";
        string[] notes = [.. new[] { Hidden(there), OfPseudowires(there), OfPseudowires(back) }.Where(note => note != null).Distinct()];
        return string.Join("; ", [text, .. notes]);
    }

    // Routers that see labels only, behind one that does not copy the TTL into them.
    private static string Hidden(Walk way)
    {
        for (int i = 0; i < way.Steps.Count; i++)
        {
            WalkStep step = way.Steps[i];
            PathTable paths = step.Node.Router.Tables.Paths;
            bool pipe = step.Rows.Any(row => row.Kind == FrameTrace.Path && row.Value is GeneralPath.Ipv4 or GeneralPath.Ipv6
                && (paths.Record[row.Index * PathTable.Stride + PathTable.Transport] & PathTable.Uniform) == 0 && IsLabelled(step.Left?.Octets));
            if (!pipe) continue;
            string[] hidden = [.. way.Steps.Skip(i + 1).TakeWhile(next => next.First(FrameTrace.Label) != null && next.First(FrameTrace.Packet) == null).Select(next => next.Node.Name)];
            if (hidden.Length > 0) return $"a traceroute does not show {string.Join(" and ", hidden)}: TTL hidden, for mpls ip propagate-ttl is off on {step.Node.Name}";
        }

        return null;
    }

    private static bool IsLabelled(byte[] frame) => frame != null && frame.Length > EthernetHeader.Length && EthernetHeader.ReadEtherType(frame, 0) == EthernetHeader.Mpls;

    // A next hop that does not answer: how far the question comes.
    private string OfSilence(WalkStep last, Walk asked)
    {
        string who = $"{last.Node.Name}: {Text(last.Silent.Address)} does not answer ARP on {last.Node.Interfaces[last.Silent.Port]}";
        if (asked.AddressFound) return OfArpAnswer(last, asked, who);
        if (asked.Stop.Length > 0) return $"{who}: {Named(asked.Stop)}";
        if (OfSwappedCircuits(last, asked) is string swapped) return swapped;
        WalkStep end = asked.Last;
        return end.Mark == PuntClass.Arp ? $"{who}: {end.Node.Name} {end.InterfaceIn} hears the question and has another address"
            : $"{who}: {OfFailure(asked, null)}";
    }

    // Who has the address is behind another pseudowire of the router that the question came out of.
    private string OfSwappedCircuits(WalkStep last, Walk asked)
    {
        WalkStep end = asked.Steps.LastOrDefault(step => step.First(FrameTrace.PseudowireOut) != null);
        if (end == null) return null;
        StaticPseudowires wires = end.Node.Router.Control.Pseudowires;
        int used = end.Row(FrameTrace.PseudowireOut).Value.Index;
        foreach (LabNode owner in lab.Nodes)
        {
            int port = Array.IndexOf(owner.Router.Host.Interfaces.Address, last.Silent.Address);
            if (port < 0 || port >= owner.Interfaces.Count) continue;
            (_, LabNode peer, int circuit) = walk.Across(owner, port);
            int right = peer == end.Node ? wires.OfPort(circuit) : PseudowireTable.None;
            if (right == PseudowireTable.None || right == used) continue;
            return $"swapped pseudowire ids: pseudowire {wires.VcId[used]} comes out of {end.Node.Name} {end.Node.Interfaces[wires.PortOf(used)]}, but {owner.Name}, which has {Text(last.Silent.Address)}, "
                + $"is behind {end.Node.Name} {peer.Interfaces[circuit]}, pseudowire {wires.VcId[right]}";
        }

        return null;
    }

    private string OfArpAnswer(WalkStep last, Walk asked, string who)
    {
        WalkStep owner = asked.Last;
        byte[] frame = new byte[60];
        byte[] station = new byte[EthernetHeader.AddressLength];
        owner.Node.Router.Tables.Ports.CopyAddress(owner.PortIn, station, 0);
        int arp = owner.Offset;
        EthernetHeader.Write(frame, 0, owner.Received, arp + ArpPacket.SenderHardwareOffset, station, 0, EthernetHeader.Arp);
        ArpPacket.Write(frame, EthernetHeader.Length, ArpPacket.Reply, station, 0, last.Silent.Address, owner.Received, arp + ArpPacket.SenderHardwareOffset,
            Octets.ReadUInt32(owner.Received, arp + ArpPacket.SenderProtocolOffset));
        Walk answer = walk.Send(owner.Node, owner.PortIn, frame);
        if (answer.Stop.Length == 0 && answer.Last.Mark == PuntClass.Arp && answer.Last.Node == last.Node) return $"{who}: nobody has asked for it yet; {owner.Node.Name} would answer";
        return $"{who}: {owner.Node.Name} is asked, but its answer does not come back: {OfFailure(answer, null)}";
    }

    // The router that pushed or swapped to the label, what the one that drops it has given out instead.
    private string OfUnknownLabel(Walk way)
    {
        WalkStep here = way.Last;
        int label = here.Row(FrameTrace.Label).Value.Index;
        WalkStep sender = way.Steps.Take(way.Steps.Count - 1).FirstOrDefault(step => Labels(step.Left.Octets).Contains(label) && !(step.PortIn >= 0 && Labels(step.Received).Contains(label)));
        if (sender == null || IsBound(here.Node, label)) return null;
        string unknown = $"label {label} is unknown on {here.Node.Name}";
        string expected = ExpectedForVrf(way, here) ?? ExpectedForPseudowire(sender, here) ?? ExpectedForPrefix(sender, here, label);
        string pushes = $"{sender.Node.Name} pushes {label}";
        return expected == null ? $"wrong label: {pushes}: {unknown}: {Named(here.Why)[(Named(here.Why).IndexOf(':') + 2)..]}" : $"wrong label: {pushes}, {expected}: {unknown}";
    }

    // The label is one that the router has given out: it lacks not the label but what is behind it.
    private static bool IsBound(LabNode node, int label)
    {
        LabelBindings bindings = node.Router.Control.Bindings;
        return Enumerable.Range(0, bindings.High).Any(b => bindings.Kind[b] == LabelBindings.Input && bindings.Label[b] == label);
    }

    // The VRF that the packet came in by, under the same name at the router that looks at the label.
    private static string ExpectedForVrf(Walk way, WalkStep here)
    {
        (string Name, WalkStep _)? entry = EntryVrf(way);
        if (entry == null) return null;
        int given = LabelOfVrf(here.Node, entry.Value.Name);
        return given < 0 ? null : $"{here.Node.Name} has given {given} to VRF {entry.Value.Name}";
    }

    private static string ExpectedForPseudowire(WalkStep sender, WalkStep here)
    {
        WalkRow? into = sender.Row(FrameTrace.PseudowireIn);
        if (into == null) return null;
        StaticPseudowires ours = sender.Node.Router.Control.Pseudowires;
        StaticPseudowires theirs = here.Node.Router.Control.Pseudowires;
        int pw = Enumerable.Range(0, theirs.Count).FirstOrDefault(i => theirs.IsUsed(i) && theirs.VcId[i] == ours.VcId[into.Value.Index], -1);
        return pw < 0 ? null : $"{here.Node.Name} has given {theirs.LocalLabel[pw]} to pseudowire {theirs.VcId[pw]}";
    }

    private static string ExpectedForPrefix(WalkStep sender, WalkStep here, int label)
    {
        LabelBindings ours = sender.Node.Router.Control.Bindings;
        LabelBindings theirs = here.Node.Router.Control.Bindings;
        for (int b = 0; b < ours.High; b++)
        {
            if (ours.Kind[b] != LabelBindings.Output || ours.Label[b] != label || !here.Node.Router.Host.Interfaces.Owns(VrfStore.Global, ours.NextHop[b])) continue;
            string prefix = $"{Text(ours.Prefix[b])}/{ours.Bits[b]}";
            int input = theirs.FindInput(VrfStore.Global, ours.Prefix[b], ours.Bits[b]);
            return input == LabelBindings.None ? $"{here.Node.Name} has given none to {prefix}" : theirs.Label[input] != label ? $"{here.Node.Name} has given {theirs.Label[input]} to {prefix}" : null;
        }

        return null;
    }

    // The first customer's VRF, by a circuit and not by a label; and the node of it.
    private static (string Name, WalkStep Step)? EntryVrf(Walk way)
    {
        foreach (WalkStep step in way.Steps)
        {
            WalkRow? route = step.First(FrameTrace.Route);
            if (step.First(FrameTrace.Label) != null || route == null || route.Value.Index == VrfStore.Global) continue;
            return (step.Node.Router.Tables.Vrfs.NameOf(route.Value.Index), step);
        }

        return null;
    }

    private static int LabelOfVrf(LabNode node, string name)
    {
        int vrf = node.Router.Tables.Vrfs.Find(name);
        LabelBindings bindings = node.Router.Control.Bindings;
        for (int b = 0; vrf > VrfStore.Global && b < bindings.High; b++)
        {
            if (bindings.Kind[b] == LabelBindings.Input && bindings.Vrf[b] == vrf) return bindings.Label[b];
        }

        return -1;
    }

    /// <summary>The packet left the VRF that it came in by for another one; null when it did not.</summary>
    public string OfVrfs(Walk way)
    {
        if (EntryVrf(way) is not (string name, WalkStep entry)) return null;
        foreach (WalkStep step in way.Steps)
        {
            WalkRow? packet = step.First(FrameTrace.Packet);
            if (step.First(FrameTrace.Label) == null || packet == null || packet.Value.Index == VrfStore.Global) continue;
            string other = step.Node.Router.Tables.Vrfs.NameOf(packet.Value.Index);
            int label = step.Row(FrameTrace.Label).Value.Index;
            int right = LabelOfVrf(step.Node, name);
            if (other == name || right < 0) continue;
            string end = way.Delivered ? $"; the packet comes to {way.Last.Node.Name}" : "";
            return $"wrong VRF: {entry.Node.Name} pushes {label} for VRF {name}, but on {step.Node.Name} label {label} is VRF {other}, and VRF {name} is {right}{end}";
        }

        return null;
    }

    private static string OfPseudowires(Walk way)
    {
        foreach ((WalkStep here, int i) in way.Steps.Select((step, i) => (step, i)))
        {
            if (here.First(FrameTrace.PseudowireOut) is not WalkRow outOf) continue;
            WalkStep there = way.Steps.Take(i).LastOrDefault(step => step.First(FrameTrace.PseudowireIn) != null);
            if (there == null) continue;
            int into = there.Row(FrameTrace.PseudowireIn).Value.Index;
            StaticPseudowires ours = there.Node.Router.Control.Pseudowires;
            StaticPseudowires theirs = here.Node.Router.Control.Pseudowires;
            if (ours.VcId[into] != theirs.VcId[outOf.Index])
            {
                int pw = Enumerable.Range(0, theirs.Count).FirstOrDefault(p => theirs.IsUsed(p) && theirs.VcId[p] == ours.VcId[into], -1);
                string right = pw < 0 ? "" : $", where pseudowire {ours.VcId[into]} is label {theirs.LocalLabel[pw]}";
                return $"swapped pseudowire ids: {there.Node.Name} sends in pseudowire {ours.VcId[into]} with label {ours.RemoteLabel[into]}, which is pseudowire {theirs.VcId[outOf.Index]} on {here.Node.Name}{right}";
            }

            bool sends = (ours.ModeFlags[into] & PseudowireTable.ControlWord) != 0;
            bool expects = (theirs.ModeFlags[outOf.Index] & PseudowireTable.ControlWord) != 0;
            if (sends != expects)
            {
                return $"control word mismatch in pseudowire {ours.VcId[into]}: {there.Node.Name} sends {(sends ? "one (mpls control-word)" : "none (no mpls control-word)")}, "
                    + $"{here.Node.Name} expects {(expects ? "one (mpls control-word)" : "none (no mpls control-word)")}";
            }
        }

        return null;
    }

    // A tag that no circuit takes: who sent it, and which would be taken.
    private static string OfVlan(Walk way)
    {
        WalkStep here = way.Last;
        int type = EthernetHeader.ReadEtherType(here.Received, 0);
        if (way.Steps.Count < 2 || type is not (EthernetHeader.Vlan or EthernetHeader.ServiceVlan)) return null;
        WalkStep sender = way.Steps[^2];
        int vlan = VlanTag.ReadVlan(here.Received, EthernetHeader.Length);
        int[] taken = [.. Enumerable.Range(1, 4094).Where(v => here.Node.Router.Tables.Circuits.Lookup(here.PortIn, v) != ForwardingHandle.None)];
        string takes = taken.Length == 0 ? "takes no tagged frames" : $"takes VLAN {string.Join(", ", taken)}";
        return $"wrong VLAN: {sender.Node.Name} sends VLAN {vlan} on {sender.Node.Interfaces[sender.Left.Port]}, {here.Node.Name} {here.InterfaceIn} {takes}";
    }

    private string OfMtu(WalkStep last)
    {
        string why = Named(last.Why);
        int end = why.IndexOf(": ", StringComparison.Ordinal);
        string port = end < 0 ? "" : why["MTU of ".Length..end];
        int index = last.Node.Interfaces.ToList().IndexOf(port);
        return index < 0 ? $"MTU hole at {last.Node.Name}: {why}" : $"MTU hole: link {walk.Across(last.Node, index).Wire.Name} at {last.Node.Name} {port}{why[end..]}";
    }

    // Labels of a frame, outermost first.
    private static List<int> Labels(byte[] frame)
    {
        List<int> labels = [];
        if (!IsLabelled(frame)) return labels;
        for (int at = EthernetHeader.Length; at + LabelStackEntry.Length <= frame.Length; at += LabelStackEntry.Length)
        {
            labels.Add(LabelStackEntry.ReadLabel(frame, at));
            if (LabelStackEntry.ReadBottom(frame, at)) break;
        }

        return labels;
    }

    // "10.0.0.1" as "pe1 (10.0.0.1)", where one router of the lab has the address and no other.
    private string Named(string sentence) => Address().Replace(sentence, match =>
    {
        if (!IPAddress.TryParse(match.Value, out IPAddress address)) return match.Value;
        uint value = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());
        LabNode[] owners = [.. lab.Nodes.Where(node => node.Router.Host.Interfaces.Address.Contains(value))];
        return owners.Length == 1 ? $"{owners[0].Name} ({match.Value})" : match.Value;
    });

    [GeneratedRegex(@"(?<![\d.])\d+\.\d+\.\d+\.\d+(?![\d./])")]
    private static partial Regex Address();

    private static string Text(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";
}
