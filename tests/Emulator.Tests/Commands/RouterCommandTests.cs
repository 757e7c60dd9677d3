using System.Diagnostics;
using LabEdge.Tests.Lab;

namespace LabEdge.Tests.Commands;

[TestClass]
public class RouterCommandTests
{
    private static readonly string Configuration = Path.Combine(LabFixture.PathOf(LabFixture.L2), "solution", "r1.cfg");

    [TestMethod]
    [DataRow("Ethernet1=cable:10", "there is no port of kind \"cable\", only packet, xdp, tap, udp, libpcap or pcap")]
    [DataRow("Ethernet1=xdp:nosuch0", "there is no network interface \"nosuch0\"")]
    [DataRow("Ethernet1", "expected a form such as Ethernet1=packet:veth0")]
    [DataRow("Ethernet1=packet:", "expected a form such as Ethernet1=packet:veth0")]
    [DataRow("Ethernet1=packet:nosuch0", "there is no network interface \"nosuch0\"")]
    public void A_port_that_cannot_be_is_refused_in_words(string port, string reason)
    {
        (int code, string output, string error) = Labedge.Run(["router", "--config", Configuration, "--port", port]);
        Assert.AreEqual(2, code);
        Assert.AreEqual("", output);
        StringAssert.Contains(error, reason);
    }

    [TestMethod]
    public void All_wrong_ports_are_named_at_once()
    {
        (_, _, string error) = Labedge.Run(["router", "--config", Configuration, "--port", "a=b:c", "--port", "d", "--port", "Ethernet1=packet:x", "--port", "Ethernet1=packet:y"]);
        Assert.HasCount(3, error.Split('\n', StringSplitOptions.RemoveEmptyEntries), error);
    }

    [TestMethod]
    [DataRow("--config /no/such.cfg --port Ethernet1=packet:lo", "there is no such file")]
    [DataRow("--port Ethernet1=packet:lo", "--config")]
    [DataRow("--config CFG --port Ethernet1=packet:lo --capacity Huge", "Tiny, TinyCore, Small, Board or Pc")]
    [DataRow("--config CFG --port Ethernet1=packet:lo --seconds 0", "more than 0")]
    [DataRow("--config CFG", "--port")]
    public void Other_wrong_options_are_refused_in_words(string arguments, string reason)
    {
        (int code, _, string error) = Labedge.Run(["router", .. arguments.Replace("CFG", Configuration).Split(' ')]);
        Assert.AreEqual(2, code);
        StringAssert.Contains(error, reason);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(" \n\n\t\n")]
    public void An_empty_configuration_is_refused_in_words(string text)
    {
        using TemporaryFile file = new(text);
        (int code, string output, string error) = Labedge.Run(["router", "--config", file.Path, "--port", "Ethernet1=packet:lo", "--seconds", "1"]);
        Assert.AreEqual(2, code);
        Assert.AreEqual("", output);
        StringAssert.Contains(error, $"--config {file.Path}: the file is empty");
    }

    [TestMethod]
    public void A_console_on_a_pipe_configures_it_and_it_ends_by_itself()
    {
        NeedsRoot();
        using TemporaryFile file = new("!\n");
        using Process process = Labedge.Start(["router", "--config", file.Path, "--port", "Ethernet1=packet:lo", "--seconds", "2"]);
        process.StandardInput.Write("""
            enable
            configure terminal
            hostname Piped
            interface Ethernet1
             ip address 10.9.9.1 255.255.255.0
             ip address 10.9.9.0 255.255.255.0
            end
            show running-config
            ping 10.9.9.1
            """ + "\nshow clock");
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        Assert.IsTrue(process.WaitForExit(10_000));
        Assert.AreEqual(0, process.ExitCode, output);
        StringAssert.Contains(output, "% \"10.9.9.0\": expected a host address");
        StringAssert.Contains(output, "hostname Piped\n");
        StringAssert.Contains(output, " ip address 10.9.9.1 255.255.255.0\n");
        StringAssert.Contains(output, "Success rate is 100 percent");
        StringAssert.Contains(output, "% Invalid input detected");
        StringAssert.Contains(output, "Ethernet1 (lo): received ");
    }

