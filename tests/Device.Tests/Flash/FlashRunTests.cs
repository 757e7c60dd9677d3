using System.Text;
using System.Text.Json;
using LabEdge.Devices;
using LabEdge.Flash;

namespace LabEdge.Tests.Device;

/// <summary>Plans carried out with tools of ours: what they get, what happens when one fails, and the advice then.</summary>
[TestClass]
public sealed class FlashRunTests
{
    private const string Board = "t-eth-lite-s3";
    private const string Configuration = "hostname pe1\n";

    private static IEnumerable<object[]> ExitCodes => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Flash", "Fixtures", "exit-codes.txt"))
        .Where(line => !line.StartsWith('#')).Select(line => line.Split(' ', 3)).Select(parts => new object[] { parts[0], int.Parse(parts[1]) });

    [TestMethod]
    public void The_tools_get_what_the_plan_says_and_the_configuration_goes_with_its_name_on_the_board()
    {
        using FlashFolder folder = new();
        folder.AddBuild(Board, 600_000);
        folder.AddTool("nanoff");
        string file = folder.Write("my pe1.cfg", Configuration);
        (int code, string output, string error) = folder.Run(new FlashRequest { Board = Board, Port = "COM5", Configuration = file, Role = "pe", Baud = 115200 });
        Assert.AreEqual(0, code, output + error);
        string[] calls = folder.Calls;
        Assert.HasCount(5, calls);
        Assert.AreEqual($"dotnet build boards/esp32 -c Release -p:DevicePackages=true -p:Board={Board} -p:Role=pe", calls[0]);
        Assert.AreEqual("nanoff --update --target ESP32_S3_OCTAL --serialport COM5 --baud 115200", calls[1]);
        Assert.AreEqual($"nanoff --filedeployment out/flash/{Board}.files.json", calls[2]);
        Assert.AreEqual("nanoff --target ESP32_S3_OCTAL --serialport COM5 --deploy --image boards/esp32/bin/device/Release/LabEdge.Esp32.bin --baud 115200", calls[3]);
        Assert.AreEqual("nanoff --nanodevice --serialport COM5 --devicedetails", calls[4]);
        using JsonDocument list = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Root, "out", "flash", Board + ".files.json")));
        Assert.AreEqual("COM5", list.RootElement.GetProperty("serialport").GetString());
        JsonElement entry = list.RootElement.GetProperty("files").EnumerateArray().Single();
        Assert.AreEqual(@"I:\deployed.cfg", entry.GetProperty("DestinationFilePath").GetString());
        Assert.AreEqual(file, entry.GetProperty("SourceFilePath").GetString());
    }

    [TestMethod]
    [DynamicData(nameof(ExitCodes))]
    public void Every_documented_exit_code_ends_the_run_with_advice_of_its_own(string tool, int documented)
    {
        // As the tool does: its code in words, and what of it Linux lets through as the exit code.
        using FlashFolder folder = new();
        string board = tool == ToolAdvice.Meadow ? folder.Boards.First(b => b.Kind == BoardKind.Meadow).Name : Board;
        folder.AddBuild(board, 1000);
        folder.AddTool(tool, documented & 0xFF, tool == ToolAdvice.Nanoff ? $"echo 'Error E{documented}: (from documentation)'" : "");
        (int code, _, string error) = folder.Run(new FlashRequest { Board = board, Port = "COM5" });
        Assert.AreEqual(1, code);
        StringAssert.Contains(error, tool == ToolAdvice.Nanoff ? $"nanoff ended with E{documented}: " : $"meadow ended with {documented}: ");
        Assert.IsFalse(error.Contains("documentation does not name", StringComparison.Ordinal), error);
        StringAssert.Contains(error, "did not succeed; the steps after it were not done");
        Assert.HasCount(2, folder.Calls);
    }

    [TestMethod]
    public void Exit_codes_of_the_fixture_are_those_that_the_advice_knows()
    {
        object[][] all = [.. ExitCodes];
        CollectionAssert.AreEqual(NanoffCodes.Documented.ToArray(), all.Where(row => row[0].Equals("nanoff")).Select(row => (int)row[1]).ToArray());
        CollectionAssert.AreEqual(MeadowCodes.Documented.ToArray(), all.Where(row => row[0].Equals("meadow")).Select(row => (int)row[1]).ToArray());
    }

    [TestMethod]
    public void A_code_that_came_whole_or_cut_to_8_bits_or_that_nobody_documents_gets_its_advice()
    {
        StringAssert.StartsWith(ToolAdvice.For("nanoff", 4005, ""), "nanoff ended with E4005: the serial port did not open");
        StringAssert.Contains(ToolAdvice.For("nanoff", 4005 & 0xFF, ""), "E4005");
        StringAssert.Contains(ToolAdvice.For("nanoff", 1, ""), "does not name this code");
        StringAssert.Contains(ToolAdvice.For("nanoff", 77777, ""), "does not name this code");
        StringAssert.Contains(ToolAdvice.For("meadow", 99, ""), "does not name this code");
        StringAssert.Contains(ToolAdvice.For("dotnet", 1, ""), "NANO002");

        // 4005 and 5029 have the same low octet: both are told.
        string both = ToolAdvice.For("nanoff", 5029 & 0xFF, "");
        StringAssert.Contains(both, "E5029");
        StringAssert.Contains(both, "one of these");
    }

    [TestMethod]
    public void A_tool_that_is_not_installed_is_told_before_anything_is_done()
    {
        using FlashFolder folder = new();
        folder.AddBuild(Board, 1000);
        (int code, _, string error) = folder.Run(new FlashRequest { Board = Board, Port = "COM5" });
        Assert.AreEqual(2, code);
        StringAssert.Contains(error, "nanoff is not installed: dotnet tool install -g nanoff");
        Assert.IsEmpty(folder.Calls);
    }

    [TestMethod]
    public void An_image_that_is_too_large_for_the_partition_or_not_there_is_not_written()
    {
        using FlashFolder folder = new();
        int partition = folder.Boards.Single(b => b.Name == Board).DeployOctets;
        folder.AddBuild(Board, partition + 1);
        folder.AddTool("nanoff");
        (int code, _, string error) = folder.Run(new FlashRequest { Board = Board, Port = "COM5" });
        Assert.AreEqual(1, code);
        StringAssert.Contains(error, $"the image has {partition + 1} octets, and the deployment partition of the board only {partition}");
        Assert.IsFalse(folder.Calls.Any(call => call.StartsWith("nanoff", StringComparison.Ordinal)));

        using FlashFolder empty = new();
        empty.AddTool("dotnet");
        empty.AddTool("nanoff");
        StringAssert.Contains(empty.Run(new FlashRequest { Board = Board, Port = "COM5" }).Error, "there is no image");
        Assert.HasCount(1, empty.Calls);
    }

    [TestMethod]
    public void A_firmware_for_a_Pico_is_copied_to_a_drive_in_BOOTSEL_mode_and_to_no_other()
    {
        using FlashFolder folder = new();
        byte[] block = new byte[512];
        Encoding.ASCII.GetBytes("UF2\n").CopyTo(block, 0);
        new byte[] { 0x57, 0x51, 0x5D, 0x9E }.CopyTo(block, 4);
        string firmware = Path.Combine(folder.Root, "clr.uf2");
        File.WriteAllBytes(firmware, block);
        string drive = Path.GetDirectoryName(folder.Write("drive/" + Uf2Drive.Marker, "UF2 Bootloader"));
        FlashRequest request = new() { Board = "w5500-evb-pico2", Firmware = firmware, Drive = drive };
        folder.AddBuild(request.Board, 1000);
        folder.AddTool("nanoff");
        (int code, _, string error) = folder.Run(request);
        Assert.AreEqual(0, code, error);
        CollectionAssert.AreEqual(block, File.ReadAllBytes(Path.Combine(drive, "clr.uf2")));
        StringAssert.EndsWith(folder.Calls[^1], "--uf2deploy");

        StringAssert.Contains(folder.Run(request with { Drive = folder.Root }).Error, "is no drive of a board in BOOTSEL mode");
        File.WriteAllBytes(firmware, block[..511]);
        StringAssert.Contains(folder.Run(request).Error, "is no UF2 file");
    }

    [TestMethod]
    public void The_version_is_read_back_on_the_console_and_another_one_is_told()
    {
        using VersionServer right = new($"{VersionReadBack.Expected}, MPLS VPN edge router, profile Board");
        using StringWriter output = new();
        Assert.IsNull(VersionReadBack.Fault(ConsoleAddress.Parse(right.Address), output));
        StringAssert.Contains(output.ToString(), "profile Board");
        using VersionServer old = new("LabEdge Software, Version 0.0.1, MPLS VPN edge router");
        StringAssert.Contains(VersionReadBack.Fault(ConsoleAddress.Parse(old.Address), output), "the board runs another version");
        using VersionServer other = new("Some other thing");
        StringAssert.Contains(VersionReadBack.Fault(ConsoleAddress.Parse(other.Address), output), "did not name LabEdge");
        string gone = old.Address;
        old.Dispose();
        StringAssert.Contains(VersionReadBack.Fault(ConsoleAddress.Parse(gone), output), "cannot open the console");
        StringAssert.Contains(VersionReadBack.Fault(ConsoleAddress.Parse("/dev/no-such-port"), output), "cannot open the console");
    }
}
