using System.Reflection;
using LabEdge.Emulator;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Tests.Kernels;

/// <summary>What no single row shows: truncation, sizes to the octet, refusing ports, groups, odd places in the array.</summary>
[TestClass]
public class KernelEdgeTests
{
    private static readonly Type[] RowTables =
    [
        typeof(KernelSwapTests), typeof(KernelPopTests), typeof(KernelVrfInTests), typeof(KernelVrfOutTests), typeof(KernelPseudowireTests), typeof(KernelTaggedTests),
        typeof(KernelOwnLabelTests), typeof(KernelReservedLabelTests),
    ];

    // Reasons that Host or the router gives, not a kernel; and those of tunnels, reverse paths and layer 2 services, which have tables of their own.
    private static readonly int[] Elsewhere =
    [
        DropReason.None, DropReason.PuntRateLimited, DropReason.HostUnclaimed, DropReason.PortDisabled, DropReason.SourceInvalid, DropReason.ReversePath,
        DropReason.OutOfSequence, DropReason.FragmentInvalid, DropReason.NoBridgeMember, DropReason.SamePort, DropReason.MacLimit, DropReason.StormControl,
        DropReason.UnknownTunnel, DropReason.TunnelHeaderInvalid, DropReason.LinkLocal,
    ];

    private static readonly ForwardingAccount Account = new();

    // All rows of the octet tables: what, port, received, outcome.
    private static IEnumerable<object[]> Rows()
    {
        return RowTables.SelectMany(Data);
    }

    private static IEnumerable<object[]> Data(Type table)
    {
        return table.GetMethods().SelectMany(m => m.GetCustomAttributes<DataRowAttribute>()).Select(row => row.Data);
    }

    [TestMethod]
    public void Rows_reach_every_reason_that_a_kernel_gives()
    {
        HashSet<string> reached = [.. Rows().Select(row => (string)row[3]).Where(o => o.StartsWith("drop ")).Select(o => o[5..].Split(", punt")[0])];
        string[] wanted = [.. Enumerable.Range(0, DropReason.Count).Except(Elsewhere).Select(DropReason.Name)];
        CollectionAssert.AreEquivalent(wanted, reached.ToArray());
    }

    [TestMethod]
    public void Every_truncation_ends_alike_whatever_lies_behind_the_end()
    {
        KernelUnderTest[] forms = KernelRow.Forms();
        int frames = 0;
        foreach (object[] row in Rows())
        {
            int port = (int)row[1];
            byte[] whole = Hex.Octets((string)row[2]);
            for (int length = 0; length <= Math.Min(whole.Length, 100); length++)
            {
                string first = null;
                for (int behind = 0; behind < 4; behind++)
                {
                    KernelUnderTest test = forms[behind & 1];
                    Frame f = test.Frames[0];
                    if (behind < 2) whole.CopyTo(f.Octets, f.Headroom);
                    else Array.Fill(f.Octets, (byte)(behind == 2 ? 0x00 : 0xFF));
                    string outcome = test.Run(port, whole.AsSpan(0, length));
                    first ??= outcome;
                    Assert.AreEqual(first, outcome, $"{row[0]}, cut to {length}, {test.Kernel.GetType().Name}");
                }

                KernelUnderTest.Fill(forms[0].Frames[0], whole.AsSpan(0, length));
                Account.Describe(forms[0].Tables, forms[0].Frames[0], port);
                frames++;
                if (Account.Verdict == ForwardingAccount.General) continue;
                Assert.AreEqual(char.IsDigit(first[0]), Account.Verdict == ForwardingAccount.Forwarded, $"{row[0]}, cut to {length}: {first}");
                if (first.StartsWith("drop ")) Assert.StartsWith("drop " + DropReason.Name(Account.Reason), first, $"{row[0]}, cut to {length}");
            }
        }

        Assert.IsGreaterThan(5000, frames);
    }

