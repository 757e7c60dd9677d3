using System.Text;
using LabEdge.Cli;

namespace LabEdge.Tests.ConsoleRoom;

[TestClass]
public sealed class LexerTests
{
    private readonly LineLexer _line = new();

    private int Read(string text)
    {
        byte[] octets = Encoding.Latin1.GetBytes(text);
        return _line.Read(octets, 0, octets.Length);
    }

    private string Words()
    {
        return string.Join('|', Enumerable.Range(0, _line.Words).Select(_line.Word));
    }

    [TestMethod]
    [DataRow("ip address 1.2.3.4", "ip|address|1.2.3.4")]
    [DataRow("\tip\t \taddress ", "ip|address")]
    [DataRow("end\r", "end")]
    [DataRow("a b   \t \r", "a|b")]
    [DataRow("", "")]
    [DataRow("   \t", "")]
    [DataRow("\r", "")]
    public void Words_are_what_stands_between_blanks(string text, string words)
    {
        Assert.AreEqual(LineLexer.Ok, Read(text));
        Assert.AreEqual(words, Words());
    }

    [TestMethod]
    public void A_line_of_254_characters_is_taken_and_one_of_255_is_not()
    {
        Assert.AreEqual(LineLexer.Ok, Read(new string('a', 254)));
        Assert.AreEqual(254, _line.Length);
        Assert.AreEqual(LineLexer.TooLong, Read(new string('a', 255)));
        Assert.AreEqual(LineLexer.TooLong, Read(new string('a', 300)));
        Assert.AreEqual(LineLexer.MaxLength, _line.FaultAt);
        Assert.AreEqual(LineLexer.Ok, Read(new string('a', 254) + "   \r"), "blanks at the end do not count");
    }

    [TestMethod]
    public void An_octet_that_is_not_ascii_is_told_with_its_column()
    {
        Assert.AreEqual(LineLexer.NotAscii, Read("hostname Z\u00FCrich"));
        Assert.AreEqual(10, _line.FaultAt);
        Assert.AreEqual(LineLexer.NotAscii, Read("a\0b"));
        Assert.AreEqual(1, _line.FaultAt);
        Assert.AreEqual(LineLexer.NotAscii, _line.Read("hostname \u4E2D"));
    }

    [TestMethod]
    public void Thirty_two_words_are_taken_and_thirty_three_are_not()
    {
        Assert.AreEqual(LineLexer.Ok, Read(string.Join(' ', Enumerable.Repeat("a", 32))));
        Assert.AreEqual(LineLexer.TooManyWords, Read(string.Join(' ', Enumerable.Repeat("a", 33))));
    }
}

[TestClass]
public sealed class LiteralTests
{
    private static byte[] Octets(string text) => Encoding.ASCII.GetBytes(text);

    [TestMethod]
    [DataRow("0.0.0.0", 0u)]
    [DataRow("10.0.0.1", 0x0A000001u)]
    [DataRow("255.255.255.255", 0xFFFFFFFFu)]
    [DataRow("001.2.3.4", 0x01020304u)]
    public void An_address_has_four_parts(string text, uint address)
    {
        Assert.IsTrue(Literal.Address(Octets(text), 0, text.Length, out uint read));
        Assert.AreEqual(address, read);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("10")]
    [DataRow("10.0.0")]
    [DataRow("10.0.0.")]
    [DataRow("10.0.0.256")]
    [DataRow("10.0.0.300")]
    [DataRow("10.0.0.1.1")]
    [DataRow(".10.0.0.1")]
    [DataRow("10..0.1")]
    [DataRow("10.0.0.0001")]
    [DataRow("10.0.0.x")]
    [DataRow("-1.0.0.1")]
    public void Anything_else_is_no_address(string text)
    {
        Assert.IsFalse(Literal.Address(Octets(text), 0, text.Length, out _));
    }

    [TestMethod]
    public void Every_mask_reads_back_and_one_with_a_hole_does_not()
    {
        for (int bits = 0; bits <= 32; bits++)
        {
            TextBuffer text = new(20);
            text.Address(Literal.MaskOf(bits));
            Assert.IsTrue(Literal.Mask(text.Octets, 0, text.Used, out int read));
            Assert.AreEqual(bits, read);
        }

        Assert.IsFalse(Literal.Mask(Octets("255.0.255.0"), 0, 11, out _));
        Assert.IsFalse(Literal.Mask(Octets("0.255.0.0"), 0, 9, out _));
    }

    [TestMethod]
    [DataRow("0", true, 0u)]
    [DataRow("4294967295", true, 4294967295u)]
    [DataRow("4294967296", false, 0u)]
    [DataRow("99999999999", false, 0u)]
    [DataRow("", false, 0u)]
    [DataRow("1x", false, 0u)]
    public void A_number_has_32_bits(string text, bool right, uint number)
    {
        Assert.AreEqual(right, Literal.Number(Octets(text), 0, text.Length, out uint read));
        if (right) Assert.AreEqual(number, read);
    }

    // RFC 4364 section 4.2: type 0 = ASN(2):N(4), type 1 = address:N(2), type 2 = ASN(4):N(2).
    [TestMethod]
    [DataRow("65000:1", 0x0000FDE8u, 0x00000001u)]
    [DataRow("1:4294967295", 0x00000001u, 0xFFFFFFFFu)]
    [DataRow("10.0.0.1:7", 0x00010A00u, 0x00010007u)]
    [DataRow("70000:2", 0x00020001u, 0x11700002u)]
    public void A_distinguisher_reads_and_writes_in_its_three_types(string text, uint high, uint low)
    {
        Assert.IsTrue(Literal.Distinguisher(Octets(text), 0, text.Length, out uint h, out uint l));
        Assert.AreEqual(high, h);
        Assert.AreEqual(low, l);
        TextBuffer written = new(40);
        Literal.PutDistinguisher(written, h, l);
        Assert.AreEqual(text, Encoding.ASCII.GetString(written.Octets, 0, written.Used));
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow(":1")]
    [DataRow("1:")]
    [DataRow("70000:65536")]
    [DataRow("10.0.0.1:65536")]
    [DataRow("0:0")]
    [DataRow("a:b")]
    public void Anything_else_is_no_distinguisher(string text)
    {
        Assert.IsFalse(Literal.Distinguisher(Octets(text), 0, text.Length, out _, out _));
    }
}
