using CsCheck;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class IcmpMessageTests
{
    // An IPv4 header and 8 octets of UDP: what an error carries at least.
    private const string Original = "4500001C 42424000 01111A86 0A000001 0A000909 829A829B 00080000";
    private const string Alphabet = "6162636465666768696A6B6C6D6E6F7071727374757677616263646566676869";

    [TestMethod]
    [DataRow("08004D5A 00010001", Alphabet, IcmpMessage.EchoRequest, 1, 1)]
    [DataRow("0000555A 00010001", Alphabet, IcmpMessage.EchoReply, 1, 1)]
    [DataRow("080074AD BEEFFFFF", "616263", IcmpMessage.EchoRequest, 0xBEEF, 65535)]
    [DataRow("0800F7FF 00000000", "", IcmpMessage.EchoRequest, 0, 0)]
    public void Echo_goes_both_ways(string header, string data, int type, int identifier, int sequence)
    {
        byte[] wire = Hex.Octets("A5A5" + header + data);
        Assert.AreEqual(type, IcmpMessage.ReadType(wire, 2));
        Assert.AreEqual(0, IcmpMessage.ReadCode(wire, 2));
        Assert.AreEqual(identifier, IcmpMessage.ReadIdentifier(wire, 2));
        Assert.AreEqual(sequence, IcmpMessage.ReadSequence(wire, 2));
        Assert.IsTrue(IcmpMessage.ChecksumRight(wire, 2, wire.Length - 2));

        FilledMemory memory = new(60);
        memory.Put(13, data);
        IcmpMessage.WriteEcho(memory.Octets, 5, type, identifier, sequence, data.Length / 2);
        memory.Holds(5, header + data);
    }

    [TestMethod]
    [DataRow("0304F245 00000578", IcmpMessage.DestinationUnreachable, IcmpMessage.FragmentationNeeded, 1400, 0)]
    [DataRow("0B00EFC1 00000000", IcmpMessage.TimeExceeded, 0, 0, 0)]
    [DataRow("0303F7BE 00000000", IcmpMessage.DestinationUnreachable, IcmpMessage.PortUnreachable, 0, 0)]
    [DataRow("0300F7B9 00080000", IcmpMessage.DestinationUnreachable, IcmpMessage.NetUnreachable, 0, 8)]
    [DataRow("0301F6C1 00FF0000", IcmpMessage.DestinationUnreachable, IcmpMessage.HostUnreachable, 0, 255)]
    public void Error_goes_both_ways(string header, int type, int code, int nextHopMtu, int originalWords)
    {
        byte[] wire = Hex.Octets(header + Original);
        Assert.AreEqual(type, IcmpMessage.ReadType(wire, 0));
        Assert.AreEqual(code, IcmpMessage.ReadCode(wire, 0));
        Assert.AreEqual(nextHopMtu, IcmpMessage.ReadNextHopMtu(wire, 0));
        Assert.AreEqual(originalWords, wire[IcmpMessage.OriginalWordsOffset]);
        Assert.IsTrue(IcmpMessage.ChecksumRight(wire, 0, wire.Length));

        FilledMemory memory = new(50);
        memory.Put(15, Original);
        IcmpMessage.WriteError(memory.Octets, 7, type, code, nextHopMtu, originalWords, 28);
        memory.Holds(7, header + Original);
    }

    [TestMethod]
    public void Fits_asks_for_the_whole_header()
    {
        for (int available = -1; available < 8; available++) Assert.IsFalse(IcmpMessage.Fits(available), $"{available} octets");
        Assert.IsTrue(IcmpMessage.Fits(8));
        Assert.IsTrue(IcmpMessage.Fits(1480));
    }

    [TestMethod]
    public void ChecksumRight_notices_any_single_bit_and_stops_at_the_length()
    {
        byte[] wire = Hex.Octets("080074AD BEEFFFFF 616263" + "00");
        for (int bit = 0; bit < 88; bit++)
        {
            wire[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(IcmpMessage.ChecksumRight(wire, 0, 11), $"bit {bit}");
            wire[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        wire[11] = 0xFF;
        Assert.IsTrue(IcmpMessage.ChecksumRight(wire, 0, 11), "what lies past the message does not count");
        Assert.IsFalse(IcmpMessage.ChecksumRight(wire, 0, 12));
    }

    [TestMethod]
    public void What_is_written_is_read_back()
    {
        Gen.Select(Gen.Bool, Gen.Int[0, 65535], Gen.Int[0, 65535], Gen.Byte.Array[0, 64]).Sample((request, identifier, sequence, data) =>
        {
            int type = request ? IcmpMessage.EchoRequest : IcmpMessage.EchoReply;
            byte[] octets = [.. Hex.Octets("A5A5A5A5A5A5A5A5"), .. data];
            IcmpMessage.WriteEcho(octets, 0, type, identifier, sequence, data.Length);
            return IcmpMessage.ReadType(octets, 0) == type
                && IcmpMessage.ReadCode(octets, 0) == 0
                && IcmpMessage.ReadIdentifier(octets, 0) == identifier
                && IcmpMessage.ReadSequence(octets, 0) == sequence
                && octets.AsSpan(8).SequenceEqual(data)
                && IcmpMessage.ChecksumRight(octets, 0, octets.Length)
                && ReferenceChecksum.Of(octets) == 0;
        }, iter: 5_000);
    }
}
