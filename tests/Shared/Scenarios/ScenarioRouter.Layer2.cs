using LabEdge.Forwarding;

namespace LabEdge.Tests.Scenarios;

// The lines about attachment circuits, pseudowires and bridge domains.
public sealed partial class ScenarioRouter
{
    private readonly Dictionary<string, int> _attachment = [];
    private readonly Dictionary<string, int> _bridge = [];

    private int AttachmentOf(ScenarioLine line) => Named(_attachment, line, "an attachment circuit");

    // "pw NAME [on PORT | on ac AC] push LABEL via TRANSPORT [cw] [tagged VLAN] [sequence] [flow] [fragment] [max OCTETS] [down]"; "pw NAME up | down"
    private void Pseudowire(ScenarioLine line)
    {
        string name = line.Word("a pseudowire's name");
        PseudowireTable table = _tables.Pseudowires;
        if (_pseudowire.TryGetValue(name, out int row))
        {
            string state = line.Word("up or down");
            if (state is not ("up" or "down")) throw line.Error(state, "up or down");
            table.SetUp(row, state == "up");
            return;
        }

        row = Row(line, table.Allocate());
        _pseudowire[name] = row;
        int at = row * PseudowireTable.Stride;
        int port = -1;
        int attachment = -1;
        if (line.Take("on"))
        {
            if (line.Take("ac")) attachment = AttachmentOf(line);
            else port = PortOf(line);
        }

        int path = Row(line, _tables.Paths.Allocate(1));
        Way(line, path, false);
        table.Record[at + PseudowireTable.Path] = path;
        table.Record[at + PseudowireTable.Port] = port;
        table.Record[at + PseudowireTable.MaxFrame] = port < 0 ? 0 : _tables.Ports.MtuOf(port) + 14;
        int flags = 0;
        int tag = 0;
        bool up = true;
        while (!line.AtEnd)
        {
            string word = line.Word("cw, tagged, sequence, flow, fragment, max or down");
            switch (word)
            {
                case "cw": flags |= PseudowireTable.ControlWord; break;
                case "tagged":
                    flags |= PseudowireTable.Tagged;
                    tag = (0x8100 << 16) | line.Number("a VLAN id");
                    break;
                case "sequence": flags |= PseudowireTable.SequenceSend | PseudowireTable.SequenceReceive; break;
                case "flow": flags |= PseudowireTable.FlowLabelSend | PseudowireTable.FlowLabelReceive; break;
                case "fragment": flags |= PseudowireTable.FragmentSend | PseudowireTable.FragmentReceive; break;
                case "max": table.Record[at + PseudowireTable.MaxFrame] = line.Number("octets"); break;
                case "down": up = false; break;
                default: throw line.Error(word, "cw, tagged, sequence, flow, fragment, max or down");
            }
        }

        Done(line, table.SetMode(row, flags, tag));
        if (attachment >= 0)
        {
            table.Connect(row, ForwardingHandle.Attachment | attachment);
            _tables.Attachments.Record[attachment * AttachmentTable.Stride + AttachmentTable.Service] = ForwardingHandle.Pseudowire | row;
        }

        table.SetUp(row, up);
        if (port >= 0) _tables.Ports.Record[port * PortTable.Stride + PortTable.Any] = ForwardingHandle.Pseudowire | row;
    }

    // "ac NAME on PORT untagged | vlan 10 | vlan 10.20 | any-tag | any [raw] [pop N] [egress-pop N] [push TAG [TAG]] [max OCTETS]
    //  [pass-reserved] [priority-fixed] [priority-from-class] [to ac AC | to vrf V]": without raw, pop and push the tags that select
    // the circuit are popped, and pushed again on the way out. A TAG is VLAN, TPID:VLAN or TPID:VLAN:PCP. "ac NAME down | up".
    private void Attachment(ScenarioLine line)
    {
        string name = line.Word("an attachment circuit's name");
        AttachmentTable table = _tables.Attachments;
        if (_attachment.TryGetValue(name, out int row))
        {
            ChangeAttachment(line, row);
            return;
        }

        line.Need("on");
        int port = PortOf(line);
        row = Row(line, table.Allocate(port));
        _attachment[name] = row;
        int at = row * AttachmentTable.Stride;
        List<int> tags = Select(line, port, row);
        int pop = tags.Count;
        int egressPop = 0;
        int longest = -1;
        while (!line.AtEnd)
        {
            string word = line.Word("a property of the circuit");
            switch (word)
            {
                case "raw": (pop, tags) = (0, []); break;
                case "pop": pop = line.Number("0 to 2"); break;
                case "egress-pop": egressPop = line.Number("0 to 2"); break;
                case "push":
                    tags = [];
                    while (line.Peek() is not "" and { } next && char.IsAsciiDigit(next[0])) tags.Add(Tag(line, line.Word("a tag")));
                    break;
                case "max": longest = line.Number("octets"); break;
                case "pass-reserved": table.Record[at] |= AttachmentTable.PassReserved; break;
                case "priority-fixed": table.Record[at] |= AttachmentTable.PriorityFixed; break;
                case "priority-from-class": table.Record[at] |= AttachmentTable.PriorityFromClass; break;
                case "to": table.Record[at + AttachmentTable.Service] = line.Take("ac") ? ForwardingHandle.Attachment | AttachmentOf(line) : line.Take("vrf") ? ForwardingHandle.Vrf | VrfOf(line) : throw line.Error(line.Peek(), "ac or vrf"); break;
                default:
                    if (!More(line, word, row)) throw line.Error(word, "a property of the circuit");
                    break;
            }
        }

        table.SetTags(row, pop, egressPop, tags.Count, tags.ElementAtOrDefault(0), tags.ElementAtOrDefault(1));
        table.Record[at + AttachmentTable.MaxFrame] = longest >= 0 ? longest : _tables.Ports.MtuOf(port) + 14 + 4 * tags.Count;
    }

