using System.Text;
using LabEdge.Cli;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>Every row of the command table, taken apart here by other code than the matcher's.</summary>
[TestClass]
public sealed class CommandTests
{
    // What a test types for an argument of each kind.
    private static readonly Dictionary<char, string> Samples = new()
    {
        ['a'] = "10.0.0.0",
        ['x'] = "2001:db8::1",
        ['p'] = "2001:db8::/32",
        ['m'] = "255.0.0.0",
        ['i'] = "Ethernet1",
        ['o'] = "1",
        ['v'] = "red",
        ['w'] = "red",
        ['l'] = "show version",
        ['r'] = "65000:1",
    };

    private static IEnumerable<(int Mode, int Action, string Row)> Rows()
    {
        foreach (int mode in new[] { Mode.Exec, Mode.Global, Mode.Vrf, Mode.Interface, Mode.Xconnect, Mode.Instance, Mode.Bridge, Mode.Ospf, Mode.Filter })
        {
            for (int action = CommandTable.First(mode); action < CommandTable.End(mode); action++) yield return (mode, action, CommandTable.Row(action));
        }
    }

    private sealed record Element(string Word, string Help, bool Optional, bool Inner);

    // The row's elements in order; those inside brackets are optional.
    private static List<Element> Parse(string row, out int bar)
    {
        List<Element> elements = [];
        bar = -1;
        string rest = row.TrimStart('+', '#');
        bool optional = false;
        bool first = false;
        StringBuilder word = new();
        string help = null;
        for (int i = 0; i <= rest.Length; i++)
        {
            char c = i == rest.Length ? ' ' : rest[i];
            if (c == '{')
            {
                int end = rest.IndexOf('}', i);
                help = rest[(i + 1)..end];
                i = end;
            }
            else if (c == '[')
            {
                optional = true;
                first = true;
            }
            else if (c is ' ' or ']')
            {
                if (word.ToString() == "|") bar = elements.Count;
                else if (word.Length > 0)
                {
                    elements.Add(new Element(word.ToString(), help, optional, optional && !first));
                    first = false;
                }

                word.Clear();
                help = null;
                if (c == ']') optional = false;
            }
            else
            {
                word.Append(c);
            }
        }

        return elements;
    }

    private static string Typed(Element element)
    {
        if (element.Word[0] != '%') return element.Word.Split('=')[0];
        if (element.Word[1] != 'n') return Samples[element.Word[1]];
        return element.Word[(element.Word.IndexOf('(') + 1)..element.Word.IndexOf('-')];
    }

    private static string Typed(IEnumerable<Element> elements) => string.Join(' ', elements.Select(Typed));

    private readonly LineLexer _line = new();
    private CommandMatcher _matcher;

    [TestInitialize]
    public void MakeMatcher()
    {
        _matcher = new CommandMatcher(_line, new InterfaceNames(new ConsoleBench().Router.Host.Interfaces));
    }

    private int Match(int mode, string text)
    {
        Assert.AreEqual(LineLexer.Ok, _line.Read(text), text);
        return _matcher.Match(mode);
    }

    private void Matches(int mode, int action, string text)
    {
        Assert.AreEqual(CommandMatcher.Matched, Match(mode, text), text);
        Assert.AreEqual(CommandTable.Row(action), CommandTable.Row(_matcher.Action), text);
    }

    [TestMethod]
    public void The_table_is_well_formed()
    {
        HashSet<string> seen = [];
        foreach ((int mode, int action, string row) in Rows())
        {
            Assert.IsTrue(seen.Add(mode + row), row);
            List<Element> elements = Parse(row, out _);
            Assert.IsNotEmpty(elements);
            foreach (Element element in elements.Where(e => e.Word[0] == '%')) Assert.IsLessThan(Argument.Slots, element.Word[2] - '0', row);
        }

        Assert.IsGreaterThan(28, CommandTable.End(Mode.Exec));
        Assert.AreEqual("", CommandTable.Row(CommandTable.Count));
    }

