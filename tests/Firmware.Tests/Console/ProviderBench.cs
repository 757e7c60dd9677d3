using System.Text;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>CE1 - PE1 - P - PE2 - CE2 as whole routers, wired by the test.</summary>
public sealed class ProviderBench
{
    private static readonly string[] Configurations =
    [
        """
        hostname CE1
        interface Ethernet1
         ip address 10.1.0.2 255.255.255.0
        ip route 0.0.0.0 0.0.0.0 10.1.0.1
        """,
        """
        hostname PE1
        ip vrf red
         rd 65000:1
        mpls static binding ipv4 10.255.0.1 255.255.255.255 20
        mpls static binding ipv4 10.255.0.3 255.255.255.255 output 10.0.12.2 23
        mpls static binding ipv4 vrf red 10.1.0.0 255.255.255.0 30
        interface Loopback0
         ip address 10.255.0.1 255.255.255.255
        interface Ethernet1
         ip vrf forwarding red
         ip address 10.1.0.1 255.255.255.0
        interface Ethernet2
         ip address 10.0.12.1 255.255.255.0
         mpls ip
        interface Ethernet3
         xconnect 10.255.0.3 100 encapsulation mpls manual
          mpls label 40 41
        ip route 10.255.0.3 255.255.255.255 10.0.12.2
        ip route vrf red 10.2.0.0 255.255.255.0 10.255.0.3 label 31
        ip route 10.77.0.0 255.255.0.0 10.66.0.1
        """,
        """
        hostname P
        mpls static binding ipv4 10.255.0.1 255.255.255.255 21
        mpls static binding ipv4 10.255.0.1 255.255.255.255 output 10.0.12.1 implicit-null
        mpls static binding ipv4 10.255.0.3 255.255.255.255 23
        mpls static binding ipv4 10.255.0.3 255.255.255.255 output 10.0.23.3 implicit-null
        interface Loopback0
         ip address 10.255.0.2 255.255.255.255
        interface Ethernet1
         ip address 10.0.12.2 255.255.255.0
         mpls ip
        interface Ethernet2
         ip address 10.0.23.2 255.255.255.0
         mpls ip
        ip route 10.255.0.1 255.255.255.255 10.0.12.1
        ip route 10.255.0.3 255.255.255.255 10.0.23.3
        """,
        """
        hostname PE2
        ip vrf red
         rd 65000:1
        mpls static binding ipv4 10.255.0.1 255.255.255.255 output 10.0.23.2 21
        mpls static binding ipv4 vrf red 10.2.0.0 255.255.255.0 31
        interface Loopback0
         ip address 10.255.0.3 255.255.255.255
        interface Ethernet1
         ip vrf forwarding red
         ip address 10.2.0.1 255.255.255.0
        interface Ethernet2
         ip address 10.0.23.3 255.255.255.0
         mpls ip
        ip route 10.255.0.1 255.255.255.255 10.0.23.2
        ip route vrf red 10.1.0.0 255.255.255.0 10.255.0.1 label 30
        """,
        """
        hostname CE2
        interface Ethernet1
         ip address 10.2.0.2 255.255.255.0
        ip route 0.0.0.0 0.0.0.0 10.2.0.1
        """,
    ];

    // Router and port at both ends of each wire.
    private static readonly int[][] Wires = [[0, 0, 1, 0], [1, 1, 2, 0], [2, 1, 3, 1], [3, 0, 4, 0]];

    public readonly ConsoleBench[] Routers = new ConsoleBench[5];
    private uint _now = 1000;

    public ProviderBench()
    {
        for (int i = 0; i < 5; i++)
        {
            Routers[i] = new ConsoleBench(number: i + 1);
            Assert.AreEqual("", Routers[i].Load(Configurations[i]));
        }

        Pass(3000);
    }

    /// <summary>Lets so much time go by, millisecond by millisecond.</summary>
    public void Pass(int milliseconds)
    {
        for (int t = 0; t < milliseconds; t++)
        {
            _now++;
            bool moved = true;
            while (moved)
            {
                foreach (ConsoleBench router in Routers) router.Router.Poll(_now, 64);
                moved = Carry();
            }
        }
    }

    private bool Carry()
    {
        bool moved = false;
        foreach (int[] wire in Wires)
        {
            moved |= Move(Routers[wire[0]].Ports[wire[1]], Routers[wire[2]].Ports[wire[3]]);
            moved |= Move(Routers[wire[2]].Ports[wire[3]], Routers[wire[0]].Ports[wire[1]]);
        }

        return moved;
    }

    private static bool Move(RecordingPort from, RecordingPort to)
    {
        bool any = from.Sent.Count > 0;
        foreach (byte[] frame in from.Sent) to.Queue(frame);
        from.Sent.Clear();
        return any;
    }

    /// <summary>A line on a router's console, to its end.</summary>
    public string Run(int router, string line)
    {
        ConsoleBench bench = Routers[router];
        Assert.IsTrue(bench.Cli.Line(line, _now));
        StringBuilder text = new(bench.Read());
        for (int i = 0; bench.Cli.Busy; i++)
        {
            Assert.IsLessThan(60_000, i, line);
            Pass(1);
            text.Append(bench.Read());
        }

        return text.ToString();
    }
}
