using System.Net;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using static LabEdge.Tests.Host.Packets;

namespace LabEdge.Tests.General;

/// <summary>
/// A kernel with tables and five recording ports for IPv4, IPv6 and tunnels: two core ports with labels in the global table, a
/// customer in VRF blue, and two attachment circuits of blue that a test gives reverse path checks.
/// </summary>
public sealed class IpBench
{
    public const int Core = 0, Narrow = 1, Blue = 2, Strict = 3, Loose = 4, Ports = 5;
    public const int VrfBlue = 1;
    public const int NarrowMtu = 200;

    public readonly Tables Tables;
    public readonly BurstKernel Kernel;
    public readonly RecordingPort[] Port = new RecordingPort[Ports];
    public readonly Frame Frame;

    /// <summary>Transports: neighbours on the ports, plain and labelled.</summary>
    public readonly int CoreIp, CoreLabelled, NarrowIp, NarrowLabelled, BlueIp;

    private readonly Frame[] _burst;

    public IpBench(BurstKernel kernel, bool verifyChecksum = true)
    {
        Kernel = kernel;
        Capacity capacity = Capacity.Small();
        capacity.Ports = Ports;
        capacity.Tunnels = 8;
        capacity.VerifyHeaderChecksum = verifyChecksum;
        Tables = new Tables(capacity);
        Frame = new Frame(capacity.Headroom, 9018);
        _burst = [Frame];
        for (int i = 0; i < Ports; i++)
        {
            Port[i] = new RecordingPort($"02000000000{i + 1}");
            Tables.Ports.Attach(i, Port[i]);
        }

        Tables.Ports.SetScope(Core, ForwardingHandle.ScopeCore);
        Tables.Ports.SetScope(Narrow, ForwardingHandle.ScopeCore);
        Untagged(Core, ForwardingHandle.Vrf);
        Untagged(Narrow, ForwardingHandle.Vrf);
        Untagged(Blue, ForwardingHandle.Vrf | VrfBlue);
        Untagged(Strict, Attachment(0, AttachmentTable.ReversePathStrict));
        Untagged(Loose, Attachment(1, AttachmentTable.ReversePathLoose));
        CoreIp = Transport(Core, 1500, 0x0800);
        CoreLabelled = Transport(Core, 1500, 0x8847);
        NarrowIp = Transport(Narrow, NarrowMtu, 0x0800);
        NarrowLabelled = Transport(Narrow, NarrowMtu, 0x8847);
        BlueIp = Transport(Blue, 1500, 0x0800);
    }

    /// <summary>Both forms of the kernel, each with tables of its own.</summary>
    public static IpBench[] Forms() => [new IpBench(new PortableKernel()), new IpBench(new NetKernel())];

    public void Untagged(int port, int handle) => Tables.Ports.Record[port * PortTable.Stride + PortTable.Untagged] = handle;

    private int Attachment(int row, int flags)
    {
        Tables.Attachments.Record[row * AttachmentTable.Stride + AttachmentTable.Service] = ForwardingHandle.Vrf | VrfBlue;
        SetAttachmentFlags(row, flags);
        return ForwardingHandle.Attachment | row;
    }

    public void SetAttachmentFlags(int row, int flags) => Tables.Attachments.Record[row * AttachmentTable.Stride] = AttachmentTable.Used | flags;

    public int Transport(int port, int mtu, int etherType, params int[] labels)
    {
        int transport = Tables.Transports.Allocate();
        byte[] source = new byte[6];
        Port[port].GetAddress(source, 0);
        int[] words = Words(labels);
        Assert.IsTrue(Tables.Transports.Set(transport, port, mtu, Neighbor(port), 0, source, 0, etherType, -1, words, words.Length));
        return transport;
    }

    public static int[] Words(int[] labels) => [.. labels.Select(label => LabelStackEntry.Word(label, 0, false, 255))];

    public static byte[] Neighbor(int port) => Hex.Octets($"02000000010{port + 1}");

    public byte[] Station(int port)
    {
        byte[] address = new byte[6];
        Port[port].GetAddress(address, 0);
        return address;
    }

    /// <param name="label">Service or out label; -1 for none.</param>
    public int Path(int label, int transport, bool uniform = true)
    {
        int path = Tables.Paths.Allocate(1);
        Tables.Paths.Set(path, label < 0 ? 0 : LabelStackEntry.Word(label, 0, true, 255), transport, uniform);
        return path;
    }

    public void Route(int vrf, string prefix, int handle)
    {
        byte[] address = IPAddress.Parse(prefix.Split('/')[0]).GetAddressBytes();
        int bits = int.Parse(prefix.Split('/')[1]);
        Assert.IsTrue(address.Length == 4 ? Tables.Prefixes.Set(vrf, Octets.ReadUInt32(address, 0), bits, handle) : Tables.Prefixes.Set6(vrf, address, 0, bits, handle));
    }

