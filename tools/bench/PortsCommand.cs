using System.CommandLine;
using System.Diagnostics;
using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Bench;

/// <summary>
/// <c>ports</c>: the router command between real ports, beside the same loop in C. Every forwarder is a process of its own between
/// interfaces of its own; what counts is frames that came out per second of its CPU time, user and system.
/// </summary>
public static class PortsCommand
{
    private const string Rings = "C, rings both ways", Batches = "C, ring in, sendmmsg out", Packet = "LabEdge packet";

    /// <summary>Issue "the whole data plane", must show 2.</summary>
    private const double Budget = 0.9;

    public static Command Make()
    {
        BenchOptions options = new();
        Option<int> count = new("--frames") { Description = "Frames offered per round.", DefaultValueFactory = _ => 100_000, HelpName = "N" };
        Command command = new("ports", "Label swap between two ports of Linux, frames per CPU-second of the forwarding process: packet, xdp, tap, udp, and the packet loop in C. Needs root.");
        options.AddTo(command);
        Option<string> only = new("--only") { Description = "Only forwarders whose name holds this text, such as packet, and those in C.", HelpName = "TEXT" };
        command.Options.Add(count);
        command.Options.Add(only);
        command.SetAction(result =>
        {
            options.Read(result);
            try
            {
                Report report = new("ports", "Ports of Linux");
                Table table = Run(options, result.GetValue(count), result.GetValue(only) ?? "", out bool agree);
                report.Add(table);
                report.Print(options);
                return agree ? 0 : 1;
            }
            catch (PortException exception)
            {
                Console.Error.WriteLine("ports: " + exception.Message);
                return 2;
            }
        });
        return command;
    }

    private static Table Run(BenchOptions options, int count, string only, out bool agree)
    {
        NetworkSpace.Enter();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("labedge-bench-");

        // The sender must not share the forwarder's CPU where there is another.
        int ownCpu = options.Cpu == 0 ? Math.Min(1, Environment.ProcessorCount - 1) : 0;
        List<PortContestant> contestants = [];
        try
        {
            string native = BuildNative(folder, out string absent);
            ForwarderProcess InC(string into, string from, string form) => native == null
                ? throw new PortException(absent)
                : new ForwarderProcess(native, [into, from, LabelledFrames.NextHopAddress, form, $"{LabelledFrames.FirstLabel}", $"{LabelledFrames.Labels}", $"{LabelledFrames.FirstOutLabel}"], options.Cpu, ownCpu);
            ForwarderProcess Router(string into, string from, string kind, int net)
            {
                string file = Path.Combine(folder.FullName, $"{net}.cfg");
                File.WriteAllText(file, LabelledFrames.Configuration(net));
                string[] arguments = ["labedge.dll", "router", "--seconds", "900", "--config", file, "--port", $"Ethernet1={kind}:{into}", "--port", $"Ethernet2={kind}:{from}"];
                arguments[0] = Path.Combine(AppContext.BaseDirectory, arguments[0]);
                return new ForwarderProcess("dotnet", arguments, options.Cpu, ownCpu);
            }

            contestants.Add(new InterfaceContestant(Rings, "veth", 21, (into, from) => InC(into, from, "ring")));
            contestants.Add(new InterfaceContestant(Batches, "veth", 22, (into, from) => InC(into, from, "batch")));
            contestants.Add(new InterfaceContestant(Packet, "packet", 23, (into, from) => Router(into, from, "packet", 23)));
            contestants.Add(new InterfaceContestant("LabEdge xdp", "xdp", 24, (into, from) => Router(into, from, "xdp", 24)));
            contestants.Add(new InterfaceContestant("LabEdge tap", "tap", 25, (into, from) => Router(into, from, "tap", 25)));
            contestants.Add(new UdpContestant("LabEdge udp", (into, from) => Router(into, from, "udp", 26)));
            contestants.RemoveAll(one => !one.Name.Contains(only, StringComparison.OrdinalIgnoreCase) && one.Name is not (Rings or Batches));
            Race(contestants, options, count);
            Table table = ToTable(contestants, options);
            agree = contestants.Where(one => one.Absent == null).Select(one => one.Hash).Distinct().Count() <= 1;
            if (!agree) table.Notes.Insert(0, "THE FRAMES DIFFER between forwarders (hash).");
            return table;
        }
        finally
        {
            foreach (PortContestant contestant in contestants) contestant.Dispose();
            folder.Delete(recursive: true);
        }
    }

