namespace LabEdge.Hil;

/// <summary>What one trial came to: so many frames at one rate.</summary>
/// <param name="Rate">Frames per second that were asked for.</param>
/// <param name="Offered">Frames per second that this machine has sent.</param>
/// <param name="Sent">Frames that a port of this machine took.</param>
/// <param name="Refused">Frames that it did not take.</param>
/// <param name="Received">Frames that came out as they must, each counted once.</param>
/// <param name="Damaged">Frames that came out otherwise.</param>
/// <param name="Duplicates">Frames that came out once more.</param>
/// <param name="OutOfOrder">Frames that came out after a later one.</param>
/// <param name="LatenciesUs">Microseconds of each received frame, in order of size.</param>
public sealed record TrialResult(double Rate, double Offered, int Sent, int Refused, int Received, int Damaged, int Duplicates, int OutOfOrder, double[] LatenciesUs)
{
    public int Lost => Sent - Received - Damaged;

    public double LossPercent => Sent == 0 ? 0 : 100.0 * Lost / Sent;

    /// <summary>Nothing was changed on the way, and nothing came twice.</summary>
    public bool Sound => Damaged == 0 && Duplicates == 0;

    /// <summary>A percentile of the latencies by the nearest rank; 0 when nothing came.</summary>
    public double LatencyUs(double percent)
    {
        if (LatenciesUs.Length == 0) return 0;
        int rank = (int)Math.Ceiling(percent / 100 * LatenciesUs.Length);
        return LatenciesUs[Math.Clamp(rank, 1, LatenciesUs.Length) - 1];
    }
}
