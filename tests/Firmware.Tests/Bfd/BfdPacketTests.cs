using LabEdge.Bfd;

namespace LabEdge.Tests.Bfd;

[TestClass]
public class BfdPacketTests
{
    // Version 1, diagnostic 1, state Up with P, multiplier 3, 24 octets, discriminators 0x01020304 and 0xA0B0C0D0, 50 ms, 300 ms, no echo.
    private const string Poll = "21E00318 01020304 A0B0C0D0 0000C350 000493E0 00000000";

    // Version 1, no diagnostic, state Down with C and D.
    private const string Down = "204A0518 00000007 00000000 000F4240 000F4240 0000C350";

    [TestMethod]
    public void A_packet_is_written_and_read_octet_by_octet()
    {
        FilledMemory memory = new(40);
        BfdPacket.Write(memory.Octets, 8, 1, BfdMachine.Up, BfdPacket.Poll, 3, 0x01020304, 0xA0B0C0D0, 50_000, 300_000, 0);
        memory.Holds(8, Poll);
        Assert.AreEqual("1 1 3 20 3 24 1020304 A0B0C0D0 50000 300000 0", Read(Hex.Octets(Poll)));
        Assert.AreEqual("1 0 1 A 5 24 7 0 1000000 1000000 50000", Read(Hex.Octets(Down)));
    }

    [TestMethod]
    public void Every_truncation_is_discarded_by_its_own_reason()
    {
        byte[] whole = Hex.Octets(Poll);
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            Assert.AreEqual(length < 4 ? BfdDiscard.Truncated : BfdDiscard.BeyondDatagram, BfdDiscard.OfPacket(cut, 0, length), $"{length} octets");
        }
        Assert.AreEqual(BfdDiscard.None, BfdDiscard.OfPacket(whole, 0, whole.Length));

        // The datagram may be longer than the packet.
        Assert.AreEqual(BfdDiscard.None, BfdDiscard.OfPacket([.. whole, 1, 2], 0, whole.Length + 2));
    }

    [TestMethod]
    public void A_length_that_lies_is_discarded()
    {
        byte[] octets = Hex.Octets(Poll);
        for (int said = 0; said < 256; said++)
        {
            octets[BfdPacket.LengthOffset] = (byte)said;
            int expected = said < 24 ? BfdDiscard.TooShort : said > 24 ? BfdDiscard.BeyondDatagram : BfdDiscard.None;
            Assert.AreEqual(expected, BfdDiscard.OfPacket(octets, 0, 24), $"says {said}");
        }
        byte[] signed = [.. Hex.Octets(Poll), 0, 0];
        signed[1] |= BfdPacket.Authentication;
        for (int said = 0; said < 27; said++)
        {
            signed[BfdPacket.LengthOffset] = (byte)said;
            Assert.AreEqual(said < 26 ? BfdDiscard.TooShort : BfdDiscard.None, BfdDiscard.OfPacket(signed, 0, 26), $"signed, says {said}");
        }
    }

    [TestMethod]
    public void Microseconds_are_rounded_up_to_milliseconds()
    {
        Assert.AreEqual(0u, BfdSession.Milliseconds(0));
        Assert.AreEqual(1u, BfdSession.Milliseconds(1));
        Assert.AreEqual(1u, BfdSession.Milliseconds(1000));
        Assert.AreEqual(2u, BfdSession.Milliseconds(1001));
        Assert.AreEqual(4_294_968u, BfdSession.Milliseconds(0xFFFFFFFF));
    }

    private static string Read(byte[] o) => $"{BfdPacket.ReadVersion(o, 0)} {BfdPacket.ReadDiagnostic(o, 0)} {BfdPacket.ReadState(o, 0)} {BfdPacket.ReadFlags(o, 0):X} {BfdPacket.ReadMultiplier(o, 0)} "
        + $"{BfdPacket.ReadLength(o, 0)} {BfdPacket.ReadMyDiscriminator(o, 0):X} {BfdPacket.ReadYourDiscriminator(o, 0):X} {BfdPacket.ReadDesiredMinTx(o, 0)} {BfdPacket.ReadRequiredMinRx(o, 0)} {BfdPacket.ReadRequiredMinEchoRx(o, 0)}";
}