    // Whoever was first in a round is last in the next.
    private static void Race(List<PortContestant> contestants, BenchOptions options, int count)
    {
        Frame[] frames = LabelledFrames.Make(256);
        foreach (PortContestant contestant in contestants)
        {
            contestant.Open();
            contestant.Check(frames);
        }

        List<PortContestant> present = [.. contestants.Where(one => one.Absent == null)];
        const int warmUp = 3;
        for (int round = -warmUp; round < options.Rounds; round++)
        {
            for (int i = 0; i < present.Count; i++) present[(i + round + warmUp) % present.Count].Round(frames, count, round >= 0);
        }
    }

    private static Table ToTable(List<PortContestant> contestants, BenchOptions options)
    {
        Table table = new("Label swap, frames of 64 octets, 256 labels", "contestant", "frames per CPU-second", "ratio", "low", "high", "budget", "verdict", "came out", "hash");
        PortContestant reference = contestants.Where(one => one.Absent == null && one.Name is Rings or Batches).MaxBy(one => one.FramesPerCpuSecond.Length == 0 ? 0 : Statistics.Median(one.FramesPerCpuSecond));
        foreach (PortContestant one in contestants)
        {
            if (one.Absent != null)
            {
                table.Add(one.Name, one.Absent, null, null, null, null, null, null, null);
                continue;
            }
            Interval ratio = reference?.Absent != null || reference == null ? null
                : Statistics.MedianInterval([.. one.FramesPerCpuSecond.Zip(reference.FramesPerCpuSecond, (own, theirs) => own / theirs)]);
            bool judged = one.Name == Packet && ratio != null;
            string verdict = one == reference ? "reference" : judged ? ratio.High >= Budget ? "met" : "missed" : null;
            table.Add(one.Name, Statistics.Median(one.FramesPerCpuSecond), ratio?.Median, ratio?.Low, ratio?.High, judged ? Budget : null, verdict, one.Delivered, one.Hash.ToString("x16"));
        }
        table.Add("pcap port alone", Statistics.Median(PcapRow.Run(options.Rounds)), null, null, null, null, null, 1.0, null);
        table.Notes.Add($"ratio: frames per CPU-second (user and system time of the forwarding process) / those of the faster C form, median over {options.Rounds} rounds in rotated order, with its 95 % interval. "
            + "LabEdge is the router command as it ships: classification, counters, ledgers, console and timers.");
        table.Notes.Add("came out: part of the frames offered (as fast as one sender can, on another CPU) that left the forwarder; the rest were dropped in front of it, and counted.");
        table.Notes.Add("pcap port alone: read from one capture and written to another, in this process and without a router, thread CPU time.");
        return table;
    }

    // A program of its own: its CPU time is counted by the process.
    private static string BuildNative(DirectoryInfo folder, out string absent)
    {
        absent = "no cc";
        if (NativeCode.CompilerVersion == null) return null;
        string program = Path.Combine(folder.FullName, "packet_forward");
        string source = Path.Combine(AppContext.BaseDirectory, "native", "packet_forward.c");
        using Process process = Process.Start(new ProcessStartInfo("cc", ["-O3", "-march=native", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-o", program, source]) { RedirectStandardError = true });
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        absent = errors.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? "cc failed";
        return process.ExitCode == 0 ? program : null;
    }
}
