using LabEdge.Bfd;
using LabEdge.Ldp;
using LabEdge.Ospf;
using LabEdge.Tcp;

namespace LabEdge.Emulator;

/// <summary>Gives a router the protocols that a PC has room for; before its first frame and its first line of configuration.</summary>
public static class ProtocolRooms
{
    /// <param name="entropy">The octets that the router got; TCP draws numbers of its own from them.</param>
    public static void Join(Router router, byte[] entropy)
    {
        byte[] own = [.. entropy.Select(octet => (byte)(octet ^ 0x5C))];
        TcpStack tcp = new(router.Capacity, own, new HostOutput(router.Host));
        router.Host.Handlers.Add(router.Capacity, Forwarding.Wire.Ipv4Header.Tcp, 0, tcp);

        // BFD before those who ask it: they hear of a loss in the same poll.
        router.AddModule(new BfdModule(router.Host, router.Control, router.Capacity, [.. entropy.Select(octet => (byte)(octet ^ 0xBF))]));
        router.AddModule(new OspfModule(router.Tables, router.Host, router.Control, router.Capacity, own));

        // TCP after those who write to it.
        router.AddModule(new LdpModule(router.Tables, router.Host, router.Control, tcp, router.Capacity));
        router.AddModule(tcp);
    }
}
