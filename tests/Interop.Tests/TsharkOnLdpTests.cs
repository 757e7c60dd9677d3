namespace LabEdge.Tests.Interop;

/// <summary>What is let off is exactly what tshark cannot read: an octet more or less, and the packet is reported.</summary>
[TestClass]
public sealed class TsharkOnLdpTests
{
    // PDU: version 1, length, LSR identifier 9.9.9.9:0. Message: type, length, identifier. FEC TLV: 0100, length, elements.
    [TestMethod]
    [DataRow("0001 0019 09090909 0000  0402 000F 0000007C  0100 0007 02 0001 18 AC1116", true, "withdrawal of a prefix at the end of a packet")]
    [DataRow("0001 0017 09090909 0000  0401 000D 0000007C  0100 0005 05 02 02 0001", true, "request for all prefixes")]
    [DataRow("0001 001F 09090909 0000  0401 000D 0000007C  0100 0005 05 02 02 0001  0201 0004 00000001", true, "typed wildcard, a message behind it")]
    [DataRow("0001 0021 09090909 0000  0402 000F 0000007C  0100 0007 02 0001 18 AC1116  0201 0004 00000001", false, "a prefix with octets behind it: tshark can read it")]
    [DataRow("0001 0019 09090909 0000  0402 000F 0000007C  0100 0007 02 0001 19 AC1116", false, "a prefix that needs an octet more")]
    [DataRow("0001 0019 09090909 0000  0402 000F 0000007C  0100 0008 02 0001 18 AC1116", false, "a TLV longer than its message")]
    [DataRow("0001 0019 09090909 0000  0402 0010 0000007C  0100 0007 02 0001 18 AC1116", false, "a message longer than its PDU")]
    [DataRow("0001 0029 09090909 0000  0402 000F 0000007C  0100 0007 02 0001 18 AC1116", true, "a part of a PDU that ends with a withdrawal")]
    [DataRow("0001 0029 09090909 0000  0402 000F 0000007C  0100 0007 02 0001 18 AC1116 0201 0004 00000001", false, "a part of a PDU that ends with another message")]
    [DataRow("0001 0005 09090909 0000", false, "a PDU shorter than its header")]
    [DataRow("0001 0017 09090909 0000  0401 000D 0000007C  0100 0005 05 02 03 0001", false, "a typed wildcard whose length lies")]
    public void A_packet_is_let_off_only_for_what_tshark_cannot_read(string octets, bool excused, string what)
    {
        Assert.AreEqual(excused, TsharkOnLdp.IsExcused(Convert.FromHexString(octets.Replace(" ", ""))), what);
    }
}
