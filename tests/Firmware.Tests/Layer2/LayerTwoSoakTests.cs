using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Tests.Layer2;

/// <summary>Seeded frames through bridge domains and pseudowires of every form: against a model in a few lines, and against broken frames.</summary>
[TestClass]
public class LayerTwoSoakTests
{
    private const int Seed = 20261122;
    private const int Domains = 3;

    private sealed record Member(int Domain, int Port, string TagsIn, string TagsOut, string Stack, int Horizon);

    // Of each domain: untagged or VLANs on ports 1 to 3, QinQ on port 4, two pseudowires of a mesh.
    private static List<Member> Configure(LayerTwoBench bench, int limit)
    {
        List<Member> members = [];
        for (int d = 0; d < Domains; d++)
        {
            int domain = bench.Bridge(BridgeTable.LimitDrops, limit);
            for (int port = 1; port <= 4; port++)
            {
                int vlan = 10 * (d + 1) + port;
                bool double1 = port == 4;
                uint[] push = double1 ? [0x88A80000u | (uint)vlan, 0x81000000u | (uint)(vlan + 1)] : [0x81000000u | (uint)vlan];
                int row = bench.Attachment(port, double1 ? CircuitTable.DoubleTagged | vlan | ((vlan + 1) << 12) : vlan, push.Length, 0, AttachmentTable.PriorityFixed, push);
                bench.Join(domain, port == 3 ? 2 : 0, row);
                string tags = string.Concat(push.Select(w => w.ToString("X8")));
                members.Add(new Member(d, port, tags, tags, "", port == 3 ? 2 : 0));
            }

            for (int i = 0; i < 2; i++)
            {
                int label = 200 + 2 * d + i;
                bench.JoinPseudowire(domain, 1, bench.Pseudowire(label, label + 100, i == 0 ? PseudowireTable.ControlWord : 0, 0));
                string word = i == 0 ? "00000000" : "";
                members.Add(new Member(d, 0, $"{label:X5}1FF{word}", $"{label + 100:X5}1FF{word}", "mpls", 1));
            }
        }

        return members;
    }

    private static string In(Member m, string macs, string rest) => m.Stack == "" ? macs + m.TagsIn + rest : LayerTwoBench.CoreIn + m.TagsIn + macs + rest;

    private static string Out(Member m, string macs, string rest) =>
        LayerTwoBench.Plain($"{m.Port}: " + (m.Stack == "" ? macs + m.TagsOut + rest : LayerTwoBench.CoreOut + m.TagsOut + macs + rest));

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Every_frame_goes_where_a_simple_model_says_and_nowhere_else(bool ageing)
    {
        LayerTwoBench.InBoth(bench =>
        {
            int limit = ageing ? 1000 : 9;
            List<Member> members = Configure(bench, limit);
            Random random = new(Seed);
            Dictionary<(int Domain, string Mac), (int Member, long Time)> learnt = [];
            long time = 1000;
            for (int i = 0; i < 10000; i++)
            {
                if (ageing && random.Next(20) == 0) time += random.Next(60000);
                bench.Tables.Now = (uint)time;
                int from = random.Next(members.Count);
                Member m = members[from];
                string source = $"0200000000{random.Next(16):X2}";
                string destination = random.Next(4) switch { 0 => "FFFFFFFFFFFF", 1 => "01005E00000A", _ => $"0200000000{random.Next(16):X2}" };

                // Each payload carries where it came from.
                string rest = $"9999 {m.Domain:X2}{from:X2}{i:X8}".PadRight(121, '0');
                List<string> expected = [];
                bool known = learnt.ContainsKey((m.Domain, source));
                if (!known && learnt.Keys.Count(k => k.Domain == m.Domain) >= limit)
                {
                    expected.Add("drop MAC limit");
                }
                else
                {
                    learnt[(m.Domain, source)] = (from, time);
                    bool found = learnt.TryGetValue((m.Domain, destination), out (int Member, long Time) to);
                    if (found && time - to.Time >= BridgeTable.DefaultAge)
                    {
                        learnt.Remove((m.Domain, destination));
                        found = false;
                    }

                    bool Blocked(Member other) => other.Horizon != 0 && other.Horizon == m.Horizon;
                    if (found) expected.Add(to.Member == from ? "drop same port" : Blocked(members[to.Member]) ? "drop no bridge member" : Out(members[to.Member], destination + source, rest));
                    else expected.AddRange(members.Where((other, n) => n != from && other.Domain == m.Domain && !Blocked(other)).Select(other => Out(other, destination + source, rest)));
                }

                Assert.AreEqual(string.Join(" + ", expected), bench.Run(m.Port, In(m, destination + source, rest)), $"seed {Seed}, frame {i}, {bench.Kernel.GetType().Name}");
            }
        });
    }