    [TestMethod]
    public void Every_command_is_understood_with_and_without_its_options()
    {
        foreach ((int mode, int action, string row) in Rows())
        {
            List<Element> elements = Parse(row, out _);
            Matches(mode, action, Typed(elements.Where(e => !e.Optional)));
            Matches(mode, action, Typed(elements));
            Assert.AreEqual(mode, _matcher.MatchedMode);
            Assert.IsFalse(_matcher.Negated);
        }
    }

    [TestMethod]
    public void Every_command_that_has_a_no_form_has_it_and_no_other()
    {
        Assert.AreEqual(CommandTable.Count, Rows().Count(), "the modes hold every row once");
        foreach ((int mode, int action, string row) in Rows().Where(r => Mode.IsConfiguration(r.Mode)))
        {
            List<Element> elements = Parse(row, out int bar);
            string whole = "no " + Typed(elements.Where(e => !e.Optional));
            if (row[0] != '+')
            {
                Assert.AreNotEqual(CommandMatcher.Matched, Match(mode, whole), whole);
                continue;
            }

            Matches(mode, action, whole);
            Assert.IsTrue(_matcher.Negated);
            if (bar >= 0) Matches(mode, action, "no " + Typed(elements.Take(bar).Where(e => !e.Optional)));
        }
    }

    [TestMethod]
    public void Every_unique_abbreviation_is_understood_and_every_other_is_ambiguous()
    {
        int unique = 0;
        int ambiguous = 0;
        foreach ((int mode, int action, string row) in Rows())
        {
            List<Element> elements = Parse(row, out _).Where(e => !e.Optional).ToList();
            for (int at = 0; at < elements.Count; at++)
            {
                string word = Typed(elements[at]);
                if (elements[at].Word[0] == '%') continue;

                // All words that rows with the same beginning may have here.
                string before = Typed(elements.Take(at));
                List<string> rivals = Rows().Where(r => r.Mode == mode)
                    .SelectMany(r => Continuations(r.Row, before)).Distinct().ToList();
                for (int length = 1; length < word.Length; length++)
                {
                    string cut = word[..length];
                    string text = string.Join(' ', elements.Take(at).Select(Typed).Append(cut).Concat(elements.Skip(at + 1).Select(Typed)));
                    if (rivals.Count(r => r.StartsWith(cut, StringComparison.Ordinal)) == 1)
                    {
                        Matches(mode, action, text);
                        unique++;
                    }
                    else if (!rivals.Contains(cut))
                    {
                        Assert.AreEqual(CommandMatcher.Ambiguous, Match(mode, text), text);
                        ambiguous++;
                    }
                }
            }
        }

        Assert.IsGreaterThan(300, unique);
        Assert.IsGreaterThan(20, ambiguous);
    }

    // The words that may follow "before" in a row: options may stand or not, and in any order.
    private static IEnumerable<string> Continuations(string row, string before)
    {
        List<Element> elements = Parse(row, out _);
        List<Element> needed = elements.Where(e => !e.Optional).ToList();
        int count = before.Length == 0 ? 0 : before.Split(' ').Length;
        int taken = 0;
        int words = 0;
        while (taken < needed.Count && words < count) words += Typed(needed[taken++]).Split(' ').Length;
        if (words != count || Typed(needed.Take(taken)) != before) yield break;
        int index = taken == 0 ? 0 : elements.IndexOf(needed[taken - 1]) + 1;
        if (taken < needed.Count && needed[taken].Word[0] != '%') yield return Typed(needed[taken]);
        for (; index < elements.Count && elements[index].Optional; index++)
        {
            // Only the first word of a group may follow; a group's arguments come behind its keyword.
            if (elements[index].Word[0] != '%' && !elements[index].Inner) yield return Typed(elements[index]);
        }
    }

