using System.Text;
using System.Text.RegularExpressions;
using LabEdge.Cli;
using LabEdge.Forwarding;

namespace LabEdge.Tests.ConsoleRoom;

[TestClass]
public sealed class PagerTests
{
    private const string More = " --More--";

    [TestMethod]
    public void A_page_waits_for_a_key()
    {
        ConsoleBench bench = Full(out string[] lines);
        Typist typist = new(bench);
        typist.Press("show running-config\r");
        Assert.AreEqual(More, typist.Row);
        Assert.HasCount(24, typist.Screen.Split('\n').Skip(1).ToArray(), "23 lines and the mark");
        typist.Press("\r");
        Assert.AreEqual(More, typist.Row);
        Assert.HasCount(25, typist.Screen.Split('\n').Skip(1).ToArray());
        typist.Press(" ");
        Assert.HasCount(48, typist.Screen.Split('\n').Skip(1).ToArray());
        while (typist.Row == More) typist.Press(" ");
        Assert.AreEqual("Router#", typist.Row);
        Assert.AreEqual(string.Join("\n", lines), Body(typist.Screen), "the marks are wiped");
    }

    [TestMethod]
    [DataRow("q")]
    [DataRow("Q")]
    [DataRow("x")]
    [DataRow("\x03")]
    public void Another_key_ends_the_command(string key)
    {
        Typist typist = new(Full(out _));
        typist.Press("show running-config\r" + key);
        Assert.AreEqual("Router#", typist.Row);
        Assert.HasCount(24, typist.Screen.Split('\n').Skip(1).ToArray());
        typist.Press("show version\r");
        Assert.Contains("LabEdge Software", typist.Screen);
    }

    [TestMethod]
    public void Terminal_length_sets_the_page_and_0_has_none()
    {
        Typist typist = new(Full(out string[] lines));
        typist.Press("terminal length 5\rshow running-config\r");
        Assert.HasCount(5, typist.Screen.Split("show running-config\n")[1].Split('\n'));
        typist.Press("q");
        typist.Wipe();
        typist.Press("terminal length 0\rshow running-config\r");
        Assert.AreEqual(string.Join("\n", lines), Body(typist.Screen));
        typist.Press("show terminal\r");
        Assert.Contains("Length: 0 lines, Width: 80 columns", typist.Screen);
    }

    [TestMethod]
    public void A_line_that_takes_two_rows_counts_as_two()
    {
        ConsoleBench bench = new(Capacity.Pc());
        bench.Configure("interface Ethernet1\ndescription " + new string('d', 100));
        Typist typist = new(bench);
        typist.Press("terminal length 6\rshow running-config\r");
        int wide = typist.Screen.Split("show running-config\n")[1].Split('\n').Length;
        typist.Press("q");
        typist.Wipe();
        typist.Press("terminal length 10\rshow running-config interface Ethernet1\r");
        Assert.AreEqual("Router#", typist.Row);
        typist.Press("terminal width 20\r");
        typist.Wipe();
        typist.Press("show running-config interface Ethernet1\r");
        Assert.AreEqual(More, typist.Row);
        Assert.AreEqual(6, wide);
    }

    [TestMethod]
    public void What_a_script_types_is_never_paged()
    {
        ConsoleBench bench = Full(out string[] lines);
        bench.Cli.Open();
        bench.Read();
        Assert.AreEqual(string.Join("\n", lines) + "\n", Body(bench.Run("show running-config")));
        Assert.IsFalse(bench.Cli.Busy);
    }

    [TestMethod]
    [DataRow("include ^interface", "^interface")]
    [DataRow("inc ip address", "ip address")]
    [DataRow("include Ethernet1|Ethernet2", "Ethernet1|Ethernet2")]
    [DataRow("include 10\\.[0-3]\\.", @"10\.[0-3]\.")]
    [DataRow("i .*255$", ".*255$")]
    public void Include_lets_through_what_matches_and_exclude_the_rest(string filter, string regex)
    {
        ConsoleBench bench = Full(out _);
        string[] all = bench.Run("show running-config").Split('\n')[..^1];
        Assert.AreEqual(Joined(all.Where(line => Regex.IsMatch(line, regex))), bench.Run("show running-config | " + filter));
        Assert.AreEqual(Joined(all.Where(line => !Regex.IsMatch(line, regex))), bench.Run("show running-config | exclude " + filter[(filter.IndexOf(' ') + 1)..]));
        Assert.AreEqual($"Number of lines which match regexp = {all.Count(line => Regex.IsMatch(line, regex))}\n", bench.Run("show running-config | count " + filter[(filter.IndexOf(' ') + 1)..]));
        bench.Run("configure terminal");
        Assert.AreEqual(Joined(all.Where(line => Regex.IsMatch(line, regex))), bench.Run("do show running-config | " + filter));
    }

    [TestMethod]
    public void Begin_section_and_count_do_as_in_IOS()
    {
        ConsoleBench bench = Full(out _);
        string all = bench.Run("show running-config");
        Assert.AreEqual(all[all.IndexOf("interface Ethernet2", StringComparison.Ordinal)..], bench.Run("show running-config | begin Ethernet2"));
        Assert.AreEqual("interface Ethernet2\n description two\n no ip address\n", bench.Run("show running-config | section ^interface Ethernet2"));
        Assert.AreEqual($"Number of lines which match regexp = {all.Count(c => c == '\n')}\n", bench.Run("show running-config | count"));
        Assert.AreEqual("", bench.Run("show running-config | include nowhere"));
        Typist typist = new(bench);
        typist.Press("terminal length 4\r");
        typist.Wipe();
        typist.Press("show running-config | include ^ip route\r");
        Assert.AreEqual(More, typist.Row);
        Assert.HasCount(5, typist.Screen.Split('\n'));
    }

