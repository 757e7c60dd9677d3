using LabEdge.Forwarding;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>Neighbours come, move and give up their slots; at every moment a /32 leads to that very neighbour or nowhere.</summary>
[TestClass]
public sealed class AdjacencyTests
{
    [TestMethod]
    public void Slots_that_change_hands_never_lead_to_the_wrong_neighbor()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(seed);
            Capacity capacity = Capacity.Small();
            capacity.Neighbors = 4;
            ControlBench bench = new(capacity);
            bench.Address(0, "10.0.0.1/24");
            bench.Address(1, "10.1.0.1/24");
            Ok(bench.Route("20.0.0.0/8", "10.0.0.2"));
            bench.Budget = random.Next(1, 10);
            for (int step = 0; step < 300; step++)
            {
                int port = random.Next(2);
                uint address = Ip($"10.{random.Next(2)}.0.{random.Next(1, 7)}");
                switch (random.Next(12))
                {
                    case 0:
                        bench.Link(port, random.Next(2) == 0);
                        break;
                    case 1:
                        bench.Host.Neighbors.ClearPort(port);
                        break;
                    case 2:
                        bench.Address(port, $"10.{port}.0.{random.Next(1, 7)}/{random.Next(25, 30)}");
                        break;
                    case 3:
                        bench.Host.Neighbors.FindOrAdd(port, address, false);
                        break;
                    case 4:
                        bench.Now += (uint)random.Next(10_000);
                        break;
                    default:
                        if (bench.Control.IsUp(port)) bench.Answer(port, address);
                        break;
                }

                if (random.Next(2) == 0) bench.Poll();
                Check(bench, $"seed {seed} step {step}");
            }

            bench.Link(0, true);
            bench.Link(1, true);
            bench.Settle();
            Assert.AreEqual(ResolvedOnSubnet(bench), Adjacencies(bench).Count(), $"seed {seed}");
        }
    }

    private static IEnumerable<(uint Address, string Way)> Adjacencies(ControlBench bench)
    {
        int start = bench.Tables.Prefixes.Vrf[PrefixTable.Base];
        int count = bench.Tables.Prefixes.Vrf[PrefixTable.CountField];
        for (int i = start; i < start + count; i++)
        {
            if (bench.Tables.Prefixes.BitsAt(i) == 32 && ForwardingHandle.Kind(bench.Tables.Prefixes.Handle[i]) == ForwardingHandle.Path)
            {
                yield return (bench.Tables.Prefixes.First[i], bench.HandleText(bench.Tables.Prefixes.Handle[i]));
            }
        }
    }

    private static void Check(ControlBench bench, string when)
    {
        foreach ((uint address, string way) in Adjacencies(bench))
        {
            Assert.IsTrue(way == "unusable" || way.Contains($"02AA{address:X8}"), $"{when}: {address:X8} leads to {way}");
        }

        string fixedWay = bench.Leaf("20.0.0.0/8");
        Assert.IsTrue(fixedWay is "absent" or "unusable" or "drop" || fixedWay.Contains("02AA0A000002"), $"{when}: {fixedWay}");
    }

    private static int ResolvedOnSubnet(ControlBench bench)
    {
        return Enumerable.Range(0, bench.Capacity.Neighbors).Count(n => bench.Host.Neighbors.IsResolved(n)
            && bench.Host.Interfaces.OnSubnet(bench.Host.Neighbors.PortOf(n), bench.Host.Neighbors.AddressOf(n))
            && !bench.Host.Interfaces.Owns(0, bench.Host.Neighbors.AddressOf(n)));
    }
}
