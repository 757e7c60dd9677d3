using LabEdge.Control;
using LabEdge.Forwarding.Wire;
using LabEdge.Ldp;
using LabEdge.Tests.Running;
using LabEdge.Tests.Weaving;

namespace LabEdge.Tests.Ldp;

/// <summary>
/// Messages, hellos and octets that are nearly right, by a seed (LABEDGE_SEED), against a router with a session, a pseudowire and a loop of
/// re-establishment; LABEDGE_FUZZ sets their number. The session may end, the router may not, and afterwards it does what it did before.
/// </summary>
[TestClass]
public sealed class LdpFuzzTests
{
    private const int Few = 20_000;
    private const int WantedPercent = 90;

    private static readonly string[] Readers =
        ["Read", "BeginReading", "Dispatch", "CheckTlvs", "HasCapability", "HasLoop", "ReadPrefix", "ReadLength", "Next", "Find", "Begin"];

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void What_is_nearly_right_throws_nothing_and_costs_only_the_session()
    {
        ulong seed = SeededNumbers.Seed;
        int inputs = SeededNumbers.Inputs(Few);
        TestContext.WriteLine($"seed {seed} (LABEDGE_SEED sets another), {inputs} inputs (LABEDGE_FUZZ)");
        TestContext.WriteLine(Run(seed, inputs));
    }

    [TestMethod]
    public void The_fuzz_reaches_nine_of_ten_branches_that_read_messages()
    {
        WovenContext world = new("LabEdge.Ldp");
        world.Run(typeof(LdpFuzzTests), nameof(Run), SeededNumbers.Seed, Few);
        List<(Block Block, long Hits)> counted = [.. world.Counted()];
        BranchTable table = new([.. counted.Where(c => IsReader(c.Block)).Select(c => (c.Block.Type, c.Block.Method))], counted);
        TestContext.WriteLine($"seed {SeededNumbers.Seed}, {Few} inputs");
        TestContext.WriteLine(table.ToString());
        Assert.IsGreaterThanOrEqualTo(WantedPercent, table.Percent);
    }

    private static bool IsReader(Block block) => block.Type.EndsWith("TlvReader", StringComparison.Ordinal)
        || (block.Type.EndsWith("LdpSession", StringComparison.Ordinal) && (Readers.Contains(block.Method) || block.Method.StartsWith("Receive", StringComparison.Ordinal)));

    /// <summary>Also runs in the woven world.</summary>
    public static string Run(ulong seed, int inputs)
    {
        SeededNumbers random = new(seed);
        LdpBench bench = new();
        bench.Bench.Configure("interface Ethernet3\n xconnect 2.2.2.2 100 encapsulation mpls");
        bench.Establish();
        int bill = Bill(bench);
        int ended = 0;
        int released = 0;
        for (int i = 0; i < inputs; i++)
        {
            if (random.OneIn(50)) bench.Datagram(Hello(random), random.OneIn(2) ? LdpMessage.AllRouters : LdpBench.Own, random.Below(3));
            else bench.Raw(Pdu(random));
            foreach (string heard in bench.Heard()) released += heard.StartsWith("LabelRelease", StringComparison.Ordinal) ? 1 : 0;
            if (random.OneIn(100)) bench.Wait(random.Below(500));
            if (bench.State == "Oper") continue;
            ended++;
            bench.Wait(100);
            Again(bench, random);
        }

        while (bench.State != "Oper") Again(bench, null);
        Assert.IsGreaterThan(inputs / 200, ended, $"seed {seed}");
        Assert.IsLessThan(inputs * 9 / 10, ended, $"seed {seed}");
        Assert.AreEqual(bill, Bill(bench), $"seed {seed}: the RAM bill");

        // What was said of other prefixes may fill the table: taken back, everything is as at first.
        bench.Send(LdpMessage.LabelWithdraw, "01000001 01");
        bench.Wait(200);
        bench.Send(LdpMessage.Address, "01010006 0001 0A000002");
        bench.Send(LdpMessage.LabelMapping, "01000008 02 0001 20 09090909 02000004 000003E9");
        ControlModule control = bench.Bench.Router.Control;
        Assert.AreEqual("swap", control.StaticLabels.StateText(control.Bindings.FindInput(0, 0x09090909, 32, LabelOwner.Ldp)), $"seed {seed}");
        return $"{ended} sessions ended, {released} labels given back";
    }