    private const int AllForms = PseudowireTable.ControlWord | PseudowireTable.SequenceSend | PseudowireTable.FlowLabelSend | PseudowireTable.FlowLabelReceive
        | PseudowireTable.FragmentSend | PseudowireTable.FragmentReceive;

    // Beside the domains: local switching, and pseudowires of many forms, one of them on a narrow way.
    private static void Everything(LayerTwoBench bench)
    {
        Configure(bench, 100);
        int any = bench.Attachment(5, CircuitTable.AnyTag, 0, 1, 0, 0x810000C8);
        int back = bench.Attachment(5, LayerTwoBench.Untagged, 0, 2, 0, 0x88A80001, 0x81000002);
        bench.Serve(any, ForwardingHandle.Pseudowire | bench.Pseudowire(210, 310, AllForms, ForwardingHandle.Attachment | any, bench.Narrow));
        bench.Serve(back, ForwardingHandle.Pseudowire | bench.Pseudowire(211, 311, PseudowireTable.Tagged | PseudowireTable.SequenceReceive | PseudowireTable.ControlWord,
            ForwardingHandle.Attachment | back, tag: unchecked((int)0x81000064)));
        bench.Serve(bench.Attachment(4, LayerTwoBench.Untagged), ForwardingHandle.Attachment | bench.Attachment(3, 999, 0, 0, 0, 0x810003E7));
        for (int kind = 0; kind < StormTable.Kinds; kind++) bench.Tables.Attachments.Storm.Set(0, kind, 1, bench.Tables.Now);
    }

    private static byte[][] Frames(int count, out int[] ports)
    {
        Random random = new(Seed);
        List<byte[]> frames = [];
        ports = new int[count];
        for (int i = 0; i < count; i++)
        {
            int port = ports[i] = random.Next(LayerTwoBench.Ports);
            string macs = (random.Next(5) switch { 0 => "FFFFFFFFFFFF", 1 => "0180C200000E", _ => $"0200000000{random.Next(64):X2}" }) + $"0200000000{random.Next(64):X2}";
            string tag = random.Next(8) switch { 0 => "", 1 => "8100A000", 2 => $"8100{random.Next(65536):X4}", 3 => "88A8000E8100000F", _ => $"8100{random.Next(8) << 13 | (10 * random.Next(1, 4) + random.Next(6)):X4}" };
            string frame = macs + tag + "0800";
            if (port == 0)
            {
                int label = random.Next(200, 212);
                string entry = random.Next(4) == 0 ? $"{label:X5}0FF{random.Next(1 << 20):X5}101" : $"{label:X5}1FF";
                string word = random.Next(3) == 0 ? "" : $"{(random.Next(20) == 0 ? 1 : 0)}0{random.Next(4) << 6:X2}{(random.Next(3) == 0 ? random.Next(65536) : i / 3 % 65536):X4}";
                frame = LayerTwoBench.CoreIn + entry + word + frame;
            }

            byte[] octets = [.. Hex.Octets(frame), .. new byte[random.Next(6) == 0 ? random.Next(1500) : random.Next(60)]];
            if (octets.Length > LayerTwoBench.LongestFrame) octets = octets[..LayerTwoBench.LongestFrame];
            if (random.Next(10) == 0) octets = octets[..random.Next(octets.Length + 1)];
            if (octets.Length > 0 && random.Next(8) == 0) octets[random.Next(Math.Min(octets.Length, 40))] ^= (byte)(1 << random.Next(8));
            frames.Add(octets);
        }

        return [.. frames];
    }

