using LabEdge.Forwarding;
using LabEdge.Tcp;

namespace LabEdge.Tests.Tcp;

[TestClass]
public class TcpTransferTests
{
    // Loss, doubles, reordering, small and large rings, with and without MD5: what goes in comes out, in both directions, and both ends close.
    [TestMethod]
    [DataRow(1, 0.0, 0.0, 0, 600, false)]
    [DataRow(2, 0.05, 0.05, 30, 600, false)]
    [DataRow(3, 0.20, 0.10, 60, 600, true)]
    [DataRow(4, 0.05, 0.02, 40, 8192, false)]
    [DataRow(5, 0.15, 0.15, 80, 8192, true)]
    [DataRow(6, 0.20, 0.00, 10, 2000, false)]
    public void Octets_arrive_exactly_over_a_bad_wire(int seed, double loss, double twice, int jitterMs, int ring, bool signed)
    {
        TcpWire wire = new(seed, loss, twice, jitterMs, ring);
        byte[] key = signed ? "labedge"u8.ToArray() : null;
        Taker taker = new() { Key = key, LeastTtl = 255 };
        Assert.IsTrue(wire.Right.Listen(VrfStore.Global, 646, taker));
        TcpConnection left = wire.Left.Open(VrfStore.Global, TcpWire.LeftAddress, TcpWire.RightAddress, 646, key, 255, wire.Now);
        Random random = new(seed * 31);
        byte[][] sent = [new byte[40000], new byte[30000]];
        random.NextBytes(sent[0]);
        random.NextBytes(sent[1]);
        List<byte>[] received = [[], []];
        int[] written = [0, 0];

        void Serve(TcpConnection c, int own)
        {
            int count = Math.Min(random.Next(1, 700), Math.Min(c.WriteRoom, sent[own].Length - written[own]));
            if (count > 0 && c.State != TcpState.Closed && c.Write(sent[own], written[own], count)) written[own] += count;
            if (written[own] == sent[own].Length && c.State is TcpState.Established or TcpState.CloseWait && written[own] == sent[own].Length) c.Close();

            // Now and then nobody reads: the window closes and must open again.
            int take = Math.Min(c.Available, random.Next(900));
            if (take == 0 || random.Next(4) != 0) return;
            byte[] part = new byte[take];
            c.Peek(0, part, 0, take);
            c.Consume(take);
            received[1 - own].AddRange(part);
        }

        void Each()
        {
            Serve(left, 0);
            if (taker.Connection != null) Serve(taker.Connection, 1);
        }

        for (int second = 0; second < 3000 && (received[0].Count < sent[0].Length || received[1].Count < sent[1].Length); second++) wire.Run(1000, Each);
        Console.WriteLine($"seed {seed}: {wire.Now + 0x1000} ms, lost {wire.Lost}, retransmissions {wire.Left.Retransmissions + wire.Right.Retransmissions}, out of order {wire.Left.OutOfOrder + wire.Right.OutOfOrder}");
        CollectionAssert.AreEqual(sent[0], received[0].ToArray());
        CollectionAssert.AreEqual(sent[1], received[1].ToArray());
        wire.Run(400000, Each);
        Assert.AreEqual("CLOSED CLOSED", TcpState.Name(left.State) + " " + TcpState.Name(taker.Connection.State));
        Assert.AreEqual(0, left.Failure);
    }

    [TestMethod]
    public void A_wrong_key_a_missing_key_and_a_low_ttl_are_not_heard()
    {
        foreach ((string own, string other, int ttl) in new (string, string, int)[] { ("a", "b", 255), ("a", null, 255), (null, "b", 255), ("a", "a", 254) })
        {
            TcpWire wire = new(1, 0, 0, 0, 600) { Ttl = ttl };
            Taker taker = new() { Key = other == null ? null : System.Text.Encoding.ASCII.GetBytes(other), LeastTtl = 255 };
            wire.Right.Listen(VrfStore.Global, 646, taker);
            TcpConnection left = wire.Left.Open(VrfStore.Global, TcpWire.LeftAddress, TcpWire.RightAddress, 646, own == null ? null : System.Text.Encoding.ASCII.GetBytes(own), 0, wire.Now);
            wire.Run(5000, () => { });
            Assert.AreEqual(TcpState.SynSent, left.State);
            Assert.AreEqual(TcpState.Closed, taker.Connection.State);
            Assert.IsGreaterThan(0, ttl < 255 ? wire.Right.LowTtl : wire.Right.BadKeys);
            wire.Run(600000, () => { });
            Assert.AreEqual(TcpConnection.TimedOut, left.Failure);
        }
    }

