using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Tests.Kernels;

namespace LabEdge.Tests.General;

/// <summary>Groups of the general path: which member a flow takes, by what it is hashed, what happens when a member is down, and that a change loses nothing.</summary>
[TestClass]
public class PathGroupTests
{
    private const int Members = 3;
    private const int GroupLabel = 140;

    // Service labels of the members' paths; 900 is the backup's.
    private static int Handle(KernelUnderTest test, int label, int transport) => ForwardingHandle.Path | test.Path(KernelUnderTest.Word(label), transport, true);

    private static int Publish(KernelUnderTest test, int[] members, int backup)
    {
        int group = test.Tables.Groups.Add(members, members.Length, backup);
        Assert.AreNotEqual(ForwardingHandle.None, group);
        int index = ForwardingHandle.Index(group);
        test.Route(KernelUnderTest.VrfBlue, "203.0.113.0/24", ForwardingHandle.Special | ForwardingHandle.SpecialGroup | index);
        test.Label(GroupLabel, test.Tables.LabelActions.Add(group, 0, 0));
        return index;
    }

    [TestMethod]
    public void Flows_spread_by_weight_and_each_keeps_its_member()
    {
        foreach (KernelUnderTest test in KernelRow.Forms())
        {
            int twice = Handle(test, 901, test.CoreLabelled);
            Publish(test, [twice, twice, Handle(test, 902, test.OtherLabelled)], ForwardingHandle.None);
            Dictionary<int, int> used = [];
            for (int flow = 0; flow < 3000; flow++)
            {
                int label = Send(test, flow, 0);
                used[label] = used.GetValueOrDefault(label) + 1;
                Assert.AreEqual(label, Send(test, flow, flow + 1), "another packet of the flow");
            }

            Assert.HasCount(2, used);
            Assert.IsInRange(1850, 2150, used[901]);
        }
    }

    [TestMethod]
    public void Ports_of_a_whole_packet_count_and_those_of_fragments_do_not()
    {
        KernelUnderTest test = KernelRow.Forms()[0];
        Publish(test, [.. Enumerable.Range(0, Members).Select(i => Handle(test, 901 + i, test.CoreLabelled))], ForwardingHandle.None);
        HashSet<int> whole = [];
        HashSet<int> fragments = [];
        for (int port = 0; port < 64; port++)
        {
            byte[] packet = Packet(1, 0);
            Octets.WriteUInt16(packet, 34, port);
            whole.Add(Label(test, packet));
            Octets.WriteUInt16(packet, 20, 0x2000);
            Sum(packet);
            fragments.Add(Label(test, packet));
        }

        Assert.HasCount(Members, whole);
        Assert.HasCount(1, fragments);
    }

    [TestMethod]
    public void A_down_member_leaves_its_flows_to_the_backup_and_a_down_backup_to_the_others()
    {
        foreach (KernelUnderTest test in KernelRow.Forms())
        {
            Publish(test, [Handle(test, 901, test.CoreLabelled), Handle(test, 902, test.OtherLabelled)], Handle(test, 900, test.Tunnel));
            int[] before = [.. Enumerable.Range(0, 200).Select(flow => Send(test, flow, 0))];
            CollectionAssert.AreEquivalent(new[] { 901, 902 }, before.Distinct().ToArray());

            // One store in the transport's row is the switch-over.
            test.Tables.Transports.SetUnusable(test.OtherLabelled);
            for (int flow = 0; flow < 200; flow++) Assert.AreEqual(before[flow] == 902 ? 900 : 901, Send(test, flow, 0));
            test.Tables.Transports.SetUnusable(test.Tunnel);
            for (int flow = 0; flow < 200; flow++) Assert.AreEqual(901, Send(test, flow, 0));
            test.Tables.Transports.SetUnusable(test.CoreLabelled);
            Assert.AreEqual("drop transport down", test.Run(KernelUnderTest.Blue, Packet(1, 0)));
            Assert.AreEqual("drop transport down", test.Run(KernelUnderTest.Core, Labelled(5000)));
        }
    }

    [TestMethod]
    public void A_group_of_one_with_a_backup_protects_a_single_path()
    {
        foreach (KernelUnderTest test in KernelRow.Forms())
        {
            Publish(test, [Handle(test, 901, test.OtherLabelled)], Handle(test, 900, test.CoreLabelled));
            Assert.AreEqual(901, Send(test, 1, 0));
            Assert.StartsWith("1: ", test.Run(KernelUnderTest.Core, Labelled(5000)));
            test.Tables.Transports.SetUnusable(test.OtherLabelled);
            Assert.AreEqual(900, Send(test, 1, 0));
            Assert.StartsWith("0: ", test.Run(KernelUnderTest.Core, Labelled(5000)));
        }
    }

