using LabEdge.Bench;

namespace LabEdge.Tests;

/// <summary>Medians and intervals of known samples, and that the interval holds the true median as often as it says.</summary>
[TestClass]
public sealed class StatisticsTests
{
    [TestMethod]
    public void Median_is_the_middle_or_the_mean_of_the_two_middle_samples()
    {
        Assert.AreEqual(3, Statistics.Median([5, 1, 3]));
        Assert.AreEqual(2.5, Statistics.Median([4, 1, 3, 2]));
    }

    // Ranks of the sign test's table: how many samples may be cut from either end at 95 %.
    [TestMethod]
    [DataRow(5, 0)]
    [DataRow(6, 0)]
    [DataRow(8, 0)]
    [DataRow(9, 1)]
    [DataRow(12, 2)]
    [DataRow(15, 3)]
    [DataRow(17, 4)]
    [DataRow(20, 5)]
    [DataRow(21, 5)]
    [DataRow(25, 7)]
    [DataRow(31, 9)]
    public void Ranks_are_those_of_the_sign_test(int samples, int cut)
    {
        Assert.AreEqual(cut, Statistics.RanksCut(samples));
    }

    [TestMethod]
    public void Interval_of_21_samples_is_from_the_6th_to_the_16th()
    {
        Interval interval = Statistics.MedianInterval([.. Enumerable.Range(1, 21).Select(i => (double)i).Reverse()]);
        Assert.AreEqual(new Interval(11, 6, 16), interval);
    }

    [TestMethod]
    public void Interval_holds_the_true_median_in_at_least_95_of_100_cases()
    {
        SeededSequence random = new(7);
        int held = 0;
        const int Cases = 2000;
        for (int i = 0; i < Cases; i++)
        {
            Interval interval = Statistics.MedianInterval([.. Enumerable.Range(0, 21).Select(_ => random.Next() / (double)uint.MaxValue)]);
            if (interval.Low <= 0.5 && interval.High >= 0.5) held++;
        }

        // 97.3 % by the ranks; the odds of 2,000 cases falling under 95 % are nil.
        Assert.IsGreaterThanOrEqualTo(0.95 * Cases, held);
        Assert.IsLessThan(0.995 * Cases, held);
    }

    [TestMethod]
    public void A_part_of_the_results_file_is_replaced_and_the_others_stay()
    {
        string all = ResultsFile.Replace(ResultsFile.Replace("# Results\n", "a", "first"), "b", "second");
        string again = ResultsFile.Replace(all, "a", "changed");
        StringAssert.StartsWith(again, "# Results\n");
        StringAssert.Contains(again, "changed");
        StringAssert.Contains(again, "second");
        Assert.IsFalse(again.Contains("first", StringComparison.Ordinal));
        Assert.AreEqual(all, ResultsFile.Replace(again, "a", "first"));
    }
}