    [TestMethod]
    [DataRow(KernelUnderTest.Circuit, "", 1488)]
    [DataRow(KernelUnderTest.Core, "0200000000010200000000AA8847 00072109", 1514)]
    public void Longest_customer_frame_passes_and_one_octet_more_does_not(int port, string front, int longest)
    {
        foreach (KernelUnderTest test in KernelRow.Forms())
        {
            byte[] header = Hex.Octets(front);
            string passes = test.Run(port, [.. header, .. new byte[longest]]);
            Assert.IsTrue(char.IsDigit(passes[0]), passes[..Math.Min(60, passes.Length)]);
            Assert.AreEqual("drop MTU exceeded", test.Run(port, [.. header, .. new byte[longest + 1]]));
        }
    }

    [TestMethod]
    [DataRow("10.9.1.1", 1496)]
    [DataRow("10.1.1.1", 1484)]
    [DataRow("172.16.1.1", 1500)]
    public void Longest_packet_passes_and_one_octet_more_is_noted_with_what_fits(string destination, int longest)
    {
        foreach (KernelUnderTest test in KernelRow.Forms())
        {
            string passes = test.Run(KernelUnderTest.Blue, Packet(KernelUnderTest.Blue, destination, longest));
            Assert.IsTrue(char.IsDigit(passes[0]), passes[..Math.Min(60, passes.Length)]);
            string over = test.Run(KernelUnderTest.Blue, Packet(KernelUnderTest.Blue, destination, longest + 1));
            Assert.AreEqual($"drop MTU exceeded, punt mtu exceeded at 14 in 1 value {longest}", over);
        }
    }

    private static byte[] Packet(int port, string destination, int length, string source = "198.51.100.9")
    {
        byte[] frame = new byte[14 + length];
        Hex.Octets($"02000000000{port + 1} 020000000C0D 0800").CopyTo(frame, 0);
        Ipv4Header.Write(frame, 14, 0, length, 7, true, 64, Ipv4Header.Udp, KernelUnderTest.Address(source), KernelUnderTest.Address(destination));
        return frame;
    }

    [TestMethod]
    public void A_refusing_port_is_an_egress_drop_and_still_forwarded()
    {
        foreach (object[] row in Rows().Where(row => char.IsDigit(((string)row[3])[0])))
        {
            foreach (KernelUnderTest test in KernelRow.Forms())
            {
                int egress = ((string)row[3])[0] - '0';
                test.Port[egress].Refuses = true;
                Assert.AreEqual("refused", test.Run((int)row[1], Hex.Octets((string)row[2])), (string)row[0]);
                Assert.AreEqual(1, test.Tables.Ledger.EgressDropped[egress]);
                Assert.AreEqual(1, test.Tables.Ledger.Forwarded[(int)row[1]]);
                Assert.AreEqual(0, test.Tables.SentOn(egress));
            }
        }
    }

    [TestMethod]
    public void Without_verification_a_wrong_checksum_goes_on_wrong()
    {
        byte[] wrong = Packet(KernelUnderTest.Blue, "172.16.1.1", 20);
        wrong[14 + 11] ^= 1;
        foreach (KernelUnderTest test in KernelRow.Forms(false))
        {
            Assert.StartsWith("2: ", test.Run(KernelUnderTest.Blue, wrong));
            Assert.IsFalse(Ipv4Header.ChecksumRight(test.Log.Frame.ToArray(), 14));
        }
    }

    [TestMethod]
    [DataRow("10.3.0.")]
    public void Flows_spread_over_a_group_and_each_keeps_its_path(string network)
    {
        KernelUnderTest[] forms = KernelRow.Forms();
        Dictionary<string, int> used = [];
        for (int flow = 0; flow < 256; flow++)
        {
            byte[] frame = Packet(KernelUnderTest.Core, network + flow, 40, "198.51.100." + flow * 7 % 256);
            string first = forms[0].Run(KernelUnderTest.Core, frame);
            for (int again = 0; again < 4; again++) Assert.AreEqual(first, forms[again & 1].Run(KernelUnderTest.Core, frame));
            string path = first.Substring(0, 3) + first.Substring(27, 10);
            used[path] = used.GetValueOrDefault(path) + 1;
        }

        Assert.HasCount(3, used);
        Assert.IsGreaterThan(40, used.Values.Min());
    }

