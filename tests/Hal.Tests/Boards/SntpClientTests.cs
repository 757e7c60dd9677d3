using System.Buffers.Binary;
using LabEdge.Boards;
using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Tests.Boards;

/// <summary>The time of day by SNTP (RFC 4330): what is asked, when, and which answers are taken.</summary>
[TestClass]
public sealed class SntpClientTests
{
    // 2026-11-28 20:52:10.5 UTC since 1900.
    private const uint Seconds = 1795899130u + 2208988800u;

    private readonly TestDatagrams _wire = new();
    private readonly SntpClient _client;

    public SntpClientTests()
    {
        EntropyPool pool = new();
        pool.Add(12345);
        _client = new SntpClient(_wire, pool);
    }

    [TestMethod]
    public void The_answer_to_its_question_sets_the_time_and_half_of_the_way_is_added()
    {
        _client.Poll(1000);
        byte[] question = _wire.Sent.Single();
        Assert.HasCount(48, question);
        Assert.AreEqual(0x23, question[0]);
        Assert.IsTrue(question.AsSpan(1, 39).IndexOfAnyExcept((byte)0) < 0, "nothing else is told");
        Assert.AreNotEqual(0UL, BinaryPrimitives.ReadUInt64BigEndian(question.AsSpan(40)));
        Assert.IsFalse(_client.IsKnown);

        _wire.Waiting.Enqueue(Answer(question));
        _client.Poll(1200);
        Assert.IsTrue(_client.IsKnown);
        Assert.AreEqual("2026-11-28 20:52:10 UTC", SntpClient.Text(_client.UnixSeconds(1200)));

        // 0.5 s of the server, 0.1 s of the way: 0.4 s later the second is over.
        Assert.AreEqual("2026-11-28 20:52:10 UTC", SntpClient.Text(_client.UnixSeconds(1599)));
        Assert.AreEqual("2026-11-28 20:52:11 UTC", SntpClient.Text(_client.UnixSeconds(1600)));
        Assert.AreEqual("2026-11-29 20:52:11 UTC", SntpClient.Text(_client.UnixSeconds(1600 + 86400000)));

        _client.Poll(1200 + SntpClient.AgainMs - 1);
        Assert.HasCount(1, _wire.Sent);
        _client.Poll(1200 + SntpClient.AgainMs);
        Assert.HasCount(2, _wire.Sent);
        CollectionAssert.AreNotEqual(_wire.Sent[0], _wire.Sent[1]);
    }

    [TestMethod]
    [DataRow("another question", 24, 1)]
    [DataRow("another mode", 0, 1)]
    [DataRow("a server without time", 0, 0xC0)]
    [DataRow("a kiss of death", 1, 2)]
    [DataRow("stratum 16", 1, 18)]
    public void What_is_no_answer_is_counted_and_changes_nothing(string what, int at, int flip)
    {
        _client.Poll(0);
        byte[] answer = Answer(_wire.Sent[0]);
        answer[at] ^= (byte)flip;
        _wire.Waiting.Enqueue(answer);
        _client.Poll(10);
        Assert.IsFalse(_client.IsKnown, what);
        Assert.AreEqual(1, _client.Refused, what);
        _wire.Waiting.Enqueue(Answer(_wire.Sent[0]));
        _client.Poll(20);
        Assert.IsTrue(_client.IsKnown, "the right one may still come");
    }

