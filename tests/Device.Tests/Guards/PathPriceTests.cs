using LabEdge.Tests.Weaving;

namespace LabEdge.Tests.Guards;

/// <summary>
/// The price of the frame path on a board: the IL that really runs, counted block by block in a woven copy of the Forwarding room
/// and priced by the cost table. Budgets: DESIGN section 6 (burst of 4, from Receive's return, the Send call included).
/// </summary>
[TestClass]
public class PathPriceTests
{

    [TestMethod]
    public void Every_path_stays_within_its_budget_in_device_instructions()
    {
        Dictionary<string, long> price = PathScenario.Paths.ToDictionary(path => path, path => PriceOf(path, 4));
        List<string> over = [];
        void Budget(string name, long found, long limit)
        {
            Console.WriteLine($"{name,-28} {found,7:N0} Ir of {limit,7:N0}");
            if (found > limit) over.Add($"{name}: {found} > {limit}");
        }

        Budget("swap", price["swap"], 16_500);
        Budget("PHP, more labels", price["php-labelled"], 17_500);
        Budget("PHP, to IPv4", price["php-ip"], 17_500);
        Budget("VRF ingress, 64 routes", price["vrf-in"], 26_500);
        Budget("VRF egress, 64 routes", price["vrf-out"], 26_000);
        Budget("VRF ingress, 1,000 routes", price["vrf-in-1000"], 29_500);
        Budget("VRF egress, 1,000 routes", price["vrf-out-1000"], 29_000);
        Budget("pseudowire in", price["pw-in"], 19_000);
        Budget("pseudowire out", price["pw-out"], 19_000);
        Budget("+ group (labels)", price["swap-group"] - price["swap"], 5_000);
        Budget("+ group (addresses)", price["vrf-in-group"] - price["vrf-in"], 5_000);
        Budget("+ customer tag", price["vrf-in-tagged"] - price["vrf-in"], 5_000);
        Budget("+ each label beyond first", (price["swap-3-labels"] - price["swap"]) / 3, 3_300);
        Budget("+ header checksum", price["vrf-in-checksum"] - price["vrf-in"], 6_500);
        Assert.IsEmpty(over, string.Join("; ", over));
    }

    [TestMethod]
    public void A_burst_of_one_costs_more_than_a_frame_of_a_burst_of_eight()
    {
        // The price follows what runs: set-up that is shared by a burst must show.
        Assert.IsGreaterThan(PriceOf("swap", 8), PriceOf("swap", 1));
    }

    private static long PriceOf(string path, int burst)
    {
        WovenContext world = new("LabEdge.Forwarding");
        const int Frames = 64;

        // The difference of two runs: making the tables costs the same in both and falls out.
        Assert.AreEqual(Frames, world.Run(typeof(PathScenario), nameof(PathScenario.Run), path, burst, Frames), path);
        long once = world.Price();
        world.Clear();
        Assert.AreEqual(Frames * 2, world.Run(typeof(PathScenario), nameof(PathScenario.Run), path, burst, Frames * 2), path);
        return (world.Price() - once) / Frames;
    }
}
