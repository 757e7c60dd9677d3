using System.Net;
using LabEdge.Devices;
using LabEdge.Emulator;

namespace LabEdge.Hil;

/// <summary>Looks at goals on the console of the device, while the lab around it runs on.</summary>
public sealed class DeviceChecks(LabSession session, DeviceConsole console)
{
    private const int Requests = 5;
    private const int SliceUs = 20_000;
    private const int LimitMs = 60_000;

    /// <summary>Whether a goal can be judged from the console alone.</summary>
    public static bool CanJudge(LabCheck check, string device) =>
        check.Node == device && check.While?.Node != device && check.Kind is CheckKind.Reaches or CheckKind.CannotReach or CheckKind.AnsweredBy or CheckKind.Shows && check.By != device && !check.Never.Contains(device);

    public CheckResult Run(LabCheck check)
    {
        string reason = check.Kind switch
        {
            CheckKind.Shows => Shows(check),
            CheckKind.AnsweredBy => AnsweredBy(check),
            _ => Reaches(check),
        };
        if (reason.Length > 0 || check.While == null) return new CheckResult(check, reason.Length == 0, reason);

        // What a goal says may hold only because nothing works.
        CheckResult alive = new CheckRunner(session).Run(check.While);
        return new CheckResult(check, alive.Ok, alive.Ok ? "" : $"so it is, but not in a network that works: {alive.Reason}");
    }

    /// <summary>Types a line; the lab runs until the answer is there.</summary>
    /// <exception cref="IOException">The console has not answered.</exception>
    public string Type(string line)
    {
        Task<string> answer = Task.Run(() => console.Run(line, LimitMs));
        while (!answer.IsCompleted) session.RunUntil(session.NowUs + SliceUs);
        return answer.Result ?? throw new IOException($"the console gave no prompt within {LimitMs / 1000} s of \"{line}\"");
    }

    private string Shows(LabCheck check)
    {
        string output = Type(check.Command);
        string missing = check.Texts.FirstOrDefault(text => !output.Contains(text, StringComparison.Ordinal));
        return missing == null ? "" : $"\"{check.Command}\" does not show \"{missing}\"";
    }

    private string AnsweredBy(LabCheck check)
    {
        EchoWatch watch = new(IPAddress.Parse(check.Destination));
        session.Lab.Watch = watch;
        string reason = Reaches(check);
        session.Lab.Watch = null;
        string wrong = check.Never.FirstOrDefault(node => watch.SeenBy(node) > 0);
        if (wrong != null) return $"pings to {check.Destination} came to {wrong}";
        if (reason.Length > 0) return reason;
        return watch.SeenBy(check.By) > 0 ? "" : $"the pings were answered, but none came to {check.By}";
    }

    // The first ping of a pair may wait for link addresses: a second try is whole.
    private string Reaches(LabCheck check)
    {
        string vrf = check.Vrf.Length == 0 ? "" : $"vrf {check.Vrf} ";
        string source = check.Source.Length == 0 ? "" : $" source {check.Source}";
        string line = $"ping {vrf}{check.Destination} repeat {Requests}{(check.Size == 0 ? "" : $" size {check.Size}")} timeout 1{source}";
        string output = Type(line);
        (int replies, int requests) = ConsoleAnswers.Ping(output);
        bool want = check.Kind != CheckKind.CannotReach;
        if (want && replies > 0 && replies < requests) (replies, requests) = ConsoleAnswers.Ping(output = Type(line));
        if (requests == 0) return $"no ping was sent: {output.Trim()}";
        if (!want) return replies == 0 ? "" : $"{replies} of {requests} pings to {check.Destination} were answered, and none should be";
        return replies == requests ? "" : $"{replies} of {requests} pings to {check.Destination} were answered";
    }
}
