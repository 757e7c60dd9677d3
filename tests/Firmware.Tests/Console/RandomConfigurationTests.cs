using System.Text;
using LabEdge.Cli;
using LabEdge.Forwarding;

namespace LabEdge.Tests.ConsoleRoom;

[TestClass]
public sealed class RandomConfigurationTests
{
    private const int Cases = 150;
    private const int FuzzLines = 200_000;

    // A text of lines that are right one by one; some will contradict each other.
    private static string RandomText(Random random)
    {
        StringBuilder text = new();
        string[] vrfs = ["red", "blue", "Zone-1", "a.b:c"];
        if (random.Next(2) == 0) text.Append($"hostname R{random.Next(1000)}\n");
        if (random.Next(3) == 0) text.Append($"mpls label range 16 {random.Next(17, 30)} static 30 {random.Next(50, 79)}\n");
        if (random.Next(3) == 0) text.Append(random.Next(3) switch { 0 => "no mpls ip propagate-ttl\n", 1 => "no mpls ip propagate-ttl forwarded\n", _ => "no mpls ip propagate-ttl local\n" });
        foreach (string vrf in vrfs.OrderBy(_ => random.Next()).Take(random.Next(5)))
        {
            string rd = random.Next(4) switch { 0 => $" rd {random.Next(1, 65536)}:{random.Next()}\n", 1 => $" rd 10.0.0.{random.Next(256)}:{random.Next(65536)}\n", 2 => $" rd {random.Next(65536, int.MaxValue)}:{random.Next(65536)}\n", _ => "" };
            text.Append($"ip vrf {vrf}\n{rd}");
        }

        for (int i = random.Next(3); i > 0; i--)
        {
            text.Append($"bridge-domain {random.Next(1, 5)}\n");
            if (random.Next(2) == 0) text.Append($" mac aging-time {random.Next(10, 1000)}\n");
            if (random.Next(2) == 0) text.Append($" mac limit maximum addresses {random.Next(1, 1000)}\n");
            if (random.Next(2) == 0) text.Append($" member 10.255.0.{random.Next(1, 5)} {random.Next(1, 4)} encapsulation mpls manual{(random.Next(2) == 0 ? " split-horizon group " + random.Next(1, 16) : "")}\n{Wire(random)}");
        }

        foreach (string name in new[] { "Loopback0", "Loopback7", "Ethernet1", "Ethernet2", "Ethernet3", "Ethernet4" }.OrderBy(_ => random.Next()).Take(random.Next(7)))
        {
            text.Append($"interface {name}\n");
            bool port = name[0] == 'E';
            for (int i = port && random.Next(3) == 0 ? random.Next(1, 4) : 0; i > 0; i--) text.Append(Instance(random));
            if (random.Next(3) == 0) text.Append($" description {Description(random)}\n");
            if (random.Next(4) == 0) text.Append(" shutdown\n");
            if (port && random.Next(4) == 0) text.Append($" mtu {random.Next(64, 1501)}\n");
            if (port && random.Next(4) == 0)
            {
                text.Append($" xconnect 10.255.0.{random.Next(1, 5)} {random.NextInt64(1, 4294967296)} encapsulation mpls manual\n");
                if (random.Next(4) != 0) text.Append($"  mpls label {random.Next(30, 80)} {random.Next(16, 1048576)}\n");
                if (random.Next(2) == 0) text.Append("  no mpls control-word\n");
            }
            else
            {
                if (random.Next(2) == 0) text.Append($" ip vrf forwarding {vrfs[random.Next(4)]}\n");
                if (port && random.Next(6) == 0) text.Append($" ip verify unicast source reachable-via {(random.Next(2) == 0 ? "rx" : "any")}{(random.Next(2) == 0 ? " allow-default" : "")}\n");
                if (random.Next(4) != 0) text.Append($" ip address 10.{random.Next(4)}.{random.Next(4)}.{random.Next(256)} {Mask(random.Next(8, 33))}\n");
                if (port && random.Next(2) == 0) text.Append(" mpls ip\n");
            }
        }

        for (int i = random.Next(12); i > 0; i--)
        {
            (string prefix, string mask) = Prefix(random);
            string vrf = random.Next(2) == 0 ? "vrf " + vrfs[random.Next(4)] + " " : "";
            string way = random.Next(3) switch { 0 => $"Ethernet{random.Next(1, 5)}", 1 => $"Ethernet{random.Next(1, 5)} 10.0.0.{random.Next(256)}", _ => $"10.{random.Next(4)}.0.{random.Next(256)}" };
            string rest = (random.Next(3) == 0 ? " " + random.Next(1, 256) : "") + (random.Next(4) == 0 ? " label " + random.Next(16, 1048576) : "");
            text.Append($"ip route {vrf}{prefix} {mask} {way}{rest}\n");
        }

        for (int i = random.Next(12); i > 0; i--)
        {
            (string prefix, string mask) = Prefix(random);
            string vrf = random.Next(3) == 0 ? "vrf " + vrfs[random.Next(4)] + " " : "";
            string rest = random.Next(3) switch { 0 when vrf == "" => $"output 10.0.{random.Next(3)}.{random.Next(256)} implicit-null", 1 when vrf == "" => $"output 10.0.0.{random.Next(256)} {random.Next(16, 1048576)}", _ => $"{random.Next(30, 80)}" };
            text.Append($"mpls static binding ipv4 {vrf}{prefix} {mask} {rest}\n");
        }

        if (random.Next(3) == 0) text.Append("interface Ethernet1\n service instance 3 ethernet\n  encapsulation dot1q 90\ninterface Ethernet2\n service instance 3 ethernet\n  encapsulation dot1q 91\nconnect c9 Ethernet2 3 Ethernet1 3\n");
        for (int i = random.Next(4); i > 0; i--) text.Append($"connect c{random.Next(3)} Ethernet{random.Next(1, 5)} {random.Next(1, 4)} Ethernet{random.Next(1, 5)} {random.Next(1, 4)}\n");
        return text.ToString();
    }

