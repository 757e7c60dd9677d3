using System.Security.Cryptography;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

[TestClass]
public sealed class Md5Tests
{
    // RFC 1321 appendix A.5
    [TestMethod]
    [DataRow("", "D41D8CD98F00B204E9800998ECF8427E")]
    [DataRow("abc", "900150983CD24FB0D6963F7D28E17F72")]
    [DataRow("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "57EDF4A22BE3C955AC49DA2E2107B67A")]
    public void The_RFCs_examples_come_out(string message, string digest) =>
        Assert.AreEqual(digest, Convert.ToHexString(Digest(System.Text.Encoding.ASCII.GetBytes(message), int.MaxValue)));

    [TestMethod]
    public void Every_length_in_every_cut_is_as_the_platform_says()
    {
        byte[] message = [.. Enumerable.Range(0, 260).Select(i => (byte)(i * 37))];
        for (int n = 0; n <= message.Length; n++)
        {
            string expected = Convert.ToHexString(MD5.HashData(message.AsSpan(0, n)));
            Assert.AreEqual(expected, Convert.ToHexString(Digest(message[..n], 1 + n % 70)), $"{n} octets");
        }
    }

    private static byte[] Digest(byte[] message, int cut)
    {
        Md5 md5 = new();
        byte[] to = new byte[18];
        md5.Begin();
        for (int at = 0; at < message.Length; at += cut) md5.Add(message, at, Math.Min(cut, message.Length - at));
        md5.End(to, 1);
        Assert.AreEqual(0, to[0] | to[17]);
        return to[1..17];
    }
}
