using CsCheck;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class IcmpExtensionTests
{
    // Label 24001, not bottom, TTL 1; label 16, TC 5, bottom, TTL 255.
    private const string TwoEntries = "05DC1001 00010BFF";
    private const string TwoEntryExtension = "2000BD15 000C0101 " + TwoEntries;
    private const string OneEntryExtension = "2000C819 00080101 05DC1101";
    private const string Original = "4500001C 42424000 01111A86 0A000001 0A000909 829A829B 00080000";

    [TestMethod]
    [DataRow(OneEntryExtension, "05DC1101", 1)]
    [DataRow(TwoEntryExtension, TwoEntries, 2)]
    [DataRow("2000DDB5 00080101 00010140", "00010140", 1)]
    public void Label_stack_goes_both_ways(string hex, string stack, int entries)
    {
        FilledMemory memory = new(40);
        byte[] source = Hex.Octets("A5A5A5" + stack);
        Assert.AreEqual(8 + (4 * entries), IcmpExtension.WriteLabelStack(memory.Octets, 11, source, 3, entries));
        memory.Holds(11, hex);

        byte[] message = Message(IcmpMessage.TimeExceeded, 32, 128, hex);
        int found = IcmpExtension.FindLabelStack(message, 0, message.Length, out int count);
        Assert.AreEqual(8 + 128 + 8, found);
        Assert.AreEqual(entries, count);
        Assert.AreEqual(Hex.Text(Hex.Octets(stack)), Hex.Text(message, found, 4 * count));
    }

    [TestMethod]
    public void A_whole_time_exceeded_is_made_of_its_parts()
    {
        FilledMemory memory = new(190);
        memory.Put(5 + 8, Original);
        Array.Clear(memory.Octets, 5 + 8 + 28, 100);
        int extension = IcmpExtension.WriteLabelStack(memory.Octets, 5 + 8 + 128, Hex.Octets(TwoEntries), 0, 2);
        IcmpMessage.WriteError(memory.Octets, 5, IcmpMessage.TimeExceeded, 0, 0, IcmpExtension.OriginalPadding / 4, 128 + extension);
        memory.Holds(5, "0B00EFA1 00200000 " + Original + new string('0', 200) + TwoEntryExtension);

        Assert.IsTrue(IcmpMessage.ChecksumRight(memory.Octets, 5, 152));
        Assert.AreEqual(5 + 8 + 128 + 8, IcmpExtension.FindLabelStack(memory.Octets, 5, 152, out int entries));
        Assert.AreEqual(2, entries);
    }

    [TestMethod]
    public void A_stack_that_lies_where_the_extension_goes_is_copied_first()
    {
        FilledMemory memory = new(24);
        memory.Put(4, TwoEntries);
        IcmpExtension.WriteLabelStack(memory.Octets, 2, memory.Octets, 4, 2);
        memory.Holds(2, TwoEntryExtension);
    }

    [TestMethod]
    public void The_older_form_without_a_length_is_found_128_octets_after_the_header()
    {
        byte[] message = Message(IcmpMessage.TimeExceeded, 0, 128, TwoEntryExtension);
        Assert.AreEqual(8 + 128 + 8, IcmpExtension.FindLabelStack(message, 0, message.Length, out int entries));
        Assert.AreEqual(2, entries);

        NotFound(Message(IcmpMessage.TimeExceeded, 0, 132, TwoEntryExtension));
        NotFound(Message(IcmpMessage.TimeExceeded, 0, 124, TwoEntryExtension));
    }

    [TestMethod]
    [DataRow(32)]
    [DataRow(33)]
    [DataRow(144)]
    [DataRow(255)]
    [DataRow(7, DisplayName = "7: not padded, against RFC 4884 section 4, and believed all the same")]
    public void A_given_length_is_where_the_extension_begins(int words)
    {
        byte[] message = Message(IcmpMessage.DestinationUnreachable, words, words * 4, OneEntryExtension);
        Assert.AreEqual(8 + (words * 4) + 8, IcmpExtension.FindLabelStack(message, 0, message.Length, out int entries));
        Assert.AreEqual(1, entries);
    }

    [TestMethod]
    public void A_length_that_lies_finds_nothing()
    {
        byte[] message = Message(IcmpMessage.TimeExceeded, 32, 128, TwoEntryExtension);
        for (int words = 1; words < 256; words++)
        {
            message[IcmpMessage.OriginalWordsOffset] = (byte)words;
            if (words != 32) NotFound(message);
        }
    }

    [TestMethod]
    public void Only_the_three_error_types_carry_extensions()
    {
        for (int type = 0; type < 256; type++)
        {
            byte[] message = Message(type, 32, 128, OneEntryExtension);
            int found = IcmpExtension.FindLabelStack(message, 0, message.Length, out int entries);
            Assert.AreEqual(type is 3 or 11 or 12 ? 144 : -1, found, $"type {type}");
            Assert.AreEqual(found < 0 ? 0 : 1, entries);
        }
    }

    [TestMethod]
    public void Only_version_2_is_read()
    {
        for (int version = 0; version < 16; version++)
        {
            byte[] message = Message(IcmpMessage.TimeExceeded, 32, 128, $"{version:X}0000000 00080101 05DC1101");
            Assert.AreEqual(version == 2 ? 144 : -1, IcmpExtension.FindLabelStack(message, 0, message.Length, out _), $"version {version}");
        }
    }

    [TestMethod]
    public void A_wrong_checksum_finds_nothing_and_one_not_given_is_no_fault()
    {
        byte[] message = Message(IcmpMessage.TimeExceeded, 32, 128, TwoEntryExtension);
        for (int bit = 136 * 8; bit < message.Length * 8; bit++)
        {
            message[bit / 8] ^= (byte)(1 << (bit % 8));
            NotFound(message);
            message[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Octets.WriteUInt16(message, 138, 0);
        Assert.AreEqual(144, IcmpExtension.FindLabelStack(message, 0, message.Length, out _));
    }

    [TestMethod]
    [DataRow(TwoEntryExtension, DisplayName = "with a checksum")]
    [DataRow("20000000 000C0101 " + TwoEntries, DisplayName = "without")]
    public void Every_truncation_finds_nothing(string extension)
    {
        foreach (int words in new[] { 32, 0 })
        {
            byte[] message = Message(IcmpMessage.TimeExceeded, words, 128, extension);
            for (int length = 0; length < message.Length; length++)
            {
                NotFound(message[..length]);
                Assert.AreEqual(-1, IcmpExtension.FindLabelStack(message, 0, length, out int entries), $"{length} octets, the rest of the array in sight");
                Assert.AreEqual(0, entries);
            }
        }

        Assert.AreEqual(-1, IcmpExtension.FindLabelStack(new byte[8], 0, -1, out _));
    }

    [TestMethod]
    [Timeout(10_000)]
    public void An_object_length_that_lies_finds_nothing()
    {
        foreach (int length in Enumerable.Range(0, 64).Append(0xFFFC).Append(0xFFFF))
        {
            byte[] message = Message(IcmpMessage.TimeExceeded, 32, 128, Extension($"{length:X4}0101 {TwoEntries}"));
            int found = IcmpExtension.FindLabelStack(message, 0, message.Length, out int entries);

            // 8 says one entry; the second one is then no object (its length, 1, lies), which nobody looks at any more.
            Assert.AreEqual(length is 8 or 12 ? 144 : -1, found, $"object length {length}");
            Assert.AreEqual(length switch { 8 => 1, 12 => 2, _ => 0 }, entries, $"object length {length}");
        }
    }

    [TestMethod]
    [Timeout(10_000)]
    [DataRow("00080201 0A000001", 1, DisplayName = "another class")]
    [DataRow("00080102 DEADBEEF", 1, DisplayName = "another C-type")]
    [DataRow("00040201", 1, DisplayName = "no octets after its header")]
    [DataRow("00040101", 1, DisplayName = "a label stack without entries")]
    [DataRow("0010020A 00000001 0A000001 000005DC 00080301 00000000", 1, DisplayName = "two objects")]
    [DataRow("00090201 0A000001", 0, DisplayName = "not whole words")]
    [DataRow("00030201", 0, DisplayName = "shorter than its header")]
    [DataRow("00000201", 0, DisplayName = "length 0: no endless loop")]
    [DataRow("00140201 0A000001", 0, DisplayName = "past the end of the message")]
    public void Unknown_objects_are_skipped_and_broken_ones_end_the_search(string before, int entries)
    {
        byte[] message = Message(IcmpMessage.TimeExceeded, 32, 128, Extension(before + "00080101 00010140"));
        int found = IcmpExtension.FindLabelStack(message, 0, message.Length, out int count);
        Assert.AreEqual(entries, count);
        Assert.AreEqual(entries == 0 ? -1 : message.Length - 4, found);
    }

    [TestMethod]
    [DataRow("", DisplayName = "no object")]
    [DataRow("0008020A 0A000001", DisplayName = "only one that we do not know")]
    [DataRow("0008020A 0A000001 0008", DisplayName = "half an object header at the end")]
    public void An_extension_without_a_label_stack_finds_nothing(string objects)
    {
        NotFound(Message(IcmpMessage.TimeExceeded, 32, 128, Extension(objects)));
    }

    [TestMethod]
    public void Any_stack_that_is_written_is_found()
    {
        Gen.Select(Gen.Byte.Array[4, 64], Gen.Int[32, 255], Gen.Int[0, 9]).Sample((stack, words, offset) =>
        {
            int entries = stack.Length / 4;
            byte[] octets = new FilledMemory(1200).Octets;
            int extension = IcmpExtension.WriteLabelStack(octets, offset + 8 + (words * 4), stack, 0, entries);
            int length = 8 + (words * 4) + extension;
            IcmpMessage.WriteError(octets, offset, IcmpMessage.TimeExceeded, 0, 0, words, length - 8);
            int found = IcmpExtension.FindLabelStack(octets, offset, length, out int count);
            return found == offset + length - (4 * entries)
                && count == entries
                && octets.AsSpan(found, entries * 4).SequenceEqual(stack.AsSpan(0, entries * 4))
                && ReferenceChecksum.Of(octets[(found - 8)..(offset + length)]) == 0;
        }, iter: 5_000);
    }

    [TestMethod]
    public void Whatever_the_octets_nothing_throws_and_what_is_found_lies_within_the_message()
    {
        Random random = new(4884);
        int found = 0;
        for (int turn = 0; turn < 200_000; turn++)
        {
            byte[] octets = new byte[random.Next(220)];
            random.NextBytes(octets);
            int offset = random.Next(Math.Min(octets.Length, 3) + 1);
            int length = octets.Length - offset;
            if (length > 8)
            {
                // Steer half of the noise past the first checks, so that the object loop is reached.
                octets[offset] = (byte)(turn % 2 == 0 ? 11 : octets[offset]);
                int words = turn % 4 == 0 ? 0 : random.Next(1, 40);
                octets[offset + 5] = (byte)words;
                int extension = offset + 8 + (words == 0 ? 128 : words * 4);
                for (int at = extension; at < octets.Length; at++) octets[at] &= (byte)random.Next(1, 16);
                if (extension + 4 <= octets.Length) new byte[] { 0x20, 0, 0, 0 }.CopyTo(octets, extension);
                for (int at = extension + 4; at < octets.Length; at += 4) octets[at] = 0;
            }

            int at0 = IcmpExtension.FindLabelStack(octets, offset, length, out int entries);
            if (at0 < 0)
            {
                Assert.AreEqual(-1, at0);
                Assert.AreEqual(0, entries);
                continue;
            }

            found++;
            Assert.IsGreaterThanOrEqualTo(1, entries);
            Assert.IsGreaterThanOrEqualTo(offset + 8 + 8, at0);
            Assert.IsLessThanOrEqualTo(offset + length, at0 + (entries * 4));
        }

        Assert.IsGreaterThanOrEqualTo(20, found);
    }

    private static void NotFound(byte[] message)
    {
        Assert.AreEqual(-1, IcmpExtension.FindLabelStack(message, 0, message.Length, out int entries));
        Assert.AreEqual(0, entries);
    }

    /// <summary>An ICMP error: header, a zeroed original datagram of so many octets, an extension.</summary>
    private static byte[] Message(int type, int words, int originalOctets, string extension)
    {
        byte[] end = Hex.Octets(extension);
        byte[] message = new byte[8 + originalOctets + end.Length];
        end.CopyTo(message, 8 + originalOctets);
        IcmpMessage.WriteError(message, 0, type, 0, 0, words, message.Length - 8);
        return message;
    }

    /// <summary>An extension header with the right checksum for these objects, and the objects.</summary>
    private static string Extension(string objects)
    {
        byte[] octets = Hex.Octets("20000000" + objects);
        Octets.WriteUInt16(octets, 2, ReferenceChecksum.Of(octets));
        return Hex.Text(octets);
    }
}
