using LabEdge.Devices;

namespace LabEdge.Hil;

/// <summary>A router outside this process that takes a node's place in a lab.</summary>
/// <param name="Node">Whose place.</param>
/// <param name="Ports">By interface (<c>eth1</c> or <c>Ethernet1</c>): the port of this machine that its cable is in, such as <c>udp:10001:127.0.0.1:10002</c> or <c>packet:eth1</c>.</param>
/// <param name="Console">Null = it has none for us: goals that are looked at on it are not judged.</param>
public sealed record DeviceUnderTest(string Node, IReadOnlyDictionary<string, string> Ports, ConsoleAddress Console)
{
    public const string PortForm = "an interface and a port of this machine, such as eth1=udp:10001:127.0.0.1:10002 or Ethernet1=packet:eth1";

    /// <summary>Reads options as they were typed.</summary>
    /// <param name="mistakes">Gets a sentence for each mistake.</param>
    public static DeviceUnderTest Read(string node, IReadOnlyList<string> ports, string console, List<string> mistakes)
    {
        Dictionary<string, string> read = [];
        foreach (string text in ports)
        {
            int equals = text.IndexOf('=');
            if (equals <= 0 || equals == text.Length - 1) mistakes.Add($"--port {text}: expected {PortForm}");
            else if (!read.TryAdd(Emulator.TopologyReader.InterfaceName(text[..equals]), text[(equals + 1)..])) mistakes.Add($"--port {text}: {text[..equals]} was given before");
        }

        ConsoleAddress address = console == null ? null : ConsoleAddress.Parse(console);
        if (console != null && address == null) mistakes.Add($"--console {console}: expected {ConsoleAddress.Form}");
        return new DeviceUnderTest(node, read, address);
    }
}
