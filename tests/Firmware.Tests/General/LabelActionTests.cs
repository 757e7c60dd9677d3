using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Tests.Kernels;

namespace LabEdge.Tests.General;

/// <summary>
/// Labels with rules of their own: TTL and class models at the pop (RFC 3443, RFC 3270), and what a path of the general path pushes. Each row runs
/// in both kernel forms, on the tables of <see cref="KernelUnderTest"/> and these labels besides.
/// </summary>
[TestClass]
public class LabelActionTests
{
    private const int PipeVrf = 130, PipePair = 131, UniformClassVrf = 132, PipeClassVrf = 133, MappedVrf = 134, Swap = 135, PipeOwn = 136, UniformOwn = 137, UniformPair = 138;
    private const string Core = "020000000001 020000000C0D 8847 ";
    private const string Blue = "2: 020000000103 020000000003 0800 ";

    private static KernelUnderTest[] Forms()
    {
        KernelUnderTest[] forms = KernelRow.Forms();
        foreach (KernelUnderTest test in forms)
        {
            const int Vrf = ForwardingHandle.Vrf | KernelUnderTest.VrfBlue;
            int pair = test.Tables.Labels.Lookup(102);
            Assert.IsTrue(test.Tables.ClassMaps.Set(1, ClassMapTable.ClassToDscp, 5, 46));
            Add(test, PipeVrf, Vrf, LabelActionTable.TtlPipe, 0);
            Add(test, PipePair, pair, LabelActionTable.TtlPipe, 0);
            Add(test, UniformClassVrf, Vrf, LabelActionTable.ClassUniform, 0);
            Add(test, PipeClassVrf, Vrf, LabelActionTable.ClassPipe, 0);
            Add(test, MappedVrf, Vrf, LabelActionTable.ClassUniform, 1);
            Add(test, Swap, test.Tables.Labels.Lookup(100), 0, 0);
            Add(test, PipeOwn, ForwardingHandle.Local, LabelActionTable.TtlPipe, 0);
            Add(test, UniformOwn, ForwardingHandle.Local, LabelActionTable.ClassUniform, 0);
            Add(test, UniformPair, pair, LabelActionTable.ClassUniform, 0);
        }

        return forms;
    }

    private static void Add(KernelUnderTest test, int label, int handle, int rule, int map)
    {
        test.Label(label, test.Tables.LabelActions.Add(handle, rule, map));
    }

