using LabEdge.Emulator.Chips;
using LabEdge.Hal;
using LabEdge.Hal.W5500;

namespace LabEdge.Tests;

/// <summary>Transfers per frame, by the chip's count, and octets allocated.</summary>
[TestClass]
public class W5500BudgetTests
{
    private const int Rounds = 1000;
    private const double ReceiveBudget = 5;
    private const double SendBudget = 4;

    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(4)]
    [DataRow(8)]
    public void A_received_frame_costs_at_most_5_transfers(int burst)
    {
        foreach (int length in new[] { 60, 590, 1514 })
        {
            W5500Bench bench = new();
            Frame[] frames = ChipFrames.Pool(burst);
            byte[] octets = ChipFrames.Make(length);
            int most = 0;
            for (int round = 0; round < Rounds; round++)
            {
                for (int i = 0; i < burst; i++) bench.Deliver(octets);
                long before = bench.Chip.Transfers;
                Assert.AreEqual(burst, bench.Port.ReceiveBurst(frames, burst));
                most = Math.Max(most, (int)(bench.Chip.Transfers - before));
            }

            double each = (double)bench.Chip.Transfers / (Rounds * burst);
            Say($"receive, burst {burst}, {length} octets: {each:F2} transfers per frame (most in a burst {most}), {bench.Chip.OctetsMoved / (double)(Rounds * burst):F0} SPI octets");
            Assert.IsLessThanOrEqualTo(ReceiveBudget, each);
            Assert.IsLessThanOrEqualTo(4 + burst, most, "3 and one per frame, and now and then a look at the link");
        }
    }

    [TestMethod]
    public void A_sent_frame_costs_at_most_4_transfers()
    {
        foreach ((int first, int second) in new[] { (60, 60), (590, 590), (1514, 1514) })
        {
            W5500Bench bench = new();
            double each = SendPairs(bench, first, second, 0, out int most);
            Say($"send back to back, {first} octets: {each:F2} transfers per frame (most {most})");
            Assert.IsLessThanOrEqualTo(SendBudget, each);
            Assert.IsLessThanOrEqualTo((int)SendBudget, most);
        }

        double paced = SendPairs(new W5500Bench(), 1514, 60, 1, out int mostPaced);
        Say($"send, 1514 and 60 octets in turn, 1 ms apart: {paced:F2} transfers per frame (most {mostPaced})");
        Assert.IsLessThanOrEqualTo((int)SendBudget, mostPaced);

        // A bus ten times as quick as a board's gets to the next frame while the last one is on the wire: one look after another.
        W5500Bench quick = new();
        quick.Chip.NanosecondsPerTransfer = 5_000;
        double waiting = SendPairs(quick, 1514, 60, 0, out int mostWaiting);
        Say($"send back to back on a quick bus, 1514 and 60 octets in turn: {waiting:F2} transfers per frame (most {mostWaiting})");
        Assert.IsLessThanOrEqualTo((int)SendBudget + 20, mostWaiting);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void A_forwarded_frame_stays_within_both_budgets(int burst)
    {
        // Two ports of one router, traffic both ways, the lab's clock standing still: only SPI takes time.
        W5500Bench[] ports = [new(), new()];
        Frame[][] frames = [ChipFrames.Pool(burst), ChipFrames.Pool(burst)];
        Random random = new(1);
        long receiving = 0;
        long sending = 0;
        for (int round = 0; round < Rounds; round++)
        {
            for (int side = 0; side < 2; side++)
            {
                for (int i = 0; i < burst; i++) ports[side].Deliver(ChipFrames.Make(random.Next(60, 1515), i));
                receiving -= ports[side].Chip.Transfers;
                Assert.AreEqual(burst, ports[side].Port.ReceiveBurst(frames[side], burst));
                receiving += ports[side].Chip.Transfers;
                W5500Bench egress = ports[1 - side];
                sending -= egress.Chip.Transfers;
                for (int i = 0; i < burst; i++) Assert.IsTrue(egress.Port.Send(frames[side][i]));
                sending += egress.Chip.Transfers;
            }
        }

        double each = receiving / (2.0 * Rounds * burst);
        double sent = sending / (2.0 * Rounds * burst);
        Say($"forwarding both ways, burst {burst}, random lengths: {each:F2} transfers per received, {sent:F2} per sent frame");
        Assert.IsLessThanOrEqualTo(ReceiveBudget, each);
        Assert.IsLessThanOrEqualTo(SendBudget, sent);
    }

    [TestMethod]
    public void Nothing_is_allocated_in_100000_rounds()
    {
        W5500Nic nic = new(ChipFrames.Mac, () => 0);
        long sent = 0;
        nic.Transmit = (_, _, count) => sent += count;
        Frame[] frames = ChipFrames.Pool(4);
        byte[] octets = ChipFrames.Make(1514);
        for (int round = 0; round < 100; round++) Round(nic, frames, octets, round);
        AllocationMeter meter = new();
        for (int round = 0; round < 100_000; round++) Round(nic, frames, octets, round);
        long allocated = meter.Octets;
        Say($"100,000 rounds: {allocated} octets allocated, {nic.FramesReceived} received, {nic.FramesSent} sent, {nic.Transfers} transfers");
        Assert.AreEqual(0, allocated);
        Assert.IsGreaterThan(200_000, nic.FramesReceived);
        Assert.AreEqual(nic.FramesReceived, nic.FramesSent);
    }

    private static void Round(W5500Nic nic, Frame[] frames, byte[] octets, int round)
    {
        for (int i = 0; i <= round % 4; i++) nic.Deliver(octets, 0, 42 + (round * 7 + i * 331) % 1473);
        int count = nic.Port.ReceiveBurst(frames, 4);
        for (int i = 0; i < count; i++) nic.Port.Send(frames[i]);
    }

    private static double SendPairs(W5500Bench bench, int first, int second, int pauseMs, out int most)
    {
        Frame[] frames = [ChipFrames.Load(ChipFrames.Make(first)), ChipFrames.Load(ChipFrames.Make(second))];
        most = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long before = bench.Chip.Transfers;
            Assert.IsTrue(bench.Port.Send(frames[round & 1]));
            most = Math.Max(most, (int)(bench.Chip.Transfers - before));
            if (pauseMs > 0) bench.Rest(pauseMs);
        }

        return (double)bench.Chip.Transfers / Rounds;
    }

    private void Say(string line) => TestContext.WriteLine(line);
}
