using System.Reflection;
using LabEdge.Emulator.Chips;
using LabEdge.Hal.W5500;

namespace LabEdge.Tests;

/// <summary>The chip's registers: the data book's table against the driver's names and against the model, both ways.</summary>
[TestClass]
public class W5500RegisterTests
{
    // name, offset, octets, reset value, writable bits of every octet. PHYCFGR reads with the link up.
    private static readonly (string Name, int Offset, int Size, string Reset, int Writable)[] Common =
    [
        ("MR", 0x0000, 1, "00", 0x7F), ("GAR", 0x0001, 4, "00000000", 0xFF), ("SUBR", 0x0005, 4, "00000000", 0xFF),
        ("SHAR", 0x0009, 6, "000000000000", 0xFF), ("SIPR", 0x000F, 4, "00000000", 0xFF), ("INTLEVEL", 0x0013, 2, "0000", 0xFF),
        ("IR", 0x0015, 1, "00", 0x00), ("IMR", 0x0016, 1, "00", 0xFF), ("SIR", 0x0017, 1, "00", 0x00), ("SIMR", 0x0018, 1, "00", 0xFF),
        ("RTR", 0x0019, 2, "07D0", 0xFF), ("RCR", 0x001B, 1, "08", 0xFF), ("PTIMER", 0x001C, 1, "28", 0xFF), ("PMAGIC", 0x001D, 1, "00", 0xFF),
        ("PHAR", 0x001E, 6, "000000000000", 0xFF), ("PSID", 0x0024, 2, "0000", 0xFF), ("PMRU", 0x0026, 2, "FFFF", 0xFF),
        ("UIPR", 0x0028, 4, "00000000", 0x00), ("UPORTR", 0x002C, 2, "0000", 0x00), ("PHYCFGR", 0x002E, 1, "BF", 0xF8),
        ("VERSIONR", 0x0039, 1, "04", 0x00),
    ];

    private static readonly (string Name, int Offset, int Size, string Reset, int Writable)[] Socket =
    [
        ("Sn_MR", 0x0000, 1, "00", 0xFF), ("Sn_CR", 0x0001, 1, "00", 0x00), ("Sn_IR", 0x0002, 1, "00", 0x00), ("Sn_SR", 0x0003, 1, "00", 0x00),
        ("Sn_PORT", 0x0004, 2, "0000", 0xFF), ("Sn_DHAR", 0x0006, 6, "FFFFFFFFFFFF", 0xFF), ("Sn_DIPR", 0x000C, 4, "00000000", 0xFF),
        ("Sn_DPORT", 0x0010, 2, "0000", 0xFF), ("Sn_MSSR", 0x0012, 2, "0000", 0xFF), ("Sn_TOS", 0x0015, 1, "00", 0xFF),
        ("Sn_TTL", 0x0016, 1, "80", 0xFF), ("Sn_RXBUF_SIZE", 0x001E, 1, "02", 0xFF), ("Sn_TXBUF_SIZE", 0x001F, 1, "02", 0xFF),
        ("Sn_TX_FSR", 0x0020, 2, "0800", 0x00), ("Sn_TX_RD", 0x0022, 2, "0000", 0x00), ("Sn_TX_WR", 0x0024, 2, "0000", 0xFF),
        ("Sn_RX_RSR", 0x0026, 2, "0000", 0x00), ("Sn_RX_RD", 0x0028, 2, "0000", 0xFF), ("Sn_RX_WR", 0x002A, 2, "0000", 0x00),
        ("Sn_IMR", 0x002C, 1, "FF", 0xFF), ("Sn_FRAG", 0x002D, 2, "4000", 0xFF), ("Sn_KPALVTR", 0x002F, 1, "00", 0xFF),
    ];

    // Bits, commands, status values and control octets that the driver names.
    private static readonly (string Name, int Value)[] Values =
    [
        ("SpiHeaderLength", 3), ("RWB", 0x04), ("CommonRead", 0x00), ("CommonWrite", 0x04), ("SocketRead", 0x08), ("SocketWrite", 0x0C),
        ("TxBufferRead", 0x10), ("TxBufferWrite", 0x14), ("RxBufferRead", 0x18), ("RxBufferWrite", 0x1C), ("SocketShift", 5), ("SocketCount", 8),
        ("MR_RST", 0x80), ("MR_PB", 0x10), ("RTR_Reset", 0x07D0), ("PHYCFGR_LNK", 0x01), ("VERSIONR_W5500", 0x04),
        ("Sn_MR_MFEN", 0x80), ("Sn_MR_MACRAW", 0x04), ("Sn_CR_OPEN", 0x01), ("Sn_CR_CLOSE", 0x10), ("Sn_CR_SEND", 0x20), ("Sn_CR_RECV", 0x40),
        ("Sn_IR_RECV", 0x04), ("Sn_IR_SENDOK", 0x10), ("Sn_SR_MACRAW", 0x42),
        ("LengthHeader", 2), ("MinFrameLength", 60), ("MaxFrameLength", 1514), ("BufferKilobytes", 16), ("BufferOctets", 16384),
    ];

