using System.Reflection;
using LabEdge.Emulator;
using LabEdge.Forwarding;
using LabEdge.Ospf;

namespace LabEdge.Tests.Failures;

/// <summary>Looks at the routers of a core each millisecond: when packets ran out of TTL, when route calculations ran, and what was dropped why.</summary>
public sealed class CoreWatch(RunningLab lab, IReadOnlyList<string> routers)
{
    private readonly Dictionary<string, (Router Router, int Count)> _expired = [];
    private readonly Dictionary<string, (Router Router, int Count)> _runs = [];

    /// <summary>Virtual microseconds, a time for each packet.</summary>
    public List<long> Expiries { get; } = [];

    /// <summary>The same for each route calculation of any router.</summary>
    public List<long> Calculations { get; } = [];

    public void Sample()
    {
        foreach (string name in routers)
        {
            Router router = lab.Node(name).Router;
            Note(_expired, name, router, Expired(router), Expiries);
            Note(_runs, name, router, OspfOf(router).Processes.Sum(process => process.SpfRuns), Calculations);
        }
    }

    /// <summary>Frames that each reason has cost since, by the core's routers; one that has started again meanwhile counts from there.</summary>
    public string Drops(DropCount before)
    {
        Dictionary<string, int> found = [];
        foreach (LabNode node in routers.Select(lab.Node))
        {
            for (int port = 0; port < node.Ports.Count; port++)
            {
                for (int reason = 1; reason < DropReason.Count; reason++)
                {
                    int dropped = node.Router.Tables.Ledger.DroppedOn(port, reason) - before.Of(node, port, reason);
                    if (dropped > 0) found[$"{node.Name}: {DropReason.Name(reason)}"] = found.GetValueOrDefault($"{node.Name}: {DropReason.Name(reason)}") + dropped;
                }
            }
        }

        return string.Join(", ", found.Select(pair => $"{pair.Key} {pair.Value}"));
    }

    public static OspfModule OspfOf(Router router) => Modules(router).OfType<OspfModule>().Single();

    private static object[] Modules(Router router) => (object[])typeof(Router).GetField("_modules", BindingFlags.Instance | BindingFlags.NonPublic).GetValue(router);

    private static int Expired(Router router)
    {
        Ledger ledger = router.Tables.Ledger;
        int count = ledger.PuntedByClass[PuntClass.TtlExpired] + ledger.PuntedByClass[PuntClass.TtlExpiredLabelled];
        for (int port = 0; port < router.Tables.Ports.Count; port++) count += ledger.DroppedOn(port, DropReason.TtlExpiredNotIp);
        return count;
    }

    private void Note(Dictionary<string, (Router Router, int Count)> known, string name, Router router, int count, List<long> times)
    {
        (Router last, int before) = known.GetValueOrDefault(name, (router, 0));
        if (last != router) before = 0;
        for (int i = before; i < count; i++) times.Add(lab.Queue.Now);
        known[name] = (router, count);
    }
}
