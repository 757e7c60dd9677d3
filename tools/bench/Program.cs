using System.CommandLine;
using LabEdge.Bench;

RootCommand root = new("Measures LabEdge's data plane: CPU time of one pinned thread, contestants in rotated order, 95 % intervals.")
{
    ConsoleCommand.Make(),
    DeviceCommand.Make(),
    ForwardCommand.Make(),
    MemoryCommand.Make(),
    PortsCommand.Make(),
    LpmCommand.Make(),
    TablesCommand.Make(),
    SelfCommand.Make(),
    SoakCommand.Make(),
};
return root.Parse(args).Invoke();
