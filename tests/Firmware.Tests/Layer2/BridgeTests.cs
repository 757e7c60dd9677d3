using LabEdge.Forwarding;

namespace LabEdge.Tests.Layer2;

/// <summary>Bridge domains: learning, limit, age and move, flooding, split horizon, storm control, reserved addresses, and no way across.</summary>
[TestClass]
public class BridgeTests
{
    private const int Core = LayerTwoBench.Core;
    private const string All = "FFFFFFFFFFFF ", Group = "01005E000005 ", Nobody = "0200000000FE ";
    private const string A = "0200000000A1 ", B = "0200000000B2 ", C = "0200000000C3 ";
    private const string Payload = "9999 000102030405060708090A0B0C0D0E0F 101112131415161718191A1B1C1D1E1F 2021222324252627";

    private static string Out(int port, string macs, string tags = "") => $"{port}: " + LayerTwoBench.Plain("0: " + macs + tags + Payload)[3..];

    // Pseudowire n has local label 200 + n and remote label 300 + n, no control word.
    private static string OutOfCore(int pseudowire, string macs) =>
        "0: " + LayerTwoBench.Plain("0: " + LayerTwoBench.CoreOut + $"{300 + pseudowire:X5}1FF" + macs + Payload)[3..];

    private static string FromCore(int pseudowire, string macs) => LayerTwoBench.CoreIn + $"{200 + pseudowire:X5}1FF" + macs + Payload;

    /// <summary>Attachments on ports 1 to 3 (untagged, VLAN 10, QinQ 10.20), pseudowires 0 and 1 in split horizon group 1.</summary>
    private static int Domain(LayerTwoBench bench, int flags = 0, int macLimit = 100)
    {
        int domain = bench.Bridge(flags, macLimit);
        bench.Join(domain, 0, bench.Attachment(1, LayerTwoBench.Untagged), bench.Attachment(2, 10, 1, 0, 0, 0x8100000A),
            bench.Attachment(3, CircuitTable.DoubleTagged | 10 | (20 << 12), 2, 0, 0, 0x88A8000A, 0x81000014));
        bench.JoinPseudowire(domain, 1, bench.Pseudowire(200, 300, 0, 0), bench.Pseudowire(201, 301, 0, 0));
        return domain;
    }

    [TestMethod]
    public void Unknown_is_flooded_and_what_was_learnt_goes_one_way()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int domain = Domain(bench);
            string flood = string.Join(" + ", Out(2, B + A, "8100000A"), Out(3, B + A, "88A8000A81000014"), OutOfCore(0, B + A), OutOfCore(1, B + A));
            Assert.AreEqual(flood, bench.Run(1, B + A + Payload));
            Assert.AreEqual(3, bench.Tables.Ledger.Copied[3] + bench.Tables.Ledger.Copied[Core]);

