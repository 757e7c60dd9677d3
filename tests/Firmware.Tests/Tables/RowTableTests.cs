using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.ForwardingTables;

/// <summary>The tables whose index is the handle: empty, full, one too many, replace, release, taken again.</summary>
[TestClass]
public class RowTableTests
{
    private static readonly byte[] Address = Hex.Octets("020000000001 0200000000AA");

    private static Capacity Sizes()
    {
        Capacity capacity = Capacity.Tiny();
        capacity.Transports = 3;
        capacity.Paths = 5;
        capacity.Groups = 2;
        capacity.GroupMembers = 4;
        capacity.Labels = 8;
        capacity.Pseudowires = 2;
        capacity.Vrfs = 3;
        return capacity;
    }

    private static bool Set(TransportTable table, int row, int port, int vlan, params int[] labels)
    {
        return table.Set(row, port, 1500, Address, 6, Address, 0, 0x8847, vlan, [.. labels.Select(l => LabelStackEntry.Word(l, 0, false, 255))], labels.Length);
    }

    [TestMethod]
    public void Transport_rows_are_unusable_until_set_and_hold_the_ready_octets_right_aligned()
    {
        TransportTable table = new(Sizes());
        int row = table.Allocate();
        Assert.AreEqual(-1, table.Record[row * TransportTable.Stride + TransportTable.Room]);
        Assert.IsTrue(Set(table, row, 2, 100, 17, 18, 19));
        Assert.AreEqual(Convert.ToHexString(Hex.Octets("0200000000AA 020000000001 8100 0064 8847 000110FF 000120FF 000130FF")),
            Convert.ToHexString(table.Ready, table.ReadyEnd(row) - 30, 30));
        Assert.AreEqual(30, table.Record[row * TransportTable.Stride + TransportTable.Length]);
        Assert.AreEqual(1488, table.Record[row * TransportTable.Stride + TransportTable.Room]);
        Assert.AreEqual(3, table.Record[row * TransportTable.Stride + TransportTable.LabelCount]);
        Assert.AreEqual(LabelStackEntry.Word(19, 0, false, 255), table.Record[row * TransportTable.Stride + TransportTable.LastLabel]);

        // Four labels and a tag are 34 octets: refused, and the row is as it was.
        Assert.IsFalse(Set(table, row, 1, 100, 1, 2, 3, 4));
        Assert.AreEqual(2, table.Record[row * TransportTable.Stride + TransportTable.Port]);
        Assert.IsTrue(Set(table, row, 2, -1));
        Assert.AreEqual(14, table.Record[row * TransportTable.Stride + TransportTable.Length]);
        table.SetUnusable(row);
        Assert.AreEqual(-1, table.Record[row * TransportTable.Stride + TransportTable.Room]);
        Assert.IsTrue(table.IsUsed(row));
    }

    [TestMethod]
    public void Transports_fill_refuse_and_are_taken_again_with_their_frames_kept_in_the_sums()
    {
        TransportTable table = new(Sizes());
        int[] rows = [table.Allocate(), table.Allocate(), table.Allocate()];
        CollectionAssert.AllItemsAreUnique(rows);
        Assert.AreEqual(TransportTable.None, table.Allocate());
        Assert.AreEqual(1, table.Refused);
        Set(table, rows[1], 2, -1);
        table.Record[rows[1] * TransportTable.Stride + TransportTable.Frames] = 70;
        table.Record[rows[1] * TransportTable.Stride + TransportTable.Octets] = 7000;
        Assert.AreEqual(70, table.FramesOf(2));

        // Moved to another port: what it sent stays with the old one.
        Set(table, rows[1], 1, -1);
        Assert.AreEqual(70, table.FramesOf(2));
        Assert.AreEqual(0, table.FramesOf(1));
        table.Record[rows[1] * TransportTable.Stride + TransportTable.Frames] = 5;
        table.Release(rows[1]);
        Assert.IsFalse(table.IsUsed(rows[1]));
        Assert.AreEqual(5, table.FramesOf(1));
        Assert.AreEqual(rows[1], table.Allocate());
        Assert.AreEqual(5, table.FramesOf(1));
        Assert.AreEqual(70, table.FramesOf(2));
        Assert.AreEqual(-1, table.Record[rows[1] * TransportTable.Stride + TransportTable.Room]);
        table.ClearCounters();
        Assert.AreEqual(0, table.FramesOf(1) + table.FramesOf(2));
    }

