using LabEdge.Forwarding;

namespace LabEdge.Tests.ForwardingTables;

[TestClass]
public class TunnelTableTests
{
    private static readonly byte[] Local = Hex.Octets("C0000201");

    private static TunnelTable Table(int tunnels)
    {
        Capacity capacity = Capacity.Tiny();
        capacity.Tunnels = tunnels;
        return new TunnelTable(capacity);
    }

    [TestMethod]
    public void An_empty_table_finds_nothing_and_a_full_one_refuses()
    {
        TunnelTable table = Table(2);
        Assert.AreEqual(TunnelTable.None, table.Find(0, 0, 0, Local, 0, Local, 0));
        Assert.AreEqual(0, table.InUse);
        Assert.AreEqual(0, table.Add(0, 0, 1, 0, Local, 0, Hex.Octets("C6336401"), 0));
        Assert.AreEqual(1, table.Add(0, 0, 1, 0, Local, 0, Hex.Octets("C6336402"), 0));
        Assert.AreEqual(0, table.Refused);
        Assert.AreEqual(TunnelTable.None, table.Add(0, 0, 1, 0, Local, 0, Hex.Octets("C6336403"), 0));
        Assert.AreEqual(1, table.Refused);
        Assert.AreEqual(2, table.InUse);
    }

    [TestMethod]
    public void A_capacity_of_none_has_none()
    {
        TunnelTable table = Table(0);
        Assert.AreEqual(TunnelTable.None, table.Find(0, 0, 0, Local, 0, Local, 0));
        Assert.AreEqual(TunnelTable.None, table.Add(0, 0, 1, 0, Local, 0, Local, 0));
    }

    [TestMethod]
    public void Each_part_of_its_identity_tells_a_tunnel_from_another()
    {
        TunnelTable table = Table(8);
        byte[] remote = Hex.Octets("C6336401");
        byte[] other = Hex.Octets("C6336501");
        Assert.AreEqual(0, table.Add(0, 0, 1, 0, Local, 0, remote, 0));
        Assert.AreEqual(1, table.Add(TunnelTable.Gre, 0, 1, 0, Local, 0, remote, 0));
        Assert.AreEqual(2, table.Add(TunnelTable.Gre | TunnelTable.HasKey, 0, 1, 7, Local, 0, remote, 0));
        Assert.AreEqual(3, table.Add(TunnelTable.Gre | TunnelTable.HasKey, 0, 1, 8, Local, 0, remote, 0));
        Assert.AreEqual(4, table.Add(0, 1, 1, 0, Local, 0, remote, 0));
        Assert.AreEqual(5, table.Add(0, 0, 1, 0, other, 0, remote, 0));
        Assert.AreEqual(6, table.Add(0, 0, 1, 0, Local, 0, other, 0));
        Assert.AreEqual(0, table.Find(0, 0, 99, Local, 0, remote, 0), "without a key none counts");
        Assert.AreEqual(1, table.Find(TunnelTable.Gre, 0, 0, Local, 0, remote, 0));
        Assert.AreEqual(2, table.Find(TunnelTable.Gre | TunnelTable.HasKey, 0, 7, Local, 0, remote, 0));
        Assert.AreEqual(3, table.Find(TunnelTable.Gre | TunnelTable.HasKey, 0, 8, Local, 0, remote, 0));
        Assert.AreEqual(TunnelTable.None, table.Find(TunnelTable.Gre | TunnelTable.HasKey, 0, 9, Local, 0, remote, 0));
        Assert.AreEqual(4, table.Find(0, 1, 0, Local, 0, remote, 0));
        Assert.AreEqual(5, table.Find(0, 0, 0, other, 0, remote, 0));
        Assert.AreEqual(6, table.Find(0, 0, 0, Local, 0, other, 0));
        Assert.AreEqual(TunnelTable.None, table.Find(0, 2, 0, Local, 0, remote, 0));
        Assert.AreEqual(TunnelTable.None, table.Add(TunnelTable.Checksum, 0, 2, 0, Local, 0, remote, 0), "the same ends once more");
    }

