using System.Buffers.Binary;
using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Tests.Ports;

[TestClass]
public sealed class PcapPortTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("labedge-pcap-");
    private long _now = 5_000_000;

    public void Dispose() => _folder.Delete(recursive: true);

    [TestMethod]
    public void Frames_come_at_the_times_of_the_file_counted_from_the_first_look()
    {
        string file = Write((70_000_000, 60), (70_000_500, 61), (70_000_500, 62), (72_000_000, 63));
        using PcapPort port = new(file, 1, null, 1514, () => _now);
        Frame[] burst = Frames(8);
        Assert.AreEqual(0, port.WaitMs);
        Assert.AreEqual("60", Lengths(port, burst));
        Assert.AreEqual(1, port.WaitMs);
        _now += 499;
        Assert.AreEqual("", Lengths(port, burst));
        _now += 1;
        Assert.AreEqual(0, port.WaitMs);
        Assert.AreEqual("61 62", Lengths(port, burst));
        Assert.AreEqual(2000, port.WaitMs);
        _now += 1_999_500;
        Assert.AreEqual("63", Lengths(port, burst));
        Assert.AreEqual(int.MaxValue, port.WaitMs);
        Assert.AreEqual("", Lengths(port, burst));
        Assert.AreEqual(4, port.FramesReceived);
        Assert.IsNull(port.Remark);
    }

    [TestMethod]
    public void Twice_the_speed_is_half_the_time_and_fast_is_at_once()
    {
        string file = Write((0, 60), (1_000_000, 61), (2_000_000, 62));
        using PcapPort twice = new(file, 2, null, 1514, () => _now);
        using PcapPort fast = new(file, PcapPort.Fast, null, 1514, () => _now);
        Assert.AreEqual("60", Lengths(twice, Frames(8)));
        _now += 500_000;
        Assert.AreEqual("61", Lengths(twice, Frames(8)));
        Assert.AreEqual("60 61", Lengths(fast, Frames(2)));
        Assert.AreEqual(0, fast.WaitMs);
        Assert.AreEqual("62", Lengths(fast, Frames(2)));
        Assert.AreEqual(int.MaxValue, fast.WaitMs);
    }

    [TestMethod]
    public void What_is_sent_goes_to_the_other_capture_and_both_hold_the_same_octets()
    {
        string file = Write([.. Enumerable.Range(60, 200).Select(length => (0L, length))]);
        string copy = Path.Combine(_folder.FullName, "out.pcap");
        using (PcapPort port = new(file, PcapPort.Fast, copy, 1514, () => 0))
        {
            Frame[] burst = Frames(32);
            int count;
            while ((count = port.ReceiveBurst(burst, 32)) > 0)
            {
                for (int i = 0; i < count; i++) Assert.IsTrue(port.Send(burst[i]));
            }

            Assert.AreEqual(200, port.FramesSent);
            Frame tooLong = new(112, 2000) { Length = 1519 };
            Assert.IsFalse(port.Send(tooLong));
            Assert.AreEqual(1, port.SendRefused);
        }

        CollectionAssert.AreEqual(File.ReadAllBytes(file), File.ReadAllBytes(copy));
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Either_byte_order_and_unit_is_read(bool bigEndian, bool nanoseconds)
    {
        using PcapReader reader = new(new MemoryStream(Capture(bigEndian, nanoseconds, 1, 5, 5)), "x");
        Assert.IsTrue(reader.Next());
        Assert.AreEqual(3_000_007, reader.TimeUs);
        Assert.AreEqual("09090909 09", Hex.Text(reader.Octets.ToArray()));
        Assert.IsFalse(reader.Next());
        Assert.IsFalse(reader.Damaged);
    }

    [TestMethod]
    public void Every_truncation_ends_the_replay_and_says_so()
    {
        byte[] whole = Capture(false, false, 1, 20, 20);
        for (int length = 0; length < whole.Length; length++)
        {
            MemoryStream stream = new(whole[..length]);
            if (length < 24)
            {
                PortException exception = Assert.ThrowsExactly<PortException>(() => new PcapReader(stream, "x"));
                StringAssert.Contains(exception.Message, "ends within its header");
                continue;
            }

            using PcapReader reader = new(stream, "x");
            Assert.IsFalse(reader.Next(), $"{length}");
            Assert.AreEqual(length > 24, reader.Damaged, $"{length}");
        }
    }

    [TestMethod]
    [DataRow(uint.MaxValue, uint.MaxValue)]
    [DataRow(0x7FFFFFFFu, 0x7FFFFFFFu)]
    [DataRow(262145u, 262145u)]
    [DataRow(21u, 20u)]
    public void A_length_that_lies_is_damage(uint kept, uint length)
    {
        using PcapReader reader = new(new MemoryStream(Capture(false, false, 1, kept, length)), "x");
        Assert.IsFalse(reader.Next());
        Assert.IsTrue(reader.Damaged);
    }

    [TestMethod]
    public void A_frame_of_which_a_part_was_kept_is_counted_and_not_replayed()
    {
        string file = Path.Combine(_folder.FullName, "cut.pcap");
        File.WriteAllBytes(file, Capture(false, false, 1, 60, 1000));
        using PcapPort port = new(file, 1, null, 1514, () => _now);
        Assert.AreEqual("", Lengths(port, Frames(1)));
        Assert.AreEqual(1, port.TooLong);
    }

    [TestMethod]
    public void Other_files_are_refused_in_words()
    {
        StringAssert.Contains(Refused(Hex.Octets("0A0D0D0A" + new string('0', 48))), "pcapng");
        StringAssert.Contains(Refused(Capture(false, false, 113, 5, 5)), "link type is 113");
        StringAssert.Contains(Refused(new byte[100]), "begins with 00000000");
        StringAssert.Contains(Assert.ThrowsExactly<PortException>(() => new PcapPort(_folder.FullName, 1, null, 1514, () => 0)).Message, "cannot open");
        string file = Write((0, 60));
        string nowhere = Path.Combine(_folder.FullName, "none", "out.pcap");
        StringAssert.Contains(Assert.ThrowsExactly<PortException>(() => new PcapPort(file, 1, nowhere, 1514, () => 0)).Message, nowhere);
    }

    [TestMethod]
    public void Nothing_is_allocated_per_frame()
    {
        string file = Write([.. Enumerable.Range(0, 3000).Select(_ => (0L, 1000))]);
        using PcapPort port = new(file, PcapPort.Fast, Path.Combine(_folder.FullName, "out.pcap"), 1514, () => 0);
        Frame[] burst = Frames(32);
        long before = 0;
        for (int i = 0; i < 90; i++)
        {
            if (i == 10) before = GC.GetAllocatedBytesForCurrentThread();
            Assert.AreEqual(32, port.ReceiveBurst(burst, 32));
            for (int k = 0; k < 32; k++) port.Send(burst[k]);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Refused(byte[] file) => Assert.ThrowsExactly<PortException>(() => new PcapReader(new MemoryStream(file), "x")).Message;

    private static Frame[] Frames(int count) => [.. Enumerable.Range(0, count).Select(_ => new Frame(112, 1518))];

    private static string Lengths(PcapPort port, Frame[] burst)
    {
        int count = port.ReceiveBurst(burst, burst.Length);
        return string.Join(' ', burst.Take(count).Select(frame => frame.Length));
    }

    private string Write(params (long TimeUs, int Length)[] frames)
    {
        string file = Path.Combine(_folder.FullName, "in.pcap");
        using PcapWriter writer = new(file);
        foreach ((long time, int length) in frames) writer.Write(time, [.. Enumerable.Range(0, length).Select(i => (byte)(i + length))], 0, length);
        return file;
    }

    // One record at 3.000007 s, with octets of 9.
    private static byte[] Capture(bool bigEndian, bool nanoseconds, uint linkType, uint kept, uint length)
    {
        uint[] words = [nanoseconds ? PcapReader.NanosecondMagic : PcapWriter.Magic, 0x00040002, 0, 0, 65535, linkType, 3, nanoseconds ? 7999u : 7u, kept, length];
        byte[] file = new byte[words.Length * 4 + Math.Min(kept, 1000)];
        Array.Fill(file, (byte)9);
        for (int i = 0; i < words.Length; i++)
        {
            if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(i * 4), words[i]);
            else BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(i * 4), words[i]);
        }

        return file;
    }
}
