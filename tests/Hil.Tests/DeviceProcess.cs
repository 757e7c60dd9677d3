using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using LabEdge.Emulator;
using LabEdge.Hil;
using LabEdge.Tests.Commands;

namespace LabEdge.Tests.Hil;

/// <summary>
/// A device under test: <c>labedge router</c> as a process of its own, with a lab's own configuration, its cables and its console over TCP.
/// </summary>
public sealed class DeviceProcess : IDisposable
{
    private const int LimitMs = 30_000;

    private readonly Process _process;

    /// <param name="cables">By interface: the port of the device, and that of the lab.</param>
    public DeviceProcess(string lab, string node, IReadOnlyDictionary<string, (string Device, string Lab)> cables)
    {
        int console = FreePort(SocketType.Stream);
        string configuration = Path.Combine(ShippedLabs.FolderOf(lab), LabPlaces.SolutionFolder, node + ".cfg");
        string[] ports = [.. cables.SelectMany(cable => new[] { "--port", $"{TopologyReader.InterfaceName(cable.Key)}={cable.Value.Device}" })];
        _process = Labedge.Start(["router", "--config", configuration, .. ports, "--console", $"127.0.0.1:{console}"]);
        string line = _process.StandardOutput.ReadLine();
        while (line != null && line != "ready") line = _process.StandardOutput.ReadLine();
        if (line == null) throw new InvalidOperationException("the router ended before it was ready: " + _process.StandardError.ReadToEnd());
        List<string> mistakes = [];
        Device = DeviceUnderTest.Read(node, [.. cables.Select(cable => $"{cable.Key}={cable.Value.Lab}")], $"tcp:127.0.0.1:{console}", mistakes);
        Assert.IsEmpty(mistakes);
    }

    /// <summary>As the bench knows it.</summary>
    public DeviceUnderTest Device { get; }

    /// <summary>A device whose cables are UDP on this machine; needs no right.</summary>
    public static DeviceProcess OverUdp(string lab, string node, params string[] interfaces)
    {
        Dictionary<string, (string, string)> cables = [];
        foreach (string name in interfaces)
        {
            int device = FreePort(SocketType.Dgram);
            int near = FreePort(SocketType.Dgram);
            cables[name] = ($"udp:{device}:127.0.0.1:{near}", $"udp:{near}:127.0.0.1:{device}");
        }

        return new DeviceProcess(lab, node, cables);
    }

    /// <summary>Ends the device as a service manager would.</summary>
    /// <returns>Frames that it has forwarded from a port, by its own counters.</returns>
    public long StopAndReadForwarded(string port)
    {
        Assert.AreEqual(0, Ports.VethPair.Run("kill", $"-TERM {_process.Id}"));
        string text = _process.StandardOutput.ReadToEnd();
        Assert.IsTrue(_process.WaitForExit(LimitMs), "the router does not end");

        // What the console has printed last may stand before it on the same line.
        Match counters = Regex.Match(text, Regex.Escape(port) + @" \([^)]*\): received \d+, forwarded (\d+)");
        Assert.IsTrue(counters.Success, text);
        return long.Parse(counters.Groups[1].Value);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static int FreePort(SocketType type)
    {
        using Socket socket = new(AddressFamily.InterNetwork, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint).Port;
    }
}
