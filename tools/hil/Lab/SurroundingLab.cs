using LabEdge.Emulator;
using YamlDotNet.RepresentationModel;

namespace LabEdge.Hil;

/// <summary>
/// A lab with one of its nodes outside: a copy of its folder whose topology names a port of this machine for each cable of the device, and
/// whose checks are those that can be looked at from the rest. The others are kept for the device's own console.
/// </summary>
public sealed class SurroundingLab : IDisposable
{
    private readonly DirectoryInfo _folder;

    private SurroundingLab(DirectoryInfo folder, IReadOnlyList<LabCheck> deviceChecks)
    {
        _folder = folder;
        DeviceChecks = deviceChecks;
    }

    /// <summary>The copy; gone with this object.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Goals that are looked at on the device itself.</summary>
    public IReadOnlyList<LabCheck> DeviceChecks { get; }

    /// <param name="lab">A folder, or the name of a lab that comes with the emulator.</param>
    /// <exception cref="LabException">The lab has mistakes, or the device does not fit into it: all of them.</exception>
    public static SurroundingLab Make(string lab, DeviceUnderTest device)
    {
        List<LabProblem> problems = [];
        LabFolder original = LabFolder.Read(lab, new LabOptions(), problems);
        if (problems.Count == 0) CheckDevice(original.Topology, device, problems);
        if (problems.Count > 0) throw new LabException(problems);

        DirectoryInfo folder = Directory.CreateTempSubdirectory("labedge-hil-");
        Copy(new DirectoryInfo(original.Path), folder);
        string topology = Path.Combine(folder.FullName, TopologyReader.FileName);
        Rewrite(topology, root => PutOutside(root, device));
        List<LabCheck> own = [];
        Rewrite(Path.Combine(folder.FullName, ChecksReader.FileName), root => TakeChecks(root, device.Node, original.Checks.Checks, own));
        return new SurroundingLab(folder, own);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void CheckDevice(Topology topology, DeviceUnderTest device, List<LabProblem> problems)
    {
        NodeSettings node = topology.Nodes.FirstOrDefault(n => n.Name == device.Node && !n.IsHost);
        if (node == null)
        {
            problems.Add(new LabProblem("--dut", 0, device.Node, "one of the routers " + string.Join(", ", topology.Nodes.Where(n => !n.IsHost).Select(n => n.Name))));
            return;
        }

        IReadOnlyList<string> interfaces = topology.InterfacesOf(device.Node);
        foreach (string missing in interfaces.Where(name => !device.Ports.ContainsKey(name))) problems.Add(new LabProblem("--port", 0, null, $"a port of this machine for {missing} of {device.Node}: {DeviceUnderTest.PortForm}"));
        foreach (string unknown in device.Ports.Keys.Where(name => !interfaces.Contains(name))) problems.Add(new LabProblem("--port", 0, unknown, $"one of {device.Node}'s interfaces {string.Join(", ", interfaces)}"));
    }

    private static void PutOutside(YamlMappingNode root, DeviceUnderTest device)
    {
        YamlMappingNode topology = (YamlMappingNode)root["topology"];
        YamlMappingNode labels = [];
        foreach (YamlNode link in (YamlSequenceNode)topology["links"])
        {
            foreach (YamlNode end in (YamlSequenceNode)link["endpoints"])
            {
                (string node, string name) = Endpoint(end);
                if (node == device.Node) labels.Add($"{NodeLabels.PortLabel}.{name}", device.Ports[TopologyReader.InterfaceName(name)]);
            }
        }

        ((YamlMappingNode)topology["nodes"]).Children[device.Node] = new YamlMappingNode { { "labels", labels } };
    }

    // "pe1:eth1", or keys node and interface.
    private static (string Node, string Interface) Endpoint(YamlNode end)
    {
        if (end is YamlMappingNode map) return (map["node"].ToString(), map["interface"].ToString());
        string[] parts = end.ToString().Split(':');
        return (parts[0], parts[1]);
    }

    private static void TakeChecks(YamlMappingNode root, string device, IReadOnlyList<LabCheck> read, List<LabCheck> own)
    {
        YamlSequenceNode checks = (YamlSequenceNode)root["checks"];
        for (int i = checks.Children.Count - 1; i >= 0; i--)
        {
            if (!Names((YamlMappingNode)checks[i], device)) continue;
            checks.Children.RemoveAt(i);
            own.Insert(0, read[i]);
        }

        if (root.Children.TryGetValue("journey", out YamlNode journey) && Names((YamlMappingNode)journey, device)) root.Children.Remove("journey");
    }

    // Whoever names the device in a check must look at it, or hear it.
    private static bool Names(YamlMappingNode check, string device) => check.Children.Any(entry => entry.Key.ToString() switch
    {
        "from" or "node" or "by" => entry.Value.ToString() == device,
        "never" or "nodes" => entry.Value is YamlSequenceNode list ? list.Any(node => node.ToString() == device) : entry.Value.ToString() == device,
        "while" => Names((YamlMappingNode)entry.Value, device),
        _ => false,
    });

    private static void Rewrite(string file, Action<YamlMappingNode> change)
    {
        YamlStream stream = [];
        using (StreamReader reader = new(file)) stream.Load(reader);
        change((YamlMappingNode)stream.Documents[0].RootNode);
        using StreamWriter writer = new(file);
        stream.Save(writer, assignAnchors: false);
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (FileInfo file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to.FullName, file.Name));
        foreach (DirectoryInfo inner in from.EnumerateDirectories()) Copy(inner, to.CreateSubdirectory(inner.Name));
    }
}
