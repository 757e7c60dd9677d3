using System.Text;
using LabEdge.Cli;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>Restarts, the startup configuration, the archive, and ways back.</summary>
[TestClass]
public sealed class KeptConfigurationTests
{
    [TestMethod]
    public void Reload_asks_to_save_what_was_changed_and_then_for_a_yes()
    {
        ConsoleBench bench = new();
        bench.Configure("hostname R1");
        Assert.AreEqual("", bench.Run("reload"));
        Assert.AreEqual("System configuration has been modified. Save? [yes/no]: ", bench.Cli.Prompt);
        Assert.AreEqual("% Please answer 'yes' or 'no'.\n", bench.Run("perhaps"));
        Assert.AreEqual("Building configuration...\n[OK]\n", bench.Run("y"));
        Assert.AreEqual("Proceed with reload? [confirm]", bench.Cli.Prompt);
        Assert.IsFalse(bench.Router.RestartRequested);
        Assert.Contains("%SYS-5-RELOAD", bench.Run(""));
        Assert.IsTrue(bench.Router.RestartRequested);
        Assert.Contains("hostname R1", Startup(bench));
    }

    [TestMethod]
    public void Reload_does_not_ask_to_save_what_is_saved_and_goes_no_further_than_a_no()
    {
        ConsoleBench bench = new();
        bench.Configure("hostname R1");
        bench.Run("write memory");
        bench.Run("reload");
        Assert.AreEqual("Proceed with reload? [confirm]", bench.Cli.Prompt);
        Assert.AreEqual("", bench.Run("n"));
        Assert.AreEqual("R1#", bench.Cli.Prompt);
        bench.Configure("hostname R2");
        bench.Run("reload");
        bench.Run("no");
        bench.Run("");
        Assert.IsTrue(bench.Router.RestartRequested);
        Assert.Contains("hostname R1", Startup(bench));
        Assert.DoesNotContain("R2", Startup(bench));
    }

    [TestMethod]
    public void A_person_may_leave_the_question()
    {
        ConsoleBench bench = new();
        Typist typist = new(bench);
        typist.Press("reload\r");
        Assert.AreEqual("Proceed with reload? [confirm]", typist.Row);
        typist.Press("?\x03");
        Assert.AreEqual("Router#", typist.Row);
        typist.Press("reload\r\r");
        Assert.IsTrue(bench.Router.RestartRequested);
    }

    [TestMethod]
    public void Reload_in_waits_and_can_be_cancelled()
    {
        ConsoleBench bench = new();
        bench.Run("reload in 5");
        Assert.AreEqual("Reload scheduled in 5 minutes and 0 seconds by console\n", bench.Run("y"));
        bench.Now += 61_000;
        Assert.AreEqual("Reload scheduled in 3 minutes and 59 seconds by console\n", bench.Run("show reload"));
        Assert.Contains("SHUTDOWN ABORTED", bench.Run("reload cancel"));
        Assert.AreEqual("No reload is scheduled.\n", bench.Run("show reload"));
        Assert.AreEqual("% No reload is scheduled.\n", bench.Run("reload cancel"));
        bench.Now += 600_000;
        bench.Poll();
        Assert.IsFalse(bench.Router.RestartRequested);

        bench.Run("reload in 1");
        bench.Run("");
        uint wait = bench.Router.Poll(bench.Now, 64);
        Assert.IsLessThanOrEqualTo(60_000u, wait);
        bench.Now += 59_999;
        bench.Poll();
        Assert.IsFalse(bench.Router.RestartRequested);
        bench.Now++;
        bench.Poll();
        Assert.IsTrue(bench.Router.RestartRequested);
    }

    [TestMethod]
    public void Erase_asks_and_then_there_is_no_startup_configuration()
    {
        ConsoleBench bench = new();
        bench.Run("write");
        foreach (string command in new[] { "write erase", "erase startup-config" })
        {
            bench.Run(command);
            Assert.Contains("Continue? [confirm]", bench.Cli.Prompt);
            Assert.AreEqual("", bench.Run("no"));
            Assert.Contains("end\n", bench.Run("show startup-config"));
            bench.Run(command);
            Assert.AreEqual("[OK]\n", bench.Run(""));
            Assert.AreEqual("startup-config is not present\n", bench.Run("show startup-config"));
            Assert.IsFalse(bench.Cli.LoadStartup());
            bench.Run("write");
        }
    }