    [TestMethod]
    [DataRow("pipe to a VRF: the packet takes one of its own TTL", "0008210A 45000018123440004001495BC6336409AC10090911223344",
        Blue + "45000018123440003F014A5BC6336409AC10090911223344")]
    [DataRow("pipe that ends with TTL 1", "00082101 45000018123440004001495BC6336409AC10090911223344",
        Blue + "45000018123440003F014A5BC6336409AC10090911223344")]
    [DataRow("pipe with TTL 0", "00082100 45000018123440004001495BC6336409AC10090911223344", "punt ttl expired in label at 14 in 1")]
    [DataRow("pipe, TTL 1 under it", "000821FF 45000018123440000101885BC6336409AC10090911223344", "punt ttl expired at 18 in 1")]
    [DataRow("pipe to a VRF, more labels", "00082040 00064140 45000018123440004001495BC6336409AC10090911223344", "drop bottom of stack expected")]
    [DataRow("own label over a pipe: nothing of either is left", "00076003 0008210A 45000018123440004001495BC6336409AC10090911223344",
        Blue + "45000018123440003F014A5BC6336409AC10090911223344")]
    [DataRow("a pipe that is our own label: the next label has its own TTL", "00088002 00064140 45000018123440004001C226C6336409CB00714D11223344",
        "0: 020000000101 020000000001 8847 000C813F 45000018123440004001C226C6336409CB00714D11223344")]
    [DataRow("short pipe, the last label: the packet is left alone", "0008310A 45000018123440004001495BC6336409AC10090911223344",
        "0: 020000000101 020000000001 0800 45000018123440004001495BC6336409AC10090911223344")]
    [DataRow("short pipe, more labels: the next one is left alone", "0008300A 0004D7C8 45000018123440004001495BC6336409AC10090911223344",
        "0: 020000000101 020000000001 8847 0004D7C8 45000018123440004001495BC6336409AC10090911223344")]
    [DataRow("short pipe whose TTL runs out", "00083101 45000018123440004001495BC6336409AC10090911223344", "punt ttl expired in label at 14 in 0")]
    [DataRow("short pipe, three octets of the next label", "0008300A 0004D7", "drop truncated label stack")]
    [DataRow("short pipe, a pseudowire under it", "0008310A 0000000002", "drop payload not IP")]
    [DataRow("uniform class: TC 5 becomes class selector 5", "00084B40 45000018123440004001495BC6336409AC10090911223344",
        Blue + "45A0001812344000" + "3F0149BBC6336409AC10090911223344")]
    [DataRow("uniform class: the class as it was leaves the DSCP", "00084B40 45B800181234400040" + "0148A3C6336409AC10090911223344",
        Blue + "45B800181234400" + "03F0149A3C6336409AC10090911223344")]
    [DataRow("uniform class by a map: TC 5 becomes EF", "00086B40 45000018123440004001495BC6336409AC10090911223344",
        Blue + "45B800181234400" + "03F0149A3C6336409AC10090911223344")]
    [DataRow("uniform class keeps ECN", "00084B40 450300181234400040" + "014958C6336409AC10090911223344",
        Blue + "45A300181234400" + "03F0149B8C6336409AC10090911223344")]
    [DataRow("uniform class of our own label goes into the next one", "00089A40 00064140 45000018123440004001C226C6336409CB00714D11223344",
        "0: 020000000101 020000000001 8847 000C8B3F 45000018123440004001C226C6336409CB00714D11223344")]
    [DataRow("uniform class, pop before the end: into the next label", "0008AA40 0004D140 45000018123440004001C226C6336409CB00714D11223344",
        "0: 020000000101 020000000001 8847 0004DB3F 45000018123440004001C226C6336409CB00714D11223344")]
    [DataRow("uniform class, pop before the end: into the packet", "0008AB40 45000018123440004001495BC6336409AC10090911223344",
        "0: 020000000101 020000000001 0800 45A0001812344000" + "3F0149BBC6336409AC10090911223344")]
    [DataRow("uniform class through explicit null", "00089A40 00000040 00064140 45000018123440004001C226C6336409CB00714D11223344",
        "0: 020000000101 020000000001 8847 000C8B3F 45000018123440004001C226C6336409CB00714D11223344")]
    [DataRow("a swap by way of a row", "00087B40 45000018123440004001C226C6336409CB00714D11223344",
        "0: 020000000101 020000000001 8847 000C8B3F 45000018123440004001C226C6336409CB00714D11223344")]
    public void Label_with_rules_ends_as_the_row_says(string what, string stack, string outcome)
    {
        byte[] octets = Hex.Octets(Core + stack);
        string expected = char.IsDigit(outcome[0]) ? outcome[..2] + " " + Convert.ToHexString(Hex.Octets(outcome[2..])) : outcome;
        foreach (KernelUnderTest test in Forms())
        {
            Assert.AreEqual(expected, test.Run(KernelUnderTest.Core, octets), $"{what}, {test.Kernel.GetType().Name}");
            if (test.Log.Count == 0) Assert.AreEqual(Hex.Text(octets), Hex.Text(test.Frames[0].Octets, test.Frames[0].Start, test.Frames[0].Length), what);
        }
    }

