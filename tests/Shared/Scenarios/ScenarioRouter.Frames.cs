using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Tests.Scenarios;

/// <summary>One frame that left a port, and the layers that the scenario's text says it has.</summary>
public sealed record SentFrame(string Port, byte[] Octets, List<PacketLayer> Layers, List<int> Offsets);

// Frames in, frames out, and the ledgers.
public sealed partial class ScenarioRouter
{
    /// <summary>Station that received frames come from where the text names none.</summary>
    private const string Sender = "020000000C0D";

    /// <summary>How the last frame ended apart from what was sent: "drop REASON", "punt CLASS ...", "forwarded", or "" for both or none.</summary>
    private readonly List<string> _ends = [];

    /// <summary>"send Ethernet1: eth .. / ..": builds the frame and takes it through the kernel, and Host when there is one.</summary>
    public void Send(ScenarioLine line)
    {
        (int port, byte[] octets) = Build(line);
        Forward(port, octets);
    }

    private (int Port, byte[] Octets) Build(ScenarioLine line)
    {
        (int port, string packet) = PortAndPacket(line);
        bool cut = packet.Contains(" cut ", StringComparison.Ordinal);
        int keep = -1;
        if (cut)
        {
            string[] halves = packet.Split(" cut ");
            packet = halves[0];
            keep = line.Number(halves[1].Trim(), "octets");
        }

        List<PacketLayer> layers = PacketLayer.Parse(line, packet);
        if (layers[0].Kind != "eth") layers.Insert(0, new PacketLayer(line.Part("eth")));
        PacketBuilder builder = new(layers, Context, _name(port), Sender);
        byte[] octets = builder.Build();
        if (keep >= 0) octets = octets[..keep];
        Context.Received = layers;
        Context.ReceivedOffsets = builder.Offsets;
        Context.ReceivedOctets = octets;
        return (port, octets);
    }

    private string _name(int port) => _port.First(p => p.Value == port).Key;

    private (int Port, string Packet) PortAndPacket(ScenarioLine line)
    {
        string name = line.Word("a port and a colon");
        if (!name.EndsWith(':') || !_port.TryGetValue(name[..^1], out int port)) throw line.Error(name, "a port and a colon, one of " + string.Join(", ", _port.Keys));
        return (port, line.Rest());
    }

    private void Forward(int port, byte[] octets)
    {
        _ports.ForEach(p => p.Sent.Clear());
        _ends.Clear();
        _tables.ExceptionCount = 0;
        int[] before = (int[])_tables.Ledger.Dropped.Clone();
        int[] classes = (int[])_tables.Ledger.PuntedByClass.Clone();
        Frame frame = _frames[0];
        Array.Fill(frame.Octets, (byte)0xA5);
        octets.CopyTo(frame.Octets, frame.Headroom);
        frame.Start = frame.Headroom;
        frame.Length = octets.Length;
        frame.Port = port;
        int forwarded = _kernel.Burst(_tables, _frames, 0, 1, port);
        for (int i = 0; i < before.Length; i++)
        {
            if (_tables.Ledger.Dropped[i] == before[i]) continue;
            if (i / DropReason.Count != port) throw new ScenarioException($"a drop was counted on another port than that of arrival, {i / DropReason.Count}");
            _ends.Add("drop " + Plain(DropReason.Name(i % DropReason.Count)));
        }

        for (int i = 0; i < classes.Length; i++)
        {
            if (_tables.Ledger.PuntedByClass[i] != classes[i]) _ends.Add("punted " + Plain(PuntClass.Name(i)));
        }

        if (forwarded == 1) _ends.Add("forwarded");
        if (_tables.ExceptionCount > 0) Punt(port);
        if (forwarded == 0 && (frame.Length != octets.Length || !frame.Octets.AsSpan(frame.Start, frame.Length).SequenceEqual(octets)))
        {
            throw new ScenarioException($"the frame was not forwarded ({string.Join(", ", _ends)}), and is not what was received: {Hex.Text(frame.Octets, frame.Start, frame.Length)}");
        }

        if (_host != null)
        {
            _host.HandleExceptions(_tables.Now);
            _host.Poll(_tables.Now);
        }
        else
        {
            EndAsHost();
        }
    }

    // A router that is only a kernel: frames that Host would end are counted as it would.
    private void EndAsHost()
    {
        for (int i = 0; i < _tables.ExceptionCount; i++)
        {
            Frame frame = _tables.Exceptions[i];
            if (frame.Mark is PuntClass.Local or PuntClass.LocalIpv6 or PuntClass.Arp or PuntClass.TtlExpired or PuntClass.TtlExpiredLabelled)
            {
                _tables.Ledger.Punted[frame.Port]++;
                _tables.Ledger.PuntedByClass[frame.Mark]++;
            }
        }

        _tables.ExceptionCount = 0;
    }

