using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Tests.Control;

[TestClass]
public sealed class LabelManagerTests
{
    private const uint Rest = LabelManager.QuarantineMs;

    // An owner that is not a person.
    private const int Protocol = LabelOwner.Count;

    private static LabelManager Make(int labels = 8, uint offset = 0)
    {
        Capacity capacity = Capacity.Tiny();
        capacity.Labels = labels;
        return new LabelManager(new Tables(capacity), capacity, offset);
    }

    [TestMethod]
    public void Labels_are_given_out_in_order_and_each_has_its_owner()
    {
        LabelManager labels = Make();
        for (int label = 16; label < 24; label++)
        {
            Assert.AreEqual(LabelOwner.None, labels.OwnerOf(label));
            Assert.AreEqual(label, labels.Allocate(LabelOwner.Static, 0));
            Assert.AreEqual(LabelOwner.Static, labels.OwnerOf(label));
        }

        Assert.AreEqual(8, labels.Used);
        Assert.AreEqual(LabelManager.None, labels.Allocate(LabelOwner.Static, 0));
        Assert.AreEqual(1, labels.Refused);
        Assert.AreEqual(LabelOwner.None, labels.OwnerOf(15));
        Assert.AreEqual(LabelOwner.None, labels.OwnerOf(24));
        Assert.AreEqual(LabelOwner.None, labels.OwnerOf(-1));
    }

    [TestMethod]
    public void The_start_offset_moves_the_first_label_and_wraps()
    {
        Assert.AreEqual(19, Make(8, 3).Allocate(1, 0));
        Assert.AreEqual(16 + (int)(0xFFFFFFFF % 8), Make(8, 0xFFFFFFFF).Allocate(1, 0));
        LabelManager labels = Make(8, 7);
        Assert.AreEqual(23, labels.Allocate(1, 0));
        Assert.AreEqual(16, labels.Allocate(1, 0));
    }

    [TestMethod]
    public void A_released_label_rests_180_s_and_comes_back_in_the_order_of_release()
    {
        LabelManager labels = Make(3);
        for (int i = 0; i < 3; i++) labels.Allocate(1, 0);
        ControlBench.Ok(labels.Release(18, 1000));
        ControlBench.Ok(labels.Release(16, 2000));
        Assert.IsTrue(labels.IsResting(18));
        Assert.AreEqual(LabelOwner.None, labels.OwnerOf(18));
        Assert.AreEqual(LabelManager.None, labels.Allocate(1, 1000 + Rest - 1));
        Assert.AreEqual(18, labels.Allocate(1, 1000 + Rest));
        Assert.AreEqual(LabelManager.None, labels.Allocate(1, 1000 + Rest));
        Assert.AreEqual(16, labels.Allocate(1, 2000 + Rest));
    }

    [TestMethod]
    public void Unused_labels_come_before_released_ones()
    {
        LabelManager labels = Make(3);
        Assert.AreEqual(16, labels.Allocate(1, 0));
        labels.Release(16, 0);
        Assert.AreEqual(17, labels.Allocate(1, Rest));
        Assert.AreEqual(18, labels.Allocate(1, Rest));
        Assert.AreEqual(16, labels.Allocate(1, Rest));
    }

    [TestMethod]
    public void The_rest_survives_the_wrap_of_the_clock()
    {
        LabelManager labels = Make(1);
        labels.Allocate(1, 0xFFFFF000);
        labels.Release(16, 0xFFFFFF00);
        Assert.AreEqual(LabelManager.None, labels.Allocate(1, 0));
        Assert.AreEqual(LabelManager.None, labels.Allocate(1, Rest - 0x101));
        Assert.AreEqual(16, labels.Allocate(1, Rest - 0x100));
    }

    [TestMethod]
    public void Expiry_by_the_poll_keeps_an_old_release_from_looking_like_a_future_one()
    {
        LabelManager labels = Make(1);
        labels.Allocate(1, 0);
        labels.Release(16, 0);
        labels.Expire(Rest);
        Assert.AreEqual(16, labels.Allocate(1, 0x80000001));
    }