    // Against a list that is searched from its head: adds and removes by a seed, with ends that share their hash.
    [TestMethod]
    public void Adds_and_removes_agree_with_a_list()
    {
        Random random = new(20261123);
        TunnelTable table = Table(16);
        Dictionary<(int Flags, string Remote), int> held = [];
        for (int i = 0; i < 20_000; i++)
        {
            int flags = random.Next(2) * TunnelTable.Ipv6;
            byte[] remote = new byte[16];
            remote[flags == 0 ? 3 : 15] = (byte)random.Next(20);
            remote[flags == 0 ? 2 : 14] = (byte)random.Next(2);
            remote[0] = (byte)random.Next(3);
            byte[] local = new byte[16];
            (int, string) key = (flags, Hex.Text(remote));
            int found = table.Find(flags, 0, 0, local, 0, remote, 0);
            Assert.AreEqual(held.TryGetValue(key, out int row) ? row : TunnelTable.None, found);
            if (random.Next(2) == 0 && found != TunnelTable.None)
            {
                table.Remove(found);
                held.Remove(key);
            }
            else if (found == TunnelTable.None)
            {
                int added = table.Add(flags, 0, 1, 0, local, 0, remote, 0);
                Assert.AreEqual(held.Count < 16, added != TunnelTable.None);
                if (added != TunnelTable.None)
                {
                    Assert.IsFalse(held.ContainsValue(added));
                    held[key] = added;
                }
            }

            Assert.AreEqual(held.Count, table.InUse);
        }
    }

    [TestMethod]
    public void Sequence_numbers_in_order_late_and_from_a_new_start()
    {
        TunnelTable table = Table(1);
        int tunnel = table.Add(TunnelTable.Gre | TunnelTable.HasSequence, 0, 1, 0, Local, 0, Local, 0);
        Assert.IsTrue(table.TakeSequence(tunnel, 5), "whatever comes first");
        Assert.IsFalse(table.TakeSequence(tunnel, 5), "doubled");
        Assert.IsFalse(table.TakeSequence(tunnel, 4), "late");
        Assert.IsTrue(table.TakeSequence(tunnel, 6));
        Assert.IsTrue(table.TakeSequence(tunnel, 100), "some are lost");
        Assert.IsFalse(table.TakeSequence(tunnel, 7));
        Assert.IsTrue(table.TakeSequence(tunnel, int.MaxValue));
        Assert.IsTrue(table.TakeSequence(tunnel, int.MinValue), "it wraps");
        Assert.IsFalse(table.TakeSequence(tunnel, int.MaxValue));
        Assert.IsTrue(table.TakeSequence(tunnel, 0), "the other end has started again");
        Assert.IsTrue(table.TakeSequence(tunnel, 1));
    }

    [TestMethod]
    public void A_transport_into_a_tunnel_needs_its_link_header_and_forgets_it_when_it_is_set_anew()
    {
        Capacity capacity = Capacity.Tiny();
        Tables tables = new(capacity);
        int tunnel = tables.Tunnels.Add(0, 0, 1, 0, Local, 0, Local, 0);
        int transport = tables.Transports.Allocate();
        Assert.IsFalse(tables.Transports.SetTunnel(transport, tables.Tunnels, tunnel, 0, 1500, [], 0));
        byte[] hardware = Hex.Octets("020000000001");
        tables.Tunnels.SetLink(tunnel, hardware, 0, hardware, 0, -1);
        Assert.IsTrue(tables.Transports.SetTunnel(transport, tables.Tunnels, tunnel, 0, 1500, [0x00010000], 1));
        Assert.AreEqual(tunnel + 1, tables.Transports.Tunnel[transport]);
        Assert.AreEqual(1500 - 28 - 4, tables.Transports.RoomOf(transport));
        Assert.AreEqual(-1, tables.Transports.Record[transport * TransportTable.Stride + TransportTable.Room], "no kernel may send by it");
        Assert.IsFalse(tables.Transports.SetTunnel(transport, tables.Tunnels, tunnel, 0, 1500, new int[9], 9), "nine labels do not fit the slot");
        Assert.IsTrue(tables.Transports.Set(transport, 0, 1500, hardware, 0, hardware, 0, 0x0800, -1, [], 0));
        Assert.AreEqual(0, tables.Transports.Tunnel[transport]);
    }
}
