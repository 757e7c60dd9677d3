using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace LabEdge.Tests.Interop;

/// <summary>
/// A Linux kernel of its own, run as a process (user-mode-linux): the machine's kernel needs no module, the box has MPLS forwarding and act_mpls.
/// Its root is this machine's file system, read-only; /run and /var/tmp are its own and in memory. It starts inside a namespace of the lab, so
/// that its interfaces vec0, vec1 ... hang on interfaces there, and ends with the lab at the latest.
/// </summary>
public sealed class UmlBox : IDisposable
{
    /// <summary>Highest label that the box's kernel forwards.</summary>
    public const int PlatformLabels = 100_000;

    private const string Kernel = "linux.uml";
    private const string Modules = "/usr/lib/uml/modules";
    private const string SharedMemory = "/dev/shm";
    private const string Daemons = "/usr/lib/frr/";
    private const string End = "labedge-box-end ";
    private const int BootSeconds = 120;

    // What the kernel would do at its start for nothing: 256 terminals of the old kind (most of its boot), and trials of RAID's arithmetic.
    private const string Lean = "pty.legacy_count=0 initcall_blacklist=raid6_select_algo,calibrate_xor_blocks,init_zswap";

    private readonly string _folder;
    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private int _scripts;

    /// <summary>Boots a box.</summary>
    /// <param name="lab">Whose namespaces it uses; it ends the box too.</param>
    /// <param name="where">The namespace in which the box's process runs.</param>
    /// <param name="name">The name of its folder.</param>
    /// <param name="megabytes">Its memory.</param>
    /// <param name="ports">What vec0, vec1 ... hang on: <see cref="Raw"/> or <see cref="Tap"/>.</param>
    public UmlBox(NetworkLab lab, string where, string name, int megabytes, params string[] ports)
    {
        _folder = Directory.CreateDirectory(Path.Combine(lab.Folder.FullName, name)).FullName;
        // The daemons of the box run as the user frr, and modprobe looks below lib/modules.
        Tools.Must("chmod", $"755 {lab.Folder.FullName}");
        Directory.CreateDirectory(Path.Combine(_folder, "lib"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "lib", "modules"), Modules);
        string init = Path.Combine(_folder, "init.sh");
        File.WriteAllText(init, Init(_folder));
        Tools.Must("chmod", $"755 {init}");
        string vectors = string.Join(' ', ports.Select((p, i) => $"vec{i}:{p}"));
        // Its memory is a file that is gone at once; where containers keep that place small, it lies with the test's own files.
        DriveInfo shared = new(SharedMemory);
        string place = shared.IsReady && shared.AvailableFreeSpace >= 2L * megabytes * 1024 * 1024 ? SharedMemory : _folder;
        _process = lab.Start(where, $"env TMPDIR={place} {Kernel} mem={megabytes}M rootfstype=hostfs rootflags=/ ro init={init} con=null con0=fd:0,fd:1 {Lean} umid={name} uml_dir={_folder}/ {vectors}");
        Thread reader = new(Read) { IsBackground = true };
        reader.Start();
        Wait("boot", BootSeconds);
    }

    /// <summary>Says that the test misses the program, the modules or what loads them, and fails or skips it as <see cref="Tools.Need"/> does.</summary>
    public static void Need()
    {
        Tools.Need(true, "ip", "ethtool", Kernel, "modprobe", "vtysh");
        if (!Directory.Exists(Modules)) Tools.Need(true, Modules + " (package user-mode-linux)");
        if (!FrrRouter.IsInstalled) Tools.Need(true, Daemons + "ldpd (package frr)");
    }

    /// <summary>A port on an interface of the namespace, by a packet socket: for a router's link, since it leaves out frames with its own source address.</summary>
    public static string Raw(string device, int mtu) => $"transport=raw,ifname={device},mtu={mtu}";

    /// <summary>A port whose other end is a new TAP interface of the namespace: for a circuit whose frames have other stations' addresses.</summary>
    public static string Tap(string device, int mtu) => $"transport=tap,ifname={device},mtu={mtu}";

    /// <summary>Runs shell commands inside; all must succeed.</summary>
    /// <returns>What they printed, both streams.</returns>
    public string Run(string script, int seconds = 30)
    {
        (int exit, string text) = Try("set -e\n" + script, seconds);
        Assert.AreEqual(0, exit, $"in the box: {script}\n{text}");
        return text;
    }

