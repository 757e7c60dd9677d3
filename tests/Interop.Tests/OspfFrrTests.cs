using System.Diagnostics;
using System.Text.RegularExpressions;
using LabEdge.Control;
using LabEdge.Emulator;
using LabEdge.Forwarding;
using LabEdge.Ospf;

namespace LabEdge.Tests.Interop;

/// <summary>Our OSPF against ospfd of FRR over a veth pair: the router runs in the test, for no configuration line makes its process yet.</summary>
[TestClass]
public sealed class OspfFrrTests
{
    private const int FrrRoutes = 500;
    private const string Key = "secret7";

    public TestContext TestContext { get; set; }

    // pointToPoint, our priority, FRR's, authentication; what we and FRR then are (states of OspfInterface)
    [TestMethod]
    [DataRow(true, 1, 1, OspfHeader.NoAuthentication, OspfInterface.PointToPoint, "-")]
    [DataRow(false, 1, 0, OspfHeader.Cryptographic, OspfInterface.Designated, "DR")]
    [DataRow(false, 1, 5, OspfHeader.SimplePassword, OspfInterface.Backup, "Backup")]
    [DataRow(false, 0, 1, OspfHeader.NoAuthentication, OspfInterface.Other, "DROther")]
    public void Both_are_full_in_every_role_and_hold_each_others_routes(bool pointToPoint, int priority, int theirs, int authentication, int state, string role)
    {
        Tools.Need(true, "ip", "ethtool", "tshark", "vtysh");
        using Pair pair = new(pointToPoint, priority, theirs, authentication, 1500);
        pair.RunUntil(() => pair.OspfRoutes().Count == FrrRoutes + 1 && pair.TheirRoutes().Count == 5, 60);
        pair.SameTables();
        Assert.AreEqual(state, pair.Ospf.Interfaces[0].State);
        Assert.Contains("Full/" + role, pair.Frr.Show("show ip ospf neighbor"), StringComparison.Ordinal);
        Assert.AreEqual(0, pair.Ospf.BadPackets, $"last fault {pair.Ospf.LastFault}");
    }

    [TestMethod]
    public void After_twenty_flaps_and_a_restart_of_either_side_the_tables_are_the_same_and_no_packet_was_malformed()
    {
        const int Seed = 20;
        TestContext.WriteLine($"seed {Seed}");
        Tools.Need(true, "ip", "ethtool", "tshark", "vtysh", "tcpdump");
        using Pair pair = new(false, 1, 1, OspfHeader.Cryptographic, 1500);
        pair.Capture();
        pair.RunUntil(() => pair.OspfRoutes().Count == FrrRoutes + 1, 60);
        Random random = new(Seed);
        for (int flap = 0; flap < 20; flap++)
        {
            pair.SetLink(false);
            pair.RunFor(random.Next(50, 400));
            pair.SetLink(true);
            pair.RunFor(random.Next(50, 1500));
        }

        pair.RunUntil(() => pair.OspfRoutes().Count == FrrRoutes + 1 && pair.TheirRoutes().Count == 5, 90);
        pair.SameTables();
        pair.RestartTheirs();
        pair.RunUntil(() => pair.OspfRoutes().Count == 0, 30);
        pair.RunUntil(() => pair.OspfRoutes().Count == FrrRoutes + 1 && pair.TheirRoutes().Count == 5, 90);
        pair.SameTables();
        pair.RestartOurs();
        pair.RunUntil(() => pair.OspfRoutes().Count == FrrRoutes + 1 && pair.TheirRoutes().Count == 5, 90);
        pair.SameTables();
        pair.NothingMalformed();
    }

    [TestMethod]
    public void A_smaller_MTU_at_the_other_end_holds_the_adjacency_until_it_is_ignored()
    {
        Tools.Need(true, "ip", "ethtool", "vtysh");
        using Pair pair = new(true, 1, 1, OspfHeader.NoAuthentication, 1400);
        pair.RunFor(9_000);
        Assert.Contains("ExStart", pair.Frr.Show("show ip ospf neighbor"), StringComparison.Ordinal);
        Assert.IsEmpty(pair.OspfRoutes());
    }

