namespace LabEdge.Bench;

/// <summary>A median and the interval that holds the true one with 95 % confidence.</summary>
public sealed record Interval(double Median, double Low, double High);

/// <summary>Order statistics: no assumption about how noise is spread.</summary>
public static class Statistics
{
    public const double Confidence = 0.95;

    public static double Median(double[] samples)
    {
        double[] sorted = [.. samples.Order()];
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// <summary>
    /// The narrowest pair of ranks, equally far from both ends, between which the median of the source lies with at least 95 %:
    /// the number of samples below it is binomial(n, 1/2). Fewer than 6 samples cannot give that: the whole range.
    /// </summary>
    public static Interval MedianInterval(double[] samples)
    {
        double[] sorted = [.. samples.Order()];
        int n = sorted.Length;
        int cut = RanksCut(n);
        return new Interval(Median(sorted), sorted[cut], sorted[n - 1 - cut]);
    }

    /// <summary>How many samples may be cut from either end.</summary>
    public static int RanksCut(int n)
    {
        // P(the median lies outside) = 2 x P(binomial(n, 1/2) <= cut).
        double probability = Math.Pow(0.5, n);
        double below = probability;
        int cut = 0;
        while (cut + 1 < (n + 1) / 2)
        {
            probability *= (double)(n - cut) / (cut + 1);
            if (2 * (below + probability) > 1 - Confidence) break;
            below += probability;
            cut++;
        }
        return cut;
    }
}
