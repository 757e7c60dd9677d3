using System.Globalization;
using System.Text;
using LabEdge.Forwarding;
using LabEdge.Tcp;

namespace LabEdge.Tests.Tcp;

/// <summary>
/// Cases as text in tests/conformance/tcp, one stack against a script: <c>open</c>, <c>listen</c>, <c>write N</c>, <c>read N</c>, <c>close</c>,
/// <c>abort</c>, <c>release</c>, <c>wait MS</c>, <c>state S</c>, <c>available N</c>; <c>&lt;</c> a segment in, <c>&gt;</c> a segment out: flags
/// (S, A, F, R, P), then seq, ack, len, win, mss; <c>key K</c> and <c>gtsm</c> are for what is opened after them; <c>counted bad-keys|low-ttl N</c>; in with <c>key K</c> a segment is signed (RFC 2385),
/// with <c>ttl N</c> it comes from further away. Our first sequence number counts as 0. What goes out and is not in the script is an error.
/// </summary>
[TestClass]
public class TcpConformanceTests
{
    public static IEnumerable<object[]> Cases => Directory.GetFiles(Repository.PathOf("tests", "conformance", "tcp"), "*.txt").Order(StringComparer.Ordinal)
        .Select(f => new object[] { Path.GetFileNameWithoutExtension(f) });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Segments_in_and_out(string name)
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("tests", "conformance", "tcp", name + ".txt"));
        Assert.StartsWith("# ", lines[0], "a sentence on top");
        Script script = new();
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length > 0 && lines[i][0] != '#') script.Line(lines[i], $"{name}.txt line {i + 1}");
        }
        script.Done(name);
    }

    private sealed class Script : ITcpOutput
    {
        private const uint Own = 0x0A000001;
        private const uint Peer = 0x0A000002;
        private readonly Queue<string> _out = new();
        private readonly TcpStack _stack;
        private Taker _taker = new();
        private TcpConnection _connection;
        private uint _now = 5000;
        private int _first;
        private byte[] _key;
        private int _leastTtl;
        private bool _hasFirst;

        public Script()
        {
            Capacity capacity = Capacity.Tiny();
            capacity.TcpRing = 1000;
            byte[] entropy = new byte[32];
            entropy[5] = 7;
            _stack = new TcpStack(capacity, entropy, this);
        }

        public byte[] Octets { get; } = new byte[2000];
        public int Start => 0;

        private TcpConnection Connection => _connection ?? _taker.Connection;

        public void Send(int vrf, uint source, uint destination, int length)
        {
            Assert.IsTrue(TcpHeader.ChecksumRight(Octets, 0, length, source, destination));
            int flags = TcpHeader.ReadFlags(Octets, 0);
            int sequence = TcpHeader.ReadSequence(Octets, 0);
            if (!_hasFirst && (flags & TcpHeader.Syn) != 0)
            {
                _hasFirst = true;
                _first = sequence;
            }
            string text = Flags(flags) + " seq " + ((flags & (TcpHeader.Reset | TcpHeader.Ack)) == (TcpHeader.Reset | TcpHeader.Ack) && sequence == 0 ? 0 : sequence - _first).ToString(CultureInfo.InvariantCulture);
            if ((flags & TcpHeader.Ack) != 0) text += " ack " + TcpHeader.ReadAcknowledgment(Octets, 0).ToString(CultureInfo.InvariantCulture);
            int payload = length - TcpHeader.ReadHeaderLength(Octets, 0);
            if (payload > 0) text += " len " + payload.ToString(CultureInfo.InvariantCulture);
            if ((flags & TcpHeader.Reset) == 0) text += " win " + TcpHeader.ReadWindow(Octets, 0).ToString(CultureInfo.InvariantCulture);
            int digest = TcpHeader.FindOption(Octets, 0, TcpHeader.Md5, TcpHeader.Md5Length);
            Assert.AreEqual(_key != null, digest > 0, "signed");
            if (digest > 0) Assert.AreEqual(Convert.ToHexString(Digest(Octets.AsSpan(0, length), source, destination, _key)), Convert.ToHexString(Octets, digest, 16));
            int mss = TcpHeader.FindOption(Octets, 0, TcpHeader.MaximumSegmentSize, 4);
            if (mss > 0) text += " mss " + ((Octets[mss] << 8) | Octets[mss + 1]).ToString(CultureInfo.InvariantCulture);
            _out.Enqueue(text);
        }

        public void Line(string line, string where)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == ">")
            {
                Assert.IsNotEmpty(_out, where + ": nothing went out");
                Assert.AreEqual(string.Join(' ', words[1..]), _out.Dequeue(), where);
                return;
            }
            Assert.AreEqual("", string.Join("; ", _out), where + ": more went out before");
            switch (words[0])
            {
                case "open": _connection = _stack.Open(VrfStore.Global, Own, Peer, 646, _key, _leastTtl, _now); break;
                case "key": _key = Encoding.ASCII.GetBytes(words[1]); break;
                case "gtsm": _leastTtl = 255; break;
                case "counted": Assert.AreEqual(Number(words[2]), words[1] == "low-ttl" ? _stack.LowTtl : _stack.BadKeys, where); return;
                case "listen": _taker = new Taker { Key = _key, LeastTtl = _leastTtl }; Assert.IsTrue(_stack.Listen(VrfStore.Global, 646, _taker)); break;
                case "write": Assert.IsTrue(Connection.Write(new byte[2000], 0, Number(words[1])), where); break;
                case "read": Connection.Consume(Number(words[1])); break;
                case "close": Connection.Close(); break;
                case "abort": Connection.Abort(); break;
                case "release": _stack.Release(Connection); break;
                case "keepalive": Connection.KeepAliveMs = Number(words[1]); break;
                case "state": Assert.AreEqual(words[1], TcpState.Name(Connection.State), where); return;
                case "available": Assert.AreEqual(Number(words[1]), Connection.Available, where); return;
                case "failure": Assert.AreEqual(words[1], Connection.Failure switch { TcpConnection.ResetByPeer => "reset", TcpConnection.TimedOut => "timeout", _ => "none" }, where); return;
                case "<": Receive(words); break;
                case "wait":
                    for (int left = Number(words[1]); left > 0; left--)
                    {
                        _now++;
                        _stack.Poll(_now, 10);
                    }
                    break;
                default: Assert.Fail(where + ": unknown word " + words[0]); break;
            }
            _stack.Poll(_now, 10);
        }

        public void Done(string name) => Assert.AreEqual("", string.Join("; ", _out), name + ": more went out at the end");

        private void Receive(string[] words)
        {
            int flags = 0;
            foreach (char c in words[1]) flags |= c switch { 'S' => TcpHeader.Syn, 'A' => TcpHeader.Ack, 'F' => TcpHeader.Fin, 'R' => TcpHeader.Reset, 'P' => TcpHeader.Push, _ => 0 };
            Dictionary<string, int> value = [];
            byte[] key = null;
            for (int i = 2; i + 1 < words.Length; i += 2)
            {
                if (words[i] == "key") key = Encoding.ASCII.GetBytes(words[i + 1]);
                else value[words[i]] = Number(words[i + 1]);
            }
            int options = (value.TryGetValue("mss", out int mss) ? 4 : 0) + (key == null ? 0 : 20);
            int length = value.GetValueOrDefault("len");
            byte[] segment = new byte[TcpHeader.Length + options + length];
            int ownPort = _connection?.LocalPort ?? 646;
            int ack = (flags & TcpHeader.Ack) != 0 ? value.GetValueOrDefault("ack") + _first : 0;
            TcpHeader.Write(segment, 0, value.GetValueOrDefault("from", _connection?.RemotePort ?? 50000), ownPort, value.GetValueOrDefault("seq"), ack, TcpHeader.Length + options, flags, value.GetValueOrDefault("win"));
            if (mss > 0)
            {
                segment[20] = 2;
                segment[21] = 4;
                segment[22] = (byte)(mss >> 8);
                segment[23] = (byte)mss;
            }
            if (key != null)
            {
                int at = TcpHeader.Length + options - 20;
                segment[at] = segment[at + 1] = TcpHeader.NoOperation;
                segment[at + 2] = TcpHeader.Md5;
                segment[at + 3] = TcpHeader.Md5Length;
                Digest(segment, Peer, Own, key).CopyTo(segment, at + 4);
            }
            TcpHeader.WriteChecksum(segment, 0, segment.Length, Peer, Own);
            _stack.Receive(VrfStore.Global, Peer, Own, value.GetValueOrDefault("ttl", 255), segment, 0, segment.Length, _now);
        }

        // RFC 2385 section 2: pseudo header, header without options and checksum, data, key.
        private static byte[] Digest(ReadOnlySpan<byte> segment, uint source, uint destination, byte[] key)
        {
            byte[] header = segment[..20].ToArray();
            header[16] = header[17] = 0;
            int end = (segment[12] >> 4) * 4;
            byte[] pseudo = new byte[12];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(pseudo, source);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(pseudo.AsSpan(4), destination);
            pseudo[9] = 6;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(pseudo.AsSpan(10), (ushort)segment.Length);
            return System.Security.Cryptography.MD5.HashData([.. pseudo, .. header, .. segment[end..], .. key]);
        }

        private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

        private static string Flags(int flags) => ((flags & TcpHeader.Syn) != 0 ? "S" : "") + ((flags & TcpHeader.Fin) != 0 ? "F" : "") + ((flags & TcpHeader.Reset) != 0 ? "R" : "")
            + ((flags & TcpHeader.Push) != 0 ? "P" : "") + ((flags & TcpHeader.Ack) != 0 ? "A" : "");
    }
}