    /// <summary>One router in this process and FRR in a namespace, joined by a veth pair.</summary>
    private sealed class Pair : IDisposable
    {
        private readonly NetworkLab _lab = new();
        private readonly string _device;
        private readonly string _configuration;
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly Action<OspfInterface> _settings;
        private readonly bool _pointToPoint;
        private PacketPort _port;
        private Router _router;
        private Process _capture;
        private long _refreshed;

        public Pair(bool pointToPoint, int priority, int theirs, int authentication, int theirMtu)
        {
            _pointToPoint = pointToPoint;
            _device = $"leo{Environment.ProcessId % 100000}";
            _lab.AddNamespace("frr");
            Tools.Must("ip", $"link add {_device} type veth peer name eth0 netns {_lab["frr"]}");
            Tools.Must("sysctl", $"-qw net.ipv6.conf.{_device}.disable_ipv6=1");
            Tools.Must("ethtool", $"-K {_device} tx off rx off tso off gso off gro off");
            _lab.In("frr", "ethtool -K eth0 tx off rx off tso off gso off gro off");
            _lab.In("frr", $"ip link set eth0 mtu {theirMtu} up");
            _lab.In("frr", "ip address add 10.9.0.2/24 dev eth0");
            _lab.In("frr", "ip address add 2.2.2.2/32 dev lo");
            Tools.Must("ip", $"link set {_device} up");
            Frr = new FrrRouter(_lab, "frr");
            Frr.Start("zebra", "hostname frr\n");
            Frr.Start("staticd", string.Concat(Enumerable.Range(0, FrrRoutes).Select(i => $"ip route 172.16.{i / 2}.{i % 2 * 128}/25 blackhole\n")));
            string key = authentication == OspfHeader.Cryptographic ? $" ip ospf authentication message-digest\n ip ospf message-digest-key 1 md5 {Key}\n"
                : authentication == OspfHeader.SimplePassword ? $" ip ospf authentication\n ip ospf authentication-key {Key}\n" : "";
            string network = pointToPoint ? " ip ospf network point-to-point\n" : "";
            _configuration = $"interface eth0\n ip ospf hello-interval 1\n ip ospf dead-interval 4\n ip ospf priority {theirs}\n{network}{key}exit\n"
                + "router ospf\n ospf router-id 2.2.2.2\n network 10.9.0.0/24 area 0\n network 2.2.2.2/32 area 0\n redistribute static\nexit\n";
            Frr.Start("ospfd", _configuration);
            _settings = i =>
            {
                i.HelloSeconds = 1;
                i.DeadSeconds = 4;
                i.Priority = priority;
                i.AuthenticationType = authentication;
                i.KeyId = 1;
                i.Key = System.Text.Encoding.ASCII.GetBytes(Key);
            };
            StartOurs();
        }

        public FrrRouter Frr { get; }

        public OspfModule Ospf { get; private set; }