    private void ChangeAttachment(ScenarioLine line, int row)
    {
        AttachmentTable table = _tables.Attachments;
        int at = row * AttachmentTable.Stride;
        string state = line.Word("up, down or to ac");
        switch (state)
        {
            case "down": table.Record[at + AttachmentTable.MaxFrame] = -1; break;
            case "up": table.Record[at + AttachmentTable.MaxFrame] = _tables.Ports.MtuOf(table.Record[at + AttachmentTable.Port]) + 22; break;
            case "to":
                line.Need("ac");
                table.Record[at + AttachmentTable.Service] = ForwardingHandle.Attachment | AttachmentOf(line);
                break;
            default: throw line.Error(state, "up, down or to ac");
        }
    }

    // Which frames of the port are the circuit's; answers the tags of them.
    private List<int> Select(ScenarioLine line, int port, int row)
    {
        int[] ports = _tables.Ports.Record;
        int handle = ForwardingHandle.Attachment | row;
        List<int> tags = [];
        string word = line.Word("untagged, vlan, any-tag or any");
        if (word == "any")
        {
            ports[port * PortTable.Stride + PortTable.Any] = handle;
            return tags;
        }

        ports[port * PortTable.Stride + PortTable.Any] = ForwardingHandle.Classify;
        switch (word)
        {
            case "untagged": ports[port * PortTable.Stride + PortTable.Untagged] = handle; break;
            case "any-tag": Done(line, _tables.Circuits.Set(port, CircuitTable.AnyTag, handle)); break;
            case "vlan":
                {
                    string[] vlans = line.Word("a VLAN id").Split('.');
                    int outer = line.Number(vlans[0], "a VLAN id");
                    int inner = vlans.Length == 2 ? line.Number(vlans[1], "a VLAN id") : 0;
                    Done(line, _tables.Circuits.Set(port, vlans.Length == 2 ? CircuitTable.DoubleTagged | outer | (inner << 12) : outer, handle));
                    tags.Add(vlans.Length == 2 ? Tag(line, $"0x88A8:{outer}") : Tag(line, vlans[0]));
                    if (vlans.Length == 2) tags.Add(Tag(line, vlans[1]));
                    break;
                }
            default: throw line.Error(word, "untagged, vlan, any-tag or any");
        }

        return tags;
    }

    private static int Tag(ScenarioLine line, string word)
    {
        string[] parts = word.Split(':');
        int type = parts.Length > 1 ? line.Number(parts[0], "a TPID") : 0x8100;
        int vlan = line.Number(parts[parts.Length > 1 ? 1 : 0], "a VLAN id");
        int priority = parts.Length > 2 ? line.Number(parts[2], "a priority") : 0;
        return (type << 16) | (priority << 13) | vlan;
    }

    // "bridge NAME [limit N] [limit-drops] [drop-unknown] [no-learning]"
    private void Bridge(ScenarioLine line)
    {
        string name = line.Word("a bridge domain's name");
        int limit = 64;
        int flags = 0;
        while (!line.AtEnd)
        {
            string word = line.Word("limit, limit-drops, drop-unknown or no-learning");
            switch (word)
            {
                case "limit": limit = line.Number("addresses"); break;
                case "limit-drops": flags |= BridgeTable.LimitDrops; break;
                case "drop-unknown": flags |= BridgeTable.DropUnknown; break;
                case "no-learning": flags |= BridgeTable.NoLearning; break;
                default: throw line.Error(word, "limit, limit-drops, drop-unknown or no-learning");
            }
        }

        _bridge[name] = Row(line, _tables.Bridges.Allocate(flags, limit));
    }

    // "join BRIDGE ac AC | pw PW [group N]", "leave BRIDGE ac AC | pw PW"
    private void Member(ScenarioLine line, bool join)
    {
        int bridge = Named(_bridge, line, "a bridge domain");
        int handle = line.Take("ac") ? ForwardingHandle.Attachment | AttachmentOf(line) : line.Take("pw") ? ForwardingHandle.Pseudowire | Named(_pseudowire, line, "a pseudowire")
            : throw line.Error(line.Peek(), "ac or pw");
        if (!join)
        {
            Done(line, _tables.Bridges.Leave(bridge, handle));
            return;
        }

        Done(line, _tables.Bridges.Join(bridge, handle, line.Take("group") ? line.Number("a group") : 0));
        if (ForwardingHandle.Kind(handle) == ForwardingHandle.Pseudowire) _tables.Pseudowires.SetUp(ForwardingHandle.Index(handle), true);
    }

    // "storm AC broadcast | multicast | unknown FRAMES-PER-SECOND"
    private void Storm(ScenarioLine line)
    {
        int row = AttachmentOf(line);
        string word = line.Word("broadcast, multicast or unknown");
        int kind = word switch { "broadcast" => StormTable.Broadcast, "multicast" => StormTable.Multicast, "unknown" => StormTable.Unknown, _ => throw line.Error(word, "broadcast, multicast or unknown") };
        Done(line, _tables.Attachments.Storm.Set(row, kind, line.Number("frames per second"), _tables.Now));
    }
}
