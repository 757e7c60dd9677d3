using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Memory;

/// <summary>What Host and Router make for the first protocol that joins; billed by them.</summary>
public static class ProtocolPlace
{
    /// <param name="router">Has its first protocol.</param>
    public static int Of(Router router)
    {
        RamBill with = new(64);
        router.Host.Handlers.Bill(with);
        RamBill without = new(64);
        new HandlerTable().Bill(without);
        RamBill modules = new(1);
        modules.Row("x");
        modules.References(Router.MaxModules);
        return with.Total() - without.Total() + modules.Total();
    }
}
