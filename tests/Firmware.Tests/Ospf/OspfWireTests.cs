using LabEdge.Ospf;

namespace LabEdge.Tests.Ospf;

/// <summary>Packets and advertisements of OSPF octet by octet.</summary>
[TestClass]
public sealed class OspfWireTests
{
    // A router-LSA of 4.4.4.4 with one transit link and one stub link, in its first instance; the checksum by the RFC 905 sums of the test.
    private const string RouterLsa = "0001 02 01 04040404 04040404 80000001 0000 0030"
        + "00 00 0002  C0A80001 C0A80002 02 00 000A  0A000000 FFFFFF00 03 00 0001";

    [TestMethod]
    public void The_checksum_of_an_advertisement_makes_both_sums_zero()
    {
        for (int extra = 0; extra < 40; extra++)
        {
            byte[] lsa = [.. Hex.Octets(RouterLsa), .. Enumerable.Range(0, extra).Select(i => (byte)(i * 91 + extra))];
            lsa[18] = (byte)(lsa.Length >> 8);
            lsa[19] = (byte)lsa.Length;
            LsaHeader.WriteChecksum(lsa, 0);
            Assert.IsTrue(LsaHeader.ChecksumRight(lsa, 0));
            long c0 = 0;
            long c1 = 0;
            foreach (byte octet in lsa.Skip(2))
            {
                c0 += octet;
                c1 += c0;
            }

            Assert.AreEqual(0, c0 % 255);
            Assert.AreEqual(0, c1 % 255);
            for (int at = 2; at < lsa.Length; at++)
            {
                byte[] wrong = (byte[])lsa.Clone();
                wrong[at] ^= 1;
                if (at is 18 or 19) continue;
                Assert.IsFalse(LsaHeader.ChecksumRight(wrong, 0), $"octet {at}");
            }

            lsa[0] ^= 0x0F;
            Assert.IsTrue(LsaHeader.ChecksumRight(lsa, 0), "the age is not in it");
        }
    }

    [TestMethod]
    public void An_advertisement_cut_short_or_with_a_length_that_lies_does_not_fit()
    {
        byte[] lsa = Hex.Octets(RouterLsa);
        Assert.IsTrue(LsaHeader.Fits(lsa, 0, lsa.Length));
        for (int n = 0; n < lsa.Length; n++) Assert.IsFalse(LsaHeader.Fits(lsa, 0, n), $"{n} octets");
        for (int length = 0; length < lsa.Length; length++)
        {
            lsa[19] = (byte)length;
            Assert.IsFalse(LsaHeader.Fits(lsa, 0, lsa.Length), $"length {length}");
        }

        lsa[19] = 48;
        lsa[23] = 3;
        Assert.IsFalse(LsaHeader.Fits(lsa, 0, lsa.Length), "more links than octets");
        lsa[23] = 2;
        lsa[45] = 1;
        Assert.IsFalse(LsaHeader.Fits(lsa, 0, lsa.Length), "a TOS metric past the end");
    }

    // sequence, checksum, age of either; which is newer
    [TestMethod]
    [DataRow(1, 5, 10, 0, 5, 10, 1)]
    [DataRow(-5, 5, 10, 0, 5, 10, -1)]
    [DataRow(1, 6, 10, 1, 5, 10, 1)]
    [DataRow(1, 5, 3600, 1, 5, 10, 1)]
    [DataRow(1, 5, 10, 1, 5, 3600, -1)]
    [DataRow(1, 5, 10, 1, 5, 911, 1)]
    [DataRow(1, 5, 911, 1, 5, 10, -1)]
    [DataRow(1, 5, 910, 1, 5, 10, 0)]
    [DataRow(int.MinValue + 1, 5, 10, int.MaxValue, 5, 10, -1)]
    public void The_newer_instance_is_found_by_sequence_checksum_and_age(int sequence, int checksum, int age, int otherSequence, int otherChecksum, int otherAge, int newer)
    {
        Assert.AreEqual(newer, LsaHeader.Compare(sequence, checksum, age, otherSequence, otherChecksum, otherAge));
        Assert.AreEqual(-newer, LsaHeader.Compare(otherSequence, otherChecksum, otherAge, sequence, checksum, age));
    }

    [TestMethod]
    public void A_packet_header_is_written_whole_and_read_back()
    {
        byte[] octets = new FilledMemory(32).Octets;
        OspfHeader.Write(octets, 4, OspfHeader.Hello, 44, 0x01020304, 9);
        Assert.AreEqual("A5A5A5A5 0201002C 01020304 00000009 00000000 00000000 00000000 A5A5A5A5".Replace(" ", ""), Convert.ToHexString(octets));
        Assert.IsTrue(OspfHeader.Fits(octets, 4, 44));
        for (int n = 0; n < 44; n++) Assert.IsFalse(OspfHeader.Fits(octets, 4, n));
        octets[5] = 6;
        Assert.IsFalse(OspfHeader.Fits(octets, 4, 44), "unknown type");
        octets[5] = 1;
        octets[4] = 3;
        Assert.IsFalse(OspfHeader.Fits(octets, 4, 44), "version 3");
    }

    [TestMethod]
    public void A_hello_is_written_and_names_its_neighbors()
    {
        byte[] octets = new FilledMemory(32).Octets;
        HelloPacket.Write(octets, 2, 0xFFFFFF00, 10, HelloPacket.External, 1, 40, 0x0A000001, 0x0A000002);
        octets.AsSpan(22, 8).Clear();
        octets[29] = 7;
        Assert.AreEqual("A5A5FFFFFF00000A0201000000280A0000010A0000020000000000000007A5A5", Convert.ToHexString(octets));
        Assert.IsTrue(HelloPacket.Names(octets, 2, 28, 7));
        Assert.IsFalse(HelloPacket.Names(octets, 2, 24, 7));
        foreach (int length in (int[])[0, 19, 21, 23]) Assert.IsFalse(HelloPacket.Fits(length));
    }
}
