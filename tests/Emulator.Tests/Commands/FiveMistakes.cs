namespace LabEdge.Tests.Commands;

/// <summary>A configuration with a mistake on lines 2, 4, 5, 6 and 7, and none elsewhere.</summary>
public static class FiveMistakes
{
    public const string Text = """
        hostname r1
        hostnome r2
        interface Ethernet1
         ip address 10.1.1.1 255.0.255.0
         mtu 70000
        ip route 10.2.0.0 255.255.0.0 10.1.1.300
        mpls label range 16 what
        end

        """;

    private static readonly (int Line, string Found)[] Expected = [(2, "hostnome"), (4, "255.0.255.0"), (5, "70000"), (6, "10.1.1.300"), (7, "what")];

    /// <summary>Asserts that these are the five lines, each with its place, what stood there and what was expected.</summary>
    public static void AreIn(string error, string file)
    {
        string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.HasCount(Expected.Length, lines, error);
        for (int i = 0; i < lines.Length; i++)
        {
            StringAssert.StartsWith(lines[i], $"{file}:{Expected[i].Line}: found \"");
            StringAssert.Contains(lines[i], Expected[i].Found);
            StringAssert.Contains(lines[i], "\", expected ");
        }
    }
}
