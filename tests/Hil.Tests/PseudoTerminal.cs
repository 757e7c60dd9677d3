using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LabEdge.Tests.Hil;

/// <summary>A pseudo terminal of Linux: its far end is a serial port by name, its near end a stream of ours.</summary>
public sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;

    private readonly int _descriptor;

    public PseudoTerminal()
    {
        _descriptor = Open(ReadWrite | NoControllingTerminal);
        byte[] name = new byte[128];
        if (_descriptor < 0 || Grant(_descriptor) != 0 || Unlock(_descriptor) != 0 || NameOf(_descriptor, name, name.Length) != 0) throw new IOException("no pseudo terminal here");
        Name = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
        Stream = new FileStream(new SafeFileHandle(_descriptor, ownsHandle: true), FileAccess.ReadWrite, 1);
    }

    /// <summary>Such as /dev/pts/3.</summary>
    public string Name { get; }

    public FileStream Stream { get; }

    public void Dispose() => Stream.Dispose();

    [DllImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static extern int Open(int flags);

    [DllImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static extern int Grant(int descriptor);

    [DllImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static extern int Unlock(int descriptor);

    [DllImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static extern int NameOf(int descriptor, byte[] name, nint length);
}