    [TestMethod]
    public void Copy_startup_to_running_merges_whole_or_not_at_all()
    {
        ConsoleBench bench = new();
        bench.Configure("hostname R1\ninterface Ethernet1\nip address 10.0.0.1 255.255.255.0\nip route 20.0.0.0 255.0.0.0 10.0.0.2");
        bench.Run("write");
        bench.Configure("hostname R2\ninterface Ethernet2\nip address 10.1.0.1 255.255.255.0\nno ip route 20.0.0.0 255.0.0.0 10.0.0.2");
        Assert.AreEqual("", bench.Run("copy startup-config running-config"));
        string running = bench.Running();
        foreach (string line in new[] { "hostname R1", " ip address 10.0.0.1 255.255.255.0", "ip route 20.0.0.0 255.0.0.0 10.0.0.2" }) Assert.Contains(line, running);
        Assert.DoesNotContain("10.1.0.1", running, "the startup configuration says 'no ip address' of Ethernet2");
        bench.Configure("no ip route 20.0.0.0 255.0.0.0 10.0.0.2\ninterface Ethernet1\nip address 10.7.0.1 255.255.255.0\ninterface Ethernet2\nip address 10.0.0.9 255.255.255.0");
        string before = bench.Running();
        Assert.Contains("overlaps", bench.Run("copy startup-config running-config"));
        Assert.AreEqual(before, bench.Running());
    }

    [TestMethod]
    public void The_archive_leads_back()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("% archive-0 is not present\n", bench.Run("configure revert"));
        for (int i = 1; i <= 6; i++)
        {
            bench.Configure("hostname R" + i);
            Assert.AreEqual("Building configuration...\n[OK]\n", bench.Run("archive config"));
        }

        Assert.AreEqual("""
            The maximum archive configurations allowed is 4.
            The next archive file will be named archive-3
             Archive #  Name
               1        archive-1
               2        archive-2 <- Most Recent
               3        archive-3
               4        archive-4

            """.ReplaceLineEndings("\n"), bench.Run("show archive"));
        Assert.Contains("hostname R3\n", bench.Run("show archive 3"));
        bench.Configure("hostname Lost\nip route 10.0.0.0 255.0.0.0 1.1.1.1");
        Assert.AreEqual("Rollback Done\n", bench.Run("configure revert"));
        Assert.AreEqual("R6#", bench.Cli.Prompt);
        Assert.DoesNotContain("ip route", bench.Running());
        Assert.AreEqual("Rollback Done\n", bench.Run("configure replace archive 4"));
        Assert.AreEqual("R4#", bench.Cli.Prompt);
    }

    [TestMethod]
    public void What_write_memory_replaces_goes_into_the_archive()
    {
        ConsoleBench bench = new();
        bench.Configure("hostname R1");
        bench.Run("write");
        bench.Run("write");
        Assert.DoesNotContain("Most Recent", bench.Run("show archive"));
        bench.Configure("hostname R2");
        bench.Run("write");
        Assert.Contains("hostname R1\n", bench.Run("show archive 1"));
        Assert.AreEqual("Rollback Done\n", bench.Run("configure replace archive 1"));
        Assert.AreEqual("R1#", bench.Cli.Prompt);
        Assert.AreEqual("Rollback Done\n", bench.Run("configure replace startup-config"));
        Assert.AreEqual("R2#", bench.Cli.Prompt);
        bench.Run("reload");
        Assert.AreEqual("Proceed with reload? [confirm]", bench.Cli.Prompt, "what runs is what the store has");
    }

    [TestMethod]
    public void A_startup_configuration_of_another_router_comes_in_leniently()
    {
        ConsoleBench bench = new();
        bench.Store.Blobs[StoredConfiguration.Blob] = Encoding.ASCII.GetBytes("hostname X\nip cef\n");
        Assert.Contains("1 line not supported by LabEdge; nothing has been changed", bench.Run("configure replace startup-config"));
        Assert.Contains("1 line not supported by LabEdge: skipped", bench.Run("configure replace startup-config lenient"));
        Assert.AreEqual("X#", bench.Cli.Prompt);
    }

    [TestMethod]
    public void Write_terminal_shows_what_runs()
    {
        ConsoleBench bench = new();
        bench.Configure("hostname R1");
        Assert.AreEqual(bench.Run("show running-config"), bench.Run("write terminal"));
    }

    private static string Startup(ConsoleBench bench) => Encoding.ASCII.GetString(bench.Store.Blobs[StoredConfiguration.Blob]);
}
