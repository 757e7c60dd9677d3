using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LabEdge.Emulator;
using LabEdge.Tests.Commands;
using LabEdge.Tests.Ports;

namespace LabEdge.Tests.Lab;

/// <summary>Labs that are joined to something outside by UDP: another process of ours, and one that is not.</summary>
[TestClass]
public class ExternalNodeTests
{
    private const int LimitMs = 60_000;

    private static TemporaryLab Half(string own, string far, int local, int remote) => new(
        (TopologyReader.FileName, $$"""
            name: half-{{own}}
            topology:
              nodes:
                r{{own}}: {}
                out: {labels: {labedge.external.eth1: "udp:{{local}}:127.0.0.1:{{remote}}" } }
              links:
                - endpoints: ["r{{own}}:eth1", "out:eth1"]
            """),
        ($"r{own}.cfg", $"hostname r{own}\ninterface Ethernet1\n ip address 10.0.0.{own} 255.255.255.0\n"),
        (ChecksReader.FileName, $"settle: 100ms\nchecks: [{{goal: the far end answers, type: reaches, from: r{own}, to: 10.0.0.{far}}}]\n"));

    [TestMethod]
    public void Two_processes_joined_by_udp_are_one_lab()
    {
        (int first, int second) = UdpPortTests.FreePorts();
        using TemporaryLab left = Half("1", "2", first, second);
        using TemporaryLab right = Half("2", "1", second, first);
        using Process far = Labedge.Start(["lab", "run", right.Folder, "--until", "60s"]);
        try
        {
            while (far.StandardOutput.ReadLine() is string line && !line.StartsWith("settled", StringComparison.Ordinal))
            {
            }

            (int code, string output, string error) = Labedge.Run(["lab", "run", left.Folder]);
            Assert.AreEqual(0, code, output + error);
            StringAssert.Contains(output, "the lab runs in real time");
            StringAssert.Contains(output, "[ ok ] the far end answers");
        }
        finally
        {
            far.Kill();
        }
    }

    [TestMethod]
    public void A_stranger_with_raw_octets_gets_its_arp_and_its_ping_answered_and_answers_ours()
    {
        string python = new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(HasScapy);
        if (python == null)
        {
            const string missing = "python3 with scapy is not here (package python3-scapy)";
            if (Environment.GetEnvironmentVariable("LABEDGE_REQUIRE_ROOT_TESTS") == "1") Assert.Fail(missing);
            Assert.Inconclusive(missing);
        }

        (int first, int second) = UdpPortTests.FreePorts();
        using TemporaryLab lab = Half("1", "9", first, second);
        string script = Path.Combine(lab.Folder, "stranger.py");
        File.WriteAllText(script, Stranger);
        using Process stranger = Process.Start(new ProcessStartInfo(python, [script, $"{second}", $"{first}"]) { RedirectStandardOutput = true, RedirectStandardError = true });
        try
        {
            Assert.AreEqual("ready", stranger.StandardOutput.ReadLine());
            (int code, string output, string error) = Labedge.Run(["lab", "run", lab.Folder, "--until", "3s"]);
            Assert.IsTrue(stranger.WaitForExit(LimitMs), "the stranger waits still");
            Assert.AreEqual("answered: arp ping", stranger.StandardOutput.ReadToEnd().Trim(), stranger.StandardError.ReadToEnd());
            Assert.AreEqual(0, code, output + error);
        }
        finally
        {
            if (!stranger.HasExited) stranger.Kill();
        }
    }

    [TestMethod]
    public void Between_two_strangers_the_lab_is_a_cable_that_serial_frames_cross_unchanged()
    {
        (int first, int second) = UdpPortTests.FreePorts();
        (int third, int fourth) = UdpPortTests.FreePorts();
        using TemporaryLab lab = new(
            (TopologyReader.FileName, $$"""
                name: cable
                topology:
                  nodes:
                    r: {}
                    west: {labels: {labedge.external: "udp:{{second}}:127.0.0.1:{{first}}" } }
                    east: {labels: {labedge.external: "udp:{{third}}:127.0.0.1:{{fourth}}" } }
                  links:
                    - endpoints: ["west:s0", "east:s0"]
                """),
            ("r.cfg", "hostname r\n"),
            (ChecksReader.FileName, "checks: [{goal: it is there, type: shows, node: r, command: show version, text: LabEdge}]\n"));
        using UdpClient west = new(new IPEndPoint(IPAddress.Loopback, first));
        using UdpClient east = new(new IPEndPoint(IPAddress.Loopback, fourth));
        using LabSession session = LabSession.Open(lab.Folder, new LabOptions());
        foreach (byte[] frame in UdpPortTests.SerialFrames)
        {
            west.Send(frame, frame.Length, new IPEndPoint(IPAddress.Loopback, second));
            for (int i = 0; i < 100 && east.Available == 0; i++) session.RunUntil(session.NowUs + 10_000);
            IPEndPoint from = null;
            Assert.IsGreaterThan(0, east.Available, Convert.ToHexString(frame));
            CollectionAssert.AreEqual(frame, east.Receive(ref from));
        }

        Assert.ThrowsExactly<LabException>(() => session.Save(Path.Combine(lab.Folder, "x.json")));
    }

