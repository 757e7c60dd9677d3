using LabEdge.Flash;

namespace LabEdge.Tests.Device;

/// <summary>What <c>-WhatIf</c> prints, and what is refused before a plan is there.</summary>
[TestClass]
public sealed class FlashPlanTests
{
    private const string Configuration = "hostname ce1\ninterface Ethernet1\n ip address 10.1.1.254 255.255.255.0\n";

    private static IEnumerable<object[]> Boards => BoardList.Read(Repository.PathOf("boards", "boards.json"), []).Select(board => new object[] { board.Name });

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void What_if_prints_the_full_plan_of_the_board_and_touches_nothing(string name)
    {
        using FlashFolder folder = new();
        Board board = folder.Boards.Single(b => b.Name == name);
        string file = folder.Write("router.cfg", Configuration);
        string[] before = Directory.GetFileSystemEntries(folder.Root, "*", SearchOption.AllDirectories);
        foreach (string role in board.Roles)
        {
            (int code, string output, string error) = folder.Run(new FlashRequest { Board = name, Port = "COM5", Configuration = file, Role = role, Console = "COM6" }, whatIf: true);
            Assert.AreEqual(0, code, error);
            Assert.AreEqual("", error);
            StringAssert.Contains(output, $"({name}): role {role}");
            StringAssert.Contains(output, $"check {file} with the firmware's own reader");
            StringAssert.Contains(output, $"dotnet build {board.HeadFolder} -c Release -p:DevicePackages=true -p:Board={name} -p:Role={role}");
            StringAssert.Contains(output, "write the router");
            StringAssert.Contains(output, "read back what the board says of itself");
            StringAssert.Contains(output, "show version must say LabEdge Software, Version");
            StringAssert.Contains(output, $"{board.Tool} is not installed: dotnet tool install -g");
            string[] own = board.Kind switch
            {
                BoardKind.Nanoff => [$"nanoff --update --target {board.Target} --serialport COM5", "nanoff --filedeployment", $"--serialport COM5 --deploy --image {ImageCheck.PathOf(board)}", $"at most {board.DeployOctets} octets", board.ConfigurationPath],
                BoardKind.Uf2 => [$"nanoff --update --target {board.Target}", "nanoff --nanodevice --serialport COM5 --deploy --image", $"-p:StartupConfig={file}", "this board has no file system"],
                _ => ["meadow config route COM5", "meadow runtime disable", "meadow app deploy", $"meadow file write -f {file} -t {board.ConfigurationPath}", "meadow runtime enable"],
            };
            foreach (string line in own) StringAssert.Contains(output, line);
        }

        CollectionAssert.AreEqual(before, Directory.GetFileSystemEntries(folder.Root, "*", SearchOption.AllDirectories));
    }

    [TestMethod]
    public void Without_a_board_it_lists_all()
    {
        using FlashFolder folder = new();
        (int code, string output, _) = folder.Run(new FlashRequest());
        Assert.AreEqual(0, code);
        foreach (Board board in folder.Boards) Assert.Contains(line => line.StartsWith(board.Name + " ", StringComparison.Ordinal) && line.Contains(board.Capacity), output.Split('\n'));
    }

    [TestMethod]
    public void Everything_that_is_wrong_is_told_at_once_and_the_ports_that_are_there_are_named()
    {
        using FlashFolder folder = new() { Ports = ["COM3", "COM7"] };
        string file = folder.Write("bad.cfg", "hostname x\ninterface Ethernet9\n ip adress 1.2.3.4 255.0.0.0\nip route 10.0.0.0 255.0.0.1 10.1.1.1\n");
        (int code, string output, string error) = folder.Run(new FlashRequest { Board = "wt32-eth01", Port = "COM5", Configuration = file, Role = "pizza", Console = "tcp:x" });
        Assert.AreEqual(2, code);
        Assert.AreEqual("", output);
        StringAssert.Contains(error, "-Role pizza: wt32-eth01 has RAM for ce");
        StringAssert.Contains(error, "-Console tcp:x: expected a serial port");
        StringAssert.Contains(error, "-Port COM5: there is no such serial port; there are COM3, COM7");
        StringAssert.Contains(error, "bad.cfg:2: found \"Ethernet9\", expected an interface of this board: Ethernet1");
        StringAssert.Contains(error, "bad.cfg:3: found \"adress\"");
        StringAssert.Contains(error, "bad.cfg:4: found \"255.0.0.1\"");
        StringAssert.Contains(error, "nothing was built or written");
    }