    [TestMethod]
    public void Reserve_answers_in_use_quarantined_and_out_of_range()
    {
        LabelManager labels = Make();
        ControlBench.Ok(labels.Reserve(20, LabelOwner.StaticVrf, 0));
        ControlBench.Is(ControlResult.LabelInUse, labels.Reserve(20, LabelOwner.Static, 0));
        Assert.AreEqual(LabelOwner.StaticVrf, labels.OwnerOf(20));
        labels.Release(20, 0);
        Assert.AreEqual(LabelOwner.None, labels.OwnerOf(20));
        ControlBench.Ok(labels.Reserve(20, LabelOwner.Static, 1));
        ControlBench.Ok(labels.Reserve(21, Protocol, 0));
        labels.Release(21, 0);
        Assert.AreEqual(Protocol, labels.LastOwnerOf(21));
        ControlBench.Is(ControlResult.LabelQuarantined, labels.Reserve(21, LabelOwner.Static, Rest - 1));
        ControlBench.Ok(labels.Reserve(21, LabelOwner.Static, Rest));
        labels.Release(21, Rest);
        ControlBench.Is(ControlResult.LabelQuarantined, labels.Reserve(21, Protocol, Rest + 1));
        ControlBench.Is(ControlResult.LabelOutOfRange, labels.Reserve(15, 1, 0));
        ControlBench.Is(ControlResult.LabelOutOfRange, labels.Reserve(1048576, 1, 0));
        ControlBench.Is(ControlResult.LabelOutsideWindow, labels.Reserve(24, 1, 0));
        ControlBench.Is(ControlResult.NotFound, labels.Release(22, 0));
        ControlBench.Is(ControlResult.NotFound, labels.Release(24, 0));
    }

    [TestMethod]
    public void A_reserved_label_is_not_allocated()
    {
        LabelManager labels = Make(3);
        labels.Reserve(17, 1, 0);
        Assert.AreEqual(16, labels.Allocate(1, 0));
        Assert.AreEqual(18, labels.Allocate(1, 0));
        Assert.AreEqual(LabelManager.None, labels.Allocate(1, 0));
    }

    [TestMethod]
    public void A_block_is_the_lowest_free_run()
    {
        LabelManager labels = Make(8);
        labels.Reserve(18, 1, 0);
        Assert.AreEqual(19, labels.AllocateBlock(3, 2, 0));
        Assert.AreEqual(16, labels.AllocateBlock(2, 2, 0));
        Assert.AreEqual(LabelManager.None, labels.AllocateBlock(3, 2, 0));
        Assert.AreEqual(22, labels.AllocateBlock(2, 2, 0));
        Assert.AreEqual(LabelManager.None, labels.AllocateBlock(1, 2, 0));
        Assert.AreEqual(LabelManager.None, labels.AllocateBlock(0, 2, 0));
        Assert.AreEqual(8, labels.Used);
    }

    [TestMethod]
    public void Release_all_takes_one_owners_labels_only()
    {
        LabelManager labels = Make(6);
        for (int i = 0; i < 6; i++) labels.Allocate(1 + (i % 2), 0);
        Assert.AreEqual(3, labels.ReleaseAll(1, 0));
        Assert.AreEqual(0, labels.ReleaseAll(1, 0));
        Assert.AreEqual(0, labels.ReleaseAll(LabelOwner.None, 0));
        Assert.AreEqual(3, labels.Used);
        Assert.AreEqual("0 2 0 2 0 2", string.Join(' ', Enumerable.Range(16, 6).Select(labels.OwnerOf)));
        Assert.AreEqual(16, labels.Allocate(3, Rest));
        Assert.AreEqual(18, labels.Allocate(3, Rest));
    }

    [TestMethod]
    public void Ranges_keep_dynamic_and_static_labels_apart()
    {
        LabelManager labels = Make(8);
        ControlBench.Ok(labels.SetRange(20, 23, 16, 18));
        Assert.AreEqual(20, labels.Allocate(1, 0));
        Assert.AreEqual(21, labels.AllocateBlock(3, 1, 0));
        Assert.AreEqual(LabelManager.None, labels.Allocate(1, 0));
        ControlBench.Ok(labels.Reserve(16, 1, 0));
        ControlBench.Is(ControlResult.LabelOutsideStaticRange, labels.Reserve(19, 1, 0));
        ControlBench.Ok(labels.SetRange(labels.First, labels.Last, 0, 0));
        ControlBench.Ok(labels.Reserve(19, 1, 0));
    }