    [TestMethod]
    public void Every_name_of_the_driver_has_the_data_books_value()
    {
        Dictionary<string, int> book = Values.ToDictionary(row => row.Name, row => row.Value);
        foreach (var row in Common.Concat(Socket)) book.Add(row.Name, row.Offset);
        FieldInfo[] names = typeof(W5500Registers).GetFields(BindingFlags.Public | BindingFlags.Static);
        foreach (FieldInfo name in names)
        {
            Assert.IsTrue(book.ContainsKey(name.Name), name.Name + " is not in the data book's tables");
            Assert.AreEqual(book[name.Name], (int)name.GetRawConstantValue(), name.Name);
        }

        foreach (var value in Values) Assert.IsTrue(names.Any(name => name.Name == value.Name), value.Name + " is not in W5500Registers");
    }

    [TestMethod]
    public void Registers_of_the_model_have_their_reset_values()
    {
        W5500Chip chip = new(() => 0);
        foreach (var row in Common) Assert.AreEqual(row.Reset, Read(chip, 0x00, row.Offset, row.Size), row.Name);
        for (int socket = 0; socket < 8; socket++)
        {
            foreach (var row in Socket) Assert.AreEqual(row.Reset, Read(chip, 0x08 | (socket << 5), row.Offset, row.Size), row.Name + " of socket " + socket);
        }
    }

    [TestMethod]
    public void A_written_register_reads_back_and_no_other_changes()
    {
        // Each register alone on a fresh chip; the commands, RST and pointers of socket 0 have effects and their own tests.
        string[] effects = ["MR", "PHYCFGR", "Sn_CR", "Sn_TXBUF_SIZE", "Sn_TX_WR"];
        foreach (var (table, control) in new[] { (Common, 0x00), (Socket, 0x08) })
        {
            foreach (var row in table.Where(row => !effects.Contains(row.Name)))
            {
                W5500Chip chip = new(() => 0);
                byte[] write = new byte[3 + row.Size];
                (write[0], write[1], write[2]) = ((byte)(row.Offset >> 8), (byte)row.Offset, (byte)(control | 0x04));
                write.AsSpan(3).Fill(0x5A);
                chip.Write(write, 0, write.Length);
                byte[] reset = Convert.FromHexString(row.Reset);
                string expected = Convert.ToHexString(reset.Select(octet => (byte)((octet & ~row.Writable) | (0x5A & row.Writable))).ToArray());
                foreach (var other in table)
                {
                    Assert.AreEqual(other.Name == row.Name ? expected : other.Reset, Read(chip, control, other.Offset, other.Size), row.Name + " written, " + other.Name + " read");
                }
            }
        }
    }

    [TestMethod]
    public void Header_octets_answer_01_02_03_and_fixed_lengths_end_early()
    {
        W5500Chip chip = new(() => 0);
        byte[] octets = [0x00, 0x19, 0x00, 0xEE, 0xEE, 0xEE];
        chip.Transfer(octets, 0, octets, 0, 6);
        Assert.AreEqual("01020307D008", Convert.ToHexString(octets));

        byte[] two = [0x00, 0x19, 0x02, 0xEE, 0xEE, 0xEE];
        chip.Transfer(two, 0, two, 0, 6);
        Assert.AreEqual("01020307D000", Convert.ToHexString(two));

        byte[] writeOne = [0x00, 0x01, 0x05, 0x11, 0x22];
        chip.Write(writeOne, 0, 5);
        Assert.AreEqual("1100", Read(chip, 0x00, 0x0001, 2));
        Assert.AreEqual(4, chip.Transfers);
        Assert.AreEqual(6 + 6 + 5 + 5, chip.OctetsMoved);
    }

    [TestMethod]
    public void Software_reset_clears_itself_after_its_time()
    {
        W5500Chip chip = new(() => 0);
        chip.Write([0x00, 0x09, 0x04, 0xAA], 0, 4);
        chip.Write([0x00, 0x00, 0x04, 0x80], 0, 4);
        Assert.AreEqual("80", Read(chip, 0x00, 0x0000, 1));
        chip.Advance(1_000_000);
        Assert.AreEqual("00", Read(chip, 0x00, 0x0000, 1));
        Assert.AreEqual("00", Read(chip, 0x00, 0x0009, 1));
    }

    [TestMethod]
    public void A_chip_held_in_reset_or_without_its_PLL_does_not_answer()
    {
        W5500Chip chip = new(() => 0);
        chip.ResetPin.Write(false);
        Assert.AreEqual("00", Read(chip, 0x00, 0x0039, 1));
        chip.ResetPin.Write(true);
        Assert.AreEqual("00", Read(chip, 0x00, 0x0039, 1));
        chip.Advance(1_000_000);
        Assert.AreEqual("04", Read(chip, 0x00, 0x0039, 1));
    }

    private static string Read(W5500Chip chip, int control, int offset, int count)
    {
        byte[] octets = new byte[3 + count];
        (octets[0], octets[1], octets[2]) = ((byte)(offset >> 8), (byte)offset, (byte)control);
        chip.Transfer(octets, 0, octets, 0, octets.Length);
        return Convert.ToHexString(octets, 3, count);
    }
}
