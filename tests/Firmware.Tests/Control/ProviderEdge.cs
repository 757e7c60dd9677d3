using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>
/// A whole PE as steps that can be done and undone: two core ports, two customers with the same addresses, VPN routes over
/// labelled, PHP and two-way LSPs, transit labels, a pseudowire. Steps of a later group need those of the earlier ones.
/// </summary>
public sealed class ProviderEdge
{
    public sealed record Step(int Group, Func<ControlBench, int> Do, Func<ControlBench, int> Undo);

    private const int ImplicitNull = LabelStackEntry.ImplicitNull;

    public static List<Step> Steps()
    {
        List<Step> steps = [];
        foreach (string name in new[] { "red", "blue" })
        {
            steps.Add(new Step(0, b => b.Control.AddVrf(name), b => b.Control.RemoveVrf(b.Tables.Vrfs.Find(name))));
        }

        Interface(steps, 0, null, "10.0.0.1/24");
        Interface(steps, 1, null, "10.1.0.1/30");
        Interface(steps, 2, "red", "192.168.1.1/24");
        Interface(steps, 3, "blue", "192.168.1.1/24");
        steps.Add(new Step(1, b => b.Control.AddLoopback("Loopback0"), b => b.Control.RemoveLoopback(b.Host.Interfaces.Find("Loopback0"))));
        steps.Add(new Step(2, b => b.Control.SetInterfaceAddress(b.Host.Interfaces.Find("Loopback0"), Ip("1.1.1.1"), 32),
            b => b.Control.ClearInterfaceAddress(b.Host.Interfaces.Find("Loopback0"))));
        foreach (int port in new[] { 0, 1 })
        {
            steps.Add(new Step(2, b => b.Control.SetInterfaceMpls(port, true), b => b.Control.SetInterfaceMpls(port, false)));
        }

        Route(steps, null, "9.9.9.9/32", "10.0.0.2");
        Route(steps, null, "8.8.8.8/32", "10.0.0.2");
        Route(steps, null, "8.8.8.8/32", "10.1.0.2");
        Route(steps, null, "7.7.7.7/32", "10.1.0.2");
        Route(steps, null, "0.0.0.0/0", "10.0.0.2", distance: 200);
        Route(steps, null, "20.0.0.0/8", "9.9.9.9");
        Route(steps, null, "30.0.0.0/8", null, port: 1);
        Route(steps, null, "30.0.0.0/8", "20.0.0.1", distance: 5);
        Route(steps, "red", "172.16.0.0/16", "192.168.1.2");
        Route(steps, "blue", "172.16.0.0/16", "192.168.1.2");
        Route(steps, "red", "172.17.0.0/16", "9.9.9.9", label: 500);
        Route(steps, "red", "172.18.0.0/16", "8.8.8.8", label: 501);
        Route(steps, "blue", "172.17.0.0/16", "7.7.7.7", label: 502);
        Route(steps, "blue", "172.19.0.0/16", "172.17.0.1");
        Output(steps, "9.9.9.9/32", "10.0.0.2", 300);
        Output(steps, "8.8.8.8/32", "10.0.0.2", 301);
        Output(steps, "8.8.8.8/32", "10.1.0.2", 302);
        Output(steps, "7.7.7.7/32", "10.1.0.2", ImplicitNull);
        Input(steps, null, "9.9.9.9/32", 20);
        Input(steps, null, "8.8.8.8/32", 21);
        Input(steps, null, "7.7.7.7/32", 22);
        Input(steps, null, "1.1.1.1/32", 23);
        Input(steps, "red", "192.168.1.0/24", 24);
        Input(steps, "blue", "192.168.1.0/24", 25);
        steps.Add(new Step(3, b => b.Control.SetPseudowire(4, Ip("9.9.9.9"), 100, 30, 600, PseudowireTable.ControlWord), b => b.Control.RemovePseudowire(4)));
        steps.Add(new Step(3, b => b.Control.SetPseudowire(5, Ip("8.8.8.8"), 100, 31, 601, 0), b => b.Control.RemovePseudowire(5)));
        return steps;
    }

    /// <summary>A router with six ports, and nothing configured.</summary>
    public static ControlBench Bench(LabEdge.Forwarding.Capacity capacity = null)
    {
        if (capacity == null)
        {
            capacity = LabEdge.Forwarding.Capacity.Small();
            capacity.Ports = 6;
        }

        return new ControlBench(capacity, 6);
    }

    /// <summary>Configures everything in the order of the list.</summary>
    public static void Apply(ControlBench bench)
    {
        foreach (Step step in Steps()) Ok(step.Do(bench));
    }

    private static int Vrf(ControlBench bench, string name) => name == null ? 0 : bench.Tables.Vrfs.Find(name);

    private static void Interface(List<Step> steps, int port, string vrf, string address)
    {
        if (vrf != null)
        {
            steps.Add(new Step(1, b => b.Control.SetInterfaceVrf(port, Vrf(b, vrf)), b => b.Control.SetInterfaceVrf(port, 0)));
        }

        steps.Add(new Step(2, b => b.Control.SetInterfaceAddress(port, Cidr(address).Prefix, Cidr(address).Bits), b => b.Control.ClearInterfaceAddress(port)));
    }

    private static void Route(List<Step> steps, string vrf, string prefix, string nextHop, int port = -1, int distance = 1, int label = -1)
    {
        steps.Add(new Step(3, b => b.Route(prefix, nextHop, Vrf(b, vrf), port, distance, label), b => b.RemoveRoute(prefix, nextHop, Vrf(b, vrf), port)));
    }

    private static void Output(List<Step> steps, string prefix, string nextHop, int label)
    {
        steps.Add(new Step(3, b => b.Output(prefix, nextHop, label), b => b.RemoveOutput(prefix, nextHop)));
    }

    private static void Input(List<Step> steps, string vrf, string prefix, int label)
    {
        steps.Add(new Step(3, b => b.Input(prefix, label, Vrf(b, vrf)), b => b.RemoveInput(prefix, Vrf(b, vrf))));
    }
}
