using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LabEdge.Tests.Ports;

/// <summary>
/// Sends a frame whose checksum is left to the interface, as the host's own stack does (packet(7), PACKET_VNET_HDR: a header of
/// 10 octets says where the segment begins and where its checksum stands).
/// </summary>
public static class OpenChecksum
{
    private const int AddressFamily = 17;
    private const int Raw = 3;
    private const int PacketLevel = 263;
    private const int VnetHeader = 15;
    private const int VnetHeaderLength = 10;

    public static void Send(string device, byte[] frame, int segment, int field)
    {
        int descriptor = Socket(AddressFamily, Raw, 0);
        Assert.IsGreaterThanOrEqualTo(0, descriptor);
        try
        {
            Assert.AreEqual(0, SetOption(descriptor, PacketLevel, VnetHeader, [1, 0, 0, 0], 4));
            byte[] address = new byte[20];
            BinaryPrimitives.WriteInt16LittleEndian(address, AddressFamily);
            BinaryPrimitives.WriteUInt32LittleEndian(address.AsSpan(4), InterfaceIndex(device));
            byte[] octets = new byte[VnetHeaderLength + frame.Length];
            octets[0] = 1;
            BinaryPrimitives.WriteInt16LittleEndian(octets.AsSpan(6), (short)segment);
            BinaryPrimitives.WriteInt16LittleEndian(octets.AsSpan(8), (short)field);
            frame.CopyTo(octets, VnetHeaderLength);
            Assert.AreEqual(octets.Length, (int)SendTo(descriptor, octets, (nuint)octets.Length, 0, address, address.Length), Marshal.GetLastPInvokeErrorMessage());
        }
        finally
        {
            Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static extern int Socket(int family, int type, int protocol);

    [DllImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static extern int SetOption(int descriptor, int level, int option, byte[] value, int length);

    [DllImport("libc", EntryPoint = "if_nametoindex", SetLastError = true)]
    private static extern uint InterfaceIndex([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", EntryPoint = "sendto", SetLastError = true)]
    private static extern nint SendTo(int descriptor, byte[] octets, nuint length, int flags, byte[] address, int addressLength);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