    [TestMethod]
    public void Every_command_ends_too_early_before_each_needed_word()
    {
        foreach ((int mode, _, string row) in Rows())
        {
            List<Element> needed = Parse(row, out _).Where(e => !e.Optional).ToList();
            for (int count = 1; count < needed.Count; count++)
            {
                string text = Typed(needed.Take(count));
                bool whole = Rows().Any(r => r.Mode == mode && Typed(Parse(r.Row, out _).Where(e => !e.Optional)) == text);
                Assert.AreEqual(whole ? CommandMatcher.Matched : CommandMatcher.Incomplete, Match(mode, text), text);
            }
        }
    }

    [TestMethod]
    public void Every_command_is_listed_by_a_question_mark_at_each_of_its_words()
    {
        ConsoleBench bench = new(ospf: true);
        bench.Configure("ip vrf red");
        foreach ((int mode, int action, string row) in Rows())
        {
            if (action == CommandTable.EndExec) continue; // taken from a paste, not listed
            string prefix = mode == Mode.Filter ? "show version | " : "";
            Enter(bench, mode);
            List<Element> elements = Parse(row, out _);
            for (int at = 0; at < elements.Count; at++)
            {
                if (elements[at].Inner || (elements[at].Optional && elements[at].Word[0] == '%')) continue;
                string before = Typed(elements.Take(at).Where(e => !e.Optional));
                if (before == "do") continue; // lists the exec commands
                string listed = bench.Run(prefix + (before.Length == 0 ? "?" : before + " ?"));
                string symbol = Symbol(elements[at]);
                string line = listed.Split('\n').FirstOrDefault(l => l.StartsWith("  " + symbol + " ", StringComparison.Ordinal));
                Assert.IsNotNull(line, $"{before} ? does not list {symbol}:\n{listed}");
                Assert.IsGreaterThan(symbol.Length + 4, line.Length, $"{symbol} has no help: {line}");
            }

            if (row.Contains('[') && !row.Contains("| [")) StringAssert.Contains(bench.Run(prefix + Typed(elements.Where(e => !e.Optional)) + " ?"), "  <cr>");
        }

        Assert.AreEqual(0, bench.Cli.Output.Lost);
    }

    // Brings a console into a mode of configuration.
    private static void Enter(ConsoleBench bench, int mode)
    {
        bench.Run("end");
        string[] way = mode switch
        {
            Mode.Exec or Mode.Filter => [],
            Mode.Global => ["configure terminal"],
            Mode.Vrf => ["configure terminal", "ip vrf red"],
            Mode.Interface => ["configure terminal", "interface Ethernet1"],
            Mode.Xconnect => ["configure terminal", "interface Ethernet2", "xconnect 10.0.0.9 7 encapsulation mpls manual"],
            Mode.Instance => ["configure terminal", "interface Ethernet3", "service instance 1 ethernet"],
            Mode.Ospf => ["configure terminal", "router ospf 1"],
            _ => ["configure terminal", "bridge-domain 5"],
        };
        foreach (string line in way) bench.Run(line);
        Assert.AreEqual(mode == Mode.Filter ? Mode.Exec : mode, bench.Cli.CurrentMode);
    }

    // Every line of the table alone, in its mode, and its no form: what runs then reads back as the same text.
    [TestMethod]
    public void Every_configuration_line_and_its_no_form_read_back()
    {
        int kept = 0;
        foreach ((int mode, int action, string row) in Rows().Where(r => Mode.IsConfiguration(r.Mode)))
        {
            List<Element> elements = Parse(row, out int bar);
            ConsoleBench bench = new(ospf: true);
            Assert.AreEqual("", bench.Load("ip vrf red\ninterface Ethernet3\n service instance 1 ethernet\n  encapsulation dot1q 9\n"));
            Enter(bench, mode);
            string before = bench.Run("do show running-config");
            foreach (string line in new[] { Typed(elements), Typed(elements.Where(e => !e.Optional)), "no " + Typed(bar < 0 ? elements : elements.Take(bar)) })
            {
                Enter(bench, mode);
                bench.Run(line);
                bench.Poll();
                bench.Run("end");
                string running = bench.Running();
                if (!before.EndsWith(running, StringComparison.Ordinal)) kept++;
                ConsoleBench again = new(ospf: true);
                Assert.AreEqual("", again.Load(running), $"{line}\n{running}");
                Assert.AreEqual(running, again.Running(), line);
            }
        }

        Assert.IsGreaterThan(60, kept, "lines that are kept");
    }