    private static string Instance(Random random)
    {
        StringBuilder text = new($" service instance {random.Next(1, 4)} ethernet\n");
        text.Append(random.Next(5) switch { 0 => "  encapsulation untagged\n", 1 => "  encapsulation default\n", 2 => $"  encapsulation dot1q {random.Next(1, 6)} second-dot1q {random.Next(1, 4095)}\n", 3 => $"  encapsulation dot1q {random.Next(1, 6)}\n", _ => "" });
        text.Append(random.Next(6) switch { 0 => "  rewrite ingress tag pop 1 symmetric\n", 1 => "  rewrite ingress tag pop 2 symmetric\n", 2 => "  rewrite ingress tag translate 1-to-1 dot1q 9 symmetric\n", 3 => "  rewrite ingress tag push dot1q 8 symmetric\n", _ => "" });
        if (random.Next(3) == 0) text.Append($"  storm-control {(random.Next(3) switch { 0 => "broadcast", 1 => "multicast", _ => "unicast" })} level pps {random.Next(0, 2_000_001)}\n");
        text.Append(random.Next(4) switch { 0 => $"  bridge-domain {random.Next(1, 5)}\n", 1 => $"  bridge-domain {random.Next(1, 5)} split-horizon group {random.Next(1, 16)}\n", 2 => $"  xconnect 10.255.0.{random.Next(1, 5)} {random.Next(1, 4)} encapsulation mpls manual\n{Wire(random)}", _ => "" });
        return text.ToString();
    }

    private static string Wire(Random random)
    {
        StringBuilder text = new();
        if (random.Next(4) != 0) text.Append($"   mpls label {random.Next(30, 80)} {random.Next(16, 1048576)}\n");
        foreach (string line in new[] { "no mpls control-word", "vc type vlan", "sequencing both", "load-balance flow-label both", "fragmentation both" }) if (random.Next(4) == 0) text.Append($"   {line}\n");
        return text.ToString();
    }

    private static string Description(Random random)
    {
        return new string(Enumerable.Range(0, random.Next(1, 60)).Select(_ => (char)random.Next('!', '~' + 1)).ToArray()).Replace("!", "-  -");
    }

    private static string Mask(int bits) => Dotted(Literal.MaskOf(bits));

