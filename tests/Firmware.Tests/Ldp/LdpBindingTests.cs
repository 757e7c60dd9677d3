using LabEdge.Control;
using LabEdge.Forwarding.Wire;
using LabEdge.Ldp;

namespace LabEdge.Tests.Ldp;

[TestClass]
public class LdpBindingTests
{
    private const uint Nine = 0x09090909;

    [TestMethod]
    public void What_a_neighbour_gives_is_swapped_to_and_pushed_and_shown()
    {
        LdpBench bench = new();
        bench.Establish();
        bench.Send(LdpMessage.Address, "01010006 0001 0A000002");
        bench.Send(LdpMessage.LabelMapping, "01000008 02 0001 20 09090909 02000004 000003E9");
        bench.Send(LdpMessage.LabelMapping, "01000008 02 0001 20 02020202 02000004 00000003");
        Assert.AreEqual("swap", InputState(bench, Nine));
        Assert.AreEqual("pop", InputState(bench, LdpBench.Peer));
        string table = bench.Bench.Run("show mpls forwarding-table");
        Assert.Contains("17         1001       9.9.9.9/32", table);
        Assert.Contains("16         Pop Label  2.2.2.2/32", table);
        Assert.Contains("State: Oper", bench.Bench.Run("show mpls ldp neighbor"));
        Assert.Contains("out label:    1001  lsr: 2.2.2.2:0  inuse", bench.Bench.Run("show mpls ip binding"));
        Assert.Contains("remote binding: lsr: 2.2.2.2:0, label: imp-null", bench.Bench.Run("show mpls ldp bindings"));
        Assert.Contains("LDP Id: 2.2.2.2:0; hold 15 sec", bench.Bench.Run("show mpls ldp discovery"));

        // A label that it takes back is not sent to any more.
        bench.Send(LdpMessage.LabelWithdraw, "01000008 02 0001 20 09090909 02000004 000003E9");
        Assert.AreEqual("no label from the next hop", InputState(bench, Nine));
        Assert.AreEqual(LabelBindings.None, bench.Bench.Router.Control.Bindings.FindOutput(Nine, 32, LdpBench.PeerPort));
    }

    [TestMethod]
    public void A_binding_by_hand_goes_first_and_its_label_is_advertised()
    {
        LdpBench bench = new();
        bench.Bench.Configure("mpls static binding ipv4 9.9.9.9 255.255.255.255 60\nmpls static binding ipv4 9.9.9.9 255.255.255.255 output 10.0.0.2 777");
        bench.Hello();
        bench.Connect();
        bench.Send(LdpMessage.Initialization, "0500000E 0001 00B4 0000 0000 01010101 0000");
        bench.Send(LdpMessage.KeepAlive, "");
        Assert.Contains("LabelMapping 01000008 02000120 09090909 02000004 0000003C", bench.Heard());
        bench.Send(LdpMessage.Address, "01010006 0001 0A000002");
        bench.Send(LdpMessage.LabelMapping, "01000008 02 0001 20 09090909 02000004 000003E9");
        LabelBindings bindings = bench.Bench.Router.Control.Bindings;
        Assert.AreEqual(777, bindings.Label[bindings.FindOutput(Nine, 32, LdpBench.PeerPort)]);
        bench.Bench.Configure("no mpls static binding ipv4 9.9.9.9 255.255.255.255 output 10.0.0.2 777");
        Assert.AreEqual(1001, bindings.Label[bindings.FindOutput(Nine, 32, LdpBench.PeerPort)]);
    }