    // Every exec command runs to its end, also without its options, and in do.
    [TestMethod]
    public void Every_exec_command_runs_to_its_end()
    {
        foreach ((int mode, int action, string row) in Rows().Where(r => r.Mode == Mode.Exec))
        {
            if (action == CommandTable.ConfigureReplace) continue; // takes the lines that follow
            List<Element> elements = Parse(row, out _);
            foreach (string line in new[] { Typed(elements.Where(e => !e.Optional)), Typed(elements) })
            {
                ConsoleBench bench = new();
                bench.Configure("ip vrf red\nhostname X");
                bench.Run(line.Replace("repeat 1", "repeat 2"));
                bench.Run("n"); // to a question
                bench.Run("configure terminal");
                bench.Run("do " + line);
                Assert.AreEqual(0, bench.Cli.Output.Lost, line);
                Assert.AreEqual(0, bench.Cli.Output.Held, line);
            }
        }
    }

    private static string Symbol(Element element)
    {
        if (element.Word[0] != '%') return Typed(element);
        return element.Word[1] switch
        {
            'n' => "<" + element.Word[(element.Word.IndexOf('(') + 1)..^1] + ">",
            'a' or 'm' => "A.B.C.D",
            'x' => "X:X::X",
            'p' => "X:X::X/N",
            'i' => "INTERFACE",
            'o' => "AREA",
            'l' => "LINE",
            'r' => "ASN:nn",
            _ => "WORD",
        };
    }

    [TestMethod]
    public void Options_are_taken_in_any_order_and_once()
    {
        Matches(Mode.Exec, CommandTable.Ping, "ping 10.0.0.1 df-bit size 1500 repeat 3 source 10.0.0.2");
        Assert.AreEqual(1500u, _matcher.Value[3]);
        Assert.AreEqual(3u, _matcher.Value[2]);
        Assert.IsTrue(_matcher.Has(5));
        Assert.IsFalse(_matcher.Has(4));
        Assert.AreEqual(CommandMatcher.Invalid, Match(Mode.Exec, "ping 10.0.0.1 size 100 size 200"));
        Assert.AreEqual(4, _matcher.FaultWord);
        Assert.AreEqual(CommandMatcher.Invalid, Match(Mode.Exec, "ping 10.0.0.1 vrf red"), "vrf stands before the destination");
    }

    [TestMethod]
    [DataRow("e1", 0)]
    [DataRow("E1", 0)]
    [DataRow("eth1", 0)]
    [DataRow("Ethernet 2", 1)]
    [DataRow("ETHERNET3", 2)]
    [DataRow("lo0", InterfaceNames.Loopback)]
    [DataRow("loopback 77", InterfaceNames.Loopback | 77)]
    [DataRow("Ethernet4", InterfaceNames.None)]
    [DataRow("Ethernets1", InterfaceNames.None)]
    [DataRow("1", InterfaceNames.None)]
    [DataRow("eth", InterfaceNames.None)]
    [DataRow("lo", InterfaceNames.None)]
    public void Interface_names_may_be_cut_short(string text, int expected)
    {
        InterfaceNames names = new(new ConsoleBench().Router.Host.Interfaces);
        _line.Read(text);
        Assert.AreEqual(expected, names.Read(_line, 0, out int words));
        if (expected >= 0) Assert.AreEqual(text.Contains(' ') ? 2 : 1, words);
    }

    [TestMethod]
    public void A_port_has_the_name_it_was_attached_with()
    {
        ConsoleBench bench = new(name: "GigabitEthernet0/");
        bench.Configure("interface gi 0/2\nip address 10.0.0.1 255.0.0.0");
        StringAssert.Contains(bench.Running(), "interface GigabitEthernet0/2\n ip address 10.0.0.1 255.0.0.0\n");
    }
}
