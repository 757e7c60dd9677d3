using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;
using LabEdge.Tests.Host;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>IPv6 addresses, static routes, 6PE and 6VPE routes in the forwarding table; IPv4 lives beside them.</summary>
[TestClass]
public class Ipv6ControlTests
{
    private readonly ControlBench _bench = new();

    private static (byte[] Prefix, int Bits) Cidr6(string prefix)
    {
        string[] parts = prefix.Split('/');
        return (Packets6.Address(parts[0]), int.Parse(parts[1]));
    }

    private int Address6(int port, string prefix) => _bench.Control.AddInterfaceIpv6Address(port, Cidr6(prefix).Prefix, 0, Cidr6(prefix).Bits);

    private int Route6(string prefix, string nextHop, int vrf = 0, int port = -1, int distance = 1) =>
        _bench.Control.AddIpv6StaticRoute(vrf, Cidr6(prefix).Prefix, 0, Cidr6(prefix).Bits, nextHop == null ? null : Packets6.Address(nextHop), 0, 0, port, distance, -1);

    private int RemoveRoute6(string prefix, string nextHop, int vrf = 0, int port = -1) =>
        _bench.Control.RemoveIpv6StaticRoute(vrf, Cidr6(prefix).Prefix, 0, Cidr6(prefix).Bits, nextHop == null ? null : Packets6.Address(nextHop), 0, 0, port);

    private int LabelRoute(string prefix, string peer, int label, int vrf) =>
        _bench.Control.AddIpv6StaticRoute(vrf, Cidr6(prefix).Prefix, 0, Cidr6(prefix).Bits, null, 0, Ip(peer), -1, 1, label);

    private string Leaf6(string prefix, int vrf = 0)
    {
        int handle = _bench.Tables.Prefixes.Find6(vrf, Cidr6(prefix).Prefix, 0, Cidr6(prefix).Bits);
        return handle < 0 ? "absent" : _bench.HandleText(handle);
    }

    // Every neighbour that is asked for answers at once, and every address passes its test.
    private void Settle()
    {
        Ipv6NeighborTable table = _bench.Host.Neighbors6;
        for (int round = 0; round < 20; round++)
        {
            _bench.SettleWithNeighbors();
            _bench.Now += 200;
            for (int n = 0; n < table.Count; n++)
            {
                if (table.StateOf(n) == NeighborSlots.Free || table.IsResolved(n) || !_bench.Control.IsUp(table.PortOf(n))) continue;
                byte[] address = new byte[16];
                table.CopyAddress(n, address, 0);
                table.Advertised(table.PortOf(n), address, 0, [0x02, 0xAA, .. address[12..]], 0, 0x60);
            }
        }
    }

    private static string Ready6(int port, string lastWord, int room = 1500) => $"port {port} room {room} 02AA{lastWord}02000000000{port + 1}86DD";

    [TestMethod]
    public void An_address_has_its_local_and_connected_route_and_the_port_takes_frames()
    {
        Ok(Address6(0, "2001:db8:1::1/64"));
        Ok(Address6(0, "2001:db8:2::1/64"));
        Settle();
        Assert.AreEqual("local 0", Leaf6("2001:db8:1::1/128"));
        Assert.AreEqual("glean 0", Leaf6("2001:db8:1::/64"));
        Assert.AreEqual("glean 0", Leaf6("2001:db8:2::/64"));
        Assert.AreEqual(ForwardingHandle.Vrf, _bench.Tables.Ports.Record[PortTable.Untagged]);
        Assert.AreEqual(Ipv6Interfaces.Preferred, _bench.Host.Ipv6.State[0]);
        Is(ControlResult.TableFull, Address6(0, "2001:db8:3::1/64"));

        // The link goes and comes; then IPv4 comes and goes, and IPv6 goes.
        _bench.Link(0, false);
        _bench.Settle();
        Assert.AreEqual("absent", Leaf6("2001:db8:1::/64"));
        Assert.AreEqual("absent", Leaf6("2001:db8:1::1/128"));
        _bench.Link(0, true);
        Settle();
        Assert.AreEqual("glean 0", Leaf6("2001:db8:1::/64"));
        _bench.Address(0, "10.0.0.1/24");
        Ok(_bench.Control.ClearInterfaceAddress(0));
        Assert.AreEqual(ForwardingHandle.Vrf, _bench.Tables.Ports.Record[PortTable.Untagged]);
        Ok(_bench.Control.RemoveInterfaceIpv6Address(0, Packets6.Address("2001:db8:2::1"), 0));
        Assert.AreEqual("absent", Leaf6("2001:db8:2::/64"));
        Ok(_bench.Control.SetInterfaceIpv6(0, false));
        Settle();
        Assert.AreEqual("absent", Leaf6("2001:db8:1::/64"));
        Assert.AreEqual("absent", Leaf6("2001:db8:1::1/128"));
        Assert.AreEqual(ForwardingHandle.None, _bench.Tables.Ports.Record[PortTable.Untagged]);
        Assert.AreEqual(0, _bench.Control.Routes6.Used);
        Assert.AreEqual(0, _bench.UsedPaths());
    }

