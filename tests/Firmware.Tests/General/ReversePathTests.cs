using LabEdge.Forwarding;
using static LabEdge.Tests.General.IpBench;
using static LabEdge.Tests.Host.Packets;

namespace LabEdge.Tests.General;

/// <summary>Unicast reverse path forwarding (RFC 3704 sections 2.2 to 2.4): strict on one port, loose on another, in both kernel forms.</summary>
[TestClass]
public class ReversePathTests
{
    private static void Setup(IpBench bench)
    {
        int here = bench.Path(-1, bench.Transport(Strict, 1500, 0x0800));
        int other = bench.Path(-1, bench.BlueIp);
        int core = bench.Path(800, bench.CoreLabelled);
        int both = bench.Tables.Groups.Add([ForwardingHandle.Path | core, ForwardingHandle.Path | here], 2);
        int none = bench.Tables.Groups.Add([ForwardingHandle.Path | core, ForwardingHandle.Path | other], 2);
        foreach (bool six in new[] { false, true })
        {
            void Route(string four, string prefix, int handle) => bench.Route(VrfBlue, six ? prefix : four, handle);
            Route("10.0.0.0/8", "2001:db8::/32", ForwardingHandle.Path | other);
            Route("10.1.0.0/16", "2001:db8:1::/48", ForwardingHandle.Path | here);
            Route("10.2.0.0/16", "2001:db8:2::/48", ForwardingHandle.Path | core);
            Route("10.3.0.0/16", "2001:db8:3::/48", both);
            Route("10.4.0.0/16", "2001:db8:4::/48", none);
            Route("10.5.0.0/16", "2001:db8:5::/48", ForwardingHandle.Glean | Strict);
            Route("10.6.0.0/16", "2001:db8:6::/48", ForwardingHandle.Glean | Blue);
            Route("10.7.0.0/16", "2001:db8:7::/48", ForwardingHandle.Special | here);
            Route("10.8.0.0/16", "2001:db8:8::/48", ForwardingHandle.Special | ForwardingHandle.SpecialGroup | (both & ForwardingHandle.IndexMask));
            Route("10.5.0.1/32", "2001:db8:5::1/128", ForwardingHandle.Local);
        }
    }

    // Passes strict and loose.
    [TestMethod]
    [DataRow("10.9.1.1", "2001:db8:9::1", false, true)]
    [DataRow("10.1.1.1", "2001:db8:1::1", true, true)]
    [DataRow("10.2.1.1", "2001:db8:2::1", false, true)]
    [DataRow("10.3.1.1", "2001:db8:3::1", true, true)]
    [DataRow("10.4.1.1", "2001:db8:4::1", false, true)]
    [DataRow("10.5.1.1", "2001:db8:5::2", true, true)]
    [DataRow("10.6.1.1", "2001:db8:6::1", false, true)]
    [DataRow("10.7.1.1", "2001:db8:7::1", true, true)]
    [DataRow("10.8.1.1", "2001:db8:8::1", true, true)]
    [DataRow("10.5.0.1", "2001:db8:5::1", false, false)]
    [DataRow("11.0.0.1", "2001:db9::1", false, false)]
    public void Source_passes_as_the_row_says(string four, string six, bool strict, bool loose)
    {
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            Assert.AreEqual(strict, Passes(bench, Strict, four), "strict, IPv4");
            Assert.AreEqual(strict, Passes(bench, Strict, six), "strict, IPv6");
            Assert.AreEqual(loose, Passes(bench, Loose, four), "loose, IPv4");
            Assert.AreEqual(loose, Passes(bench, Loose, six), "loose, IPv6");
            Assert.IsTrue(Passes(bench, Blue, four), "a port that asks for nothing");
            Assert.IsTrue(Passes(bench, Blue, six), "a port that asks for nothing");
        }
    }

    [TestMethod]
    public void A_default_route_counts_only_when_the_circuit_says_so()
    {
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            int here = ForwardingHandle.Path | bench.Path(-1, bench.Transport(Strict, 1500, 0x0800));
            bench.Route(VrfBlue, "0.0.0.0/0", here);
            bench.Route(VrfBlue, "::/0", here);
            foreach (string source in new[] { "11.0.0.1", "2001:db9::1" })
            {
                bench.SetAttachmentFlags(0, AttachmentTable.ReversePathStrict);
                bench.SetAttachmentFlags(1, AttachmentTable.ReversePathLoose);
                Assert.IsFalse(Passes(bench, Strict, source), source);
                Assert.IsFalse(Passes(bench, Loose, source), source);
                bench.SetAttachmentFlags(0, AttachmentTable.ReversePathStrict | AttachmentTable.AllowDefault);
                bench.SetAttachmentFlags(1, AttachmentTable.ReversePathLoose | AttachmentTable.AllowDefault);
                Assert.IsTrue(Passes(bench, Strict, source), source);
                Assert.IsTrue(Passes(bench, Loose, source), source);
            }

            // A longer route to the same place is a route, whatever the flag.
            bench.SetAttachmentFlags(0, AttachmentTable.ReversePathStrict);
            bench.Route(VrfBlue, "11.0.0.0/8", here);
            bench.Route(VrfBlue, "2001:db9::/32", here);
            Assert.IsTrue(Passes(bench, Strict, "11.0.0.1"));
            Assert.IsTrue(Passes(bench, Strict, "2001:db9::1"));
        }
    }

    [TestMethod]
    public void A_packet_for_us_is_checked_too_and_what_is_of_the_link_is_not()
    {
        byte[] spoofed = Arriving(Strict, 0x0800, Ip("11.0.0.1", "10.5.0.1", 17, Payload(9)));
        Check("drop reverse path", Strict, spoofed, Setup);
        byte[] right = Arriving(Strict, 0x0800, Ip("10.5.0.9", "10.5.0.1", 17, Payload(9)));
        Check("punt local at 14 in 1 value 0", Strict, right, Setup);
        byte[] solicitation = Arriving(Strict, 0x86DD, Ip6("fe80::9", "ff02::1:ff00:1", 58, Payload(24), hopLimit: 255));
        Check("punt local ipv6 at 14 in 1 value 0", Strict, solicitation, Setup);
        byte[] toUs = Arriving(Strict, 0x86DD, Ip6("fe80::9", "2001:db8:5::1", 58, Payload(24), hopLimit: 255));
        Check("punt local ipv6 at 14 in 1 value 0", Strict, toUs, Setup);
    }

    private static bool Passes(IpBench bench, int port, string source)
    {
        bool six = source.Contains(':');
        byte[] packet = six ? Ip6(source, "2001:db8:9::9", 17, Payload(9)) : Ip(source, "10.9.9.9", 17, Payload(9));
        string outcome = string.Join(", ", bench.Run(port, Arriving(port, six ? 0x86DD : 0x0800, packet)));
        if (outcome == "drop reverse path") return false;
        byte[] left = six ? Ip6(source, "2001:db8:9::9", 17, Payload(9), hopLimit: 63) : Ip(source, "10.9.9.9", 17, Payload(9), ttl: 63);
        Assert.AreEqual(Sent(Blue, Leaving(Blue, six ? 0x86DD : 0x0800, left)), outcome);
        return true;
    }
}
