using LabEdge.Bench.ConsoleSoak;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>A part of the million lines of <c>tools/bench -- console</c>. Alone, for it weighs the memory of the whole process.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ConsoleSoakTests
{
    private const int Lines = 30_000;

    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Random_lines_keys_and_texts_never_throw_grow_nor_apply_by_halves(int seed)
    {
        ConsoleSoakOutcome o = ConsoleSoakRun.Run(Lines, seed);
        TestContext.WriteLine(o.ToString());
        Assert.AreEqual("", o.Wrong, $"seed {seed}");
        Assert.IsGreaterThan(Lines / 1000, o.Applied, "texts that were right");
        Assert.IsGreaterThan(Lines / 1000, o.Refused, "texts that were not");
    }
}
