using System.Text;
using LabEdge.Forwarding;

namespace LabEdge.Tests.Running;

/// <summary>
/// The router that is fuzzed: a PE with two VRFs of the same addresses (two ports each), a third one that only joins two places
/// beyond the core, a pseudowire with and one without control word, two core ports with LSPs over one and over both of them.
/// </summary>
public static class FuzzConfiguration
{
    public const int Ports = 8;

    /// <summary>Filler routes in one VRF, so that look-ups have some depth.</summary>
    private const int Fillers = 300;

    private const string Head = """
        hostname FUZZ
        ip vrf blue
         rd 65000:1
        ip vrf red
         rd 65000:2
        ip vrf green
         rd 65000:3
        interface Loopback0
         ip address 10.0.0.1 255.255.255.255
        interface Ethernet1
         ip vrf forwarding blue
         ip address 10.1.0.1 255.255.255.0
        interface Ethernet2
         ip vrf forwarding red
         ip address 10.1.0.1 255.255.255.0
        interface Ethernet3
         xconnect 10.0.0.2 100 encapsulation mpls manual
          mpls label 120 501
          mpls control-word
        interface Ethernet4
         ip address 10.9.0.1 255.255.255.0
         mpls ip
        interface Ethernet5
         ip address 10.9.1.1 255.255.255.0
         mpls ip
        interface Ethernet6
         xconnect 10.0.0.4 200 encapsulation mpls manual
          mpls label 121 502
          no mpls control-word
        interface Ethernet7
         mtu 600
         ip vrf forwarding blue
         ip address 10.8.0.1 255.255.255.0
        interface Ethernet8
         ip vrf forwarding red
         ip address 10.8.0.1 255.255.255.0
        ip route 10.0.0.2 255.255.255.255 10.9.0.2
        ip route 10.0.0.2 255.255.255.255 10.9.1.2
        ip route 10.0.0.3 255.255.255.255 10.9.0.2
        ip route 10.0.0.4 255.255.255.255 10.9.1.2
        ip route 10.7.0.0 255.255.0.0 10.9.0.2
        ip route vrf blue 10.2.0.0 255.255.0.0 10.0.0.2 label 301
        ip route vrf blue 10.2.4.0 255.255.255.0 10.0.0.3 label 303
        ip route vrf blue 10.3.0.0 255.255.255.0 10.1.0.2
        ip route vrf blue 10.3.1.0 255.255.255.0 10.1.0.2
        ip route vrf blue 10.3.1.0 255.255.255.0 10.8.0.2
        ip route vrf red 10.2.0.0 255.255.0.0 10.0.0.2 label 401
        ip route vrf red 10.2.4.0 255.255.255.0 10.0.0.4 label 403
        ip route vrf red 10.3.0.0 255.255.255.0 10.1.0.2
        ip route vrf green 10.2.0.0 255.255.0.0 10.0.0.2 label 601
        ip route vrf green 10.9.0.0 255.255.0.0 10.0.0.4 label 602
        mpls static binding ipv4 10.0.0.2 255.255.255.255 output 10.9.0.2 17
        mpls static binding ipv4 10.0.0.2 255.255.255.255 output 10.9.1.2 18
        mpls static binding ipv4 10.0.0.3 255.255.255.255 output 10.9.0.2 implicit-null
        mpls static binding ipv4 10.0.0.4 255.255.255.255 output 10.9.1.2 19
        mpls static binding ipv4 10.0.0.2 255.255.255.255 input 100
        mpls static binding ipv4 10.0.0.3 255.255.255.255 input 101
        mpls static binding ipv4 10.0.0.4 255.255.255.255 input 102
        mpls static binding ipv4 10.0.0.1 255.255.255.255 input 103
        mpls static binding ipv4 vrf blue 10.1.0.0 255.255.255.0 input 110
        mpls static binding ipv4 vrf red 10.1.0.0 255.255.255.0 input 111
        mpls static binding ipv4 vrf green 10.1.0.0 255.255.255.0 input 112

        """;

    /// <summary>What the router loads, and what <see cref="ConfigurationPolicy"/> reads.</summary>
    public static string Text { get; } = MakeText();

    /// <summary>Who answers ARP on each port.</summary>
    public static string[][] Neighbors { get; } =
    [
        ["10.1.0.2", "10.1.0.9"], ["10.1.0.2", "10.1.0.9"], [], ["10.9.0.2", "10.9.0.3"], ["10.9.1.2"], [], ["10.8.0.2"], ["10.8.0.2"],
    ];

    public static Capacity Capacity
    {
        get
        {
            Capacity capacity = Capacity.Small();
            capacity.Name = "Fuzz";
            capacity.Ports = Ports;
            capacity.Labels = 512;
            capacity.Paths = 1024;
            capacity.Transports = 128;
            capacity.Vrfs = 4;
            capacity.Prefixes = 512;
            capacity.Routes = 512;
            capacity.StaticRoutes = 512;
            capacity.Frames = 32;
            return capacity;
        }
    }

    private static string MakeText()
    {
        StringBuilder text = new(Head);
        for (int i = 0; i < Fillers; i++) text.Append($"ip route vrf blue 10.{64 + i / 100}.{i % 100}.0 255.255.255.0 10.1.0.2\n");
        return text.Append("end\n").ToString();
    }
}
