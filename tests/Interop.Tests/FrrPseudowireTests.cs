using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LabEdge.Tests.Interop;

/// <summary>
/// Pseudowire signalling (RFC 8077) with FRR's ldpd, in both roles: labels and C bit of both ends compared on both consoles, C bit in both orders, MTU
/// mismatch, type, status, withdrawal and return. FRR has no labels in its kernel here and says "not forwarding" of itself.
/// </summary>
[TestClass]
public sealed partial class FrrPseudowireTests
{
    [TestMethod]
    [DataRow("1.1.1.1", false)]
    [DataRow("9.9.9.9", true)]
    public void Both_ends_agree_or_say_why_not(string own, bool active)
    {
        Tools.Need(true, "ip", "ethtool", "vtysh", "tcpdump", "tshark");
        if (!FrrRouter.IsInstalled) Tools.Need(true, "ldpd (package frr)");
        using NetworkLab lab = new();
        lab.AddNamespace("le");
        lab.AddNamespace("frr");
        lab.AddNamespace("ce");
        lab.Link("le", "vle", "frr", "vfrr", 1600);
        lab.Link("le", "vac", "ce", "vce", 1500);
        lab.In("frr", "ip address add 10.9.0.2/24 dev vfrr");
        lab.In("frr", "ip address add 2.2.2.2/32 dev lo");
        lab.In("frr", $"ip route add {own}/32 via 10.9.0.1");
        FrrRouter frr = new(lab, "frr");
        frr.Start("zebra", "hostname frr\n");
        frr.Start("ldpd", Ldpd(own, ""));
        string capture = Path.Combine(lab.Folder.FullName, "pw.pcap");
        Process tcpdump = lab.Start("le", $"tcpdump -i vle -U -w {capture}");
        Process router = lab.StartRouter("le", Configuration(own), "Ethernet1=packet:vle", "Ethernet2=packet:vac");
        RouterConsole console = new(router);
        console.Run("enable");

        // 1: both want the control word.
        Wait(console, frr, "at the start", "Control word: on (configured: on, remote: on)", "MTU: local 1500, remote 1500", "enabled/supported", "received: DOWN(not-forwarding)");
        Assert.Contains(active ? "2.2.2.2.646 - " + own : own + ".646", console.Run("show mpls ldp neighbor"));
        WaitFor(() => console.Run("show mpls ldp neighbor"), $"Targeted Hello {own} -> 2.2.2.2, active", "targeted hellos");
        SameLabels(console, frr, 1, 1);

        // 2: FRR does not. We have said C=1 before we heard of it (its mapping comes after ours when its side is set anew).
        frr.Configure("l2vpn CUST type vpls", "member pseudowire pw0", "control-word exclude");
        Wait(console, frr, "without at FRR", "Control word: off (configured: on, remote: off)");
        SameLabels(console, frr, 0, 0);
        frr.Configure("l2vpn CUST type vpls", "member pseudowire pw0", "no control-word exclude");

        // 3: we do not, and FRR has said C=1.
        Configure(console, "interface Ethernet2", "xconnect 2.2.2.2 100 encapsulation mpls", "no mpls control-word");
        Wait(console, frr, "without at ours", "Control word: off (configured: off, remote: off)");

        // FRR shows what it is configured to want, not what it has agreed to.
        SameLabels(console, frr, 0, 1);

        // Wanted again here, the peer is asked anew: both have it (RFC 8077 section 7.3).
        // FRR 8.4 answers no request for a pseudowire (Loop Detected), so its end is set anew by hand.
        Configure(console, "interface Ethernet2", "xconnect 2.2.2.2 100 encapsulation mpls", "mpls control-word");
        Wait(console, frr, "wanted again by ours", "the peer has bound no label to the VC id");
        frr.Configure("l2vpn CUST type vpls", "member pseudowire pw0", "control-word exclude");
        frr.Configure("l2vpn CUST type vpls", "member pseudowire pw0", "no control-word exclude");
        Wait(console, frr, "wanted by both again", "Control word: on (configured: on, remote: on)");

        // 4: MTU, and back.
        frr.Configure("l2vpn CUST type vpls", "mtu 1600");
        Wait(console, frr, "other MTU", "MTUs differ: local 1500, remote 1600", "MTU: local 1500, remote 1600");
        frr.Configure("l2vpn CUST type vpls", "no mtu 1600");
        Wait(console, frr, "the same MTU", "MTU: local 1500, remote 1500", "Status sent: No fault");

        // 5: our circuit goes down and comes back: the status TLV says so.
        lab.In("ce", "ip link set vce down");
        Wait(console, frr, "circuit down", "attachment circuit down", "Status sent: DOWN AC(rx/tx faults)");
        lab.In("ce", "ip link set vce up");
        Wait(console, frr, "circuit up", "Status sent: No fault");

        // 6: withdrawn and offered again by ours; FRR's end taken away and made again.
        Configure(console, "interface Ethernet2", "no xconnect 2.2.2.2 100 encapsulation mpls");
        WaitFor(() => frr.Show("show l2vpn atom binding"), "Remote Label: unassigned", "withdrawn");
        Configure(console, "interface Ethernet2", "xconnect 2.2.2.2 100 encapsulation mpls");
        Wait(console, frr, "offered again", "Control word: on (configured: on, remote: on)");
        SameLabels(console, frr, 1, 1);
        frr.Configure("l2vpn CUST type vpls", "no member pseudowire pw0");
        Wait(console, frr, "taken away by FRR", "the peer has bound no label to the VC id");
        frr.Configure("l2vpn CUST type vpls", "member pseudowire pw0", $"neighbor lsr-id {own}", "pw-id 100");
        Wait(console, frr, "made again by FRR", "Control word: on (configured: on, remote: on)");
        SameLabels(console, frr, 1, 1);

        // 7: another VC type.
        Configure(console, "interface Ethernet2", "xconnect 2.2.2.2 100 encapsulation mpls", "vc type vlan");
        Wait(console, frr, "another type", "the VC types differ: local vlan, remote ethernet");
        Configure(console, "interface Ethernet2", "xconnect 2.2.2.2 100 encapsulation mpls", "no vc type vlan");
        Wait(console, frr, "the same type", "Status sent: No fault");

        // 8: FRR starts anew, with the control word excluded from its first mapping on.
        frr.Kill("ldpd");
        Wait(console, frr, "FRR gone", "no LDP session with the peer");
        frr.Start("ldpd", Ldpd(own, "  control-word exclude\n"));
        Wait(console, frr, "FRR back without", "Control word: off (configured: on, remote: off)");
        SameLabels(console, frr, 0, 0);
        console.Stop();
        NetworkLab.Stop(tcpdump);
        Assert.AreEqual("", TsharkOnLdp.Faults(capture, "ip.src != 10.9.0.2 && ip.src != 2.2.2.2"));
        string withdrawals = Tools.Must("tshark", $"-r {capture} -Y \"ldp.msg.type == 0x402\" -T fields -e ip.src -e ldp.msg.tlv.status.data -e ldp.msg.tlv.fec.pw.controlword");
        Console.WriteLine("withdrawals: " + withdrawals);
        Assert.IsTrue(withdrawals.Split('\n').Any(l => l.StartsWith(own, StringComparison.Ordinal) && l.Contains("0x25", StringComparison.Ordinal)), "our withdrawal with Wrong C-bit");
        Assert.IsTrue(withdrawals.Split('\n').Any(l => l.StartsWith("2.2.2.2", StringComparison.Ordinal) && l.Contains("0x25", StringComparison.Ordinal)), "FRR's withdrawal with Wrong C-bit");
        string statuses = Tools.Must("tshark", $"-r {capture} -Y \"ldp.msg.tlv.pwstatus.code\" -T fields -e ip.src -e ldp.msg.tlv.pwstatus.code");
        Assert.IsTrue(statuses.Split('\n').Any(l => l.StartsWith(own, StringComparison.Ordinal) && l.Contains("0x00000006", StringComparison.Ordinal)), "our status of a circuit that is down: " + statuses);
    }

