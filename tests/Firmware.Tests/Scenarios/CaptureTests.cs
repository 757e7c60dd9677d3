namespace LabEdge.Tests.Scenarios;

/// <summary>tests/captures holds what the scenarios send, octet for octet: a change of output is a change of a file.</summary>
[TestClass]
public class CaptureTests
{
    [TestMethod]
    public void The_captures_are_what_the_scenarios_send()
    {
        string folder = Repository.PathOf("tests", "captures");
        bool write = Environment.GetEnvironmentVariable(ScenarioCapture.WriteVariable) == "1";
        List<string> expected = [];
        foreach ((string name, List<List<SentFrame>> scenarios) in ScenarioCapture.Frames())
        {
            string path = Path.Combine(folder, name + ".pcap");
            byte[] pcap = ScenarioCapture.Pcap(scenarios);
            expected.Add(name + ".pcap");
            if (write) File.WriteAllBytes(path, pcap);
            Assert.IsTrue(File.Exists(path), $"{name}.pcap is not there: run this test with {ScenarioCapture.WriteVariable}=1 and look at what changed");
            byte[] golden = File.ReadAllBytes(path);
            Assert.IsTrue(pcap.AsSpan().SequenceEqual(golden), $"{name}.pcap differs from octet {pcap.AsSpan().CommonPrefixLength(golden)} on ({golden.Length} octets, now {pcap.Length}): run with {ScenarioCapture.WriteVariable}=1 and look at what changed");
        }

        Assert.AreEqual(string.Join(' ', expected.Order(StringComparer.Ordinal)), string.Join(' ', Directory.GetFiles(folder, "*.pcap").Select(Path.GetFileName).Order(StringComparer.Ordinal)), "captures without a scenario file");
    }
}
