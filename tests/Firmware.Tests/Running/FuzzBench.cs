using System.Text;
using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Tests.Running;

/// <summary>
/// A running router with its configuration loaded, and everything around it: ports, neighbours that answer ARP, a clock that
/// jumps and wraps, links that go down. It looks at every frame that leaves and notes what the policy does not allow.
/// </summary>
public sealed class FuzzBench
{
    private const int Budget = 64;
    private const int MaxBurst = 32;
    private const int MaxNoted = 20;
    private const int RefusedOneIn = 97;
    private const uint Hour = 3_600_000;

    private readonly SeededNumbers _numbers;
    private readonly ConfigurationPolicy _policy;
    private readonly FrameForge _forge;
    private readonly uint[][] _neighbors;

    // The frames of the burst in hand, whose they are, and whether their payload that counts holds a marker.
    private readonly Frame[] _burst = new Frame[MaxBurst];
    private readonly int[] _zone = new int[MaxBurst];
    private readonly bool[] _marked = new bool[MaxBurst];
    private readonly bool[] _markerLeft = new bool[MaxBurst];
    private int _burstCount;
    private int _downPort = -1;
    private int _downPolls;

    public readonly Router Router;
    public readonly FuzzPort[] Ports = new FuzzPort[FuzzConfiguration.Ports];

    /// <summary>Frames of the fuzz so far; those that left as received frames and as ones of the router; those of them with a marker.</summary>
    public long Fed;
    public long Forwarded;
    public long Originated;
    public long WithMarker;
    public int Violations;

    /// <summary>The first things that were not allowed.</summary>
    public readonly List<string> Noted = [];

    public uint Now = 0xFFFF0000;

    /// <param name="policyText">The configuration that decides what is allowed; the router's own, unless a test plants a mistake.</param>
    public FuzzBench(ulong seed, BurstKernel kernel, string policyText)
    {
        _numbers = new SeededNumbers(seed);
        _policy = new ConfigurationPolicy(policyText, FuzzConfiguration.Ports);
        _forge = new FrameForge(_numbers, _policy);
        _neighbors = [.. FuzzConfiguration.Neighbors.Select(n => PacketForge.Addresses(n))];
        byte[] entropy = new byte[Router.EntropyLength];
        for (int i = 0; i < entropy.Length; i++) entropy[i] = (byte)_numbers.Next();
        Router = new Router(FuzzConfiguration.Capacity, kernel, entropy, null);
        for (int i = 0; i < Ports.Length; i++)
        {
            Ports[i] = new FuzzPort(this, i);
            Router.AttachPort("Ethernet" + (i + 1), Ports[i]);
        }

        Load(FuzzConfiguration.Text);
        Settle();
    }

    /// <summary>False: only right frames, links stay up, every frame is taken.</summary>
    public bool Spoils
    {
        get => _forge.Packets.Spoils;
        set => _forge.Packets.Spoils = value;
    }

    /// <summary>Feeds this many frames in bursts and lets the router run.</summary>
    public void Run(long frames)
    {
        SetRefusals(Spoils ? RefusedOneIn : 0);
        for (long end = Fed + frames; Fed < end;) Poll((int)Math.Min(MaxBurst, end - Fed));
    }

    /// <summary>Lets the router run this often, each time with a burst.</summary>
    public void RunPolls(int polls)
    {
        SetRefusals(Spoils ? RefusedOneIn : 0);
        for (int i = 0; i < polls; i++) Poll(MaxBurst);
    }

    /// <summary>Lets time pass with all links up until what nobody needs has aged out and what is needed is there again.</summary>
    public void Settle()
    {
        SetRefusals(0);
        foreach (FuzzPort port in Ports)
        {
            port.LinkUp = true;
            port.Waiting = 0;
        }

        _downPort = -1;
        _forge.Packets.QuestionLength = 0;
        Router.Host.Probe.Cancel();
        for (int hour = 0; hour < 5; hour++)
        {
            Now += Hour;
            for (int second = 0; second < 120; second++)
            {
                Now += 1000;
                for (int i = 0; i < 20; i++) Router.Poll(Now, 1024);
            }
        }
    }

