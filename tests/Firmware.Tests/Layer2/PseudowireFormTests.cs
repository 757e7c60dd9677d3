using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Layer2;

/// <summary>Ethernet pseudowires in every form (RFC 4448, RFC 4385 section 4, RFC 6391), both ways.</summary>
[TestClass]
public class PseudowireFormTests
{
    private const int Core = LayerTwoBench.Core;
    private const string Macs = "0200000000B2 0200000000A1 ";
    private const string Payload = "0800 4500001C00010000400166CE0A0000010A0000020800F7FF00000000 0000000000000000000000000000000000000000";

    // Label 300, S, TTL 255; label 200, S, TTL 255.
    private const string Remote = "0012C1FF", Local = "000C81FF", Word = "00000000";

    /// <summary>Selector, tags popped, flags, tag of the pseudowire; tags of the customer's frame; what stands under the labels.</summary>
    [TestMethod]
    [DataRow("raw, port", LayerTwoBench.AnyFrame, 0, 0, 0u, "8100A00A", Remote, "8100A00A")]
    [DataRow("raw, VLAN popped", 10, 1, 0, 0u, "8100A00A", Remote, "")]
    [DataRow("raw, VLAN kept", 10, 0, 0, 0u, "8100A00A", Remote, "8100A00A")]
    [DataRow("raw, control word", 10, 1, PseudowireTable.ControlWord, 0u, "8100A00A", Remote + Word, "")]
    [DataRow("tagged, the circuit's tag kept", 10, 0, PseudowireTable.Tagged, 0u, "8100A00A", Remote, "8100A00A")]
    [DataRow("tagged, replaced, priority kept", 10, 0, PseudowireTable.Tagged, 0x81000064u, "8100B00A", Remote, "8100B064")]
    [DataRow("tagged, replaced after a pop", 10, 1, PseudowireTable.Tagged, 0x81000064u, "8100B00A", Remote, "8100B064")]
    [DataRow("tagged, inner tag is the customer's", 10, 0, PseudowireTable.Tagged, 0x81000064u, "8100B00A8100001E", Remote, "8100B0648100001E")]
    [DataRow("tagged, untagged frame: a tag in front", LayerTwoBench.Untagged, 0, PseudowireTable.Tagged, 0x81000064u, "", Remote, "81000064")]
    [DataRow("tagged, untagged frame, VLAN 0", LayerTwoBench.Untagged, 0, PseudowireTable.Tagged, 0x81000000u, "", Remote, "81000000")]
    [DataRow("tagged, port: the customer's tag is no delimiter", LayerTwoBench.AnyFrame, 0, PseudowireTable.Tagged, 0x81000064u, "8100B00A", Remote, "810000648100B00A")]
    [DataRow("tagged, control word", 10, 0, PseudowireTable.Tagged | PseudowireTable.ControlWord, 0x88A80064u, "8100B00A", Remote + Word, "88A8B064")]
    public void Circuit_to_core(string what, int selector, int pop, int flags, uint tag, string tags, string stack, string carried)
    {
        LayerTwoBench.InBoth(bench =>
        {
            int circuit = bench.Attachment(1, selector, pop);
            int pw = bench.Pseudowire(200, 300, flags, ForwardingHandle.Attachment | circuit, tag: (int)tag);
            bench.Serve(circuit, ForwardingHandle.Pseudowire | pw);
            bench.Expect(what, 1, Macs + tags + Payload, "0: " + LayerTwoBench.CoreOut + stack + Macs + carried + Payload);
            Assert.AreEqual(1, bench.Tables.Pseudowires.Record[pw * PseudowireTable.Stride + PseudowireTable.FramesIn]);
            Assert.AreEqual(Hex.Octets(Macs + carried + Payload).Length, bench.Tables.Pseudowires.Record[pw * PseudowireTable.Stride + PseudowireTable.OctetsIn]);
        });
    }

