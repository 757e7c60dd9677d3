using LabEdge.Forwarding;
using LabEdge.Ospf;
using LabEdge.Tests.Memory;

namespace LabEdge.Tests.Ospf;

/// <summary>What OSPF costs on a board that has its room: nothing of it is in a router without.</summary>
[TestClass]
public sealed class OspfBillTests
{
    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("Tiny")]
    [DataRow("Small")]
    [DataRow("Board")]
    [DataRow("Pc")]
    public void The_bill_of_the_room_equals_what_it_adds_to_the_walk(string profile)
    {
        Capacity capacity = profile == "Tiny" ? Capacity.Tiny() : profile == "Small" ? Capacity.Small() : profile == "Board" ? Capacity.Board() : Capacity.Pc();
        Router router = ConvergedRouter.Of(capacity, out _);
        int before = new ObjectWalk().From(router).Total;
        OspfModule ospf = new(router.Tables, router.Host, router.Control, capacity, new byte[32]);
        router.AddModule(ospf);
        RamBill bill = new(64);
        ospf.Bill(bill);
        int added = new ObjectWalk().From(router).Total - before;
        int shared = ProtocolPlace.Of(router);
        int types = TypeSystemEstimate.Of(Repository.TwinAssembly("Ospf"));
        TestContext.WriteLine($"Capacity.{profile}: OSPF {bill.Total():N0}, walked {added - shared:N0}, and {shared:N0} for the first protocol of a router; type system {types:N0}");
        Assert.IsLessThanOrEqualTo(2.0, Math.Abs(100.0 * (bill.Total() - (added - shared)) / added));
    }
}
