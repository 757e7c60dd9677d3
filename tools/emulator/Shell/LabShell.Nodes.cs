namespace LabEdge.Emulator.Shell;

// The consoles of the nodes.
public sealed partial class LabShell
{
    private void EnterNode(string name)
    {
        LabNode node = Session.Lab.Node(name);
        if (Visit == null) _node = node;
        else Visit(node);
        _pace.Restart(Session.NowUs);
    }

    private void TypeOnNode(string line)
    {
        LabNode node = _node;
        if (line == Escape)
        {
            _node = null;
            return;
        }

        string text = Session.Type(node.Name, line).ReplaceLineEndings("\n");
        _output.Write(text);
        if (text.Length > 0 && !text.EndsWith('\n')) _output.Line();

        // "exit" in exec mode ends the session, as on any console.
        if (node.Router.Cli.Closed) _node = null;
    }

    /// <param name="width">Columns before the command: a marker under a wrong word fits there.</param>
    private void Show(LabNode node, string command, int width)
    {
        int prompt = node.Router.Cli.Prompt.Length;
        string text = Session.Type(node.Name, command);
        if (ConsoleAnswers.Refusal(text) != null) Faults++;
        if (text.Trim().Length == 0) return;
        foreach (string line in ConsoleAnswers.Lines(text, prompt, width)) _output.Line(line);
    }

    private void PrintNodes()
    {
        List<string[]> rows = [];
        foreach (LabNode node in Session.Lab.Nodes)
        {
            Host.InterfaceTable interfaces = node.Router.Host.Interfaces;
            bool first = true;
            for (int i = 0; i < interfaces.Count; i++)
            {
                if (interfaces.Name[i] == null) continue;
                string address = interfaces.Address[i] == 0 ? "unassigned" : $"{new System.Net.IPAddress(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(interfaces.Address[i]))}/{interfaces.PrefixBits[i]}";
                VirtualWire wire = Session.Lab.WireAt(node.Name, interfaces.Name[i]);
                string state = !node.IsOn ? "starting" : wire == null || wire.Up ? "" : "no link";
                rows.Add([first ? node.Name : "", interfaces.Name[i], address, wire?.Name ?? "", state]);
                first = false;
            }
        }

        PrintTable(["NODE", "INTERFACE", "ADDRESS", "LINK", ""], rows);
    }

    private void PrintTable(string[] head, List<string[]> rows)
    {
        int[] widths = [.. head.Select((title, i) => Math.Max(title.Length, rows.Count == 0 ? 0 : rows.Max(row => row[i].Length)))];
        foreach (string[] row in rows.Prepend(head))
        {
            string line = string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd();
            _output.Line(line, ReferenceEquals(row, head) ? Ink.Faint : Ink.Plain);
        }
    }
}