    [TestMethod]
    public void The_surplus_of_a_thousand_bindings_is_released_and_asked_for_when_there_is_room()
    {
        LdpBench bench = new();
        bench.Establish();
        int sent = 0;
        for (int i = 0; i < 1000; i++)
        {
            bench.Send(LdpMessage.LabelMapping, $"01000008 02 0001 20 0B00{i:X4} 02000004 {i + 5000:X8}");
            sent++;
        }
        List<string> heard = bench.Heard();
        int held = Enumerable.Range(0, bench.Module.Lib.High).Count(f => bench.Module.Lib.Remote[f * bench.Module.Lib.Sessions + bench.Session.Index] >= 5000);
        Assert.AreEqual("Oper", bench.State);
        Assert.IsTrue(bench.Module.Lib.IsFull);
        Assert.AreEqual(sent - held, heard.Count(m => m.StartsWith("LabelRelease", StringComparison.Ordinal)));
        Console.WriteLine($"held {held}, released {sent - held}");

        // The FECs with a route are served all the same.
        bench.Send(LdpMessage.Address, "01010006 0001 0A000002");
        bench.Send(LdpMessage.LabelMapping, "01000008 02 0001 20 09090909 02000004 000003E9");
        Assert.AreEqual("swap", InputState(bench, Nine));
        for (int i = 0; i < 10; i++) bench.Send(LdpMessage.LabelWithdraw, $"01000008 02 0001 20 0B00{i:X4}");
        Assert.IsFalse(bench.Heard().Any(m => m.StartsWith("LabelRequest", StringComparison.Ordinal)), "not before its time");
        bench.Wait(31000);
        CollectionAssert.Contains(bench.Heard(), "LabelRequest 01000005 05020200 01");
    }

    [TestMethod]
    public void Bindings_of_a_lost_session_stay_for_a_while_and_are_swept()
    {
        LdpBench bench = new();
        bench.Establish();
        bench.Send(LdpMessage.Address, "01010006 0001 0A000002");
        bench.Send(LdpMessage.LabelMapping, "01000008 02 0001 20 09090909 02000004 000003E9");
        bench.Connection.Abort();
        bench.Step();
        Assert.AreEqual("Nonexistent", bench.State);
        bench.Wait(15000);
        Assert.AreEqual("swap", InputState(bench, Nine));
        bench.Wait(6000);
        Assert.AreEqual("no label from the next hop", InputState(bench, Nine));

        // It comes back with something else: End-of-LIB tells what has not come again.
        bench.Establish();
        bench.Send(LdpMessage.Address, "01010006 0001 0A000002");
        bench.Send(LdpMessage.LabelMapping, "01000008 02 0001 20 09090909 02000004 000003E9");
        bench.Connection.Abort();
        bench.Step();
        bench.Establish();
        Assert.AreEqual("swap", InputState(bench, Nine));
        bench.Send(LdpMessage.Notification, "0300000A 0000002F 00000000 0000 01000005 05 02 02 0001");
        Assert.AreEqual("no label from the next hop", InputState(bench, Nine));
    }

    [TestMethod]
    public void A_loopback_with_a_shorter_mask_is_bound_as_its_subnet_and_not_as_its_address()
    {
        LdpBench bench = new();
        bench.Bench.Configure("mpls ldp advertise-labels for all-routes\ninterface Loopback1\nip address 10.3.3.3 255.255.255.0");
        bench.Step();
        bench.Hello();
        bench.Connect();
        bench.Send(LdpMessage.Initialization, "0500000E 0001 00B4 0000 0000 01010101 0000");
        bench.Send(LdpMessage.KeepAlive, "");
        string[] mappings = Of(bench, "LabelMapping");
        CollectionAssert.Contains(mappings, "01000007020001180A03030200000400000003");
        CollectionAssert.Contains(mappings, "010000080200012001010101" + "0200000400000003");
        Assert.IsFalse(mappings.Any(m => m.Contains("0A030303", StringComparison.Ordinal)), string.Join(' ', mappings));
        bench.Bench.Configure("interface Loopback1\nshutdown");
        bench.Step();
        CollectionAssert.Contains(Of(bench, "LabelWithdraw"), "01000007020001180A0303");
    }

