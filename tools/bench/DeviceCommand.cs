using System.CommandLine;
using LabEdge.Emulator.Chips;
using LabEdge.Hal;
using LabEdge.Tests.Guards;
using LabEdge.Tests.Weaving;

namespace LabEdge.Bench;

/// <summary><c>device</c>: what a frame costs on a board, in host instructions of the nanoCLR and in SPI transfers of the W5500.</summary>
public static class DeviceCommand
{
    private const int Burst = 4;
    private const int Frames = 64;

    // Path, what it is, the path it is an addition to (null = itself), divisor, budget (DESIGN section 6).
    private static readonly (string Path, string What, string Beyond, int Parts, int Budget)[] Rows =
    [
        ("swap", "swap", null, 1, 16_500),
        ("php-labelled", "PHP, more labels", null, 1, 17_500),
        ("php-ip", "PHP, to IPv4", null, 1, 17_500),
        ("vrf-in", "VRF ingress, 64 routes", null, 1, 26_500),
        ("vrf-out", "VRF egress, 64 routes", null, 1, 26_000),
        ("vrf-in-1000", "VRF ingress, 1,000 routes", null, 1, 29_500),
        ("vrf-out-1000", "VRF egress, 1,000 routes", null, 1, 29_000),
        ("pw-in", "pseudowire in", null, 1, 19_000),
        ("pw-out", "pseudowire out", null, 1, 19_000),
        ("swap-group", "+ group (labels)", "swap", 1, 5_000),
        ("vrf-in-group", "+ group (addresses)", "vrf-in", 1, 5_000),
        ("vrf-in-tagged", "+ customer tag", "vrf-in", 1, 5_000),
        ("swap-3-labels", "+ each label beyond the first", "swap", 3, 3_300),
        ("vrf-in-checksum", "+ header checksum", "vrf-in", 1, 6_500),
    ];

    public static Command Make()
    {
        BenchOptions options = new();
        Command command = new("device", "Price of every path on a board, feature by feature, and SPI transfers per frame.");
        options.AddTo(command);
        command.SetAction(result =>
        {
            options.Read(result);
            Report report = new("device", "Device");
            report.Add(Prices());
            report.Add(Transfers());
            report.Print(options);
            return 0;
        });
        return command;
    }

    /// <summary>The IL of the portable kernel that really runs, counted block by block in a woven copy and priced (databook nanoclr section 3).</summary>
    public static Table Prices()
    {
        Table table = new($"Host instructions (Ir, -O3) per frame at burst {Burst}, from Receive's return, the Send call included", "path", "Ir", "budget", "verdict");
        Dictionary<string, long> price = Rows.ToDictionary(row => row.Path, row => PriceOf(row.Path));
        foreach ((string path, string what, string beyond, int parts, int budget) in Rows)
        {
            long found = (price[path] - (beyond == null ? 0 : price[beyond])) / parts;
            table.Add(what, found, budget, found <= budget ? "met" : "missed");
        }
        table.Notes.Add("An estimate from counted IL and a fitted price per instruction (tests/Shared/Weaving); no board was at hand.");
        return table;
    }

    private static long PriceOf(string path)
    {
        // The difference of two runs: making the tables costs the same in both and falls out.
        WovenContext world = new("LabEdge.Forwarding");
        Run(world, path, Frames);
        long once = world.Price();
        world.Clear();
        Run(world, path, Frames * 2);
        return (world.Price() - once) / Frames;
    }

    private static void Run(WovenContext world, string path, int count)
    {
        int good = (int)world.Run(typeof(PathScenario), nameof(PathScenario.Run), path, Burst, count);
        if (good != count) throw new InvalidOperationException($"{path}: {good} of {count} frames forwarded");
    }

    /// <summary>The driver over the chip model of the emulator: frames in, the same frames out.</summary>
    public static Table Transfers()
    {
        Table table = new("SPI transfers per frame, W5500", "frames", "burst", "received", "budget in", "sent", "budget out", "verdict");
        foreach (int length in new[] { 60, 590, 1514 })
        {
            foreach (int burst in new[] { 1, 2, 4, 8 })
            {
                (double received, double sent) = TransfersOf(length, burst);
                table.Add($"{length} octets", burst, received, 5.0, sent, 4.0, received <= 5 && sent <= 4 ? "met" : "missed");
            }
        }
        return table;
    }

    private static (double Received, double Sent) TransfersOf(int length, int burst)
    {
        const int Rounds = 1000;
        byte[] address = [2, 0, 0, 0x55, 0, 1];
        W5500Nic nic = new(address, () => 0);
        byte[] octets = new byte[length];
        address.CopyTo(octets, 0);
        Frame[] frames = [.. Enumerable.Range(0, burst).Select(_ => new Frame(NetForwarder.Headroom, NetForwarder.LongestFrame))];
        long receiving = 0;
        long sending = 0;
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < burst; i++) nic.Deliver(octets, 0, length);
            receiving -= nic.Transfers;
            int count = nic.Port.ReceiveBurst(frames, burst);
            receiving += nic.Transfers;
            if (count != burst) throw new InvalidOperationException($"{count} of {burst} frames received");
            sending -= nic.Transfers;
            for (int i = 0; i < count; i++)
            {
                if (!nic.Port.Send(frames[i])) throw new InvalidOperationException("a frame was refused");
            }
            sending += nic.Transfers;
        }
        return (receiving / (double)(Rounds * burst), sending / (double)(Rounds * burst));
    }
}
