using LabEdge.Forwarding;

namespace LabEdge.Tests.Layer2;

/// <summary>Pseudowire fragments (RFC 4623): made, put together, and what does not fit together.</summary>
[TestClass]
public class FragmentTests
{
    private const int Core = LayerTwoBench.Core;
    private const int Flags = PseudowireTable.ControlWord | PseudowireTable.FragmentSend | PseudowireTable.FragmentReceive;
    private const int HeaderOut = 14 + 4 + 4;

    private static byte[] Frame(int length, int seed = 1)
    {
        byte[] frame = new byte[length];
        new Random(seed).NextBytes(frame);
        Hex.Octets("0200000000B2 0200000000A1 9999").CopyTo(frame, 0);
        return frame;
    }

    private static string FromCore(int bits, int sequence, byte[] octets) =>
        LayerTwoBench.CoreIn + "000C81FF" + $"00{bits << 6:X2}{sequence:X4}" + Convert.ToHexString(octets);

    [TestMethod]
    public void Every_length_arrives_as_it_was_and_no_fragment_is_too_long_or_padded()
    {
        // Room 208 less label and control word: 200 octets of the frame in each fragment.
        LayerTwoBench.InBoth(bench =>
        {
            bench.PortMode(1, 200, 300, Flags, bench.Narrow);
            bench.PortMode(2, 201, 301, Flags, bench.Narrow);
            int sequence = 0;
            for (int length = 14; length <= 1522; length += length < 198 || length > 1400 ? 7 : length % 200 < 5 || length % 200 > 195 ? 1 : 4)
            {
                byte[] frame = Frame(length, length);
                string[] sent = bench.Run(1, frame).Split(" + ");
                Assert.HasCount((length + 199) / 200, sent, $"{length} octets");
                byte[] joined = [];
                for (int i = 0; i < sent.Length; i++)
                {
                    byte[] fragment = Convert.FromHexString(sent[i][3..]);
                    int bits = sent.Length == 1 ? 0 : i == 0 ? 1 : i == sent.Length - 1 ? 2 : 3;
                    sequence = sequence == 65535 ? 1 : sequence + 1;
                    Assert.AreEqual($"0012C1FF00{bits << 6:X2}{sequence:X4}", Convert.ToHexString(fragment, 14, 8), $"{length} octets, fragment {i}");
                    Assert.IsLessThanOrEqualTo(200 + HeaderOut, fragment.Length);
                    Assert.IsTrue(sent.Length == 1 || fragment.Length >= 60, $"{length} octets, fragment {i} has {fragment.Length}");
                    joined = [.. joined, .. fragment[HeaderOut..]];

                    // Back in by the other one's label: kept until the last.
                    string back = bench.Run(Core, LayerTwoBench.CoreIn + "000C91FF" + Convert.ToHexString(fragment, 18, fragment.Length - 18));
                    Assert.AreEqual(i == sent.Length - 1 ? "2: " + Convert.ToHexString(frame) : "kept", back, $"{length} octets, fragment {i}");
                }

                Assert.AreEqual(Convert.ToHexString(frame), Convert.ToHexString(joined));
            }

            Assert.AreEqual(bench.Tables.Ledger.Fragments[Core], bench.Tables.Ledger.PuntedByClass[PuntClass.Fragment]);
        });
    }

    [TestMethod]
    public void Without_fragments_agreed_or_room_worth_it_the_frame_is_too_long()
    {
        LayerTwoBench.InBoth(bench =>
        {
            bench.PortMode(1, 200, 300, PseudowireTable.ControlWord | PseudowireTable.FragmentReceive, bench.Narrow);
            Assert.AreEqual("drop MTU exceeded", bench.Run(1, Frame(201)));
            bench.PortMode(2, 201, 301, PseudowireTable.FragmentSend, bench.Narrow);
            Assert.AreEqual("drop MTU exceeded", bench.Run(2, Frame(205)), "no control word");
            bench.PortMode(3, 202, 302, Flags, bench.Transport(8 + 127));
            Assert.AreEqual("drop MTU exceeded", bench.Run(3, Frame(128)));
            bench.PortMode(4, 203, 303, Flags, bench.Transport(8 + 128));
            Assert.HasCount(2, bench.Run(4, Frame(129)).Split(" + "));
        });
    }

