using LabEdge.Hal.Store;

namespace LabEdge.Tests.Store;

/// <summary>The store over files, with the power cut before every single operation of a save.</summary>
[TestClass]
public sealed class FileStoreTests
{
    private const string Name = "startup-config";

    public TestContext TestContext { get; set; }

    public static IEnumerable<object[]> Tears => Enum.GetValues<Tear>().Select(tear => new object[] { tear });

    [TestMethod]
    [DynamicData(nameof(Tears))]
    public void A_power_cut_before_any_operation_of_a_save_leaves_the_old_blob_or_the_new_one(Tear tear)
    {
        int cuts = 0;
        int old = 0;
        foreach (int savesBefore in new[] { 1, 2, 3 })
        {
            foreach (int length in new[] { 0, 1, 7, 400 })
            {
                PowerCutFiles files = new() { Tear = tear };
                for (int i = 0; i < savesBefore; i++) Assert.IsTrue(Save(files, Blob(100 + 17 * i, i)));
                byte[] before = Load(files);
                byte[] after = Blob(length, 99);
                long operations = Count(files, after);
                Assert.AreEqual(length + 2 + StoreRecord.HeaderLength, operations);
                for (long cut = 0; cut <= operations; cut++)
                {
                    PowerCutFiles torn = new(files) { Tear = tear, CutAt = cut };
                    bool done = TrySave(torn, after);
                    byte[] found = Load(new PowerCutFiles(torn));
                    Assert.IsNotNull(found, $"neither: cut {cut} of {operations}");
                    bool isNew = Same(found, after);
                    Assert.IsTrue(isNew || Same(found, before), $"a mixture: cut {cut} of {operations}");
                    if (done) Assert.IsTrue(isNew, "a save that was reported is kept");
                    if (!isNew) old++;
                    cuts++;
                }
            }
        }

        TestContext.WriteLine($"{tear}: {cuts} cuts, {old} with the old blob afterwards, {cuts - old} with the new one, none with neither");
        Assert.IsGreaterThan(1000, old);
    }

    [TestMethod]
    [DynamicData(nameof(Tears))]
    public void The_very_first_save_leaves_nothing_or_the_blob(Tear tear)
    {
        byte[] blob = Blob(300, 1);
        for (long cut = 0; cut <= Count(new PowerCutFiles(), blob); cut++)
        {
            PowerCutFiles torn = new() { Tear = tear, CutAt = cut };
            bool done = TrySave(torn, blob);
            byte[] found = Load(new PowerCutFiles(torn));
            Assert.IsTrue(found == null ? !done : Same(found, blob));
        }
    }

    [TestMethod]
    public void Cuts_in_a_row_never_take_the_blob_away()
    {
        const int seed = 20261128;
        Random random = new(seed);
        TestContext.WriteLine($"seed {seed}");
        PowerCutFiles files = new();
        byte[] last = Blob(50, 0);
        Assert.IsTrue(Save(files, last));
        for (int round = 0; round < 5000; round++)
        {
            byte[] wanted = Blob(random.Next(600), round);
            files = new PowerCutFiles(files) { Tear = (Tear)random.Next(6), CutAt = random.Next(3) == 0 ? long.MaxValue : random.Next(700) };
            bool done = TrySave(files, wanted);
            files = new PowerCutFiles(files);
            byte[] found = Load(files);
            Assert.IsTrue(found != null && (Same(found, wanted) || (!done && Same(found, last))), $"seed {seed} round {round}");
            last = found;
        }
    }

    [TestMethod]
    public void A_changed_bit_anywhere_in_the_newer_copy_brings_the_previous_one_back()
    {
        PowerCutFiles files = new();
        byte[] first = Blob(40, 1);
        byte[] second = Blob(45, 2);
        Save(files, first);
        Save(files, second);
        string newer = files.Contents.Single(file => file.Value.Length == 45 + StoreRecord.HeaderLength).Key;
        for (int bit = 0; bit < 8 * files.Contents[newer].Length; bit++)
        {
            PowerCutFiles changed = new(files);
            byte[] octets = [.. changed.Contents[newer]];
            octets[bit / 8] ^= (byte)(1 << (bit % 8));
            changed.Contents[newer] = octets;
            FileStore store = new(changed);
            byte[] room = new byte[100];
            Assert.AreEqual(40, store.Read(Name, room), $"bit {bit}");
            Assert.IsTrue(Same(room[..40], first));
            Assert.AreEqual(1, store.DamagedCopies);
        }
    }

    [TestMethod]
    public void The_sequence_number_wraps()
    {
        PowerCutFiles files = new();
        files.Contents[Name + ".0"] = StoreRecord.Make(0xFFFFFFFF, Blob(10, 1), 10);
        files.Contents[Name + ".1"] = StoreRecord.Make(0xFFFFFFFE, Blob(10, 2), 10);
        Assert.IsTrue(Same(Load(files), Blob(10, 1)));
        Assert.IsTrue(Save(files, Blob(10, 3)));
        Assert.IsTrue(Same(Load(files), Blob(10, 3)));
        Assert.IsTrue(Save(files, Blob(10, 4)));
        Assert.IsTrue(Same(Load(files), Blob(10, 4)));
    }

    [TestMethod]
    public void Files_that_refuse_or_do_not_keep_are_told()
    {
        PowerCutFiles files = new();
        Assert.IsTrue(Save(files, Blob(10, 1)));
        files.RefusesWrites = true;
        FileStore store = new(files);
        Assert.IsFalse(store.Write(Name, Blob(10, 2), 10));
        Assert.AreEqual(1, store.FailedSaves);
        Assert.IsTrue(Same(Load(files), Blob(10, 1)));
    }

    [TestMethod]
    public void A_blob_that_does_not_fit_is_refused_and_not_cut_short()
    {
        PowerCutFiles files = new();
        Save(files, Blob(11, 1));
        FileStore store = new(files);
        Assert.AreEqual(-1, store.Read(Name, new byte[10]));
        Assert.AreEqual(11, store.Read(Name, new byte[11]));
        Assert.AreEqual(-1, store.Read("absent", new byte[11]));
    }

    [TestMethod]
    public void The_checksum_is_that_of_Ethernet()
    {
        // The check value of CRC-32/ISO-HDLC.
        byte[] octets = "123456789"u8.ToArray();
        Assert.AreEqual(0xCBF43926, Crc32.Finish(Crc32.Add(Crc32.Start, octets, 0, octets.Length)));
    }

    private static byte[] Blob(int length, int number)
    {
        byte[] octets = new byte[length];
        new Random(number).NextBytes(octets);
        return octets;
    }

    private static bool Same(byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b);

    private static bool Save(PowerCutFiles files, byte[] blob) => new FileStore(files).Write(Name, blob, blob.Length);

    private static bool TrySave(PowerCutFiles files, byte[] blob)
    {
        try
        {
            return Save(files, blob);
        }
        catch (PowerCutException)
        {
            return false;
        }
    }

    private static long Count(PowerCutFiles files, byte[] blob)
    {
        PowerCutFiles trial = new(files);
        Assert.IsTrue(Save(trial, blob));
        return trial.Operations;
    }

    private static byte[] Load(PowerCutFiles files)
    {
        byte[] room = new byte[4096];
        int count = new FileStore(files).Read(Name, room);
        return count < 0 ? null : room[..count];
    }
}
