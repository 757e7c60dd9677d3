using LabEdge.Cli;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Tests.Memory;

/// <summary>
/// What a router costs on a board: the printed bill against a walk over every object of a started, configured, converged router,
/// and the budgets of DESIGN section 6.
/// </summary>
[TestClass]
public class RamBillTests
{
    private const int KiB = 1024;

    // In percent.
    private const int Slack = 15;
    private const int Tolerance = 2;

    private const string Frames = "frames";

    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("Tiny")]
    [DataRow("Small")]
    [DataRow("Board")]
    [DataRow("Pc")]
    public void The_bill_equals_the_walk_over_all_objects(string profile)
    {
        Router router = ConvergedRouter.Of(Profile(profile), out string console);
        Assert.AreEqual(2, Occurrences(console, "!!!!!"), console);
        ObjectWalk walk = new ObjectWalk().From(router);
        RamBill bill = new(64);
        router.Bill(bill);
        TestContext.WriteLine($"Capacity.{profile}");
        Row("", "walk", "objects", "bill");
        string[] billed = [.. Enumerable.Range(0, bill.Rows).Select(bill.NameOf)];
        foreach (string row in billed.Union(walk.Rows.Keys))
        {
            int at = Array.IndexOf(billed, row);
            walk.Rows.TryGetValue(row, out (int Octets, int Objects) found);
            Row(row, found.Octets.ToString("N0"), found.Objects.ToString(), at < 0 ? "-" : bill.OctetsOf(at).ToString("N0"));
        }

        Row("total", walk.Total.ToString("N0"), walk.Rows.Values.Sum(r => r.Objects).ToString(), bill.Total().ToString("N0"));
        Assert.IsEmpty(walk.Foreign, string.Join(", ", walk.Foreign));
        double off = 100.0 * (bill.Total() - walk.Total) / walk.Total;
        TestContext.WriteLine($"bill - walk = {off:F2} %");
        Assert.IsLessThanOrEqualTo(Tolerance, Math.Abs(off));
    }

    [TestMethod]
    public void The_bill_also_holds_the_mistakes_of_a_configuration_that_was_refused()
    {
        Router router = ConvergedRouter.Of(Capacity.Tiny(), out _);
        byte[] octets = System.Text.Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(1, 80).Select(i => $"ip route 10.{i}.0.0 255.0.255.0 10.9.0.2\n")));
        router.Cli.Loader.Begin(octets, octets.Length);
        while (!router.Cli.Loader.Done) router.Cli.Loader.Poll(0, 64);
        Assert.AreEqual(80, router.Cli.Loader.ErrorCount);
        ObjectWalk walk = new ObjectWalk().From(router);
        RamBill bill = new(64);
        router.Bill(bill);
        TestContext.WriteLine($"walk {walk.Total:N0}, bill {bill.Total():N0}");
        Assert.IsLessThanOrEqualTo(Tolerance, Math.Abs(100.0 * (bill.Total() - walk.Total) / walk.Total));
    }

    [TestMethod]
    [DataRow("Tiny", 96 * KiB)]
    [DataRow("Small", 160 * KiB)]
    [DataRow("Board", 3072 * KiB)]
    public void The_whole_router_stays_within_the_budget_of_its_profile(string profile, int budget)
    {
        Router router = ConvergedRouter.Of(Profile(profile), out _);
        ObjectWalk walk = new ObjectWalk().From(router);
        int objects = walk.Total;
        foreach (Type type in (Type[])[typeof(Frame), typeof(Tables), typeof(HostStack), typeof(ControlModule), typeof(CommandLine), typeof(Router)])
        {
            walk.FromStaticsOf(type.Assembly);
        }

        // A board has one kind of MAC.
        int types = TypeSystemEstimate.Runtime + Repository.Rooms.Where(room => room != "Enc28j60" && !Repository.Protocols.Contains(room)).Sum(room => TypeSystemEstimate.Of(Repository.TwinAssembly(room)));
        int all = (objects + walk.OctetsOf(ObjectWalk.Statics) + types) * (100 + Slack) / 100;
        TestContext.WriteLine($"Capacity.{profile}: objects {objects:N0}, constant tables of the rooms {walk.OctetsOf(ObjectWalk.Statics):N0}, type system {types:N0}, "
            + $"with {Slack} % slack {all:N0} of {budget:N0}; largest array {walk.LargestArray:N0}");
        Assert.IsLessThanOrEqualTo(budget, all);
        Assert.IsLessThanOrEqualTo(BlockModel.LargestArray, walk.LargestArray);
    }

    [TestMethod]
    public void Tiny_tables_frames_and_VRF_store_fit_32_KiB()
    {
        Router router = ConvergedRouter.Of(Capacity.Tiny(), out _);
        int tables = new ObjectWalk().From(router.Tables).Total;
        int frames = new ObjectWalk().From(router).OctetsOf(Frames);
        TestContext.WriteLine($"tables with VRF store {tables:N0}, frames {frames:N0}");
        Assert.IsLessThanOrEqualTo(32 * KiB, tables + frames);
    }

    [TestMethod]
    public void Both_models_price_as_measured()
    {
        // databook nanoclr section 5
        (Array Array, int Octets)[] measured =
        [
            (new int[1024], 4116), (new byte[1536], 1560), (new byte[6], 36), (new uint[64], 276), (new ushort[64], 156), (new bool[64], 84), (new long[64], 540),
            (new object[64], 792), (new int[8][], 120),
        ];
        foreach ((Array array, int octets) in measured)
        {
            Assert.AreEqual(octets, BlockModel.Array(array), array.GetType().Name);
            RamBill bill = new(1);
            bill.Row("x");
            if (array.GetType().GetElementType().IsPrimitive) bill.Array(Buffer.ByteLength(array));
            else bill.References(array.Length);
            Assert.AreEqual(octets, bill.Total(), array.GetType().Name);
        }

        RamBill objects = new(1);
        objects.Row("x");
        objects.Object(4);
        Assert.AreEqual(60, objects.Total());
        Assert.AreEqual(60, BlockModel.Object(4));
        Assert.AreEqual(12, BlockModel.Object(0));
    }

    private static Capacity Profile(string name) => name switch
    {
        "Tiny" => Capacity.Tiny(),
        "Small" => Capacity.Small(),
        "Board" => Capacity.Board(),
        _ => Capacity.Pc(),
    };

    private static int Occurrences(string text, string what) => text.Split(what).Length - 1;

    private void Row(string name, string walk, string objects, string bill)
    {
        TestContext.WriteLine($"{name,-22}{walk,12}{objects,9}{bill,12}");
    }
}
