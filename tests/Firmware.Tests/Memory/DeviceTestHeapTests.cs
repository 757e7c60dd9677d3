using LabEdge.Forwarding;

namespace LabEdge.Tests.Memory;

/// <summary>Whether NFUnitTest (boards/tests) has a chance on a board without PSRAM: by the block model, before anybody has such a board.</summary>
[TestClass]
public class DeviceTestHeapTests
{
    private const int Heap = 110 * 1024;

    // In percent; as for a router that stays.
    private const int Slack = 15;

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void The_device_tests_fit_a_heap_of_110_KB_with_the_largest_thing_that_one_of_them_makes()
    {
        // One test after another: a whole router of the smallest boards is by far the largest.
        ObjectWalk walk = new ObjectWalk().From(ConvergedRouter.Of(Capacity.Tiny(), out _));
        string[] absent = ["W5500", "Enc28j60", "Store", "Boards"];
        string[] assemblies =
        [
            .. Repository.Rooms.Except(absent).Select(Repository.TwinAssembly),
            Repository.SurfaceAssembly("nanoFramework.TestFramework"),
            Repository.PathOf("boards", "tests", "bin", "surface", Repository.Configuration, "NFUnitTest.dll"),
        ];
        int types = TypeSystemEstimate.Runtime + assemblies.Sum(TypeSystemEstimate.Of);
        int all = (walk.Total + types) * (100 + Slack) / 100;
        TestContext.WriteLine($"objects {walk.Total:N0}, type system of {assemblies.Length} assemblies {types:N0}, with {Slack} % slack {all:N0} of {Heap:N0}");
        Assert.IsLessThanOrEqualTo(Heap, all);
    }
}
