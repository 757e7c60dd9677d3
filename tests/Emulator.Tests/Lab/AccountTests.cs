using System.Buffers.Binary;
using System.Globalization;
using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>The account that the forwarders write before a frame is made equals the frames on the wires, read by other code.</summary>
[TestClass]
public class AccountTests
{
    private sealed record Captured(long TimeUs, byte[] Octets);

    [TestMethod]
    [DataRow(LabFixture.L2)]
    [DataRow(LabFixture.L3)]
    public void Each_line_has_its_frame_on_the_link_at_that_time_with_that_stack(string name)
    {
        using LabFixture lab = new(name);
        string folder = Path.Combine(lab.Folder, "captures");
        LabFixture.Run(lab.Folder, new LabOptions { PcapFolder = folder });
        Dictionary<string, List<Captured>> captures = Directory.GetFiles(folder, "*.pcap").ToDictionary(Path.GetFileNameWithoutExtension, Read);

        int labelled = 0;
        foreach (string line in File.ReadAllLines(Path.Combine(folder, "account.txt")))
        {
            string[] columns = line.Split(' ', 5);
            long time = (long)Math.Round(decimal.Parse(columns[0], CultureInfo.InvariantCulture) * 1_000_000);
            List<Captured> link = captures[columns[3]];
            int found = link.FindIndex(frame => frame.TimeUs == time && StackOf(frame.Octets) == columns[4]);
            Assert.IsGreaterThanOrEqualTo(0, found, line);
            link.RemoveAt(found);
            if (columns[4] != "-") labelled++;
        }

        Assert.IsGreaterThan(50, labelled);
    }

    private static List<Captured> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        List<Captured> frames = [];
        for (int at = 24; at < file.Length;)
        {
            long time = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) * 1_000_000L + BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 4));
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8));
            frames.Add(new Captured(time, file[(at + 16)..(at + 16 + length)]));
            at += 16 + length;
        }

        return frames;
    }

    private static string StackOf(byte[] octets)
    {
        if (octets[12] != 0x88 || octets[13] != 0x47) return "-";
        List<string> entries = [];
        uint word;
        int at = 14;
        do
        {
            word = BinaryPrimitives.ReadUInt32BigEndian(octets.AsSpan(at));
            entries.Add($"{word >> 12}/{(word >> 9) & 7}/{(word >> 8) & 1}/{word & 255}");
            at += 4;
        }
        while ((word & 0x100) == 0);
        return string.Join(' ', entries);
    }
}
