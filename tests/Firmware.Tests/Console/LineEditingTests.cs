using System.Text;
using LabEdge.Cli;
using LabEdge.Forwarding;

namespace LabEdge.Tests.ConsoleRoom;

[TestClass]
public sealed class LineEditingTests
{
    private const string Prompt = "Router#";

    // Keys, the line that stands there then, and the cursor's place in it.
    [TestMethod]
    [DataRow("show\x01X", "Xshow", 1, DisplayName = "Ctrl-A")]
    [DataRow("show\x01\x05X", "showX", 5, DisplayName = "Ctrl-E")]
    [DataRow("show\x02\x02X", "shXow", 3, DisplayName = "Ctrl-B")]
    [DataRow("show\x01\x06X", "sXhow", 2, DisplayName = "Ctrl-F")]
    [DataRow("show\x01\x04", "how", 0, DisplayName = "Ctrl-D")]
    [DataRow("show\x04", "show", 4, DisplayName = "Ctrl-D at the end")]
    [DataRow("show ip\x02\x02\x0b", "show", 5, DisplayName = "Ctrl-K")]
    [DataRow("show ip\x02\x02\x15", "ip", 0, DisplayName = "Ctrl-U")]
    [DataRow("show ip\x18", "", 0, DisplayName = "Ctrl-X")]
    [DataRow("show ip route\x17\x17", "show", 5, DisplayName = "Ctrl-W")]
    [DataRow("show\b\b", "sh", 2, DisplayName = "Backspace")]
    [DataRow("show\x02\x7f", "shw", 2, DisplayName = "Delete in the middle")]
    [DataRow("show\x01\b", "show", 0, DisplayName = "Backspace at the beginning")]
    [DataRow("show\x1b[D\x1b[D\x1b[CX", "shoXw", 4, DisplayName = "arrows")]
    [DataRow("show\x1bOD\x1bODX", "shXow", 3, DisplayName = "arrows of application mode")]
    [DataRow("show\x1b[HX\x1b[4~Y", "XshowY", 6, DisplayName = "Home and End")]
    [DataRow("show\x1b[1~\x1b[3~", "how", 0, DisplayName = "Home and Delete")]
    [DataRow("show ip route\x1b" + "b\x1b" + "bX", "show Xip route", 6, DisplayName = "Esc-B")]
    [DataRow("show ip route\x01\x1b" + "fX", "showX ip route", 5, DisplayName = "Esc-F")]
    [DataRow("show ip route\x01\x1b" + "d", " ip route", 0, DisplayName = "Esc-D")]
    [DataRow("ab\x1b[12;5Rcd", "abcd", 4, DisplayName = "a report of the terminal")]
    [DataRow("ab\x1b[?1;2ccd", "abcd", 4, DisplayName = "another")]
    [DataRow("ab\x1b[1\x02X", "aXb", 2, DisplayName = "a control character ends a sequence")]
    [DataRow("ab\x1b\x1b[DX", "aXb", 2, DisplayName = "Escape twice")]
    [DataRow("ab\x1bqc", "abc", 3, DisplayName = "a sequence that means nothing")]
    public void Keys_edit_the_line(string keys, string line, int cursor)
    {
        Typist typist = new(new ConsoleBench());
        typist.Press(keys);
        Assert.AreEqual(Prompt + line.TrimEnd(), typist.Row);
        Assert.AreEqual(Prompt.Length + cursor, typist.Column);
        typist.Press("\x12");
        Assert.AreEqual(Prompt + line.TrimEnd(), typist.Row, "after a redraw");
        Assert.AreEqual(Prompt.Length + cursor, typist.Column, "after a redraw");
    }

    [TestMethod]
    public void Numbers_without_end_do_not_lock_the_keyboard()
    {
        Typist typist = new(new ConsoleBench());
        typist.Press("\x1b[" + new string('1', 100));
        string stuck = typist.Row;
        typist.Press("z");
        Assert.AreEqual(stuck + "z", typist.Row);
        Assert.IsGreaterThan(Prompt.Length + 30, typist.Row.Length);
    }

    [TestMethod]
    public void The_lines_before_come_back_and_can_be_changed()
    {
        Typist typist = new(new ConsoleBench());
        typist.Press("show clock\rshow ip route\r\rshow ip route\rshow arp\r");
        Assert.AreEqual(Prompt + "show arp", typist.Press(Typist.Up).Row);
        Assert.AreEqual(Prompt + "show ip route", typist.Press(Typist.Up).Row);
        Assert.AreEqual(Prompt + "show clock", typist.Press("\x10").Row, "the same line twice is one");
        int bells = typist.Bells;
        Assert.AreEqual(Prompt + "show clock", typist.Press(Typist.Up).Row);
        Assert.AreEqual(bells + 1, typist.Bells);
        Assert.AreEqual(Prompt + "show ip route", typist.Press("\x0e").Row);
        Assert.AreEqual(Prompt + "show arp", typist.Press(Typist.Down).Row);
        Assert.AreEqual(Prompt.TrimEnd(), typist.Press(Typist.Down).Row);
        typist.Press(Typist.Up + Typist.Left + Typist.Left + Typist.Left + "ip ");
        Assert.AreEqual(Prompt + "show ip arp", typist.Row);
        typist.Wipe();
        typist.Press("\rshow history\r");
        Assert.Contains("\n  show clock\n  show ip route\n  show arp\n  show ip arp\n  show history\n", typist.Screen);
    }

