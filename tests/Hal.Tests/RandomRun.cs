namespace LabEdge.Tests;

/// <summary>
/// How long the random runs over the chip models are. A million frames each way, as issue 6 asks:
/// <code>dotnet run -c Release --project tests/Hal.Tests -- --filter FullyQualifiedName~RandomTests --test-parameter frames=1000000 --output detailed</code>
/// </summary>
internal static class RandomRun
{
    private const long Modest = 20_000;

    public static long Frames(TestContext context) =>
        context.Properties.TryGetValue("frames", out object text) ? long.Parse((string)text) : Modest;
}
