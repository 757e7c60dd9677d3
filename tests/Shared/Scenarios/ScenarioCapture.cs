using System.Buffers.Binary;
using LabEdge.Forwarding;

namespace LabEdge.Tests.Scenarios;

/// <summary>The frames that a file's scenarios say the router sends, as a capture: tests/captures has one per file.</summary>
public static class ScenarioCapture
{
    /// <summary>Set to 1, the test writes the captures in place of comparing them.</summary>
    public const string WriteVariable = "LABEDGE_WRITE_CAPTURES";

    /// <returns>Name of the scenario file without its ending, and the frames of its scenarios in order; files that send nothing are left out.</returns>
    public static List<(string Name, List<List<SentFrame>> Scenarios)> Frames()
    {
        return
        [
            .. ScenarioFile.ReadFolder(Repository.PathOf("tests", "scenarios"))
                .GroupBy(s => Path.GetFileNameWithoutExtension(s.File))
                .Select(file => (file.Key, file.Select(s => ScenarioRun.Run(s, new PortableKernel())).ToList()))
                .Where(file => file.Item2.Exists(frames => frames.Count > 0)),
        ];
    }

    /// <summary>A pcap file (Ethernet, microseconds, little-endian): the n-th scenario's frames at second n.</summary>
    public static byte[] Pcap(List<List<SentFrame>> scenarios)
    {
        using MemoryStream file = new();
        file.Write(Words(0xA1B2C3D4, 0x00040002, 0, 0, 65535, 1));
        for (int s = 0; s < scenarios.Count; s++)
        {
            for (int f = 0; f < scenarios[s].Count; f++)
            {
                byte[] octets = scenarios[s][f].Octets;
                file.Write(Words((uint)s, (uint)f, (uint)octets.Length, (uint)octets.Length));
                file.Write(octets);
            }
        }

        return file.ToArray();
    }

    private static byte[] Words(params uint[] words)
    {
        byte[] octets = new byte[words.Length * 4];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(octets.AsSpan(i * 4), words[i]);
        return octets;
    }
}
