using CsCheck;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class ArpPacketTests
{
    private const string Request = "0001 0800 06 04 0001 020000000101 0A000001 000000000000 0A000002";
    private const string Reply = "0001 0800 06 04 0002 020000000202 0A000002 020000000101 0A000001";

    [TestMethod]
    [DataRow(Request, ArpPacket.Request, "020000000101", 0x0A000001u, null, 0x0A000002u)]
    [DataRow(Reply, ArpPacket.Reply, "020000000202", 0x0A000002u, "020000000101", 0x0A000001u)]
    [DataRow("0001 0800 06 04 0001 020000000101 00000000 000000000000 C0A8FFFE", ArpPacket.Request, "020000000101", 0u, null, 0xC0A8FFFEu)]
    [DataRow("0001 0800 06 04 FFFF FEFFFFFFFFFF FFFFFFFF FFFFFFFFFFFF FFFFFFFF", 65535, "FEFFFFFFFFFF", 0xFFFFFFFFu, "FFFFFFFFFFFF", 0xFFFFFFFFu)]
    public void Packet_goes_both_ways(string hex, int operation, string senderHardware, uint senderProtocol, string targetHardware, uint targetProtocol)
    {
        byte[] wire = Hex.Octets("A5A5" + hex);
        Assert.IsTrue(ArpPacket.Fits(wire, 2, ArpPacket.Length));
        Assert.AreEqual(operation, ArpPacket.ReadOperation(wire, 2));
        Assert.AreEqual(senderProtocol, ArpPacket.ReadSenderProtocol(wire, 2));
        Assert.AreEqual(targetProtocol, ArpPacket.ReadTargetProtocol(wire, 2));

        byte[] sender = Hex.Octets("A5" + senderHardware);
        byte[] target = targetHardware == null ? null : Hex.Octets("A5A5A5" + targetHardware);
        Assert.IsTrue(EthernetHeader.SameAddress(wire, 2 + ArpPacket.SenderHardwareOffset, sender, 1));
        Assert.IsTrue(EthernetHeader.SameAddress(wire, 2 + ArpPacket.TargetHardwareOffset, target ?? new byte[9], 3));

        FilledMemory memory = new(40);
        ArpPacket.Write(memory.Octets, 7, operation, sender, 1, senderProtocol, target, 3, targetProtocol);
        memory.Holds(7, hex);
    }

    [TestMethod]
    public void Fits_refuses_every_truncation()
    {
        byte[] wire = Hex.Octets(Request);
        for (int available = 0; available < wire.Length; available++)
        {
            Assert.IsFalse(ArpPacket.Fits(wire[..available], 0, available), $"{available} octets");
        }

        Assert.IsTrue(ArpPacket.Fits(wire, 0, 28));
        Assert.IsTrue(ArpPacket.Fits(wire, 0, 46), "padded to the shortest frame");
        Assert.IsFalse(ArpPacket.Fits(wire, 0, -1));
    }

    [TestMethod]
    public void Fits_refuses_any_other_hardware_protocol_or_size()
    {
        byte[] wire = Hex.Octets(Request);
        for (int bit = 0; bit < 48; bit++)
        {
            wire[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(ArpPacket.Fits(wire, 0, wire.Length), $"bit {bit}");
            wire[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [TestMethod]
    public void Fits_leaves_the_operation_to_the_reader()
    {
        byte[] wire = Hex.Octets(Request);
        Octets.WriteUInt16(wire, 6, 25);
        Assert.IsTrue(ArpPacket.Fits(wire, 0, wire.Length));
        Assert.AreEqual(25, ArpPacket.ReadOperation(wire, 0));
    }

    [TestMethod]
    public void What_is_written_is_read_back()
    {
        Gen.Select(Gen.Int[0, 65535], Gen.Byte.Array[6], Gen.UInt, Gen.Byte.Array[6], Gen.UInt).Sample((operation, sender, senderProtocol, target, targetProtocol) =>
        {
            byte[] octets = new FilledMemory(30).Octets;
            ArpPacket.Write(octets, 1, operation, sender, 0, senderProtocol, target, 0, targetProtocol);
            return ArpPacket.Fits(octets, 1, 28)
                && ArpPacket.ReadOperation(octets, 1) == operation
                && EthernetHeader.SameAddress(octets, 1 + ArpPacket.SenderHardwareOffset, sender, 0)
                && ArpPacket.ReadSenderProtocol(octets, 1) == senderProtocol
                && EthernetHeader.SameAddress(octets, 1 + ArpPacket.TargetHardwareOffset, target, 0)
                && ArpPacket.ReadTargetProtocol(octets, 1) == targetProtocol;
        }, iter: 5_000);
    }
}