    /// <summary>Runs shell commands inside.</summary>
    public (int Exit, string Text) Try(string script, int seconds = 30)
    {
        string file = Path.Combine(_folder, $"{_scripts++}.sh");
        File.WriteAllText(file, script + "\n");
        _process.StandardInput.WriteLine(file);
        _process.StandardInput.Flush();
        return Wait(script, seconds);
    }

    /// <summary>A configuration of ldpd: LDP on these interfaces.</summary>
    public static string Ldp(string routerId, params string[] interfaces) => $"""
        mpls ldp
         router-id {routerId}
         address-family ipv4
          discovery transport-address {routerId}
          discovery hello interval 1
        {string.Concat(interfaces.Select(i => $"  interface {i}\n  exit\n"))} exit
        exit

        """;

    /// <summary>Starts a daemon of FRR inside, with this configuration.</summary>
    public void StartFrr(string daemon, string configuration)
    {
        string file = Path.Combine(_folder, daemon + ".conf");
        File.WriteAllText(file, configuration);
        string sockets = daemon == "ldpd" ? " --ctl_socket /run/frr" : "";
        Run($"{Daemons}{daemon} -d -i /run/frr/{daemon}.pid -z /run/frr/zserv.api --vty_socket /run/frr -P 0 -f {file} -u frr -g frr{sockets} >/run/frr/{daemon}.log 2>&1\n"
            + $"until [ -S /run/frr/{daemon}.vty ]; do sleep 0.1; done");
    }

    /// <summary>Ends a daemon of FRR inside without a farewell.</summary>
    public void KillFrr(string daemon) => Run($"kill -KILL $(cat /run/frr/{daemon}.pid)\nrm /run/frr/{daemon}.vty");

    /// <summary>What FRR's console in the box says.</summary>
    public string Show(string command) => Try($"vtysh --vty_socket /run/frr -c '{command}'").Text;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process.HasExited) return;
        // Off at once: nothing in it has to be kept.
        _process.StandardInput.WriteLine("off");
        _process.StandardInput.Flush();
        if (!_process.WaitForExit(5_000)) _process.Kill(entireProcessTree: true);
    }

    private void Read()
    {
        for (string line = _process.StandardOutput.ReadLine(); line != null; line = _process.StandardOutput.ReadLine()) _lines.Add(line.TrimEnd('\r'));
        _lines.CompleteAdding();
    }

    // Everything up to the line that the box prints when it is ready for the next script.
    private (int Exit, string Text) Wait(string what, int seconds)
    {
        List<string> text = [];
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            TimeSpan left = TimeSpan.FromSeconds(seconds) - watch.Elapsed;
            bool taken = _lines.TryTake(out string line, left > TimeSpan.Zero ? left : TimeSpan.Zero);
            Assert.IsTrue(taken, $"the box {(_lines.IsCompleted ? "has ended" : $"does not answer within {seconds} s")}: {what}\n{string.Join('\n', text)}\n{(_lines.IsCompleted ? _process.StandardError.ReadToEnd() : "")}");
            if (line.StartsWith(End, StringComparison.Ordinal)) return (int.Parse(line[End.Length..], CultureInfo.InvariantCulture), string.Join('\n', text));
            text.Add(line);
        }
    }

    // The first program of the box: modules, its own file systems, forwarding; then it runs one script after the other.
    private static string Init(string folder) => $"""
        #!/bin/sh
        export PATH=/usr/sbin:/usr/bin:/sbin:/bin
        dmesg -n 1
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        mount -t tmpfs tmp /run
        mount -t tmpfs tmp /var/tmp
        install -d -o frr -g frr /run/frr
        stty -echo -onlcr
        modprobe -d {folder} -a mpls_router mpls_iptunnel act_mpls act_vlan act_mirred cls_flower cls_matchall sch_ingress || exit 1
        ip link set lo up
        sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 net.mpls.platform_labels={PlatformLabels}
        for device in /sys/class/net/vec*; do
          device=$(basename $device)
          ethtool -K $device tso off gso off gro off >/dev/null 2>&1
          ip link set $device up
          sysctl -qw net.mpls.conf.$device.input=1
        done
        echo {End}0
        while IFS= read -r script; do
          [ "$script" = off ] && echo o >/proc/sysrq-trigger && exec sleep 60
          sh $script </dev/null 2>&1
          exit=$?
          echo
          echo "{End}$exit"
        done

        """;
}
