using System.Text;
using LabEdge.Cli;
using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Bench.ConsoleSoak;

/// <summary>A small router whose ports lead nowhere, and its console.</summary>
public sealed class SoakedConsole : IStore
{
    private const int MostPolls = 100_000;

    private readonly Router _router;
    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly byte[] _octets = new byte[1024];
    private readonly StringBuilder _text = new();
    private uint _now = 1000;

    public SoakedConsole()
    {
        // Rows enough for all routes at once: without, the router refuses a route for want of one, and which depends on what came before.
        Capacity capacity = Capacity.Tiny();
        capacity.Neighbors = capacity.Routes;
        capacity.Transports = 3 * capacity.Routes;
        capacity.Groups = capacity.Routes;
        capacity.Paths = 4 * capacity.Routes;
        _router = new Router(capacity, new PortableKernel(), new byte[Router.EntropyLength], this);
        for (int i = 0; i < capacity.Ports; i++) _router.AttachPort("Ethernet" + (i + 1), new DeafPort((byte)i));
        _router.Cli.Open();
        Settle();
    }

    public int Reloads { get; private set; }

    public int Lost => _router.Cli.Output.Lost;

    /// <summary>Mode of the console.</summary>
    public int Mode => _router.Cli.CurrentMode;

    /// <summary>Types a whole line and lets it run; a command that takes long is broken off.</summary>
    /// <returns>What it printed.</returns>
    public string Type(string line)
    {
        _text.Clear();
        _router.Cli.Line(line, _now);
        Settle();
        return _text.ToString();
    }

    /// <summary>Presses keys as they are taken.</summary>
    public void Press(string keys)
    {
        foreach (char key in keys)
        {
            for (int i = 0; !_router.Cli.Input(key, _now); i++)
            {
                if (i == MostPolls) throw new InvalidOperationException("a key is never taken");
                Step();
            }
        }

        // What waits at --More-- is let go.
        for (int i = 0; _router.Cli.Busy && i < 100; i++)
        {
            Step();
            if (i > 60) _router.Cli.Input(LineInput.CtrlC, _now);
        }

        Settle();
    }

    /// <summary>Loads a text as a transaction.</summary>
    /// <returns>False when it has mistakes.</returns>
    public bool Load(string text)
    {
        Leave();
        byte[] octets = Encoding.Latin1.GetBytes(text);
        _router.Cli.Loader.Begin(octets, octets.Length, (octets.Length & 1) == 0);
        Settle();
        return _router.Cli.Loader.ErrorCount == 0;
    }

    /// <summary>The mistakes of the last load.</summary>
    public string Mistakes()
    {
        TextBuffer text = new(64 * 1024);
        for (int i = 0; i < _router.Cli.Loader.ErrorsKept; i++) _router.Cli.Loader.PutError(i, text);
        return Encoding.Latin1.GetString(text.Octets, 0, text.Used);
    }

    /// <summary>Back in privileged exec, no paste and no question open.</summary>
    public void Leave()
    {
        Press("\x03");
        Type("end");
        Type("enable");
    }

    /// <summary>The running configuration, whatever mode the console is in.</summary>
    public string Running()
    {
        ConfigurationWriter writer = new(_router.Cli.Configuration.Vrfs, _router.Host.Interfaces);
        TextBuffer text = new(64 * 1024);
        writer.Begin(_router.Cli.Configuration.Running, text);
        while (writer.Step())
        {
        }

        return Encoding.Latin1.GetString(text.Octets, 0, text.Used);
    }

    /// <summary>Lets neighbours that nobody wants any more go.</summary>
    public void Quiet()
    {
        for (int i = 0; i < 2000; i++)
        {
            _now += 1000;
            _router.Poll(_now, 64);
            Take();
        }
    }

    /// <summary>What the router's memory costs on a board.</summary>
    public int Billed()
    {
        RamBill bill = new(64);
        _router.Bill(bill);
        return bill.Total();
    }

    private void Settle()
    {
        Take();
        for (int i = 0; _router.Cli.Busy; i++)
        {
            Step();
            if (i == 60) _router.Cli.Abort();
            if (i == MostPolls) throw new InvalidOperationException("a command never ends");
        }

        if (!_router.RestartRequested) return;
        _router.Cli.RestartRequested = false;
        Reloads++;
    }

    private void Step()
    {
        uint next = _router.Poll(_now, 16);
        if (_router.Cli.Busy && next != 0) _now += Math.Min(next, 50);
        Take();
    }

    private void Take()
    {
        int count;
        while ((count = _router.Cli.Output.Take(_octets, 0, _octets.Length)) > 0) _text.Append(Encoding.Latin1.GetString(_octets, 0, count));
    }

    int IStore.Read(string name, byte[] octets)
    {
        if (!_blobs.TryGetValue(name, out byte[] blob) || blob.Length > octets.Length) return -1;
        blob.CopyTo(octets, 0);
        return blob.Length;
    }

    bool IStore.Write(string name, byte[] octets, int count)
    {
        _blobs[name] = octets[..count];
        return true;
    }

    // Up, and nobody is there.
    private sealed class DeafPort(byte number) : IEthernetPort
    {
        public LinkKind Kind => LinkKind.Ethernet;

        public bool LinkUp => true;

        public int MaxFrameLength => 1514;

        public bool Receive(Frame frame) => false;

        public int ReceiveBurst(Frame[] frames, int max) => 0;

        public bool Send(Frame frame) => true;

        public void Flush()
        {
        }

        public void GetAddress(byte[] address, int offset) => ((byte[])[2, 0, 0, 0, 0, (byte)(number + 1)]).CopyTo(address, offset);

        public bool SetPromiscuous(bool on) => true;
    }
}
