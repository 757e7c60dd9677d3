using System.Buffers.Binary;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Bench;

/// <summary>The six kernels (penultimate hop popping twice: to a label, to IP).</summary>
public enum ForwardKind
{
    Swap,
    PopToLabel,
    PopToIp,
    VrfIn,
    VrfOut,
    PseudowireIn,
    PseudowireOut,
}

/// <summary>
/// One path to be measured: the router's tables as control would write them, and the frames that arrive: a template of 64 octets
/// into which each key of a long random sequence puts one word (label entry or destination) and one checksum.
/// </summary>
public sealed class ForwardCase
{
    public const int Core = 0, OtherCore = 1, Customer = 2, Circuit = 3, Ports = 4;
    public const int FrameLength = 64;

    /// <summary>Keys until the sequence comes again: a power of two, far beyond what a branch predictor learns.</summary>
    public const int Keys = 1 << 18;

    private const int Vrf = 1;
    private const int Neighbors = 16;
    private const int Tunnels = 1024;
    private const int Services = 256;
    private const int Circuits = 64;

    public readonly ForwardKind Kind;
    public readonly string Title;
    public readonly int Routes;
    public readonly Tables Tables;
    public readonly int Port;
    public readonly byte[] Template = new byte[FrameLength];
    public readonly uint[] Word = new uint[Keys];
    public readonly ushort[] Sum = new ushort[Keys];
    public readonly int WordOffset;
    public readonly int SumOffset;

    private readonly SeededSequence _random;