    // RFC 2385 section 2: a RST without signature would not be believed; one that is signed is, and only who signs gets one.
    [TestMethod]
    [DataRow(1, "key", "key", true)]
    [DataRow(0, "key", "key", true)]
    [DataRow(1, "key", null, false)]
    [DataRow(1, "key", "other", false)]
    [DataRow(0, "key", "other", false)]
    [DataRow(1, null, null, true)]
    [DataRow(1, null, "key", false)]
    public void After_a_restart_the_other_end_hears_at_once_that_the_connection_is_gone_if_the_keys_agree(int restarted, string before, string after, bool heard)
    {
        TcpWire wire = new(7, 0, 0, 0, 600);
        byte[] Key(string text) => text == null ? null : System.Text.Encoding.ASCII.GetBytes(text);
        Taker taker = new() { Key = Key(before) };
        wire.Right.Listen(VrfStore.Global, 646, taker);
        TcpConnection left = wire.Left.Open(VrfStore.Global, TcpWire.LeftAddress, TcpWire.RightAddress, 646, Key(before), 0, wire.Now);
        wire.Run(100, () => { });
        Assert.AreEqual("ESTAB ESTAB", TcpState.Name(left.State) + " " + TcpState.Name(taker.Connection.State));
        TcpStack stack = wire.Restart(restarted);
        stack.Listen(VrfStore.Global, 646, new Taker { Key = Key(after) });
        TcpConnection other = restarted == 1 ? left : taker.Connection;
        other.Write([1, 2, 3], 0, 3);
        wire.Run(1000, () => { });
        Assert.AreEqual(heard ? "CLOSED" : "ESTAB", TcpState.Name(other.State));
        if (after != null) Assert.AreEqual(heard ? 1 : 0, stack.Sent);
    }

    // Damaged octets of every kind at both ends: no exception, no foreign octet accepted (the checksum is repaired), bounded effort.
    [TestMethod]
    [DataRow(11)]
    [DataRow(12)]
    public void Damaged_segments_never_throw_and_signed_connections_survive_them(int seed)
    {
        byte[] key = "secret"u8.ToArray();
        TcpWire wire = new(seed, 0.02, 0.02, 20, 600)
        {
            Damage = (segment, random) =>
            {
                if (random.Next(8) != 0) return;
                for (int n = random.Next(1, 4); n > 0; n--) segment[random.Next(segment.Length)] = (byte)random.Next(256);
            },
        };
        Taker taker = new() { Key = key };
        wire.Right.Listen(VrfStore.Global, 646, taker);
        TcpConnection left = wire.Left.Open(VrfStore.Global, TcpWire.LeftAddress, TcpWire.RightAddress, 646, key, 0, wire.Now);
        byte[] sent = new byte[20000];
        new Random(seed).NextBytes(sent);
        int written = 0;
        List<byte> received = [];
        for (int second = 0; second < 3000 && received.Count < sent.Length; second++)
        {
            wire.Run(1000, () =>
            {
                int count = Math.Min(left.WriteRoom, sent.Length - written);
                if (count > 0 && left.Write(sent, written, count)) written += count;
                if (taker.Connection is not { Available: > 0 } right) return;
                byte[] part = new byte[right.Available];
                right.Peek(0, part, 0, part.Length);
                right.Consume(part.Length);
                received.AddRange(part);
            });
        }
        Console.WriteLine($"seed {seed}: bad {wire.Left.BadSegments + wire.Right.BadSegments}, keys {wire.Left.BadKeys + wire.Right.BadKeys}");
        CollectionAssert.AreEqual(sent, received.ToArray());
        Assert.IsGreaterThan(0, wire.Right.BadSegments);
    }

    [TestMethod]
    public void Segments_of_any_octets_never_throw()
    {
        const int Seed = 99;
        Random random = new(Seed);
        TcpWire wire = new(Seed, 0, 0, 0, 600);
        Taker taker = new();
        wire.Right.Listen(VrfStore.Global, 646, taker);
        TcpConnection left = wire.Left.Open(VrfStore.Global, TcpWire.LeftAddress, TcpWire.RightAddress, 646, null, 0, wire.Now);
        wire.Run(50, () => { });
        Assert.AreEqual(TcpState.Established, left.State);
        int survived = 0;
        for (int i = 0; i < 200000; i++)
        {
            byte[] segment = new byte[random.Next(0, 90)];
            random.NextBytes(segment);
            if (segment.Length >= TcpHeader.Length)
            {
                segment[12] = (byte)(random.Next(5, 9) << 4);
                TcpHeader.Write(segment, 0, random.Next(8) == 0 ? random.Next(65536) : 646, left.LocalPort, random.Next(), random.Next(), Math.Min(segment.Length & ~3, 20 + 4 * random.Next(6)),
                    random.Next(8) == 0 ? random.Next(64) : TcpHeader.Ack, random.Next(65536));
                TcpHeader.WriteChecksum(segment, 0, segment.Length, TcpWire.RightAddress, TcpWire.LeftAddress);
            }
            wire.Left.Receive(VrfStore.Global, TcpWire.RightAddress, TcpWire.LeftAddress, 255, segment, 0, segment.Length, wire.Now);
            if (i % 100 == 0) wire.Run(1, () => { });
            survived += left.State == TcpState.Established ? 1 : 0;
        }
        Console.WriteLine($"seed {Seed}: established after {survived} of 200000");
        Assert.IsGreaterThan(199000, survived, "a blind attacker ended the connection");
    }
}
