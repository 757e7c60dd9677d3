using LabEdge.Boards;
using LabEdge.Devices;

namespace LabEdge.Flash;

/// <summary>Turns a request into a plan; nothing on the board or on disk is touched while it does.</summary>
public sealed class PlanMaker
{
    /// <summary>Folder below the repository for files that are made on the way; git does not see it.</summary>
    private const string WorkFolder = "out/flash";

    private readonly string _root;
    private readonly FlashRequest _request;
    private readonly Board _board;
    private readonly string _role;
    private readonly List<PlanStep> _steps = [];
    private readonly List<string> _remarks = [];

    private PlanMaker(string root, FlashRequest request, Board board, string role)
    {
        _root = root;
        _request = request;
        _board = board;
        _role = role;
    }

    /// <param name="root">The repository.</param>
    /// <param name="ports">Serial ports of this machine.</param>
    /// <param name="dry">True: a port that is not there is a remark, not a mistake.</param>
    /// <param name="mistakes">Gets everything that is wrong with the request, the lines of the configuration included.</param>
    /// <returns>Null when there is a mistake.</returns>
    public static FlashPlan Make(string root, IReadOnlyList<Board> boards, FlashRequest request, IReadOnlyList<string> ports, bool dry, List<string> mistakes)
    {
        Board board = boards.FirstOrDefault(b => b.Name.Equals(request.Board, StringComparison.OrdinalIgnoreCase));
        if (board == null)
        {
            mistakes.Add($"-Board {request.Board}: there is no such board; there are {string.Join(", ", boards.Select(b => b.Name))}");
            return null;
        }

        string role = (request.Role ?? board.Roles[0]).ToLowerInvariant();
        if (!board.Roles.Contains(role)) mistakes.Add($"-Role {request.Role}: {board.Name} has RAM for {string.Join(", ", board.Roles)}");
        if (request.Console != null && ConsoleAddress.Parse(request.Console) == null) mistakes.Add($"-Console {request.Console}: expected {ConsoleAddress.Form}");
        if (request.Firmware != null && !File.Exists(request.Firmware)) mistakes.Add($"-Firmware {request.Firmware}: there is no such file");
        if (request.Firmware != null && board.Kind == BoardKind.Meadow) mistakes.Add($"-Firmware: the meadow tool takes Meadow.OS from its own folder; 'meadow firmware list' shows what is there");
        if (request.Firmware != null && request.KeepFirmware) mistakes.Add("-Firmware and -KeepFirmware exclude each other");
        if (request.Baud is <= 0) mistakes.Add($"-Baud {request.Baud}: expected bits per second, such as 115200");
        if (request.Wiring != null && board.ConfigurationPath == null) mistakes.Add($"-Wiring: {board.Name} has no file system; its wiring is compiled in: its row in {BoardList.File}");
        else if (request.Wiring != null) board = board with { Wiring = WiringCheck.Read(board, request.Wiring, mistakes) };
        PlanMaker maker = new(root, request, board, role);
        maker.CheckPort(ports, dry, mistakes);
        if (request.Configuration != null) mistakes.AddRange(ConfigurationCheck.Mistakes(board, request.Configuration));
        if (mistakes.Count > 0) return null;
        maker.AddSteps();
        return new FlashPlan(board, role, maker._steps, maker._remarks);
    }

    private void CheckPort(IReadOnlyList<string> ports, bool dry, List<string> mistakes)
    {
        string there = ports.Count == 0 ? "this machine has none" : "there are " + string.Join(", ", ports);
        if (_request.Port == null)
        {
            if (_board.Kind != BoardKind.Uf2) mistakes.Add($"-Port: {_board.Name} is written over its serial port; {there}");
            return;
        }

        // A stable name below /dev/serial is a port that the list does not have.
        if (ports.Contains(_request.Port, StringComparer.OrdinalIgnoreCase) || (_request.Port.StartsWith('/') && File.Exists(_request.Port))) return;
        string text = $"-Port {_request.Port}: there is no such serial port; {there}";
        if (dry) _remarks.Add(text);
        else mistakes.Add(text);
    }

    private void AddSteps()
    {
        if (_board.ConfigurationPath == null) _remarks.Add("this board has no file system: its configuration is compiled in, and 'write memory' has nowhere to write; see its README");
        AddCheck();
        AddBuild();
        switch (_board.Kind)
        {
            case BoardKind.Nanoff:
                AddNanoff();
                break;
            case BoardKind.Uf2:
                AddUf2();
                break;
            default:
                AddMeadow();
                break;
        }
    }

    private void AddCheck()
    {
        if (_request.Configuration == null)
        {
            _remarks.Add(_board.ConfigurationPath == null ? "no -Config: the router starts without a configuration" : "no -Config: the board keeps the configuration that it has, or starts without one");
            return;
        }

        // Checked while the plan was made: a plan with a configuration is one whose configuration is right.
        if (_role == "ce" && ConfigurationCheck.ProtocolLines(_request.Configuration) is { Length: > 0 } lines) _remarks.Add($"role ce has no LDP and no OSPF: {_request.Configuration} asks for them (line {string.Join(", ", lines)}), and nothing of that will run; -Role p or pe has them");
        _steps.Add(new OwnStep(
            $"check {_request.Configuration} with the firmware's own reader: capacity {_board.Capacity}, ports {string.Join(", ", _board.Interfaces)}",
            ["done: no mistakes"],
            _ => ConfigurationCheck.Mistakes(_board, _request.Configuration) is { Count: > 0 } found ? string.Join(Environment.NewLine, found) : null));
    }

