using System.Net;

namespace LabEdge.Emulator;

/// <summary>The consoles of all nodes over TCP, on this machine's loopback address alone: node i, from 1, at the first port + i.</summary>
public sealed class LabConsoles : IDisposable
{
    private readonly List<TelnetConsole> _consoles = [];

    /// <param name="firstPort">At most 65535 less the number of nodes.</param>
    /// <exception cref="PortException">A port cannot be used.</exception>
    public LabConsoles(LabSession session, int firstPort)
    {
        RunningLab lab = session.Lab;
        try
        {
            foreach (LabNode node in lab.Nodes)
            {
                TelnetConsole console = new(new IPEndPoint(IPAddress.Loopback, firstPort + node.Settings.Index), new NodeLine(node));
                node.Printed = console.Print;
                _consoles.Add(console);
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        if (lab.Clock == null) lab.FollowClock(1);
        lab.Visitors = () => _consoles.ForEach(console => console.Serve());
    }

    public void Dispose() => _consoles.ForEach(console => console.Dispose());

    // Keys come by the clock of this machine, and are no part of the session's record.
    private sealed class NodeLine(LabNode node) : IConsoleLine
    {
        public string Name => node.Name;

        public bool Closed => node.Router.Cli.Closed;

        public void Open() => node.OpenConsole();

        public bool Press(char key) => node.IsOn && node.Press(key);
    }
}
