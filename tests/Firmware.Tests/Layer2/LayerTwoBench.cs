using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Tests.Layer2;

/// <summary>
/// One kernel form with tables and six recording ports, nothing configured but the core: port 0 takes labels and leads to a neighbour by
/// one transport, or through a tunnel with one label. A test adds circuits, pseudowires and bridge domains as it needs them.
/// </summary>
public sealed class LayerTwoBench
{
    public const int Core = 0, Ports = 6, Untagged = -1, AnyFrame = -2;
    public const int LongestFrame = 1600;

    /// <summary>Link header that our core port sends, and the one that it receives.</summary>
    public const string CoreOut = "020000000101 020000000001 8847 ", CoreIn = "020000000001 020000000101 8847 ";

    public readonly Tables Tables;
    public readonly BurstKernel Kernel;
    public readonly RecordingPort[] Port = new RecordingPort[Ports];
    public readonly Frame[] Frames;
    public readonly SendLog Log = new(1 << 20);
    public readonly int Neighbor, Tunnel, Narrow, Unusable;

    public LayerTwoBench(BurstKernel kernel, Action<Capacity> adjust = null)
    {
        Kernel = kernel;
        Capacity capacity = Capacity.Board();
        capacity.Ports = Ports;
        capacity.MaxFrameLength = LongestFrame;
        adjust?.Invoke(capacity);
        Tables = new Tables(capacity) { Now = 1000 };
        Frames = [.. Enumerable.Range(0, 8).Select(_ => new Frame(capacity.Headroom, LongestFrame))];
        for (int i = 0; i < Ports; i++)
        {
            Port[i] = new RecordingPort($"02000000000{i + 1}") { Log = Log, Index = i };
            Tables.Ports.Attach(i, Port[i]);
        }

        Tables.Ports.SetScope(Core, ForwardingHandle.ScopeCore);
        Neighbor = Transport(1508);
        Tunnel = Transport(1508, 3001);
        Narrow = Transport(208);
        Unusable = Tables.Transports.Allocate();
    }

    /// <summary>The same test with each kernel form.</summary>
    public static void InBoth(Action<LayerTwoBench> test, Action<Capacity> adjust = null)
    {
        test(new LayerTwoBench(new PortableKernel(), adjust));
        test(new LayerTwoBench(new NetKernel(), adjust));
    }

    public int Transport(int mtu, params int[] labels)
    {
        int transport = Tables.Transports.Allocate();
        int[] words = [.. labels.Select(label => LabelStackEntry.Word(label, 0, false, 255))];
        Assert.IsTrue(Tables.Transports.Set(transport, Core, mtu, Hex.Octets("020000000101"), 0, Hex.Octets("020000000001"), 0, 0x8847, -1, words, words.Length));
        return transport;
    }

    /// <param name="selector">VLAN, outer | inner &lt;&lt; 12 | DoubleTagged, <see cref="Untagged"/> or <see cref="AnyFrame"/>.</param>
    /// <returns>The row; it is up for frames of 1,522 octets, pops <paramref name="pop"/> tags and pushes as many words as are given.</returns>
    public int Attachment(int port, int selector, int pop = 0, int egressPop = 0, int flags = 0, params uint[] push)
    {
        AttachmentTable table = Tables.Attachments;
        int row = table.Allocate(port);
        table.SetTags(row, pop, egressPop, push.Length, push.Length > 0 ? (int)push[0] : 0, push.Length > 1 ? (int)push[1] : 0);
        table.Record[row * AttachmentTable.Stride + AttachmentTable.MaxFrame] = 1522;
        table.Record[row * AttachmentTable.Stride + AttachmentTable.Flags] |= flags;
        int handle = ForwardingHandle.Attachment | row;
        int record = port * PortTable.Stride;
        if (selector == AnyFrame)
        {
            Tables.Ports.Record[record + PortTable.Any] = handle;
            return row;
        }

        Tables.Ports.Record[record + PortTable.Any] = ForwardingHandle.Classify;
        if (selector == Untagged) Tables.Ports.Record[record + PortTable.Untagged] = handle;
        else Assert.IsTrue(Tables.Circuits.Set(port, selector, handle));
        return row;
    }

    public void Serve(int attachment, int service) =>
        Tables.Attachments.Record[attachment * AttachmentTable.Stride + AttachmentTable.Service] = service;

    /// <summary>A pseudowire that is up: sent with label <paramref name="remote"/>, received with label <paramref name="local"/>.</summary>
    public int Pseudowire(int local, int remote, int flags, int service, int transport = -1, int tag = 0, bool uniform = false)
    {
        PseudowireTable table = Tables.Pseudowires;
        int row = table.Allocate();
        Assert.IsTrue(table.SetMode(row, flags, tag));
        int path = Tables.Paths.Allocate(1);
        Tables.Paths.Set(path, LabelStackEntry.Word(remote, 0, true, 255), transport < 0 ? Neighbor : transport, uniform);
        table.Record[row * PseudowireTable.Stride + PseudowireTable.Path] = path;
        table.Connect(row, service);
        table.SetUp(row, true);
        Assert.IsTrue(Tables.Labels.Set(local, ForwardingHandle.Pseudowire | row, ForwardingHandle.ScopeCore));
        return row;
    }

