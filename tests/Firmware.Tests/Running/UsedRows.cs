using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Tests.Running;

/// <summary>How much of each fixed table a router uses: to compare before and after.</summary>
public static class UsedRows
{
    /// <summary>One line per table. Neighbours are left out, and the route, prefix, path and transports of each: those are bounded by their slots.</summary>
    public static string Of(Router router)
    {
        Tables t = router.Tables;
        int adjacencies = Enumerable.Range(0, router.Control.Routes.High).Count(i => router.Control.Routes.Source[i] == RouteSource.Adjacency);
        int groups = Enumerable.Range(0, t.Groups.Count).Count(g => t.Groups.Record[g * t.Groups.Stride] != 0);
        return $"""
            paths {Enumerable.Range(0, t.Paths.Count).Count(t.Paths.IsUsed) - adjacencies}
            path groups {groups}
            labelled transports {Enumerable.Range(0, t.Transports.Count).Count(i => t.Transports.IsUsed(i) && t.Transports.Record[i * TransportTable.Stride + TransportTable.LabelCount] > 0)}
            prefixes {t.Prefixes.Used - adjacencies}
            routes {router.Control.Routes.Used - adjacencies}
            ILM entries {t.Labels.Handle.Count(h => h != ForwardingHandle.None)}
            circuits {t.Circuits.Count}
            pseudowires up {Enumerable.Range(0, t.Pseudowires.Count).Count(t.Pseudowires.IsUp)}
            VRFs {Enumerable.Range(0, t.Vrfs.Capacity).Count(t.Vrfs.IsUsed)}
            tunnels {router.Control.Tunnels.Used}
            refused {t.Paths.Refused + t.Groups.Refused + t.Prefixes.Refused + t.Transports.Refused + router.Control.Routes.Refused}
            settled {router.Control.IsSettled}
            """;
    }

    /// <summary>Transport rows in use that are not a tunnel's: at most two for each slot of the neighbour table.</summary>
    public static int NeighborTransports(Router router)
    {
        TransportTable transports = router.Tables.Transports;
        return Enumerable.Range(0, transports.Count).Count(transports.IsUsed) - router.Control.Tunnels.Used;
    }
}
