using LabEdge.Emulator;

namespace LabEdge.Tests.Engine;

[TestClass]
public class SeededStreamTests
{
    // Computed by another program (Python) from the definitions of SHA-256 and xoshiro256**.
    [TestMethod]
    public void The_stream_of_a_seed_and_a_purpose_is_what_the_definition_says()
    {
        SeededStream stream = new(7, "wire/a-b/0/loss");
        ulong[] expected = [0x580AFB6012B8BEFB, 0x1DE7E891FF0AAAD6, 0x8A62239976E54548, 0x7F64308EB7646372];
        CollectionAssert.AreEqual(expected, expected.Select(_ => stream.Next()).ToArray());
    }

    [TestMethod]
    public void Another_purpose_or_seed_is_another_stream()
    {
        ulong[] first = [new SeededStream(1, "a").Next(), new SeededStream(2, "a").Next(), new SeededStream(1, "b").Next()];
        Assert.HasCount(3, first.Distinct());
    }

    [TestMethod]
    public void Drawing_from_one_stream_does_not_shift_another()
    {
        SeededStream a = new(1, "a");
        SeededStream b = new(1, "b");
        ulong expected = new SeededStream(1, "b").Next();
        for (int i = 0; i < 100; i++) a.Next();
        Assert.AreEqual(expected, b.Next());
    }

    [TestMethod]
    public void A_chance_of_a_tenth_comes_about_a_tenth_of_the_time()
    {
        SeededStream stream = new(3, "tenth");
        int hits = Enumerable.Range(0, 100_000).Count(_ => stream.Chance(100_000));
        Assert.IsInRange(9_700, 10_300, hits);
        Assert.AreEqual(0, Enumerable.Range(0, 1000).Count(_ => stream.Chance(0)));
        Assert.AreEqual(1000, Enumerable.Range(0, 1000).Count(_ => stream.Chance(1_000_000)));
    }
}
