using LabEdge.Ldp;

namespace LabEdge.Tests.Ldp;

[TestClass]
public class PwIdElementTests
{
    // octets after the element type; control word, type, group, VC id (- = a group), parameters "type:value octets"
    private static readonly string[] Table =
    [
        "80 0005 04 00000000 00000064                                         | off 5 0 100",
        "80 8005 08 00000007 000000C8 01 04 05DC                              | on 5 7 200 1:05DC",
        "80 8004 0C 0000FFFF FFFFFFFF 01 04 2328 17 04 C000                   | on 4 65535 4294967295 1:2328 23:C000",
        "80 0005 0A 00000001 00000001 09 02 01 04 0000                        | off 5 1 1 9: 1:0000",
        "80 0005 00 12345678                                                  | off 5 305419896 -",
        "80 FFFF 00 00000000                                                  | on 32767 0 -",
        "80 8005 0F 00000000 00000064 03 07 5231205231 0C 04 0102             | on 5 0 100 3:5231205231 12:0102",
    ];

    [TestMethod]
    public void Octets_mean_what_the_table_says()
    {
        foreach (string row in Table)
        {
            (byte[] octets, string[] words) = Row(row);
            Assert.AreEqual(octets.Length, PwIdElement.ReadLength(octets, 0, octets.Length), row);
            Assert.AreEqual(words[0] == "on", PwIdElement.ReadWord(octets, 0), row);
            Assert.AreEqual(words[1], PwIdElement.ReadType(octets, 0).ToString(), row);
            Assert.AreEqual(words[2], PwIdElement.ReadGroup(octets, 0).ToString(), row);
            Assert.AreEqual(words[3] == "-", PwIdElement.IsGroup(octets, 0), row);
            if (words[3] != "-") Assert.AreEqual(words[3], PwIdElement.ReadVcId(octets, 0).ToString(), row);
            foreach (string parameter in words.Skip(4))
            {
                string[] halves = parameter.Split(':');
                int at = PwIdElement.FindParameter(octets, 0, int.Parse(halves[0]));
                Assert.IsGreaterThan(0, at, row + ": " + parameter);
                Assert.AreEqual(halves[1], Hex.Text(octets, at, octets[at - 1] - 2).Replace(" ", ""), row);
            }
            Assert.AreEqual(-1, PwIdElement.FindParameter(octets, 0, 0x44), row);
        }
    }

    [TestMethod]
    public void What_the_table_says_is_written_into_filled_memory()
    {
        foreach (string row in Table.Where(r => !r.Contains(" -", StringComparison.Ordinal) && !r.Contains(" 3:", StringComparison.Ordinal)))
        {
            (byte[] octets, string[] words) = Row(row);
            PduWriter writer = new(200);
            Array.Fill(writer.Octets, FilledMemory.Filler);
            writer.Begin(1, 200);
            writer.Message(LdpMessage.LabelMapping, 1);
            int parameters = octets.Length - PwIdElement.Length;
            PwIdElement.Write(writer, words[0] == "on", int.Parse(words[1]), (int)uint.Parse(words[2]), uint.Parse(words[3]), parameters);
            foreach (string[] halves in words.Skip(4).Select(w => w.Split(':')))
            {
                if (halves[1].Length == 0)
                {
                    writer.UInt8(int.Parse(halves[0]));
                    writer.UInt8(2);
                    continue;
                }
                PwIdElement.WriteParameter(writer, int.Parse(halves[0]), Convert.ToInt32(halves[1], 16));
            }
            Assert.AreEqual("0100" + octets.Length.ToString("X4") + Convert.ToHexString(octets), Convert.ToHexString(writer.Octets, 18, writer.Length - 18), row);
        }
    }

    [TestMethod]
    public void No_truncation_and_no_length_that_lies_is_read()
    {
        foreach (string row in Table)
        {
            (byte[] octets, _) = Row(row);
            for (int length = 0; length < octets.Length; length++) Assert.AreEqual(-1, PwIdElement.ReadLength(octets, 0, length), $"{row}: {length} octets");
        }
        string[] lies =
        [
            "80 0005 01 00000000 00", "80 0005 03 00000000 000000", "80 0005 05 00000000 00000064 01",   // half a PW id, half a parameter
            "80 0005 08 00000000 00000064 01 05 05DC", "80 0005 08 00000000 00000064 01 03 05DC",           // a parameter past its parent; an MTU of one octet
            "80 0005 06 00000000 00000064 01 00", "80 0005 06 00000000 00000064 01 01",                      // shorter than its header
            "80 0005 06 00000000 00000064 01 02", "80 0005 0A 00000000 00000064 17 06 C0000000",             // MTU and flow label of other sizes
        ];
        foreach (string lie in lies)
        {
            byte[] octets = Hex.Octets(lie);
            Assert.AreEqual(-1, PwIdElement.ReadLength(octets, 0, octets.Length), lie);
        }
    }

    private static (byte[] Octets, string[] Words) Row(string row)
    {
        string[] halves = row.Split('|');
        return (Hex.Octets(halves[0]), halves[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
