using System.CommandLine;

namespace LabEdge.Bench;

/// <summary><c>self</c>: the harness itself; two equal contestants and one of twice the work, so that its noise can be read.</summary>
public static class SelfCommand
{
    public static Command Make()
    {
        BenchOptions options = new();
        Command command = new("self", "Race two equal loops and one of twice the length: shows the noise of this machine.");
        options.AddTo(command);
        command.SetAction(result =>
        {
            options.Read(result);
            Report report = new("self", "Noise of the harness");
            Race race = new("adding", "ns/step") { Reference = "one" };
            race.Add(new Contestant("one", repeats => Add(repeats, 1000)));
            race.Add(new Contestant("same", repeats => Add(repeats, 1000)));
            race.Add(new Contestant("double", repeats => Add(repeats, 2000) / 2));
            report.Add(Race.ToTable("Noise", [race.Run(options)]));
            report.Print(options);
            return 0;
        });
        return command;
    }

    private static ulong s_sink;

    private static long Add(int repeats, int steps)
    {
        ulong x = s_sink | 1;
        for (int r = 0; r < repeats; r++)
        {
            for (int i = 0; i < steps; i++) x = (x ^ (x >> 7)) * 0x9E3779B97F4A7C15;
        }
        s_sink = x;
        return (long)repeats * steps;
    }
}
