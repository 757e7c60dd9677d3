using LabEdge.Forwarding;

namespace LabEdge.Tests.Layer2;

/// <summary>Attachment circuits: which frames they take, tags popped, pushed and translated (local switching from port 1 to port 2).</summary>
[TestClass]
public class AttachmentTests
{
    private const int QinQ = CircuitTable.DoubleTagged;
    private const string Macs = "0200000000B2 0200000000A1 ";
    private const string Payload = "0800 4500001C00010000400166CE0A0000010A0000020800F7FF00000000 0000000000000000000000000000000000000000";

    /// <summary>Selector, tags popped; tags popped and pushed at the other end; frame in; frame out without its addresses and payload.</summary>
    [TestMethod]
    [DataRow("untagged to untagged", LayerTwoBench.Untagged, 0, 0, "", "", "2:")]
    [DataRow("untagged: a priority tag is none", LayerTwoBench.Untagged, 0, 0, "", "8100A000", "2:")]
    [DataRow("untagged: its priority goes on", LayerTwoBench.Untagged, 0, 0, "81000014", "8100B000", "2: 8100B014")]
    [DataRow("untagged circuit, tagged frame", LayerTwoBench.Untagged, 0, 0, "", "8100000A", "drop not for this station")]
    [DataRow("VLAN 10, kept", 10, 0, 0, "", "8100600A", "2: 8100600A")]
    [DataRow("VLAN 10, popped", 10, 1, 0, "", "8100600A", "2:")]
    [DataRow("VLAN 10, service tag", 10, 1, 0, "", "88A8600A", "2:")]
    [DataRow("VLAN 10, untagged frame", 10, 1, 0, "", "", "drop not for this station")]
    [DataRow("VLAN 10, VLAN 11", 10, 1, 0, "", "8100000B", "drop not for this station")]
    [DataRow("push 1", LayerTwoBench.Untagged, 0, 0, "8100E014", "", "2: 8100E014")]
    [DataRow("push 2", LayerTwoBench.Untagged, 0, 0, "88A80064810000C8", "", "2: 88A80064810000C8")]
    [DataRow("1:1 by pop and push, PCP and DEI kept", 10, 1, 0, "81000014", "8100700A", "2: 81007014")]
    [DataRow("1:2 by pop and push", 10, 1, 0, "88A80064810000C8", "8100A00A", "2: 88A8A0648100A0C8")]
    [DataRow("1:1 at the way out", 10, 0, 1, "81000014", "8100700A", "2: 81007014")]
    [DataRow("1:2 at the way out", 10, 0, 1, "88A80064810000C8", "8100A00A", "2: 88A8A0648100A0C8")]
    [DataRow("2:1 at the way out", QinQ | 10 | (20 << 12), 0, 2, "81000001", "88A8E00A81000014", "2: 8100E001")]
    [DataRow("translate what has no tag: pushed", LayerTwoBench.Untagged, 0, 1, "81000014", "", "2: 81000014")]
    [DataRow("QinQ, none popped", QinQ | 10 | (20 << 12), 0, 0, "", "88A8400A81002014", "2: 88A8400A81002014")]
    [DataRow("QinQ, outer popped", QinQ | 10 | (20 << 12), 1, 0, "", "88A8400A81002014", "2: 81002014")]
    [DataRow("QinQ, both popped", QinQ | 10 | (20 << 12), 2, 0, "", "88A8400A81002014", "2:")]
    [DataRow("QinQ of 2 x 8100", QinQ | 10 | (20 << 12), 2, 0, "", "8100400A81002014", "2:")]
    [DataRow("2:1 by pop and push", QinQ | 10 | (20 << 12), 2, 0, "81000001", "88A8400A81002014", "2: 81004001")]
    [DataRow("QinQ, other inner", QinQ | 10 | (20 << 12), 2, 0, "", "88A8400A81002015", "drop not for this station")]
    [DataRow("QinQ circuit, one tag", QinQ | 10 | (20 << 12), 2, 0, "", "8100400A", "drop not for this station")]
    [DataRow("VLAN 10, inner tags are carried", 10, 1, 0, "", "8100000A8100001E", "2: 8100001E")]
    [DataRow("any tag", CircuitTable.AnyTag, 0, 0, "", "81000ABC", "2: 81000ABC")]
    [DataRow("any tag, popped", CircuitTable.AnyTag, 1, 0, "", "81000ABC8100001E", "2: 8100001E")]
    [DataRow("any tag, VLAN 4095", CircuitTable.AnyTag, 1, 0, "", "81000FFF", "drop not for this station")]
    [DataRow("any tag, untagged", CircuitTable.AnyTag, 1, 0, "", "", "drop not for this station")]
    [DataRow("any frame, untagged", LayerTwoBench.AnyFrame, 0, 0, "", "", "2:")]
    [DataRow("any frame, tagged", LayerTwoBench.AnyFrame, 0, 0, "", "88A8400A81002014", "2: 88A8400A81002014")]
    [DataRow("any frame, priority tag", LayerTwoBench.AnyFrame, 0, 0, "", "8100A000", "2: 8100A000")]
    [DataRow("any frame, tunnelled in VLAN 20", LayerTwoBench.AnyFrame, 0, 0, "88A80014", "8100A00A", "2: 88A800148100A00A")]
    public void Frame_is_taken_and_its_tags_are_as_the_row_says(string what, int selector, int pop, int egressPop, string push, string tags, string outcome)
    {
        uint[] words = [.. push.Chunk(8).Select(w => Convert.ToUInt32(new string(w), 16))];
        string end = outcome.StartsWith("drop", StringComparison.Ordinal) ? outcome : "2: " + Macs + outcome[2..] + Payload;
        LayerTwoBench.InBoth(bench =>
        {
            int to = bench.Attachment(2, 77, 0, egressPop, 0, words);
            int from = bench.Attachment(1, selector, pop);
            bench.Serve(from, ForwardingHandle.Attachment | to);
            bench.Expect(what, 1, Macs + tags + Payload, end);
        });
    }