    [TestMethod]
    public void Every_truncation_ends_in_both_forms_alike_and_untouched_unless_sent()
    {
        KernelUnderTest[] forms = Forms();
        foreach (int label in new[] { PipeVrf, PipePair, UniformClassVrf, PipeClassVrf, MappedVrf, Swap, PipeOwn, UniformOwn, UniformPair })
        {
            foreach (bool bottom in new[] { true, false })
            {
                byte[] whole = Hex.Octets(Core + $"{LabelStackEntry.Word(label, 5, bottom, 64):X8} {(bottom ? "" : "0004D140")} 45000018123440004001495BC6336409AC10090911223344");
                for (int length = 0; length <= whole.Length; length++)
                {
                    string first = forms[0].Run(KernelUnderTest.Core, whole.AsSpan(0, length));
                    Assert.AreEqual(first, forms[1].Run(KernelUnderTest.Core, whole.AsSpan(0, length)), $"label {label}, cut to {length}");
                    if (forms[0].Log.Count == 0) Assert.IsTrue(forms[0].Frames[0].Octets.AsSpan(forms[0].Frames[0].Start, length).SequenceEqual(whole.AsSpan(0, length)));
                }
            }
        }
    }

    [TestMethod]
    [DataRow(PipeClassVrf, 5, 0, 5, 0)]
    [DataRow(PipeVrf, 5, 16, 2, 16)]
    [DataRow(UniformClassVrf, 5, 16, 5, 40)]
    public void Labels_pushed_after_a_pop_have_the_class_of_the_model(int label, int trafficClass, int dscp, int pushed, int dscpAfter)
    {
        // VRF blue sends 10/8 on under four labels, uniform.
        byte[] frame = [.. Hex.Octets(Core), .. new byte[44]];
        LabelStackEntry.Write(frame, 14, label, trafficClass, true, 200);
        Ipv4Header.Write(frame, 18, dscp, 40, 7, true, 64, Ipv4Header.Udp, 0xC6336409, 0x0A010203);
        foreach (KernelUnderTest test in Forms())
        {
            Assert.StartsWith("1: ", test.Run(KernelUnderTest.Core, frame));
            byte[] sent = test.Log.Frame.ToArray();
            for (int at = 14; at < 30; at += 4) Assert.AreEqual(pushed, LabelStackEntry.ReadTrafficClass(sent, at), $"at {at}");
            Assert.AreEqual(dscpAfter, Ipv4Header.ReadDscp(sent, 30));
            Assert.IsTrue(Ipv4Header.ChecksumRight(sent, 30));
        }
    }