    /// <summary>A port begins to fill the frames of a burst.</summary>
    public void BeginBurst()
    {
        _burstCount = 0;
    }

    /// <summary>Puts the next frame of the fuzz into a frame of the router.</summary>
    public void Give(int port, Frame frame)
    {
        _forge.Make(port);
        Fed++;
        Enter(frame, _forge.Octets, _forge.Length);
        _zone[_burstCount] = _forge.Zone;
        _markerLeft[_burstCount] = false;
        _marked[_burstCount++] = HoldsMarker(port);
    }

    /// <summary>Puts an ARP reply of a neighbour into a frame of the router.</summary>
    public void GiveArp(int port, Frame frame, uint address)
    {
        byte[] b = _forge.Octets;
        b.AsSpan(0, 60).Clear();
        FrameForge.Station(b, 0, port);
        FrameForge.NeighborHardware(b, 6, port, (int)(address & 255));
        PacketForge.Two(b, 12, 0x0806);
        PacketForge.Four(b, 14, 0x00010800);
        PacketForge.Four(b, 18, 0x06040002);
        FrameForge.NeighborHardware(b, 22, port, (int)(address & 255));
        PacketForge.Four(b, 28, address);
        FrameForge.Station(b, 32, port);
        Enter(frame, b, 60);
        _zone[_burstCount] = ConfigurationPolicy.None;
        _markerLeft[_burstCount] = false;
        _marked[_burstCount++] = false;
    }

    /// <summary>Looks at a frame that the router sends.</summary>
    public void Take(int port, Frame frame)
    {
        byte[] b = frame.Octets;
        int o = frame.Start;
        int end = o + frame.Length;
        if (frame.Length < 14 || frame.Length > FrameForge.MaxFrame) Note("length", port, frame);
        int at = -1;
        for (int i = 0; i < _burstCount && at < 0; i++)
        {
            if (_burst[i] == frame) at = i;
        }

        bool holds = false;
        for (int m = Marker.Find(b, o, end); m >= 0; m = Marker.Find(b, m + Marker.Length, end))
        {
            holds = true;
            int owner = Marker.ZoneAt(b, m);
            if (_policy.MayLeave(owner, port, b, o, frame.Length)) continue;
            Note("payload of " + _policy.NameOf(owner), port, frame);
            break;
        }

        WithMarker += holds ? 1 : 0;
        if (at >= 0)
        {
            Forwarded++;
            if (!_policy.MayLeave(_zone[at], port, b, o, frame.Length)) Note("frame of " + _policy.NameOf(_zone[at]), port, frame);


            // One of several fragments has it, and those of a packet leave one after another.
            _markerLeft[at] |= holds;
            if (_marked[at] && !_markerLeft[at] && !MoreFragments(b, o, frame.Length)) Note("marker lost", port, frame);
            return;
        }

        Originated++;
        LookAtOwn(port, b, o, frame.Length);
    }

    // MF of the IPv4 packet of a frame, below labels or not.
    private static bool MoreFragments(byte[] b, int o, int length)
    {
        int at = o + 14;
        if (b[o + 12] == 0x88 && b[o + 13] == 0x47)
        {
            while (at + 4 < o + length && (b[at + 2] & 1) == 0) at += 4;
            at += 4;
        }

        return at + 20 <= o + length && b[at] >> 4 == 4 && (b[at + 6] & 0x20) != 0;
    }

    private void Poll(int most)
    {
        Ports[_numbers.Below(Ports.Length)].Waiting = _numbers.From(1, most);
        if (Spoils) Disturb();
        Now += (uint)_numbers.Below(4);
        Router.Poll(Now, Budget);
    }

    private void SetRefusals(int oneIn)
    {
        foreach (FuzzPort port in Ports) port.RefusesEvery = oneIn;
    }