    [TestMethod]
    public void Closest_circuit_is_chosen()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int[] ways = [bench.Attachment(2, 1, 0, 0, 0, 0x81000001), bench.Attachment(2, 2, 0, 0, 0, 0x81000002), bench.Attachment(2, 3, 0, 0, 0, 0x81000003)];
            int[] selectors = [CircuitTable.AnyTag, 10, CircuitTable.DoubleTagged | 10 | (20 << 12)];
            for (int i = 0; i < 3; i++) bench.Serve(bench.Attachment(1, selectors[i], i == 2 ? 2 : 1), ForwardingHandle.Attachment | ways[i]);
            bench.Expect("any", 1, Macs + "8100000B" + Payload, "2: " + Macs + "81000001" + Payload);
            bench.Expect("outer", 1, Macs + "8100000A" + Payload, "2: " + Macs + "81000002" + Payload);
            bench.Expect("outer with another inner", 1, Macs + "8100000A81000015" + Payload, "2: " + Macs + "81000002 81000015" + Payload);
            bench.Expect("both", 1, Macs + "8100000A81000014" + Payload, "2: " + Macs + "81000003" + Payload);
        });
    }

    [TestMethod]
    public void Fixed_priority_and_class_of_the_label_are_properties_of_the_way_out()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int to = bench.Attachment(2, 77, 0, 0, AttachmentTable.PriorityFixed, 0x81002014);
            bench.Serve(bench.Attachment(1, 10, 1), ForwardingHandle.Attachment | to);
            bench.Expect("fixed", 1, Macs + "8100E00A" + Payload, "2: " + Macs + "81002014" + Payload);

            int classed = bench.Attachment(2, 78, 0, 0, AttachmentTable.PriorityFromClass, 0x81002015);
            bench.Pseudowire(200, 300, 0, ForwardingHandle.Attachment | classed);
            bench.Expect("class 5", Core, LayerTwoBench.CoreIn + "000C8BFF" + Macs + Payload, "2: " + Macs + "8100A015" + Payload);
            Assert.IsTrue(bench.Tables.ClassMaps.Set(1, ClassMapTable.ClassToPriority, 5, 3));
            bench.Tables.Attachments.Record[classed * AttachmentTable.Stride + AttachmentTable.ClassMap] = 1;
            bench.Expect("class 5 by a map", Core, LayerTwoBench.CoreIn + "000C8BFF" + Macs + Payload, "2: " + Macs + "81006015" + Payload);
            bench.Serve(bench.Attachment(1, 11, 1), ForwardingHandle.Attachment | classed);
            bench.Expect("no label: that of the tag", 1, Macs + "8100E00B" + Payload, "2: " + Macs + "8100E015" + Payload);
        });
    }

    [TestMethod]
    public void Longest_frame_passes_and_one_octet_more_does_not()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int to = bench.Attachment(2, 77, 0, 0, 0, 0x81000014);
            bench.Serve(bench.Attachment(1, LayerTwoBench.Untagged), ForwardingHandle.Attachment | to);
            int most = to * AttachmentTable.Stride + AttachmentTable.MaxFrame;
            bench.Tables.Attachments.Record[most] = 1518;
            byte[] frame = new byte[1514];
            Hex.Octets(Macs + "0800").CopyTo(frame, 0);
            Assert.StartsWith("2: ", bench.Run(1, frame));
            Assert.AreEqual("drop MTU exceeded", bench.Run(1, [.. frame, 0]));
            bench.Tables.Attachments.Record[most] = -1;
            Assert.AreEqual("drop transport down", bench.Run(1, frame));
        });
    }

    [TestMethod]
    public void Every_truncation_ends_in_a_frame_of_a_whole_header_or_a_drop()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int to = bench.Attachment(2, 77, 0, 2, 0, 0x81000014);
            bench.Serve(bench.Attachment(1, CircuitTable.DoubleTagged | 10 | (20 << 12), 1), ForwardingHandle.Attachment | to);
            byte[] frame = Hex.Octets(Macs + "88A8400A 81002014 8100001E 0800 4500");
            for (int length = 0; length <= frame.Length; length++)
            {
                string end = bench.Run(1, frame[..length]);
                string expected = length < 14 ? "drop runt" : length < 18 ? "drop runt" : length < 22 ? "drop not for this station"
                    : length < 26 ? "2: " + Convert.ToHexString(Hex.Octets(Macs + "81004014" + Convert.ToHexString(frame[20..length])))
                    : "2: " + Convert.ToHexString(Hex.Octets(Macs + "81004014" + Convert.ToHexString(frame[24..length])));
                Assert.AreEqual(expected, end, $"{length} octets");
            }
        });
    }

    [TestMethod]
    public void Counters_and_a_port_that_refuses()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int to = bench.Attachment(2, 77, 0, 0, 0, 0x81000014);
            int from = bench.Attachment(1, 10, 1);
            bench.Serve(from, ForwardingHandle.Attachment | to);
            bench.Run(1, Macs + "8100000A" + Payload);
            bench.Port[2].Refuses = true;
            Assert.AreEqual("refused", bench.Run(1, Macs + "8100000A" + Payload));
            int[] r = bench.Tables.Attachments.Record;
            int length = Hex.Octets(Macs + "8100000A" + Payload).Length;
            Assert.AreEqual(2, r[from * AttachmentTable.Stride + AttachmentTable.FramesIn]);
            Assert.AreEqual(2 * length, r[from * AttachmentTable.Stride + AttachmentTable.OctetsIn]);
            Assert.AreEqual(1, r[to * AttachmentTable.Stride + AttachmentTable.FramesOut]);
            Assert.AreEqual(length, r[to * AttachmentTable.Stride + AttachmentTable.OctetsOut]);
            Assert.AreEqual(1, bench.Tables.Ledger.EgressDropped[2]);

            // Given back: the port's sum stays.
            bench.Tables.Attachments.Release(to);
            Assert.AreEqual(1, bench.Tables.SentOn(2));
            Assert.AreEqual("drop transport down", bench.Run(1, Macs + "8100000A" + Payload));
            bench.Serve(from, ForwardingHandle.None);
            Assert.AreEqual("drop no circuit", bench.Run(1, Macs + "8100000A" + Payload));
            bench.Tables.ClearCounters();
            Assert.AreEqual(0, bench.Tables.SentOn(2) + r[from * AttachmentTable.Stride + AttachmentTable.FramesIn]);
        });
    }

    [TestMethod]
    public void An_IP_circuit_of_the_same_port_still_serves_its_VRF()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int to = bench.Attachment(2, 77);
            bench.Serve(bench.Attachment(1, 10), ForwardingHandle.Attachment | to);
            bench.Tables.Circuits.Set(1, 20, ForwardingHandle.Vrf | 3);
            Assert.AreEqual("drop not for this station", bench.Run(1, Macs + "81000014" + Payload));
            Assert.AreEqual("drop unknown EtherType", bench.Run(1, "020000000002 0200000000A1 81000014 9999" + Payload));
        });
    }

    private const int Core = LayerTwoBench.Core;
}