        private void StartOurs()
        {
            Capacity capacity = Capacity.Pc();
            byte[] entropy = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 5 + _watch.ElapsedTicks % 200))];
            _router = new Router(capacity, new PortableKernel(), entropy, null);
            _port = new PacketPort(_device, 1514);
            _router.AttachPort("Ethernet1", _port);
            Ospf = new OspfModule(_router.Tables, _router.Host, _router.Control, capacity, entropy);
            _router.AddModule(Ospf);
            int loopback = _router.Control.AddLoopback("Loopback0");
            Assert.AreEqual(0, _router.Control.SetInterfaceAddress(loopback, 0x01010101, 32));
            Assert.AreEqual(0, _router.Control.SetInterfaceAddress(0, 0x0A090001, 24));
            for (uint k = 0; k < 4; k++) Assert.AreEqual(0, _router.Control.AddStaticRoute(0, 0xAC1F0000 + (k << 8), 24, 0x0A090063, -1, 1, -1));
            int process = Ospf.AddProcess(1, 0);
            Ospf.SetRouterId(process, 0x01010101);
            int area = Ospf.AddArea(process, 0);
            _settings(Ospf.Interfaces[0]);
            Ospf.Enable(0, process, area, false, _pointToPoint);
            Ospf.Enable(loopback, process, area, false, false);
            Ospf.Redistribute(process, false, true, false, false);
        }

        public void RunFor(int ms)
        {
            for (long end = _watch.ElapsedMilliseconds + ms; _watch.ElapsedMilliseconds < end;)
            {
                // The carrier comes some time after "up".
                if (_watch.ElapsedMilliseconds - _refreshed >= 50)
                {
                    _refreshed = _watch.ElapsedMilliseconds;
                    _port.RefreshLink();
                }

                if (_router.Poll((uint)_watch.ElapsedMilliseconds, 256) != 0) Thread.Sleep(1);
            }
        }

        public void RunUntil(Func<bool> done, int seconds)
        {
            for (int k = 0; k < seconds * 2; k++)
            {
                RunFor(500);
                if (done()) return;
            }
        }

        /// <summary>Prefixes that our RIB has from OSPF, sorted.</summary>
        public List<string> OspfRoutes()
        {
            RouteTable routes = _router.Control.Routes;
            return [.. Enumerable.Range(0, routes.High).Where(r => routes.IsUsed(r) && routes.Source[r] == RouteSource.Ospf && routes.IsActive(r))
                .Select(r => $"{Dotted(routes.Prefix[r])}/{routes.Bits[r]} [110/{routes.Metric[r]}]").Order(StringComparer.Ordinal)];
        }

        /// <summary>Prefixes that FRR has from us.</summary>
        public List<string> TheirRoutes() =>
            [.. Regex.Matches(Frr.Show("show ip route ospf"), @"^O>\* (\S+) (\[\S+\]) via 10.9.0.1", RegexOptions.Multiline).Select(m => m.Groups[1].Value + " " + m.Groups[2].Value).Order(StringComparer.Ordinal)];

        public void SameTables()
        {
            List<string> expected = [.. Enumerable.Range(0, FrrRoutes).Select(i => $"172.16.{i / 2}.{i % 2 * 128}/25 [110/20]")];
            expected.Add("2.2.2.2/32 [110/10]");
            List<string> ours = OspfRoutes();
            string state = $"{ours.Count} routes, neighbor {Ospf.Neighbors[0].State}, LSAs {Ospf.Lsas.Used}, requests {Ospf.Neighbors[0].Requests}, "
                + $"retransmissions {Ospf.Neighbors[0].Retransmits}, bad {Ospf.BadPackets}/{Ospf.LastFault}\n" + Frr.Show("show ip ospf neighbor");
            Assert.AreEqual(string.Join('\n', expected.Order(StringComparer.Ordinal)), string.Join('\n', ours), state);
            Assert.AreEqual("1.1.1.1/32 [110/11]\n" + string.Join('\n', Enumerable.Range(0, 4).Select(k => $"172.31.{k}.0/24 [110/20]")), string.Join('\n', TheirRoutes()), state);
        }

        private static string Dotted(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";

        public void SetLink(bool up)
        {
            Tools.Must("ip", $"link set {_device} {(up ? "up" : "down")}");
        }

        public void RestartTheirs()
        {
            Frr.Kill("ospfd");
            RunFor(6_000);
            Frr.Start("ospfd", _configuration);
        }

        public void RestartOurs()
        {
            _port.Dispose();
            StartOurs();
        }

        public void Capture()
        {
            _capture = _lab.Start("frr", $"tcpdump -i eth0 -U -w {Path.Combine(_lab.Folder.FullName, "ospf.pcap")} proto 89");
            Thread.Sleep(500);
        }

        public void NothingMalformed()
        {
            NetworkLab.Stop(_capture);
            string file = Path.Combine(_lab.Folder.FullName, "ospf.pcap");
            string all = Tools.RunApart("tshark", $"-r {file} -Y ospf").Output;
            Assert.IsGreaterThan(200, all.Split('\n').Length, "too few packets");
            Assert.AreEqual("", Tools.RunApart("tshark", $"-r {file} -Y \"_ws.malformed || _ws.expert.severity==error\"").Output.Trim());
        }

        public void Dispose()
        {
            _port.Dispose();
            _lab.Dispose();
            Tools.Run("ip", $"link del {_device}");
        }
    }
}