    public void Label(int label, int handle) => Assert.IsTrue(Tables.Labels.Set(label, handle, ForwardingHandle.ScopeCore));

    /// <summary>Sends one frame through the kernel; the ledgers are checked.</summary>
    /// <returns>Frames sent, as "port: octets", then drop and note.</returns>
    public string[] Run(int port, byte[] octets)
    {
        int[] dropped = (int[])Tables.Ledger.Dropped.Clone();
        foreach (RecordingPort recording in Port) recording.Sent.Clear();
        Tables.ExceptionCount = 0;
        octets.CopyTo(Frame.Octets, Frame.Headroom);
        Array.Fill(Frame.Octets, (byte)0xEE, Frame.Headroom + octets.Length, Math.Min(64, Frame.Octets.Length - Frame.Headroom - octets.Length));
        Frame.Start = Frame.Headroom;
        Frame.Length = octets.Length;
        Frame.Value = -1;
        Kernel.Burst(Tables, _burst, 0, 1, port);
        List<string> result = [];
        for (int p = 0; p < Ports; p++) result.AddRange(Port[p].Sent.Select(sent => $"{p}: {Convert.ToHexString(sent)}"));
        for (int i = 0; i < dropped.Length; i++)
        {
            if (Tables.Ledger.Dropped[i] != dropped[i]) result.Add($"drop {DropReason.Name(i % DropReason.Count)}");
        }

        if (Tables.ExceptionCount > 0)
        {
            Assert.AreEqual(1, Tables.ExceptionCount);
            string note = $"punt {PuntClass.Name(Frame.Mark)} at {Frame.Offset - Frame.Headroom} in {Frame.Context}";
            result.Add(Frame.Value >= 0 && Frame.Mark != PuntClass.TtlExpiredLabelled ? $"{note} value {Frame.Value}" : note);
            CollectionAssert.AreEqual(octets, Frame.Octets.AsSpan(Frame.Start, Frame.Length).ToArray(), "a frame noted is as it came");
            if (Frame.Mark is PuntClass.Local or PuntClass.LocalIpv6 or PuntClass.Arp or PuntClass.TtlExpired or PuntClass.TtlExpiredLabelled) Tables.Ledger.Punted[port]++;
        }

        CheckLedgers();
        return [.. result];
    }

    /// <summary>As <see cref="Run"/>, for what must end in one line, in each form; octets on both sides may have blanks.</summary>
    public static void Check(string expected, int port, byte[] octets, Action<IpBench> setup, string what = "")
    {
        foreach (IpBench bench in Forms())
        {
            setup(bench);
            Assert.AreEqual(expected, string.Join(", ", bench.Run(port, octets)), $"{what} {bench.Kernel.GetType().Name}");
        }
    }

    public static string Sent(int port, byte[] frame) => $"{port}: {Convert.ToHexString(frame)}";

    private void CheckLedgers()
    {
        int caused = 0;
        int sent = 0;
        for (int p = 0; p < Ports; p++)
        {
            Ledger ledger = Tables.Ledger;
            Assert.AreEqual(ledger.Received[p], ledger.Forwarded[p] + ledger.Punted[p] + ledger.DroppedOn(p), $"ingress ledger of port {p}");
            Assert.AreEqual(Port[p].Offered, Tables.SentOn(p) + ledger.EgressDropped[p], $"egress ledger of port {p}");
            caused += ledger.Forwarded[p] + ledger.Copied[p] + ledger.Fragments[p] + ledger.Originated[p];
            sent += Tables.SentOn(p) + ledger.EgressDropped[p];
        }

        Assert.AreEqual(caused, sent, "egress ledger");
    }

    /// <summary>A frame as it arrives on a port.</summary>
    public static byte[] Arriving(int port, int etherType, byte[] payload) => Ethernet($"02000000000{port + 1}", "020000000C0D", etherType, payload);

    /// <summary>A frame as it leaves to the neighbour on a port.</summary>
    public static byte[] Leaving(int port, int etherType, byte[] payload) => Ethernet($"02000000010{port + 1}", $"02000000000{port + 1}", etherType, payload);

    public static byte[] Ip6(string source, string destination, int nextHeader, byte[] payload, int hopLimit = 64, int trafficClass = 0, int flowLabel = 0)
    {
        return Join(Four((uint)((6 << 28) | (trafficClass << 20) | flowLabel)), Two(payload.Length), nextHeader, hopLimit,
            IPAddress.Parse(source).GetAddressBytes(), IPAddress.Parse(destination).GetAddressBytes(), payload);
    }

    /// <summary>Octets that differ, so that a wrong order shows.</summary>
    public static byte[] Payload(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7 + i / 256))];
}