    [TestMethod]
    public void After_exit_nothing_more_of_a_pipe_is_taken_and_the_router_goes_on()
    {
        NeedsRoot();
        using TemporaryFile file = new("!\n");
        using Process process = Labedge.Start(["router", "--config", file.Path, "--port", "Ethernet1=packet:lo", "--seconds", "2"]);
        process.StandardInput.Write("show mpls interfaces\nexit\nshow version\n");
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        Assert.IsTrue(process.WaitForExit(10_000));
        Assert.AreEqual(0, process.ExitCode, output);
        StringAssert.Contains(output, "Operational");
        Assert.DoesNotContain("LabEdge Software", output);
        StringAssert.Contains(output, "Ethernet1 (lo): received ");
    }

    [TestMethod]
    public void A_configuration_with_five_mistakes_prints_five_lines_and_exits_2_before_any_port_is_opened()
    {
        using TemporaryFile file = new(FiveMistakes.Text);
        (int code, string output, string error) = Labedge.Run(["router", "--config", file.Path, "--port", "Ethernet1=packet:nosuch0", "--seconds", "1"]);
        Assert.AreEqual(2, code);
        Assert.AreEqual("", output);
        FiveMistakes.AreIn(error, file.Path);
    }

    [TestMethod]
    public void A_line_with_an_interface_that_has_no_port_says_how_to_join_one()
    {
        using TemporaryFile file = new("interface Ethernet3\nip route 10.0.0.0 255.0.0.0 e4\ninterface Ethernet1\n");
        (int code, _, string error) = Labedge.Run(["router", "--config", file.Path, "--port", "Ethernet1=packet:nosuch0"]);
        Assert.AreEqual(2, code);
        string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(2, lines, error);
        StringAssert.EndsWith(lines[0], ":1: found \"Ethernet3\", expected an interface of this router; join it with --port Ethernet3=packet:NAME");
        StringAssert.EndsWith(lines[1], "; join it with --port Ethernet4=packet:NAME");
    }

    [TestMethod]
    public void A_store_gives_the_configuration_and_config_goes_before_it()
    {
        using TemporaryFile file = new("hostname Given\n");
        DirectoryInfo store = Directory.CreateTempSubdirectory("labedge-store-");
        try
        {
            (int code, _, string error) = Labedge.Run(["router", "--store", store.FullName, "--port", "Ethernet1=packet:lo", "--seconds", "1"]);
            Assert.AreEqual(2, code);
            StringAssert.Contains(error, $"--store {store.FullName}: there is no startup-config in it yet");

            NeedsRoot();
            File.WriteAllText(Path.Combine(store.FullName, "startup-config"), "hostname Kept\nend\n");
            string output = Ask("show running-config", "--store", store.FullName);
            StringAssert.Contains(output, "hostname Kept");
            output = Ask("show running-config", "--store", store.FullName, "--config", file.Path);
            StringAssert.Contains(output, "hostname Given");
            StringAssert.Contains(output, "its startup-config is not used");
        }
        finally
        {
            store.Delete(true);
        }
    }

    [TestMethod]
    public void A_folder_that_cannot_be_is_refused_with_the_name_of_its_option()
    {
        using TemporaryFile file = new("!\n");
        (int code, _, string error) = Labedge.Run(["router", "--config", Configuration, "--store", file.Path, "--port", "Ethernet1=packet:lo"]);
        Assert.AreEqual(2, code);
        StringAssert.StartsWith(error, $"labedge: --store {file.Path}: expected a folder");
        NeedsRoot();
        (code, _, error) = Labedge.Run(["router", "--config", Configuration, "--pcap", file.Path, "--port", "Ethernet1=packet:lo"]);
        Assert.AreEqual(2, code);
        StringAssert.StartsWith(error, $"labedge: --pcap {file.Path}: expected a folder");
    }

