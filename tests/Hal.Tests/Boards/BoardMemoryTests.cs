using System.Text.Json;
using LabEdge.Boards;
using LabEdge.Forwarding;
using LabEdge.Tests.Memory;

namespace LabEdge.Tests.Boards;

/// <summary>What a whole board holds on the heap: router, drivers, supervisor, type system; against the heap of every board of boards.json.</summary>
[TestClass]
public sealed class BoardMemoryTests
{
    // In percent, as DESIGN section 6 has it.
    private const int Slack = 15;

    public TestContext TestContext { get; set; }

    public static IEnumerable<object[]> Boards =>
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("boards", "boards.json"))).RootElement.EnumerateArray()
            .Where(board => board.GetProperty("HeapOctets").ValueKind == JsonValueKind.Number)
            .Select(board => new object[]
            {
                board.GetProperty("Name").GetString(), board.GetProperty("Capacity").GetString(), board.GetProperty("Role").GetString(), board.GetProperty("HeapOctets").GetInt32(),
            });

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void A_running_board_fits_its_heap(string name, string capacity, string role, int heap)
    {
        TestPlatform platform = new() { Role = role, Capacity = Capacities[capacity] };
        platform.Flash.Contents[Supervisor.DeployedFile] = "hostname r1\ninterface Ethernet1\n ip address 10.0.0.1 255.255.255.0\n no shutdown\n!\n"u8.ToArray();
        TestBoard board = new(platform);
        board.Run(500);
        Assert.Contains("r1#", board.Printed());
        ObjectWalk walk = new ObjectWalk().From(board.Supervisor);
        int router = new ObjectWalk().From(board.Supervisor.Router).Total;
        int types = TypeSystemEstimate.Runtime + Repository.Rooms
            .Where(room => room != "Enc28j60" && (role != "ce" || !Repository.Protocols.Contains(room)))
            .Sum(room => TypeSystemEstimate.Of(Repository.TwinAssembly(room)));
        // Of the device libraries only the public types are known; System.Net is there only where a wiring asks for it.
        int libraries = new[] { "nanoFramework.Runtime.Events", "nanoFramework.Hardware.Esp32", "System.Device.Gpio", "System.Device.Spi", "System.IO.Streams", "System.IO.FileSystem", "System.IO.Ports" }
            .Sum(library => TypeSystemEstimate.Of(Repository.SurfaceAssembly(library)));
        types += libraries;
        int all = (walk.Total + types) * (100 + Slack) / 100;
        TestContext.WriteLine($"{name}: Capacity.{capacity}, role {role}: router {router:N0}, drivers and supervisor {walk.Total - router:N0}, type system {types:N0}; with {Slack} % slack {all:N0} of a heap of {heap:N0}");
        Assert.IsLessThanOrEqualTo(heap, all);
        Assert.IsLessThanOrEqualTo(BlockModel.LargestArray, walk.LargestArray);
    }

    private static Dictionary<string, Capacity> Capacities => new() { ["Tiny"] = Capacity.Tiny(), ["Small"] = Capacity.Small(), ["Board"] = Capacity.Board() };
}
