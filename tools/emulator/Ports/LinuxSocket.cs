using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LabEdge.Emulator;

// Read packet(7), netdevice(7), poll(2) and the kernel's if_packet.h before changing this file.

/// <summary>The system calls of Linux that packet ports need, and their constants. Layouts are those of 64-bit Linux.</summary>
internal static class LinuxSocket
{
    public const int AF_NETLINK = 16;
    public const int AF_INET = 2;
    public const int AF_PACKET = 17;
    public const int AF_XDP = 44;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_RAW = 3;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int ETH_P_ALL = 3;

    public const int SOL_SOCKET = 1;
    public const int SO_ERROR = 4;
    public const int SO_SNDBUFFORCE = 32;
    public const int SO_RCVBUFFORCE = 33;
    public const int SO_MEMINFO = 55;
    public const int SOL_PACKET = 263;
    public const int SOL_XDP = 283;
    public const int PACKET_ADD_MEMBERSHIP = 1;
    public const int PACKET_DROP_MEMBERSHIP = 2;
    public const int PACKET_RX_RING = 5;
    public const int PACKET_STATISTICS = 6;
    public const int PACKET_VERSION = 10;
    public const int PACKET_QDISC_BYPASS = 20;
    public const int PACKET_IGNORE_OUTGOING = 23;
    public const int PACKET_MR_PROMISC = 1;
    public const int PACKET_MR_ALLMULTI = 2;
    public const int TPACKET_V3 = 2;
    public const int TP_STATUS_KERNEL = 0;
    public const int TP_STATUS_USER = 0x01;
    public const int TP_STATUS_CSUMNOTREADY = 0x08;
    public const int TP_STATUS_VLAN_VALID = 0x10;
    public const int TP_STATUS_VLAN_TPID_VALID = 0x40;

    public const uint SIOCGIFFLAGS = 0x8913;
    public const uint SIOCGIFMTU = 0x8921;
    public const uint SIOCGIFHWADDR = 0x8927;
    public const uint SIOCETHTOOL = 0x8946;
    public const uint TUNSETIFF = 0x400454CA;
    public const int IFF_TAP = 0x2;
    public const int IFF_NO_PI = 0x1000;
    public const int IFF_UP = 0x1;
    public const int IFF_RUNNING = 0x40;

    public const int MSG_TRUNC = 0x20;
    public const int MSG_DONTWAIT = 0x40;

    public const int O_RDWR = 2;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;
    public const int PROT_READ_WRITE = 3;
    public const int MAP_SHARED = 1;
    public const int MAP_PRIVATE_ANONYMOUS = 0x22;
    public const int MAP_POPULATE = 0x8000;

    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int EAGAIN = 11;
    public const int EACCES = 13;
    public const int EBUSY = 16;
    public const int EINVAL = 22;
    public const int EMSGSIZE = 90;
    public const int EOPNOTSUPP = 95;
    public const int ENOBUFS = 105;
    public const int ECONNREFUSED = 111;

    public const short POLLIN = 1;
    public const short POLLERR = 8;
    public const short POLLHUP = 0x10;
    public const short POLLNVAL = 0x20;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [DllImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static extern int Socket(int family, int type, int protocol);

    [DllImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static extern int Bind(int descriptor, byte[] address, int length);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    public static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static extern int SetOption(int descriptor, int level, int option, byte[] value, int length);

    [DllImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static extern int GetOption(int descriptor, int level, int option, byte[] value, ref int length);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static extern int Control(int descriptor, nuint request, byte[] argument);

    [DllImport("libc", EntryPoint = "if_nametoindex", SetLastError = true)]
    public static extern uint InterfaceIndex([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", EntryPoint = "send", SetLastError = true)]
    public static extern nint Send(int descriptor, ref byte octets, nuint length, int flags);

    [DllImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static extern nint Receive(int descriptor, ref byte octets, nuint length, int flags);

    [DllImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static extern int ReceiveMany(int descriptor, nint messages, uint count, int flags, nint timeout);

    [DllImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    public static extern int SendMany(int descriptor, nint messages, uint count, int flags);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    public static extern nint Read(int descriptor, byte[] octets, nuint count);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    public static extern nint Read(int descriptor, ref byte octets, nuint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    public static extern nint Write(int descriptor, byte[] octets, nuint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    public static extern nint Write(int descriptor, ref byte octets, nuint count);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static extern nint Map(nint address, nuint length, int protection, int flags, int descriptor, long offset);

    [DllImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static extern int Unmap(nint address, nuint length);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static extern nint SystemCall(nint number, nint command, byte[] argument, nint length);

    [DllImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static extern int EventDescriptor(uint initial, int flags);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static extern int Poll([In, Out] PollRequest[] requests, nuint count, int timeoutMs);

    /// <summary>Why the last call failed, in the system's words.</summary>
    public static string LastError() => Marshal.GetLastPInvokeErrorMessage();

    /// <summary>The same, and what helps when it was a missing right.</summary>
    public static string LastError(string whenRefused)
    {
        bool refused = Marshal.GetLastPInvokeError() is EPERM or EACCES;
        return LastError() + (refused ? whenRefused : "");
    }

    /// <summary>An option's value as setsockopt wants it.</summary>
    public static byte[] Int32(int value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(octets, value);
        return octets;
    }

    /// <summary>Takes the error that waits at a socket: until then poll(2) returns at once.</summary>
    public static void ClearError(int descriptor)
    {
        byte[] error = new byte[4];
        int length = error.Length;
        GetOption(descriptor, SOL_SOCKET, SO_ERROR, error, ref length);
    }
}
