namespace LabEdge.Hil;

/// <summary>The searches of RFC 2544 over any trial; they know nothing of frames or clocks.</summary>
public static class RateSearch
{
    /// <summary>Throughput (RFC 2544 section 26.1): the greatest rate at which nothing is lost, by halves.</summary>
    /// <param name="most">Where it begins.</param>
    /// <param name="resolution">As part of <paramref name="most"/>: it ends when it knows the rate this well.</param>
    /// <param name="lossless">Runs a trial.</param>
    /// <returns>0 when even the last trial loses.</returns>
    public static double NoLoss(double most, double resolution, Func<double, bool> lossless)
    {
        if (lossless(most)) return most;
        double good = 0;
        double bad = most;
        while (bad - good > resolution * most)
        {
            double middle = (good + bad) / 2;
            if (lossless(middle)) good = middle;
            else bad = middle;
        }

        return good;
    }

    /// <summary>Frame loss rate (RFC 2544 section 26.3): from the greatest rate down in steps of a tenth, until two trials in a row lose nothing.</summary>
    /// <param name="lossless">Runs a trial.</param>
    public static void LossSteps(double most, Func<double, bool> lossless)
    {
        int clean = 0;
        for (int tenths = 10; tenths > 0 && clean < 2; tenths--) clean = lossless(most * tenths / 10) ? clean + 1 : 0;
    }
}