    private static int Bill(LdpBench bench)
    {
        Forwarding.RamBill bill = new(64);
        bench.Module.Bill(bill);
        bench.TcpBill(bill);
        return bill.Total();
    }

    // A session again; on the way to it, now and then, something else than what is next.
    private static void Again(LdpBench bench, SeededNumbers random)
    {
        bench.Hello();
        bench.Connect();
        if (random != null && random.OneIn(3)) bench.Raw(Pdu(random));
        if (random != null && random.OneIn(3)) bench.Raw(Message(LdpMessage.Initialization, Spoilt(Initialization(random), random)));
        bench.Send(LdpMessage.Initialization, "0500000E 0001 00B4 0000 0000 01010101 0000 8506000180 850B000180 8603000180");
        bench.Send(LdpMessage.KeepAlive, "");
        if (bench.State != "Oper") bench.Wait(16000);
    }

    private static byte[] Initialization(SeededNumbers random)
    {
        byte[] parameters = Hex.Octets("0500000E 0001 00B4 0000 0000 01010101 0000");
        if (random.OneIn(3)) Octets.WriteUInt16(parameters, 6, random.Below(40));
        if (random.OneIn(3)) Octets.WriteUInt16(parameters, 10, random.Below(5000));
        if (random.OneIn(4)) parameters[8] = (byte)random.Next();
        byte[] rest = [];
        for (int k = random.Below(4); k > 0; k--)
        {
            rest = [.. rest, .. Hex.Octets(random.Below(6) switch { 0 => "8506000180", 1 => "850B000180", 2 => "8603000180", 3 => "05010004 00000000", 4 => "05020004 00000000", _ => "87770002 0102" })];
        }

        return random.OneIn(12) ? rest : [.. parameters, .. rest];
    }

    private static byte[] Fec(SeededNumbers random)
    {
        byte[] elements = [];
        for (int k = random.OneIn(4) ? random.Below(4) : 1; k > 0; k--)
        {
            byte[] prefix = [9, 9, (byte)random.Below(8), (byte)random.Below(4)];
            int bits = random.OneIn(4) ? random.Below(40) : 32;
            byte[] element = random.Below(10) switch
            {
                0 => [1],
                1 => [5, 2, 2, 0, 1],
                2 => [5, (byte)random.Below(200), (byte)random.Below(4), 0, (byte)random.Below(3)],
                3 => [0x80, (byte)(random.OneIn(2) ? 0x80 : 0), (byte)(random.OneIn(6) ? 4 : 5), 8, 0, 0, 0, (byte)random.Below(2), 0, 0, 0, 100, 1, 4, (byte)(random.OneIn(4) ? 6 : 5), 0xDC],
                4 => [0x80, 0x80, 5, 0, 0, 0, 0, (byte)random.Below(2)],
                5 => [0x80, 0, 5, (byte)random.Below(20), 0, 0, 0, 0, 0, 0, 0, (byte)random.Below(200), 12, 4, 2, 1],
                _ => [2, 0, (byte)(random.OneIn(20) ? 2 : 1), (byte)bits, .. prefix[..Math.Min(4, (bits + 7) / 8)]],
            };
            elements = [.. elements, .. element];
        }

        return Tlv(LdpMessage.Fec, elements);
    }

    private static byte[] Label(SeededNumbers random)
    {
        byte[] label = new byte[4];
        Octets.WriteInt32(label, 0, random.OneIn(6) ? random.Below(20) : random.OneIn(20) ? (int)random.Next() : 1000 + random.Below(64));
        return Tlv(random.OneIn(20) ? LdpMessage.AtmLabel : LdpMessage.GenericLabel, label);
    }

    private static byte[] Optional(SeededNumbers random) => random.Below(9) switch
    {
        0 => Tlv(LdpMessage.HopCount, [(byte)random.Next()]),
        1 => Tlv(LdpMessage.PathVector, [3, 3, 3, 3, (byte)random.Below(2), 1, 1, 1]),
        2 => Tlv(LdpMessage.LabelRequestId, [0, 0, 0, (byte)random.Next()]),
        3 => Tlv(LdpMessage.PwStatus, [0, 0, 0, (byte)random.Below(32)]),
        4 => Tlv(0x8777, [1, 2]),
        5 => Tlv(0x0777, [1]),
        6 => Tlv(LdpMessage.Status, Status(random)),
        _ => [],
    };

