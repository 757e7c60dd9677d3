using LabEdge.Emulator;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Tests.Kernels;

/// <summary>The account says beforehand what the kernel then does; it walks the tables by code of its own.</summary>
[TestClass]
public class ForwardingAccountTests
{
    private const int Seed = 4711;

    private readonly ForwardingAccount _account = new();

    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Account_and_kernel_agree_on_every_shape_and_on_spoiled_ones(bool verify)
    {
        FrameShapes shapes = new(Seed, 400);
        KernelUnderTest test = new(new PortableKernel(), verify);
        Random random = new(Seed);
        int[] verdicts = new int[5];
        HashSet<int> reasons = [];
        for (int n = 0; n < 100_000; n++)
        {
            int shape = n < 400 ? n : random.Next(400);
            byte[] octets = (byte[])shapes.Octets[shape].Clone();
            if (n >= 800 && octets.Length > 0) octets[random.Next(Math.Min(octets.Length, 50))] ^= (byte)(1 << random.Next(8));
            int cut = n >= 400 && random.Next(8) == 0 ? random.Next(octets.Length + 1) : octets.Length;
            Check(test, shapes.Port[shape], octets.AsSpan(0, cut), $"seed {Seed}, frame {n}");
            verdicts[_account.Verdict]++;
            if (_account.Verdict == ForwardingAccount.Dropped) reasons.Add(_account.Reason);
        }

        TestContext.WriteLine($"seed {Seed}: forwarded {verdicts[1]}, punted {verdicts[2]}, dropped {verdicts[3]} for {reasons.Count} reasons, general path {verdicts[4]}");
        Assert.IsGreaterThan(20_000, verdicts[ForwardingAccount.Forwarded]);
        Assert.IsGreaterThan(17, reasons.Count);
        Assert.IsLessThan(15_000, verdicts[ForwardingAccount.General]);
    }

    // Describes first, then runs the kernel, and compares all that can be seen from outside.
    private void Check(KernelUnderTest test, int port, ReadOnlySpan<byte> octets, string what)
    {
        KernelUnderTest.Fill(test.Frames[0], octets);

        // Once before it is measured: what a class makes at its first use is not the frame's.
        _account.Describe(test.Tables, test.Frames[0], port);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _account.Describe(test.Tables, test.Frames[0], port);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before, what);
        int start = test.Frames[0].Start;
        Assert.IsTrue(test.Frames[0].Octets.AsSpan(start, test.Frames[0].Length).SequenceEqual(octets), what);