    [TestMethod]
    public void Paths_fill_refuse_rest_and_are_taken_again()
    {
        PathTable table = new(Sizes());
        int pair = table.Allocate(2);
        int other = table.Allocate(2);
        Assert.AreEqual(PathTable.None, table.Allocate(2));
        int single = table.Allocate(1);
        Assert.AreEqual(PathTable.None, table.Allocate(1));
        Assert.AreEqual(2, table.Refused);
        Assert.AreNotEqual(pair, other);
        table.Set(pair + 1, 0x123FF, 2, true);
        table.Release(pair, 2);
        Assert.IsFalse(table.IsUsed(pair));
        Assert.IsFalse(table.IsUsed(pair + 1));

        // Until the poll ends a late reader finds the row whole, and nobody gets it.
        Assert.AreEqual(0x123FF, table.Record[(pair + 1) * PathTable.Stride]);
        Assert.AreEqual(2, table.Record[(pair + 1) * PathTable.Stride + PathTable.Transport] & PathTable.TransportMask);
        Assert.AreEqual(PathTable.None, table.Allocate(1));
        table.Release(pair, 2);
        table.EndOfPoll();
        table.EndOfPoll();
        Assert.AreEqual(pair, table.Allocate(2));
        Assert.AreEqual(0, table.Record[(pair + 1) * PathTable.Stride]);
        Assert.IsTrue(table.IsUsed(single));
    }

    [TestMethod]
    public void Path_rows_survive_seeded_churn_without_two_owners()
    {
        Capacity capacity = Sizes();
        capacity.Paths = 50;
        PathTable table = new(capacity);
        Random random = new(50);
        List<(int At, int Rows)> held = [];
        HashSet<int> resting = [];
        for (int step = 0; step < 20_000; step++)
        {
            if (random.Next(2) == 0)
            {
                int rows = 1 + random.Next(2);
                int at = table.Allocate(rows);
                if (at == PathTable.None) continue;
                for (int k = at; k < at + rows; k++) Assert.IsFalse(resting.Contains(k) || held.Any(h => k >= h.At && k < h.At + h.Rows), $"step {step}");
                held.Add((at, rows));
            }
            else if (held.Count > 0)
            {
                (int at, int rows) = held[random.Next(held.Count)];
                held.Remove((at, rows));
                table.Release(at, rows);
                for (int k = at; k < at + rows; k++) resting.Add(k);
            }

            if (random.Next(10) != 0) continue;
            table.EndOfPoll();
            resting.Clear();
        }
    }

    [TestMethod]
    public void Groups_fill_refuse_rest_and_are_taken_again()
    {
        PathGroupTable table = new(Sizes());
        int[] members = [ForwardingHandle.Path | 1, ForwardingHandle.Path | 2, ForwardingHandle.Path | 3, ForwardingHandle.Path | 4, ForwardingHandle.Path | 5];
        int a = table.Add(members, 2);
        int b = table.Add(members, 4);
        Assert.AreEqual(ForwardingHandle.Group, ForwardingHandle.Kind(a));
        Assert.AreEqual(ForwardingHandle.None, table.Add(members, 2));
        Assert.AreEqual(ForwardingHandle.None, table.Add(members, 5));
        Assert.AreEqual(ForwardingHandle.None, table.Add(members, 0));
        Assert.AreEqual(3, table.Refused);

        byte[] packet = new byte[20];
        packet[19] = 77;
        int chosen = table.SelectByAddresses(b, packet, 0);
        table.Release(ForwardingHandle.Index(b));
        Assert.AreEqual(chosen, table.SelectByAddresses(b, packet, 0));
        Assert.AreEqual(ForwardingHandle.None, table.Add(members, 2));
        table.Release(ForwardingHandle.Index(b));
        table.EndOfPoll();
        Assert.AreEqual(b, table.Add(members, 3));
        Assert.AreEqual(2, table.Count);
        Assert.AreEqual(4, table.MaxMembers);
    }

    [TestMethod]
    public void Labels_keep_to_their_window_and_carry_their_scope()
    {
        IncomingLabelMap table = new(Sizes());
        Assert.AreEqual(16, table.First);
        foreach (int outside in new[] { -1, 0, 15, 24, LabelStackEntry.Last })
        {
            Assert.IsFalse(table.Set(outside, ForwardingHandle.Path | 1, 1));
            Assert.AreEqual(ForwardingHandle.None, table.Lookup(outside));
            table.Remove(outside);
        }

        for (int label = 16; label < 24; label++) Assert.IsTrue(table.Set(label, ForwardingHandle.Path | label, label - 15));
        for (int label = 16; label < 24; label++) Assert.AreEqual(ForwardingHandle.Path | (label - 15) << ForwardingHandle.ScopeShift | label, table.Lookup(label));
        Assert.IsTrue(table.Set(20, ForwardingHandle.WithScope(ForwardingHandle.Vrf | 2, 9), 1));
        Assert.AreEqual(ForwardingHandle.Vrf | 1 << ForwardingHandle.ScopeShift | 2, table.Lookup(20));
        Assert.IsTrue(table.Set(20, ForwardingHandle.None, 1));
        Assert.AreEqual(ForwardingHandle.None, table.Lookup(20));
        table.Remove(21);
        Assert.AreEqual(ForwardingHandle.None, table.Lookup(21));
    }

