using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Bench;

/// <summary>The pcap port alone, in this process: a capture is read as fast as it goes, and every frame written to another.</summary>
public static class PcapRow
{
    private const int Frames = 100_000;

    /// <returns>Frames per CPU-second, one figure per round.</returns>
    public static double[] Run(int rounds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("labedge-bench-");
        try
        {
            string file = Path.Combine(folder.FullName, "in.pcap");
            Frame[] frames = LabelledFrames.Make(256);
            using (PcapWriter writer = new(file))
            {
                for (int i = 0; i < Frames; i++) writer.Write(i, frames[i & 255].Octets, LabelledFrames.Headroom, LabelledFrames.Length);
            }

            double[] figures = new double[rounds];
            for (int round = -1; round < rounds; round++)
            {
                using PcapPort port = new(file, PcapPort.Fast, Path.Combine(folder.FullName, "out.pcap"), 1614, () => 0);
                long before = CpuClock.ThreadNs();
                int count;
                while ((count = port.ReceiveBurst(frames, 32)) > 0)
                {
                    for (int i = 0; i < count; i++) port.Send(frames[i]);
                }
                if (port.FramesSent != Frames) throw new InvalidOperationException("the pcap port lost frames");
                if (round >= 0) figures[round] = Frames * 1e9 / (CpuClock.ThreadNs() - before);
            }
            return figures;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
