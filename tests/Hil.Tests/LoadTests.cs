using LabEdge.Hil;

namespace LabEdge.Tests.Hil;

/// <summary>The searches, the percentiles and the frames of a load, without any port or clock.</summary>
[TestClass]
public sealed class LoadTests
{
    // An echo request of 10.1.1.1 to 10.2.2.1, identification 0x0007, as pe1 gets it and as it sends it on.
    private const string Into = "020000000301 020000000101 0800 45000030000700004001648F 0A010101 0A020201 0800F7F70000000A 000102030405060708090A0B0C0D0E0F10111213";
    private const string OutOf = "020000000401 020000000302 8847 0006703F 000CB13F 4500003000070000 3F01658F 0A010101 0A020201 0800F7F70000000A 000102030405060708090A0B0C0D0E0F10111213";

    [TestMethod]
    [DataRow(1000.0, 1)]
    [DataRow(777.0, 11)]
    [DataRow(3.0, 11)]
    public void The_rate_without_loss_is_found_by_halves(double capacity, int mostTrials)
    {
        List<double> asked = [];
        double found = RateSearch.NoLoss(1000, 0.001, rate =>
        {
            asked.Add(rate);
            return rate <= capacity;
        });
        Assert.IsTrue(found <= capacity && found > capacity - 1, $"{found}");
        Assert.IsLessThanOrEqualTo(mostTrials, asked.Count);
        Assert.AreEqual(1000.0, asked[0]);
    }

    [TestMethod]
    public void A_device_that_always_loses_has_no_rate() => Assert.AreEqual(0.0, RateSearch.NoLoss(1000, 0.1, _ => false));

    [TestMethod]
    [DataRow(1000.0, "1000 900")]
    [DataRow(750.0, "1000 900 800 700 600")]
    [DataRow(0.0, "1000 900 800 700 600 500 400 300 200 100")]
    public void Loss_is_measured_in_tenths_until_two_trials_lose_nothing(double capacity, string rates)
    {
        List<double> asked = [];
        RateSearch.LossSteps(1000, rate =>
        {
            asked.Add(rate);
            return rate <= capacity;
        });
        Assert.AreEqual(rates, string.Join(' ', asked));
    }

    [TestMethod]
    public void Percentiles_are_those_of_the_nearest_rank()
    {
        TrialResult trial = new(100, 100, 200, 0, 100, 0, 0, 0, [.. Enumerable.Range(1, 100).Select(i => (double)i)]);
        Assert.AreEqual(1.0, trial.LatencyUs(0));
        Assert.AreEqual(50.0, trial.LatencyUs(50));
        Assert.AreEqual(99.0, trial.LatencyUs(99));
        Assert.AreEqual(100.0, trial.LatencyUs(100));
        Assert.AreEqual(100, trial.Lost);
        Assert.AreEqual(50.0, trial.LossPercent);
        Assert.AreEqual(0.0, (trial with { LatenciesUs = [] }).LatencyUs(50));
    }

    [TestMethod]
    public void The_rate_of_a_line_counts_preamble_and_gap()
    {
        LoadSettings settings = new() { MostRate = 1e9 };
        Assert.AreEqual(148809, (int)settings.MostRateFor(64));
        Assert.AreEqual(8127, (int)settings.MostRateFor(1518));
        Assert.AreEqual(500.0, (settings with { MostRate = 500 }).MostRateFor(64));
    }

    [TestMethod]
    public void What_comes_out_is_known_octet_for_octet_and_what_differs_is_seen()
    {
        byte[] into = WithChecksums(Hex.Octets(Into), 14);
        byte[] outOf = WithChecksums(Hex.Octets(OutOf), 22);
        TestFrame frame = TestFrame.Make(into, outOf, 200);
        Assert.AreEqual(200, frame.LengthIn);
        Assert.AreEqual(208, frame.LengthOut);
        byte[] sent = new byte[200];
        frame.Write(sent, 0, 3, 41);
        CollectionAssert.AreEqual(into[..14], sent[..14]);
        Assert.AreEqual(186, (sent[16] << 8) | sent[17]);
        Assert.AreEqual(17, sent[23]);

        // The device: labels in front, TTL one less and its checksum one more in the high octet.
        byte[] received = [.. outOf[..22], .. sent[14..]];
        received[22 + 8]--;
        received[22 + 10]++;
        Assert.AreEqual(41, frame.Read(received, 3, out bool right));
        Assert.IsTrue(right);
        Assert.AreEqual(-1, frame.Read(received, 4, out _));
        received[100] ^= 1;
        Assert.AreEqual(41, frame.Read(received, 3, out right));
        Assert.IsFalse(right);
        received[100] ^= 1;
        received[15] ^= 0x10;
        Assert.AreEqual(41, frame.Read(received, 3, out right));
        Assert.IsFalse(right);
        Assert.AreEqual(-1, frame.Read(received.AsSpan(0, 207), 3, out _));
        Assert.AreEqual(-1, frame.Read(into, 3, out _));
    }

    [TestMethod]
    public void The_shortest_frame_has_room_for_headers_and_number()
    {
        byte[] into = WithChecksums(Hex.Octets(Into), 14);
        Assert.AreEqual(14 + 20 + 8 + 16, TestFrame.Least(into));
        Assert.IsNull(TestFrame.Make(into, WithChecksums(Hex.Octets(OutOf), 22), 57));
        Assert.IsNull(TestFrame.Make(into, into[..14], 64));
    }

    private static byte[] WithChecksums(byte[] frame, int ip)
    {
        frame[ip + 10] = frame[ip + 11] = 0;
        int checksum = Forwarding.Wire.InternetChecksum.Of(frame, ip, 20);
        frame[ip + 10] = (byte)(checksum >> 8);
        frame[ip + 11] = (byte)checksum;
        return frame;
    }
}
