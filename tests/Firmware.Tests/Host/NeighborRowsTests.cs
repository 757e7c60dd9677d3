using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>No scan leaves an LSP without a transport row: a slot keeps its rows for good, so there are rows for every slot and every LSP.</summary>
[TestClass]
public class NeighborRowsTests
{
    private static Capacity Profile(string name) => name switch
    {
        "Tiny" => Capacity.Tiny(),
        "Small" => Capacity.Small(),
        "Board" => Capacity.Board(),
        _ => Capacity.Pc(),
    };

    [TestMethod]
    [DataRow("Tiny")]
    [DataRow("Small")]
    [DataRow("Board")]
    [DataRow("Pc")]
    public void After_a_scan_of_both_families_every_LSP_gets_its_row(string profile)
    {
        Capacity capacity = Profile(profile);
        Tables tables = new(capacity);
        HostStack host = new(tables, capacity, [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
        for (uint i = 0; i < capacity.Neighbors; i++) Assert.AreNotEqual(NeighborSlots.None, host.Neighbors.FindOrAdd(0, 0x0A000001 + i, false));
        for (int i = 0; i < capacity.Neighbors6; i++)
        {
            byte[] address = Packets6.Address($"2001:db8::{i + 1:x}");
            Assert.AreNotEqual(NeighborSlots.None, host.Neighbors6.FindOrAdd(0, address, 0, false));
        }

        for (int n = 0; n < capacity.Neighbors; n++) Assert.AreNotEqual(TransportTable.None, host.Neighbors.MplsTransport(n), $"neighbour {n}");
        for (int n = 0; n < capacity.Neighbors6; n++) Assert.AreNotEqual(TransportTable.None, host.Neighbors6.MplsTransport(n), $"IPv6 neighbour {n}");
        for (int t = 0; t < capacity.LabelBindings + capacity.Tunnels; t++) Assert.AreNotEqual(TransportTable.None, tables.Transports.Allocate(), $"LSP {t}");
        Assert.AreEqual(0, tables.Transports.Refused);
    }
}