    [TestMethod]
    public void Pseudowires_fill_refuse_and_are_taken_again_down()
    {
        PseudowireTable table = new Tables(Sizes()).Pseudowires;
        int a = table.Allocate();
        int b = table.Allocate();
        Assert.AreEqual(PseudowireTable.None, table.Allocate());
        Assert.AreEqual(1, table.Refused);
        int row = b * PseudowireTable.Stride;
        table.Record[row] |= PseudowireTable.Up;
        table.Record[row + PseudowireTable.Port] = 2;
        table.Record[row + PseudowireTable.FramesOut] = 11;
        Assert.IsTrue(table.IsUp(b));
        Assert.AreEqual(11, table.FramesOf(2));
        table.Release(b);
        Assert.IsFalse(table.IsUp(b));
        Assert.AreEqual(11, table.FramesOf(2));
        Assert.AreEqual(b, table.Allocate());
        Assert.IsFalse(table.IsUp(b));
        Assert.AreEqual(11, table.FramesOf(2));
        table.ClearCounters();
        Assert.AreEqual(0, table.FramesOf(2));
        Assert.AreNotEqual(a, b);
    }

    [TestMethod]
    public void A_pseudowire_that_moves_between_a_service_and_ports_leaves_each_ports_sum_right()
    {
        PseudowireTable table = new Tables(Sizes()).Pseudowires;
        int pseudowire = table.Allocate();
        int row = pseudowire * PseudowireTable.Stride;
        table.ConnectPort(pseudowire, 1);
        table.Record[row + PseudowireTable.FramesOut] = 5;
        table.Connect(pseudowire, ForwardingHandle.Bridge | 1);
        Assert.AreEqual(5, table.FramesOf(1));
        table.Record[row + PseudowireTable.FramesOut] = 70;
        table.Record[row + PseudowireTable.OctetsOut] = 7000;
        table.ConnectPort(pseudowire, 2);
        Assert.AreEqual(0, table.FramesOf(2), "what went to the bridge is in the sums of its circuits");
        Assert.AreEqual(0, table.Record[row + PseudowireTable.OctetsOut]);
        Assert.AreEqual(ForwardingHandle.None, table.Extra[pseudowire * PseudowireTable.ExtraStride + PseudowireTable.Service]);
        table.Record[row + PseudowireTable.FramesOut] = 3;
        table.Release(pseudowire);
        Assert.AreEqual(5, table.FramesOf(1));
        Assert.AreEqual(3, table.FramesOf(2));
    }

    [TestMethod]
    public void Vrfs_fill_refuse_and_are_taken_again_without_their_distinguisher()
    {
        VrfStore store = new(Sizes());
        Assert.IsTrue(store.IsUsed(VrfStore.Global));
        Assert.AreEqual(VrfStore.None, store.Find("red"));
        int red = store.Add("red");
        int blue = store.Add("blue");
        Assert.AreEqual(red, store.Add("red"));
        Assert.AreEqual(VrfStore.None, store.Add("green"));
        Assert.AreEqual(1, store.Refused);
        Assert.AreEqual(blue, store.Find("blue"));
        Assert.AreEqual(VrfStore.None, store.Find("Blue"));
        store.SetDistinguisher(blue, Hex.Octets("0000FDE800000064"), 0);
        byte[] distinguisher = new byte[8];
        store.CopyDistinguisher(blue, distinguisher, 0);
        Assert.AreEqual("0000FDE8 00000064", Hex.Text(distinguisher));
        store.Remove(blue);
        Assert.IsFalse(store.IsUsed(blue));
        Assert.IsFalse(store.IsUsed(-1));
        Assert.IsFalse(store.IsUsed(3));
        Assert.AreEqual(blue, store.Add("green"));
        Assert.AreEqual("green", store.NameOf(blue));
        store.CopyDistinguisher(blue, distinguisher, 0);
        Assert.AreEqual("00000000 00000000", Hex.Text(distinguisher));
    }
}
