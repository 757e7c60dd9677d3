using LabEdge.Tests.Device;
using Mono.Cecil;

namespace LabEdge.Tests.Guards;

/// <summary>The guards over the rooms as boards get them.</summary>
[TestClass]
public sealed class GuardTests
{
    [TestMethod]
    public void No_room_shifts_divides_or_widens_a_value_that_nanoCLR_still_tags_unsigned()
    {
        using RoomModules rooms = new();
        None(rooms.All.SelectMany(SignednessGuard.Check));
    }

    [TestMethod]
    public void Every_room_fits_the_16_bit_tables_of_nanoCLR()
    {
        List<string> problems = [];
        int il = 0;
        foreach (string room in Repository.Rooms)
        {
            RoomSize size = RoomSize.Of(Repository.TwinAssembly(room));
            Console.WriteLine($"{room,-12} IL {size.Il,6} of {RoomSize.IlLimit}, strings {size.Strings,6} of {RoomSize.StringLimit}");
            problems.AddRange(size.Problems(room));
            il += size.Il;
        }

        Console.WriteLine($"all rooms    IL {il,6}");
        None(problems);
    }

    [TestMethod]
    public void The_arrows_between_the_rooms_point_one_way()
    {
        using RoomModules rooms = new();
        None(rooms.All.SelectMany(ArrowGuard.Check));
    }

    [TestMethod]
    public void Nothing_on_a_frames_way_allocates_or_calls_a_getter()
    {
        using RoomModules rooms = new();
        List<string> found = FramePathGuard.Check([.. rooms.All], out int visited);
        Console.WriteLine($"{visited} methods on the way of a frame");
        Assert.IsGreaterThan(10, visited, "the walk did not reach the kernels and the driver");
        None(found);
    }

    private static void None(IEnumerable<string> problems) => Assert.IsEmpty(problems, string.Join(Environment.NewLine, problems));
}
