using System.Net;

namespace LabEdge.Tests.Host;

/// <summary>IPv6 packets as the RFCs draw them, built octet by octet by code that shares nothing with the router.</summary>
internal static class Packets6
{
    public static byte[] Address(string text) => IPAddress.Parse(text).GetAddressBytes();

    public static byte[] Ip(string source, string destination, int next, byte[] payload, int hopLimit = 64, int trafficClass = 0, int flow = 0) =>
        Packets.Join(Packets.Four((uint)(0x60000000 + trafficClass * 0x100000 + flow)), Packets.Two(payload.Length), next, hopLimit,
            Address(source), Address(destination), payload);

    public static byte[] WithChecksum(string source, string destination, int protocol, byte[] upper, int at)
    {
        byte[] pseudo = Packets.Join(Address(source), Address(destination), Packets.Four((uint)upper.Length), 0, 0, 0, protocol, upper);
        byte[] octets = [.. upper];
        Packets.Two(Packets.Checksum(pseudo)).CopyTo(octets, at);
        return octets;
    }

    public static byte[] Icmp(string source, string destination, int type, int code, byte[] rest, int hopLimit = 64) =>
        Ip(source, destination, 58, WithChecksum(source, destination, 58, Packets.Join(type, code, 0, 0, rest), 2), hopLimit);

    public static byte[] Echo(string source, string destination, int type, int identifier, int sequence, int dataLength, int hopLimit = 64) =>
        Icmp(source, destination, type, 0, Packets.Join(Packets.Two(identifier), Packets.Two(sequence), Data(dataLength)), hopLimit);

    public static byte[] Data(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7 + 1))];

    public static byte[] Udp(string source, string destination, int from, int to, int dataLength, int hopLimit = 64) =>
        Ip(source, destination, 17, WithChecksum(source, destination, 17, Packets.Join(Packets.Two(from), Packets.Two(to), Packets.Two(8 + dataLength), 0, 0, new byte[dataLength]), 6), hopLimit);

    public static byte[] Solicitation(string source, string destination, string target, string station = "", int hopLimit = 255) =>
        Icmp(source, destination, 135, 0, Packets.Join("00000000", Address(target), station.Length == 0 ? "" : "0101" + station), hopLimit);

    public static byte[] Advertisement(string source, string destination, string target, int flags, string station = "", int hopLimit = 255) =>
        Icmp(source, destination, 136, 0, Packets.Join(flags, 0, 0, 0, Address(target), station.Length == 0 ? "" : "0201" + station), hopLimit);

    /// <summary>The solicited-node group of an address, and its Ethernet address.</summary>
    public static string GroupOf(string address) => new IPAddress(Packets.Join("FF02 0000 0000 0000 0000 0001 FF", Address(address)[13..])).ToString();

    public static string StationOfGroup(string group) => "3333" + Convert.ToHexString(Address(group)[12..]);
}
