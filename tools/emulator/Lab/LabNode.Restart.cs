using LabEdge.Hal;

namespace LabEdge.Emulator;

// Off and on: what outlives a router is its store, and its place in the lab.
public sealed partial class LabNode
{
    private readonly MemoryStore _store = new();
    private int _starts;

    /// <summary>False from a restart until the router has started again.</summary>
    public bool IsOn { get; private set; } = true;

    /// <summary>What a router without saved configuration starts from: the text of the lab's file.</summary>
    public string Configuration { get; set; } = "";

    /// <summary>Switches the node off, and on after <see cref="NodeRestart.BootUs"/>. What was on the way to it is lost.</summary>
    public void Restart()
    {
        if (!IsOn) return;
        TakeConsole();
        IsOn = false;
        _typed = null;
        _answer.Clear();
        foreach (WireEnd end in Ends) end.Powered = false;
        _queue.At(_queue.Now + NodeRestart.BootUs, this, BootEvent);
    }

    private void Boot()
    {
        MakeRouter();
        IsOn = true;
        foreach (WireEnd end in Ends) end.Powered = true;
        _deadline = EventQueue.Never;
        _armed = EventQueue.Never;

        // A mistake in what the router itself has saved is told on its console, as at a real start.
        if (!Router.Cli.LoadStartup(_lab.Options.Lenient)) Load(Configuration, Settings.ConfigurationFile, []);
        Wake();
    }

    // Each start has entropy of its own: a router that came back must not use the numbers of its life before.
    private void MakeRouter()
    {
        string purpose = "entropy/" + Name + (_starts == 0 ? "" : "/" + _starts);
        _starts++;
        byte[] entropy = SeededStream.Octets32(_lab.Options.Seed, purpose);
        Router = new Router(CapacityProfile.Find(Settings.Capacity), _lab.Options.MakeKernel(), entropy, _store);
        ProtocolRooms.Join(Router, entropy);
        IEthernetPort[] ports = [.. Ends.Select(_makePort)];
        if (Settings.IsHost) ports = [.. ports.Select(port => new HostPort(port) { Host = Router.Host })];
        for (int i = 0; i < ports.Length; i++) Router.AttachPort(Interfaces[i], ports[i]);
        Ports = ports;
        Router.Observer = _lab.Observe(this);
    }
}
