using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace LabEdge.Emulator;

// Read bpf(2), include/uapi/linux/bpf.h and RFC 9669 (the instruction set) before changing this file.

/// <summary>
/// The program at an interface that gives its frames to an AF_XDP socket, loaded without any library. It is attached by a link
/// that this process holds: when the process ends, however it ends, the interface is as before. Needs Linux 5.9.
/// </summary>
internal sealed class XdpProgram : IDisposable
{
    private const int MapCreate = 0;
    private const int MapUpdate = 2;
    private const int ProgramLoad = 5;
    private const int LinkCreate = 28;
    private const int MapOfSockets = 17;
    private const int ProgramOfXdp = 6;
    private const int AttachToXdp = 37;
    private const int InDriver = 4;
    private const int InStack = 2;
    private const int AttributeLength = 72;
    private const int LogOctets = 4096;

    private readonly int _map;
    private readonly int _program;
    private readonly int _link;

    /// <summary>Attaches to the interface: in its driver, or before the stack where the driver cannot.</summary>
    /// <param name="socket">An AF_XDP socket that is bound to queue 0 of the interface.</param>
    /// <exception cref="PortException">The kernel refuses; the text says what.</exception>
    public XdpProgram(LinuxInterface device, int socket)
    {
        _map = _program = _link = -1;
        try
        {
            _map = Call(MapCreate, "make a map of sockets", MapOfSockets, 4, 4, 1);
            byte[] place = Mapped.Pinned(8, out nint address);
            BinaryPrimitives.WriteInt32LittleEndian(place.AsSpan(4), socket);
            byte[] update = new byte[AttributeLength];
            BinaryPrimitives.WriteInt32LittleEndian(update, _map);
            BinaryPrimitives.WriteInt64LittleEndian(update.AsSpan(8), address);
            BinaryPrimitives.WriteInt64LittleEndian(update.AsSpan(16), address + 4);
            Call(MapUpdate, "join the socket to the program", update);
            GC.KeepAlive(place);
            _program = Load(_map);
            _link = Attach(_program, device.Index, InDriver);
            InItsDriver = _link >= 0;
            if (_link < 0) _link = Attach(_program, device.Index, InStack);
            if (_link < 0)
            {
                bool busy = Marshal.GetLastPInvokeError() == LinuxSocket.EBUSY;
                throw new PortException($"cannot attach to \"{device.Name}\": {(busy ? "another XDP program is there (ip link shows it)" : LinuxSocket.LastError())}");
            }
        }
        catch (PortException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>True in the interface's driver, false before the stack (slower).</summary>
    public bool InItsDriver { get; }

    public void Dispose()
    {
        if (_link >= 0) LinuxSocket.Close(_link);
        if (_program >= 0) LinuxSocket.Close(_program);
        if (_map >= 0) LinuxSocket.Close(_map);
    }

    /// <summary>
    /// <c>return bpf_redirect_map(&amp;sockets, ctx->rx_queue_index, XDP_PASS);</c> A frame of a queue that has no socket goes to the
    /// host, as if the program were not there.
    /// </summary>
    internal static byte[] Instructions(int map)
    {
        // Opcode, source << 4 | destination, offset, immediate: 8 octets each; the second is one of 16.
        (byte Opcode, int Registers, short Offset, int Immediate)[] program =
        [
            (0x61, 0x12, 16, 0),     // r2 = *(u32 *)(r1 + 16)
            (0x18, 0x11, 0, map),    // r1 = map
            (0x00, 0x00, 0, 0),
            (0xB7, 0x03, 0, 2),      // r3 = XDP_PASS
            (0x85, 0x00, 0, 51),     // call bpf_redirect_map
            (0x95, 0x00, 0, 0),      // exit
        ];
        byte[] octets = new byte[program.Length * 8];
        for (int i = 0; i < program.Length; i++)
        {
            Span<byte> at = octets.AsSpan(i * 8);
            at[0] = program[i].Opcode;
            at[1] = (byte)program[i].Registers;
            BinaryPrimitives.WriteInt16LittleEndian(at[2..], program[i].Offset);
            BinaryPrimitives.WriteInt32LittleEndian(at[4..], program[i].Immediate);
        }

        return octets;
    }

    private static int Load(int map)
    {
        byte[] instructions = Instructions(map);
        byte[] text = Mapped.Pinned(instructions.Length + 8 + LogOctets, out nint address);
        instructions.CopyTo(text, 0);
        int license = instructions.Length;
        Encoding.ASCII.GetBytes("MIT", text.AsSpan(license));
        byte[] load = new byte[AttributeLength];
        BinaryPrimitives.WriteInt32LittleEndian(load, ProgramOfXdp);
        BinaryPrimitives.WriteInt32LittleEndian(load.AsSpan(4), instructions.Length / 8);
        BinaryPrimitives.WriteInt64LittleEndian(load.AsSpan(8), address);
        BinaryPrimitives.WriteInt64LittleEndian(load.AsSpan(16), address + license);
        BinaryPrimitives.WriteInt32LittleEndian(load.AsSpan(24), 1);
        BinaryPrimitives.WriteInt32LittleEndian(load.AsSpan(28), LogOctets);
        BinaryPrimitives.WriteInt64LittleEndian(load.AsSpan(32), address + license + 8);
        Encoding.ASCII.GetBytes("labedge", load.AsSpan(48));
        BinaryPrimitives.WriteInt32LittleEndian(load.AsSpan(68), AttachToXdp);
        int program = Call(ProgramLoad, "load its program", load);
        GC.KeepAlive(text);
        return program;
    }

    // -1 when the kernel refuses.
    private static int Attach(int program, int index, int where)
    {
        byte[] link = new byte[AttributeLength];
        int[] fields = [program, index, AttachToXdp, where];
        for (int i = 0; i < fields.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(link.AsSpan(i * 4), fields[i]);
        return (int)LinuxSocket.SystemCall(Number, LinkCreate, link, link.Length);
    }

    private static int Call(int command, string purpose, params int[] fields)
    {
        byte[] attribute = new byte[AttributeLength];
        for (int i = 0; i < fields.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(attribute.AsSpan(i * 4), fields[i]);
        return Call(command, purpose, attribute);
    }

    private static int Call(int command, string purpose, byte[] attribute)
    {
        int result = (int)LinuxSocket.SystemCall(Number, command, attribute, attribute.Length);
        if (result >= 0) return result;
        throw new PortException($"AF_XDP cannot {purpose}: {LinuxSocket.LastError(" (run as root, or with CAP_BPF and CAP_NET_ADMIN)")}");
    }

    // bpf(2) has no wrapper in libc.
    private static nint Number => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 321,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 280,
        _ => throw new PortException($"AF_XDP ports know x64 and arm64, not {RuntimeInformation.ProcessArchitecture}"),
    };
}
