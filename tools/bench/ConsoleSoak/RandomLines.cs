using System.Text;
using LabEdge.Cli;

namespace LabEdge.Bench.ConsoleSoak;

/// <summary>Lines made from the rows of the command table, most of them right as they are, some spoiled; keys; and whole texts.</summary>
public sealed class RandomLines(int seed)
{
    private const string KeysOfControl = "\x01\x02\x03\x04\x05\x06\b\t\n\x0b\x0c\r\x0e\x10\x12\x15\x17\x18\x1a\x1b\x7f";
    private static readonly string[] Sequences = ["\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1bOA", "\x1b[3~", "\x1b[1;5C", "\x1b" + "b", "\x1b[", " ", "q", "?"];
    private static readonly string[] Masks = ["255.0.0.0", "255.255.0.0", "255.255.255.0", "255.255.255.255", "0.0.0.0", "255.0.255.0"];
    private static readonly int[] TextModes = [Mode.Global, Mode.Vrf, Mode.Interface, Mode.Xconnect, Mode.Instance, Mode.InstanceXconnect, Mode.Bridge, Mode.MemberXconnect, Mode.Ospf];

    private readonly Random _random = new(seed);

    public int Next(int end) => _random.Next(end);

    /// <summary>A line for a console in this mode.</summary>
    public string Line(int mode)
    {
        int aim = Next(8) switch { 0 => Mode.Global, 1 => Mode.Exec, 2 => mode < Mode.Global ? mode : Mode.Parent(mode) < 0 ? mode : Mode.Parent(mode), _ => mode };
        string line = Command(aim);
        if (aim < Mode.Global && mode >= Mode.Global && Next(4) != 0) line = "do " + line;
        if (mode == Mode.Exec && Next(10) == 0) line = "configure terminal";
        if (line.StartsWith("show", StringComparison.Ordinal) && Next(3) == 0) line += " | " + Command(Mode.Filter);
        return Next(5) == 0 ? Spoiled(line) : line;
    }

    /// <summary>Lines, movement and control keys, mixed.</summary>
    public string Keys()
    {
        StringBuilder keys = new();
        for (int n = Next(12); n >= 0; n--)
        {
            switch (Next(4))
            {
                case 0: keys.Append(KeysOfControl[Next(KeysOfControl.Length)]); break;
                case 1: keys.Append(Sequences[Next(Sequences.Length)]); break;
                case 2: keys.Append((char)Next(300)); break;
                default: keys.Append(Command(Mode.Exec)); break;
            }
        }

        return keys.Append(Next(2) == 0 ? "\r" : "").ToString();
    }

    /// <summary>A configuration of some lines; about half have a mistake.</summary>
    public string Text(out int lines)
    {
        StringBuilder text = new();
        int mode = Mode.Global;
        lines = Next(Next(2) == 0 ? 4 : 30) + 1;
        for (int i = 0; i < lines; i++)
        {
            if (Next(3) == 0) mode = TextModes[Next(TextModes.Length)];
            string line = Command(mode);
            if (line.StartsWith("end", StringComparison.Ordinal) || line.StartsWith("do ", StringComparison.Ordinal)) line = "!";
            text.Append(Next(60) == 0 ? Spoiled(line) : line).Append('\n');
        }

        return text.ToString();
    }

    // A row of the mode with values; half of the configuration lines that have a no form in it.
    private string Command(int mode)
    {
        string row = CommandTable.Row(CommandTable.First(mode) + Next(CommandTable.End(mode) - CommandTable.First(mode)));
        StringBuilder line = new(row[0] == '+' && Next(4) == 0 ? "no " : "");
        foreach (string part in Parts(row))
        {
            if (part[0] == '[')
            {
                if (Next(3) != 0) continue;
                foreach (string word in Parts(part[1..])) line.Append(Word(word)).Append(' ');
                continue;
            }

            line.Append(Word(part)).Append(' ');
        }

        return line.ToString().TrimEnd();
    }

    // Words, arguments and whole groups of a row, without help; a group begins with its bracket.
    private static List<string> Parts(string row)
    {
        List<string> parts = [];
        StringBuilder part = new();
        bool group = false;
        bool help = false;
        foreach (char c in row.TrimStart('+', '#') + " ")
        {
            if (help || c == '{') help = c != '}';
            else if (c == '[')
            {
                group = true;
                part.Append(c);
            }
            else if (c == ']') group = false;
            else if (c == ' ' && !group)
            {
                if (part.Length > 0 && part.ToString() != "|") parts.Add(part.ToString());
                part.Clear();
            }
            else part.Append(c);
        }

        return parts;
    }

    private string Word(string part)
    {
        if (part[0] != '%')
        {
            string word = part.Split('=')[0];
            return Next(12) == 0 ? word[..(1 + Next(word.Length))] : word;
        }

        switch (part[1])
        {
            case Argument.Area: return Next(3).ToString();
            case Argument.Address: return Next(4) == 0 ? $"10.{Next(9)}.0.0" : $"10.{Next(9)}.0.{Next(12)}";
            case Argument.Mask: return Masks[Next(Next(8) == 0 ? Masks.Length : 4)];
            case Argument.Ipv6Address: return $"2001:db8:{Next(4):x}::{Next(9):x}";
            case Argument.Ipv6Prefix: return $"2001:db8:{Next(4):x}::{(Next(2) == 0 ? Next(9).ToString("x") : "")}/{(Next(4) == 0 ? Next(130) : 64)}";
            case Argument.Interface: return Next(6) == 0 ? "Loopback" + Next(3) : "Ethernet" + (1 + Next(Next(20) == 0 ? 9 : 3));
            case Argument.Vrf: return Next(2) == 0 ? "red" : "blue";
            case Argument.Word: return Next(2) == 0 ? "red" : "w" + Next(9);
            case Argument.Distinguisher: return $"65000:{Next(4)}";
            case Argument.Line: return Next(3) switch { 0 => "^ip|address$", 1 => "show version", _ => $"[a-c]*{Next(10)}.x+" };
            default:
                string[] range = part[(part.IndexOf('(') + 1)..part.IndexOf(')')].Split('-');
                long low = long.Parse(range[0]);
                long high = Math.Min(long.Parse(range[1]), low + 40);
                return (Next(30) == 0 ? high + Next(100) : low + _random.NextInt64(high - low + 1)).ToString();
        }
    }

    private string Spoiled(string line)
    {
        List<string> words = [.. line.Split(' ')];
        int at = Next(words.Count);
        switch (Next(7))
        {
            case 0: words.RemoveAt(at); break;
            case 1: words.Insert(at, words[Next(words.Count)]); break;
            case 2: words[at] = words[at][..Next(words[at].Length + 1)]; break;
            case 3: words[at] = new string([.. Enumerable.Range(0, 1 + Next(12)).Select(_ => (char)(1 + Next(300)))]); break;
            case 4: words.Add("?"); break;
            case 5: words.Add(new string('x', 1 + Next(300))); break;
            default: words[at] = "10.0.0." + Next(400); break;
        }

        return string.Join(' ', words);
    }
}