    // What either end calls its own label is the other's remote one; the C bits are those expected.
    private static void SameLabels(RouterConsole console, FrrRouter frr, int local, int remote)
    {
        string difference = "";
        for (int tries = 0; tries < 20; tries++)
        {
            Match ours = OurLabels().Match(console.Run("show mpls l2transport vc detail"));
            Match theirs = TheirLabels().Match(frr.Show("show l2vpn atom binding"));
            difference = $"ours {ours.Value}, FRR's {theirs.Value}";
            if (ours.Success && theirs.Success && ours.Groups[1].Value == theirs.Groups[3].Value && ours.Groups[2].Value == theirs.Groups[1].Value
                && theirs.Groups[4].Value == local.ToString() && theirs.Groups[2].Value == remote.ToString())
            {
                return;
            }
            Thread.Sleep(500);
        }
        Assert.Fail(difference);
    }

    private static void Wait(RouterConsole console, FrrRouter frr, string when, params string[] texts)
    {
        string text = "";
        for (int tries = 0; tries < 120; tries++)
        {
            text = console.Run("show mpls l2transport vc detail");
            if (texts.All(t => text.Contains(t, StringComparison.Ordinal)))
            {
                Console.WriteLine("as it should be: " + when);
                return;
            }
            Thread.Sleep(500);
        }
        Assert.Fail($"{when}: not {string.Join("; ", texts)} in\n{text}\n{console.Run("show mpls ldp neighbor")}\n{frr.Show("show l2vpn atom binding")}\n{frr.Show("show mpls ldp neighbor")}");
    }

    private static void WaitFor(Func<string> show, string text, string when)
    {
        for (int tries = 0; tries < 40; tries++)
        {
            if (Regex.Replace(show(), " +", " ").Contains(text, StringComparison.Ordinal)) return;
            Thread.Sleep(500);
        }
        Assert.Fail($"{when}: {show()}");
    }

    private static void Configure(RouterConsole console, params string[] lines)
    {
        console.Type("configure terminal");
        foreach (string line in lines) console.Type(line);
        console.Type("end");
    }

    private static string Ldpd(string own, string more) =>
        $"mpls ldp\n router-id 2.2.2.2\n address-family ipv4\n  discovery transport-address 2.2.2.2\n  discovery hello interval 1\n  discovery hello holdtime 4\n  interface vfrr\n  exit\n exit\nexit\n"
        + $"l2vpn CUST type vpls\n member pseudowire pw0\n  neighbor lsr-id {own}\n  pw-id 100\n{more} exit\nexit\n";

    private static string Configuration(string own) => $"""
        hostname le
        mpls ldp router-id Loopback0 force
        mpls ldp discovery hello interval 1
        mpls ldp discovery hello holdtime 4
        interface Loopback0
         ip address {own} 255.255.255.255
        interface Ethernet1
         ip address 10.9.0.1 255.255.255.0
         mpls ip
        interface Ethernet2
         xconnect 2.2.2.2 100 encapsulation mpls
        ip route 2.2.2.2 255.255.255.255 10.9.0.2
        """;

    [GeneratedRegex(@"MPLS VC labels: local (\d+), remote (\d+)")]
    private static partial Regex OurLabels();

    [GeneratedRegex(@"Local Label: +(\d+)\s+Cbit: (\d).*?Remote Label: +(\d+)\s+Cbit: (\d)", RegexOptions.Singleline)]
    private static partial Regex TheirLabels();
}