    private void Load(string text)
    {
        byte[] octets = Encoding.Latin1.GetBytes(text);
        Router.Cli.Loader.Begin(octets, octets.Length);
        while (!Router.Cli.Loader.Done) Router.Cli.Loader.Poll(Now, 1024);
        for (int i = 0; i < Router.Cli.Loader.ErrorCount; i++)
        {
            Noted.Add($"line {Router.Cli.Loader.ErrorLine(i)}: found {Router.Cli.Loader.ErrorFound(i)}, expected {Router.Cli.Loader.ErrorExpected(i)}");
            Violations++;
        }
    }

    private void Enter(Frame frame, byte[] octets, int length)
    {
        octets.AsSpan(0, length).CopyTo(frame.Octets.AsSpan(frame.Headroom));
        frame.Start = frame.Headroom;
        frame.Length = length;
        _burst[_burstCount] = frame;
    }

    // Whether a whole marker lies where it has to leave with the frame: within the packet, if it is routed.
    private bool HoldsMarker(int port)
    {
        int zone = _forge.Zone;
        if (zone is ConfigurationPolicy.None or ConfigurationPolicy.Provider) return false;
        byte[] b = _forge.Octets;
        int found = Marker.Find(b, 0, _forge.Length);
        if (found < 0 || _policy.IsPseudowire(zone)) return found >= 0;
        int packet = _policy.IsCore(port) ? _policy.DecidingLabel(b, 0, _forge.Length) + 4 : 14;
        return found + Marker.Length <= packet + ((b[packet + 2] << 8) | b[packet + 3]);
    }

    // Clock, links, and questions of the router itself.
    private void Disturb()
    {
        if (_numbers.OneIn(2000)) Now += (uint)_numbers.Below(6000);
        if (_numbers.OneIn(20000)) Now += (uint)_numbers.From(1, 5) * Hour;
        if (_downPort < 0 && _numbers.OneIn(3000))
        {
            _downPort = _numbers.Below(Ports.Length);
            _downPolls = 100;
            Ports[_downPort].LinkUp = false;
        }
        else if (_downPort >= 0 && --_downPolls <= 0)
        {
            Ports[_downPort].LinkUp = true;
            _downPort = -1;
        }

        if (Router.Host.Probe.State != LabEdge.Host.Probe.Waiting && _numbers.OneIn(50)) Ask();
    }

    private void Ask()
    {
        _forge.Packets.QuestionLength = 0;
        int vrf = _numbers.Below(3);
        uint destination = vrf == 0 ? 0x0A090002u : 0x0A010002u;
        if (_numbers.OneIn(2)) Router.Host.Probe.StartEcho(vrf, destination, 0, _numbers.From(28, 200), false, 64, 300, Now);
        else Router.Host.Probe.StartUdp(vrf, destination, 0, 33434, _numbers.From(1, 5), 300, Now);
    }

    // ARP requests are answered by the neighbours that are there; a question of the router is kept for answers to it.
    private void LookAtOwn(int port, byte[] b, int o, int length)
    {
        int type = (b[o + 12] << 8) | b[o + 13];
        if (type == 0x0806 && b[o + 21] == 1)
        {
            uint target = (uint)((b[o + 38] << 24) | (b[o + 39] << 16) | (b[o + 40] << 8) | b[o + 41]);
            foreach (uint neighbor in _neighbors[port])
            {
                if (neighbor == target) Ports[port].AnswerArp(target);
            }
        }
        else if (type == 0x0800 && Router.Host.Probe.State == LabEdge.Host.Probe.Waiting && (b[o + 23] == 17 || (b[o + 23] == 1 && b[o + 34] == 8)))
        {
            b.AsSpan(o + 14, length - 14).CopyTo(_forge.Packets.Question);
            _forge.Packets.QuestionLength = length - 14;
            _forge.QuestionZone = _policy.ZoneOfPort(port);
        }
    }

    private void Note(string what, int port, Frame frame)
    {
        Violations++;
        if (Noted.Count >= MaxNoted) return;
        int count = Math.Min(frame.Length, 120);
        Noted.Add($"{what} left on Ethernet{port + 1} ({_policy.NameOf(_policy.ZoneOfPort(port))}) after frame {Fed}: {Hex.Text(frame.Octets, frame.Start, Math.Max(0, count))}");
    }
}
