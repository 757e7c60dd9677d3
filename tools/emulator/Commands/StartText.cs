using System.Text.RegularExpressions;
using LabEdge.Cli;
using LabEdge.Forwarding;

namespace LabEdge.Emulator.Commands;

/// <summary>The configuration that a router starts with: of <c>--config</c>, or what <c>write memory</c> left in the folder of <c>--store</c>.</summary>
public sealed partial class StartText
{
    private const string Unknown = "an interface of this router";

    private StartText(string file, string text)
    {
        File = file;
        Text = text;
    }

    public string File { get; }
    public string Text { get; }

    /// <summary>Finds and reads it.</summary>
    /// <param name="mistake">What is wrong with the options, or null.</param>
    /// <param name="remark">What the user should know although nothing is wrong, or null.</param>
    /// <returns>Null when there is a mistake.</returns>
    public static StartText Read(RouterSettings settings, out string mistake, out string remark)
    {
        mistake = null;
        remark = null;
        string stored = settings.StoreFolder == null ? null : Path.Combine(settings.StoreFolder, StoredConfiguration.Blob);
        bool isStored = settings.ConfigurationFile == null;
        string file = settings.ConfigurationFile ?? stored;
        if (file == null) mistake = "--config: a router needs a configuration to start with: --config FILE, or --store FOLDER with a " + StoredConfiguration.Blob;
        else if (isStored && !System.IO.File.Exists(file)) mistake = $"--store {settings.StoreFolder}: there is no {StoredConfiguration.Blob} in it yet; start with --config FILE, and 'write memory' saves one";
        else if (!System.IO.File.Exists(file)) mistake = $"--config {file}: there is no such file";
        if (mistake != null) return null;

        string text = System.IO.File.ReadAllText(file);
        if (string.IsNullOrWhiteSpace(text))
        {
            mistake = $"{(isStored ? "--store" : "--config")} {file}: the file is empty; a line '!' starts a router without configuration";
            return null;
        }

        if (!isStored && System.IO.File.Exists(stored)) remark = $"--store {settings.StoreFolder}: its {StoredConfiguration.Blob} is not used, for --config {file} was given; 'write memory' replaces it";
        return new StartText(file, text);
    }

    /// <summary>Reads the text against the names of <c>--port</c>, with nothing opened: its mistakes need neither root nor an interface.</summary>
    public List<LabProblem> Check(bool lenient, Capacity capacity, IReadOnlyList<PortRequest> requests)
    {
        byte[] entropy = new byte[Router.EntropyLength];
        Router trial = new(capacity, new NetKernel(), entropy, null);
        ProtocolRooms.Join(trial, entropy);
        foreach (PortRequest request in requests) trial.AttachPort(request.Interface, new UnpluggedPort(capacity.MaxFrameLength));
        List<LabProblem> problems = [];
        ConfigurationText.Load(trial.Cli.Loader, Text, 0, File, problems, lenient ? [] : null);
        return [.. problems.Select(WithPort)];
    }

    // A line that names an interface which no --port gives: how to give it.
    private static LabProblem WithPort(LabProblem problem)
    {
        Match match = InterfaceName().Match(problem.Found ?? "");
        if (!match.Success || !problem.Expected.EndsWith(Unknown, StringComparison.Ordinal)) return problem;
        string letters = match.Groups[1].Value;
        string name = ("Ethernet".StartsWith(letters, StringComparison.OrdinalIgnoreCase) ? "Ethernet" : letters) + match.Groups[2].Value;
        return problem with { Expected = $"{problem.Expected}; join it with --port {name}=packet:NAME" };
    }

    [GeneratedRegex("^([A-Za-z][A-Za-z-]*)([0-9][0-9/.]*)$")]
    private static partial Regex InterfaceName();
}
