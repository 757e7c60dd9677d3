using CsCheck;
using Net = LabEdge.Forwarding.Wire.Octets;
using Portable = LabEdge.Tests.PortableWire.Octets;

namespace LabEdge.Tests.Wire;

/// <summary>Both forms of Octets: the .NET one of the assembly under test, and the portable one under a namespace of its own.</summary>
[TestClass]
public class OctetsTests
{
    [TestMethod]
    [DataRow("0000", 0)]
    [DataRow("0001", 1)]
    [DataRow("0100", 256)]
    [DataRow("7FFF", 32767)]
    [DataRow("8000", 32768)]
    [DataRow("FFFF", 65535)]
    public void Sixteen_bits_go_both_ways(string hex, int value)
    {
        byte[] octets = Hex.Octets("A5" + hex + "A5");
        Assert.AreEqual(value, Net.ReadUInt16(octets, 1));
        Assert.AreEqual(value, Portable.ReadUInt16(octets, 1));

        FilledMemory net = new(8);
        Net.WriteUInt16(net.Octets, 3, value);
        net.Holds(3, hex);

        FilledMemory portable = new(8);
        Portable.WriteUInt16(portable.Octets, 3, value);
        portable.Holds(3, hex);
    }

    [TestMethod]
    [DataRow("00000000", 0u)]
    [DataRow("00000001", 1u)]
    [DataRow("01020304", 0x01020304u)]
    [DataRow("7FFFFFFF", 0x7FFFFFFFu)]
    [DataRow("80000000", 0x80000000u)]
    [DataRow("FFFFFFF0", 0xFFFFFFF0u)]
    [DataRow("FFFFFFFF", 0xFFFFFFFFu)]
    public void Thirty_two_bits_go_both_ways_signed_and_unsigned(string hex, uint value)
    {
        int signed = unchecked((int)value);
        byte[] octets = Hex.Octets("A5A5A5" + hex + "A5");
        Assert.AreEqual(value, Net.ReadUInt32(octets, 3));
        Assert.AreEqual(value, Portable.ReadUInt32(octets, 3));
        Assert.AreEqual(signed, Net.ReadInt32(octets, 3));
        Assert.AreEqual(signed, Portable.ReadInt32(octets, 3));

        FilledMemory memory = new(9);
        Net.WriteUInt32(memory.Octets, 1, value);
        memory.Holds(1, hex);
        memory = new FilledMemory(9);
        Portable.WriteUInt32(memory.Octets, 1, value);
        memory.Holds(1, hex);
        memory = new FilledMemory(9);
        Net.WriteInt32(memory.Octets, 1, signed);
        memory.Holds(1, hex);
        memory = new FilledMemory(9);
        Portable.WriteInt32(memory.Octets, 1, signed);
        memory.Holds(1, hex);
    }

    [TestMethod]
    public void WriteUInt16_takes_the_low_16_bits_in_both_forms()
    {
        FilledMemory net = new(4);
        Net.WriteUInt16(net.Octets, 1, unchecked((int)0xFFFE1234));
        net.Holds(1, "1234");

        FilledMemory portable = new(4);
        Portable.WriteUInt16(portable.Octets, 1, unchecked((int)0xFFFE1234));
        portable.Holds(1, "1234");
    }

    [TestMethod]
    public void Both_forms_read_the_same()
    {
        Gen.Byte.Array[4, 40].SelectMany(octets => Gen.Int[0, octets.Length - 4].Select(offset => (octets, offset))).Sample((octets, offset) =>
            Net.ReadUInt16(octets, offset) == Portable.ReadUInt16(octets, offset)
            && Net.ReadInt32(octets, offset) == Portable.ReadInt32(octets, offset)
            && Net.ReadUInt32(octets, offset) == Portable.ReadUInt32(octets, offset), iter: 10_000);
    }

    [TestMethod]
    public void Both_forms_write_the_same()
    {
        Gen.Select(Gen.Int, Gen.Int[0, 12]).Sample((value, offset) =>
        {
            byte[] net = new FilledMemory(16).Octets;
            byte[] portable = new FilledMemory(16).Octets;
            Net.WriteUInt16(net, offset, value);
            Portable.WriteUInt16(portable, offset, value);
            Assert.AreEqual(Hex.Text(portable), Hex.Text(net));
            Net.WriteInt32(net, offset, value);
            Portable.WriteInt32(portable, offset, value);
            Assert.AreEqual(Hex.Text(portable), Hex.Text(net));
            Net.WriteUInt32(net, offset, ~(uint)value);
            Portable.WriteUInt32(portable, offset, ~(uint)value);
            Assert.AreEqual(Hex.Text(portable), Hex.Text(net));
        }, iter: 5_000);
    }

    [TestMethod]
    public void Both_forms_copy_the_same_also_onto_themselves()
    {
        Gen.Select(Gen.Int[0, 32], Gen.Int[0, 32], Gen.Int[0, 32], Gen.Bool).Sample((from, to, count, same) =>
        {
            byte[] source = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];
            byte[] net = same ? (byte[])source.Clone() : new byte[64];
            byte[] portable = (byte[])net.Clone();
            byte[] expected = (byte[])net.Clone();
            for (int i = 0; i < count; i++) expected[to + i] = source[from + i];
            Net.Copy(same ? net : source, from, net, to, count);
            Portable.Copy(same ? portable : source, from, portable, to, count);
            Assert.AreEqual(Hex.Text(expected), Hex.Text(net));
            Assert.AreEqual(Hex.Text(expected), Hex.Text(portable));
        }, iter: 5_000);
    }

    [TestMethod]
    public void Both_forms_refuse_an_offset_outside_the_array()
    {
        byte[] octets = new byte[4];
        foreach (int offset in new[] { -1, 1, 4, int.MaxValue })
        {
            Throws(() => Net.ReadInt32(octets, offset));
            Throws(() => Portable.ReadInt32(octets, offset));
            Throws(() => Net.ReadUInt32(octets, offset));
            Throws(() => Portable.ReadUInt32(octets, offset));
        }

        foreach (int offset in new[] { -1, 3, 4, int.MaxValue })
        {
            Throws(() => Net.ReadUInt16(octets, offset));
            Throws(() => Portable.ReadUInt16(octets, offset));
        }

        static void Throws(Action read)
        {
            bool thrown = false;
            try
            {
                read();
            }
            catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException)
            {
                thrown = true;
            }

            Assert.IsTrue(thrown);
        }
    }
}
