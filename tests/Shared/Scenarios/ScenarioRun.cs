using LabEdge.Forwarding;

namespace LabEdge.Tests.Scenarios;

/// <summary>Runs a scenario in one kernel form.</summary>
public static class ScenarioRun
{
    /// <returns>Every frame that was sent and expected, in order.</returns>
    public static List<SentFrame> Run(Scenario scenario, BurstKernel kernel)
    {
        ScenarioRouter router = new(kernel);
        List<SentFrame> sent = [];
        ScenarioLine pending = null;
        List<ScenarioLine> expectations = [];
        bool any = false;

        void Settle()
        {
            if (pending == null) return;
            if (expectations.Count == 0) throw new ScenarioException($"{pending.Place}: found a frame of which nothing is expected, expected a line \"expect\" after it");
            sent.AddRange(router.Expect(pending, expectations));
            pending = null;
            expectations = [];
        }

        foreach (ScenarioLine template in scenario.Lines)
        {
            ScenarioLine line = template.Again();
            if (line.Take("expect"))
            {
                if (pending == null) throw line.Error("expect", "a line \"send\" before it");
                expectations.Add(line);
                continue;
            }

            Settle();
            if (line.Take("send"))
            {
                pending = template.Again();
                any = true;
                try
                {
                    router.Send(line);
                }
                catch (ScenarioException error) when (!error.Message.StartsWith(scenario.File, StringComparison.Ordinal))
                {
                    throw new ScenarioException($"{pending.Place}: {error.Message}");
                }
            }
            else
            {
                router.Do(line);
            }
        }

        Settle();
        return any ? sent : throw new ScenarioException($"{scenario.Place}: found a scenario without a frame, expected a line \"send\"");
    }
}