    private static string Dotted(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";

    private static (string Prefix, string Mask) Prefix(Random random)
    {
        int bits = random.Next(33);
        return (Dotted((uint)random.NextInt64(0x01000000, 0xC0000000) & 0x3F0300FF & Literal.MaskOf(bits)), Mask(bits));
    }

    // Lines that are mistakes are taken out until the rest loads; returns what runs then.
    private static ConsoleBench LoadWhatIsRight(ref string text)
    {
        while (true)
        {
            ConsoleBench bench = new(Capacity.Small(), 4);
            bench.Load(text);
            if (bench.Cli.Loader.ErrorCount == 0) return bench;
            List<string> lines = [.. text.Split('\n')];
            foreach (int line in Enumerable.Range(0, bench.Cli.Loader.ErrorsKept).Select(bench.Cli.Loader.ErrorLine).OrderDescending())
            {
                Assert.AreNotEqual(0, line, "refused as a whole: " + bench.Cli.Loader.ErrorFound(0) + ": " + bench.Cli.Loader.ErrorExpected(0) + "\n" + text);
                lines.RemoveAt(line - 1);
            }

            text = string.Join('\n', lines);
        }
    }

    [TestMethod]
    public void Running_config_reads_back_as_the_same_configuration()
    {
        int routes = 0;
        int bindings = 0;
        int pseudowires = 0;
        int instances = 0;
        int members = 0;
        int joins = 0;
        for (int seed = 1; seed <= Cases; seed++)
        {
            string text = RandomText(new Random(seed));
            ConsoleBench bench = LoadWhatIsRight(ref text);
            string running = bench.Running();
            ConsoleBench again = new(Capacity.Small(), 4);
            Assert.AreEqual("", again.Load(running), $"seed {seed}\n{running}");
            Assert.AreEqual(running, again.Running(), $"seed {seed}");
            Assert.AreEqual("", bench.Load(running), $"seed {seed}");
            Assert.AreEqual(0, bench.Cli.Loader.Changes, $"seed {seed}: its own text changes nothing");
            Assert.AreEqual(0, bench.Cli.Output.Lost);
            CollectionAssert.AreEqual(bench.Router.Tables.Labels.Handle.Select(h => h != 0).ToArray(), again.Router.Tables.Labels.Handle.Select(h => h != 0).ToArray(), $"seed {seed}");
            routes += bench.Cli.Configuration.Running.RouteCount;
            bindings += bench.Cli.Configuration.Running.BindingCount;
            pseudowires += bench.Cli.Configuration.Running.CountXconnects();
            instances += bench.Cli.Configuration.Running.Layer2.CountInstances();
            members += bench.Cli.Configuration.Running.Layer2.CircuitCount - bench.Cli.Configuration.Running.Layer2.CountInstances();
            joins += bench.Cli.Configuration.Running.Layer2.JoinCount;
        }

        Assert.IsGreaterThan(Cases, routes);
        Assert.IsGreaterThan(Cases, bindings);
        Assert.IsGreaterThan(Cases / 8, pseudowires);
        Assert.IsGreaterThan(Cases / 2, instances);
        Assert.IsGreaterThan(Cases / 8, members);
        Assert.IsGreaterThan(0, joins);
    }

    [TestMethod]
    public void From_any_configuration_to_any_other_is_the_other()
    {
        for (int seed = 1; seed <= Cases; seed++)
        {
            string first = RandomText(new Random(seed));
            ConsoleBench bench = LoadWhatIsRight(ref first);
            string second = RandomText(new Random(seed + 5000));
            string target = LoadWhatIsRight(ref second).Running();

            // In one step, labels moving from one FEC to another included; and back to nothing.
            Assert.AreEqual("", bench.Load(second), $"seed {seed}");
            Assert.AreEqual(target, bench.Running(), $"seed {seed}");
            Assert.AreEqual("", bench.Load(""));
            Assert.AreEqual(0, bench.Router.Control.Labels.Used, $"seed {seed}");
            Assert.AreEqual(0, bench.Router.Tables.Circuits.Count, $"seed {seed}");
            for (int r = 0; r < bench.Router.Tables.Attachments.Record.Length; r += AttachmentTable.Stride) Assert.AreEqual(0, bench.Router.Tables.Attachments.Record[r], $"seed {seed}");
            Assert.IsTrue(bench.Router.Tables.Bridges.Member.All(m => m == 0), $"seed {seed}");
        }
    }

    [TestMethod]
    [DoNotParallelize] // measures the memory of the process
    public void Random_lines_never_throw_nor_grow()
    {
        Random random = new(20261122);
        string[] words = [.. Enumerable.Range(0, CommandTable.Count).SelectMany(a => CommandTable.Row(a).Split(' ', '[', ']', '+', '#', '|', '}'))
            .Select(w => w.Split('{', '=')[0]).Where(w => w.Length > 0 && w[0] != '%').Distinct(),
            "10.0.0.1", "10.0.0.0", "255.255.255.0", "255.255.255.255", "0.0.0.0", "10.0.0.300", "red", "blue", "Ethernet1", "e2", "lo0", "lo1", "65000:1", "17", "40", "100", "no", "no", "do", "?", "!", "\t", "4294967296"];

        // Rows enough for all routes at once: without, the router refuses a route for want of one, and which depends on what came before.
        Capacity capacity = Capacity.Tiny();
        capacity.Neighbors = capacity.Routes;
        capacity.Transports = 3 * capacity.Routes;
        capacity.Groups = capacity.Routes;
        capacity.Paths = 4 * capacity.Routes;
        ConsoleBench bench = new(capacity);
        long before = 0;
        int busy = 0;
        for (int i = 0; i < FuzzLines; i++)
        {
            if (i == FuzzLines / 10) before = GC.GetTotalMemory(true);
            bench.Cli.Line(RandomLine(random, words), bench.Now);
            for (int k = 0; bench.Cli.Busy; k++)
            {
                uint next = bench.Router.Poll(bench.Now, 16);
                Drain(bench);
                if (bench.Cli.Busy && next != 0) bench.Now += Math.Min(next, 50);
                if (k == 60)
                {
                    busy++;
                    bench.Cli.Input(LineInput.CtrlC, bench.Now);
                }

                Assert.IsLessThan(100_000, k);
            }

            Drain(bench);
            bench.Now += 20;
        }

        foreach (RecordingPort port in bench.Ports) port.Sent.Clear();
        long grown = GC.GetTotalMemory(true) - before;
        Assert.IsLessThan(256 * 1024, grown, $"grew by {grown} octets");
        Assert.AreEqual(0, bench.Cli.Output.Lost);
        Console.WriteLine($"{FuzzLines} lines, {busy} broken off, memory {grown:+0;-0;0} octets");

        if (bench.Cli.Prompt.Length == 0) bench.Cli.Line("end", bench.Now);
        while (bench.Cli.Busy)
        {
            bench.Router.Poll(bench.Now, 16);
            Drain(bench);
        }

        // A question of reload may be open.
        while (bench.Cli.Prompt.Contains('[', StringComparison.Ordinal)) bench.Run("no");
        bench.Run("end");
        bench.Run("enable");
        string running = bench.Running();
        ConsoleBench again = new(capacity);
        Assert.AreEqual("", again.Load(running), running);
        Assert.AreEqual(running, again.Running());
    }

    private static void Drain(ConsoleBench bench)
    {
        char[] characters = new char[256];
        while (bench.Cli.Output.Take(characters, 0, characters.Length) > 0)
        {
        }

        foreach (RecordingPort port in bench.Ports) port.Sent.Clear();
    }

    private static string RandomLine(Random random, string[] words)
    {
        // Half of the lines begin as a command does, so that many are right.
        StringBuilder line = new();
        switch (random.Next(60) == 0 ? 6 : random.Next(12))
        {
            case 0: line.Append("configure terminal"); break;
            case 1: line.Append($"interface Ethernet{random.Next(1, 4)}"); break;
            case 2: line.Append($"ip address 10.{random.Next(4)}.0.{random.Next(256)} 255.255.{random.Next(2) * 255}.0"); break;
            case 3: line.Append($"ip route 10.{random.Next(9)}.0.0 255.255.0.0 10.{random.Next(4)}.0.{random.Next(256)}"); break;
            case 4: line.Append($"mpls static binding ipv4 10.{random.Next(9)}.0.0 255.255.0.0 {random.Next(16, 60)}"); break;
            case 6: line.Append($"{(random.Next(2) == 0 ? "do " : "")}{(random.Next(2) == 0 ? "ping" : "traceroute")} 10.{random.Next(4)}.0.{random.Next(256)}"); break;
            case 5: line.Append($"{(random.Next(3) == 0 ? "no " : "")}ip vrf {words[^random.Next(1, 24)]}"); break;
        }

        for (int n = random.Next(line.Length == 0 ? 9 : 3); n > 0; n--)
        {
            string word = words[random.Next(words.Length)];
            if (random.Next(4) == 0) word = word[..random.Next(word.Length + 1)];
            if (random.Next(20) == 0) word = new string(Enumerable.Range(0, random.Next(1, 12)).Select(_ => (char)random.Next(1, 300)).ToArray());
            line.Append(' ').Append(word);
        }

        if (random.Next(500) == 0) line.Append('x', 300);
        return line.ToString();
    }
}
