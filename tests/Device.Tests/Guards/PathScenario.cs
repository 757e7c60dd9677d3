using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Tests.Guards;

/// <summary>Takes every frame and forgets it: what is priced is the path up to and including the call.</summary>
public sealed class NullPort : IEthernetPort
{
    public int Sent;

    public LinkKind Kind => LinkKind.Ethernet;

    public bool LinkUp => true;

    public int MaxFrameLength => 1514;

    public bool Receive(Frame frame) => false;

    public int ReceiveBurst(Frame[] frames, int max) => 0;

    public bool Send(Frame frame)
    {
        Sent++;
        return true;
    }

    public void Flush()
    {
    }

    public void GetAddress(byte[] address, int offset)
    {
        byte[] own = [0x02, 0, 0, 0, 0, 9];
        own.CopyTo(address, offset);
    }

    public bool SetPromiscuous(bool on) => true;
}

/// <summary>One path of the kernel, run many times on the same frame in bursts: called inside the woven world.</summary>
public static class PathScenario
{
    public static readonly string[] Paths =
    [
        "swap", "php-labelled", "php-ip", "vrf-in", "vrf-out", "pw-in", "pw-out", "swap-group", "swap-3-labels", "vrf-in-group",
        "vrf-in-tagged", "vrf-in-checksum", "vrf-in-1000", "vrf-out-1000",
    ];

