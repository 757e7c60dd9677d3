using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Emulator
{
    /// <summary>
    /// What will become of a received frame, and by which rows: the same tables as the kernels read, walked by other code
    /// (the codecs), with nothing changed and nothing counted. One object serves any number of frames; it holds the last answer.
    /// It knows plain frames, and what is wrong with others; of one that needs more it says <see cref="General"/>, and no more than what
    /// it has seen by then.
    /// </summary>
    public sealed partial class ForwardingAccount
    {
        /// <summary>Values of <see cref="Verdict"/>.</summary>
        public const int Forwarded = 1;
        public const int Punted = 2;
        public const int Dropped = 3;

        /// <summary>The general path decides; this account does not say how.</summary>
        public const int General = 4;

        /// <summary>Kinds of rows in <see cref="RowKind"/>.</summary>
        public const int RowCircuit = 1;
        public const int RowIlm = 2;
        public const int RowPrefix = 3;
        public const int RowGroup = 4;
        public const int RowPath = 5;
        public const int RowPseudowire = 6;

        /// <summary>Labels that an answer holds at most; deeper ones are left out of both stacks.</summary>
        public const int MaxLabels = 8;
        public const int MaxRows = 8;
        public const int None = -1;

        public int Verdict;

        /// <summary>A <see cref="DropReason"/> when dropped, a <see cref="PuntClass"/> when punted, else 0.</summary>
        public int Reason;

        /// <summary>The class under which Host hears of a frame that is dropped all the same; 0 = it does not.</summary>
        public int Noted;

        /// <summary>Label words as received and as they will be on the wire, outermost first: label, TC, S and TTL.</summary>
        public readonly int[] StackBefore = new int[MaxLabels];
        public int CountBefore;
        public readonly int[] StackAfter = new int[MaxLabels];
        public int CountAfter;

        /// <summary>TTL of the outermost label or, without labels, of the IPv4 header; -1 for a customer's frame on a pseudowire.</summary>
        public int TtlBefore;

        /// <summary>The same of the frame that is sent; -1 when none is.</summary>
        public int TtlAfter;

        /// <summary>Port, transport row, path row, pseudowire row and VRF concerned; -1 when none is.</summary>
        public int EgressPort;
        public int Transport;
        public int Path;
        public int Pseudowire;
        public int Vrf;

        /// <summary>The label found in the ILM, or -1.</summary>
        public int LabelMatched;

        /// <summary>The prefix found and its length; the length is -1 when none was looked up or only an unset 0.0.0.0/0 was found.</summary>
        public uint PrefixMatched;
        public int BitsMatched;

        /// <summary>The rows walked, in order: kind, and index in that kind's table (for the ILM the label, for a circuit its handle).</summary>
        public readonly int[] RowKind = new int[MaxRows];
        public readonly int[] RowIndex = new int[MaxRows];
        public int RowCount;

        /// <summary>Octets of the frame sent, link header included; 0 when none is.</summary>
        public int LengthAfter;

        private readonly byte[] _station = new byte[EthernetHeader.AddressLength];
        private Tables _tables;
        private byte[] _octets;
        private int _port;
        private int _end;

        /// <summary>Describes a frame as it was received on a port: Start at the link header.</summary>
        public void Describe(Tables tables, Frame frame, int port)
        {
            Clear();
            _tables = tables;
            _octets = frame.Octets;
            _port = port;
            _end = frame.Start + frame.Length;
            Link(frame.Start);
            if (Verdict != Forwarded)
            {
                CountAfter = 0;
                TtlAfter = None;
                EgressPort = None;
                LengthAfter = 0;
            }
            _tables = null;
            _octets = null;
        }

        private void Clear()
        {
            Verdict = 0;
            Reason = 0;
            Noted = 0;
            CountBefore = 0;
            CountAfter = 0;
            TtlBefore = None;
            TtlAfter = None;
            EgressPort = None;
            Transport = None;
            Path = None;
            Pseudowire = None;
            Vrf = None;
            LabelMatched = None;
            PrefixMatched = 0;
            BitsMatched = None;
            RowCount = 0;
            LengthAfter = 0;
        }

        // The link header: for whom, which circuit, what follows.
        private void Link(int at)
        {
            int record = _port * PortTable.Stride;
            int[] ports = _tables.Ports.Record;
            if (ports[record + PortTable.Enabled] == 0)
            {
                Drop(DropReason.PortDisabled);
                return;
            }
            int any = ports[record + PortTable.Any];
            if (any != ForwardingHandle.None)
            {
                Row(RowCircuit, any);
                if (ForwardingHandle.Kind(any) == ForwardingHandle.Pseudowire)
                {
                    CustomerFrame(at, ForwardingHandle.Index(any));
                }
                else
                {
                    Verdict = General;
                }
                return;
            }
            if (_end - at < EthernetHeader.Length)
            {
                Drop(DropReason.Runt);
                return;
            }
            _tables.Ports.CopyAddress(_port, _station, 0);
            bool ours = EthernetHeader.SameAddress(_octets, at, _station, 0);
            bool group = EthernetHeader.IsGroup(_octets, at);
            int type = EthernetHeader.ReadEtherType(_octets, at);
            int circuit = ports[record + PortTable.Untagged];
            bool tagged = type == EthernetHeader.Vlan || type == EthernetHeader.ServiceVlan;
            at += EthernetHeader.Length;
            if (tagged)
            {
                if (_end - at < VlanTag.Length)
                {
                    Drop(DropReason.Runt);
                    return;
                }
                int vlan = VlanTag.ReadVlan(_octets, at);
                circuit = _tables.Circuits.Lookup(_port, vlan);
                type = VlanTag.ReadEtherType(_octets, at);
                at += VlanTag.Length;
                if (vlan == 0 || type == EthernetHeader.Vlan || type == EthernetHeader.ServiceVlan
                    || (circuit == ForwardingHandle.None && _tables.Circuits.Lookup(_port, CircuitTable.AnyTag) != ForwardingHandle.None))
                {
                    Verdict = General;
                    return;
                }
            }
            if (ForwardingHandle.Kind(circuit) == ForwardingHandle.Attachment || ForwardingHandle.Kind(circuit) == ForwardingHandle.Pseudowire)
            {
                Row(RowCircuit, circuit);
                Verdict = General;
                return;
            }
            if (!ours && !group)
            {
                Drop(DropReason.NotForThisStation);
                return;
            }
            if (circuit != 0)
            {
                Row(RowCircuit, circuit);
            }
            if (type == EthernetHeader.Arp)
            {
                Arp(circuit);
                return;
            }
            if (type == EthernetHeader.Ipv6 && ForwardingHandle.Kind(circuit) == ForwardingHandle.Vrf)
            {
                Vrf = ForwardingHandle.Index(circuit);
                TtlBefore = Ipv6Header.Fits(_octets, at, _end - at) ? Ipv6Header.ReadHopLimit(_octets, at) : None;
                Verdict = General;
                return;
            }
            if (!ours)
            {
                Drop(type == EthernetHeader.Ipv6 ? DropReason.NoCircuit : DropReason.NotForThisStation);
                return;
            }
            Unicast(at, type, circuit, tagged);
        }

        private void Arp(int circuit)
        {
            if (ForwardingHandle.Kind(circuit) != ForwardingHandle.Vrf)
            {
                Drop(DropReason.NoCircuit);
                return;
            }
            Vrf = ForwardingHandle.Index(circuit);
            Punt(PuntClass.Arp);
        }

        private void Unicast(int at, int type, int circuit, bool tagged)
        {
            if (tagged && circuit == 0)
            {
                Drop(DropReason.NoCircuit);
                return;
            }
            if (type == EthernetHeader.Mpls)
            {
                // Within a tag only the global table's circuits carry labels.
                if (tagged && circuit != ForwardingHandle.Vrf)
                {
                    Drop(DropReason.LabelOnUnlabelledPort);
                    return;
                }
                Labelled(at);
                return;
            }
            if (ForwardingHandle.Kind(circuit) != ForwardingHandle.Vrf)
            {
                Drop(DropReason.NoCircuit);
                return;
            }
            if (type != EthernetHeader.Ipv4)
            {
                Drop(DropReason.UnknownEtherType);
                return;
            }
            Packet(at, ForwardingHandle.Index(circuit), None);
        }

        private void Drop(int reason)
        {
            Verdict = Dropped;
            Reason = reason;
        }

        private void Punt(int puntClass)
        {
            Verdict = Punted;
            Reason = puntClass;
        }

        private void Row(int kind, int index)
        {
            if (RowCount < MaxRows)
            {
                RowKind[RowCount] = kind;
                RowIndex[RowCount] = index;
                RowCount++;
            }
        }
    }
}
