using System.CommandLine;
using System.IO.Ports;
using LabEdge.Emulator.Commands;

namespace LabEdge.Flash;

/// <summary>The command line of <c>labedge-flash</c>, which flash.ps1 calls.</summary>
public static class FlashCommand
{
    public const int Done = 0;
    public const int StepFailed = 1;
    public const int WrongRequest = 2;

    private const string Examples = """
        ./flash.ps1                                                                  the boards
        ./flash.ps1 -Board t-eth-lite-s3 -Port COM5 -Config pe1.cfg -Role pe -WhatIf  what would be done
        ./flash.ps1 -Board t-eth-lite-s3 -Port COM5 -Config pe1.cfg -Role pe          do it
        ./flash.ps1 -Board wt32-eth01 -Port /dev/ttyUSB0 -Role ce -KeepFirmware       the router alone
        ./flash.ps1 -Board w5500-evb-pico2 -Config ce1.cfg -Console /dev/ttyUSB1      a Pico in BOOTSEL mode; the version is read on its console
        """;

    /// <returns>The exit code of the process.</returns>
    public static int Run(string[] args)
    {
        Option<bool> list = new("--list") { Description = "List the boards; so does no option at all." };
        Option<string> board = new("--board", "-Board") { Description = "The board, by its name in the list.", HelpName = "NAME" };
        Option<string> port = new("--port", "-Port") { Description = "Serial port of the board (COM5, /dev/ttyUSB0). A Pico in BOOTSEL mode needs none.", HelpName = "PORT" };
        Option<string> config = new("--config", "-Config") { Description = "Configuration for the board. It is read by the firmware's own reader first; a file with mistakes is refused before anything is written.", HelpName = "FILE" };
        Option<string> wiring = new("--wiring", "-Wiring") { Description = "A file that says how the board is wired, in place of its row in boards/boards.json; checked, and brought to the board.", HelpName = "FILE" };
        Option<string> role = new("--role", "-Role") { Description = "ce, pe or p: which rooms of the router the image has. Without it: the first that the board has RAM for.", HelpName = "ROLE" };
        Option<string> console = new("--console", "-Console") { Description = "Where the router's console is, to read its version back: a serial port, or tcp:ADDRESS:PORT.", HelpName = "WHERE" };
        Option<string> firmware = new("--firmware", "-Firmware") { Description = "A firmware file in place of the download: .bin for an ESP32, .uf2 for a Pico.", HelpName = "FILE" };
        Option<string> drive = new("--drive", "-Drive") { Description = "Where the drive of a Pico in BOOTSEL mode is mounted. Without it: looked for.", HelpName = "FOLDER" };
        Option<int?> baud = new("--baud", "-Baud") { Description = "Bits per second while an ESP32 is written; 115200 helps with poor cables.", HelpName = "N" };
        Option<bool> keep = new("--keep-firmware", "-KeepFirmware") { Description = "Leave the nanoCLR on the board as it is." };
        Option<bool> whatIf = new("--what-if", "-WhatIf") { Description = "Print the plan and do nothing." };
        RootCommand root = new("Writes the LabEdge router to a board: builds its head, checks the configuration, calls nanoff or meadow, reads the version back.")
        {
            list, board, port, config, wiring, role, console, firmware, drive, baud, keep, whatIf,
        };
        HelpWithExamples.AddTo(root, Examples);
        root.SetAction(result =>
        {
            FlashRequest request = new()
            {
                Board = result.GetValue(board),
                Port = result.GetValue(port),
                Configuration = result.GetValue(config),
                Wiring = result.GetValue(wiring),
                Role = result.GetValue(role),
                Console = result.GetValue(console),
                Firmware = result.GetValue(firmware),
                Drive = result.GetValue(drive),
                Baud = result.GetValue(baud),
                KeepFirmware = result.GetValue(keep),
            };
            return Run(RepositoryFolder.Find(), request, result.GetValue(whatIf), SerialPort.GetPortNames(), Tools.Find, Console.Out, Console.Error);
        });

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return parsed.Invoke();
        foreach (string message in parsed.Errors.Select(error => error.Message).Distinct()) Console.Error.WriteLine("flash: " + message);
        Console.Error.WriteLine("flash: see --help");
        return WrongRequest;
    }

    /// <summary>Lists the boards, prints a plan, or carries it out.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="ports">Serial ports of this machine.</param>
    /// <param name="find">Where a tool lies, or null; see <see cref="Tools.Find"/>.</param>
    public static int Run(string root, FlashRequest request, bool whatIf, IReadOnlyList<string> ports, Func<string, string> find, TextWriter output, TextWriter error)
    {
        List<string> mistakes = [];
        IReadOnlyList<Board> boards = root == null ? null : BoardList.Read(Path.Combine(root, BoardList.File), mistakes);
        if (root == null) mistakes.Add("this program must lie in the LabEdge repository, whose heads it builds");
        if (mistakes.Count == 0 && request.Board == null)
        {
            if (request != new FlashRequest()) mistakes.Add($"-Board: name the board; there are {string.Join(", ", boards.Select(b => b.Name))}");
            else BoardList.Print(boards, output);
        }

        if (mistakes.Count == 0 && request.Board == null) return Done;
        FlashPlan plan = mistakes.Count > 0 ? null : PlanMaker.Make(root, boards, request, ports, whatIf, mistakes);
        if (plan == null)
        {
            foreach (string mistake in mistakes) error.WriteLine("flash: " + mistake);
            error.WriteLine("flash: nothing was built or written");
            return WrongRequest;
        }

        string[] missing = [.. plan.Tools.Where(tool => find(tool) == null).Select(tool => $"{tool} is not installed: {ToolAdvice.Install(tool)}")];
        if (whatIf)
        {
            (plan with { Remarks = [.. plan.Remarks, .. missing] }).Print(output);
            return Done;
        }

        foreach (string line in missing) error.WriteLine("flash: " + line);
        if (missing.Length > 0) return WrongRequest;
        foreach (string remark in plan.Remarks) output.WriteLine("Note: " + remark);
        return new PlanRunner(root, find, output, error).Run(plan) ? Done : StepFailed;
    }
}
