using CsCheck;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class LabelStackEntryTests
{
    [TestMethod]
    [DataRow("00000000", LabelStackEntry.ExplicitNullIpv4, 0, false, 0)]
    [DataRow("00000140", LabelStackEntry.ExplicitNullIpv4, 0, true, 64)]
    [DataRow("000010FF", LabelStackEntry.RouterAlert, 0, false, 255)]
    [DataRow("000021FF", LabelStackEntry.ExplicitNullIpv6, 0, true, 255)]
    [DataRow("00007000", LabelStackEntry.EntropyIndicator, 0, false, 0)]
    [DataRow("00010140", LabelStackEntry.FirstUnreserved, 0, true, 64)]
    [DataRow("05DC113F", 24001, 0, true, 63)]
    [DataRow("05DC1001", 24001, 0, false, 1)]
    [DataRow("00010BFF", 16, 5, true, 255)]
    [DataRow("12345E07", 0x12345, 7, false, 7)]
    [DataRow("FFFFF000", LabelStackEntry.Last, 0, false, 0)]
    [DataRow("FFFFFFFF", LabelStackEntry.Last, 7, true, 255)]
    public void Entry_goes_both_ways(string hex, int label, int trafficClass, bool bottom, int ttl)
    {
        byte[] wire = Hex.Octets("A5A5" + hex + "A5");
        Assert.AreEqual(label, LabelStackEntry.ReadLabel(wire, 2));
        Assert.AreEqual(trafficClass, LabelStackEntry.ReadTrafficClass(wire, 2));
        Assert.AreEqual(bottom, LabelStackEntry.ReadBottom(wire, 2));
        Assert.AreEqual(ttl, LabelStackEntry.ReadTtl(wire, 2));
        Assert.AreEqual(Octets.ReadInt32(wire, 2), LabelStackEntry.Word(label, trafficClass, bottom, ttl));

        FilledMemory memory = new(11);
        LabelStackEntry.Write(memory.Octets, 3, label, trafficClass, bottom, ttl);
        memory.Holds(3, hex);
    }

    [TestMethod]
    public void Every_word_is_taken_apart_and_put_together()
    {
        Gen.UInt.Sample(word =>
        {
            byte[] octets = new byte[4];
            Octets.WriteUInt32(octets, 0, word);
            int label = LabelStackEntry.ReadLabel(octets, 0);
            int trafficClass = LabelStackEntry.ReadTrafficClass(octets, 0);
            bool bottom = LabelStackEntry.ReadBottom(octets, 0);
            int ttl = LabelStackEntry.ReadTtl(octets, 0);

            // The masks of RFC 3032 section 2.1.
            return label == (int)((word & 0xFFFFF000) >> 12)
                && trafficClass == (int)((word & 0x00000E00) >> 9)
                && bottom == ((word & 0x00000100) != 0)
                && ttl == (int)(word & 0x000000FF)
                && LabelStackEntry.Word(label, trafficClass, bottom, ttl) == unchecked((int)word);
        }, iter: 20_000);
    }

    [TestMethod]
    public void Values_too_wide_for_traffic_class_and_ttl_stay_in_their_fields()
    {
        Assert.AreEqual(LabelStackEntry.Word(16, 1, false, 1), LabelStackEntry.Word(16, 9, false, 257));
    }
}