    [TestMethod]
    [DataRow(15, 20, 0, 0, ControlResult.LabelRangeInvalid)]
    [DataRow(20, 19, 0, 0, ControlResult.LabelRangeInvalid)]
    [DataRow(16, 1048576, 0, 0, ControlResult.LabelRangeInvalid)]
    [DataRow(16, 24, 0, 0, ControlResult.LabelOutsideWindow)]
    [DataRow(16, 20, 20, 23, ControlResult.LabelRangesOverlap)]
    [DataRow(20, 23, 16, 20, ControlResult.LabelRangesOverlap)]
    [DataRow(20, 23, 18, 17, ControlResult.LabelRangeInvalid)]
    [DataRow(20, 23, 10, 17, ControlResult.LabelRangeInvalid)]
    [DataRow(16, 20, 21, 24, ControlResult.LabelOutsideWindow)]
    [DataRow(16, 20, 21, 23, ControlResult.Ok)]
    [DataRow(23, 23, 0, 0, ControlResult.Ok)]
    public void Ranges_are_checked(int min, int max, int staticMin, int staticMax, int expected)
    {
        LabelManager labels = Make(8);
        ControlBench.Is(expected, labels.SetRange(min, max, staticMin, staticMax));
        Assert.AreEqual(expected == ControlResult.Ok ? min : 16, labels.Min);
    }

    [TestMethod]
    public void Each_start_begins_a_quarter_of_the_window_further_on()
    {
        MemoryStore store = new();
        int[] firsts = new int[5];
        for (int start = 0; start < 5; start++)
        {
            Capacity capacity = Capacity.Tiny();
            Tables tables = new(capacity);
            ControlModule control = new(tables, new HostStack(tables, capacity, new byte[32]), capacity, store);
            firsts[start] = control.Labels.Allocate(1, 0);
        }

        Assert.AreEqual("16 24 32 40 16", string.Join(' ', firsts));
    }

    private sealed class MemoryStore : IStore
    {
        private byte[] _blob;

        public int Read(string name, byte[] octets)
        {
            if (_blob == null || name != ControlModule.LabelOffsetBlob || _blob.Length > octets.Length) return -1;
            _blob.CopyTo(octets, 0);
            return _blob.Length;
        }

        public bool Write(string name, byte[] octets, int count)
        {
            _blob = octets[..count];
            return true;
        }
    }

    /// <summary>Against a list that does the same in the plainest way.</summary>
    [TestMethod]
    public void Ten_thousand_random_steps_agree_with_a_plain_list()
    {
        Random random = new(11);
        LabelManager labels = Make(16);
        List<int> free = Enumerable.Range(16, 16).ToList();
        List<(int Label, uint At)> resting = [];
        HashSet<int> held = [];
        uint now = 0xFFFF0000;
        for (int step = 0; step < 10_000; step++)
        {
            now += (uint)random.Next(30_000);
            while (resting.Count > 0 && now - resting[0].At >= Rest)
            {
                free.Add(resting[0].Label);
                resting.RemoveAt(0);
            }

            int label = random.Next(16, 32);
            switch (random.Next(3))
            {
                case 0:
                    int expected = free.Count > 0 ? free[0] : LabelManager.None;
                    Assert.AreEqual(expected, labels.Allocate(Protocol, now), $"step {step}");
                    if (free.Remove(expected)) held.Add(expected);
                    break;
                case 1:
                    int result = labels.Reserve(label, Protocol, now);
                    ControlBench.Is(held.Contains(label) ? ControlResult.LabelInUse : free.Contains(label) ? ControlResult.Ok : ControlResult.LabelQuarantined, result);
                    if (free.Remove(label)) held.Add(label);
                    break;
                default:
                    ControlBench.Is(held.Contains(label) ? ControlResult.Ok : ControlResult.NotFound, labels.Release(label, now));
                    if (held.Remove(label)) resting.Add((label, now));
                    break;
            }

            Assert.AreEqual(held.Count, labels.Used);
        }
    }
}