    /// <summary>Flags, stack, what stands under it; tags that the circuit pops and pushes; what goes out, or the drop.</summary>
    [TestMethod]
    [DataRow("raw", 0, Local, "", 0, "", "1:")]
    [DataRow("raw, a tag is the customer's", 0, Local, "8100A00A", 0, "", "1: 8100A00A")]
    [DataRow("raw, circuit in VLAN 20", 0, Local, "", 0, "81000014", "1: 81000014")]
    [DataRow("control word", PseudowireTable.ControlWord, Local + Word, "", 0, "", "1:")]
    [DataRow("control word, reserved bits are not looked at", PseudowireTable.ControlWord, Local + "0FFF0000", "", 0, "", "1:")]
    [DataRow("associated channel", PseudowireTable.ControlWord, Local + "10000021", "", 0, "", "drop control word invalid")]
    [DataRow("nibble 2", PseudowireTable.ControlWord, Local + "20000000", "", 0, "", "drop control word invalid")]
    [DataRow("nibble 4", PseudowireTable.ControlWord, Local + "45000000", "", 0, "", "drop control word invalid")]
    [DataRow("tagged: popped", PseudowireTable.Tagged, Local, "8100A00A", 0, "", "1:")]
    [DataRow("tagged: replaced by the circuit's, priority kept", PseudowireTable.Tagged, Local, "8100B00A", 0, "81000014", "1: 8100B014")]
    [DataRow("tagged: only the outer one", PseudowireTable.Tagged, Local, "8100B00A8100001E", 0, "81000014", "1: 8100B0148100001E")]
    [DataRow("tagged: none there", PseudowireTable.Tagged, Local, "", 0, "", "1:")]
    [DataRow("flow label", PseudowireTable.FlowLabelReceive, "000C80FF 12345101", "", 0, "", "1:")]
    [DataRow("flow label, any value and TTL", PseudowireTable.FlowLabelReceive, "000C80FF 00000100", "", 0, "", "1:")]
    [DataRow("flow label agreed, none there", PseudowireTable.FlowLabelReceive, Local, "", 0, "", "1:")]
    [DataRow("flow label and control word", PseudowireTable.FlowLabelReceive | PseudowireTable.ControlWord, "000C80FF 12345101" + Word, "", 0, "", "1:")]
    [DataRow("flow label not agreed", 0, "000C80FF 12345101", "", 0, "", "drop bottom of stack expected")]
    [DataRow("two labels under it", PseudowireTable.FlowLabelReceive, "000C80FF 12345001 12345101", "", 0, "", "drop bottom of stack expected")]
    public void Core_to_circuit(string what, int flags, string stack, string carried, int egressPop, string push, string outcome)
    {
        uint[] words = [.. push.Chunk(8).Select(w => Convert.ToUInt32(new string(w), 16))];
        string end = outcome.StartsWith("drop", StringComparison.Ordinal) ? outcome : "1: " + Macs + outcome[2..] + Payload;
        LayerTwoBench.InBoth(bench =>
        {
            int circuit = bench.Attachment(1, 99, 0, egressPop, 0, words);
            int pw = bench.Pseudowire(200, 300, flags, ForwardingHandle.Attachment | circuit);
            bench.Expect(what, Core, LayerTwoBench.CoreIn + stack + Macs + carried + Payload, end);
            Assert.AreEqual(end == outcome ? 0 : 1, bench.Tables.Pseudowires.Record[pw * PseudowireTable.Stride + PseudowireTable.FramesOut]);

            // The same through a port of its own.
            int port = bench.PortMode(3, 201, 301, flags);
            if (push != "" || end == outcome) return;
            bench.Expect(what + ", port", Core, LayerTwoBench.CoreIn + stack.Replace("000C8", "000C9") + Macs + carried + Payload, "3" + end[1..]);
            Assert.AreEqual(1, bench.Tables.Pseudowires.Record[port * PseudowireTable.Stride + PseudowireTable.FramesOut]);
        });
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("8100000A")]
    [DataRow("88A8000A8100A014")]
    public void Flow_label_goes_under_the_pseudowire_label_and_is_one_per_flow(string tags)
    {
        LayerTwoBench.InBoth(bench =>
        {
            bench.PortMode(1, 200, 300, PseudowireTable.FlowLabelSend | PseudowireTable.ControlWord, bench.Tunnel);
            HashSet<int> labels = [];
            for (int flow = 0; flow < 64; flow++)
            {
                string frame = Macs + tags + $"0800 4500001C00010000400166CE0A0000010A0000{flow:X2}0800F7FF00000000";
                string once = bench.Run(1, frame);
                Assert.AreEqual(once, bench.Run(1, frame));
                string sent = once[3..];
                Assert.AreEqual("00BB90FF" + "0012C0FF", sent[28..44]);
                int entry = Convert.ToInt32(sent[44..52], 16);
                Assert.AreEqual(0x101, entry & 0xFFF, "class 0, S, TTL 1");
                Assert.IsGreaterThan(15, (entry >> 12) & 0xFFFFF, "not a reserved label");
                labels.Add(entry >> 12);
                Assert.AreEqual("00000000" + Convert.ToHexString(Hex.Octets(frame)), sent[52..]);
            }

            Assert.IsGreaterThan(60, labels.Count);
        });
    }

