using LabEdge.Control;
using LabEdge.Forwarding;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>Each table full: an answer and a counter, nothing half done, and everything works again when room is made.</summary>
[TestClass]
public sealed class FullTableTests
{
    private static ControlBench Bench(Action<Capacity> change)
    {
        Capacity capacity = Capacity.Small();
        change(capacity);
        ControlBench bench = new(capacity);
        bench.Address(0, "10.0.0.1/24");
        Ok(bench.Control.SetInterfaceMpls(0, true));
        return bench;
    }

    [TestMethod]
    public void Routes()
    {
        ControlBench bench = Bench(c => c.Routes = 4);
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2"));
        Ok(bench.Route("21.0.0.0/8", "10.0.0.2"));
        Is(ControlResult.TableFull, bench.Route("22.0.0.0/8", "10.0.0.2"));
        Is(ControlResult.TableFull, bench.Control.SetInterfaceAddress(1, Ip("10.1.0.1"), 24));
        Assert.AreEqual(2, bench.Control.Routes.Refused);
        Assert.AreEqual(0u, bench.Host.Interfaces.Address[1]);
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.2"));
        Is(ControlResult.TableFull, bench.Control.SetInterfaceAddress(1, Ip("10.1.0.1"), 24));
        Assert.AreEqual("absent", bench.Leaf("10.1.0.1/32"));
        Is(ControlResult.TableFull, bench.Control.SetInterfaceAddress(1, Ip("10.1.0.1"), 24));
        Ok(bench.Route("22.0.0.0/8", "10.0.0.2"));
        Is(ControlResult.Ok, bench.Control.SetInterfaceAddress(0, Ip("10.9.0.1"), 24));
        Assert.AreEqual("glean 0", bench.Leaf("10.9.0.0/24"));
    }

    [TestMethod]
    public void Prefixes()
    {
        ControlBench bench = Bench(c => c.Prefixes = 3);
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2"));
        Is(ControlResult.TableFull, bench.Route("21.0.0.0/8", "10.0.0.2"));
        Assert.AreEqual(3, bench.Control.Routes.Used);
        Ok(bench.Route("20.0.0.0/8", "10.0.0.3"));
        bench.Answer(0, Ip("10.0.0.2"));
        bench.Settle();
        Assert.AreEqual("absent", bench.Leaf("10.0.0.2/32"));
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.2"));
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.3"));
        bench.Settle();
        Assert.AreEqual(Ready(0, 1500, "10.0.0.2", "0800"), bench.Leaf("10.0.0.2/32"));
    }

    [TestMethod]
    public void Paths()
    {
        ControlBench bench = Bench(c => c.Paths = 2);
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2"));
        Ok(bench.Route("21.0.0.0/8", "10.0.0.2"));
        Is(ControlResult.TableFull, bench.Route("22.0.0.0/8", "10.0.0.2"));
        Assert.AreEqual("absent", bench.Leaf("22.0.0.0/8"));
        Assert.IsGreaterThan(0, bench.Control.Paths.Refused);
        Ok(bench.Input("21.0.0.0/8", 20));
        Ok(bench.Output("21.0.0.0/8", "10.0.0.2", 300));
        Assert.AreEqual("drop", bench.Leaf("21.0.0.0/8"));
        bench.Settle();
        Assert.AreEqual("label 300 s1 ttl 255 uniform over unusable", bench.Leaf("21.0.0.0/8"));
        Assert.AreEqual("none", bench.Ilm(20));
        Assert.AreEqual("table full", bench.Control.StaticLabels.StateText(bench.Control.Bindings.FindInput(0, Ip("21.0.0.0"), 8)));
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.2"));
        bench.Settle();
        bench.Now += ResolvePass.RetryMs;
        bench.Settle();
        Assert.AreEqual("label 300 s1 ttl 255 uniform over unusable", bench.Ilm(20));
    }

    [TestMethod]
    public void Groups_paths_of_a_group_and_their_return()
    {
        ControlBench bench = Bench(c => c.Groups = 1);
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2"));
        Ok(bench.Route("20.0.0.0/8", "10.0.0.3"));
        Ok(bench.Route("21.0.0.0/8", "10.0.0.2"));
        Is(ControlResult.TableFull, bench.Route("21.0.0.0/8", "10.0.0.3"));
        Assert.AreEqual("unusable", bench.Leaf("21.0.0.0/8"));
        bench.Poll();
        Assert.AreEqual(3, bench.UsedPaths());
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.3"));
        Is(ControlResult.TableFull, bench.Route("21.0.0.0/8", "10.0.0.3"));
        bench.Poll();
        Ok(bench.Route("21.0.0.0/8", "10.0.0.3"));
        Assert.AreEqual("group unusable + unusable", bench.Leaf("21.0.0.0/8"));
    }