    [TestMethod]
    public void On_a_terminal_ctrl_c_ends_the_command_and_then_the_router()
    {
        NeedsRoot();
        if (!File.Exists("/usr/bin/script")) Assert.Inconclusive("script(1) makes the terminal");

        // exec: a shell that stayed would get the Ctrl-C too, and dash would answer it with status 130.
        string command = $"exec dotnet {Labedge.Program} router --config {Configuration} --port Ethernet1=packet:lo --seconds 30";
        ProcessStartInfo start = new("/usr/bin/script", ["-qfec", command, "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start);
        ReadUntil(process, "r1#");
        process.StandardInput.Write("ping 10.1.1.77 repeat 500\n");
        process.StandardInput.Flush();
        ReadUntil(process, "seconds:");
        Thread.Sleep(300);
        process.StandardInput.Write('\x03');
        process.StandardInput.Flush();
        ReadUntil(process, "Success rate is 0 percent");
        ReadUntil(process, "r1#");

        // Impatient fingers: what comes while it ends changes nothing.
        process.StandardInput.Write("\x03\x03\x03");
        process.StandardInput.Flush();
        ReadUntil(process, "Ethernet1 (lo): received ");
        process.StandardOutput.ReadToEnd();
        Assert.IsTrue(process.WaitForExit(10_000));
        Assert.AreEqual(0, process.ExitCode);
    }

    private static void ReadUntil(Process process, string text)
    {
        System.Text.StringBuilder read = new();
        while (!read.ToString().EndsWith(text, StringComparison.Ordinal))
        {
            int next = process.StandardOutput.Read();
            if (next < 0) Assert.Fail($"no \"{text}\" in: {read}");
            read.Append((char)next);
        }
    }

    // Standard output and standard error of a router that gets one line.
    private static string Ask(string line, params string[] options)
    {
        using Process process = Labedge.Start(["router", "--port", "Ethernet1=packet:lo", "--seconds", "1", .. options]);
        process.StandardInput.WriteLine(line);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.IsTrue(process.WaitForExit(10_000));
        return output + error.Result;
    }

    [TestMethod]
    public void It_says_ready_answers_its_console_and_ends_on_sigterm_with_counters()
    {
        NeedsRoot();
        using Process process = Labedge.Start(["router", "--config", Configuration, "--port", "Ethernet1=packet:lo", "--seconds", "30"]);
        Assert.AreEqual("ready", process.StandardOutput.ReadLine());
        process.StandardInput.WriteLine("show ip interface brief");
        process.StandardInput.Close();
        string line;
        do
        {
            line = process.StandardOutput.ReadLine();
        }
        while (line != null && !line.Contains("10.1.1.1"));
        Assert.IsNotNull(line);

        // An idle router sleeps: ten looks at the clock of its process within a second cost next to nothing (one that spins costs all of it).
        process.Refresh();
        TimeSpan before = process.TotalProcessorTime;
        Thread.Sleep(1000);
        process.Refresh();
        Assert.IsLessThan(0.5, (process.TotalProcessorTime - before).TotalSeconds);

        using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString()])) kill.WaitForExit();
        string rest = process.StandardOutput.ReadToEnd();
        Assert.IsTrue(process.WaitForExit(10_000));
        Assert.AreEqual(0, process.ExitCode);
        StringAssert.Contains(rest, "Ethernet1 (lo): received ");
    }

    private static void NeedsRoot()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Inconclusive("packet ports need root on Linux");
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string text)
        {
            Path = System.IO.Path.GetTempFileName();
            File.WriteAllText(Path, text);
        }

        public string Path { get; }

        public void Dispose() => File.Delete(Path);
    }
}