    [TestMethod]
    [DataRow("show version | include", "% Incomplete command.\n")]
    [DataRow("show version |", "% Incomplete command.\n")]
    [DataRow("show version | grep x", "                      ^\n% Invalid input detected at '^' marker.\n\n")]
    [DataRow("show version | include [a", "                              ^\n% Invalid input detected at '^' marker.\n% expected a pattern whose brackets are closed, of at most 62 elements\n")]
    [DataRow("ping 1.1.1.1 | include x", "                    ^\n% Invalid input detected at '^' marker.\n")]
    public void A_filter_that_is_none_is_told(string line, string answer)
    {
        string text = new ConsoleBench().Run(line);
        Assert.AreEqual(answer, text.Length > answer.Length ? text[..answer.Length] : text);
    }

    [TestMethod]
    public void The_filters_are_listed()
    {
        ConsoleBench bench = new();
        Assert.Contains("  |                   Filter what is printed\n  <cr>", bench.Run("show version ?"));
        string list = bench.Run("show version | ?");
        foreach (string filter in new[] { "include", "exclude", "begin", "section", "count" }) Assert.Contains("  " + filter, list);
        Assert.DoesNotContain("  no ", list);
        Assert.Contains("  include", bench.Run("show version | i?"));
        Assert.Contains("LINE", bench.Run("show version | include ?"));
    }

    // Against .NET's regular expressions, over the subset that both have.
    [TestMethod]
    public void Patterns_match_what_regular_expressions_do()
    {
        Random random = new(20);
        int matched = 0;
        string[] atoms = ["a", "b", "c", ".", "[ab]", "[^a]", "[a-c]", @"\.", @"\*", "ab"];
        for (int i = 0; i < 20_000; i++)
        {
            StringBuilder pattern = new();
            for (int alternative = random.Next(1, 3); alternative > 0; alternative--)
            {
                if (random.Next(5) == 0) pattern.Append('^');
                for (int k = random.Next(1, 6); k > 0; k--) pattern.Append(atoms[random.Next(atoms.Length)]).Append(random.Next(3) == 0 ? "*+?"[random.Next(3)].ToString() : "");
                if (random.Next(5) == 0) pattern.Append('$');
                if (alternative > 1) pattern.Append('|');
            }

            string text = new([.. Enumerable.Range(0, random.Next(0, 9)).Select(_ => "abc.*"[random.Next(5)])]);
            bool expected = Regex.IsMatch(text, pattern.ToString());
            matched += expected ? 1 : 0;
            byte[] octets = Encoding.ASCII.GetBytes(pattern.ToString());
            TextBuffer held = new(64);
            held.Text("before ").Text(text);
            held.Held = text.Length;
            Assert.IsTrue(Pattern.IsValid(octets, 0, octets.Length), pattern.ToString());
            Assert.AreEqual(expected, Pattern.Matches(octets, 0, octets.Length, held, text.Length), $"{pattern} on {text}");
        }

        Assert.IsTrue(matched is > 4000 and < 16_000, matched.ToString());
    }

    // Any filter over any length, whatever the reader's pace: nothing is lost, and the console is free again.
    [TestMethod]
    public void Filters_and_pages_never_lose_nor_lock()
    {
        Random random = new(9);
        ConsoleBench bench = Full(out _);
        char[] few = new char[7];
        for (int i = 0; i < 300; i++)
        {
            string filter = new[] { "", " | include ip", " | exclude e", " | begin route", " | section interface", " | count" }[random.Next(6)];
            bench.Cli.Open();
            foreach (char c in $"terminal length {random.Next(0, 40)}\rshow running-config{filter}\r")
            {
                while (!bench.Cli.Input(c, bench.Now))
                {
                    bench.Router.Poll(bench.Now, 3);
                    bench.Cli.Output.Take(few, 0, random.Next(1, 7));
                }
            }

            int turns = 0;
            for (; bench.Cli.Busy; turns++)
            {
                bench.Router.Poll(bench.Now, 3);
                bench.Cli.Output.Take(few, 0, random.Next(0, 7));
                if (random.Next(20) == 0) bench.Cli.Input(" \rq"[random.Next(20) == 0 ? 2 : random.Next(2)], bench.Now);
                Assert.IsLessThan(200_000, turns);
            }

            bench.Read();
            Assert.AreEqual(0, bench.Cli.Output.Lost);
            Assert.AreEqual(0, bench.Cli.Output.Held);
        }
    }

    private static string Joined(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    // A configuration of some pages, and its lines.
    private static ConsoleBench Full(out string[] lines)
    {
        ConsoleBench bench = new();
        string routes = string.Concat(Enumerable.Range(1, 70).Select(i => $"ip route 10.{i}.0.0 255.255.0.0 192.168.{i}.1\n"));
        Assert.AreEqual("", bench.Load("interface Ethernet2\n description two\n" + routes));
        lines = bench.Running().TrimEnd('\n').Split('\n');
        return bench;
    }

    private static string Body(string screen)
    {
        string text = screen[screen.IndexOf("!\n", StringComparison.Ordinal)..];
        int end = text.IndexOf("\nRouter#", StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }
}
