namespace LabEdge.Tests;

/// <summary>
/// How long the random runs over the chip models are. A million frames each way, as issue 6 asks:
/// <code>dotnet run -c Release --project tests/Hal.Tests -- --filter FullyQualifiedName~RandomTests --test-parameter frames=1000000 --output detailed</code>
/// </summary>
internal static class RandomRun
{
    private const long Modest = 20_000;

    /// <summary>Frames that arrive without a look of the driver between: mostly one, sometimes more than a chip has room for.</summary>
    public static int Burst(Random random) => random.Next(16) == 0 ? random.Next(2, 60) : 1;

    public static long Frames(TestContext context) =>
        context.Properties.TryGetValue("frames", out object text) ? long.Parse((string)text) : Modest;
}
