using CsCheck;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class InternetChecksumTests
{
    [TestMethod]
    [DataRow("", 0xFFFF)]
    [DataRow("00", 0xFFFF)]
    [DataRow("0000", 0xFFFF)]
    [DataRow("FFFF", 0x0000)]
    [DataRow("FFFF FFFF", 0x0000)]
    [DataRow("0001", 0xFFFE)]
    [DataRow("01", 0xFEFF)]
    [DataRow("FF", 0x00FF)]
    [DataRow("FF00 FF", 0x01FE)]
    [DataRow("0001 F203 F4F5 F6F7", 0x220D)] // RFC 1071 section 3: the sum is DDF2
    [DataRow("4500 0073 0000 4000 4011 0000 C0A80001 C0A800C7", 0xB861)]
    [DataRow("4500 0073 0000 4000 4011 B861 C0A80001 C0A800C7", 0x0000)]
    public void Of_gives_the_complement_of_the_sum(string hex, int checksum)
    {
        byte[] octets = Hex.Octets("A5A5A5" + hex + "A5");
        Assert.AreEqual(checksum, InternetChecksum.Of(octets, 3, octets.Length - 4));
    }

    [TestMethod]
    public void Sum_is_unfolded_and_Fold_takes_it()
    {
        byte[] octets = Hex.Octets("0001 F203 F4F5 F6F7");
        int sum = InternetChecksum.Sum(octets, 0, 8, 0);
        Assert.AreEqual(0x2DDF0, sum);
        Assert.AreEqual(0x220D, InternetChecksum.Fold(sum));
    }

    [TestMethod]
    [DataRow(0, 0xFFFF)]
    [DataRow(0xFFFF, 0)]
    [DataRow(0x10000, 0xFFFE)]
    [DataRow(0x1FFFE, 0)]
    [DataRow(0x7FFFFFFF, 0x8000)]
    [DataRow(unchecked((int)0x80000000), 0x7FFF)]
    [DataRow(-1, 0)] // FFFF + FFFF
    public void Fold_reads_any_32_bits_as_unsigned(int sum, int checksum)
    {
        Assert.AreEqual(checksum, InternetChecksum.Fold(sum));
    }

    [TestMethod]
    public void Every_length_up_to_100_octets_agrees_with_the_remainder_modulo_65535()
    {
        Random random = new(4711);
        for (int length = 0; length <= 100; length++)
        {
            for (int turn = 0; turn < 20; turn++)
            {
                byte[] octets = new byte[length];
                random.NextBytes(octets);
                Assert.AreEqual(ReferenceChecksum.Of(octets), InternetChecksum.Of(octets, 0, length), Hex.Text(octets));
            }
        }
    }

    [TestMethod]
    [DataRow(16383)]
    [DataRow(16384)]
    [DataRow(16385)]
    [DataRow(16386)]
    [DataRow(32768)]
    [DataRow(65535)]
    [DataRow(65536)]
    [DataRow(300001)]
    public void No_length_overflows_the_sum(int length)
    {
        byte[] ones = new byte[length];
        Array.Fill(ones, (byte)0xFF);
        int sum = InternetChecksum.Sum(ones, 0, length, int.MaxValue);
        Assert.IsGreaterThanOrEqualTo(0, sum);
        Assert.AreEqual(ReferenceChecksum.Of(Hex.Octets("7FFF FFFF"), ones), InternetChecksum.Fold(sum));

        byte[] octets = new byte[length];
        new Random(length).NextBytes(octets);
        Assert.AreEqual(ReferenceChecksum.Of(octets), InternetChecksum.Of(octets, 0, length));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(0x0001FFFE)]
    [DataRow(int.MaxValue)]
    [DataRow(int.MinValue)]
    [DataRow(-1)]
    public void Sum_reads_any_32_bits_so_far_as_unsigned(int initial)
    {
        byte[] before = new byte[4];
        Octets.WriteInt32(before, 0, initial);
        for (int length = 0; length < 6; length++)
        {
            byte[] octets = Hex.Octets("FFFEFFFFFFFF")[..length];
            int sum = InternetChecksum.Sum(octets, 0, length, initial);
            Assert.IsGreaterThanOrEqualTo(0, sum);
            Assert.AreEqual(ReferenceChecksum.Of(before, octets), InternetChecksum.Fold(sum), $"{length} octets");
        }
    }

    [TestMethod]
    public void Parts_of_even_length_add_up_to_the_whole()
    {
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 100], Gen.Int).Sample((octets, half, initial) =>
        {
            int first = Math.Min(half * 2, octets.Length & ~1);
            int whole = InternetChecksum.Sum(octets, 0, octets.Length, initial);
            int parts = InternetChecksum.Sum(octets, first, octets.Length - first, InternetChecksum.Sum(octets, 0, first, initial));
            return InternetChecksum.Fold(whole) == InternetChecksum.Fold(parts);
        }, iter: 10_000);
    }

    [TestMethod]
    public void A_header_that_holds_its_checksum_sums_to_zero()
    {
        Gen.Byte.Array[1, 64].Sample(octets =>
        {
            byte[] message = [0, 0, .. octets];
            Octets.WriteUInt16(message, 0, InternetChecksum.Of(message, 0, message.Length));
            return InternetChecksum.Of(message, 0, message.Length) == 0;
        }, iter: 10_000);
    }
}
