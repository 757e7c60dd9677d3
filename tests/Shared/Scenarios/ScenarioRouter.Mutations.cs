using LabEdge.Forwarding;

namespace LabEdge.Tests.Scenarios;

// The frame of a line "send", spoiled in many ways: whatever becomes of it, nothing throws, a frame that does not go on is as it came,
// and both ledgers are exact.
public sealed partial class ScenarioRouter
{
    private const int SpoiledOctets = 96;

    private static readonly int[] Edges = [0, 1, 2, 3, 4, 7, 13, 16, 20, 40, 0x45, 0x4F, 0x60, 0x7F, 0x80, 0xFE, 0xFF];

    /// <summary>Takes one spoiled form of the line's frame through the kernel, and Host when there is one.</summary>
    /// <param name="numbers">Gives the same numbers for the same seed.</param>
    /// <returns>How it ended, and every octet that was sent: the same in both kernel forms.</returns>
    public string SendSpoiled(ScenarioLine line, Random numbers)
    {
        (int port, byte[] octets) = Build(line);
        byte[] spoiled = Spoil(octets, numbers);
        try
        {
            Forward(port, spoiled);
            CheckLedgers(line);
        }
        catch (ScenarioException error)
        {
            throw new ScenarioException($"{line.Place}: {error.Message}\nreceived {Hex.Text(spoiled)}");
        }

        return string.Join(", ", _ends) + All();
    }

    private byte[] Spoil(byte[] whole, Random numbers)
    {
        byte[] octets = (byte[])whole.Clone();
        int reach = Math.Min(octets.Length, SpoiledOctets);
        for (int changes = reach == 0 ? 0 : numbers.Next(1, 4); changes > 0; changes--)
        {
            int at = numbers.Next(reach);
            switch (numbers.Next(3))
            {
                case 0: octets[at] ^= (byte)(1 << numbers.Next(8)); break;
                case 1: octets[at] = (byte)Edges[numbers.Next(Edges.Length)]; break;
                default: octets[at] = (byte)numbers.Next(256); break;
            }
        }

        // A header whose checksum is wrong is all that is seen of the packet: mostly it is made right again.
        if (numbers.Next(4) != 0) Mend(octets);
        return numbers.Next(6) switch
        {
            0 => octets[..numbers.Next(octets.Length + 1)],
            1 => [.. octets, .. new byte[numbers.Next(1, 60)]],
            _ => octets,
        };
    }

    private void Mend(byte[] octets)
    {
        for (int i = 0; i < Context.Received.Count && i < Context.ReceivedOffsets.Count; i++)
        {
            int at = Context.ReceivedOffsets[i];
            if (at + 20 > octets.Length || octets[at] >> 4 != 4) continue;
            int header = (octets[at] & 15) * 4;
            if (header < 20 || at + header > octets.Length || Context.Received[i].Kind != "ip") continue;
            octets[at + 10] = octets[at + 11] = 0;
            int sum = 0;
            for (int k = 0; k < header; k += 2) sum += octets[at + k] * 256 + octets[at + k + 1];
            while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
            octets[at + 10] = (byte)(~sum >> 8);
            octets[at + 11] = (byte)~sum;
        }
    }
}
