using LabEdge.Bfd;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Tests.ConsoleRoom;

namespace LabEdge.Tests.Bfd;

/// <summary>Two routers on one wire, as a switch between them would make it: links stay up whatever happens to the frames.</summary>
[TestClass]
public sealed class BfdPairTests
{
    public TestContext TestContext { get; set; }

    [TestMethod]
    public void A_wire_that_swallows_everything_takes_both_down_within_the_detection_time_and_back()
    {
        Pair pair = new(3, 50, 3);
        pair.Run(3000);
        Assert.AreEqual("Up Up", pair.States);
        Assert.IsTrue(pair.RouteIsActive(0) && pair.RouteIsActive(1));
        pair.Loss = 1;

        // Multiplier 3 at 50 ms; the last packet may have been sent up to an interval before.
        pair.Run(149);
        int up = pair.States.Split(' ').Count(s => s == "Up");
        pair.Run(3);
        Assert.AreEqual("Down Down", pair.States, $"{up} were up 3 ms before");
        Assert.IsFalse(pair.RouteIsActive(0) || pair.RouteIsActive(1));
        pair.Loss = 0;
        pair.Run(3000);
        Assert.AreEqual("Up Up", pair.States);
        Assert.IsTrue(pair.RouteIsActive(0) && pair.RouteIsActive(1));
    }

    [TestMethod]
    public void A_wire_that_is_deaf_in_one_direction_takes_both_down()
    {
        Pair pair = new(5, 50, 3);
        pair.Run(3000);
        Assert.AreEqual("Up Up", pair.States);
        pair.Deaf = 0;
        pair.Run(200);
        Assert.DoesNotContain("Up", pair.States);
        Assert.AreEqual(1, pair.Module(0).Find(0, 0x0A000002).Diagnostic, "the one that hears nothing: detection time");
        Assert.AreEqual(3, pair.Module(1).Find(0, 0x0A000001).Diagnostic, "the other is told");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void With_one_packet_in_ten_lost_sessions_of_multiplier_ten_stay_up(int seed)
    {
        TestContext.WriteLine($"seed {seed}");
        Pair pair = new(seed, 100, 10) { Loss = 0 };
        pair.Run(3000);
        pair.Loss = 0.1;
        pair.Run(60_000);
        Assert.AreEqual("Up Up", pair.States);
        Assert.AreEqual(0, pair.Module(0).Find(0, 0x0A000002).Expiries + pair.Module(1).Find(0, 0x0A000001).Expiries);
    }

    [TestMethod]
    public void Intervals_between_packets_stay_within_the_jitter_of_RFC_5880_section_6_8_7()
    {
        Pair pair = new(9, 200, 3);
        pair.Run(5000);
        pair.Gaps.Clear();
        pair.Run(60_000);
        Assert.IsGreaterThan(300, pair.Gaps.Count);
        Assert.IsGreaterThanOrEqualTo(150u, pair.Gaps.Min());
        Assert.IsLessThanOrEqualTo(201u, pair.Gaps.Max());
        Assert.IsGreaterThan(20, pair.Gaps.Distinct().Count(), "they are spread");
        double average = pair.Gaps.Average(g => g);
        TestContext.WriteLine($"{pair.Gaps.Count} intervals of {pair.Gaps.Min()} to {pair.Gaps.Max()} ms, {average:F1} on average");
        Assert.IsLessThan(5.0, Math.Abs(average - 175));
    }

    [TestMethod]
    public void A_router_whose_interface_is_shut_down_tells_nothing_and_the_other_finds_out()
    {
        Pair pair = new(4, 50, 3);
        pair.Run(3000);
        pair.Router(0).Configure("interface Ethernet1\nshutdown\nexit");
        pair.Run(200);
        Assert.AreEqual(5, pair.Module(0).Find(0, 0x0A000002).Diagnostic);
        Assert.AreEqual(1, pair.Module(1).Find(0, 0x0A000001).Diagnostic);
        pair.Router(0).Configure("interface Ethernet1\nno shutdown\nexit");
        pair.Run(4000);
        Assert.AreEqual("Up Up", pair.States);
    }

    private sealed class Pair
    {
        private readonly ConsoleBench[] _routers = new ConsoleBench[2];
        private readonly BfdModule[] _modules = new BfdModule[2];
        private readonly Random _random;
        private uint _last;

        public Pair(int seed, int interval, int multiplier)
        {
            _random = new Random(seed);
            for (int i = 0; i < 2; i++)
            {
                _routers[i] = new ConsoleBench(Capacity.Small(), 2, number: i + 1);
                byte[] entropy = new byte[32];
                _random.NextBytes(entropy);
                _modules[i] = new BfdModule(_routers[i].Router.Host, _routers[i].Router.Control, Capacity.Small(), entropy);
                _routers[i].Router.AddModule(_modules[i]);
                _routers[i].Run("enable");
                _routers[i].Configure($"interface Ethernet1\nip address 10.0.0.{i + 1} 255.255.255.0\nbfd interval {interval} min_rx {interval} multiplier {multiplier}\nexit\n"
                    + $"ip route 9.9.9.0 255.255.255.0 10.0.0.{2 - i}\nip route static bfd Ethernet1 10.0.0.{2 - i}");
            }
        }

        public double Loss { get; set; }

        /// <summary>The router that hears nothing.</summary>
        public int Deaf { get; set; } = -1;

        /// <summary>Milliseconds between packets of the first router.</summary>
        public List<uint> Gaps { get; } = [];

        public string States => State(0) + " " + State(1);

        public ConsoleBench Router(int i) => _routers[i];

        public BfdModule Module(int i) => _modules[i];

        public bool RouteIsActive(int i)
        {
            RouteTable routes = _routers[i].Router.Control.Routes;
            return routes.IsActive(routes.FirstOf(0, 0x09090900, 24));
        }

        private string State(int i) => BfdMachine.Name(_modules[i].Find(0, 0x0A000002u - (uint)i).State);

        public void Run(int ms)
        {
            for (; ms > 0; ms--)
            {
                for (int i = 0; i < 2; i++)
                {
                    _routers[i].Now++;
                    for (int n = 0; n < 2; n++) _routers[i].Router.Poll(_routers[i].Now, 64);
                    foreach (byte[] frame in _routers[i].Ports[0].Sent)
                    {
                        bool bfd = frame[12] == 8 && frame[13] == 0 && frame[23] == 17;
                        if (i == 0 && bfd)
                        {
                            Gaps.Add(_routers[0].Now - _last);
                            _last = _routers[0].Now;
                        }
                        if (Deaf != 1 - i && !(bfd && _random.NextDouble() < Loss)) _routers[1 - i].Ports[0].Queue(frame);
                    }
                    _routers[i].Ports[0].Sent.Clear();
                    _routers[i].Ports[1].Sent.Clear();
                }
            }
        }
    }
}