            // B answers from a pseudowire: A is known, the other pseudowire hears nothing.
            Assert.AreEqual(Out(1, A + B), bench.Run(Core, FromCore(1, A + B)));
            Assert.AreEqual(OutOfCore(1, B + A), bench.Run(1, B + A + Payload));
            Assert.AreEqual(OutOfCore(1, B + A), bench.Run(2, B + A + "8100E00A" + Payload), "A moved to VLAN 10");
            Assert.AreEqual(Out(2, A + B, "8100000A"), bench.Run(Core, FromCore(1, A + B)));
            int[] r = bench.Tables.Bridges.Record;
            Assert.AreEqual(1, r[domain * BridgeTable.Stride + BridgeTable.Moves]);
            Assert.AreEqual(1, r[domain * BridgeTable.Stride + BridgeTable.Floods]);
            Assert.AreEqual(2, bench.Tables.Bridges.Macs.PerDomain[domain]);
        });
    }

    [TestMethod]
    public void Tags_and_payload_are_right_for_each_member_whatever_the_one_before_popped()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int domain = bench.Bridge();
            // Carried with its tag; the ways out keep it, translate it 1:1, pop it, translate it 1:2, keep it.
            bench.Join(domain, 0, bench.Attachment(1, CircuitTable.AnyTag), bench.Attachment(2, 1), bench.Attachment(3, 2, 0, 1, 0, 0x81000014),
                bench.Attachment(4, 3, 0, 2), bench.Attachment(5, 4, 0, 1, 0, 0x88A80001, 0x81000002), bench.Attachment(2, 5));
            bench.JoinPseudowire(domain, 0, bench.Pseudowire(200, 300, PseudowireTable.Tagged, 0, tag: unchecked((int)0x81000064)), bench.Pseudowire(201, 301, 0, 0));
            string frame = B + A + "8100A00A8100001E";
            string[] expected =
            [
                Out(2, frame), Out(3, B + A, "8100A0148100001E"), Out(4, B + A), Out(5, B + A, "88A8A0018100A0028100001E"), Out(2, frame),
                OutOfCore(0, B + A + "81000064" + "8100A00A8100001E"), OutOfCore(1, frame),
            ];
            Assert.AreEqual(string.Join(" + ", expected), bench.Run(1, frame + Payload));
            CollectionAssert.AreEqual(Hex.Octets(Payload), bench.Frames[0].Octets[(bench.Frames[0].Headroom + 20)..][..Hex.Octets(Payload).Length], "payload");
        });
    }

    [TestMethod]
    public void Fragments_to_one_member_leave_the_frame_whole_for_the_next()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int domain = bench.Bridge();
            bench.Join(domain, 0, bench.Attachment(1, LayerTwoBench.Untagged));
            bench.JoinPseudowire(domain, 0, bench.Pseudowire(200, 300, PseudowireTable.ControlWord | PseudowireTable.FragmentSend, 0, bench.Narrow));
            bench.Join(domain, 0, bench.Attachment(2, LayerTwoBench.Untagged));
            byte[] frame = new byte[1000];
            new Random(5).NextBytes(frame);
            Hex.Octets(B + A).CopyTo(frame, 0);
            string[] sent = bench.Run(1, frame).Split(" + ");
            Assert.HasCount(6, sent);
            Assert.AreEqual("2: " + Convert.ToHexString(frame), sent[5]);
            Assert.AreEqual(Convert.ToHexString(frame), string.Concat(sent.Take(5).Select(s => s[(3 + 44)..])));
            Assert.AreEqual(4, bench.Tables.Ledger.Fragments[Core]);
            Assert.AreEqual(1, bench.Tables.Ledger.Copied[2]);
        });
    }

    /// <summary>From each member to each other one, by flood and by a known address: it passes unless both are in one group other than 0.</summary>
    [TestMethod]
    [DataRow(0, 0, 0, 0, 0)]
    [DataRow(1, 1, 1, 1, 1)]
    [DataRow(0, 0, 0, 1, 1)]
    [DataRow(1, 1, 2, 2, 0)]
    [DataRow(15, 0, 15, 7, 7)]
    public void Split_horizon_is_by_group(params int[] groups)
    {
        LayerTwoBench.InBoth(bench =>
        {
            int domain = bench.Bridge();
            for (int i = 0; i < 3; i++) bench.Join(domain, groups[i], bench.Attachment(i + 1, LayerTwoBench.Untagged));
            for (int i = 0; i < 2; i++) bench.JoinPseudowire(domain, groups[i + 3], bench.Pseudowire(200 + i, 300 + i, 0, 0));
            string From(int member, string macs) => member < 3 ? bench.Run(member + 1, macs + Payload) : bench.Run(Core, FromCore(member - 3, macs));
            string To(int member, string macs) => member < 3 ? Out(member + 1, macs) : OutOfCore(member - 3, macs);
            static string Mac(int member) => $"0200000000{0x50 + member:X2} ";
            bool Passes(int from, int to) => from != to && (groups[from] == 0 || groups[from] != groups[to]);

            for (int from = 0; from < 5; from++)
            {
                string[] to = [.. Enumerable.Range(0, 5).Where(i => Passes(from, i)).Select(i => To(i, All + Mac(from)))];
                Assert.AreEqual(to.Length == 0 ? "drop no bridge member" : string.Join(" + ", to), From(from, All + Mac(from)), $"flood from {from}");
            }

            for (int from = 0; from < 5; from++)
            {
                for (int to = 0; to < 5; to++)
                {
                    string expected = from == to ? "drop same port" : Passes(from, to) ? To(to, Mac(to) + Mac(from)) : "drop no bridge member";
                    Assert.AreEqual(expected, From(from, Mac(to) + Mac(from)), $"{from} to {to}");
                }
            }
        });
    }

    [TestMethod]
    public void Age_forgets_at_the_millisecond_and_a_frame_refreshes()
    {
        LayerTwoBench.InBoth(bench =>
        {
            Domain(bench);
            foreach (uint start in (uint[])[5, uint.MaxValue - 200000, int.MaxValue - 100000u])
            {
                bench.Tables.Now = start;
                bench.Run(1, All + A + Payload);
                bench.Tables.Now = start + 299999;
                Assert.AreEqual(Out(1, A + B), bench.Run(Core, FromCore(1, A + B)));
                bench.Tables.Now = start + 300000;
                Assert.AreEqual(string.Join(" + ", Out(1, A + B), Out(2, A + B, "8100000A"), Out(3, A + B, "88A8000A81000014")), bench.Run(Core, FromCore(1, A + B)));
                bench.Run(1, All + A + Payload);
                bench.Tables.Now = start + 400000;
                bench.Run(1, All + A + Payload);
                bench.Tables.Now = start + 699999;
                Assert.AreEqual(Out(1, A + B), bench.Run(Core, FromCore(1, A + B)));
                bench.Tables.Now = start + 1100000;
                for (int i = 0; i < bench.Tables.Bridges.Macs.Slots / 8 + 2; i++) bench.Tables.EndOfPoll();
                Assert.AreEqual(0, bench.Tables.Bridges.Macs.Count, "polls alone forget it too");
            }
        });
    }

    [TestMethod]
    public void Limit_refuses_new_addresses_and_keeps_old_ones()
    {
        foreach (bool drops in (bool[])[false, true])
        {
            LayerTwoBench.InBoth(bench =>
            {
                int domain = Domain(bench, drops ? BridgeTable.LimitDrops : 0, 2);
                int other = bench.Bridge(0, 1);
                bench.Join(other, 0, bench.Attachment(4, LayerTwoBench.Untagged), bench.Attachment(5, LayerTwoBench.Untagged));
                bench.Run(1, All + A + Payload);
                bench.Run(1, All + B + Payload);
                Assert.AreEqual(drops, bench.Run(1, All + C + Payload) == "drop MAC limit");
                Assert.AreEqual(drops, bench.Run(1, A + C + Payload) == "drop MAC limit");
                Assert.AreEqual(drops ? "drop MAC limit" : "drop same port", bench.Run(1, A + C + Payload));
                Assert.AreEqual(2, bench.Tables.Bridges.Macs.PerDomain[domain]);
                Assert.AreEqual(3, bench.Tables.Bridges.Record[domain * BridgeTable.Stride + BridgeTable.NotLearnt]);

                // An address that is known may move; another domain has its own limit.
                Assert.AreEqual(Out(1, B + A), bench.Run(2, B + A + "8100000A" + Payload));
                Assert.AreEqual(Out(5, All + A), bench.Run(4, All + A + Payload));
                Assert.AreEqual(1, bench.Tables.Bridges.Macs.PerDomain[other]);
            });
        }
    }

    [TestMethod]
    public void Full_MAC_table_still_forwards()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int domain = Domain(bench, 0, 1000000);
            for (int i = 0; i < 40; i++) Assert.DoesNotContain("drop", bench.Run(1, All + $"0200000001{i:X2}" + Payload));
            Assert.AreEqual(16, bench.Tables.Bridges.Macs.Count);
            Assert.AreEqual(24, bench.Tables.Bridges.Record[domain * BridgeTable.Stride + BridgeTable.NotLearnt]);
            Assert.AreEqual("drop same port", bench.Run(1, "020000000105" + A + Payload));
        }, capacity => capacity.MacAddresses = 16);
    }

    [TestMethod]
    public void Without_learning_everything_is_flooded_and_unknown_may_be_dropped()
    {
        LayerTwoBench.InBoth(bench =>
        {
            Domain(bench, BridgeTable.NoLearning);
            bench.Run(1, All + A + Payload);
            Assert.HasCount(3, bench.Run(Core, FromCore(0, A + B)).Split(" + "));
            Assert.AreEqual(0, bench.Tables.Bridges.Macs.Count);
        });
        LayerTwoBench.InBoth(bench =>
        {
            Domain(bench, BridgeTable.DropUnknown);
            Assert.AreEqual("drop no bridge member", bench.Run(1, Nobody + A + Payload));
            Assert.HasCount(4, bench.Run(1, All + A + Payload).Split(" + "));
            Assert.AreEqual(Out(1, A + B), bench.Run(Core, FromCore(0, A + B)));
        });
    }

    [TestMethod]
    public void Group_source_is_dropped_and_not_learnt()
    {
        LayerTwoBench.InBoth(bench =>
        {
            Domain(bench);
            foreach (string source in (string[])[All, Group, "010000000000"]) Assert.AreEqual("drop source invalid", bench.Run(1, B + source + Payload));
            Assert.AreEqual(0, bench.Tables.Bridges.Macs.Count);
        });
    }

    [TestMethod]
    public void Reserved_addresses_end_at_the_bridge_unless_both_circuits_pass_them()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int domain = bench.Bridge();
            int[] rows = [bench.Attachment(1, LayerTwoBench.Untagged), bench.Attachment(2, LayerTwoBench.Untagged), bench.Attachment(3, LayerTwoBench.Untagged)];
            bench.Join(domain, 0, rows);
            for (int last = 0; last < 16; last++) Assert.AreEqual("drop link-local", bench.Run(1, $"0180C200000{last:X}" + A + Payload), $"{last}");
            Assert.AreEqual(Out(2, "0180C2000010" + A) + " + " + Out(3, "0180C2000010" + A), bench.Run(1, "0180C2000010" + A + Payload));
            Assert.AreEqual(Out(2, "0180C2000100" + A) + " + " + Out(3, "0180C2000100" + A), bench.Run(1, "0180C2000100" + A + Payload));
            bench.Tables.Attachments.Record[rows[0] * AttachmentTable.Stride] |= AttachmentTable.PassReserved;
            Assert.AreEqual("drop no bridge member", bench.Run(1, "0180C2000000" + A + Payload));
            bench.JoinPseudowire(domain, 0, bench.Pseudowire(200, 300, 0, 0));
            Assert.AreEqual(OutOfCore(0, "0180C2000000" + A), bench.Run(1, "0180C2000000" + A + Payload));
            bench.Tables.Attachments.Record[rows[2] * AttachmentTable.Stride] |= AttachmentTable.PassReserved;
            Assert.AreEqual(Out(1, "0180C2000000" + B) + " + " + Out(3, "0180C2000000" + B), bench.Run(Core, FromCore(0, "0180C2000000" + B)));

            // Outside of a bridge domain they are like any others.
            int to = bench.Attachment(5, LayerTwoBench.Untagged);
            bench.Serve(bench.Attachment(4, LayerTwoBench.Untagged), ForwardingHandle.Attachment | to);
            Assert.AreEqual(Out(5, "0180C2000000" + A), bench.Run(4, "0180C2000000" + A + Payload));
        });
    }

    [TestMethod]
    [DataRow(StormTable.Broadcast, All, Group, Nobody)]
    [DataRow(StormTable.Multicast, Group, All, Nobody)]
    [DataRow(StormTable.Unknown, Nobody, All, Group)]
    public void Storm_control_takes_its_kind_at_its_rate_and_nothing_else(int kind, string limited, string other, string third)
    {
        LayerTwoBench.InBoth(bench =>
        {
            int domain = bench.Bridge();
            int row = bench.Attachment(1, LayerTwoBench.Untagged);
            bench.Join(domain, 0, row, bench.Attachment(2, LayerTwoBench.Untagged));
            Assert.IsTrue(bench.Tables.Attachments.Storm.Set(row, kind, 10, bench.Tables.Now));
            int Passed(string to, int count) => Enumerable.Range(0, count).Count(_ => bench.Run(1, to + A + Payload) == Out(2, to + A));
            Assert.AreEqual(10, Passed(limited, 25));
            Assert.AreEqual("drop storm control", bench.Run(1, limited + A + Payload));
            Assert.AreEqual(25, Passed(other, 25));
            Assert.AreEqual(25, Passed(third, 25));
            Assert.AreEqual(Out(1, limited + B), bench.Run(2, limited + B + Payload), "the other circuit has no limit");
            bench.Tables.Now += 99;
            Assert.AreEqual(0, Passed(limited, 5));
            bench.Tables.Now += 1;
            Assert.AreEqual(1, Passed(limited, 5));
            bench.Tables.Now += 350;
            Assert.AreEqual(3, Passed(limited, 5));
            bench.Tables.Now += 1000000;
            Assert.AreEqual(10, Passed(limited, 25));

            // A known address is not limited.
            bench.Run(2, All + B + Payload);
            Assert.AreEqual(Out(2, B + A), bench.Run(1, B + A + Payload));
            Assert.IsTrue(bench.Tables.Attachments.Storm.Set(row, kind, StormTable.BlockAll, bench.Tables.Now));
            bench.Tables.Now += 5000;
            Assert.AreEqual(0, Passed(limited, 5));
            bench.Tables.Attachments.Storm.Clear(row);
            Assert.AreEqual(50, Passed(limited, 50));
        });
    }

    [TestMethod]
    public void Rate_over_an_hour_is_the_rate_whatever_the_polls()
    {
        StormTable storm = new(Capacity.Tiny());
        Random random = new(3);
        foreach ((int rate, uint start) in ((int, uint)[])[(1, 0), (7, uint.MaxValue - 1000), (1000, int.MaxValue - 5u), (StormTable.MaxRate, 9)])
        {
            Assert.IsTrue(storm.Set(1, StormTable.Unknown, rate, start));
            uint now = start;
            long passed = 0;
            for (int i = 0; i < 4000; i++)
            {
                now += (uint)random.Next(10);
                for (int k = 0; k < 3 * (rate / 100 + 1) && k < 400; k++) passed += storm.Take(1, StormTable.Unknown, now) ? 1 : 0;
            }

            long most = rate + (now - start) * (long)rate / 1000;
            Assert.IsLessThanOrEqualTo(most, passed, $"{rate}/s");
            // While the bucket is full, the first milliseconds add nothing.
            if (rate <= 1000) Assert.IsGreaterThanOrEqualTo(most - 1 - rate / 100, passed, $"{rate}/s");
        }

        Assert.IsFalse(storm.Set(1, StormTable.Unknown, StormTable.MaxRate + 1, 0));
        Assert.IsFalse(storm.Set(1, StormTable.Unknown, -2, 0));
        Assert.AreEqual(StormTable.MaxRate, storm.RateOf(1, StormTable.Unknown));
        Assert.AreEqual(0, storm.RateOf(0, StormTable.Unknown));
    }

    [TestMethod]
    public void Member_that_cannot_send_is_left_out_and_counted()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int domain = bench.Bridge();
            int narrow = bench.Attachment(2, LayerTwoBench.Untagged);
            bench.Tables.Attachments.Record[narrow * AttachmentTable.Stride + AttachmentTable.MaxFrame] = 40;
            bench.Join(domain, 0, bench.Attachment(1, LayerTwoBench.Untagged), narrow);
            Assert.AreEqual("drop MTU exceeded", bench.Run(1, All + A + Payload));
            int down = bench.Pseudowire(200, 300, 0, 0);
            bench.JoinPseudowire(domain, 1, down);
            bench.Tables.Pseudowires.SetUp(down, false);
            Assert.AreEqual("drop pseudowire down", bench.Run(1, All + A + Payload));
            bench.Join(domain, 0, bench.Attachment(3, LayerTwoBench.Untagged));
            Assert.AreEqual(Out(3, All + A), bench.Run(1, All + A + Payload));
            Assert.AreEqual(1 + 2 + 2, bench.Tables.Bridges.Record[domain * BridgeTable.Stride + BridgeTable.Unsent]);
            bench.Port[3].Refuses = true;
            Assert.AreEqual("refused", bench.Run(1, All + A + Payload));
            Assert.AreEqual(1, bench.Tables.Ledger.EgressDropped[3]);
        });
    }

    [TestMethod]
    public void Members_that_leave_take_their_addresses_and_a_row_of_another_domain_is_not_reached()
    {
        LayerTwoBench.InBoth(bench =>
        {
            BridgeTable bridges = bench.Tables.Bridges;
            int red = bench.Bridge();
            int blue = bench.Bridge();
            int[] rows = [bench.Attachment(1, LayerTwoBench.Untagged), bench.Attachment(2, LayerTwoBench.Untagged), bench.Attachment(3, LayerTwoBench.Untagged)];
            bench.Join(red, 0, rows);
            bench.Run(2, All + B + Payload);
            Assert.AreEqual(Out(2, B + A), bench.Run(1, B + A + Payload));
            Assert.IsTrue(bridges.Leave(red, ForwardingHandle.Attachment | rows[1]));
            Assert.IsFalse(bridges.Leave(red, ForwardingHandle.Attachment | rows[1]));
            Assert.AreEqual(1, bridges.Macs.Count);
            Assert.AreEqual(Out(3, B + A), bench.Run(1, B + A + Payload));
            Assert.AreEqual("drop no circuit", bench.Run(2, All + B + Payload));

            // An address that still names a row which serves another domain now (as if it had not been forgotten yet).
            bench.Join(blue, 0, rows[1]);
            bridges.Macs.Learn(red, 0x02000000, 0x00B2, ForwardingHandle.Attachment | rows[1], bench.Tables.Now);
            Assert.AreEqual(Out(3, B + A), bench.Run(1, B + A + Payload));
            Assert.AreEqual("drop no bridge member", bench.Run(2, A + B + Payload));
            bridges.Release(red);
            Assert.AreEqual(0, bridges.Macs.PerDomain[red]);
            Assert.AreEqual("drop no circuit", bench.Run(1, B + A + Payload));
            Assert.AreEqual(red, bench.Bridge());
        });
    }

    [TestMethod]
    public void Table_is_full_when_it_says_so()
    {
        LayerTwoBench bench = new(new PortableKernel(), capacity =>
        {
            capacity.Bridges = 2;
            capacity.BridgeMembers = 3;
            capacity.Attachments = 4;
        });
        BridgeTable bridges = bench.Tables.Bridges;
        int domain = bench.Bridge();
        Assert.AreEqual(1, bench.Bridge());
        Assert.AreEqual(BridgeTable.None, bench.Bridge());
        int[] rows = [.. Enumerable.Range(0, 4).Select(i => bench.Tables.Attachments.Allocate(i))];
        Assert.AreEqual(AttachmentTable.None, bench.Tables.Attachments.Allocate(1));
        bench.Join(domain, 2, rows[0], rows[1], rows[2]);
        Assert.IsFalse(bridges.Join(domain, ForwardingHandle.Attachment | rows[3], 0));
        Assert.AreEqual(2, bridges.Refused);
        Assert.IsTrue(bridges.Join(domain, ForwardingHandle.Attachment | rows[1], 5), "once more, in another group");
        Assert.AreEqual(ForwardingHandle.Attachment | rows[1] | (5 << ForwardingHandle.HorizonShift), bridges.MemberOf(domain, ForwardingHandle.Attachment | rows[1]));
        Assert.AreEqual(ForwardingHandle.None, bridges.MemberOf(1, ForwardingHandle.Attachment | rows[1]));
        bench.Tables.Attachments.Release(rows[3]);
        Assert.AreEqual(rows[3], bench.Tables.Attachments.Allocate(2));
    }
}
