using System.Text;
using LabEdge.Cli;
using LabEdge.Forwarding;

namespace LabEdge.Tests.ConsoleRoom;

[TestClass]
public sealed class SessionTests
{
    [TestMethod]
    public void Mistakes_are_answered_as_ios_answers_them()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("% Ambiguous command:  \"c\"\n", bench.Run("c"));
        Assert.AreEqual("% Incomplete command.\n", bench.Run("show ip"));
        Assert.AreEqual("            ^\n% Invalid input detected at '^' marker.\n\n", bench.Run("show foo"));
        Assert.AreEqual("                    ^\n% Invalid input detected at '^' marker.\n\n", bench.Run("show version foo"));
        Assert.AreEqual("% VRF blue does not exist\n", bench.Run("show ip route vrf blue"));
        Assert.AreEqual("", bench.Run(""));
        Assert.AreEqual("", bench.Run("   ! a comment"));
        Assert.AreEqual("% Unrecognized command\n", bench.Run("show foo ?"));
        bench.Run("configure terminal");
        bench.Run("hostname R1");
        Assert.AreEqual("R1(config)#", bench.Cli.Prompt);
        Assert.AreEqual("              ^\n% Invalid input detected at '^' marker.\n\n", bench.Run("ip address 1"));
    }

    [TestMethod]
    public void Modes_open_and_close_as_in_ios()
    {
        ConsoleBench bench = new();
        Expect("disable", "Router>");
        Assert.Contains("Invalid input", bench.Run("configure terminal"));
        Assert.Contains("Invalid input", bench.Run("show running-config"));
        Expect("en", "Router#");
        Expect("conf t", "Router(config)#");
        Expect("ip vrf red", "Router(config-vrf)#");
        Expect("rd 1:1", "Router(config-vrf)#");
        Expect("interface e1", "Router(config-if)#");
        Expect("ip route 10.0.0.0 255.0.0.0 1.1.1.1", "Router(config)#");
        Expect("interface e3", "Router(config-if)#");
        Expect("xconnect 1.1.1.1 5 encapsulation mpls manual", "Router(config-if-xconn)#");
        Expect("exit", "Router(config-if)#");
        Expect("exit", "Router(config)#");
        Expect("exit", "Router#");
        Expect("exit", "Router#");
        Assert.IsTrue(bench.Cli.Closed);

        void Expect(string line, string prompt)
        {
            Assert.AreEqual("", bench.Run(line), line);
            Assert.AreEqual(prompt, bench.Cli.Prompt, line);
        }
    }

    [TestMethod]
    public void A_typed_line_takes_effect_at_once_and_a_refused_one_changes_nothing()
    {
        ConsoleBench bench = new();
        bench.Run("configure terminal");
        bench.Run("interface Ethernet1");
        Assert.AreEqual("", bench.Run("ip address 10.0.0.1 255.255.255.0"));
        Assert.AreEqual(0x0A000001u, bench.Router.Host.Interfaces.Address[0]);
        Assert.AreEqual("% 10.0.0.0 overlaps with Ethernet1\n", Two("interface Ethernet2", "ip address 10.0.0.2 255.0.0.0"));
        Assert.AreEqual(0u, bench.Router.Host.Interfaces.Address[1]);
        Assert.AreEqual("% \"red\": expected the name of a VRF that exists\n", bench.Run("ip vrf forwarding red"));
        Assert.AreEqual("% \"xconnect\": expected an interface without IP address\n", Two("interface Ethernet1", "xconnect 1.1.1.1 5 encapsulation mpls manual"));
        Assert.AreEqual("Router(config-if)#", bench.Cli.Prompt);
        Assert.AreEqual("", bench.Run("no ip address"));
        Assert.AreEqual(0u, bench.Router.Host.Interfaces.Address[0]);

        string Two(string first, string second)
        {
            Assert.AreEqual("", bench.Run(first));
            return bench.Run(second);
        }
    }

    [TestMethod]
    public void Every_no_form_takes_its_line_back()
    {
        ConsoleBench bench = new();
        bench.Configure("hostname X\nip vrf red");
        string before = bench.Running();
        foreach ((string mode, string line, string no) in new[]
        {
            ("", "ip vrf blue", "no ip vrf blue"),
            ("", "interface Loopback3", "no interface Loopback3"),
            ("", "ip route 10.0.0.0 255.0.0.0 1.1.1.1 7", "no ip route 10.0.0.0 255.0.0.0 1.1.1.1"),
            ("", "ip route vrf red 10.0.0.0 255.0.0.0 1.1.1.1 label 99", "no ip route vrf red 10.0.0.0 255.0.0.0 1.1.1.1 label 99"),
            ("", "ip route 10.0.0.0 255.0.0.0 Ethernet1 1.1.1.1", "no ip route 10.0.0.0 255.0.0.0 Ethernet1 1.1.1.1"),
            ("", "mpls label range 16 20 static 30 40", "no mpls label range"),
            ("", "no mpls ip propagate-ttl", "mpls ip propagate-ttl"),
            ("", "no mpls ip propagate-ttl local", "mpls ip propagate-ttl local"),
            ("", "mpls static binding ipv4 10.0.0.0 255.0.0.0 output 1.1.1.1 explicit-null", "no mpls static binding ipv4 10.0.0.0 255.0.0.0 output 1.1.1.1 explicit-null"),
            ("", "mpls static binding ipv4 10.0.0.0 255.0.0.0 30", "no mpls static binding ipv4 10.0.0.0 255.0.0.0 30"),
            ("", "mpls static binding ipv4 vrf red 10.0.0.0 255.0.0.0 input 31", "no mpls static binding ipv4 vrf red 10.0.0.0 255.0.0.0 31"),
            ("", "mpls static binding ipv4 10.0.0.0 255.0.0.0 output 1.1.1.1 30", "no mpls static binding ipv4 10.0.0.0 255.0.0.0 output 1.1.1.1 30"),
            ("", "mpls static binding ipv4 10.0.0.0 255.0.0.0 output 1.1.1.1 implicit-null", "no mpls static binding ipv4 10.0.0.0 255.0.0.0 output 1.1.1.1 implicit-null"),
            ("ip vrf red", "rd 1:1", "no rd"),
            ("interface Ethernet1", "description some text", "no description"),
            ("interface Ethernet1", "ip vrf forwarding red", "no ip vrf forwarding"),
            ("interface Ethernet1", "ip address 10.0.0.1 255.0.0.0", "no ip address"),
            ("interface Ethernet1", "mpls ip", "no mpls ip"),
            ("interface Ethernet1", "mtu 1000", "no mtu"),
            ("interface Ethernet1", "shutdown", "no shutdown"),
            ("interface Ethernet1", "xconnect 1.1.1.1 5 encapsulation mpls manual", "no xconnect"),
        })
        {
            bench.Configure(mode + "\n" + line);
            Assert.AreNotEqual(before, bench.Running(), line);
            bench.Configure(mode + "\n" + no);
            Assert.AreEqual(before, bench.Running(), no);
        }
    }

    [TestMethod]
    public void Removing_a_vrf_takes_what_is_in_it()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load(LoaderTests.ProviderEdge));
        bench.Run("configure terminal");
        Assert.AreEqual("% IPv4 addresses from all interfaces in VRF red have been removed\n", bench.Run("no ip vrf red"));
        bench.Run("end");
        bench.Poll();
        string text = bench.Running();
        Assert.IsFalse(text.Contains("red"), text);
        Assert.AreEqual(VrfStore.None, bench.Router.Tables.Vrfs.Find("red"));
        Assert.AreEqual(0u, bench.Router.Host.Interfaces.Address[1]);
    }

    [TestMethod]
    public void A_pasted_configuration_is_one_transaction()
    {
        ConsoleBench bench = new();
        bench.Run("configure replace");
        Assert.AreEqual("", bench.Cli.Prompt);
        foreach (string line in LoaderTests.ProviderEdge.Split('\n')) Assert.AreEqual("", bench.Run(line), line);
        Assert.AreEqual("PE1#", bench.Cli.Prompt);
        string before = bench.Running();
        bench.Run("configure replace");
        bench.Run("hostname PE2");
        bench.Run("ip adress");
        Assert.AreEqual("line 2: \"ip adress\" is not supported by LabEdge\n% 1 line not supported by LabEdge; nothing has been changed\n", bench.Run("end"));
        Assert.AreEqual(before, bench.Running());
    }

    [TestMethod]
    public void What_is_written_to_the_store_comes_back_after_a_restart()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("startup-config is not present\n", bench.Run("show startup-config"));
        Assert.IsFalse(bench.Cli.LoadStartup());
        bench.Load(LoaderTests.ProviderEdge);
        string running = bench.Running();
        Assert.AreEqual("Building configuration...\n[OK]\n", bench.Run("write memory"));
        Assert.AreEqual(running, bench.Run("show startup-config"));
        Assert.AreEqual("Building configuration...\n[OK]\n", bench.Run("copy running-config startup-config"));

        ConsoleBench again = new();
        again.Store.Blobs[StoredConfiguration.Blob] = bench.Store.Blobs[StoredConfiguration.Blob];
        Assert.IsTrue(again.Cli.LoadStartup());
        while (again.Cli.Busy) again.Router.Poll(again.Now, 3);
        Assert.AreEqual(running, again.Running());
        again.Store.Blobs[StoredConfiguration.Blob] = Encoding.ASCII.GetBytes("nonsense\n");
        Assert.IsTrue(again.Cli.LoadStartup());
        while (again.Cli.Busy) again.Router.Poll(again.Now, 3);
        Assert.Contains("line 1: \"nonsense\" is not supported by LabEdge", again.Read());
        Assert.AreEqual(running, again.Running());
    }

    [TestMethod]
    public void Output_that_does_not_fit_waits_and_is_never_lost()
    {
        Capacity capacity = Capacity.Tiny();
        capacity.StaticRoutes = capacity.Routes;
        ConsoleBench bench = new(capacity);
        StringBuilder lines = new();
        for (int i = 0; i < 40; i++) lines.Append($"ip route 20.{i}.0.0 255.255.0.0 10.0.0.2\n");
        Assert.AreEqual("", bench.Load(lines.ToString()));
        string whole = bench.Run("show running-config");
        Assert.IsGreaterThan(1500, whole.Length);

        // One octet at a time.
        bench.Cli.Line("show running-config", bench.Now);
        StringBuilder slow = new();
        char[] one = new char[1];
        for (int i = 0; i < 100000 && (bench.Cli.Busy || bench.Cli.Output.Used > 0); i++)
        {
            bench.Router.Poll(bench.Now, 64);
            if (bench.Cli.Output.Take(one, 0, 1) == 1) slow.Append(one[0]);
        }

        Assert.AreEqual(whole, slow.ToString());
        Assert.AreEqual(0, bench.Cli.Output.Lost);
        Assert.IsFalse(bench.Cli.Line("show version", bench.Now) && bench.Cli.Line("show running-config", bench.Now) && bench.Cli.Line("show version", bench.Now), "busy");
    }

    [TestMethod]
    public void A_person_may_edit_complete_and_ask()
    {
        ConsoleBench bench = new();
        bench.Configure("interface Ethernet1\nip address 10.0.0.1 255.0.0.0");
        bench.Cli.Open();
        Assert.AreEqual("Router#", bench.Read());
        Assert.StartsWith("sho\b \b\b \bhow ver\nLabEdge Software", Type("sho\b\bhow ver\r\n"));
        Assert.AreEqual("conf", Type("conf"));
        Assert.AreEqual("igure ", Type("\t"));
        string help = Type("?");
        Assert.AreEqual("?\n  terminal            Configure from the terminal\n  replace             Replace the running configuration by lines up to 'end'\n  revert              To the configuration archived last\nRouter#configure ", help);
        Assert.AreEqual("t\nRouter(config)#", Type("t\r"));
        Assert.AreEqual("^Z\nRouter#", Type("\u001A"));
        Assert.AreEqual("ping 10.0.0.9\nType escape", Type("ping 10.0.0.9\n")[..25]);
        Assert.IsFalse(bench.Cli.Input('x', bench.Now), "busy");
        string aborted = Type("\u0003");
        Assert.Contains("Success rate is 0 percent", aborted);
        Assert.IsFalse(bench.Cli.Busy);

        string Type(string characters)
        {
            StringBuilder text = new();
            foreach (char c in characters)
            {
                Assert.IsTrue(bench.Cli.Input(c, bench.Now), "not taken: " + (int)c);
                text.Append(bench.Read());
            }

            bench.Router.Poll(bench.Now, 64);
            text.Append(bench.Read());
            return text.ToString();
        }
    }
}