    private static byte[] Status(SeededNumbers random) =>
        [(byte)(random.OneIn(8) ? 0x80 : 0), 0, 0, (byte)(random.OneIn(4) ? random.Below(64) : random.OneIn(2) ? 0x28 : 0x2F), 0, 0, 0, (byte)random.Below(9), 0, (byte)random.Below(5)];

    private static byte[] Body(int type, SeededNumbers random) => type switch
    {
        LdpMessage.Notification => [.. Tlv(LdpMessage.Status, Status(random)), .. random.OneIn(3) ? Fec(random) : [], .. Optional(random), .. random.OneIn(3) ? Fec(random) : []],
        LdpMessage.Initialization => Initialization(random),
        LdpMessage.Address or LdpMessage.AddressWithdraw => Tlv(LdpMessage.AddressList, [0, (byte)(random.OneIn(12) ? 2 : 1), 10, 0, 0, 2, .. random.OneIn(2) ? new byte[] { 10, 0, (byte)random.Below(40), 9 } : [], .. new byte[random.OneIn(12) ? 1 : 0]]),
        LdpMessage.LabelMapping => [.. Fec(random), .. random.OneIn(20) ? [] : Label(random), .. Optional(random), .. Optional(random)],
        LdpMessage.LabelRequest or LdpMessage.LabelAbort => [.. Fec(random), .. Optional(random)],
        LdpMessage.LabelWithdraw or LdpMessage.LabelRelease => [.. Fec(random), .. random.OneIn(2) ? Label(random) : [], .. Optional(random)],
        LdpMessage.Capability => Hex.Octets(random.OneIn(2) ? "850B000100" : "86030001 80"),
        _ => Optional(random),
    };

    private static byte[] Pdu(SeededNumbers random)
    {
        int[] types = [1, 0x200, 0x201, 0x202, 0x300, 0x301, 0x400, 0x400, 0x400, 0x401, 0x402, 0x403, 0x404, 0x8777, 0x0777];
        int type = types[random.Below(types.Length)];
        if (type == 0x200 && !random.OneIn(10)) type = 0x400;
        byte[] message = Message(type, random.OneIn(6) ? Spoilt(Body(type, random), random) : Body(type, random));
        if (random.OneIn(60)) message[random.Below(14)] ^= (byte)(1 << random.Below(8));
        if (random.OneIn(8))
        {
            // Two messages in one PDU.
            byte[] other = Message(LdpMessage.LabelMapping, Body(LdpMessage.LabelMapping, random));
            message = [.. message, .. other[10..]];
            Octets.WriteUInt16(message, 2, message.Length - 4);
        }

        return message;
    }

    private static byte[] Hello(SeededNumbers random)
    {
        byte[] body = [.. Tlv(LdpMessage.HelloParameters, [0, (byte)random.Below(40), (byte)(random.OneIn(3) ? 0xE0 : 0), 0]), .. random.OneIn(3) ? [] : Tlv(LdpMessage.Ipv4Transport, [2, 2, 2, (byte)random.From(1, 4)]), .. Optional(random)];
        byte[] pdu = Message(LdpMessage.Hello, random.OneIn(3) ? Spoilt(body, random) : body);
        return random.OneIn(10) ? pdu[..random.Below(pdu.Length)] : pdu;
    }

    private static byte[] Spoilt(byte[] body, SeededNumbers random)
    {
        if (body.Length == 0) return body;
        byte[] copy = [.. body];
        copy[random.Below(copy.Length)] = (byte)random.Next();
        return random.OneIn(3) ? copy[..random.Below(copy.Length + 1)] : copy;
    }

    private static byte[] Tlv(int type, byte[] value) => [(byte)(type >> 8), (byte)type, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    private static byte[] Message(int type, byte[] body)
    {
        byte[] pdu = new byte[18 + body.Length];
        Octets.WriteUInt16(pdu, 0, 1);
        Octets.WriteUInt16(pdu, 2, pdu.Length - 4);
        Octets.WriteUInt32(pdu, 4, LdpBench.Peer);
        Octets.WriteUInt16(pdu, 10, type);
        Octets.WriteUInt16(pdu, 12, body.Length + 4);
        Octets.WriteUInt32(pdu, 14, 77);
        body.CopyTo(pdu, 18);
        return pdu;
    }
}
