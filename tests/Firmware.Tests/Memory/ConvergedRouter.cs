using System.Text;
using LabEdge.Forwarding;

namespace LabEdge.Tests.Memory;

/// <summary>A router of some capacity that has loaded a configuration of every kind, resolved its neighbours, pinged and been asked.</summary>
public static class ConvergedRouter
{
    // Within Capacity.Tiny: three ports, one VRF, 32 labels from 16 on.
    private const string Configuration = """
        hostname PE1
        ip vrf blue
         rd 65000:1
        interface Loopback0
         ip address 10.0.0.1 255.255.255.255
        interface Ethernet1
         description to R1
         ip vrf forwarding blue
         ip address 10.1.0.1 255.255.255.0
        interface Ethernet2
         xconnect 10.0.0.2 100 encapsulation mpls manual
          mpls label 30 31
          mpls control-word
        interface Ethernet3
         description to P
         ip address 10.9.0.1 255.255.255.0
         mpls ip
        ip route 10.0.0.2 255.255.255.255 10.9.0.2
        ip route vrf blue 10.2.0.0 255.255.0.0 10.0.0.2 label 20
        mpls static binding ipv4 10.0.0.2 255.255.255.255 output 10.9.0.2 17
        mpls static binding ipv4 10.0.0.2 255.255.255.255 input 32
        mpls static binding ipv4 vrf blue 10.1.0.0 255.255.255.0 input 33
        end

        """;

    private static readonly string[] Lines =
    [
        "ping vrf blue 10.1.0.2", "ping 10.9.0.2", "traceroute 10.9.0.2", "show running-config", "show memory", "show ip route vrf blue", "show mpls forwarding-table",
    ];

    /// <param name="console">What was printed meanwhile.</param>
    public static Router Of(Capacity capacity, out string console)
    {
        Router router = new(capacity, new PortableKernel(), [.. Enumerable.Range(1, Router.EntropyLength).Select(i => (byte)i)], null);
        for (int i = 0; i < capacity.Ports; i++) router.AttachPort("Ethernet" + (i + 1), new AnsweringPort(i));
        byte[] octets = Encoding.Latin1.GetBytes(Configuration);
        StringBuilder text = new();
        uint now = 1000;
        router.Cli.Loader.Begin(octets, octets.Length);
        while (!router.Cli.Loader.Done) router.Cli.Loader.Poll(now, 64);
        for (int i = 0; i < router.Cli.Loader.ErrorCount; i++) text.AppendLine($"line {router.Cli.Loader.ErrorLine(i)}: {router.Cli.Loader.ErrorFound(i)}: {router.Cli.Loader.ErrorExpected(i)}");
        Run(router, text, ref now, 5000);
        foreach (string line in Lines)
        {
            router.Cli.Line(line, now);
            for (int i = 0; i < 100 && router.Cli.Busy; i++) Run(router, text, ref now, 200);
        }

        Run(router, text, ref now, 5000);
        console = text.ToString();
        return router;
    }

    private static void Run(Router router, StringBuilder text, ref uint now, int ms)
    {
        byte[] octets = new byte[4096];
        for (int i = 0; i < ms / 10; i++, now += 10)
        {
            router.Poll(now, 64);
            int count = router.Cli.Output.Take(octets, 0, octets.Length);
            text.Append(Encoding.Latin1.GetString(octets, 0, count));
        }
    }
}