    [TestMethod]
    public void A_port_that_is_taken_is_told_and_what_no_label_names_is_a_mistake()
    {
        (int first, int second) = UdpPortTests.FreePorts();
        using UdpClient taken = new(new IPEndPoint(IPAddress.Any, first));
        using TemporaryLab lab = Half("1", "2", first, second);
        Assert.ThrowsExactly<PortException>(() => LabSession.Open(lab.Folder, new LabOptions()));
        string topology = Path.Combine(lab.Folder, TopologyReader.FileName);
        File.WriteAllText(topology, File.ReadAllText(topology).Replace("external.eth1", "external.eth2"));
        StringAssert.Contains(Assert.ThrowsExactly<LabException>(() => LabSession.Open(lab.Folder, new LabOptions())).Message, "an endpoint whose port a label of out names: labedge.external.eth1");
        File.WriteAllText(topology, File.ReadAllText(topology).Replace("udp:", "utp:"));
        StringAssert.Contains(Assert.ThrowsExactly<LabException>(() => LabSession.Open(lab.Folder, new LabOptions())).Message, "there is no port of kind \"utp\"");
    }

    private static bool HasScapy(string python)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, ["-c", "import scapy"]) { RedirectStandardError = true });
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    // 10.0.0.9 by scapy over a plain UDP socket: answers ARP and pings, and sends an ARP request and a ping of its own.
    private const string Stranger = """
        import socket, sys, time
        from scapy.all import Ether, ARP, IP, ICMP, Raw
        own, far = int(sys.argv[1]), int(sys.argv[2])
        mac, address, router = "02:00:00:aa:00:09", "10.0.0.9", "10.0.0.1"
        wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        wire.bind(("127.0.0.1", own))
        wire.settimeout(0.2)
        send = lambda frame: wire.sendto(bytes(frame), ("127.0.0.1", far))
        print("ready", flush=True)
        answered, router_mac, end, pinged = set(), None, time.time() + 40, 0
        while len(answered) < 2 or pinged < 5:
            if time.time() > end:
                break
            if "arp" not in answered:
                send(Ether(src=mac, dst="ff:ff:ff:ff:ff:ff") / ARP(op="who-has", hwsrc=mac, psrc=address, pdst=router))
            elif "ping" not in answered:
                send(Ether(src=mac, dst=router_mac) / IP(src=address, dst=router) / ICMP(id=7, seq=1) / Raw(b"stranger"))
            try:
                frame = Ether(wire.recv(2000))
            except OSError:
                continue
            if ARP in frame and frame[ARP].op == 1 and frame[ARP].pdst == address:
                send(Ether(src=mac, dst=frame.src) / ARP(op="is-at", hwsrc=mac, psrc=address, hwdst=frame[ARP].hwsrc, pdst=frame[ARP].psrc))
            elif ARP in frame and frame[ARP].op == 2 and frame[ARP].psrc == router:
                answered.add("arp")
                router_mac = frame[ARP].hwsrc
            elif ICMP in frame and frame[ICMP].type == 8 and frame[IP].dst == address:
                pinged += 1
                reply = frame[ICMP].copy()
                reply.type, reply.chksum = 0, None
                send(Ether(src=mac, dst=frame.src) / IP(src=address, dst=frame[IP].src) / reply)
            elif ICMP in frame and frame[ICMP].type == 0 and frame[ICMP].id == 7 and bytes(frame[Raw].load)[:8] == b"stranger":
                answered.add("ping")
        print("answered: " + " ".join(sorted(answered)))
        """;
}
