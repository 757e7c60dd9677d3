using LabEdge.Bfd;
using LabEdge.Control;
using LabEdge.Tests.Running;
using LabEdge.Tests.Weaving;

namespace LabEdge.Tests.Bfd;

/// <summary>Packets that are nearly right, by a seed (LABEDGE_SEED), against one router; LABEDGE_FUZZ sets their number.</summary>
[TestClass]
public sealed class BfdFuzzTests
{
    private const int Few = 20_000;
    private const int WantedPercent = 90;

    private static readonly string[] Readers = ["OfPacket", "Take", "Receive", "ByDiscriminator", "Find", "Step", "EndPoll", "WentDown", "Forget", "Milliseconds", "TransmitMs", "DetectionMs"];

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Packets_that_are_nearly_right_throw_nothing_and_each_is_taken_or_counted()
    {
        ulong seed = SeededNumbers.Seed;
        int inputs = SeededNumbers.Inputs(Few);
        TestContext.WriteLine($"seed {seed} (LABEDGE_SEED sets another), {inputs} packets (LABEDGE_FUZZ)");
        TestContext.WriteLine(Run(seed, inputs));
    }

    [TestMethod]
    public void The_fuzz_reaches_nine_of_ten_branches_that_read_packets()
    {
        WovenContext world = new("LabEdge.Bfd");
        world.Run(typeof(BfdFuzzTests), nameof(Run), SeededNumbers.Seed, Few);
        List<(Block Block, long Hits)> counted = [.. world.Counted()];
        BranchTable table = new([.. counted.Where(c => Readers.Contains(c.Block.Method)).Select(c => (c.Block.Type, c.Block.Method))], counted);
        TestContext.WriteLine($"seed {SeededNumbers.Seed}, {Few} packets");
        TestContext.WriteLine(table.ToString());
        Assert.IsGreaterThanOrEqualTo(WantedPercent, table.Percent);
    }

    /// <summary>Also runs in the woven world.</summary>
    public static string Run(ulong seed, int inputs)
    {
        SeededNumbers random = new(seed);
        BfdBench bench = new();
        int ups = 0;
        for (int i = 0; i < inputs; i++)
        {
            byte[] payload = Packet(bench, random);
            int ttl = random.OneIn(40) ? random.Below(256) : 255;
            int port = random.OneIn(40) ? 1 : 0;
            int taken = bench.Session.Received;
            int discarded = bench.Module.Discarded.Sum();
            string state = bench.State;
            bench.Receive(payload, ttl == 0 ? 1 : ttl, random.OneIn(40) ? 0x0A000009 : BfdBench.Peer, port, port == 0 ? BfdBench.Own : 0x0A000101);
            int told = bench.Module.Discarded.Sum() - discarded + bench.Session.Received - taken;
            Assert.AreEqual(1, told, $"seed {seed}, packet {i}: taken or counted");
            Assert.IsTrue(bench.State == "Up" == (bench.Answer == "up"), $"seed {seed}, packet {i}: {bench.State} but {bench.Answer}");
            Assert.IsTrue(bench.RouteIsActive == (bench.Answer is "up" or "unknown"), $"seed {seed}, packet {i}: route and {bench.Answer}");
            ups += state != "Up" && bench.State == "Up" ? 1 : 0;
            foreach (byte[] sent in bench.Heard()) bench.Text(sent);
            if (random.OneIn(3)) bench.Wait(random.Below(30));
            if (random.OneIn(200)) bench.Wait(random.Below(2000));
        }
        Assert.IsGreaterThan(inputs / 200, ups, $"seed {seed}: the session comes up again and again");
        return $"taken {bench.Session.Received}, up {ups} times, expired {bench.Session.Expiries} times; "
            + string.Join(", ", Enumerable.Range(1, BfdDiscard.Count - 1).Select(r => $"{BfdDiscard.Text(r)} {bench.Module.Discarded[r]}"));
    }

    private static byte[] Packet(BfdBench bench, SeededNumbers random)
    {
        int state = random.OneIn(12) ? BfdMachine.AdminDown : random.From(1, 3);
        uint your = random.OneIn(20) ? random.Next() : random.OneIn(6) ? 0 : bench.Session.MyDiscriminator;
        int flags = random.OneIn(3) ? random.Below(64) & ~(random.OneIn(5) ? 0 : BfdPacket.Multipoint | BfdPacket.Authentication) : 0;
        uint tx = random.OneIn(10) ? random.Next() / 1000 : (uint)random.Below(300);
        uint rx = random.OneIn(10) ? random.Next() / 1000 : (uint)random.Below(300);
        byte[] octets = bench.Packet(state, random.OneIn(30) ? 0u : random.OneIn(20) ? random.Next() : 7, your, flags, random.OneIn(30) ? 0 : random.From(1, random.OneIn(5) ? 255 : 3), tx, rx, random.Below(32));
        if ((flags & BfdPacket.Authentication) != 0 && !random.OneIn(3))
        {
            octets[BfdPacket.LengthOffset] = 26;
            return [.. octets, 1, 2];
        }
        if (random.OneIn(25)) octets[random.Below(octets.Length)] = (byte)random.Next();
        if (random.OneIn(25)) octets[BfdPacket.LengthOffset] = (byte)(24 + random.From(-3, 6));
        return random.OneIn(25) ? octets[..random.Below(25)] : random.OneIn(8) ? [.. octets, .. new byte[random.Below(8)]] : octets;
    }
}