    [TestMethod]
    public void Labelled_flows_are_hashed_by_the_entropy_label_alone_or_by_all_labels_and_the_packet()
    {
        foreach (KernelUnderTest test in KernelRow.Forms())
        {
            Publish(test, [.. Enumerable.Range(0, Members).Select(i => Handle(test, 901 + i, test.CoreLabelled))], ForwardingHandle.None);
            HashSet<int> used = [];
            for (int entropy = 16; entropy < 80; entropy++)
            {
                int member = Label(test, Labelled(7, entropy, 5000));
                used.Add(member);
                for (int inner = 6000; inner < 6020; inner++) Assert.AreEqual(member, Label(test, Labelled(7, entropy, inner)), "what is under the entropy label does not count");
            }

            Assert.HasCount(Members, used);
            Assert.HasCount(Members, Enumerable.Range(0, 64).Select(i => Label(test, Labelled(5000, 5001, 6000 + i))).Distinct().ToArray(), "the third label counts");
            Assert.HasCount(1, Enumerable.Range(0, 13).Where(i => i is not (7 or 0)).Select(i => Label(test, Labelled(5000, i, 6000))).Distinct().ToArray(), "a reserved one does not");
            Assert.HasCount(Members, Enumerable.Range(0, 64).Select(i => Label(test, [.. Labelled(5000), .. Packet(i, 0).AsSpan(14)])).Distinct().ToArray(), "the packet counts");

            // A pseudowire's control word begins with 0: what follows is no packet.
            Assert.HasCount(1, Enumerable.Range(0, 64).Select(i => Label(test, [.. Labelled(5000), .. new byte[4], .. Packet(i, 0).AsSpan(14)])).Distinct().ToArray());
        }
    }

    [TestMethod]
    [DataRow(0, 1, 3)]
    [DataRow(0x12345, 1, 1)]
    [DataRow(0, 0, 3)]
    public void IPv6_flows_are_told_by_their_label_or_without_one_by_their_ports(int flowLabel, int fixedLabel, int membersUsed)
    {
        foreach (KernelUnderTest test in KernelRow.Forms())
        {
            Publish(test, [.. Enumerable.Range(0, Members).Select(i => Handle(test, 901 + i, test.CoreLabelled))], ForwardingHandle.None);
            byte[] prefix = Hex.Octets("20010DB8000000000000000000000000");
            int group = ForwardingHandle.Index(test.Tables.Labels.Lookup(GroupLabel));
            group = ForwardingHandle.Index(test.Tables.LabelActions.Record[group * LabelActionTable.Stride]);
            Assert.IsTrue(test.Tables.Prefixes.Set6(KernelUnderTest.VrfBlue, prefix, 0, 32, ForwardingHandle.Special | ForwardingHandle.SpecialGroup | group));
            HashSet<int> used = [];
            for (int i = 0; i < 64; i++)
            {
                // Either the ports differ, under this label or none; or only the label does.
                byte[] frame = [.. Hex.Octets("020000000003 020000000C0D 86DD 60000000 0008 11 40 20010DB8000000000000000000000001 20010DB8000000000000000000000002 0000003500080000")];
                Octets.WriteInt32(frame, 14, 0x60000000 | (fixedLabel == 1 ? flowLabel : i + 1));
                if (fixedLabel == 1) Octets.WriteUInt16(frame, 54, i + 1);
                used.Add(Label(test, frame));
            }

            Assert.HasCount(membersUsed, used);
        }
    }

