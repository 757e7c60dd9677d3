using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LabEdge.Emulator;

/// <summary>Hears from the kernel (rtnetlink(7)) that the state of some interface has changed. Does not say which.</summary>
public sealed class LinkWatch : IDisposable
{
    private const int LinkGroup = 1;

    private readonly byte[] _octets = new byte[16384];

    /// <exception cref="PortException">The kernel refuses.</exception>
    public LinkWatch()
    {
        Descriptor = LinuxSocket.Socket(LinuxSocket.AF_NETLINK, LinuxSocket.SOCK_RAW | LinuxSocket.SOCK_NONBLOCK | LinuxSocket.SOCK_CLOEXEC, 0);
        byte[] address = new byte[12];
        BinaryPrimitives.WriteInt16LittleEndian(address, LinuxSocket.AF_NETLINK);
        BinaryPrimitives.WriteInt32LittleEndian(address.AsSpan(8), LinkGroup);
        if (Descriptor < 0 || LinuxSocket.Bind(Descriptor, address, address.Length) != 0)
        {
            throw new PortException("cannot watch the state of links: " + LinuxSocket.LastError());
        }
    }

    /// <summary>For poll(2).</summary>
    public int Descriptor { get; }

    /// <summary>Takes what has come.</summary>
    /// <returns>True when anything had, or the kernel had to drop some of it.</returns>
    public bool Drain()
    {
        bool any = false;
        while (LinuxSocket.Receive(Descriptor, ref _octets[0], (nuint)_octets.Length, LinuxSocket.MSG_DONTWAIT) > 0
            || Marshal.GetLastPInvokeError() == LinuxSocket.ENOBUFS)
        {
            any = true;
        }

        return any;
    }

    public void Dispose() => LinuxSocket.Close(Descriptor);
}