    /// <param name="routes">Prefixes of the VRF; only for the kernels that look one up.</param>
    public ForwardCase(ForwardKind kind, int routes, ulong seed)
    {
        Kind = kind;
        Routes = routes;
        Title = Name(kind) + (kind is ForwardKind.VrfIn or ForwardKind.VrfOut ? $", {routes:#,0} routes" : "");
        _random = new SeededSequence(seed);
        Capacity capacity = Capacity.Pc();
        capacity.Ports = Ports;
        capacity.Vrfs = 2;
        capacity.Labels = 4096;
        capacity.Paths = 4096;
        capacity.Transports = 64;
        capacity.Prefixes = routes + 1024;
        capacity.PrefixNodes = 1 << 22;
        capacity.PrefixSlots = 1 << 22;
        capacity.Pseudowires = Circuits;
        capacity.Frames = 4096;
        Tables = new Tables(capacity);
        for (int port = 0; port < Ports; port++) Tables.Ports.Attach(port, new CountingPort(port));
        Tables.Ports.SetScope(Core, ForwardingHandle.ScopeCore);
        Tables.Ports.SetScope(OtherCore, ForwardingHandle.ScopeCore);
        Tables.Ports.Record[Customer * PortTable.Stride + PortTable.Untagged] = ForwardingHandle.Vrf | Vrf;
        Port = kind is ForwardKind.VrfIn ? Customer : kind is ForwardKind.PseudowireIn ? Circuit : Core;
        CountingPort.Address(Port, Template);
        CountingPort.Address(200, Template.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(Template.AsSpan(12), kind is ForwardKind.VrfIn ? (ushort)0x0800 : (ushort)0x8847);
        for (int i = 34; i < FrameLength; i++) Template[i] = (byte)_random.Next();
        WordOffset = 14;
        SumOffset = 60;
        switch (kind)
        {
            case ForwardKind.Swap:
            case ForwardKind.PopToLabel:
            case ForwardKind.PopToIp:
                MakeTunnels();
                break;
            case ForwardKind.VrfIn:
            case ForwardKind.VrfOut:
                WordOffset = MakeVrf();
                SumOffset = WordOffset - Ipv4Header.DestinationOffset + Ipv4Header.ChecksumOffset;
                break;
            default:
                MakePseudowires();
                break;
        }
    }

    public static string Name(ForwardKind kind) => kind switch
    {
        ForwardKind.Swap => "swap",
        ForwardKind.PopToLabel => "PHP to a label",
        ForwardKind.PopToIp => "PHP to IP",
        ForwardKind.VrfIn => "VRF in",
        ForwardKind.VrfOut => "VRF out",
        ForwardKind.PseudowireIn => "pseudowire in",
        _ => "pseudowire out",
    };

    // Labels 16.. of LDP tunnels, each with its path; neighbours on the other core port.
    private void MakeTunnels()
    {
        int[] labelled = Transports(OtherCore, EthernetHeader.Mpls, false);
        int[] plain = Transports(OtherCore, EthernetHeader.Ipv4, false);
        for (int i = 0; i < Tunnels; i++)
        {
            int handle;
            if (Kind == ForwardKind.Swap)
            {
                int path = Tables.Paths.Allocate(1);
                Tables.Paths.Set(path, LabelStackEntry.Word(20_000 + i, 0, false, 255), labelled[i % Neighbors], true);
                handle = ForwardingHandle.Path | path;
            }
            else
            {
                int pair = Tables.Paths.Allocate(2);
                Tables.Paths.Set(pair, 0, labelled[i % Neighbors], true);
                Tables.Paths.Set(pair + 1, 0, plain[i % Neighbors], true);
                handle = ForwardingHandle.PathPair | pair;
            }
            Tables.Labels.Set(16 + i, handle, ForwardingHandle.ScopeCore);
        }
        for (int k = 0; k < Keys; k++) Word[k] = Wire((uint)LabelStackEntry.Word(16 + _random.Next(Tunnels), 0, Kind == ForwardKind.PopToIp, 62));
        if (Kind == ForwardKind.PopToIp)
        {
            Ipv4Header.Write(Template, 18, 0, FrameLength - 18, 1, true, 64, Ipv4Header.Udp, 0x0A000001, 0x0A000002);
        }
        else
        {
            LabelStackEntry.Write(Template, 18, 99_999, 0, true, 64);
            Ipv4Header.Write(Template, 22, 0, FrameLength - 22, 1, true, 64, Ipv4Header.Udp, 0x0A000001, 0x0A000002);
        }
    }

    // Routes of a VRF: behind service labels over tunnels, or (out) behind neighbours of the customer port.
    private int MakeVrf()
    {
        int[] paths = new int[Services];
        int[] transports = Kind == ForwardKind.VrfIn ? Transports(OtherCore, EthernetHeader.Mpls, true) : Transports(Customer, EthernetHeader.Ipv4, false);
        for (int i = 0; i < Services; i++)
        {
            paths[i] = Tables.Paths.Allocate(1);
            Tables.Paths.Set(paths[i], Kind == ForwardKind.VrfIn ? LabelStackEntry.Word(30_000 + i, 0, true, 255) : 0, transports[i % Neighbors], true);
        }
        RandomRoutes routes = new(_random, Routes);
        for (int i = 0; i < Routes; i++)
        {
            if (!Tables.Prefixes.Set(Vrf, routes.Prefix[i], routes.Bits[i], ForwardingHandle.Path | paths[_random.Next(Services)])) throw new InvalidOperationException("the prefix table refused a route");
        }
        // As a router after some polls: every table has the layout of its size.
        for (int quiet = 0; quiet < 8; quiet++)
        {
            while (Tables.Prefixes.Step(100_000)) quiet = 0;
        }
        if (Tables.Prefixes.IsWide(Vrf) && Tables.Prefixes.Slots.Directory[Vrf] == PrefixSlots.None) throw new InvalidOperationException("layout medium: C has no form of it");
        int header = 14;
        if (Kind == ForwardKind.VrfOut)
        {
            Tables.Labels.Set(17, ForwardingHandle.Vrf | Vrf, ForwardingHandle.ScopeCore);
            LabelStackEntry.Write(Template, 14, 17, 0, true, 62);
            header = 18;
        }
        byte[] packet = new byte[Ipv4Header.Length];
        for (int k = 0; k < Keys; k++)
        {
            uint address = routes.Address(_random);
            Ipv4Header.Write(packet, 0, 0, FrameLength - header, 1, true, 64, Ipv4Header.Udp, 0xC6336409, address);
            Word[k] = BitConverter.ToUInt32(packet, Ipv4Header.DestinationOffset);
            Sum[k] = BitConverter.ToUInt16(packet, Ipv4Header.ChecksumOffset);
        }
        packet.CopyTo(Template, header);
        return header + Ipv4Header.DestinationOffset;
    }

    // Pseudowires with control word; in: one, of a port; out: many labels, one circuit port.
    private void MakePseudowires()
    {
        int[] transports = Transports(OtherCore, EthernetHeader.Mpls, true);
        for (int i = 0; i < Circuits; i++)
        {
            int path = Tables.Paths.Allocate(1);
            Tables.Paths.Set(path, LabelStackEntry.Word(40_000 + i, 0, true, 255), transports[i % Neighbors], false);
            int row = Tables.Pseudowires.Allocate();
            int at = row * PseudowireTable.Stride;
            Tables.Pseudowires.Record[at] |= PseudowireTable.Up | PseudowireTable.ControlWord;
            Tables.Pseudowires.Record[at + PseudowireTable.Path] = path;
            Tables.Pseudowires.Record[at + PseudowireTable.Port] = Circuit;
            Tables.Pseudowires.Record[at + PseudowireTable.MaxFrame] = 1514;
            Tables.Labels.Set(16 + i, ForwardingHandle.Pseudowire | row, ForwardingHandle.ScopeCore);
        }
        Tables.Ports.Record[Circuit * PortTable.Stride + PortTable.Any] = ForwardingHandle.Pseudowire | 5;
        for (int k = 0; k < Keys; k++)
        {
            Word[k] = Kind == ForwardKind.PseudowireIn ? _random.Next() : Wire((uint)LabelStackEntry.Word(16 + _random.Next(Circuits), 0, true, 255));
        }
        Template.AsSpan(18, 4).Clear();
    }

    private int[] Transports(int port, int etherType, bool labelled)
    {
        int[] made = new int[Neighbors];
        byte[] source = new byte[6];
        byte[] destination = new byte[6];
        CountingPort.Address(port, source);
        for (int i = 0; i < Neighbors; i++)
        {
            CountingPort.Address(1000 + i, destination);
            made[i] = Tables.Transports.Allocate();
            int[] words = labelled ? [LabelStackEntry.Word(50_000 + i, 0, false, 255)] : [];
            if (!Tables.Transports.Set(made[i], port, 1500, destination, 0, source, 0, etherType, -1, words, words.Length)) throw new InvalidOperationException("transport does not fit");
        }
        return made;
    }

    // As it lies in memory when its octets are in network order.
    private static uint Wire(uint word) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;
}
