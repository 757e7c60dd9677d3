using System;
using System.Net.Sockets;

// Addresses, interfaces and sockets. Dns, SocketAddress, NetworkStream, NetworkChange, NetworkHelper and TLS are left out.
[assembly: System.Reflection.AssemblyVersion("1.11.54.0")]

namespace System.Net
{
    public abstract class EndPoint
    {
    }

    public class IPAddress
    {
        public static readonly IPAddress Any;
        public static readonly IPAddress Loopback;
        public static readonly IPAddress Broadcast;
        public static readonly IPAddress None;
        public static readonly IPAddress IPv6Any;
        public static readonly IPAddress IPv6Loopback;
        public AddressFamily AddressFamily { get => throw null; }
        public long ScopeId { get => throw null; set => throw null; }
        public bool IsIPv4MappedToIPv6 { get => throw null; }
        public IPAddress(long address) => throw null;
        public IPAddress(byte[] octets) => throw null;
        public static bool operator ==(IPAddress left, IPAddress right) => throw null;
        public static bool operator !=(IPAddress left, IPAddress right) => throw null;
        public IPAddress(byte[] octets, long scopeId) => throw null;
        public override bool Equals(object value) => throw null;
        public bool Equals(IPAddress address) => throw null;
        public byte[] GetAddressBytes() => throw null;
        public static IPAddress Parse(string text) => throw null;
        public override string ToString() => throw null;
        public static IPAddress GetDefaultLocalAddress() => throw null;
        public override int GetHashCode() => throw null;
        public IPAddress MapToIPv6() => throw null;
        public IPAddress MapToIPv4() => throw null;
    }

    public class IPEndPoint : EndPoint
    {
        public const int MinPort = 0;
        public const int MaxPort = 0xFFFF;
        public IPAddress Address { get => throw null; }
        public AddressFamily AddressFamily { get => throw null; }
        public int Port { get => throw null; }
        public IPEndPoint(long address, int port) => throw null;
        public IPEndPoint(IPAddress address, int port) => throw null;
        public override string ToString() => throw null;
        public override bool Equals(object value) => throw null;
        public override int GetHashCode() => throw null;
    }
}

namespace System.Net.NetworkInformation
{
    public static class IPGlobalProperties
    {
        public static IPAddress GetIPAddress() => throw null;
    }

    public class NetworkInterface
    {
        public bool IsAutomaticDnsEnabled { get => throw null; }
        public string IPv4Address { get => throw null; }
        public string IPv4GatewayAddress { get => throw null; }
        public string IPv4SubnetMask { get => throw null; }
        public bool IsDhcpEnabled { get => throw null; }
        public string[] IPv4DnsAddresses { get => throw null; }
        public byte[] PhysicalAddress { get => throw null; set => throw null; }
        public NetworkInterfaceType NetworkInterfaceType { get => throw null; }
        public uint SpecificConfigId { get => throw null; set => throw null; }
        public static bool GetIsNetworkAvailable() => throw null;
        public static NetworkInterface[] GetAllNetworkInterfaces() => throw null;
        public void EnableStaticIPv4(string address, string mask, string gateway) => throw null;
        public void EnableStaticIPv6(string address, string mask, string gateway) => throw null;
        public void EnableStaticIP(string ipv4Address, string ipv4Mask, string ipv4Gateway, string ipv6Address, string ipv6Mask, string ipv6Gateway) => throw null;
        public void EnableDhcp() => throw null;
        public void EnableStaticIPv4Dns(string[] values) => throw null;
        public void EnableStaticIPv6Dns(string[] values) => throw null;
        public void EnableAutomaticDns() => throw null;
        public void ReleaseDhcpLease() => throw null;
        public void RenewDhcpLease() => throw null;
    }

    public enum NetworkInterfaceType
    {
        Unknown = 1,
        Ethernet = 6,
        Wireless80211 = 71,
        WirelessAP = 72,
    }
}

namespace System.Net.Sockets
{
    public enum AddressFamily
    {
        Unknown = -1,
        Unspecified = 0,
        Unix = 1,
        InterNetwork = 2,
        ImpLink = 3,
        Pup = 4,
        Chaos = 5,
        NS = 6,
        Ipx = 6,
        Iso = 7,
        Osi = 7,
        Ecma = 8,
        DataKit = 9,
        Ccitt = 10,
        Sna = 11,
        DecNet = 12,
        DataLink = 13,
        Lat = 14,
        HyperChannel = 15,
        AppleTalk = 16,
        NetBios = 17,
        VoiceView = 18,
        FireFox = 19,
        Banyan = 21,
        Atm = 22,
        InterNetworkV6 = 23,
        Cluster = 24,
        Ieee12844 = 25,
        Irda = 26,
        NetworkDesigners = 28,
        Max = 29,
    }

    public enum ProtocolType
    {
        IP = 0,
        IPv6HopByHopOptions = 0,
        Icmp = 1,
        Igmp = 2,
        Ggp = 3,
        IPv4 = 4,
        Tcp = 6,
        Pup = 12,
        Udp = 17,
        Idp = 22,
        IPv6 = 41,
        IPv6RoutingHeader = 43,
        IPv6FragmentHeader = 44,
        IPSecEncapsulatingSecurityPayload = 50,
        IPSecAuthenticationHeader = 51,
        IcmpV6 = 58,
        IPv6NoNextHeader = 59,
        IPv6DestinationOptions = 60,
        ND = 77,
        Raw = 255,
        Unspecified = 0,
        Ipx = 1000,
        Spx = 1256,
        SpxII = 1257,
        Unknown = -1,
    }