    [TestMethod]
    [DataRow(105, 3)]
    [DataRow(117, 2)]
    public void Labelled_flows_spread_over_a_group_by_the_label_under_the_top(int label, int members)
    {
        KernelUnderTest[] forms = KernelRow.Forms();
        Dictionary<string, int> used = [];
        for (int flow = 0; flow < 256; flow++)
        {
            byte[] frame = Hex.Octets($"020000000001 020000000C0D 8847 {LabelStackEntry.Word(label, 0, false, 64):X8} {LabelStackEntry.Word(5000 + flow, 0, true, 9):X8}" + new string('0', 80));
            string first = forms[0].Run(KernelUnderTest.Core, frame);
            for (int again = 0; again < 4; again++) Assert.AreEqual(first, forms[again & 1].Run(KernelUnderTest.Core, frame));
            string path = first.Substring(0, 3) + (members == 3 ? first.Substring(31, 5) : "");
            used[path] = used.GetValueOrDefault(path) + 1;
        }

        Assert.HasCount(members, used);
        Assert.IsGreaterThan(40, used.Values.Min());
    }

    [TestMethod]
    public void A_pseudowire_without_control_word_and_one_that_is_down()
    {
        byte[] frame = Hex.Octets("FFFFFFFFFFFF 0200000000AA 0806" + new string('0', 92));
        foreach (KernelUnderTest test in KernelRow.Forms())
        {
            int[] ports = test.Tables.Ports.Record;
            ports[KernelUnderTest.Circuit * PortTable.Stride + PortTable.Any] = ForwardingHandle.Pseudowire | test.PseudowirePlain;
            Assert.AreEqual("0: 02000000010102000000000188470" + "03221FF" + Convert.ToHexString(frame), test.Run(KernelUnderTest.Circuit, frame));
            ports[KernelUnderTest.Circuit * PortTable.Stride + PortTable.Any] = ForwardingHandle.Pseudowire | test.PseudowireDown;
            Assert.AreEqual("drop pseudowire down", test.Run(KernelUnderTest.Circuit, frame));
            ports[KernelUnderTest.Circuit * PortTable.Stride + PortTable.Any] = ForwardingHandle.Pseudowire | test.PseudowireUp;
            test.Tables.Transports.SetUnusable(test.Tunnel);
            Assert.AreEqual("drop transport down", test.Run(KernelUnderTest.Circuit, frame));
        }
    }

    [TestMethod]
    public void A_frame_may_begin_anywhere_that_leaves_room_for_what_is_pushed()
    {
        foreach (object[] row in Rows().Where(row => char.IsDigit(((string)row[3])[0])))
        {
            byte[] octets = Hex.Octets((string)row[2]);
            string expected = Convert.ToHexString(Hex.Octets(((string)row[3])[2..]));
            foreach (KernelUnderTest test in KernelRow.Forms())
            {
                int grows = Math.Max(0, expected.Length / 2 - octets.Length);
                for (int start = grows; start < 120; start += 7)
                {
                    Frame f = test.Frames[0];
                    octets.CopyTo(f.Octets, start);
                    f.Start = start;
                    f.Length = octets.Length;
                    test.Log.Clear();
                    Assert.AreEqual(1, test.Kernel.Burst(test.Tables, test.Frames, 0, 1, (int)row[1]), $"{row[0]} at {start}");
                    Assert.AreEqual(expected, Convert.ToHexString(test.Log.Frame), $"{row[0]} at {start}");
                }
            }
        }
    }

    [TestMethod]
    public void Slots_of_another_stride_hold_the_same_octets()
    {
        KernelUnderTest usual = new(new PortableKernel());
        KernelUnderTest[] wide = [new KernelUnderTest(new PortableKernel(), stride: 48), new KernelUnderTest(new NetKernel(), stride: 48)];
        foreach (object[] row in Rows())
        {
            byte[] octets = Hex.Octets((string)row[2]);
            string expected = usual.Run((int)row[1], octets);
            foreach (KernelUnderTest test in wide) Assert.AreEqual(expected, test.Run((int)row[1], octets), (string)row[0]);
        }
    }

