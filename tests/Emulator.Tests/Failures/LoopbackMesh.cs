using LabEdge.Emulator;

namespace LabEdge.Tests.Failures;

/// <summary>Every router pings every other one, loopback to loopback; a packet of these that is on its way through a router must have a label.</summary>
public sealed class LoopbackMesh : IWireTap
{
    private const int EchoReply = 0;
    private const int EchoRequest = 8;

    private readonly LabSession _session;
    private readonly IReadOnlyDictionary<string, string> _loopbacks;
    private readonly List<string> _unlabelled = [];
    private readonly Dictionary<(VirtualWire Wire, int End), string> _ends = [];

    /// <param name="loopbacks">By node.</param>
    public LoopbackMesh(LabSession session, IReadOnlyDictionary<string, string> loopbacks)
    {
        _session = session;
        _loopbacks = loopbacks;
        foreach (string name in loopbacks.Keys)
        {
            foreach (WireEnd end in session.Lab.Node(name).Ends) _ends[(end.Wire, end.Side)] = name;
        }

        foreach (VirtualWire wire in session.Lab.Wires) wire.AddTap(this);
    }

    /// <summary>Packets with labels that have arrived anywhere.</summary>
    public int Labelled { get; private set; }

    /// <returns>Who does not reach whom, and what crossed a router without a label.</returns>
    public string[] Faults()
    {
        _unlabelled.Clear();
        List<string> faults = [];
        foreach ((string name, string source) in _loopbacks)
        {
            foreach (string destination in _loopbacks.Values.Where(address => address != source))
            {
                // The first may wait for a link address.
                string ping = $"ping {destination} source {source} repeat 1 timeout 1";
                if (!_session.Type(name, ping).Contains("100 percent") && !_session.Type(name, ping).Contains("100 percent")) faults.Add($"{name} does not reach {destination}");
            }
        }

        return [.. faults, .. _unlabelled.Distinct()];
    }

    public void Sent(VirtualWire wire, int end, byte[] octets, int offset, int count)
    {
    }

    public void Delivered(VirtualWire wire, int end, byte[] octets, int offset, int count)
    {
        if (!_ends.TryGetValue((wire, end), out string node)) return;
        if (octets[offset + 12] == 0x88 && octets[offset + 13] == 0x47) Labelled++;
        if (octets[offset + 12] != 8 || octets[offset + 13] != 0 || octets[offset + 23] != 1 || octets[offset + 34] is not (EchoReply or EchoRequest)) return;
        string destination = string.Join('.', octets.Skip(offset + 30).Take(4));
        if (_loopbacks.Values.Contains(destination) && _loopbacks[node] != destination) _unlabelled.Add($"an echo for {destination} came to {node} without a label");
    }
}