    [TestMethod]
    public void Broken_frames_end_alike_in_both_forms_and_nothing_is_allocated()
    {
        const int Count = 60000;
        byte[][] frames = Frames(Count, out int[] ports);
        LayerTwoBench portable = new(new PortableKernel());
        LayerTwoBench net = new(new NetKernel());
        Everything(portable);
        Everything(net);
        RamBill before = new(64);
        portable.Tables.Bill(before);
        for (int i = 0; i < Count; i++)
        {
            Pass(portable, frames[i], ports[i]);
            Pass(net, frames[i], ports[i]);
            Assert.IsTrue(portable.Log.Octets.SequenceEqual(net.Log.Octets), $"seed {Seed}, frame {i}");
            if (i % 1000 == 0)
            {
                portable.AssertLedgersAddUp();
                net.AssertLedgersAddUp();
            }
        }

        portable.AssertLedgersAddUp();
        net.AssertLedgersAddUp();
        CollectionAssert.AreEqual(portable.Tables.Ledger.Dropped, net.Tables.Ledger.Dropped);
        CollectionAssert.AreEqual(portable.Tables.Attachments.Record, net.Tables.Attachments.Record);
        CollectionAssert.AreEqual(portable.Tables.Pseudowires.Extra, net.Tables.Pseudowires.Extra);
        CollectionAssert.AreEqual(portable.Tables.Bridges.Record, net.Tables.Bridges.Record);
        int[] reasons =
        [
            DropReason.Runt, DropReason.ControlWordInvalid, DropReason.PseudowireTruncated, DropReason.OutOfSequence, DropReason.FragmentInvalid,
            DropReason.SamePort, DropReason.StormControl, DropReason.LinkLocal, DropReason.MtuExceeded, DropReason.BottomOfStackExpected, DropReason.SourceInvalid,
        ];
        foreach (int reason in reasons)
        {
            Assert.IsTrue(Enumerable.Range(0, LayerTwoBench.Ports).Any(p => portable.Tables.Ledger.DroppedOn(p, reason) > 0), DropReason.Name(reason));
        }

        Assert.IsGreaterThan(0, portable.Tables.Ledger.Fragments.Sum());
        Assert.IsGreaterThan(0, portable.Tables.Ledger.Copied.Sum());

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Count; i++) Pass(portable, frames[i], ports[i]);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - allocated, "octets allocated");
        RamBill after = new(64);
        portable.Tables.Bill(after);
        Assert.AreEqual(before.Total(), after.Total());
    }

    private static void Pass(LayerTwoBench bench, byte[] octets, int port)
    {
        bench.Log.Clear();
        bench.Tables.ExceptionCount = 0;
        bench.Tables.Now += 3;
        Frame f = bench.Frames[0];
        Array.Copy(octets, 0, f.Octets, f.Headroom, octets.Length);
        f.Start = f.Headroom;
        f.Length = octets.Length;
        bench.Kernel.Burst(bench.Tables, bench.Frames, 0, 1, port);
        for (int i = 0; i < bench.Tables.ExceptionCount; i++)
        {
            // As Host will: these classes are its to end.
            int mark = bench.Tables.Exceptions[i].Mark;
            if (mark is PuntClass.Local or PuntClass.Arp or PuntClass.TtlExpired or PuntClass.TtlExpiredLabelled or PuntClass.LocalIpv6) bench.Tables.Ledger.Punted[port]++;
        }

        bench.Tables.EndOfPoll();
    }
}