    [TestMethod]
    public void Every_truncation_a_late_and_a_second_answer_are_refused()
    {
        _client.Poll(0);
        byte[] answer = Answer(_wire.Sent[0]);
        for (int length = 1; length < answer.Length; length++)
        {
            _wire.Waiting.Enqueue(answer[..length]);
            _client.Poll(5);
        }

        Assert.AreEqual(47, _client.Refused);
        _wire.Waiting.Enqueue(answer);
        _client.Poll(SntpClient.LongestAnswerMs + 1);
        Assert.AreEqual(48, _client.Refused);
        Assert.IsFalse(_client.IsKnown);
        _wire.Waiting.Enqueue(answer);
        _client.Poll(SntpClient.LongestAnswerMs);
        Assert.IsTrue(_client.IsKnown);
        _wire.Waiting.Enqueue(answer);
        _client.Poll(SntpClient.LongestAnswerMs);
        Assert.AreEqual(49, _client.Refused, "sent twice");
        byte[] zero = new byte[60];
        _wire.Waiting.Enqueue(zero);
        _client.Poll(SntpClient.LongestAnswerMs);
        Assert.AreEqual(50, _client.Refused, "longer than it may be");
    }

    [TestMethod]
    public void A_server_that_is_silent_is_asked_less_and_less_often_and_nobody_without_a_link()
    {
        _wire.Up = false;
        _client.Poll(0);
        _client.Poll(60000);
        Assert.IsEmpty(_wire.Sent);
        _wire.Up = true;
        List<uint> asked = [];
        for (uint now = 100000; now < 8000000; now += 1000)
        {
            int before = _wire.Sent.Count;
            _client.Poll(now);
            if (_wire.Sent.Count != before) asked.Add(now - 100000);
        }

        CollectionAssert.AreEqual(new uint[] { 0, 16000, 48000, 112000, 240000, 496000, 1008000, 2032000, 3056000, 4080000, 5104000, 6128000, 7152000 }, asked.ToArray());
    }

    [TestMethod]
    [DataRow(0u, "1970-01-01 00:00:00 UTC")]
    [DataRow(951782400u, "2000-02-29 00:00:00 UTC")]
    [DataRow(1709251199u, "2024-02-29 23:59:59 UTC")]
    [DataRow(4102444800u, "2100-01-01 00:00:00 UTC")]
    [DataRow(4294967295u, "2106-02-07 06:28:15 UTC")]
    public void A_time_is_written_as_a_date(uint seconds, string text)
    {
        Assert.AreEqual(text, SntpClient.Text(seconds));
        for (uint s = seconds; s > 86400u * 7 && s > seconds - 40000000u; s -= 777777u)
        {
            Assert.AreEqual(DateTime.UnixEpoch.AddSeconds(s).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) + " UTC", SntpClient.Text(s));
        }
    }

    [TestMethod]
    public void A_board_tells_the_time_and_keeps_it_with_a_crash()
    {
        Bomb bomb = new();
        TestPlatform platform = new() { TimeServer = _wire, Joining = router => router.AddModule(bomb) };
        platform.Wiring = [.. platform.Wiring, "sntp 192.0.2.9"];
        TestBoard board = new(platform);
        board.Run(100);
        _wire.Waiting.Enqueue(Answer(_wire.Sent[0]));
        board.Run(100);
        Assert.Contains("time of day: 2026-11-28 20:52:1", board.Printed());
        bomb.Armed = true;
        board.Run(3000);
        Assert.Contains("router crashed: 2026-11-28 20:52:1", board.Printed());
        Assert.HasCount(1, _wire.Sent, "the new router's board has the time already");

        TestBoard without = new(new TestPlatform { Wiring = [.. new TestPlatform().Wiring, "sntp 192.0.2.9"] });
        without.Run(100);
        Assert.Contains("no time of day: this board has no IP stack besides the router's", without.Printed());
    }

    private sealed class Bomb : IProtocolModule
    {
        public bool Armed { get; set; }

        public uint Poll(uint now, int budget)
        {
            if (!Armed) return 1000;
            Armed = false;
            throw new InvalidOperationException("the bomb");
        }

        public void Bill(RamBill bill)
        {
        }
    }

    private static byte[] Answer(byte[] question)
    {
        byte[] answer = new byte[48];
        answer[0] = 0x24;
        answer[1] = 2;
        question.AsSpan(40, 8).CopyTo(answer.AsSpan(24));
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(40), Seconds);
        answer[44] = 0x80;
        return answer;
    }
}
