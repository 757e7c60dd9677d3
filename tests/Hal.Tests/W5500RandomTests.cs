using LabEdge.Emulator.Chips;
using LabEdge.Hal;
using LabEdge.Hal.W5500;

namespace LabEdge.Tests;

/// <summary>
/// A long run of anything in any order, from a seed: what came is what was delivered, what left is what was sent.
/// A longer one: <see cref="RandomRun"/>.
/// </summary>
[TestClass]
public class W5500RandomTests
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
        W5500Bench bench = new(wired: seed % 2 == 0);
        Queue<byte[]> waiting = new();
        Queue<byte[]> leaving = new();
        Frame[] frames = ChipFrames.Pool(16);
        long lostInReopen = 0;
        long matched = 0;
        long left = 0;
        uint reopens = 0;
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
                        byte[] octets = ChipFrames.Make(Length(random), operation + burst);
                        long queued = bench.Chip.Socket.FramesQueued;
                        bench.Deliver(octets);
                        delivered++;
                        if (bench.Chip.Socket.FramesQueued != queued) waiting.Enqueue(octets);
                    }

                    break;
                case 3 or 4 or 5:
                    int count = bench.Port.ReceiveBurst(frames, random.Next(1, 17));
                    for (int i = 0; i < count; i++)
                    {
                        Assert.IsTrue(waiting.TryDequeue(out byte[] expected), where + ": invented");
                        Assert.IsTrue(expected.AsSpan().SequenceEqual(frames[i].Octets.AsSpan(frames[i].Start, frames[i].Length)), where);
                        matched++;
                    }

                    break;
                case 6 or 7 or 8:
                    byte[] given = ChipFrames.Make(random.Next(14, 1516), operation);
                    asked++;
                    if (bench.Port.Send(ChipFrames.Load(given, random.Next(3, 113))) && bench.Chip.LinkUp && !bench.Chip.Socket.StuckSend) leaving.Enqueue(given);
                    break;
                default:
                    Disturb(bench, random, faults);
                    break;
            }

            foreach (byte[] sent in bench.Sent)
            {
                Assert.IsTrue(leaving.TryDequeue(out byte[] expected), where + ": invented on the wire");
                Assert.IsTrue(expected.AsSpan().SequenceEqual(sent.AsSpan(0, expected.Length)), where);
                Assert.AreEqual(-1, sent.AsSpan(expected.Length).IndexOfAnyExcept((byte)0), where);
                left++;
            }

            bench.Sent.Clear();
            if (bench.Port.Reopens != reopens)
            {
                // A socket opened anew forgets what waited.
                reopens = bench.Port.Reopens;
                lostInReopen += waiting.Count;
                waiting.Clear();
            }
        }

        bench.Chip.SetLink(true);
        bench.Rest(1000);
        matched += bench.Drain().Count;
        Assert.IsEmpty(leaving);
        Assert.AreEqual(bench.Chip.Socket.FramesQueued, matched + lostInReopen);
        Assert.AreEqual(matched, (long)bench.Port.RxFrames);
        Assert.AreEqual(bench.Port.TxFrames, left + bench.Chip.Socket.SendsLost);
        W5500Socket chip = bench.Chip.Socket;
        Assert.AreEqual(delivered, chip.FramesQueued + chip.DropsClosed + chip.DropsFiltered + chip.DropsLength + chip.DropsOverflow, "a frame from the wire has no counter");
        W5500Port port = bench.Port;
        Assert.AreEqual(
            asked,
            (long)port.TxFrames + port.TxDropsNotOpen + port.TxDropsLinkDown + port.TxDropsTooLong + port.TxDropsTooShort + port.TxDropsNoRoom + port.TxDropsTimeout,
            "a frame for the wire has no counter");
        Assert.AreEqual(0, bench.Chip.Misuses);
        Assert.AreEqual(0u, bench.Port.RxResyncs);
        TestContext.WriteLine(
            $"received {matched}, overflowed {bench.Chip.Socket.DropsOverflow}, lost in {reopens} reopens {lostInReopen}, sent {left}, " +
            $"SENDs lost {bench.Chip.Socket.SendsLost}, send timeouts {bench.Port.SendTimeouts}, torn reads {bench.Port.RxTornReads}, link changes {bench.Port.LinkChanges}, " +
            $"transfers {bench.Chip.Transfers}");
        if (faults) Assert.IsGreaterThan(10u, reopens);
        else Assert.AreEqual(0u, reopens);
    }

    // Mostly short or long, sometimes anything, sometimes what no wire may carry.
    private static int Length(Random random) => random.Next(8) switch
    {
        0 or 1 or 2 => random.Next(60, 80),
        3 or 4 => random.Next(1400, 1515),
        5 => random.Next(1, 1700),
        _ => random.Next(60, 1515),
    };

    private static void Disturb(W5500Bench bench, Random random, bool faults)
    {
        bench.Rest(0);
        switch (random.Next(faults ? 8 : 4))
        {
            case 0 or 1:
                bench.NowUs += random.Next(2000);
                break;
            case 2:
                bench.Chip.Socket.NanosecondsPerWireOctet = random.Next(2) == 0 ? 80 : 800;
                break;
            case 3:
                bench.Chip.Socket.NanosecondsPerCommand = random.Next(1000, 60_000);
                break;
            case 4 or 5:
                bench.Chip.Socket.TornSizeReads = 1;
                break;
            case 6:
                bench.Chip.SetLink(random.Next(4) != 0);
                bench.NowUs += random.Next(200_000);
                break;
            default:
                bench.Chip.Socket.StuckSend = random.Next(4) == 0;
                break;
        }
    }
}