    /// <returns>Frames that were forwarded; must be <paramref name="count"/>.</returns>
    public static int Run(string path, int burst, int count)
    {
        Capacity capacity = Capacity.Board();
        capacity.VerifyHeaderChecksum = path.EndsWith("checksum", StringComparison.Ordinal);
        Tables tables = new(capacity);
        NullPort port = new();
        for (int i = 0; i < 3; i++) tables.Ports.Attach(i, port);
        bool customer = path.StartsWith("vrf-in", StringComparison.Ordinal) || path == "pw-in";
        if (!customer) tables.Ports.SetScope(0, ForwardingHandle.ScopeCore);
        byte[] mac = [2, 0, 0, 0, 0, 5];
        int plain = tables.Transports.Allocate();
        int labelled = tables.Transports.Allocate();
        int tunnel = tables.Transports.Allocate();
        int deep = tables.Transports.Allocate();
        tables.Transports.Set(plain, 1, 1500, mac, 0, mac, 0, 0x0800, -1, [], 0);
        tables.Transports.Set(labelled, 1, 1500, mac, 0, mac, 0, 0x8847, -1, [], 0);
        tables.Transports.Set(tunnel, 1, 1500, mac, 0, mac, 0, 0x8847, -1, [(17 << 12) | 255], 1);
        tables.Transports.Set(deep, 1, 1500, mac, 0, mac, 0, 0x8847, -1, [(17 << 12) | 255, (18 << 12) | 255, (19 << 12) | 255], 3);

        int swap = Path(tables, (24001 << 12) | 0x1FF, labelled, false);
        int swapDeep = Path(tables, (24001 << 12) | 0x1FF, deep, true);
        int pop = tables.Paths.Allocate(2);
        tables.Paths.Set(pop, 0, labelled, false);
        tables.Paths.Set(pop + 1, 0, plain, false);
        int vpn = Path(tables, (301 << 12) | 0x1FF, tunnel, true);
        int local = Path(tables, 0, plain, false);
        int pseudowirePath = Path(tables, (201 << 12) | 0x1FF, tunnel, false);

        tables.Labels.Set(100, ForwardingHandle.Path | swap, ForwardingHandle.ScopeCore);
        tables.Labels.Set(101, ForwardingHandle.PathPair | pop, ForwardingHandle.ScopeCore);
        tables.Labels.Set(102, ForwardingHandle.Vrf | 3, ForwardingHandle.ScopeCore);
        tables.Labels.Set(103, ForwardingHandle.Pseudowire, ForwardingHandle.ScopeCore);
        tables.Labels.Set(104, tables.Groups.Add([ForwardingHandle.Path | swap, ForwardingHandle.Path | swap], 2), ForwardingHandle.ScopeCore);
        tables.Labels.Set(105, ForwardingHandle.Path | swapDeep, ForwardingHandle.ScopeCore);

        int group = tables.Groups.Add([ForwardingHandle.Path | vpn, ForwardingHandle.Path | vpn], 2);
        int leaf = path == "vrf-in-group" ? group : path.StartsWith("vrf-out", StringComparison.Ordinal) ? ForwardingHandle.Path | local : ForwardingHandle.Path | vpn;

        // 64 routes over 8 VRFs, or 1,000 in one; the destination is nested twice (10/8, 10.1/16, 10.1.n/24).
        int routes = path.EndsWith("1000", StringComparison.Ordinal) ? 1000 : 8;
        tables.Prefixes.Set(3, 0x0A000000, 8, leaf);
        tables.Prefixes.Set(3, 0x0A010000, 16, leaf);
        for (int i = 0; i < routes - 2; i++) tables.Prefixes.Set(3, 0x0A010000 + (uint)(i << 8), 24, leaf);
        for (int v = 4; v < 11 && routes == 8; v++)
        {
            for (int i = 0; i < 8; i++) tables.Prefixes.Set(v, 0x0A010000 + (uint)(i << 8), 24, leaf);
        }

        int pw = tables.Pseudowires.Allocate() * PseudowireTable.Stride;
        tables.Pseudowires.Record[pw] |= PseudowireTable.Up | PseudowireTable.ControlWord;
        tables.Pseudowires.Record[pw + PseudowireTable.Path] = pseudowirePath;
        tables.Pseudowires.Record[pw + PseudowireTable.Port] = 2;
        tables.Pseudowires.Record[pw + PseudowireTable.MaxFrame] = 1514;
        int ports = 0;
        tables.Ports.Record[ports + PortTable.Untagged] = customer && path != "pw-in" ? ForwardingHandle.Vrf | 3 : 0;
        if (path == "pw-in") tables.Ports.Record[ports + PortTable.Any] = ForwardingHandle.Pseudowire;
        if (path == "vrf-in-tagged") tables.Circuits.Set(0, 10, ForwardingHandle.Vrf | 3);

        byte[] template = Convert.FromHexString(Octets(path).Replace(" ", ""));
        Frame[] frames = new Frame[burst];
        for (int i = 0; i < burst; i++) frames[i] = new Frame(capacity.Headroom, capacity.MaxFrameLength);
        int good = 0;
        PortableKernel kernel = new();
        for (int done = 0; done < count; done += burst)
        {
            foreach (Frame frame in frames)
            {
                template.CopyTo(frame.Octets, frame.Headroom);
                frame.Start = frame.Headroom;
                frame.Length = template.Length;
            }

            good += kernel.Burst(tables, frames, 0, burst, 0);
        }

        return good;
    }

    private static int Path(Tables tables, int word, int transport, bool uniform)
    {
        int path = tables.Paths.Allocate(1);
        tables.Paths.Set(path, word, transport, uniform);
        return path;
    }

    private static string Octets(string path)
    {
        const string Link = "020000000009 020000000001 ";
        const string Ip = "4500002E00010000401163B2 0A090001 0A010302 0102030405060708090A0B0C0D0E0F101112131415161718191A";
        return path switch
        {
            "swap" => Link + "8847 00064140" + Ip,
            "swap-3-labels" => Link + "8847 00069140" + Ip,
            "swap-group" => Link + "8847 00068140" + Ip,
            "php-labelled" => Link + "8847 00065040 00066140" + Ip,
            "php-ip" => Link + "8847 00065120" + Ip,
            "vrf-out" or "vrf-out-1000" => Link + "8847 00066140" + Ip,
            "pw-out" => Link + "8847 000671FF 00000000 020000000007 020000000008 0800" + Ip,
            "vrf-in-tagged" => Link + "8100 000A 0800" + Ip,
            _ => Link + "0800" + Ip,
        };
    }
}