    /// <summary>A pseudowire of a port in port mode, frames of 1,522 octets.</summary>
    public int PortMode(int port, int local, int remote, int flags, int transport = -1, int tag = 0)
    {
        PseudowireTable table = Tables.Pseudowires;
        int row = Pseudowire(local, remote, flags, ForwardingHandle.None, transport, tag);
        table.Record[row * PseudowireTable.Stride + PseudowireTable.Port] = port;
        table.Record[row * PseudowireTable.Stride + PseudowireTable.MaxFrame] = 1522;
        table.SetUp(row, true);
        Tables.Ports.Record[port * PortTable.Stride + PortTable.Any] = ForwardingHandle.Pseudowire | row;
        return row;
    }

    public int Bridge(int flags = 0, int macLimit = 100) => Tables.Bridges.Allocate(flags, macLimit);

    public void Join(int domain, int horizon, params int[] attachments)
    {
        foreach (int row in attachments) Assert.IsTrue(Tables.Bridges.Join(domain, ForwardingHandle.Attachment | row, horizon));
    }

    public void JoinPseudowire(int domain, int horizon, params int[] rows)
    {
        foreach (int row in rows)
        {
            Assert.IsTrue(Tables.Bridges.Join(domain, ForwardingHandle.Pseudowire | row, horizon));
            Tables.Pseudowires.SetUp(row, true);
        }
    }

    /// <summary>One frame, alone in its burst; the ledgers are checked.</summary>
    /// <returns>"port: octets" of each frame sent, in order, joined by " + "; "drop REASON"; "kept" for a fragment; "refused".</returns>
    public string Run(int port, string received) => Run(port, Hex.Octets(received));

    public string Run(int port, byte[] octets)
    {
        Ledger ledger = Tables.Ledger;
        Log.Clear();
        Tables.ExceptionCount = 0;
        int[] dropped = (int[])ledger.Dropped.Clone();
        int kept = ledger.PuntedByClass[PuntClass.Fragment];
        Frame f = Frames[0];
        octets.CopyTo(f.Octets, f.Headroom);
        f.Start = f.Headroom;
        f.Length = octets.Length;
        int forwarded = Kernel.Burst(Tables, Frames, 0, 1, port);
        List<string> ends = [.. Sent()];
        if (forwarded == 1 && ends.Count == 0) ends.Add("refused");
        for (int i = 0; i < dropped.Length; i++)
        {
            if (ledger.Dropped[i] == dropped[i]) continue;
            Assert.AreEqual(dropped[i] + 1, ledger.Dropped[i]);
            Assert.AreEqual(port, i / DropReason.Count);
            ends.Add("drop " + DropReason.Name(i % DropReason.Count));
            Assert.AreEqual(0, forwarded);
            Assert.AreEqual(Hex.Text(octets), Hex.Text(f.Octets, f.Headroom, octets.Length), "a dropped frame is left as it came");
        }

        if (ledger.PuntedByClass[PuntClass.Fragment] != kept) ends.Add("kept");
        Assert.AreEqual(0, Tables.ExceptionCount);
        AssertLedgersAddUp();
        return string.Join(" + ", ends);
    }

    /// <summary>As <see cref="Run(int, string)"/>, compared with what is expected: octets with blanks, no matter where.</summary>
    public void Expect(string what, int port, string received, string outcome)
    {
        Assert.AreEqual(Plain(outcome), Run(port, received), $"{what}, {Kernel.GetType().Name}");
    }

    public static string Plain(string outcome) => string.Join(" + ", outcome.Split(" + ").Select(part => part.Length > 1 && part[1] == ':'
        ? part[..2] + " " + string.Concat(part[2..].Where(c => !char.IsWhiteSpace(c))) : part));

    /// <summary>"port: octets" of each frame in the log.</summary>
    public IEnumerable<string> Sent()
    {
        byte[] log = Log.Octets.ToArray();
        for (int at = 0; at < log.Length;)
        {
            int length = (log[at + 2] << 8) | log[at + 3];
            yield return $"{log[at]}: {Convert.ToHexString(log, at + 4, length)}";
            at += 4 + length;
        }
    }

    public void AssertLedgersAddUp()
    {
        Ledger ledger = Tables.Ledger;
        int causes = 0;
        int ends = 0;
        for (int p = 0; p < Ports; p++)
        {
            Assert.AreEqual(ledger.Received[p], ledger.Forwarded[p] + ledger.Punted[p] + ledger.DroppedOn(p), $"ingress ledger of port {p}");
            Assert.AreEqual(Port[p].Offered, Tables.SentOn(p) + ledger.EgressDropped[p], $"egress ledger of port {p}");
            causes += ledger.Forwarded[p] + ledger.Copied[p] + ledger.Fragments[p] + ledger.Originated[p];
            ends += Tables.SentOn(p) + ledger.EgressDropped[p];
        }

        Assert.AreEqual(causes, ends, "egress ledger");
    }
}
