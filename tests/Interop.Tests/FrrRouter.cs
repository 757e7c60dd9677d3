using System.Diagnostics;

namespace LabEdge.Tests.Interop;

/// <summary>zebra and ldpd of FRR in a namespace, with configuration and sockets in a folder of their own.</summary>
public sealed class FrrRouter(NetworkLab lab, string name)
{
    private const string Daemons = "/usr/lib/frr/";
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(lab.Folder.FullName, name)).FullName;
    private readonly Dictionary<string, Process> _running = [];

    /// <summary>True where Debian's package frr is installed.</summary>
    public static bool IsInstalled => File.Exists(Daemons + "ldpd");

    public void Start(string daemon, string configuration)
    {
        // The daemons run as the user frr.
        Tools.Must("chmod", $"755 {lab.Folder.FullName}");
        Tools.Must("chown", $"frr:frr {_folder}");
        string file = Path.Combine(_folder, daemon + ".conf");
        File.WriteAllText(file, configuration);
        string sockets = daemon == "ldpd" ? $" --ctl_socket {_folder}" : "";
        _running[daemon] = lab.Start(name, $"{Daemons}{daemon} -i {_folder}/{daemon}.pid -z {_folder}/zserv.api --vty_socket {_folder} -P 0 -f {file} -u frr -g frr{sockets}");
        for (int tries = 0; !File.Exists(Path.Combine(_folder, daemon + ".vty")); tries++)
        {
            Assert.IsLessThan(100, tries, daemon + " does not start");
            Thread.Sleep(100);
        }
    }

    /// <summary>Ends a daemon without a farewell.</summary>
    public void Kill(string daemon)
    {
        Tools.Run("kill", "-KILL " + File.ReadAllText(Path.Combine(_folder, daemon + ".pid")).Trim());
        _running[daemon].WaitForExit(5000);
        File.Delete(Path.Combine(_folder, daemon + ".vty"));
    }

    /// <summary>Types lines in configuration mode.</summary>
    public void Configure(params string[] lines) => Show(string.Join("\" -c \"", lines.Prepend("configure terminal")));

    public string Show(string command) => Tools.Run("vtysh", $"--vty_socket {_folder} -c \"{command}\"").Text;
}
