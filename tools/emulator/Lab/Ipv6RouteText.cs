using System.Net;
using System.Net.Sockets;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Emulator;

/// <summary>
/// By which route a ping of IPv6 goes on from a node: the account leaves IPv6 to the general path, so the routes are asked here, one
/// by one and not through the frame path's table.
/// </summary>
public static class Ipv6RouteText
{
    /// <param name="account">Of the frame that carries the ping.</param>
    /// <param name="destination">Of the ping.</param>
    /// <returns>Empty unless the account left an IPv6 packet to the general path, in a VRF.</returns>
    public static string Of(ForwardingAccount account, Router router, IPAddress destination)
    {
        if (account.Verdict != ForwardingAccount.General || account.Vrf < 0 || destination.AddressFamily != AddressFamily.InterNetworkV6) return "";
        string table = account.Vrf == VrfStore.Global ? "IPv6 routes" : $"IPv6 routes of VRF {router.Tables.Vrfs.NameOf(account.Vrf)}";
        byte[] octets = destination.GetAddressBytes();
        Ipv6RouteTable routes = router.Control.Routes6;
        int best = Ipv6RouteTable.None;
        for (int i = 0; i < routes.High; i++)
        {
            if (!routes.IsUsed(i) || !routes.IsActive(i) || routes.Vrf[i] != account.Vrf) continue;
            if (!Ipv6Address.SamePrefix(routes.Prefix, i * octets.Length, octets, 0, routes.Bits[i])) continue;
            if (best == Ipv6RouteTable.None || routes.Bits[i] > routes.Bits[best]) best = i;
        }

        if (best == Ipv6RouteTable.None) return $"{table}: nothing for the destination";
        string prefix = $"{new IPAddress(routes.Prefix.AsSpan(best * octets.Length, octets.Length))}/{routes.Bits[best]}";
        return routes.Source[best] == RouteSource.Local ? "its own address: taken in" : $"{table}: {prefix}, general path";
    }
}