    [TestMethod]
    public void What_cannot_be_an_address_or_a_route_is_refused()
    {
        Ok(Address6(0, "2001:db8:1::1/64"));
        Ok(Address6(0, "2001:db8:1::1/64"));
        Is(ControlResult.Overlaps, Address6(1, "2001:db8:1::2/48"));
        Assert.AreEqual(0, _bench.Control.ConflictInterfaceIpv6);
        Is(ControlResult.InvalidAddress, Address6(1, "fe80::1/64"));
        Is(ControlResult.InvalidAddress, Address6(1, "ff02::1/64"));
        Is(ControlResult.InvalidAddress, Address6(1, "::ffff:10.0.0.1/96"));
        Is(ControlResult.BadMask, Address6(1, "2001:db8:9::1/0"));
        Is(ControlResult.NoSuchInterface, Address6(99, "2001:db8:9::1/64"));
        Is(ControlResult.PrefixNotAligned, Route6("2001:db8::1/64", "2001:db8:1::2"));
        Is(ControlResult.InvalidPrefix, Route6("ff00::/8", "2001:db8:1::2"));
        Is(ControlResult.InvalidPrefix, Route6("fe80::/10", "2001:db8:1::2"));
        Is(ControlResult.NextHopMissing, Route6("2001:db8:7::/48", null));
        Is(ControlResult.NextHopMissing, Route6("2001:db8:7::/48", "fe80::2"));
        Is(ControlResult.NextHopIsLocal, Route6("2001:db8:7::/48", "2001:db8:1::1"));
        Is(ControlResult.InvalidNextHop, Route6("2001:db8:7::/48", "ff02::1"));
        Is(ControlResult.InvalidDistance, Route6("2001:db8:7::/48", "2001:db8:1::2", distance: 256));
        Is(ControlResult.NoSuchVrf, Route6("2001:db8:7::/48", "2001:db8:1::2", vrf: 3));
        Is(ControlResult.NotFound, RemoveRoute6("2001:db8:7::/48", "2001:db8:1::2"));
        Is(ControlResult.LabelNeedsNextHop, LabelRoute("2001:db8:7::/48", "0.0.0.0", 500, 0));
        Is(ControlResult.LabelOutOfRange, LabelRoute("2001:db8:7::/48", "9.9.9.9", 3, 0));
    }

    [TestMethod]
    public void Next_hops_on_the_link_link_local_recursive_and_by_interface_become_paths()
    {
        Ok(Address6(0, "2001:db8:1::1/64"));
        Ok(_bench.Control.SetInterfaceIpv6(1, true));
        Ok(Route6("2001:db8:a::/48", "2001:db8:1::2"));
        Ok(Route6("2001:db8:b::/48", "fe80::9", port: 1));
        Ok(Route6("2001:db8:c::/48", "2001:db8:a::5"));
        Ok(Route6("2001:db8:d::/64", null, port: 1));
        Ok(Route6("2001:db8:e::/48", "2001:db8:d::7"));
        Ok(Route6("::/0", "2001:db8:b::1", distance: 200));
        Settle();
        Assert.AreEqual(Ready6(0, "00000002"), Leaf6("2001:db8:1::2/128"));
        Assert.AreEqual(Ready6(0, "00000002"), Leaf6("2001:db8:a::/48"));
        Assert.AreEqual(Ready6(1, "00000009"), Leaf6("2001:db8:b::/48"));
        Assert.AreEqual(Ready6(0, "00000002"), Leaf6("2001:db8:c::/48"));
        Assert.AreEqual("glean 1", Leaf6("2001:db8:d::/64"));
        Assert.AreEqual(Ready6(1, "00000007"), Leaf6("2001:db8:e::/48"));
        Assert.AreEqual(Ready6(1, "00000009"), Leaf6("::/0"));

        // The way of the first goes: what hung on it falls to the default; then all goes and nothing is left.
        Ok(RemoveRoute6("2001:db8:a::/48", "2001:db8:1::2"));
        Settle();
        Assert.AreEqual("absent", Leaf6("2001:db8:a::/48"));
        Assert.AreEqual(Ready6(1, "00000009"), Leaf6("2001:db8:c::/48"));
        _bench.Link(1, false);
        Settle();
        foreach (string prefix in new[] { "2001:db8:b::/48", "2001:db8:c::/48", "2001:db8:d::/64", "2001:db8:e::/48", "::/0" }) Assert.AreEqual("absent", Leaf6(prefix), prefix);
    }

