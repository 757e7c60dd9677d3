using Mono.Cecil;

namespace LabEdge.Tests.Guards;

/// <summary>The arrows of DESIGN section 2: which room may refer to which, and what it may name of it.</summary>
public static class ArrowGuard
{
    private static readonly string[] Chain = ["LabEdge.Forwarding", "LabEdge.Host", "LabEdge.Control", "LabEdge.Tcp", "LabEdge.Configuration", "LabEdge.Show", "LabEdge.Explain", "LabEdge.Console", "LabEdge.Router"];

    // A protocol room stands between Control and Configuration and never names another.
    private static readonly string[] Protocols = ["LabEdge.Ospf", "LabEdge.Ldp", "LabEdge.Bfd", "LabEdge.Bgp", "LabEdge.Rip", "LabEdge.Eigrp", "LabEdge.L2vpn"];

    // hal's interfaces that any room of the firmware may name: frames, ports, the store and the console line. Pins, SPI and clocks are the boards'.
    private static readonly string[] HalTypes = ["Frame", "IFramePort", "IEthernetPort", "LinkKind", "IStore", "ITextPort", "IEntropy"];

    // What the heads share: the one room that joins pins, chips and the router; no protocol, no driver.
    private const string Boards = "LabEdge.Boards";

    /// <returns>One line per wrong reference, empty when there is none.</returns>
    public static List<string> Check(ModuleDefinition module)
    {
        List<string> problems = [];
        string own = module.Assembly.Name.Name;
        foreach (string reference in module.AssemblyReferences.Select(r => r.Name).Where(n => n.StartsWith("LabEdge.", StringComparison.Ordinal)))
        {
            if (!Allowed(own, reference)) problems.Add($"{own} refers to {reference}");
        }

        if (!own.StartsWith("LabEdge.Hal", StringComparison.Ordinal) && own != Boards)
        {
            problems.AddRange(module.GetTypeReferences()
                .Where(t => t.Namespace == "LabEdge.Hal" && !HalTypes.Contains(t.Name))
                .Select(t => $"{own} names {t.FullName}"));
        }

        return problems;
    }

    private static bool Allowed(string own, string reference)
    {
        if (own == "LabEdge.Hal") return false;
        if (own.StartsWith("LabEdge.Hal.", StringComparison.Ordinal)) return reference == "LabEdge.Hal";
        if (reference == "LabEdge.Hal") return true;
        if (own == Boards) return reference == "LabEdge.Hal.Store" || Array.IndexOf(Chain, reference) >= 0;
        if (Protocols.Contains(own)) return reference is "LabEdge.Forwarding" or "LabEdge.Host" or "LabEdge.Control" or "LabEdge.Tcp";
        int from = Array.IndexOf(Chain, own);
        if (Protocols.Contains(reference)) return own is "LabEdge.Configuration" or "LabEdge.Show" or "LabEdge.Console" or "LabEdge.Router";
        int to = Array.IndexOf(Chain, reference);
        return from >= 0 && to >= 0 && to < from;
    }
}