    public enum SelectMode
    {
        SelectRead = 0,
        SelectWrite = 1,
        SelectError = 2,
    }

    public class Socket : IDisposable
    {
        void IDisposable.Dispose() => throw null;
        public int Available { get => throw null; }
        public EndPoint LocalEndPoint { get => throw null; }
        public EndPoint RemoteEndPoint { get => throw null; }
        public bool Connected { get => throw null; }
        public int ReceiveTimeout { get => throw null; set => throw null; }
        public int SendTimeout { get => throw null; set => throw null; }
        public SocketType SocketType { get => throw null; }
        public Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType) => throw null;
        public void Bind(EndPoint endPoint) => throw null;
        public void Connect(EndPoint endPoint) => throw null;
        public void Close() => throw null;
        public void Listen(int backlog) => throw null;
        public Socket Accept() => throw null;
        public int Send(byte[] octets) => throw null;
        public int Send(byte[] octets, SocketFlags socketFlags) => throw null;
        public int Send(byte[] octets, int index, SocketFlags socketFlags) => throw null;
        public int Send(byte[] octets, int index, int count, SocketFlags socketFlags) => throw null;
        public int SendTo(byte[] octets, int index, int count, SocketFlags socketFlags, EndPoint endPoint) => throw null;
        public int SendTo(byte[] octets, int index, SocketFlags socketFlags, EndPoint endPoint) => throw null;
        public int SendTo(byte[] octets, SocketFlags socketFlags, EndPoint endPoint) => throw null;
        public int SendTo(byte[] octets, EndPoint endPoint) => throw null;
        public int Receive(byte[] octets) => throw null;
        public int Receive(byte[] octets, SocketFlags socketFlags) => throw null;
        public int Receive(byte[] octets, int index, SocketFlags socketFlags) => throw null;
        public int Receive(byte[] octets, int index, int count, SocketFlags socketFlags) => throw null;
        public int ReceiveFrom(byte[] octets, int index, int count, SocketFlags socketFlags, ref EndPoint endPoint) => throw null;
        public int ReceiveFrom(byte[] octets, int index, SocketFlags socketFlags, ref EndPoint endPoint) => throw null;
        public int ReceiveFrom(byte[] octets, SocketFlags socketFlags, ref EndPoint endPoint) => throw null;
        public int ReceiveFrom(byte[] octets, ref EndPoint endPoint) => throw null;
        public void SetSocketOption(SocketOptionLevel socketOptionLevel, SocketOptionName socketOptionName, int value) => throw null;
        public void SetSocketOption(SocketOptionLevel socketOptionLevel, SocketOptionName socketOptionName, bool flag) => throw null;
        public void SetSocketOption(SocketOptionLevel socketOptionLevel, SocketOptionName socketOptionName, byte[] octets) => throw null;
        public object GetSocketOption(SocketOptionLevel socketOptionLevel, SocketOptionName socketOptionName) => throw null;
        public void GetSocketOption(SocketOptionLevel socketOptionLevel, SocketOptionName socketOptionName, byte[] octets) => throw null;
        public bool Poll(int microseconds, SelectMode selectMode) => throw null;
    }

    public class SocketException : Exception
    {
        public int ErrorCode { get => throw null; }
    }

    public enum SocketFlags
    {
        None = 0,
        OutOfBand = 1,
        Peek = 2,
        DontRoute = 4,
        MaxIOVectorLength = 16,
        Truncated = 256,
        ControlDataTruncated = 512,
        Broadcast = 1024,
        Multicast = 2048,
        Partial = 32768,
    }

    public enum SocketOptionLevel
    {
        Socket = 65535,
        IP = 0,
        IPv6 = 41,
        Tcp = 6,
        Udp = 17,
    }

    public enum SocketOptionName
    {
        Debug = 1,
        AcceptConnection = 2,
        ReuseAddress = 4,
        KeepAlive = 8,
        DontRoute = 16,
        Broadcast = 32,
        UseLoopback = 64,
        Linger = 128,
        OutOfBandInline = 256,
        DontLinger = -129,
        ExclusiveAddressUse = -5,
        SendBuffer = 4097,
        ReceiveBuffer = 4098,
        SendLowWater = 4099,
        ReceiveLowWater = 4100,
        SendTimeout = 4101,
        ReceiveTimeout = 4102,
        Error = 4103,
        Type = 4104,
        MaxConnections = 2147483647,
        IPOptions = 1,
        HeaderIncluded = 2,
        TypeOfService = 3,
        IpTimeToLive = 4,
        MulticastInterface = 9,
        MulticastTimeToLive = 10,
        MulticastLoopback = 11,
        AddMembership = 12,
        DropMembership = 13,
        DontFragment = 14,
        AddSourceMembership = 15,
        DropSourceMembership = 16,
        BlockSource = 17,
        UnblockSource = 18,
        PacketInformation = 19,
        HopLimit = 21,
        NoDelay = 1,
        BsdUrgent = 2,
        Expedited = 2,
        NoChecksum = 1,
        ChecksumCoverage = 20,
        UpdateAcceptContext = 28683,
        UpdateConnectContext = 28688,
    }

    public enum SocketType
    {
        Stream = 1,
        Dgram = 2,
        Raw = 3,
        Rdm = 4,
        Seqpacket = 5,
        Unknown = -1,
    }
}