    [TestMethod]
    public void A_board_that_is_not_there_is_answered_with_those_that_are()
    {
        using FlashFolder folder = new();
        (int code, _, string error) = folder.Run(new FlashRequest { Board = "toaster" });
        Assert.AreEqual(2, code);
        foreach (Board board in folder.Boards) StringAssert.Contains(error, board.Name);
    }

    [TestMethod]
    public void A_configuration_that_does_not_fit_the_tables_of_the_board_is_refused()
    {
        using FlashFolder folder = new();
        string file = folder.Write("many.cfg", string.Concat(Enumerable.Range(1, 40).Select(i => $"ip vrf v{i}\n rd 1:{i}\n")));
        (int code, _, string error) = folder.Run(new FlashRequest { Board = "w5500-evb-pico", Configuration = file }, whatIf: true);
        Assert.AreEqual(2, code);
        StringAssert.Contains(error, "many.cfg:");
        Assert.AreEqual(0, folder.Run(new FlashRequest { Board = "w5500-evb-pico" }, whatIf: true).Code);
    }

    [TestMethod]
    public void A_wiring_of_ones_own_is_checked_brought_along_and_names_the_ports_that_a_configuration_may_use()
    {
        using FlashFolder folder = new();
        string file = folder.Write("three.cfg", "interface Ethernet3\n ip address 10.1.1.254 255.255.255.0\n");
        FlashRequest request = new() { Board = "t-eth-lite-s3", Port = "COM5", Configuration = file };
        StringAssert.Contains(folder.Run(request, whatIf: true).Error, "three.cfg:1: found \"Ethernet3\"");
        string wiring = folder.Write("wiring.txt", "spi 1 sck 10 mosi 12 miso 11\nport Ethernet3 w5500 spi 1 cs 9 int 13\n");
        (int code, string output, string error) = folder.Run(request with { Wiring = wiring }, whatIf: true);
        Assert.AreEqual(0, code, error);
        StringAssert.Contains(output, $"{file} becomes I:\\deployed.cfg, {wiring} becomes I:\\wiring.txt");
        StringAssert.Contains(folder.Run(request with { Board = "meadow-f7-ccm", Configuration = null, Wiring = folder.Write("m.txt", "spi 3 mhz 24\nport Ethernet1 w5500 spi 3 cs 5\n") }, whatIf: true).Output, "-t wiring.txt");

        // GPIO 6 to 11 of an ESP32 belong to its flash.
        string bad = folder.Write("bad.txt", "spi 1 sck 6 mosi 12 miso 11\nport Ethernet1 w5600 spi 1 cs 9\n");
        (code, _, error) = folder.Run(request with { Board = "esp32-w5500", Wiring = bad }, whatIf: true);
        Assert.AreEqual(2, code);
        StringAssert.Contains(error, "bad.txt: line 1:");
        StringAssert.Contains(error, "bad.txt: line 2:");
        StringAssert.Contains(error, "w5600");
        StringAssert.Contains(folder.Run(request with { Wiring = folder.Write("no.txt", "led 4\n") }, whatIf: true).Error, "found no port");
        StringAssert.Contains(folder.Run(request with { Board = "w5500-evb-pico2", Wiring = wiring }, whatIf: true).Error, "-Wiring: w5500-evb-pico2 has no file system");
        StringAssert.Contains(folder.Run(request with { Wiring = "nowhere.txt" }, whatIf: true).Error, "-Wiring nowhere.txt: there is no such file");
    }

    [TestMethod]
    public void A_configuration_that_asks_for_what_the_role_has_not_is_noted_with_its_lines()
    {
        using FlashFolder folder = new();
        string file = folder.Write("ldp.cfg", "hostname p\nmpls label protocol ldp\n");
        FlashRequest request = new() { Board = "wt32-eth01", Port = "COM5", Configuration = file };
        StringAssert.Contains(folder.Run(request with { Role = "ce" }, whatIf: true).Output, "(line 2), and nothing of that will run");
        Assert.IsFalse(folder.Run(request with { Role = "p" }, whatIf: true).Output.Contains("role ce", StringComparison.Ordinal));
    }

    [TestMethod]
    public void A_port_that_is_not_there_is_only_noted_by_a_plan()
    {
        using FlashFolder folder = new() { Ports = [] };
        (int code, string output, _) = folder.Run(new FlashRequest { Board = "t-eth-lite-s3", Port = "COM5" }, whatIf: true);
        Assert.AreEqual(0, code);
        StringAssert.Contains(output, "Note: -Port COM5: there is no such serial port; this machine has none");
    }
}
