using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary>The options that say what a lab's run is a function of, and its captures.</summary>
public sealed class LabOptionSet
{
    private readonly Option<long> _seed = new("--seed") { Description = "Chance is a function of this number.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _start = new("--start") { Description = "With the configurations that a learner starts from (start/, else solution/)." };
    private readonly Option<string> _pcap = new("--pcap") { Description = "Folder for one capture per link and account.txt.", HelpName = "FOLDER" };
    private readonly Option<string> _mac = new("--mac") { Description = "What a router's port is: the wire itself, or a driver of the firmware over its chip model.", DefaultValueFactory = _ => LabOptions.Wire };
    private readonly Option<string> _kernel = new("--kernel") { Description = "Form of the frame path: of .NET, or of the boards.", DefaultValueFactory = _ => LabOptions.Net };

    private readonly Option<bool> _lenient = new("--lenient") { Description = RouterSettings.LenientHelp };

    public LabOptionSet()
    {
        _mac.AcceptOnlyFromAmong(LabOptions.Wire, LabOptions.W5500, LabOptions.Enc28j60);
        _kernel.AcceptOnlyFromAmong(LabOptions.Net, LabOptions.Portable);
    }

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _seed, _start, _pcap, _mac, _kernel, _lenient }) command.Add(option);
    }

    public LabOptions Read(ParseResult result) => new()
    {
        Seed = result.GetValue(_seed),
        Start = result.GetValue(_start),
        PcapFolder = result.GetValue(_pcap),
        Mac = result.GetValue(_mac),
        Kernel = result.GetValue(_kernel),
        Lenient = result.GetValue(_lenient),
    };
}