    [TestMethod]
    [DataRow(0, "0012C1FF", "no class in a pipe")]
    [DataRow(PathTable.Uniform, "0012CBFF", "that of the tag")]
    [DataRow(PathTable.Uniform | (1 << PathTable.MapShift), "0012C5FF", "that of the map")]
    public void Class_of_the_labels_is_the_priority_of_the_circuit_s_tag_by_the_rule_of_the_path(int rule, string label, string what)
    {
        LayerTwoBench.InBoth(bench =>
        {
            Assert.IsTrue(bench.Tables.ClassMaps.Set(1, ClassMapTable.PriorityToClass, 5, 2));
            int circuit = bench.Attachment(1, 10, 1);
            int pw = bench.Pseudowire(200, 300, 0, ForwardingHandle.Attachment | circuit);
            int path = bench.Tables.Pseudowires.Record[pw * PseudowireTable.Stride + PseudowireTable.Path];
            bench.Tables.Paths.Record[path * PathTable.Stride + PathTable.Transport] |= rule;
            bench.Serve(circuit, ForwardingHandle.Pseudowire | pw);
            bench.Expect(what, 1, Macs + "8100A00A" + Payload, "0: " + LayerTwoBench.CoreOut + label + Macs + Payload);
            Assert.IsTrue(bench.Tables.Pseudowires.SetMode(pw, PseudowireTable.FlowLabelSend, 0));
            bench.Tables.Pseudowires.SetUp(pw, true);
            string sent = bench.Run(1, Macs + "8100A00A" + Payload);
            Assert.AreEqual(label.Remove(5, 1).Insert(5, ((char)(label[5] - 1)).ToString()), sent[31..39], what);
            Assert.AreEqual(label[5], sent[44], what + ": the flow label too");
        });
    }

    [TestMethod]
    public void Numbers_sent_begin_at_1_and_leave_out_0()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int pw = bench.PortMode(1, 200, 300, PseudowireTable.SequenceSend | PseudowireTable.ControlWord);
            bench.Expect("first", 1, Macs + Payload, "0: " + LayerTwoBench.CoreOut + Remote + "00000001" + Macs + Payload);
            bench.Expect("second", 1, Macs + Payload, "0: " + LayerTwoBench.CoreOut + Remote + "00000002" + Macs + Payload);
            bench.Tables.Pseudowires.Extra[pw * PseudowireTable.ExtraStride + PseudowireTable.NextSequence] = 65535;
            bench.Expect("last", 1, Macs + Payload, "0: " + LayerTwoBench.CoreOut + Remote + "0000FFFF" + Macs + Payload);
            bench.Expect("again", 1, Macs + Payload, "0: " + LayerTwoBench.CoreOut + Remote + "00000001" + Macs + Payload);

