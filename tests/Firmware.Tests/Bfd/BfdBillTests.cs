using LabEdge.Bfd;
using LabEdge.Forwarding;
using LabEdge.Tests.Memory;

namespace LabEdge.Tests.Bfd;

/// <summary>What BFD costs on a board that has its room.</summary>
[TestClass]
public sealed class BfdBillTests
{
    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("Tiny")]
    [DataRow("Small")]
    [DataRow("Board")]
    [DataRow("Pc")]
    public void The_bill_of_the_room_equals_what_it_adds_to_the_walk(string profile)
    {
        Capacity capacity = (Capacity)typeof(Capacity).GetMethod(profile).Invoke(null, null);
        Router router = ConvergedRouter.Of(capacity, out _);
        int before = new ObjectWalk().From(router).Total;
        BfdModule bfd = new(router.Host, router.Control, capacity, new byte[32]);
        router.AddModule(bfd);
        RamBill bill = new(64);
        bfd.Bill(bill);
        int added = new ObjectWalk().From(router).Total - before - ProtocolPlace.Of(router);
        TestContext.WriteLine($"Capacity.{profile}: BFD {bill.Total():N0}, walked {added:N0}; type system {TypeSystemEstimate.Of(Repository.TwinAssembly("Bfd")):N0}");
        Assert.AreEqual(added, bill.Total());
    }
}
