using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class ControlWordTests
{
    [TestMethod]
    [DataRow("00000000", 0)]
    [DataRow("00000001", 1)]
    [DataRow("00001234", 0x1234)]
    [DataRow("0000FFFF", 65535)]
    public void Ethernet_word_goes_both_ways(string hex, int sequence)
    {
        byte[] wire = Hex.Octets("A5" + hex);
        Assert.AreEqual(ControlWord.DataNibble, ControlWord.ReadNibble(wire, 1));
        Assert.AreEqual(0, ControlWord.ReadFlags(wire, 1));
        Assert.AreEqual(sequence, ControlWord.ReadSequence(wire, 1));
        Assert.IsTrue(ControlWord.IsData(wire, 1));
        Assert.IsFalse(ControlWord.IsAssociatedChannel(wire, 1));

        FilledMemory memory = new(8);
        ControlWord.Write(memory.Octets, 3, sequence);
        memory.Holds(3, hex);
    }

    [TestMethod]
    [DataRow("00000001", ControlWord.Whole, 1)]
    [DataRow("00401234", ControlWord.FirstFragment, 0x1234)]
    [DataRow("00C01235", ControlWord.MiddleFragment, 0x1235)]
    [DataRow("0080FFFF", ControlWord.LastFragment, 65535)]
    public void Word_of_a_fragment_goes_both_ways(string hex, int fragment, int sequence)
    {
        byte[] wire = Hex.Octets("A5" + hex);
        Assert.AreEqual(fragment, ControlWord.ReadFragment(wire, 1));
        Assert.AreEqual(sequence, ControlWord.ReadSequence(wire, 1));
        Assert.IsTrue(ControlWord.IsData(wire, 1));

        FilledMemory memory = new(8);
        ControlWord.Write(memory.Octets, 3, fragment, sequence);
        memory.Holds(3, hex);

        // What stands beside the two bits does not count.
        wire[2] |= 0x3F;
        wire[1] |= 0x0F;
        Assert.AreEqual(fragment, ControlWord.ReadFragment(wire, 1));
    }

    [TestMethod]
    public void First_nibble_tells_data_and_associated_channel_apart()
    {
        for (int first = 0; first < 256; first++)
        {
            byte[] wire = [(byte)first, 0, 0, 7];
            Assert.AreEqual(first / 16, ControlWord.ReadNibble(wire, 0));
            Assert.AreEqual(first % 16, ControlWord.ReadFlags(wire, 0));
            Assert.AreEqual(first < 16, ControlWord.IsData(wire, 0));
            Assert.AreEqual(first is >= 16 and < 32, ControlWord.IsAssociatedChannel(wire, 0));
            Assert.AreEqual(7, ControlWord.ReadSequence(wire, 0));
        }
    }
}
