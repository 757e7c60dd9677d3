using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Tests.Kernels;

/// <summary>
/// One kernel form with tables, six recording ports and a pool of frames. The configuration is the same for every test, and
/// written here as a router's would be: a core with labels on ports 0 and 1, customers on 2 (untagged), 3 (port-mode
/// pseudowire) and 4 (tagged), nothing on 5.
/// </summary>
public sealed class KernelUnderTest
{
    public const int Core = 0, OtherCore = 1, Blue = 2, Circuit = 3, Tagged = 4, Bare = 5, Ports = 6;
    public const int VrfBlue = 1, VrfRed = 2;
    public const int LongestFrame = 1600;
    public const int OwnLabel = 118;

    public readonly Tables Tables;
    public readonly BurstKernel Kernel;
    public readonly RecordingPort[] Port = new RecordingPort[Ports];
    public readonly Frame[] Frames;
    public readonly SendLog Log = new(1 << 17);

    /// <summary>Rows by name, for tests that read or change them.</summary>
    public int CoreIp, CoreLabelled, OtherLabelled, Tunnel, DeepTunnel, CustomerIp, TaggedIp, Unusable, Narrow, NarrowIp;
    public int PseudowireUp, PseudowireDown, PseudowirePlain;

    public KernelUnderTest(BurstKernel kernel, bool verifyChecksum = true, int stride = 32, int frames = 32, int prefixes = 256)
    {
        Kernel = kernel;
        Capacity capacity = Capacity.Small();
        capacity.Ports = Ports;
        capacity.Frames = frames;
        capacity.MaxFrameLength = LongestFrame;
        capacity.Labels = 256;
        capacity.GroupMembers = 4;
        capacity.Prefixes = prefixes;
        capacity.TransportStride = stride;
        capacity.VerifyHeaderChecksum = verifyChecksum;
        Tables = new Tables(capacity);
        Frames = [.. Enumerable.Range(0, frames).Select(_ => new Frame(capacity.Headroom, LongestFrame))];
        for (int i = 0; i < Ports; i++)
        {
            Port[i] = new RecordingPort($"02000000000{i + 1}") { Log = Log, Index = i };
            Tables.Ports.Attach(i, Port[i]);
        }

        Transports();
        Customers();
        Labels();
        Routes();
    }

    private void Transports()
    {
        CoreIp = Transport(Core, 1500, "020000000101", 0x0800, -1);
        CoreLabelled = Transport(Core, 1500, "020000000101", 0x8847, -1);
        OtherLabelled = Transport(OtherCore, 1500, "020000000102", 0x8847, -1);
        Tunnel = Transport(Core, 1500, "020000000101", 0x8847, -1, 3001);
        DeepTunnel = Transport(OtherCore, 1500, "020000000102", 0x8847, -1, 3001, 3002, 3003);
        CustomerIp = Transport(Blue, 1500, "020000000103", 0x0800, -1);
        TaggedIp = Transport(Tagged, 1500, "020000000104", 0x0800, 10);
        Narrow = Transport(OtherCore, 100, "020000000102", 0x8847, -1);
        NarrowIp = Transport(OtherCore, 100, "020000000102", 0x0800, -1);
        Unusable = Tables.Transports.Allocate();
    }

    private void Customers()
    {
        int[] ports = Tables.Ports.Record;
        Tables.Ports.SetScope(Core, ForwardingHandle.ScopeCore);
        Tables.Ports.SetScope(OtherCore, ForwardingHandle.ScopeCore);
        Tables.Ports.SetScope(Tagged, ForwardingHandle.ScopeCore);
        ports[Core * PortTable.Stride + PortTable.Untagged] = ForwardingHandle.Vrf;
        ports[OtherCore * PortTable.Stride + PortTable.Untagged] = ForwardingHandle.Vrf;
        ports[Blue * PortTable.Stride + PortTable.Untagged] = ForwardingHandle.Vrf | VrfBlue;
        Tables.Circuits.Set(Tagged, 10, ForwardingHandle.Vrf | VrfBlue);
        Tables.Circuits.Set(Tagged, 20, ForwardingHandle.Vrf | VrfRed);
        Tables.Circuits.Set(Tagged, 30, ForwardingHandle.Vrf);

        PseudowireUp = Pseudowire(PseudowireTable.Up | PseudowireTable.ControlWord, Path(Word(800), Tunnel, false));
        PseudowireDown = Pseudowire(PseudowireTable.ControlWord, Path(Word(801), Tunnel, false));
        PseudowirePlain = Pseudowire(PseudowireTable.Up, Path(Word(802), CoreLabelled, false));
        ports[Circuit * PortTable.Stride + PortTable.Any] = ForwardingHandle.Pseudowire | PseudowireUp;
    }