    private void AddBuild()
    {
        List<string> arguments = ["build", _board.HeadFolder, "-c", "Release", "-p:DevicePackages=true", $"-p:Board={_board.Name}", $"-p:Role={_role}"];
        if (CompiledIn) arguments.Add($"-p:StartupConfig={Path.GetFullPath(_request.Configuration)}");
        _steps.Add(new CommandStep($"build the head of {_board.Title} for role {_role}{(CompiledIn ? ", with the configuration in it" : "")}", ToolAdvice.Dotnet, arguments));
        if (_board.DeployOctets == 0) return;
        _steps.Add(new OwnStep(
            $"compare the image with the deployment partition: at most {_board.DeployOctets} octets",
            [Image],
            output => ImageCheck.Fault(Path.Combine(_root, Image), _board.DeployOctets, output)));
    }

    // A board without files has its configuration in its image.
    private bool CompiledIn => _request.Configuration != null && _board.ConfigurationPath == null;

    private string Image => ImageCheck.PathOf(_board);

    // The configuration before the router: the router takes it at its first start, and no program is in the way of the files.
    private void AddNanoff()
    {
        if (!_request.KeepFirmware)
        {
            AddNanoffStep("write the firmware (nanoCLR)", ["--update", "--target", _board.Target, "--serialport", _request.Port, .. Baud, .. _request.Firmware == null ? [] : new[] { "--clrfile", Path.GetFullPath(_request.Firmware) }]);
        }

        if (Files.Count > 0)
        {
            string list = $"{WorkFolder}/{_board.Name}.files.json";
            _steps.Add(new OwnStep(
                $"write the list of files for nanoff: {string.Join(", ", Files.Select(file => $"{file.Source} becomes {file.Target}"))}",
                [list],
                _ => FileList.Write(Path.Combine(_root, list), _request.Port, [.. Files.Select(file => (Path.GetFullPath(file.Source), file.Target))])));
            AddNanoffStep("bring them to the board", ["--filedeployment", list]);
        }

        AddNanoffStep("write the router; it starts, and takes the configuration as its startup-config", ["--target", _board.Target, "--serialport", _request.Port, "--deploy", "--image", Image, .. Baud]);
        AddReadBack();
    }

    // What is brought to the board's file system, and what it is called there.
    private IReadOnlyList<(string Source, string Target)> Files
    {
        get
        {
            List<(string, string)> files = [];
            if (_request.Configuration != null) files.Add((_request.Configuration, _board.ConfigurationPath));
            if (_request.Wiring != null) files.Add((_request.Wiring, _board.PathOf(Supervisor.WiringFile)));
            return files;
        }
    }

    private string[] Baud => _request.Baud == null ? [] : ["--baud", $"{_request.Baud}"];

    private void AddNanoffStep(string title, string[] arguments) => _steps.Add(new CommandStep(title, ToolAdvice.Nanoff, arguments));

    private void AddUf2()
    {
        if (!_request.KeepFirmware)
        {
            if (_request.Firmware == null) AddNanoffStep("write the firmware (nanoCLR) as UF2; the board in BOOTSEL mode", ["--update", "--target", _board.Target]);
            else _steps.Add(new OwnStep("copy the firmware (nanoCLR) to the drive of the board in BOOTSEL mode", [$"{_request.Firmware} to {_request.Drive ?? "the drive with " + Uf2Drive.Marker}"], output => Uf2Drive.Copy(_request.Firmware, _request.Drive, output)));
        }

        if (_request.Port == null) AddNanoffStep("write the router as UF2; the board in BOOTSEL mode again", ["--platform", _board.Platform, "--target", _board.Target, "--deploy", "--image", Image, "--uf2deploy"]);
        else AddNanoffStep("write the router", ["--nanodevice", "--serialport", _request.Port, "--deploy", "--image", Image]);
        AddReadBack();
    }

    private void AddMeadow()
    {
        AddMeadowStep("name the board's port to the tool", "config", "route", _request.Port);
        AddMeadowStep("stop the runtime, so that files can be written", "runtime", "disable");
        if (!_request.KeepFirmware)
        {
            AddMeadowStep("fetch Meadow.OS", "firmware", "download");
            AddMeadowStep("write Meadow.OS", "firmware", "write");
        }

        AddMeadowStep("write the router", "app", "deploy", ImageCheck.PathOf(_board));
        foreach ((string source, string target) in Files) AddMeadowStep($"bring {source} to the board", "file", "write", "-f", Path.GetFullPath(source), "-t", target);
        AddMeadowStep("start the runtime", "runtime", "enable");
        AddMeadowStep("read back what the board says of itself", "device", "info");
        AddConsoleReadBack();
    }

    private void AddMeadowStep(string title, params string[] arguments) => _steps.Add(new CommandStep(title, ToolAdvice.Meadow, arguments));

    private void AddReadBack()
    {
        if (_request.Port != null) _steps.Add(new CommandStep("read back what the board says of itself", ToolAdvice.Nanoff, ["--nanodevice", "--serialport", _request.Port, "--devicedetails"]));
        AddConsoleReadBack();
    }

    private void AddConsoleReadBack()
    {
        if (_request.Console == null)
        {
            _remarks.Add("no -Console: the version of the router is not read back; its console is on a serial line of its own (see the board's README)");
            return;
        }

        _steps.Add(new OwnStep($"read the router's version on its console, {_request.Console}", [$"show version must say {VersionReadBack.Expected}"], output => VersionReadBack.Fault(ConsoleAddress.Parse(_request.Console), output)));
    }
}