    [TestMethod]
    public void Old_lines_make_room_for_new_ones()
    {
        foreach (Capacity capacity in new[] { Capacity.Tiny(), Capacity.Pc() })
        {
            LineHistory history = new(capacity);
            List<string> model = [];
            Random random = new(capacity.ConsoleHistory);
            for (int i = 0; i < 2000; i++)
            {
                string line = new('a', random.Next(1, 255));
                if (random.Next(50) == 0)
                {
                    int limit = random.Next(0, 30);
                    history.SetLimit(limit);
                    model.RemoveRange(0, Math.Max(0, model.Count - limit));
                }

                history.Add(Encoding.ASCII.GetBytes(line), line.Length);
                if (history.Limit > 0 && line.Length < capacity.ConsoleHistory && (model.Count == 0 || model[^1] != line))
                {
                    model.Add(line);
                    while (model.Count > history.Limit || model.Sum(l => l.Length + 1) > capacity.ConsoleHistory) model.RemoveAt(0);
                }

                Assert.AreEqual(model.Count, history.Lines);
                for (int k = 1; k <= model.Count; k++)
                {
                    int at = history.Find(k, out int count);
                    Assert.AreEqual(model[^k], Encoding.ASCII.GetString(history.Octets, at, count));
                }
            }
        }
    }

    [TestMethod]
    public void A_line_longer_than_the_screen_slides()
    {
        ConsoleBench bench = new();
        bench.Run("terminal width 30");
        Typist typist = new(bench);
        string line = string.Concat(Enumerable.Range(0, 25).Select(i => $"{i:00} "));
        typist.Press(line);
        Assert.IsLessThan(30, typist.Row.Length);
        Assert.StartsWith(Prompt + "$", typist.Row);
        Assert.EndsWith("24", typist.Row);
        typist.Press("\x01");
        Assert.StartsWith(Prompt + "00 01", typist.Row);
        Assert.EndsWith("$", typist.Row);
        typist.Press("x\x05y");
        Assert.EndsWith("24 y", typist.Row);
        typist.Wipe();
        typist.Press("\r\x10\x01");
        Assert.StartsWith(Prompt + "x00 01", typist.Row);
    }

    // Any keys at any width: what is entered is what a plain list of characters would be, and the screen shows its part of it.
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void The_screen_always_shows_the_line(int seed)
    {
        Random random = new(seed);
        ConsoleBench bench = new();
        int width = random.Next(20, 130);
        bench.Run("terminal width " + width);
        Typist typist = new(bench);
        StringBuilder line = new();
        int cursor = 0;
        for (int i = 0; i < 5000; i++)
        {
            switch (random.Next(12))
            {
                case 0:
                    typist.Press(random.Next(2) == 0 ? "\x02" : Typist.Left);
                    cursor = Math.Max(0, cursor - 1);
                    break;
                case 1:
                    typist.Press(random.Next(2) == 0 ? "\x06" : Typist.Right);
                    cursor = Math.Min(line.Length, cursor + 1);
                    break;
                case 2 when random.Next(6) == 0:
                    typist.Press("\x01");
                    cursor = 0;
                    break;
                case 3 when random.Next(6) == 0:
                    typist.Press("\x05");
                    cursor = line.Length;
                    break;
                case 4:
                    typist.Press("\b");
                    if (cursor > 0) line.Remove(--cursor, 1);
                    break;
                case 5:
                    typist.Press("\x04");
                    if (cursor < line.Length) line.Remove(cursor, 1);
                    break;
                case 6 when random.Next(30) == 0:
                    typist.Press("\x0b");
                    line.Length = cursor;
                    break;
                default:
                    char c = (char)random.Next(' ' + 1, '~');
                    if (c == '?' || line.Length == LineLexer.MaxLength) continue;
                    typist.Press(c.ToString());
                    line.Insert(cursor++, c);
                    break;
            }

            int at = typist.Column - Prompt.Length;
            string shown = typist.Row.PadRight(typist.Column)[Prompt.Length..];
            string around = new([.. shown.Select((s, k) => cursor - at + k < line.Length && cursor - at + k >= 0 ? line[cursor - at + k] : ' ')]);
            string seen = shown.Length > 0 && cursor > at ? around[0] + shown[1..] : shown;
            if (seen.EndsWith('$') && cursor - at + seen.Length < line.Length) seen = seen[..^1] + around[^1];
            Assert.AreEqual(around, seen, $"seed {seed}, width {width}, step {i}: {line}");
            Assert.IsTrue(cursor - at + shown.Length >= line.Length || shown.EndsWith('$'), $"seed {seed}, step {i}");
            Assert.IsLessThanOrEqualTo(Math.Max(width, Prompt.Length + 9), typist.Row.Length);
        }
    }

    [TestMethod]
    public void Help_is_about_what_stands_before_the_cursor()
    {
        Typist typist = new(new ConsoleBench());
        typist.Press("show ip route\x1b" + "b\x1b" + "b?");
        Assert.Contains("show ?p route\n  running-config", typist.Screen);
        Assert.AreEqual(Prompt + "show ip route", typist.Row);
        Assert.AreEqual((Prompt + "show ").Length, typist.Column);
    }

    [TestMethod]
    public void Help_works_inside_do()
    {
        ConsoleBench bench = new();
        bench.Run("configure terminal");
        Assert.AreEqual(bench.Run("do show ip ?"), Exec("show ip ?"));
        Assert.AreEqual(bench.Run("do sh?"), Exec("sh?"));
        Assert.Contains("  ping", bench.Run("do ?"));

        static string Exec(string line) => new ConsoleBench().Run(line);
    }
}
