using LabEdge.Emulator.Chips;
using LabEdge.Hal;

namespace LabEdge.Tests;

/// <summary>Transfers per frame, by the chip's count, and octets allocated.</summary>
[TestClass]
public class Enc28j60BudgetTests
{
    private const int Rounds = 1000;
    private const double ReceiveBudget = 5;

    // DESIGN section 6 has 4 for a sent frame. This chip cannot: EWRPT, ETXND and the flags are registers of one octet, one transfer each.
    private const double SendMost = 8;

    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(1, 60)]
    [DataRow(1, 590)]
    [DataRow(1, 1514)]
    [DataRow(4, 60)]
    [DataRow(4, 590)]
    [DataRow(4, 1514)]
    public void A_received_frame_costs_at_most_5_transfers(int burst, int length)
    {
        Enc28j60Bench bench = new(wired: false);
        Frame[] frames = ChipFrames.Pool(burst);
        byte[] octets = ChipFrames.Make(length);
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < burst; i++) bench.Deliver(octets);
            Assert.AreEqual(burst, bench.Port.ReceiveBurst(frames, burst));
        }

        double each = (double)bench.Chip.Transfers / (Rounds * burst);
        TestContext.WriteLine($"receive, burst {burst}, {length} octets: {each:F2} transfers per frame, {bench.Chip.OctetsMoved / (double)(Rounds * burst):F0} SPI octets");
        Assert.IsLessThanOrEqualTo(ReceiveBudget, each);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void A_forwarded_frame_stays_within_what_the_chip_needs(int burst)
    {
        Enc28j60Bench[] ports = [new(), new()];
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
                Enc28j60Bench egress = ports[1 - side];
                for (int i = 0; i < burst; i++)
                {
                    egress.Rest();
                    sending -= egress.Chip.Transfers;
                    Assert.IsTrue(egress.Port.Send(frames[side][i]));
                    sending += egress.Chip.Transfers;
                }
            }
        }

        double each = receiving / (2.0 * Rounds * burst);
        double sent = sending / (2.0 * Rounds * burst);
        TestContext.WriteLine($"forwarding both ways, burst {burst}, random lengths: {each:F2} transfers per received, {sent:F2} per sent frame (bank switches and link checks included)");
        Assert.IsLessThanOrEqualTo(burst == 1 ? 7.0 : ReceiveBudget, each);
        Assert.IsLessThanOrEqualTo(SendMost + 1, sent);
    }

    [TestMethod]
    public void Nothing_is_allocated_in_100000_rounds()
    {
        Enc28j60Nic nic = new(ChipFrames.Mac, () => 0);
        long sent = 0;
        nic.Transmit = (_, _, count) => sent += count;
        Frame[] frames = ChipFrames.Pool(4);
        byte[] octets = ChipFrames.Make(1514);
        for (int round = 0; round < 100; round++) Round(nic, frames, octets, round);
        AllocationMeter meter = new();
        for (int round = 0; round < 100_000; round++) Round(nic, frames, octets, round);
        long allocated = meter.Octets;
        TestContext.WriteLine($"100,000 rounds: {allocated} octets allocated, {nic.FramesReceived} received, {nic.FramesSent} sent, {nic.Transfers} transfers");
        Assert.AreEqual(0, allocated);
        Assert.IsGreaterThan(200_000, nic.FramesReceived);
        Assert.AreEqual(nic.FramesReceived, nic.FramesSent);
    }

    private static void Round(Enc28j60Nic nic, Frame[] frames, byte[] octets, int round)
    {
        for (int i = 0; i <= round % 4; i++) nic.Deliver(octets, 0, 42 + (round * 7 + i * 331) % 1473);
        int count = nic.Port.ReceiveBurst(frames, 4);
        for (int i = 0; i < count; i++) nic.Port.Send(frames[i]);
    }
}