    [TestMethod]
    public void Neighbors_and_transports()
    {
        ControlBench bench = Bench(c => c.Neighbors = 1);
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2"));
        Is(ControlResult.TableFull, bench.Route("21.0.0.0/8", "10.0.0.3"));
        Assert.AreEqual("absent", bench.Leaf("21.0.0.0/8"));
        bench.SettleWithNeighbors();
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.2"));
        bench.Settle();
        Ok(bench.Route("21.0.0.0/8", "10.0.0.3"));
        bench.SettleWithNeighbors();
        Assert.AreEqual(Ready(0, 1500, "10.0.0.3", "0800"), bench.Leaf("21.0.0.0/8"));

        bench = Bench(c => c.Transports = 2);
        int red = bench.Control.AddVrf("red");
        Ok(bench.Route("9.9.9.9/32", "10.0.0.2"));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        Is(ControlResult.TableFull, bench.Route("10.2.0.0/16", "9.9.9.9", red, label: 500));
        Assert.AreEqual(2, bench.Tables.Transports.Count);
        Assert.AreEqual(0, bench.Control.Tunnels.Used);
        Ok(bench.Control.SetPseudowire(2, Ip("9.9.9.9"), 1, 40, 400, PseudowireTable.ControlWord));
        Assert.AreEqual(Reason.TableFull, bench.Control.Pseudowires.DownReason(0));
    }

    [TestMethod]
    public void Bindings_labels_pseudowires_vrfs_loopbacks_and_addresses()
    {
        ControlBench bench = Bench(c =>
        {
            c.LabelBindings = 2;
            c.Pseudowires = 1;
            c.Vrfs = 2;
            c.Loopbacks = 1;
            c.Addresses = 2;
        });
        Ok(bench.Input("20.0.0.0/8", 20));
        Ok(bench.Output("20.0.0.0/8", "10.0.0.2", 300));
        Is(ControlResult.TableFull, bench.Input("21.0.0.0/8", 21));
        Is(ControlResult.TableFull, bench.Output("21.0.0.0/8", "10.0.0.2", 300));
        Assert.AreEqual(2, bench.Control.Bindings.Refused);
        Assert.AreEqual(1, bench.Control.Labels.Used);
        Ok(bench.RemoveOutput("20.0.0.0/8", "10.0.0.2"));
        Ok(bench.Input("21.0.0.0/8", 21));

        Ok(bench.Control.SetPseudowire(2, Ip("9.9.9.9"), 1, 40, 400, PseudowireTable.ControlWord));
        Is(ControlResult.TableFull, bench.Control.SetPseudowire(3, Ip("9.9.9.9"), 2, 41, 400, PseudowireTable.ControlWord));
        Assert.AreEqual(LabelOwner.None, bench.Control.Labels.OwnerOf(41));
        Assert.IsFalse(bench.Ports[3].Promiscuous);
        Ok(bench.Control.RemovePseudowire(2));
        Ok(bench.Control.SetPseudowire(3, Ip("9.9.9.9"), 2, 41, 400, PseudowireTable.ControlWord));

        Assert.AreEqual(1, bench.Control.AddVrf("red"));
        Is(ControlResult.TableFull, bench.Control.AddVrf("blue"));
        bench.Loopback("Loopback0", "1.1.1.1/32");
        Is(ControlResult.TableFull, bench.Control.AddLoopback("Loopback1"));
        Is(ControlResult.TableFull, bench.Control.SetInterfaceAddress(1, Ip("10.1.0.1"), 24));
        Ok(bench.Control.RemoveLoopback(bench.Host.Interfaces.Find("Loopback0")));
        Ok(bench.Control.SetInterfaceAddress(1, Ip("10.1.0.1"), 24));
    }

    [TestMethod]
    public void A_whole_pe_in_tables_too_small_for_it_never_leaves_a_wrong_row()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(seed);
            Capacity capacity = Capacity.Small();
            capacity.Ports = 6;
            capacity.Paths = random.Next(2, 24);
            capacity.Groups = random.Next(1, 4);
            capacity.Transports = random.Next(2, 14);
            capacity.Prefixes = random.Next(4, 30);
            capacity.Neighbors = random.Next(1, 6);
            capacity.Routes = random.Next(6, 40);
            capacity.LabelBindings = random.Next(2, 12);
            ControlBench bench = ProviderEdge.Bench(capacity);
            string empty = bench.Counts();
            ProviderEdge.Step[] steps = ProviderEdge.Steps().ToArray();
            foreach (ProviderEdge.Step step in steps)
            {
                int result = step.Do(bench);
                Assert.IsTrue(result >= 0 || result == ControlResult.TableFull, $"seed {seed}: {ControlResult.Text(result)}");
                if (random.Next(3) == 0) bench.Poll();
            }

            for (int i = 0; i < 5; i++)
            {
                bench.Settle();
                bench.Now += ResolvePass.RetryMs;
                _ = bench.Forwarding();
            }

            random.Shuffle(steps);
            foreach (ProviderEdge.Step step in steps)
            {
                step.Undo(bench);
                bench.Poll();
            }

            bench.Settle();
            Assert.AreEqual(empty, bench.Counts(), $"seed {seed}");
        }
    }
}