    /// <summary>Each row: FRG bits, number, and how it ends; 100 octets each.</summary>
    [TestMethod]
    [DataRow("first, middle, last", "1.1 kept, 3.2 kept, 2.3 out300")]
    [DataRow("numbers pass 65,535", "1.65534 kept, 3.65535 kept, 2.1 out300")]
    [DataRow("nothing to continue", "3.1 bad, 2.2 bad, 1.3 kept, 2.4 out200")]
    [DataRow("a gap", "1.1 kept, 2.3 bad, 2.2 bad")]
    [DataRow("doubled", "1.1 kept, 1.1 kept, 2.2 out200, 2.2 bad")]
    [DataRow("not numbered", "1.0 bad, 2.0 bad, 0.0 out100")]
    [DataRow("a whole frame between gives it up", "1.1 kept, 0.2 out100, 2.2 bad, 2.3 bad")]
    [DataRow("a new first gives it up", "1.1 kept, 3.2 kept, 1.3 kept, 2.4 out200")]
    [DataRow("middle after a gap, then right again", "1.1 kept, 3.3 bad, 3.4 bad, 2.5 bad, 1.6 kept, 2.7 out200")]
    public void Fragments_end_as_the_row_says(string what, string row)
    {
        LayerTwoBench.InBoth(bench =>
        {
            bench.PortMode(1, 200, 300, Flags);
            byte[] joined = [];
            int seed = 0;
            foreach (string step in row.Split(", "))
            {
                string[] part = step.Split(' ', '.');
                byte[] octets = Frame(100, ++seed);
                joined = part[0] is "0" or "1" ? octets : [.. joined, .. octets];
                string expected = part[2] switch { "kept" => "kept", "bad" => "drop fragment invalid", _ => "1: " + Convert.ToHexString(joined) };
                if (part[2].StartsWith("out", StringComparison.Ordinal)) Assert.HasCount(int.Parse(part[2][3..]), joined);
                Assert.AreEqual(expected, bench.Run(Core, FromCore(int.Parse(part[0]), int.Parse(part[1]), octets)), what + ": " + step);
            }
        });
    }

    [TestMethod]
    public void Longer_than_the_buffer_is_given_up()
    {
        LayerTwoBench.InBoth(bench =>
        {
            bench.PortMode(1, 200, 300, Flags);
            Assert.AreEqual("kept", bench.Run(Core, FromCore(1, 1, Frame(1000))));
            Assert.AreEqual("drop fragment invalid", bench.Run(Core, FromCore(3, 2, Frame(LayerTwoBench.LongestFrame - 999))));
            Assert.AreEqual("drop fragment invalid", bench.Run(Core, FromCore(2, 3, Frame(20))));

            // Fits the buffer and the frame; the circuit says what it takes.
            Assert.AreEqual("kept", bench.Run(Core, FromCore(1, 4, Frame(1000))));
            Assert.AreEqual("drop MTU exceeded", Reassembled(bench, 5, Frame(523)));
            Assert.AreEqual("kept", bench.Run(Core, FromCore(1, 6, Frame(1000))));
            Assert.StartsWith("1: ", bench.Run(Core, FromCore(2, 7, Frame(522))));
        });

        // The frame is another one than what came, so that it is not compared with it.
        static string Reassembled(LayerTwoBench bench, int sequence, byte[] octets)
        {
            byte[] last = Hex.Octets(FromCore(2, sequence, octets));
            last.CopyTo(bench.Frames[0].Octets, bench.Frames[0].Headroom);
            bench.Frames[0].Start = bench.Frames[0].Headroom;
            bench.Frames[0].Length = last.Length;
            int before = bench.Tables.Ledger.DroppedOn(Core, DropReason.MtuExceeded);
            Assert.AreEqual(0, bench.Kernel.Burst(bench.Tables, bench.Frames, 0, 1, Core));
            bench.AssertLedgersAddUp();
            return bench.Tables.Ledger.DroppedOn(Core, DropReason.MtuExceeded) == before + 1 ? "drop MTU exceeded" : "?";
        }
    }

    [TestMethod]
    public void Two_pseudowires_fragments_do_not_mix_and_buffers_are_few()
    {
        LayerTwoBench.InBoth(bench =>
        {
            PseudowireTable table = bench.Tables.Pseudowires;
            int first = bench.PortMode(1, 200, 300, Flags);
            bench.PortMode(2, 201, 301, Flags);
            byte[] a = Frame(100, 1), b = Frame(100, 2), c = Frame(100, 3), d = Frame(100, 4);
            string Other(string frame) => frame.Replace("000C81FF", "000C91FF");
            Assert.AreEqual("kept", bench.Run(Core, FromCore(1, 1, a)));
            Assert.AreEqual("kept", bench.Run(Core, Other(FromCore(1, 1, b))));
            Assert.AreEqual("1: " + Convert.ToHexString([.. a, .. c]), bench.Run(Core, FromCore(2, 2, c)));
            Assert.AreEqual("2: " + Convert.ToHexString([.. b, .. d]), bench.Run(Core, Other(FromCore(2, 2, d))));

            int third = table.Allocate();
            Assert.IsFalse(table.SetMode(third, Flags, 0));
            Assert.AreEqual(1, table.Refused);
            Assert.IsTrue(table.SetMode(first, PseudowireTable.ControlWord, 0), "gives its buffer back");
            Assert.IsTrue(table.SetMode(third, Flags, 0));
            table.Release(third);
            Assert.IsTrue(table.SetMode(first, Flags, 0));
        }, capacity => capacity.Reassemblies = 2);
    }

    [TestMethod]
    public void Sequence_check_comes_before_and_takes_each_fragment_once()
    {
        LayerTwoBench.InBoth(bench =>
        {
            bench.PortMode(1, 200, 300, Flags | PseudowireTable.SequenceReceive);
            byte[] octets = Frame(100);
            Assert.AreEqual("kept", bench.Run(Core, FromCore(1, 5, octets)));
            Assert.AreEqual("drop out of sequence", bench.Run(Core, FromCore(1, 5, octets)));
            Assert.AreEqual("1: " + Convert.ToHexString([.. octets, .. octets]), bench.Run(Core, FromCore(2, 6, octets)));
        });
    }
}