    [TestMethod]
    public void A_path_with_a_class_map_pushes_the_class_of_the_DSCP_and_stays_a_pipe()
    {
        foreach (KernelUnderTest test in Forms())
        {
            Assert.IsTrue(test.Tables.ClassMaps.Set(2, ClassMapTable.DscpToClass, 46, 3));
            int path = test.Path(0, test.Tunnel, false);
            test.Tables.Paths.SetSpecial(path, KernelUnderTest.Word(900), test.Tunnel, 2 << PathTable.MapShift);
            Assert.IsTrue(test.Tables.Paths.IsSpecial(path, test.Tables.Transports));
            Assert.IsFalse(test.Tables.Paths.IsSpecial(test.Path(0, test.Tunnel, true), test.Tables.Transports));
            test.Route(KernelUnderTest.VrfBlue, "203.0.113.0/24", ForwardingHandle.Special | path);
            foreach ((int dscp, int pushed) in new[] { (46, 3), (40, 5), (0, 0) })
            {
                Assert.StartsWith("0: ", test.Run(KernelUnderTest.Blue, Packet(0xCB007105, dscp, 40)));
                byte[] sent = test.Log.Frame.ToArray();
                Assert.AreEqual(LabelStackEntry.Word(3001, pushed, false, 255), Octets.ReadInt32(sent, 14));
                Assert.AreEqual(LabelStackEntry.Word(900, pushed, true, 255), Octets.ReadInt32(sent, 18));
            }
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void An_entropy_label_goes_under_the_tunnels_labels_and_has_its_room(bool deep)
    {
        foreach (KernelUnderTest test in Forms())
        {
            int transport = deep ? test.Tunnel : test.CoreLabelled;
            int path = test.Path(0, transport, true);
            test.Tables.Paths.SetSpecial(path, KernelUnderTest.Word(900), transport, PathTable.Uniform | PathTable.Entropy);
            test.Route(KernelUnderTest.VrfBlue, "203.0.113.0/24", ForwardingHandle.Special | path);
            int longest = deep ? 1484 : 1488;
            Assert.StartsWith("0: ", test.Run(KernelUnderTest.Blue, Packet(0xCB007105, 40, longest)));
            byte[] sent = test.Log.Frame.ToArray();
            int tunnel = deep ? 3001 : 900;
            Assert.AreEqual(LabelStackEntry.Word(tunnel, 5, false, 63), Octets.ReadInt32(sent, 14));
            Assert.AreEqual(LabelStackEntry.Word(LabelStackEntry.EntropyIndicator, 5, false, 63), Octets.ReadInt32(sent, 18));
            int entropy = LabelStackEntry.ReadLabel(sent, 22);
            Assert.IsGreaterThanOrEqualTo(LabelStackEntry.FirstUnreserved, entropy);
            Assert.AreEqual(LabelStackEntry.Word(entropy, 5, !deep, 0), Octets.ReadInt32(sent, 22));
            if (deep) Assert.AreEqual(LabelStackEntry.Word(900, 5, true, 63), Octets.ReadInt32(sent, 26));
            Assert.AreEqual(0x45, sent[deep ? 30 : 26]);
            Assert.AreEqual(14 + 1500, sent.Length);
            Assert.AreEqual($"drop MTU exceeded, punt mtu exceeded at 14 in 1 value {longest}", test.Run(KernelUnderTest.Blue, Packet(0xCB007105, 40, longest + 1)));

            // The same flow has the same label, another one seldom.
            HashSet<int> labels = [];
            for (uint host = 0; host < 100; host++)
            {
                byte[] packet = Packet(0xCB007100 + host, 0, 60);
                test.Run(KernelUnderTest.Blue, packet);
                int label = LabelStackEntry.ReadLabel(test.Log.Frame.ToArray(), 22);
                labels.Add(label);
                packet[14 + 40] ^= 0xFF;
                test.Run(KernelUnderTest.Blue, packet);
                Assert.AreEqual(label, LabelStackEntry.ReadLabel(test.Log.Frame.ToArray(), 22));
            }

            Assert.IsGreaterThan(98, labels.Count);
        }
    }

    [TestMethod]
    public void What_Host_makes_goes_out_with_every_label_of_its_path()
    {
        KernelUnderTest test = Forms()[0];
        int path = test.Path(0, test.Tunnel, false);
        test.Tables.Paths.SetSpecial(path, KernelUnderTest.Word(900), test.Tunnel, PathTable.Entropy);
        test.Route(KernelUnderTest.VrfBlue, "203.0.113.0/24", ForwardingHandle.Special | path);
        Frame frame = test.Frames[0];
        KernelUnderTest.Fill(frame, Packet(0xCB007105, 0, 40).AsSpan(14));
        Assert.AreEqual(DropReason.None, Egress.SendIp(test.Tables, frame, KernelUnderTest.VrfBlue, frame.Start));
        Assert.AreEqual(14 + 16 + 40, test.Log.Frame.Length);
        Assert.AreEqual(1, test.Tables.Ledger.Originated[KernelUnderTest.Core]);

        // Along an LSP whose label has a row of its own; swapped, and the TTL left as it stands.
        test.Log.Clear();
        KernelUnderTest.Fill(frame, Hex.Octets("00087B40 45000018123440004001C226C6336409CB00714D11223344"));
        Assert.AreEqual(DropReason.None, Egress.SendLabelled(test.Tables, frame, frame.Start));
        Assert.AreEqual("020000000101020000000001" + "8847000C8B40" + "45000018123440004001C226C6336409CB00714D11223344", Convert.ToHexString(test.Log.Frame));
        KernelUnderTest.Fill(frame, Hex.Octets("00082140 45000018123440004001C226C6336409CB00714D11223344"));
        Assert.AreEqual(DropReason.UnknownLabel, Egress.SendLabelled(test.Tables, frame, frame.Start));
    }

    [TestMethod]
    [DataRow("00064140", 0)]
    [DataRow("00076040 00064140", 1)]
    [DataRow("00000040 00076040 00001040 00064140", 3)]
    [DataRow("00007040 00076000 00088040 00064140", 3)]
    [DataRow("00007040", 1)]
    [DataRow("00002140", 1)]
    [DataRow("000821FF", 0)]
    public void Labels_that_end_here_are_counted_for_Host(string stack, int count)
    {
        KernelUnderTest test = Forms()[0];
        byte[] octets = Hex.Octets(stack);
        Assert.AreEqual(count, test.Tables.General.LabelsThatEndHere(octets, 0, octets.Length / 4, ForwardingHandle.ScopeCore));
    }

    [TestMethod]
    public void Rows_are_taken_released_rested_and_refused()
    {
        LabelActionTable table = new(new Capacity { LabelActions = 2 });
        int first = table.Add(ForwardingHandle.Local, LabelActionTable.TtlPipe, 3);
        Assert.AreEqual(ForwardingHandle.LabelAction, first);
        Assert.AreEqual(ForwardingHandle.LabelAction | 1, table.Add(ForwardingHandle.Vrf | 7, 0, 0));
        Assert.AreEqual(ForwardingHandle.None, table.Add(ForwardingHandle.Local, 0, 0));
        Assert.AreEqual(1, table.Refused);
        table.Release(0);
        table.Release(0);
        Assert.AreEqual(ForwardingHandle.None, table.Add(ForwardingHandle.Local, 0, 0), "rests until the next poll");
        Assert.AreNotEqual(0, table.Record[LabelActionTable.Rule] & LabelActionTable.TtlPipe, "and answers as before");
        table.EndOfPoll();
        Assert.AreEqual(first, table.Add(ForwardingHandle.Path | 5, 0, 0));
        Assert.AreEqual(ForwardingHandle.Path | 5, table.Record[LabelActionTable.Handle]);
    }

    [TestMethod]
    public void Class_maps_begin_as_the_identity_and_refuse_what_is_out_of_range()
    {
        ClassMapTable maps = new(new Capacity { ClassMaps = 2 });
        for (int row = 0; row < 2; row++)
        {
            for (int dscp = 0; dscp < 64; dscp++) Assert.AreEqual(dscp / 8, maps.Map[row * ClassMapTable.Stride + ClassMapTable.DscpToClass + dscp]);
            for (int c = 0; c < 8; c++)
            {
                Assert.AreEqual(c * 8, maps.Map[row * ClassMapTable.Stride + ClassMapTable.ClassToDscp + c]);
                Assert.AreEqual(c, maps.Map[row * ClassMapTable.Stride + ClassMapTable.PriorityToClass + c]);
                Assert.AreEqual(c, maps.Map[row * ClassMapTable.Stride + ClassMapTable.ClassToPriority + c]);
            }
        }

        Assert.IsTrue(maps.Set(1, ClassMapTable.DscpToClass, 63, 0));
        Assert.AreEqual(0, maps.Map[ClassMapTable.Stride + 63]);
        Assert.IsFalse(maps.Set(0, ClassMapTable.DscpToClass, 63, 0), "the identity");
        Assert.IsFalse(maps.Set(2, ClassMapTable.DscpToClass, 63, 0));
        Assert.IsFalse(maps.Set(1, ClassMapTable.DscpToClass, 64, 0));
        Assert.IsFalse(maps.Set(1, ClassMapTable.DscpToClass, 1, 8));
        Assert.IsFalse(maps.Set(1, ClassMapTable.ClassToDscp, 8, 0));
        Assert.IsFalse(maps.Set(1, ClassMapTable.ClassToDscp, 1, 64));
        Assert.IsFalse(maps.Set(1, ClassMapTable.PriorityToClass, 1, 8));
        Assert.IsFalse(maps.Set(1, 7, 1, 1));
        maps.Reset(1);
        Assert.AreEqual(7, maps.Map[ClassMapTable.Stride + 63]);
    }

    private static byte[] Packet(uint destination, int dscp, int length)
    {
        byte[] frame = new byte[14 + length];
        Hex.Octets("020000000003 020000000C0D 0800").CopyTo(frame, 0);
        Ipv4Header.Write(frame, 14, dscp, length, 7, true, 64, Ipv4Header.Udp, 0xC6336409, destination);
        return frame;
    }
}
