using LabEdge.Emulator.Chips;
using LabEdge.Hal;
using LabEdge.Hal.Enc28j60;

namespace LabEdge.Tests;

/// <summary>
/// A long run of anything in any order, from a seed: what came is what was delivered, what left is what was sent.
/// A longer one: <see cref="RandomRun"/>.
/// </summary>
[TestClass]
public class Enc28j60RandomTests
{

    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(1, false)]
    [DataRow(2, true)]
    public void No_frame_is_lost_without_a_counter_and_none_is_invented(int seed, bool faults)
    {
        long frameGoal = RandomRun.Frames(TestContext);
        Random random = new(seed);
        TestContext.WriteLine($"seed {seed}, faults {faults}, {frameGoal} frames each way");
        Enc28j60Bench bench = new(wired: seed % 2 == 0);
        Queue<byte[]> waiting = new();
        Queue<byte[]> leaving = new();
        Frame[] frames = ChipFrames.Pool(16);
        long matched = 0;
        long left = 0;
        long resynced = 0;
        long delivered = 0;
        long asked = 0;
        for (int operation = 0; matched < frameGoal || left < frameGoal; operation++)
        {
            string where = $"seed {seed} operation {operation}";
            Assert.IsLessThan(20 * frameGoal, operation, where + ": the frames do not get through");
            switch (random.Next(10))
            {
                case 0 or 1 or 2:
                    for (int burst = RandomRun.Burst(random); burst > 0; burst--)
                    {
                        byte[] octets = ChipFrames.Make(random.Next(4) == 0 ? random.Next(1, 1700) : random.Next(60, 1515), operation + burst);
                        if (faults && random.Next(500) == 0) bench.Chip.Buffer.NextCount = random.Next(0x10000);
                        long queued = bench.Chip.Buffer.FramesQueued;
                        bench.Deliver(octets, random.Next(20) != 0);
                        delivered++;
                        bench.Chip.Buffer.NextCount = -1;
                        if (bench.Chip.Buffer.FramesQueued != queued) waiting.Enqueue(octets);
                    }

                    break;
                case 3 or 4 or 5:
                    uint resyncs = bench.Port.RxResyncs;
                    int count = bench.Port.ReceiveBurst(frames, random.Next(1, 17));
                    for (int i = 0; i < count; i++)
                    {
                        Assert.IsTrue(waiting.TryDequeue(out byte[] expected), where + ": invented");
                        Assert.IsTrue(expected.AsSpan().SequenceEqual(frames[i].Octets.AsSpan(frames[i].Start, frames[i].Length)), where);
                        matched++;
                    }

                    if (bench.Port.RxResyncs != resyncs)
                    {
                        resynced += waiting.Count;
                        waiting.Clear();
                    }

                    break;
                case 6 or 7 or 8:
                    byte[] given = ChipFrames.Make(random.Next(14, 1516), operation);
                    asked++;
                    if (bench.Port.Send(ChipFrames.Load(given, random.Next(2, 113)))) leaving.Enqueue(given);
                    if (random.Next(2) == 0) bench.Rest();
                    bench.Port.Flush();
                    break;
                default:
                    Disturb(bench, random, faults);
                    break;
            }

            // A frame may be lost to a pulled cable, a stuck transmitter or sixteen collisions: what leaves is in order all the same.
            foreach (byte[] sent in bench.Sent)
            {
                byte[] expected;
                do
                {
                    Assert.IsTrue(leaving.TryDequeue(out expected), where + ": invented on the wire");
                }
                while (!Same(expected, sent));
                left++;
            }

            bench.Sent.Clear();
        }

        bench.Chip.SetLink(true);
        bench.Rest(1000);
        matched += bench.Drain().Count;
        Assert.AreEqual(bench.Chip.Buffer.FramesQueued, matched + resynced);
        Assert.AreEqual(matched, (long)bench.Port.RxFrames);
        Assert.AreEqual(resynced, (long)bench.Port.RxResyncFrames);
        Assert.AreEqual(left, bench.Chip.Buffer.FramesSent);
        Enc28j60Buffer chip = bench.Chip.Buffer;
        Assert.AreEqual(delivered, chip.FramesQueued + chip.DropsClosed + chip.DropsFiltered + chip.DropsLength + chip.DropsOverflow, "a frame from the wire has no counter");
        Enc28j60Port port = bench.Port;
        Assert.AreEqual(
            asked,
            (long)port.TxFrames + port.TxDropsNotOpen + port.TxDropsLinkDown + port.TxDropsTooLong + port.TxDropsTooShort + port.TxDropsNoRoom + port.TxDropsTimeout,
            "a frame for the wire has no counter");
        TestContext.WriteLine(
            $"received {matched}, overflowed {bench.Chip.Buffer.DropsOverflow} ({bench.Port.RxOverflows} looks), lost in {bench.Port.RxResyncs} resyncs {resynced}, sent {left}, lost by the chip "
            + $"{bench.Chip.Buffer.SendsLost}, late collisions {bench.Port.TxLateCollisions}, given up {bench.Port.TxAborted}, timeouts {bench.Port.SendTimeouts}, link changes {bench.Port.LinkChanges}, transfers {bench.Chip.Transfers}");
        Assert.AreEqual(0, bench.Chip.Misuses, bench.Chip.LastMisuse);
        if (faults)
        {
            Assert.IsGreaterThan(10u, bench.Port.RxResyncs);
            Assert.IsGreaterThan(10u, bench.Port.TxLateCollisions);
            Assert.IsGreaterThan(0u, bench.Port.SendTimeouts);
        }
        else
        {
            Assert.AreEqual((0u, 0u, 0L), (bench.Port.RxResyncs, bench.Port.SendTimeouts, bench.Chip.Buffer.SendsLost));
            Assert.AreEqual(bench.Port.TxFrames, left);
        }
    }

    private static bool Same(byte[] expected, byte[] sent) =>
        sent.Length == Math.Max(60, expected.Length) && expected.AsSpan().SequenceEqual(sent.AsSpan(0, expected.Length)) && sent.AsSpan(expected.Length).IndexOfAnyExcept((byte)0) < 0;

    private static void Disturb(Enc28j60Bench bench, Random random, bool faults)
    {
        bench.Rest(0);
        switch (random.Next(faults ? 7 : 3))
        {
            case 0 or 1:
                bench.NowUs += random.Next(2000);
                break;
            case 2:
                bench.Chip.PacketFlagSilent = random.Next(2) == 0;
                break;
            case 3 or 4:
                bench.Chip.Buffer.LateCollisions = random.Next(4) == 0 ? 20 : random.Next(4);
                break;
            case 5:
                bench.Chip.SetLink(random.Next(4) != 0);
                bench.NowUs += random.Next(200_000);
                break;
            default:
                bench.Chip.Buffer.StuckSend = random.Next(4) == 0;
                break;
        }
    }
}
