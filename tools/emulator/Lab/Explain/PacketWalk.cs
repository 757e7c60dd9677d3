using LabEdge.Cli;
using LabEdge.Explain;
using LabEdge.Forwarding;

namespace LabEdge.Emulator;

/// <summary>
/// Follows a packet from node to node over the wires of a lab, without sending anything: at each node the explainer of its router says what
/// leaves by which port, and the wire whether it carries it. Of copies (floods) the way that tells most is kept.
/// </summary>
public sealed class PacketWalk(RunningLab lab)
{
    private const int MaxSteps = 64;
    private const int MaxFrames = 512;

    private readonly Dictionary<LabNode, (Explainer Explainer, TextBuffer Output)> _explainers = [];
    private readonly char[] _text = new char[TextBuffer.StepRoom * 4];
    private int _frames;

    /// <summary>A node makes an IP packet.</summary>
    public Walk Originate(LabNode node, byte[] packet, int vrf)
    {
        _frames = 0;
        return Step(node, -1, packet, vrf, 0);
    }

    /// <summary>A node sends a frame that is complete.</summary>
    public Walk Send(LabNode node, int port, byte[] octets)
    {
        _frames = 0;
        WalkStep first = new(node, -1, octets, [], [], 0, 0, 0, 0, (-1, 0));
        return Onward(first, new WalkFrame(port, octets, true), 0);
    }

    /// <summary>The node at the other end of a port's wire, and its port there; null and -1 for a node outside the lab.</summary>
    public (VirtualWire Wire, LabNode Node, int Port) Across(LabNode node, int port)
    {
        LinkEndpoint own = new(node.Name, node.Interfaces[port]);
        LinkSettings[] links = [.. lab.Folder.Topology.Links];
        int at = Array.FindIndex(links, link => link.Ends.Contains(own));
        LinkEndpoint other = links[at].Ends[links[at].Ends[0] == own ? 1 : 0];
        LabNode peer = lab.Nodes.Find(known => known.Name == other.Node);
        return (lab.Wires[at], peer, peer == null ? -1 : peer.Interfaces.ToList().IndexOf(other.Interface));
    }

    private Walk Step(LabNode node, int port, byte[] octets, int vrf, int depth)
    {
        (WalkStep step, List<WalkFrame> leaving) = Explain(node, port, octets, vrf);
        if (leaving.Count == 0 || depth >= MaxSteps || _frames >= MaxFrames) return new Walk([step], depth >= MaxSteps ? "it goes round in a loop" : "");
        Walk best = null;
        foreach (WalkFrame frame in leaving)
        {
            Walk walk = Onward(step, frame, depth + 1);
            if (best == null || walk.Weight > best.Weight) best = walk;
        }

        return best;
    }

    private Walk Onward(WalkStep step, WalkFrame frame, int depth)
    {
        _frames++;
        (VirtualWire wire, LabNode peer, int port) = Across(step.Node, frame.Port);
        step = step with { Left = frame, Link = wire };
        string place = $"link {wire.Name}";
        if (!wire.Up) return new Walk([step], $"{place} is down");
        if (peer == null) return new Walk([step], $"{place} leads out of the lab: what becomes of the packet there is not known here");
        int most = wire.MaxFrameLength;
        if (frame.Octets.Length > most) return new Walk([step], $"MTU: {place} carries frames of {most} octets, and this one has {frame.Octets.Length}: {frame.Octets.Length - most} too many; no ICMP tells its sender");
        if (wire.Settings.LossPerMillion >= 1_000_000) return new Walk([step], $"{place} loses every frame");
        Walk rest = Step(peer, port, frame.Octets, 0, depth);
        return rest with { Steps = [step, .. rest.Steps] };
    }

    private (WalkStep Step, List<WalkFrame> Leaving) Explain(LabNode node, int port, byte[] octets, int vrf)
    {
        if (!_explainers.TryGetValue(node, out (Explainer Explainer, TextBuffer Output) made))
        {
            TextBuffer output = new(TextBuffer.StepRoom * 4);
            made = (new Explainer(node.Router.Control, node.Router.Host, node.Router.Tables, output), output);
            _explainers.Add(node, made);
        }

        bool fits = port < 0 ? made.Explainer.Originate(octets, 0, octets.Length, vrf) : made.Explainer.Receive(octets, 0, octets.Length, port);
        FrameTrial trial = made.Explainer.Trial;
        List<string> lines = [];
        if (fits)
        {
            do Take(made.Output, lines); while (made.Explainer.Step());
            Take(made.Output, lines);
        }
        else
        {
            lines.Add("result: longer than the router's buffers");
        }

        WalkRow[] rows = [.. Enumerable.Range(0, trial.Trace.Count).Select(i => i * FrameTrace.Stride)
            .Select(r => new WalkRow(trial.Trace.Entries[r], trial.Trace.Entries[r + 1], trial.Trace.Entries[r + 2], trial.Trace.Entries[r + 3] - trial.Start))];
        List<WalkFrame> leaving = [.. Enumerable.Range(0, trial.SentCount).Where(i => trial.Taken[i]).Select(i => new WalkFrame(trial.SentPort[i], trial.Sent[i], true))];
        WalkStep step = new(node, port, octets, lines, rows, trial.Reason, trial.Mark, trial.Context, trial.Offset - trial.Start, (made.Explainer.SilentPort, made.Explainer.SilentAddress));
        return (step, leaving);
    }

    private void Take(TextBuffer output, List<string> lines)
    {
        int count = output.Take(_text, 0, _text.Length);
        if (count > 0) lines.AddRange(new string(_text, 0, count).TrimEnd('\n').Split('\n'));
    }
}