    [TestMethod]
    public void Replacing_a_group_or_a_path_under_traffic_never_mixes_and_never_loses()
    {
        foreach (KernelUnderTest test in KernelRow.Forms())
        {
            Random random = new(20261123);
            int[] members = NewMembers(test, 0);
            int group = Publish(test, members, ForwardingHandle.None);
            for (int round = 1; round < 200; round++)
            {
                // The new rows whole, then one store each, and the old ones rest until the poll ends.
                int[] next = NewMembers(test, round);
                int added = test.Tables.Groups.Add(next, next.Length, ForwardingHandle.None);
                Assert.AreNotEqual(ForwardingHandle.None, added, $"round {round}");
                int action = test.Tables.LabelActions.Add(added, 0, 0);
                for (int frame = 0; frame < 8; frame++) Assert.AreEqual(round - 1, (Send(test, random.Next(1000), frame) - 10000) / 10, "the old one");
                int oldAction = ForwardingHandle.Index(test.Tables.Labels.Lookup(GroupLabel));
                test.Route(KernelUnderTest.VrfBlue, "203.0.113.0/24", ForwardingHandle.Special | ForwardingHandle.SpecialGroup | ForwardingHandle.Index(added));
                test.Label(GroupLabel, action);
                int late = test.Tables.Groups.Select(test.Tables, group, random.Next(1000), false);
                test.Tables.Groups.Release(group);
                test.Tables.LabelActions.Release(oldAction);
                foreach (int member in members) test.Tables.Paths.Release(ForwardingHandle.Index(member), 1);
                Assert.AreEqual(late, test.Tables.Groups.Select(test.Tables, group, Array.IndexOf(members, late), false), "a late reader of the old group finds a whole row");
                for (int frame = 0; frame < 8; frame++) Assert.AreEqual(round, (Send(test, random.Next(1000), frame) - 10000) / 10, "the new one");
                Assert.AreEqual(round, (Label(test, Labelled(random.Next(16, 1000))) - 10000) / 10);
                test.Tables.EndOfPoll();
                members = next;
                group = ForwardingHandle.Index(added);
            }

            test.AssertLedgersAddUp();
            Assert.AreEqual(0, test.Tables.Ledger.DroppedOn(KernelUnderTest.Blue) + test.Tables.Ledger.DroppedOn(KernelUnderTest.Core));
        }
    }

    [TestMethod]
    public void Groups_take_as_many_members_as_they_hold_and_a_backup_besides()
    {
        PathGroupTable groups = new(new Capacity { Groups = 2, GroupMembers = 4 });
        Assert.AreEqual(4, groups.MaxMembers);
        Assert.AreEqual(ForwardingHandle.Group, groups.Add([1, 2, 3, 4], 4, 5));
        CollectionAssert.AreEqual(new[] { 4, 1, 2, 3, 4, 5 }, groups.Record.Take(groups.Stride).ToArray());
        Assert.AreEqual(ForwardingHandle.None, groups.Add([1, 2, 3, 4, 5], 5));
        Assert.AreEqual(ForwardingHandle.Group | 1, groups.Add([6], 1));
        Assert.AreEqual(ForwardingHandle.None, groups.Record[groups.Stride * 2 - 1], "no backup");
        Assert.AreEqual(ForwardingHandle.None, groups.Add([6], 1));
    }

    private static int[] NewMembers(KernelUnderTest test, int round)
    {
        return [.. Enumerable.Range(0, Members).Select(i => Handle(test, 10000 + round * 10 + i, i == 1 ? test.OtherLabelled : test.CoreLabelled))];
    }

    // The service label under which a packet of a flow left.
    private static int Send(KernelUnderTest test, int flow, int packet) => Label(test, Packet(flow, packet));

    private static int Label(KernelUnderTest test, byte[] frame)
    {
        int port = frame[12] == 0x88 ? KernelUnderTest.Core : KernelUnderTest.Blue;
        string outcome = test.Run(port, frame);
        Assert.AreEqual(1, test.Log.Count, outcome);
        byte[] sent = test.Log.Frame.ToArray();
        int at = LabelStackEntry.ReadLabel(sent, 14) == 3001 ? 18 : 14;
        return LabelStackEntry.ReadLabel(sent, at);
    }

    // A customer's UDP packet: the flow says source, destination and ports; the packet its identification and payload.
    private static byte[] Packet(int flow, int packet)
    {
        byte[] frame = new byte[14 + 48];
        Hex.Octets("020000000003 020000000C0D 0800").CopyTo(frame, 0);
        Ipv4Header.Write(frame, 14, 0, 48, packet & 0xFFFF, true, 64, Ipv4Header.Udp, 0xC6336400 + (uint)(flow & 127), 0xCB007100 + (uint)(flow % 199));
        Octets.WriteUInt16(frame, 34, flow);
        Octets.WriteUInt16(frame, 36, 53);
        Octets.WriteInt32(frame, 50, packet);
        return frame;
    }

    private static void Sum(byte[] frame)
    {
        Octets.WriteUInt16(frame, 24, 0);
        Octets.WriteUInt16(frame, 24, InternetChecksum.Of(frame, 14, 20));
    }

    // The group's label over others, the last with S; then what a test adds.
    private static byte[] Labelled(params int[] labels)
    {
        byte[] frame = new byte[18 + labels.Length * 4];
        Hex.Octets("020000000001 020000000C0D 8847").CopyTo(frame, 0);
        LabelStackEntry.Write(frame, 14, GroupLabel, 0, false, 64);
        for (int i = 0; i < labels.Length; i++) LabelStackEntry.Write(frame, 18 + i * 4, labels[i], 0, i == labels.Length - 1, 64);
        return frame;
    }
}
