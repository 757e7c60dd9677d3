using System.Text.RegularExpressions;

namespace LabEdge.Emulator.Commands;

/// <summary>What <c>router</c> was asked for.</summary>
public sealed record RouterSettings
{
    public string ConfigurationFile { get; init; }
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Null: until told to stop.</summary>
    public double? Seconds { get; init; }
    public string Capacity { get; init; }
    public string Kernel { get; init; }
    public string StoreFolder { get; init; }
    public string PcapFolder { get; init; }
}

/// <summary>One <c>--port</c>: an interface of the router and the network interface that it stands on.</summary>
public sealed partial record PortRequest(string Interface, string Device)
{
    private const string Form = "expected a form such as Ethernet1=packet:veth0";

    /// <param name="most">Ports that the capacity has.</param>
    /// <param name="mistakes">Gets a sentence for each text that is wrong.</param>
    public static List<PortRequest> Read(IReadOnlyList<string> texts, int most, List<string> mistakes)
    {
        List<PortRequest> requests = [];
        foreach (string text in texts)
        {
            Match match = PortForm().Match(text);
            string kind = match.Groups["kind"].Value;
            if (!match.Success) mistakes.Add($"--port {text}: {Form}");
            else if (kind != "packet") mistakes.Add($"--port {text}: there is no port of kind \"{kind}\", only packet (a network interface of Linux)");
            else if (requests.Any(other => other.Interface == match.Groups["name"].Value)) mistakes.Add($"--port {text}: {match.Groups["name"].Value} was given before");
            else requests.Add(new PortRequest(match.Groups["name"].Value, match.Groups["device"].Value));
        }

        if (texts.Count == 0) mistakes.Add($"--port: a router needs at least one; {Form}");
        if (requests.Count > most) mistakes.Add($"--port: this capacity has {most} ports, and {requests.Count} were given");
        return requests;
    }

    [GeneratedRegex("^(?<name>[A-Za-z][A-Za-z0-9/.-]*)=(?<kind>[a-z0-9]+):(?<device>[^:/ ]{1,15})$")]
    private static partial Regex PortForm();
}