    private void Punt(int port)
    {
        Frame frame = _tables.Exceptions[0];
        if (_tables.ExceptionCount != 1 || frame != _frames[0] || frame.Port != port) throw new ScenarioException("Host was told of another frame, or more than once");
        string text = $"punt {Plain(PuntClass.Name(frame.Mark))}";
        if (frame.Mark is PuntClass.MtuExceeded or PuntClass.MtuExceededLabelled) text += $" value {frame.Value & PuntClass.ValueMask}";
        if (frame.Mark == PuntClass.Resolve) text += $" on {_name(frame.Value)}";
        int at = Context.ReceivedOffsets.IndexOf(frame.Offset - frame.Headroom);
        text += at < 0 ? $" at octet {frame.Offset - frame.Headroom}" : $" at {Context.Received[at].Kind}";
        text += $" vrf {_vrf.First(v => v.Value == frame.Context).Key}";
        _ends.Add(text);
    }

    /// <summary>Checks what came of the frame sent last against the lines that expect it.</summary>
    public List<SentFrame> Expect(ScenarioLine sent, List<ScenarioLine> expectations)
    {
        List<string> ends = [];
        List<SentFrame> frames = [];
        Dictionary<int, int> taken = [];
        foreach (ScenarioLine line in expectations)
        {
            string word = line.Peek();
            if (word.EndsWith(':'))
            {
                frames.Add(ExpectFrame(line, taken));
            }
            else if (word == "none")
            {
                line.Word("none");
                line.End();
            }
            else if (word is "drop" or "punt" or "punted" or "forwarded")
            {
                ends.Add(line.Rest());
            }
            else
            {
                throw line.Error(word, "a port and a colon, drop, punt, punted, forwarded or none");
            }
        }

        string unexpected = string.Join("\n", _ports.SelectMany((p, i) => p.Sent.Skip(taken.GetValueOrDefault(i)).Select(octets => $"  {_name(i)}: {Hex.Text(octets)}")));
        if (unexpected != "") throw new ScenarioException($"{sent.Place}: found frames that nothing expects\n{unexpected}\nended: {string.Join(", ", _ends)}");

        // Said by the frames themselves, where there are some.
        if (frames.Count > 0 && !ends.Contains("forwarded")) _ends.Remove("forwarded");
        string expected = string.Join(", ", ends);
        string found = string.Join(", ", _ends);
        if (found != expected) throw new ScenarioException($"{sent.Place}: found \"{found}\", expected \"{expected}\" ({sent.Text})");
        CheckLedgers(sent);
        return frames;
    }

    private SentFrame ExpectFrame(ScenarioLine line, Dictionary<int, int> taken)
    {
        (int port, string packet) = PortAndPacket(line);
        int index = taken.GetValueOrDefault(port);
        if (index >= _ports[port].Sent.Count) throw new ScenarioException($"{line.Place}: nothing more was sent out of {_name(port)}, expected {packet}\nended: {string.Join(", ", _ends)}{All()}");
        taken[port] = index + 1;
        byte[] found = _ports[port].Sent[index];
        List<PacketLayer> layers = PacketLayer.Parse(line, packet);
        if (layers[0].Kind != "eth") throw line.Error(layers[0].Kind, "eth");
        PacketBuilder builder = new(layers, Context, "", _name(port), found);
        byte[] octets = builder.Build();
        if (!octets.AsSpan().SequenceEqual(found))
        {
            int first = octets.AsSpan().CommonPrefixLength(found);
            int layer = builder.Offsets.FindLastIndex(o => o <= first);
            throw new ScenarioException($"{line.Place}: {_name(port)}: {packet}\nfound    {found.Length} octets {Hex.Text(found)}\nexpected {octets.Length} octets {Hex.Text(octets)}\n"
                + $"they differ from octet {first} on, in {layers[layer].Kind} (header {layer + 1}, its octet {first - builder.Offsets[layer]})");
        }

        return new SentFrame(_name(port), found, layers, builder.Offsets);
    }

    private string All() => string.Concat(_ports.SelectMany((p, i) => p.Sent.Select(octets => $"\n  {_name(i)}: {Hex.Text(octets)}")));

    // Ingress: received = forwarded + punted + dropped. Egress: forwarded + copied + fragments + originated = sent + dropped, by port and in all.
    private void CheckLedgers(ScenarioLine line)
    {
        Ledger ledger = _tables.Ledger;
        int causes = 0;
        int ends = 0;
        for (int p = 0; p < _ports.Count; p++)
        {
            if (ledger.Received[p] != ledger.Forwarded[p] + ledger.Punted[p] + ledger.DroppedOn(p))
            {
                throw new ScenarioException($"{line.Place}: ingress ledger of {_name(p)}: received {ledger.Received[p]}, forwarded {ledger.Forwarded[p]}, punted {ledger.Punted[p]}, dropped {ledger.DroppedOn(p)}");
            }

            if (_ports[p].Offered != _tables.SentOn(p) + ledger.EgressDropped[p])
            {
                throw new ScenarioException($"{line.Place}: egress ledger of {_name(p)}: offered {_ports[p].Offered}, sent {_tables.SentOn(p)}, dropped {ledger.EgressDropped[p]}");
            }

            causes += ledger.Forwarded[p] + ledger.Copied[p] + ledger.Fragments[p] + ledger.Originated[p];
            ends += _tables.SentOn(p) + ledger.EgressDropped[p];
        }

        if (causes != ends) throw new ScenarioException($"{line.Place}: egress ledger: {causes} transmissions have a cause, {ends} an end");
    }
}