    private static string[] Of(LdpBench bench, string message)
    {
        return [.. bench.Heard().Select(m => m.Replace(" ", "")).Where(m => m.StartsWith(message, StringComparison.Ordinal)).Select(m => m[message.Length..])];
    }

    [TestMethod]
    public void Switched_off_nothing_of_it_is_left()
    {
        LdpBench bench = new();
        bench.Establish();
        bench.Send(LdpMessage.Address, "01010006 0001 0A000002");
        bench.Send(LdpMessage.LabelMapping, "01000008 02 0001 20 09090909 02000004 000003E9");
        bench.Bench.Configure("no mpls label protocol ldp\nno mpls ldp router-id Loopback0");
        bench.Step();
        Assert.Contains("Notification 0300000A 8000000A 00000000 0000", bench.Heard());
        ControlModule control = bench.Bench.Router.Control;
        Assert.AreEqual(0, bench.Module.Lib.Count);
        Assert.AreEqual(0, control.Bindings.Used);
        Assert.AreEqual(0, control.Labels.Used);
        Assert.AreEqual(LdpMachine.NonExistent, bench.Module.Sessions[0].State);
        Assert.Contains("LDP is not running", bench.Bench.Run("show mpls ldp neighbor"));
    }

    [TestMethod]
    public void Only_right_hellos_make_an_adjacency()
    {
        LdpBench bench = new();
        Assert.IsFalse(bench.Hello(port: 1), "no mpls ip there");
        Assert.IsFalse(bench.Hello(destination: LdpBench.Own), "not to the group");
        Assert.IsFalse(bench.Hello(flags: LdpMessage.Targeted | LdpMessage.RequestTargeted, destination: LdpBench.Own), "targeted hellos are not accepted");
        Assert.IsFalse(bench.Hello(lsrId: LdpBench.Own), "our own name");
        Assert.IsFalse(bench.Hello(lsrId: 0));
        Assert.IsFalse(bench.Hello(transport: 0xE0000001), "a group as transport address");
        Assert.IsFalse(bench.Datagram(Hex.Octets("0001 0010 02020202 0000 0100 0044 00000001"), LdpMessage.AllRouters), "longer than it is");
        for (int length = 0; length < 38; length++)
        {
            byte[] hello = Hex.Octets("0001 001E 02020202 0000 0100 0014 00000001 04000004 000F 0000 04010004 02020202");
            Assert.AreEqual(length == hello.Length, bench.Datagram([.. hello.Take(length)], LdpMessage.AllRouters), $"{length} octets");
            if (length == hello.Length) break;
        }
        Assert.AreEqual("Nonexistent", bench.State);
        bench.Bench.Configure("mpls ldp discovery targeted-hello accept");
        Assert.IsTrue(bench.Hello(flags: LdpMessage.Targeted | LdpMessage.RequestTargeted, destination: LdpBench.Own));
    }

    [TestMethod]
    public void The_bill_of_ldp_and_tcp_on_small_boards_is_told()
    {
        foreach (Forwarding.Capacity capacity in new[] { Forwarding.Capacity.Tiny(), Forwarding.Capacity.Small() })
        {
            LdpBench bench = new(capacity);
            Forwarding.RamBill bill = new(8);
            bench.Module.Bill(bill);
            bench.TcpBill(bill);
            Console.WriteLine(capacity.Name + ": " + string.Join(", ", Enumerable.Range(0, bill.Rows).Select(r => $"{bill.NameOf(r)} {bill.OctetsOf(r)}")));
            Assert.IsLessThan(capacity.Name == "Tiny" ? 14000 : 18000, bill.Total());
        }
    }

    private static string InputState(LdpBench bench, uint prefix)
    {
        ControlModule control = bench.Bench.Router.Control;
        int binding = control.Bindings.FindInput(0, prefix, 32, LabelOwner.Ldp);
        return binding < 0 ? "none" : control.StaticLabels.StateText(binding);
    }
}