    private void Labels()
    {
        Label(100, ForwardingHandle.Path | Path(Word(200), CoreLabelled, true));
        Label(101, ForwardingHandle.Path | Path(Word(201), Unusable, true));
        Label(102, Pair(CoreLabelled, CoreIp, true));
        Label(103, ForwardingHandle.Vrf | VrfBlue);
        Label(104, ForwardingHandle.Pseudowire | PseudowireUp);
        Label(105, Group(Path(Word(205), CoreLabelled, true), Path(Word(305), OtherLabelled, true), Path(Word(405), Tunnel, false)));
        Tables.Labels.Set(106, ForwardingHandle.Path | Path(Word(206), CoreLabelled, true), 2);
        Label(107, ForwardingHandle.Pseudowire | PseudowireDown);
        Label(108, ForwardingHandle.Path | Path(Word(208), Tunnel, false));
        Label(109, ForwardingHandle.Path | Path(Word(1048575), DeepTunnel, true));
        Label(110, ForwardingHandle.Vrf | VrfRed);
        Label(111, Pair(Unusable, Unusable, true));
        Label(112, ForwardingHandle.Path | Path(Word(212), Narrow, true));
        Label(113, Pair(Tunnel, CoreIp, true));
        Label(114, ForwardingHandle.Pseudowire | PseudowirePlain);
        Label(115, ForwardingHandle.Vrf);
        Label(116, Pair(Narrow, NarrowIp, true));
        Label(OwnLabel, ForwardingHandle.Local);
        Label(117, Tables.Groups.Add([Pair(CoreLabelled, CoreIp, true), Pair(OtherLabelled, CoreIp, true)], 2));
    }

    private void Routes()
    {
        Route(0, "10.0.0.0/8", ForwardingHandle.Path | Path(0, CoreIp, true));
        Route(0, "10.1.0.0/16", ForwardingHandle.Path | Path(Word(500), CoreLabelled, true));
        Route(0, "10.2.0.0/16", ForwardingHandle.Path | Path(Word(501), Tunnel, false));
        Route(0, "10.3.0.0/16", Group(Path(Word(503), CoreLabelled, true), Path(0, CoreIp, true), Path(Word(603), OtherLabelled, true)));
        Route(0, "10.4.0.0/16", ForwardingHandle.Path | Path(Word(504), Unusable, true));
        Route(0, "10.5.0.0/16", ForwardingHandle.Path | Path(Word(505), Narrow, true));
        Route(0, "192.0.2.0/24", ForwardingHandle.Glean | Core);
        Route(0, "192.0.2.1/32", ForwardingHandle.Local);
        Route(VrfBlue, "172.16.0.0/16", ForwardingHandle.Path | Path(0, CustomerIp, true));
        Route(VrfBlue, "172.16.0.1/32", ForwardingHandle.Local);
        Route(VrfBlue, "172.17.0.0/16", ForwardingHandle.Glean | Blue);
        Route(VrfBlue, "172.18.0.0/16", ForwardingHandle.Path | Path(0, TaggedIp, true));
        Route(VrfBlue, "10.0.0.0/8", ForwardingHandle.Path | Path(Word(700), DeepTunnel, true));
        Route(VrfBlue, "10.9.0.0/16", ForwardingHandle.Path | Path(Word(701), CoreLabelled, false));
        Route(VrfRed, "0.0.0.0/0", ForwardingHandle.Path | Path(Word(702), OtherLabelled, true));
    }

    /// <summary>A service word: S set, TC 0, TTL 255.</summary>
    public static int Word(int label)
    {
        return LabelStackEntry.Word(label, 0, true, 255);
    }

    public int Path(int word, int transport, bool uniform)
    {
        int path = Tables.Paths.Allocate(1);
        Tables.Paths.Set(path, word, transport, uniform);
        return path;
    }

    public void Label(int label, int handle)
    {
        Assert.IsTrue(Tables.Labels.Set(label, handle, ForwardingHandle.ScopeCore));
    }

    public void Route(int vrf, string prefix, int handle)
    {
        Assert.IsTrue(Tables.Prefixes.Set(vrf, Address(prefix.Split('/')[0]), int.Parse(prefix.Split('/')[1]), handle));
    }

    public static uint Address(string dotted)
    {
        return dotted.Split('.').Aggregate(0u, (sum, part) => (sum << 8) | uint.Parse(part));
    }

    private int Pair(int labelled, int ip, bool uniform)
    {
        int path = Tables.Paths.Allocate(2);
        Tables.Paths.Set(path, 0, labelled, uniform);
        Tables.Paths.Set(path + 1, 0, ip, uniform);
        return ForwardingHandle.PathPair | path;
    }

