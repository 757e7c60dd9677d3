using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Bench.Soak;

// Bridge domains, the overlay, IPv6 and label actions of the soak's router, and what churn does to them.
public sealed partial class SoakRouter
{
    /// <summary>Split horizon group of the mesh's pseudowires.</summary>
    private const int Mesh = 1;

    private static readonly byte[] s_ourEnd = [192, 0, 2, 1];
    private static readonly byte[] s_otherEnd = [192, 0, 2, 2];
    private static readonly byte[] s_ourEnd6 = [0x20, 1, 0x0D, 0xB8, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    private static readonly byte[] s_otherEnd6 = [0x20, 1, 0x0D, 0xB8, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];

    private readonly int[] _bridge = new int[2];
    private readonly int[] _circuit = new int[3];
    private readonly int[] _mesh = new int[3];
    private readonly int[] _overlay = new int[2];
    private readonly byte[] _prefix6 = new byte[16];
    private readonly int[] _overlayLabels = [LabelStackEntry.Word(3009, 0, false, 255)];

    // Small layouts as they are; a VRF of some hundred routes changes to medium and back, one of more to large.
    private static void Size(Capacity capacity)
    {
        capacity.TransportStride = 32;
        capacity.PrefixNodes = 1 << 18;
        capacity.PrefixSlots = 1 << 20;
        capacity.MediumFrom = 256;
        capacity.LargeFrom = 512;
        capacity.MaxFrameLength = 1600;
    }

    private void SetUpMore()
    {
        SetUpOverlay();
        SetUpBridges();
        SetUpSix();

        // One label of each VRF ends a pipe, and one LSP is a group with a backup and a full hash.
        foreach (int c in s_vrfs.Where(c => c != SoakPolicy.Global))
        {
            int action = _tables.LabelActions.Add(ForwardingHandle.Vrf | c, LabelActionTable.TtlPipe | LabelActionTable.ClassUniform, 0);
            Must(action != ForwardingHandle.None, "label actions");
            Label(SoakPolicy.ServiceLabel(c, 1), action);
        }

        int[] ways = [ForwardingHandle.Path | NewPath(2090, _core[0], true), ForwardingHandle.Path | NewPath(2091, _core[1], true)];
        int group = _tables.Groups.Add(ways, ways.Length, ForwardingHandle.Path | NewPath(2092, _core[4], true));
        Must(group != ForwardingHandle.None, "groups");
        Label(FirstTransit + TransitLabels - 2, _tables.LabelActions.Add(group, 0, 0));
    }

    // MPLS in UDP over IPv4 and in GRE over IPv6, both by the second core port: blue and red reach a part of their far networks so.
    private void SetUpOverlay()
    {
        Route(SoakPolicy.Global, 0xC0000201, 32, ForwardingHandle.Local);
        Ports[SoakPolicy.Core1].GetAddress(_ownStation, 0);
        for (int i = 0; i < 2; i++)
        {
            byte[] ours = i == 0 ? s_ourEnd : s_ourEnd6;
            byte[] other = i == 0 ? s_otherEnd : s_otherEnd6;
            int tunnel = Row(_tables.Tunnels.Add(i == 0 ? 0 : TunnelTable.Ipv6 | TunnelTable.Gre, 0, ForwardingHandle.ScopeCore, 0, ours, 0, other, 0), "tunnels");
            _tables.Tunnels.SetLink(tunnel, _station, 0, _ownStation, 0, -1);
            _overlay[i] = Row(_tables.Transports.Allocate(), "transports");
            Must(_tables.Transports.SetTunnel(_overlay[i], _tables.Tunnels, tunnel, SoakPolicy.Core1, 1500, _overlayLabels, i), "a transport's slot");
            int customer = i == 0 ? SoakPolicy.Blue : SoakPolicy.Red;
            Route(customer, Net(customer) | 0xC000, 18, ForwardingHandle.Special | NewPath(SoakPolicy.ServiceLabel(customer, 20), _overlay[i], true));
        }
    }

    private void SetUpBridges()
    {
        for (int i = 0; i < 2; i++) _bridge[i] = Row(_tables.Bridges.Allocate(i == 0 ? 0 : BridgeTable.LimitDrops, i == 0 ? 100 : 50), "bridge domains");
        _circuit[0] = Circuit(SoakPolicy.BridgePort, 0);
        _circuit[1] = Circuit(SoakPolicy.BridgeTrunk, SoakPolicy.XVlan);
        _circuit[2] = Circuit(SoakPolicy.BridgeTrunk, SoakPolicy.YVlan);
        _mesh[0] = Wire(SoakPolicy.BridgeX, 10, _core[2], PseudowireTable.ControlWord | PseudowireTable.FlowLabelSend | PseudowireTable.FlowLabelReceive);
        _mesh[1] = Wire(SoakPolicy.BridgeX, 11, _core[3], PseudowireTable.ControlWord | PseudowireTable.FragmentSend | PseudowireTable.FragmentReceive);
        _mesh[2] = Wire(SoakPolicy.BridgeY, 10, _core[4], PseudowireTable.ControlWord | PseudowireTable.Tagged | PseudowireTable.SequenceSend | PseudowireTable.SequenceReceive);
        Label(SoakPolicy.ServiceLabel(SoakPolicy.BridgeX, 0), ForwardingHandle.Pseudowire | _mesh[0]);
        Label(SoakPolicy.ServiceLabel(SoakPolicy.BridgeX, 1), ForwardingHandle.Pseudowire | _mesh[1]);
        Label(SoakPolicy.ServiceLabel(SoakPolicy.BridgeY, 0), ForwardingHandle.Pseudowire | _mesh[2]);
        Label(SoakPolicy.ServiceLabel(SoakPolicy.BridgeY, 1), ForwardingHandle.Pseudowire | _mesh[2]);
        for (int i = 0; i < 3; i++)
        {
            JoinCircuit(i);
            JoinMesh(i);
        }

        Must(_tables.Attachments.Storm.Set(_circuit[0], StormTable.Broadcast, 500, 0), "storm control");
    }

    private int Circuit(int port, int vlan)
    {
        int row = Row(_tables.Attachments.Allocate(port), "attachments");
        int tag = (EthernetHeader.Vlan << 16) | vlan;
        _tables.Attachments.SetTags(row, vlan == 0 ? 0 : 1, 0, vlan == 0 ? 0 : 1, tag, 0);
        _tables.Attachments.Record[row * AttachmentTable.Stride + AttachmentTable.MaxFrame] = 1518;
        if (vlan != 0) Must(_tables.Circuits.Set(port, vlan, ForwardingHandle.Attachment | row), "circuits");
        _tables.Ports.Record[port * PortTable.Stride + PortTable.Any] = vlan == 0 ? ForwardingHandle.Attachment | row : ForwardingHandle.Classify;
        return row;
    }

    private int Wire(int customer, int label, int transport, int flags)
    {
        int row = Row(_tables.Pseudowires.Allocate(), "pseudowires");
        _tables.Pseudowires.Record[row * PseudowireTable.Stride + PseudowireTable.Path] = NewPath(SoakPolicy.ServiceLabel(customer, label), transport, false);
        Must(_tables.Pseudowires.SetMode(row, flags, EthernetHeader.Vlan << 16), "reassembly buffers");
        return row;
    }

    private void JoinCircuit(int i) => Must(_tables.Bridges.Join(_bridge[i == 2 ? 1 : 0], ForwardingHandle.Attachment | _circuit[i], 0), "bridge members");

    private void JoinMesh(int i)
    {
        Must(_tables.Bridges.Join(_bridge[i == 2 ? 1 : 0], ForwardingHandle.Pseudowire | _mesh[i], Mesh), "bridge members");
        _tables.Pseudowires.SetUp(_mesh[i], true);
    }

    // 2001:db8:C::/48 as 10.C/16 is: hosts below 8000 behind the circuit, the others at a far PE.
    private void SetUpSix()
    {
        foreach (int c in s_vrfs)
        {
            int far = c == SoakPolicy.Global ? NewPath(0, _coreIp[0], true) : NewPath(SoakPolicy.ServiceLabel(c, 10), _core[2], c != SoakPolicy.Red);
            Route6(c, c, 0, 48, NewPath(0, _edge[c], true));
            Route6(c, c, 0x8000, 113, far);
        }

        Route6(SoakPolicy.Blue, SoakPolicy.Green, 0, 48, NewPath(0, _edge[SoakPolicy.Green], true));
    }

    private void Route6(int customer, int site, int host, int bits, int path)
    {
        WritePrefix6(site, host);
        Must(_tables.Prefixes.Set6(VrfOf(customer), _prefix6, 0, bits, ForwardingHandle.Path | path), "IPv6 prefixes");
    }

    private void WritePrefix6(int site, int host)
    {
        Octets.WriteInt32(_prefix6, 0, 0x20010DB8);
        Octets.WriteInt32(_prefix6, 4, site << 16);
        Octets.WriteInt32(_prefix6, 8, 0);
        Octets.WriteInt32(_prefix6, 12, host);
    }

    // Members leave and come back, addresses are forgotten, pseudowires and the overlay go down and up, IPv6 routes come and go.
    private void ChangeMore()
    {
        int i = _numbers.Below(3);
        switch (_numbers.Below(7))
        {
            case 0:
                if (!_tables.Bridges.Leave(_bridge[i == 2 ? 1 : 0], ForwardingHandle.Attachment | _circuit[i])) JoinCircuit(i);
                break;
            case 1:
                if (!_tables.Bridges.Leave(_bridge[i == 2 ? 1 : 0], ForwardingHandle.Pseudowire | _mesh[i])) JoinMesh(i);
                break;
            case 2:
                _tables.Bridges.Macs.FlushDomain(_bridge[_numbers.Below(2)]);
                break;
            case 3:
                _tables.Pseudowires.SetUp(_mesh[i], !_tables.Pseudowires.IsUp(_mesh[i]));
                break;
            case 4:
                ChangeOverlay(_numbers.Below(2));
                break;
            case 5:
                int most = _tables.Attachments.Record[_circuit[i] * AttachmentTable.Stride + AttachmentTable.MaxFrame];
                _tables.Attachments.Record[_circuit[i] * AttachmentTable.Stride + AttachmentTable.MaxFrame] = most < 0 ? 1518 : -1;
                break;
            default:
                ChangeRoute6();
                break;
        }
    }

    private void ChangeOverlay(int i)
    {
        if (_tables.Transports.Record[_overlay[i] * TransportTable.Stride + TransportTable.Room] >= 0) _tables.Transports.SetUnusable(_overlay[i]);
        else Must(_tables.Transports.SetTunnel(_overlay[i], _tables.Tunnels, i, SoakPolicy.Core1, 1500, _overlayLabels, i), "a transport's slot");
    }

    private void ChangeRoute6()
    {
        int customer = s_vrfs[_numbers.Below(s_vrfs.Length)];
        int k = _numbers.Below(Specifics6);
        int slot = VrfOf(customer) * Specifics6 + k;
        WritePrefix6(customer, k << 4);
        if (_specific6[slot] != 0)
        {
            _tables.Prefixes.Remove6(VrfOf(customer), _prefix6, 0, 124);
            _tables.Paths.Release(_specific6[slot] - 1, 1);
            _specific6[slot] = 0;
            return;
        }

        int path = _tables.Paths.Allocate(1);
        if (path < 0) return;
        _tables.Paths.Set(path, 0, _edge[customer], true);
        if (_tables.Prefixes.Set6(VrfOf(customer), _prefix6, 0, 124, ForwardingHandle.Path | path)) _specific6[slot] = path + 1;
        else _tables.Paths.Release(path, 1);
    }

    private const int Specifics6 = 500;
    private readonly int[] _specific6 = new int[4 * Specifics6];
}