    [TestMethod]
    public void A_vrf_of_any_size_is_searched_to_its_last_prefix()
    {
        const int Most = 65_000;
        KernelUnderTest[] forms = [new(new PortableKernel(), false, prefixes: Most + 100), new(new NetKernel(), false, prefixes: Most + 100)];
        int[][] paths = [.. forms.Select(test => Enumerable.Range(0, 51).Select(i => test.Path(KernelUnderTest.Word(1000 + i), test.CoreLabelled, false)).ToArray())];
        for (int k = 0; k < 2; k++)
        {
            // Nothing behind the ones that are inserted: the last of all must be found too. A default route, so that no miss looks like a rare case.
            PrefixTable prefixes = forms[k].Tables.Prefixes;
            Assert.IsTrue(prefixes.Remove(0, 0xC0000200, 24) && prefixes.Remove(0, 0xC0000201, 32));
            prefixes.Set(0, 0, 0, ForwardingHandle.Path | paths[k][50]);
        }

        Random random = new(17);
        byte[] frame = Packet(KernelUnderTest.Core, "100.0.0.0", 20);
        int next = 1;
        for (int n = 1; n <= Most; n++)
        {
            // Ascending, so that each insert is at the end: /24s with a gap behind each.
            for (int k = 0; k < 2; k++) forms[k].Tables.Prefixes.Set(0, 0x64000000 + (uint)n * 512, 24, ForwardingHandle.Path | paths[k][n % 50]);
            bool all = n is 8_200 or Most;
            if (n < next && !all) continue;
            if (n == next) next = next < 64 ? next + 1 : next + next / 3;
            for (int look = all ? 1 : Math.Max(1, n - 5); look <= n; look++) Look(forms, frame, look, 0, 1000 + look % 50);
            for (int look = 0; look < 40; look++)
            {
                int which = random.Next(1, n + 1);
                bool gap = look % 4 == 0;
                Look(forms, frame, which, (uint)random.Next(256) + (gap ? 256u : 0), gap ? 1050 : 1000 + which % 50);
            }
        }
    }

    private static void Look(KernelUnderTest[] forms, byte[] frame, int which, uint low, int label)
    {
        Octets.WriteUInt32(frame, 14 + 16, 0x64000000 + (uint)which * 512 + low);
        foreach (KernelUnderTest test in forms)
        {
            KernelUnderTest.Fill(test.Frames[0], frame);
            test.Log.Clear();
            Assert.AreEqual(1, test.Kernel.Burst(test.Tables, test.Frames, 0, 1, KernelUnderTest.Core), $"the {which}th, {low}");
            Assert.AreEqual(label, Octets.ReadInt32(test.Frames[0].Octets, test.Frames[0].Start + 14) >> 12, $"the {which}th, {low}");
        }
    }

    [TestMethod]
    public void Forwarded_rows_take_a_fast_path_of_the_net_form_unless_the_header_has_options_or_the_label_is_our_own()
    {
        foreach (object[] row in Rows().Where(row => char.IsDigit(((string)row[3])[0])))
        {
            NetKernel kernel = new();
            new KernelUnderTest(kernel).Run((int)row[1], Hex.Octets((string)row[2]));
            bool general = Data(typeof(KernelReservedLabelTests)).Any(other => other[0].Equals(row[0]));
            int expected = row[0] is "options are carried" || ((string)row[0]).StartsWith("own label ") || general ? 1 : 0;
            Assert.AreEqual(expected, kernel.Rare, (string)row[0]);
        }
    }

    [TestMethod]
    public void A_burst_takes_only_the_frames_it_is_given()
    {
        foreach (KernelUnderTest test in KernelRow.Forms())
        {
            byte[] frame = Packet(KernelUnderTest.Blue, "172.16.1.1", 40);
            for (int i = 0; i < 8; i++) KernelUnderTest.Fill(test.Frames[i], frame);
            Assert.AreEqual(0, test.Kernel.Burst(test.Tables, test.Frames, 3, 0, KernelUnderTest.Blue));
            Assert.AreEqual(2, test.Kernel.Burst(test.Tables, test.Frames, 3, 2, KernelUnderTest.Blue));
            Assert.AreEqual(2, test.Log.Count);
            int changed = test.Frames.Take(8).Count(f => f.Octets[f.Headroom + 14 + 8] != 64);
            Assert.AreEqual(2, changed);
            Assert.AreEqual(2, test.Tables.Ledger.Received[KernelUnderTest.Blue]);
            test.AssertLedgersAddUp();
        }
    }
}
