using System.Globalization;

namespace LabEdge.Hil;

/// <summary>The tables of a load. What they say was measured here and now; nothing is judged by it but that frames came out as they must.</summary>
public static class LoadText
{
    private const int FcsLength = 4;

    public static void Print(IReadOnlyList<SizeResult> results, LoadSettings settings, TextWriter output)
    {
        output.WriteLine("Throughput (RFC 2544 section 26.1) and latency at that rate (26.2), in microseconds; sizes with FCS");
        output.WriteLine("   size  frames/s    Mbit/s  of line   frames      min      p50      p90      p99      max  damaged  twice  out of order");
        foreach (SizeResult result in results) output.WriteLine(Row(result, settings));
        output.WriteLine("Frame loss (26.3)");
        output.WriteLine("   size     asked   offered     sent  received      lost   loss %");
        foreach (SizeResult result in results)
        {
            foreach (TrialResult trial in result.Trials.OrderByDescending(trial => trial.Rate).DistinctBy(trial => trial.Rate))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {result.Size,5}  {trial.Rate,8:F0}  {trial.Offered,8:F0}  {trial.Sent,7}  {trial.Received,8}  {trial.Lost,8}  {trial.LossPercent,7:F2}"));
            }
        }
    }

    private static string Row(SizeResult result, LoadSettings settings)
    {
        if (!result.Passes) return $"  {result.Size,5}  does not pass in one piece";
        if (result.Best == null) return $"  {result.Size,5}  loses frames at every rate that was tried";
        TrialResult best = result.Best;
        double line = settings.LineBits / ((result.Size + 20) * 8);
        int damaged = result.Trials.Sum(trial => trial.Damaged);
        int twice = result.Trials.Sum(trial => trial.Duplicates);
        int order = result.Trials.Sum(trial => trial.OutOfOrder);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {result.Size,5}  {best.Offered,8:F0}  {best.Offered * (result.Size - FcsLength) * 8 / 1e6,8:F2}  {100 * best.Offered / line,6:F1}%  {best.Received,7}  {best.LatencyUs(0),7:F0}  {best.LatencyUs(50),7:F0}  {best.LatencyUs(90),7:F0}  {best.LatencyUs(99),7:F0}  {best.LatencyUs(100),7:F0}  {damaged,7}  {twice,5}  {order,12}");
    }
}
