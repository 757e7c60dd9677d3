using System.Buffers.Binary;
using System.Text;

namespace LabEdge.Emulator;

// Read netdevice(7) before changing this file.

/// <summary>What Linux tells about a network interface by name. Asks through a socket of the port that stands on it.</summary>
internal sealed class LinuxInterface
{
    private const int RequestLength = 40;
    private const int NameLength = 16;
    private const int MembershipLength = 16;
    private const int ChannelsLength = 36;
    private const int GetChannels = 0x3C;

    private readonly int _descriptor;

    /// <param name="descriptor">An open socket; the caller's.</param>
    /// <exception cref="PortException">There is none of that name.</exception>
    public LinuxInterface(string name, int descriptor)
    {
        Name = name;
        _descriptor = descriptor;
        Index = IndexOf(name);
    }

    public string Name { get; }

    public int Index { get; }

    /// <exception cref="PortException">There is none of that name, or this is not 64-bit Linux.</exception>
    public static int IndexOf(string name)
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != 8) throw new PortException("network interfaces as ports need 64-bit Linux");
        int index = (int)LinuxSocket.InterfaceIndex(name);
        return index != 0 ? index : throw new PortException($"there is no network interface \"{name}\"");
    }

    public void ReadAddress(byte[] address) => Array.Copy(Ask(LinuxSocket.SIOCGIFHWADDR, "its address"), NameLength + 2, address, 0, 6);

    /// <summary>Octets after the Ethernet header.</summary>
    public int ReadMtu() => BinaryPrimitives.ReadInt32LittleEndian(Ask(LinuxSocket.SIOCGIFMTU, "its MTU").AsSpan(NameLength));

    /// <summary>Up and with a carrier.</summary>
    public bool IsRunning() => Has(LinuxSocket.IFF_UP | LinuxSocket.IFF_RUNNING);

    /// <summary>Up, with a carrier or without.</summary>
    public bool IsUp() => Has(LinuxSocket.IFF_UP);

    /// <summary>False when it is gone, or in another network namespace.</summary>
    public bool IsHere() => LinuxSocket.InterfaceIndex(Name) != 0;

    /// <summary>Asks the interface to pass frames for any destination, or no longer.</summary>
    /// <param name="packetSocket">Of family AF_PACKET: its end takes the wish back.</param>
    public bool SetPromiscuous(int packetSocket, bool on)
    {
        return SetMembership(packetSocket, LinuxSocket.PACKET_MR_PROMISC, on);
    }

    /// <summary>
    /// Asks the interface to pass frames for every group: IPv6 neighbours are asked for at 33:33:ff:..:..:.. (RFC 2464 section 7), and the
    /// host's own stack, which would else choose the groups, knows nothing of the router's addresses.
    /// </summary>
    /// <param name="packetSocket">Of family AF_PACKET: its end takes the wish back.</param>
    /// <exception cref="PortException">The kernel refuses.</exception>
    public void TakeAllGroups(int packetSocket)
    {
        if (!SetMembership(packetSocket, LinuxSocket.PACKET_MR_ALLMULTI, true))
        {
            throw new PortException($"\"{Name}\" does not pass the frames of all groups: {LinuxSocket.LastError()}");
        }
    }

    private bool SetMembership(int packetSocket, short kind, bool on)
    {
        byte[] membership = new byte[MembershipLength];
        BinaryPrimitives.WriteInt32LittleEndian(membership, Index);
        BinaryPrimitives.WriteInt16LittleEndian(membership.AsSpan(4), kind);
        int option = on ? LinuxSocket.PACKET_ADD_MEMBERSHIP : LinuxSocket.PACKET_DROP_MEMBERSHIP;
        return LinuxSocket.SetOption(packetSocket, LinuxSocket.SOL_PACKET, option, membership, membership.Length) == 0;
    }

    /// <summary>Receive queues in use (ethtool -l); 1 where the driver does not tell.</summary>
    public int ReceiveQueues()
    {
        // struct ethtool_channels: command, the most of four kinds, then the current count of receive, send, other and combined.
        byte[] channels = Mapped.Pinned(ChannelsLength, out nint address);
        BinaryPrimitives.WriteInt32LittleEndian(channels, GetChannels);
        byte[] request = Request();
        BinaryPrimitives.WriteInt64LittleEndian(request.AsSpan(NameLength), address);
        if (LinuxSocket.Control(_descriptor, LinuxSocket.SIOCETHTOOL, request) != 0) return 1;
        int queues = BinaryPrimitives.ReadInt32LittleEndian(channels.AsSpan(20)) + BinaryPrimitives.ReadInt32LittleEndian(channels.AsSpan(32));
        return Math.Max(queues, 1);
    }

    /// <summary>The start of a struct ifreq.</summary>
    public static byte[] Request(string name)
    {
        byte[] request = new byte[RequestLength];
        Encoding.UTF8.GetBytes(name, request.AsSpan(0, NameLength - 1));
        return request;
    }

    private byte[] Request() => Request(Name);

    private bool Has(int wanted)
    {
        byte[] request = Request();
        return LinuxSocket.Control(_descriptor, LinuxSocket.SIOCGIFFLAGS, request) == 0
            && (BinaryPrimitives.ReadInt16LittleEndian(request.AsSpan(NameLength)) & wanted) == wanted;
    }

    private byte[] Ask(uint question, string what)
    {
        byte[] request = Request();
        if (LinuxSocket.Control(_descriptor, question, request) == 0) return request;
        throw new PortException($"\"{Name}\" does not tell {what}: {LinuxSocket.LastError()}");
    }
}
