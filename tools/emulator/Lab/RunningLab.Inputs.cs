namespace LabEdge.Emulator;

// What may be done to a lab while it runs.
public sealed partial class RunningLab
{
    private const string InputPlace = "input";

    /// <summary>Whether the lab has what an input names.</summary>
    /// <exception cref="LabException">It has not, or a value is of another form.</exception>
    public void Check(LabInput input)
    {
        List<LabProblem> problems = [];
        Check(input, problems);
        if (problems.Count > 0) throw new LabException(problems);
    }

    private void Check(LabInput input, List<LabProblem> problems)
    {
        string node = input switch
        {
            TypedLine typed => typed.Node,
            NodeRestart restart => restart.Node,
            ConsoleOpened opened => opened.Node,
            TypedKeys pressed => pressed.Node,
            NodeConfiguration configuration => configuration.Node,
            _ => null,
        };
        string link = input switch
        {
            LinkState state => state.Link,
            WireChange change => change.Link,
            _ => null,
        };
        if (node != null && Nodes.All(known => known.Name != node)) problems.Add(new LabProblem(InputPlace, 0, node, "one of the nodes " + string.Join(", ", Nodes.Select(known => known.Name))));
        if (link != null && FindWire(link) == null) problems.Add(new LabProblem(InputPlace, 0, link, Folder.Topology.LinkExpected));
        if (input is not WireChange wire) return;
        if (!WireKeys.All.Contains(wire.Key)) problems.Add(new LabProblem(InputPlace, 0, wire.Key, "one of " + string.Join(", ", WireKeys.All)));
        else if (WireKeys.With(new WireSettings(), wire.Key, wire.Value) == null) problems.Add(new LabProblem(InputPlace, 0, wire.Value, WireKeys.Expected(wire.Key)));
    }

    /// <param name="link">A link's name, or an endpoint such as <c>pe1:eth1</c>: see <see cref="Topology.FindLink"/>.</param>
    /// <returns>Null when there is none.</returns>
    public VirtualWire FindWire(string link)
    {
        int index = Folder.Topology.FindLink(link);
        return index < 0 ? null : Wires[index];
    }

    /// <summary>Does an input that <see cref="Check(LabInput)"/> has passed, at the present time.</summary>
    /// <returns>What a console printed; else empty.</returns>
    /// <exception cref="LabException">A configuration with mistakes: nothing of it is applied.</exception>
    internal string Do(LabInput input)
    {
        switch (input)
        {
            case TypedLine typed:
                string answer = Node(typed.Node).Type(typed.Line, typed.LimitUs);
                Digest.Text(typed.Words, answer);
                return answer;
            case LinkState state:
                Digest.Text("input", state.Words);
                FindWire(state.Link).Up = state.Up;
                return "";
            case WireChange change:
                Digest.Text("input", change.Words);
                VirtualWire wire = FindWire(change.Link);
                wire.Settings = WireKeys.With(wire.Settings, change.Key, change.Value);
                return "";
            case ConsoleOpened opened:
                Digest.Text("input", opened.Words);
                Node(opened.Node).OpenConsole();
                return "";
            case TypedKeys pressed:
                Digest.Text("input", pressed.Words);
                Node(pressed.Node).Press(pressed.Keys);
                return "";
            case NodeRestart restart:
                Digest.Text("input", restart.Words);
                Node(restart.Node).Restart();
                return "";
            case NodeConfiguration configuration:
                List<LabProblem> problems = [];
                LabNode node = Node(configuration.Node);
                if (!node.Load(configuration.Text, configuration.Node, problems)) throw new LabException(problems);
                Digest.Text(configuration.Node, configuration.Text);
                node.Wake();
                return "";
            default:
                throw new ArgumentException(input.GetType().Name);
        }
    }
}