    [TestMethod]
    public void Routes_that_lead_to_each_other_reach_nothing_and_equal_ones_share()
    {
        Ok(Address6(0, "2001:db8:1::1/64"));
        Ok(Route6("2001:db8:a::/48", "2001:db8:b::1"));
        Ok(Route6("2001:db8:b::/48", "2001:db8:a::1"));
        Ok(Route6("::/0", "2001:db8:99::1"));
        Ok(Route6("2001:db8:c::/48", "2001:db8:1::2"));
        Ok(Route6("2001:db8:c::/48", "2001:db8:1::3"));
        Ok(Route6("2001:db8:c::/48", "2001:db8:1::4", distance: 5));
        Settle();
        foreach (string prefix in new[] { "2001:db8:a::/48", "2001:db8:b::/48", "::/0" }) Assert.AreEqual("absent", Leaf6(prefix), prefix);
        Assert.AreEqual($"group {Ready6(0, "00000002")} + {Ready6(0, "00000003")}", Leaf6("2001:db8:c::/48"));
        Ok(RemoveRoute6("2001:db8:c::/48", "2001:db8:1::2"));
        Ok(RemoveRoute6("2001:db8:c::/48", "2001:db8:1::3"));
        Settle();
        Assert.AreEqual(Ready6(0, "00000004"), Leaf6("2001:db8:c::/48"));
    }

    [TestMethod]
    public void A_route_with_a_label_goes_over_the_LSP_to_its_PE_and_both_families_share_the_VRF()
    {
        int red = _bench.Control.AddVrf("red");
        _bench.Address(0, "10.0.0.1/24");
        Ok(_bench.Control.SetInterfaceMpls(0, true));
        Ok(_bench.Control.SetInterfaceVrf(2, red));
        _bench.Address(2, "192.168.1.1/24", red);
        Ok(Address6(2, "2001:db8:1::1/64"));
        Ok(_bench.Route("9.9.9.9/32", "10.0.0.2"));
        Ok(LabelRoute("2001:db8:f::/48", "9.9.9.9", 500, red));
        Ok(LabelRoute("2001:db8:e::/48", "9.9.9.9", 501, 0));
        Settle();
        Assert.AreEqual("absent", Leaf6("2001:db8:f::/48", red), "no LSP yet");
        Ok(_bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        Settle();
        string lsp = Ready(0, 1496, "10.0.0.2", "8847", "0012C0FF");
        Assert.AreEqual("label 500 s1 ttl 255 uniform over " + lsp, Leaf6("2001:db8:f::/48", red));
        Assert.AreEqual("label 501 s1 ttl 255 uniform over " + lsp, Leaf6("2001:db8:e::/48"));
        Assert.AreEqual("glean 2", Leaf6("2001:db8:1::/64", red));
        Assert.AreEqual("absent", Leaf6("2001:db8:1::/64"));
        Is(ControlResult.NextHopIsLocal, LabelRoute("2001:db8:d::/48", "10.0.0.1", 500, red));

        // The interface leaves the VRF: its addresses of both families go, as in IOS. The VRF goes with its routes.
        Ok(_bench.Control.SetInterfaceVrf(2, 0));
        Settle();
        Assert.AreEqual("absent", Leaf6("2001:db8:1::/64", red));
        Assert.IsFalse(_bench.Host.Ipv6.Enabled[2]);
        Ok(_bench.Control.RemoveVrf(red));
        Settle();
        Assert.AreEqual("absent", Leaf6("2001:db8:f::/48", red));
        Assert.AreEqual(1, _bench.Control.Routes6.Used);
    }

    [TestMethod]
    public void A_loopback_has_its_address_only_and_a_pseudowire_no_address()
    {
        int loopback = _bench.Loopback("Loopback0", "1.1.1.1/32");
        Ok(Address6(loopback, "2001:db8:ff::1/64"));
        Settle();
        Assert.AreEqual("local " + loopback, Leaf6("2001:db8:ff::1/128"));
        Assert.AreEqual("absent", Leaf6("2001:db8:ff::/64"));
        Ok(_bench.Control.RemoveLoopback(loopback));
        Settle();
        Assert.AreEqual("absent", Leaf6("2001:db8:ff::1/128"));
        Ok(_bench.Control.SetPseudowire(3, Ip("9.9.9.9"), 100, 30, 600, PseudowireTable.ControlWord));
        Is(ControlResult.InterfaceHasXconnect, Address6(3, "2001:db8:1::1/64"));
        Ok(Address6(2, "2001:db8:1::1/64"));
        Is(ControlResult.InterfaceHasAddress, _bench.Control.SetPseudowire(2, Ip("9.9.9.9"), 101, 31, 601, PseudowireTable.ControlWord));
    }

    [TestMethod]
    public void A_full_table_refuses_and_leaves_what_there_was()
    {
        Ok(Address6(0, "2001:db8:1::1/64"));
        int rows = _bench.Capacity.Routes6 - _bench.Control.Routes6.Used;
        for (int i = 0; i < rows; i++) Ok(Route6($"2001:db8:{i + 16:x}::/48", "2001:db8:1::2"));
        Is(ControlResult.TableFull, Route6("2001:db8:fff::/48", "2001:db8:1::2"));
        Assert.AreEqual("absent", Leaf6("2001:db8:fff::/48"));
        for (int i = 0; i < rows; i++) Ok(RemoveRoute6($"2001:db8:{i + 16:x}::/48", "2001:db8:1::2"));
        Settle();
        Assert.AreEqual(3, _bench.Control.Routes6.Used, "local, connected, and the neighbour that answered");
        Assert.AreEqual(1, _bench.UsedPaths());
    }
}
