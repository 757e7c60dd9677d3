using System.Text;
using LabEdge.Cli;
using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>A whole router with recording ports, and its console as a test uses it: a line in, its text out.</summary>
public sealed class ConsoleBench
{
    public readonly Router Router;
    public readonly RecordingPort[] Ports;
    public readonly MemoryStore Store = new();
    public uint Now = 1000;

    private readonly char[] _characters = new char[256];

    public ConsoleBench(Capacity capacity = null, int ports = 3, string name = "Ethernet", int number = 1, bool promiscuous = true, bool ospf = false)
    {
        if (capacity == null)
        {
            // Pages and filters are tested with long configurations.
            capacity = Capacity.Small();
            capacity.StaticRoutes = capacity.Routes;
        }

        byte[] entropy = new byte[Router.EntropyLength];
        entropy[0] = (byte)number;
        Router = new Router(capacity, new PortableKernel(), entropy, Store);
        Ports = new RecordingPort[ports];
        for (int i = 0; i < ports; i++)
        {
            Ports[i] = new RecordingPort($"0200 0000 {number:X2}{i + 1:X2}");
            Router.AttachPort(name + (i + 1), promiscuous ? Ports[i] : new UnicastOnlyPort(Ports[i]));
        }

        if (ospf)
        {
            Ospf = new LabEdge.Ospf.OspfModule(Router.Tables, Router.Host, Router.Control, capacity, entropy);
            Router.AddModule(Ospf);
        }

        Poll();
    }

    /// <summary>OSPF's room, where it was asked for.</summary>
    public LabEdge.Ospf.OspfModule Ospf { get; }

    public CommandLine Cli => Router.Cli;

    /// <summary>Polls without letting time pass.</summary>
    public void Poll()
    {
        for (int i = 0; i < 20; i++) Router.Poll(Now, 64);
    }

    /// <summary>Everything printed that has not been read.</summary>
    public string Read()
    {
        StringBuilder text = new();
        int count;
        while ((count = Cli.Output.Take(_characters, 0, _characters.Length)) > 0) text.Append(_characters, 0, count);
        return text.ToString();
    }

    /// <summary>Runs one line to its end and returns what it printed. Time passes only while the command waits.</summary>
    public string Run(string line)
    {
        Assert.IsTrue(Cli.Line(line, Now), "the console is busy before: " + line);
        StringBuilder text = new(Read());
        for (int i = 0; Cli.Busy; i++)
        {
            Assert.IsLessThan(1_000_000, i, "never ends: " + line);
            uint next = Router.Poll(Now, 64);
            text.Append(Read());
            if (Cli.Busy && next != 0) Now += Math.Min(next, 100);
        }

        return text.ToString();
    }

    /// <summary>Runs lines; each must print nothing.</summary>
    public void Configure(string lines)
    {
        Quiet("configure terminal");
        foreach (string line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) Quiet(line);
        Quiet("end");
        Poll();
    }

    private void Quiet(string line)
    {
        Assert.AreEqual("", Run(line), line);
    }

    /// <summary>Loads a text as a transaction.</summary>
    /// <returns>Its mistakes, one per line; empty when it is in force.</returns>
    public string Load(string text)
    {
        return Load(Encoding.Latin1.GetBytes(text));
    }

    public string Load(byte[] octets)
    {
        Cli.Loader.Begin(octets, octets.Length);
        while (!Cli.Loader.Done) Router.Poll(Now, 7);
        TextBuffer errors = new(200_000);
        for (int i = 0; i < Cli.Loader.ErrorsKept; i++) Cli.Loader.PutError(i, errors);
        char[] characters = new char[errors.Used];
        errors.Take(characters, 0, characters.Length);
        Poll();
        return new string(characters);
    }

    /// <summary>The running configuration as text, from its first separator on.</summary>
    public string Running()
    {
        string text = Run("show running-config");
        return text[text.IndexOf("!\n", StringComparison.Ordinal)..];
    }
}

/// <summary>Blobs in memory.</summary>
public sealed class MemoryStore : IStore
{
    public readonly Dictionary<string, byte[]> Blobs = [];

    public int Read(string name, byte[] octets)
    {
        if (!Blobs.TryGetValue(name, out byte[] blob) || blob.Length > octets.Length) return -1;
        blob.CopyTo(octets, 0);
        return blob.Length;
    }

    public bool Write(string name, byte[] octets, int count)
    {
        Blobs[name] = octets.AsSpan(0, count).ToArray();
        return true;
    }
}

/// <summary>A port whose MAC cannot take frames for other stations.</summary>
public sealed class UnicastOnlyPort(RecordingPort port) : IEthernetPort
{
    public LinkKind Kind => port.Kind;

    public bool LinkUp => port.LinkUp;

    public int MaxFrameLength => port.MaxFrameLength;

    public bool Receive(Frame frame) => port.Receive(frame);

    public int ReceiveBurst(Frame[] frames, int max) => port.ReceiveBurst(frames, max);

    public bool Send(Frame frame) => port.Send(frame);

    public void Flush() => port.Flush();

    public void GetAddress(byte[] address, int offset) => port.GetAddress(address, offset);

    public bool SetPromiscuous(bool on) => !on;
}
