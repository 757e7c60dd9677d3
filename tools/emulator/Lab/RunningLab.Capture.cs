namespace LabEdge.Emulator;

// A capture that a person starts and stops while the lab runs.
public sealed partial class RunningLab
{
    private WireCapture _asked;

    /// <summary>Captures every link from now on, into <c>LINK.pcap</c> of a folder; one that runs ends.</summary>
    /// <exception cref="PortException">It is no folder, or cannot be written to.</exception>
    public void StartCapture(string folder)
    {
        WireCapture capture = CaptureFolder.Open(folder, () => new WireCapture(Queue, folder, Wires), "capture");
        StopCapture();
        _asked = capture;
    }

    /// <returns>False when none runs.</returns>
    public bool StopCapture()
    {
        bool runs = _asked != null;
        _asked?.Dispose();
        _asked = null;
        return runs;
    }
}