        string outcome = test.Run(port, octets);
        switch (_account.Verdict)
        {
            case ForwardingAccount.Forwarded:
                Assert.AreEqual(1, test.Log.Count, $"{what}: {outcome}");
                Assert.AreEqual(test.Log.Port, _account.EgressPort, what);
                Assert.AreEqual(test.Log.Frame.Length, _account.LengthAfter, what);
                CompareStack(test.Log.Frame, what);
                break;
            case ForwardingAccount.General:
                break;
            case ForwardingAccount.Punted:
                Assert.StartsWith($"punt {PuntClass.Name(_account.Reason)} at ", outcome, what);
                if (_account.Reason != PuntClass.Arp) Assert.AreEqual(_account.Vrf < 0 ? 0 : _account.Vrf, test.Tables.Exceptions[0].Context, what);
                break;
            default:
                string expected = "drop " + DropReason.Name(_account.Reason) + (_account.Noted != 0 ? ", punt " + PuntClass.Name(_account.Noted) : "");
                Assert.StartsWith(expected, outcome, what);
                Assert.AreEqual(_account.Noted != 0, outcome.Contains("punt"), what);
                break;
        }
    }

    private void CompareStack(ReadOnlySpan<byte> sent, string what)
    {
        if (_account.CountAfter == 0)
        {
            // A customer's own frame may be anything, labelled too.
            if (_account.Pseudowire >= 0) return;
            Assert.IsFalse(sent[12] == 0x88 && sent[13] == 0x47, what);
            int ip = sent[12] == 0x81 ? 18 : 14;
            Assert.AreEqual(sent[ip + 8], _account.TtlAfter, what);
            return;
        }

        Assert.IsTrue(sent[12] == 0x88 && sent[13] == 0x47, what);
        byte[] octets = sent.ToArray();
        int at = 14;
        for (int i = 0; i < _account.CountAfter; i++, at += 4)
        {
            Assert.AreEqual(Octets.ReadInt32(octets, at).ToString("X8"), _account.StackAfter[i].ToString("X8"), $"{what}: entry {i}");
            bool last = LabelStackEntry.ReadBottom(octets, at) || at + 8 > octets.Length || i + 1 == ForwardingAccount.MaxLabels;
            Assert.AreEqual(last, i + 1 == _account.CountAfter, $"{what}: depth");
        }

        Assert.AreEqual(sent[17], _account.TtlAfter, what);
    }

    // In: label 103 (VRF 1), TTL 200; IP 198.51.100.9 > 10.1.2.3, TTL 64, CS 5. Out: VPN label 700 under three transport labels.
    private const string In = "020000000001 020000000C0D 8847 000671C8 45A00014 00000000 40010000 C6336409 0A010203";

    [TestMethod]
    public void Account_names_the_rows_labels_and_ttls()
    {
        KernelUnderTest test = new(new PortableKernel(), false);
        KernelUnderTest.Fill(test.Frames[0], Hex.Octets(In));
        _account.Describe(test.Tables, test.Frames[0], KernelUnderTest.Core);
        Assert.AreEqual(ForwardingAccount.Forwarded, _account.Verdict);
        Assert.AreEqual(1, _account.CountBefore);
        Assert.AreEqual("000671C8", _account.StackBefore[0].ToString("X8"));
        Assert.AreEqual("00BB9A3F 00BBAA3F 00BBBA3F 002BCB3F", string.Join(' ', _account.StackAfter.Take(_account.CountAfter).Select(w => w.ToString("X8"))));
        Assert.AreEqual(200, _account.TtlBefore);
        Assert.AreEqual(63, _account.TtlAfter);
        Assert.AreEqual(103, _account.LabelMatched);
        Assert.AreEqual(KernelUnderTest.VrfBlue, _account.Vrf);
        Assert.AreEqual(0x0A000000u, _account.PrefixMatched);
        Assert.AreEqual(8, _account.BitsMatched);
        Assert.AreEqual(test.DeepTunnel, _account.Transport);
        Assert.AreEqual(KernelUnderTest.OtherCore, _account.EgressPort);
        Assert.AreEqual(14 + 12 + 4 + 20, _account.LengthAfter);
        CollectionAssert.AreEqual(
            new[] { ForwardingAccount.RowCircuit, ForwardingAccount.RowIlm, ForwardingAccount.RowPrefix, ForwardingAccount.RowPath },
            _account.RowKind.Take(_account.RowCount).ToArray());
    }

    [TestMethod]
    public void A_disabled_port_takes_nothing()
    {
        KernelUnderTest test = new(new PortableKernel(), false);
        test.Tables.Ports.Record[KernelUnderTest.Core * PortTable.Stride + PortTable.Enabled] = 0;
        KernelUnderTest.Fill(test.Frames[0], Hex.Octets(In));
        _account.Describe(test.Tables, test.Frames[0], KernelUnderTest.Core);
        Assert.AreEqual(ForwardingAccount.Dropped, _account.Verdict);
        Assert.AreEqual(DropReason.PortDisabled, _account.Reason);
    }

    [TestMethod]
    public void A_stack_deeper_than_the_account_holds_is_cut_in_both_lists()
    {
        KernelUnderTest test = new(new PortableKernel(), false);
        string stack = "0006404A" + string.Concat(Enumerable.Repeat("00020040", 10)) + "00020140";
        KernelUnderTest.Fill(test.Frames[0], Hex.Octets("020000000001 020000000C0D 8847" + stack + new string('0', 80)));
        _account.Describe(test.Tables, test.Frames[0], KernelUnderTest.Core);
        Assert.AreEqual(ForwardingAccount.Forwarded, _account.Verdict);
        Assert.AreEqual(ForwardingAccount.MaxLabels, _account.CountBefore);
        Assert.AreEqual(ForwardingAccount.MaxLabels, _account.CountAfter);
        Assert.AreEqual("000C8049", _account.StackAfter[0].ToString("X8"));
    }
}