    private int Group(params int[] paths)
    {
        return Tables.Groups.Add([.. paths.Select(p => ForwardingHandle.Path | p)], paths.Length);
    }

    private int Transport(int port, int mtu, string neighbor, int etherType, int vlan, params int[] labels)
    {
        int transport = Tables.Transports.Allocate();
        byte[] source = new byte[6];
        Port[port].GetAddress(source, 0);
        int[] words = [.. labels.Select(label => LabelStackEntry.Word(label, 0, false, 255))];
        Assert.IsTrue(Tables.Transports.Set(transport, port, mtu, Hex.Octets(neighbor), 0, source, 0, etherType, vlan, words, words.Length));
        return transport;
    }

    private int Pseudowire(int flags, int path)
    {
        int row = Tables.Pseudowires.Allocate();
        int at = row * PseudowireTable.Stride;
        Tables.Pseudowires.Record[at] |= flags;
        Tables.Pseudowires.Record[at + PseudowireTable.Path] = path;
        Tables.Pseudowires.Record[at + PseudowireTable.Port] = Circuit;
        Tables.Pseudowires.Record[at + PseudowireTable.MaxFrame] = 1514;
        return row;
    }

    /// <summary>Puts octets into a frame as a port does.</summary>
    public static void Fill(Frame frame, ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(frame.Octets.AsSpan(frame.Headroom));
        frame.Start = frame.Headroom;
        frame.Length = octets.Length;
        frame.Mark = 0;
        frame.Value = 0;
    }

    /// <summary>One frame through the kernel, alone in its burst, with the ledgers checked; what was sent is in <see cref="Log"/>.</summary>
    /// <returns>What <see cref="Outcome"/> says.</returns>
    public string Run(int port, ReadOnlySpan<byte> octets)
    {
        Log.Clear();
        Tables.ExceptionCount = 0;
        int[] dropped = (int[])Tables.Ledger.Dropped.Clone();
        Fill(Frames[0], octets);
        int forwarded = Kernel.Burst(Tables, Frames, 0, 1, port);
        return Outcome(port, forwarded, dropped);
    }

    // "port: octets" of what was sent, "drop REASON", "punt CLASS at OFFSET in CONTEXT" or "refused"; drops that Host hears of have both.
    private string Outcome(int port, int forwarded, int[] before)
    {
        string text = Log.Count == 1 ? $"{Log.Port}: {Convert.ToHexString(Log.Frame)}" : forwarded == 1 ? "refused" : "";
        for (int i = 0; i < before.Length; i++)
        {
            if (Tables.Ledger.Dropped[i] == before[i]) continue;
            Assert.AreEqual(before[i] + 1, Tables.Ledger.Dropped[i]);
            Assert.AreEqual(port, i / DropReason.Count);
            text += "drop " + DropReason.Name(i % DropReason.Count);
        }

        if (Tables.ExceptionCount > 0)
        {
            Assert.AreEqual(1, Tables.ExceptionCount);
            Frame f = Tables.Exceptions[0];
            Assert.AreSame(Frames[0], f);
            Assert.AreEqual(port, f.Port);
            string note = $"punt {PuntClass.Name(f.Mark)} at {f.Offset - f.Headroom} in {f.Context}";
            text = text == "" ? note : $"{text}, {note}";
            if (f.Mark is PuntClass.Resolve or PuntClass.MtuExceeded or PuntClass.MtuExceededLabelled) text += $" value {f.Value}";
            if (f.Mark is PuntClass.Local or PuntClass.LocalIpv6 or PuntClass.Arp or PuntClass.TtlExpired or PuntClass.TtlExpiredLabelled)
            {
                // As Host will: the kernel leaves these frames for it to end.
                Tables.Ledger.Punted[port]++;
                Tables.Ledger.PuntedByClass[f.Mark]++;
            }
        }

        AssertLedgersAddUp();
        return text;
    }

    /// <summary>Received = forwarded + punted + dropped on each port; forwarded, copied and fragments in all = sent + refused in all.</summary>
    public void AssertLedgersAddUp()
    {
        int forwarded = 0;
        int sent = 0;
        for (int p = 0; p < Ports; p++)
        {
            Ledger ledger = Tables.Ledger;
            Assert.AreEqual(ledger.Received[p], ledger.Forwarded[p] + ledger.Punted[p] + ledger.DroppedOn(p), $"ingress ledger of port {p}");
            Assert.AreEqual(Port[p].Offered, Tables.SentOn(p) + ledger.EgressDropped[p], $"egress ledger of port {p}");
            forwarded += ledger.Forwarded[p] + ledger.Copied[p] + ledger.Fragments[p];
            sent += Tables.SentOn(p) + ledger.EgressDropped[p];
        }

        Assert.AreEqual(forwarded, sent, "egress ledger");
    }
}
