using System.CommandLine;

namespace LabEdge.Bench;

/// <summary>The options that every command has, and their values once read.</summary>
public sealed class BenchOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON in place of tables." };
    private readonly Option<bool> _write = new("--write") { Description = "Also put the tables into tools/bench/RESULTS.md." };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of each race, at least 5.", DefaultValueFactory = _ => 21, HelpName = "N" };
    private readonly Option<int> _cpu = new("--cpu") { Description = "CPU to run on. Without it: the last one.", DefaultValueFactory = _ => Environment.ProcessorCount - 1, HelpName = "N" };

    public bool Json;
    public bool Write;
    public int Rounds = 21;
    public int Cpu = -1;

    /// <summary>CPU time that one contestant shall take per round, in ms; small in tests.</summary>
    public double RoundMs = 15;

    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_write);
        command.Options.Add(_rounds);
        command.Options.Add(_cpu);
    }

    /// <summary>Takes the values and pins the calling thread.</summary>
    public void Read(ParseResult result)
    {
        Json = result.GetValue(_json);
        Write = result.GetValue(_write);
        Rounds = Math.Max(5, result.GetValue(_rounds));
        Cpu = result.GetValue(_cpu);
        CpuClock.Pin(Cpu);
    }
}
