using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Tests.Ports;

/// <summary>TAP ports against AF_PACKET at the host's end of the cable. Needs root and tuntap in the kernel.</summary>
[TestClass]
public class TapPortTests
{
    private static readonly string Name = VethPair.Name("tap");

    [TestInitialize]
    public void Begin()
    {
        VethPair.NeedsRoot();
        if (!File.Exists("/dev/net/tun")) Assert.Inconclusive("no /dev/net/tun here");
        VethPair.Ip($"link del {Name}");
    }

    [TestMethod]
    public void Frames_pass_both_ways_octet_for_octet_tagged_too_and_nothing_is_allocated()
    {
        using TapPort tap = new(Name, 9018);
        Assert.IsFalse(tap.LinkUp);
        Up(tap);
        using PacketPort host = new(Name, 9018);
        PortFrames.Pass(tap, host, 1514);
        PortFrames.Pass(host, tap, 1514);
        Assert.AreEqual(0, PortFrames.AllocatedBy(tap, host, 500));
    }

    [TestMethod]
    public void Both_ends_of_the_cable_have_an_address_of_their_own()
    {
        using TapPort tap = new(Name, 9018);
        byte[] address = new byte[6];
        tap.GetAddress(address, 0);
        byte[] hosts = Hex.Octets(File.ReadAllText($"/sys/class/net/{Name}/address").Replace(":", ""));
        CollectionAssert.AreNotEqual(hosts, address);
        Assert.AreEqual(2, address[0] & 3);
    }

    [TestMethod]
    public void What_the_host_sends_into_a_full_queue_is_counted()
    {
        using TapPort tap = new(Name, 9018);
        VethPair.Ip($"link set {Name} txqueuelen 50");
        Up(tap);
        using PacketPort host = new(Name, 9018, bypass: true);
        Frame frame = new(112, 1614);
        PortFrames.Fill(frame, 60, "88B5");
        for (int i = 0; i < 200; i++)
        {
            host.Send(frame);
            host.Flush();
        }

        int came = 0;
        while (tap.ReceiveBurst([frame], 1) == 1) came++;
        tap.ReadKernelDrops();

        // The sender, who goes past the queueing discipline, is told of the same drops.
        Assert.IsGreaterThan(0, tap.KernelDrops);
        Assert.AreEqual(200, came + tap.KernelDrops);
    }

    [TestMethod]
    public void A_tap_that_is_taken_away_is_asked_no_longer()
    {
        using TapPort tap = new(Name, 9018);
        Up(tap);
        Assert.IsGreaterThanOrEqualTo(0, tap.Descriptor);
        VethPair.Ip($"link del {Name}");
        Frame frame = new(112, 1614);
        PortFrames.Fill(frame, 60, "88B5");
        Assert.AreEqual(0, tap.ReceiveBurst([frame], 1));
        tap.TakeError();
        Assert.AreEqual(-1, tap.Descriptor);
        Assert.IsFalse(tap.LinkUp);
        Assert.IsFalse(tap.Send(frame));
        Assert.AreEqual(0, tap.ReceiveBurst([frame], 1));
    }

    [TestMethod]
    public void A_tap_that_is_moved_into_a_namespace_goes_on()
    {
        string space = VethPair.Name("tns");
        using TapPort tap = new(Name, 9018);
        if (VethPair.Ip($"netns add {space}") != 0) Assert.Inconclusive("no network namespaces here (ip netns add)");
        try
        {
            Assert.AreEqual(0, VethPair.Ip($"link set {Name} netns {space}"));
            Assert.AreEqual(0, VethPair.Ip($"-n {space} link set {Name} up"));
            tap.RefreshLink();
            Assert.IsTrue(tap.LinkUp);
            Frame frame = new(112, 1614);
            PortFrames.Fill(frame, 60, "88B5");
            Assert.IsTrue(tap.Send(frame));
        }
        finally
        {
            VethPair.Ip($"netns del {space}");
        }
    }

    [TestMethod]
    public void Names_that_cannot_be_are_refused_in_words()
    {
        using TapPort tap = new(Name, 9018);
        StringAssert.Contains(Assert.ThrowsExactly<PortException>(() => new TapPort(Name, 9018)).Message, "somebody else holds it");
        StringAssert.Contains(Assert.ThrowsExactly<PortException>(() => new TapPort("lo", 9018)).Message, "another kind");
        StringAssert.Contains(Assert.ThrowsExactly<PortException>(() => new TapPort("a-name-far-too-long", 9018)).Message, "15 octets");
    }

    private static void Up(TapPort tap)
    {
        VethPair.Run("sysctl", $"-qw net.ipv6.conf.{Name}.disable_ipv6=1");
        VethPair.Ip($"link set {Name} up");
        tap.RefreshLink();
        Assert.IsTrue(tap.LinkUp);
    }
}