            // A frame that is not sent takes no number.
            Assert.AreEqual("drop MTU exceeded", bench.Run(1, new byte[1520]));
            bench.Expect("next", 1, Macs + Payload, "0: " + LayerTwoBench.CoreOut + Remote + "00000002" + Macs + Payload);
        });
    }

    [TestMethod]
    public void Numbers_received_go_forward_only()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int pw = bench.PortMode(1, 200, 300, PseudowireTable.SequenceReceive | PseudowireTable.ControlWord);
            string Take(int sequence) => bench.Run(Core, LayerTwoBench.CoreIn + Local + $"0000{sequence:X4}" + Macs + Payload);
            (int Sequence, bool Passes)[] rows =
            [
                (1, true), (1, false), (2, true), (5, true), (3, false), (4, false), (0, true), (6, true), (6 + 32768, true), (8, false), (6 + 32767, false),
                (65535, true), (65535, false), (1, true), (65535, false), (2, true), (32770, true), (65537 - 32768, false), (32771, true),
            ];
            foreach ((int sequence, bool passes) in rows) Assert.AreEqual(passes, Take(sequence).StartsWith("1: ", StringComparison.Ordinal), $"number {sequence}");
            Assert.AreEqual("drop out of sequence", Take(32771));
            bench.Tables.Pseudowires.ResetSequence(pw);
            Assert.StartsWith("1: ", Take(1));
        });
    }

    [TestMethod]
    public void Order_of_numbers_is_that_of_the_RFC()
    {
        // RFC 4385 section 4.2, written as it stands there.
        static bool Rfc(int received, int expected) => received == 0
            || (received >= expected && received - expected < 32768) || (received < expected && expected - received >= 32768);
        foreach (int expected in (int[])[1, 2, 100, 32767, 32768, 32769, 65534, 65535])
        {
            for (int received = 0; received < 65536; received++) Assert.AreEqual(Rfc(received, expected), ControlWord.IsInOrder(received, expected), $"{received} for {expected}");
        }

        Assert.AreEqual(1, ControlWord.NextSequence(65535));
        Assert.AreEqual(65535, ControlWord.NextSequence(65534));
    }

    [TestMethod]
    public void Every_truncation_is_dropped_or_a_whole_header()
    {
        LayerTwoBench.InBoth(bench =>
        {
            bench.PortMode(1, 200, 300, PseudowireTable.FlowLabelReceive | PseudowireTable.ControlWord | PseudowireTable.Tagged);
            byte[] frame = Hex.Octets(LayerTwoBench.CoreIn + "000C80FF 12345101 00000000" + Macs + "81000014 0800 4500");
            for (int length = 0; length <= frame.Length; length++)
            {
                string expected = length < 14 ? "drop runt" : length < 22 ? "drop truncated label stack" : length < 26 ? "drop pseudowire truncated"
                    : length < 40 ? "drop pseudowire truncated"
                    : length < 44 ? "1: " + Convert.ToHexString(frame, 26, length - 26)
                    : "1: " + Convert.ToHexString(frame, 26, 12) + Convert.ToHexString(frame, 42, length - 42);
                Assert.AreEqual(expected, bench.Run(Core, frame[..length]), $"{length} octets");
            }
        });
    }

    [TestMethod]
    public void Down_is_down_both_ways_and_a_way_without_room_says_so()
    {
        LayerTwoBench.InBoth(bench =>
        {
            int pw = bench.PortMode(1, 200, 300, PseudowireTable.SequenceSend | PseudowireTable.ControlWord);
            bench.Tables.Pseudowires.SetUp(pw, false);
            Assert.IsFalse(bench.Tables.Pseudowires.IsUp(pw));
            Assert.AreEqual("drop pseudowire down", bench.Run(1, Macs + Payload));
            Assert.AreEqual("drop pseudowire down", bench.Run(Core, LayerTwoBench.CoreIn + Local + Word + Macs + Payload));
            bench.PortMode(2, 201, 301, PseudowireTable.SequenceSend | PseudowireTable.ControlWord, bench.Unusable);
            Assert.AreEqual("drop transport down", bench.Run(2, Macs + Payload));
            bench.Expect("TTL 1", Core, LayerTwoBench.CoreIn + "000C8101" + Word + Macs + Payload, "drop TTL expired, not IP");
        });
    }

    [TestMethod]
    public void Largest_frame_passes_and_one_octet_more_does_not()
    {
        // Room of the neighbour 1,508: label, control word, flow label.
        (int Flags, int Most)[] rows =
        [
            (PseudowireTable.SequenceSend | PseudowireTable.ControlWord, 1500), (PseudowireTable.FlowLabelSend, 1500),
            (PseudowireTable.FlowLabelSend | PseudowireTable.ControlWord, 1496), (PseudowireTable.Tagged, 1500), (PseudowireTable.ControlWord, 1500), (0, 1504),
        ];
        foreach ((int flags, int most) in rows)
        {
            LayerTwoBench.InBoth(bench =>
            {
                bench.PortMode(1, 200, 300, flags);
                byte[] frame = new byte[most];
                Hex.Octets(Macs + "0800").CopyTo(frame, 0);
                string sent = bench.Run(1, frame);
                Assert.StartsWith("0: ", sent);
                Assert.AreEqual(1508 + 14, (sent.Length - 3) / 2);
                Assert.AreEqual("drop MTU exceeded", bench.Run(1, [.. frame, 0]));
            });
        }
    }

    [TestMethod]
    public void Plain_one_is_the_kernels_and_any_other_is_not()
    {
        Tables tables = new(Capacity.Board());
        PseudowireTable table = tables.Pseudowires;
        int row = table.Allocate();
        table.Record[row * PseudowireTable.Stride + PseudowireTable.Port] = 3;
        for (int bit = PseudowireTable.Tagged; bit <= PseudowireTable.FragmentReceive; bit <<= 1)
        {
            Assert.IsTrue(table.SetMode(row, PseudowireTable.ControlWord | bit, 0));
            Assert.IsFalse(table.IsUp(row));
            table.SetUp(row, true);
            Assert.IsTrue(table.IsUp(row));
            Assert.AreEqual(PseudowireTable.Used | PseudowireTable.ControlWord | PseudowireTable.UpGeneral | bit, table.Record[row * PseudowireTable.Stride]);
        }

        Assert.IsTrue(table.SetMode(row, PseudowireTable.ControlWord, 0));
        table.SetUp(row, true);
        Assert.AreEqual(PseudowireTable.Used | PseudowireTable.ControlWord | PseudowireTable.Up, table.Record[row * PseudowireTable.Stride]);

        // The way decides too.
        int path = tables.Paths.Allocate(1);
        table.Record[row * PseudowireTable.Stride + PseudowireTable.Path] = path;
        tables.Paths.SetSpecial(path, 0x12C1FF, tables.Transports.Allocate(), PathTable.Entropy);
        table.SetUp(row, true);
        Assert.AreEqual(PseudowireTable.UpGeneral, table.Record[row * PseudowireTable.Stride] & (PseudowireTable.Up | PseudowireTable.UpGeneral));
        tables.Paths.Set(path, 0x12C1FF, 0, false);
        tables.Transports.Tunnel[0] = 1;
        table.SetUp(row, true);
        Assert.AreEqual(PseudowireTable.UpGeneral, table.Record[row * PseudowireTable.Stride] & (PseudowireTable.Up | PseudowireTable.UpGeneral));
        tables.Transports.Tunnel[0] = 0;
        table.SetUp(row, true);
        Assert.AreEqual(PseudowireTable.Up, table.Record[row * PseudowireTable.Stride] & (PseudowireTable.Up | PseudowireTable.UpGeneral));
        table.Connect(row, ForwardingHandle.Attachment | 1);
        Assert.IsFalse(table.IsUp(row));
        table.SetUp(row, true);
        Assert.AreEqual(PseudowireTable.UpGeneral, table.Record[row * PseudowireTable.Stride] & (PseudowireTable.Up | PseudowireTable.UpGeneral));
        table.SetUp(row, false);
        Assert.IsFalse(table.IsUp(row));
        Assert.IsTrue(table.SetMode(row, 0, 0));
    }
}
