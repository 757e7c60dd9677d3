using System.Text;
using LabEdge.Forwarding;
using LabEdge.Roles;

namespace LabEdge.Tests.Memory;

/// <summary>
/// PE1, P and PE2 in a row, as the boards run them: the rooms of their roles, joined by the boards' own code, on wires that lose nothing, configured
/// by text: OSPF, LDP, a VRF on each PE with a VPN label by hand.
/// </summary>
internal sealed class RoleNetwork
{
    private const int StepMs = 10;

    public Router[] Routers { get; } = new Router[3];

    private readonly RecordingPort[][] _ports = new RecordingPort[3][];
    private readonly StringBuilder[] _text = [new(), new(), new()];
    private uint _now = 1000;

    public RoleNetwork(Capacity edge, Capacity core)
    {
        for (int k = 0; k < 3; k++)
        {
            Capacity capacity = k == 1 ? core : edge;
            byte[] entropy = [.. Enumerable.Range(0, Router.EntropyLength).Select(i => (byte)(i * 7 + k * 31 + 1))];
            Routers[k] = new Router(capacity, new PortableKernel(), entropy, null);
            if (k == 1) PRooms.Join(Routers[k], entropy);
            else PeRooms.Join(Routers[k], entropy);
            int index = k;
            _ports[k] = [.. Enumerable.Range(0, capacity.Ports).Select(p => new RecordingPort($"02000000{index:X2}{p:X2}"))];
            for (int p = 0; p < capacity.Ports; p++) Routers[k].AttachPort("Ethernet" + (p + 1), _ports[k][p]);
        }
    }

    /// <returns>The mistakes of the configuration; empty when there are none.</returns>
    public string Load(int router, string text)
    {
        byte[] octets = Encoding.Latin1.GetBytes(text);
        Cli.ConfigurationLoader loader = Routers[router].Cli.Loader;
        loader.Begin(octets, octets.Length);
        while (!loader.Done) loader.Poll(_now, 64);
        StringBuilder mistakes = new();
        for (int i = 0; i < loader.ErrorCount; i++) mistakes.AppendLine($"line {loader.ErrorLine(i)}: found {loader.ErrorFound(i)}, expected {loader.ErrorExpected(i)}");
        return mistakes.ToString();
    }

    public void Run(int ms)
    {
        for (int t = 0; t < ms; t += StepMs, _now += StepMs)
        {
            for (int k = 0; k < 3; k++)
            {
                for (int i = 0; i < 20 && Routers[k].Poll(_now, 64) == 0; i++) Take(k);
                Take(k);
            }

            Carry(0, 1, 1, 0);
            Carry(1, 0, 0, 1);
            Carry(1, 1, 2, 1);
            Carry(2, 1, 1, 1);
        }
    }

    public string Type(int router, string line)
    {
        _text[router].Clear();
        Routers[router].Cli.Line(line, _now);
        for (int i = 0; i < 1000 && Routers[router].Cli.Busy; i++) Run(StepMs);
        Run(StepMs);
        return _text[router].ToString();
    }

    private void Take(int k)
    {
        byte[] octets = new byte[4096];
        int count = Routers[k].Cli.Output.Take(octets, 0, octets.Length);
        _text[k].Append(Encoding.Latin1.GetString(octets, 0, count));
    }

    private void Carry(int from, int port, int to, int at)
    {
        foreach (byte[] frame in _ports[from][port].Sent) _ports[to][at].Queue(frame);
        _ports[from][port].Sent.Clear();
    }
}
