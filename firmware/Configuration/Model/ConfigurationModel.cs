using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>
    /// One configuration as records of ints and a text store, all of fixed size. Routes and bindings lie sorted, so that two
    /// models are compared by walking both once. It holds what was said, checked by <see cref="ConfigurationEditor"/>; it does nothing.
    /// </summary>
    public sealed class ConfigurationModel
    {
        /// <summary>Ints per interface. Physical ports come first, by index; then the loopbacks by number.</summary>
        public const int InterfaceStride = 11;
        public const int Flags = 0;
        public const int LoopbackNumber = 1;
        public const int Description = 2;
        public const int InterfaceVrf = 3;
        public const int Address = 4;

        /// <summary>Length of the interface's prefix; 0 = no address.</summary>
        public const int AddressBits = 5;

        /// <summary>0 = what the port has.</summary>
        public const int Mtu = 6;
        public const int Peer = 7;
        public const int VcId = 8;

        /// <summary>Labels of the pseudowire; 0 = not given yet.</summary>
        public const int LocalLabel = 9;
        public const int RemoteLabel = 10;

        public const int Shutdown = 1;
        public const int Mpls = 2;
        public const int Xconnect = 4;
        public const int NoControlWord = 8;
        public const int Ipv6Enabled = 16;

        /// <summary>Of a pseudowire: tagged mode, numbered frames, flow label, fragments.</summary>
        public const int VcVlan = 0x10000;
        public const int Sequencing = 0x20000;
        public const int FlowLabel = 0x40000;
        public const int Fragmentation = 0x80000;

        /// <summary>Of a pseudowire: LDP gives the labels (no "manual").</summary>
        public const int Signalled = 0x800000;
        public const int PseudowireFlags = NoControlWord | VcVlan | Sequencing | FlowLabel | Fragmentation | Signalled;

        /// <summary>Sources of IP packets are checked (ip verify).</summary>
        public const int VerifyStrict = 0x100000;
        public const int VerifyLoose = 0x200000;
        public const int VerifyAllowDefault = 0x400000;
        public const int Verify = VerifyStrict | VerifyLoose | VerifyAllowDefault;

        /// <summary>VRF: 1 when it exists; route distinguisher as on the wire, 0 and 0 when not set.</summary>
        public const int VrfStride = 3;
        public const int VrfExists = 0;
        public const int DistinguisherHigh = 1;
        public const int DistinguisherLow = 2;

        /// <summary>Route: vrf &lt;&lt; 8 | bits; prefix; next hop or 0; (port + 1) &lt;&lt; 8 | distance; label or -1. All but distance and label are its key.</summary>
        public const int RouteStride = 5;
        public const int Table = 0;
        public const int Prefix = 1;
        public const int NextHop = 2;
        public const int PortAndDistance = 3;
        public const int RouteLabel = 4;

        /// <summary>Binding: vrf &lt;&lt; 8 | bits; prefix; next hop, 0 for a local label; label. All but the label are its key.</summary>
        public const int BindingStride = 4;
        public const int BindingLabel = 3;

        // For the search: a binding's key has no port (a route without one has -1).
        private const int NoPort = -2;

        public readonly int[] Interfaces;
        public readonly int[] Vrfs;
        public readonly int[] Routes;
        public readonly int[] Bindings;
        public readonly byte[] Texts;
        public readonly Ipv6Model Ipv6;
        public readonly Layer2Model Layer2;
        public readonly int Ports;
        public int LoopbackCount;
        public int RouteCount;
        public int BindingCount;
        private int _textUsed;

        /// <summary>Text handles (offset &lt;&lt; 8 | length); 0 = none.</summary>
        public int Hostname;

        /// <summary>Packets whose TTL does not go into labels: bits of <see cref="Forwarded"/> and <see cref="Local"/>.</summary>
        public int NoPropagateTtl;

        /// <summary>Null while nothing is said of LDP.</summary>
        public LdpModel Ldp;

        /// <summary>Null while nothing is said of OSPF.</summary>
        public OspfLines Ospf;

        /// <summary>Null while nothing is said of BFD.</summary>
        public BfdModel Bfd;
        public const int Forwarded = 1;
        public const int Local = 2;

        /// <summary>Configured label ranges; 0 = not configured.</summary>
        public int LabelMin;
        public int LabelMax;
        public int StaticMin;
        public int StaticMax;

        public ConfigurationModel(Capacity capacity)
        {
            Ports = capacity.Ports;
            Interfaces = new int[(capacity.Ports + capacity.Loopbacks) * InterfaceStride];
            Vrfs = new int[capacity.Vrfs * 2 * VrfStride];
            Routes = new int[capacity.StaticRoutes * RouteStride];
            Bindings = new int[capacity.StaticBindings * BindingStride];
            Texts = new byte[capacity.ConfigurationText];
            Ipv6 = new Ipv6Model(capacity);
            Layer2 = new Layer2Model(capacity);
        }

        /// <summary>Interfaces that exist: the ports and the loopbacks made.</summary>
        public int InterfaceCount
        {
            get { return Ports + LoopbackCount; }
        }

        public bool HasVrf(int slot)
        {
            return Vrfs[slot * VrfStride] != 0;
        }

        /// <summary>Takes back everything that was configured.</summary>
        public void Clear()
        {
            Zero(Interfaces);
            Zero(Vrfs);
            Ipv6.Clear();
            Layer2.Clear();
            Ldp = null;
            Ospf = null;
            Bfd = null;
            LoopbackCount = 0;
            RouteCount = 0;
            BindingCount = 0;
            _textUsed = 0;
            Hostname = 0;
            NoPropagateTtl = 0;
            LabelMin = 0;
            LabelMax = 0;
            StaticMin = 0;
            StaticMax = 0;
        }

        private static void Zero(int[] record)
        {
            System.Array.Clear(record, 0, record.Length);
        }

        public void CopyFrom(ConfigurationModel other)
        {
            System.Array.Copy(other.Interfaces, 0, Interfaces, 0, Interfaces.Length);
            System.Array.Copy(other.Vrfs, 0, Vrfs, 0, Vrfs.Length);
            System.Array.Copy(other.Routes, 0, Routes, 0, other.RouteCount * RouteStride);
            System.Array.Copy(other.Bindings, 0, Bindings, 0, other.BindingCount * BindingStride);
            System.Array.Copy(other.Texts, 0, Texts, 0, other._textUsed);
            Ipv6.CopyFrom(other.Ipv6);
            Layer2.CopyFrom(other.Layer2);
            CopyLdp(other.Ldp);
            CopyOspf(other.Ospf);
            CopyBfd(other.Bfd);
            LoopbackCount = other.LoopbackCount;
            RouteCount = other.RouteCount;
            BindingCount = other.BindingCount;
            _textUsed = other._textUsed;
            Hostname = other.Hostname;
            NoPropagateTtl = other.NoPropagateTtl;
            LabelMin = other.LabelMin;
            LabelMax = other.LabelMax;
            StaticMin = other.StaticMin;
            StaticMax = other.StaticMax;
        }

        private void CopyLdp(LdpModel other)
        {
            if (other == null)
            {
                Ldp = null;
                return;
            }
            if (Ldp == null)
            {
                Ldp = new LdpModel();
            }
            Ldp.CopyFrom(other);
        }

        private void CopyOspf(OspfLines other)
        {
            if (other == null || other.Count == 0)
            {
                Ospf = null;
                return;
            }
            Ospf = Ospf == null ? new OspfLines(other.Record.Length) : Ospf;
            Ospf.CopyFrom(other);
        }

        private void CopyBfd(BfdModel other)
        {
            if (other == null)
            {
                Bfd = null;
                return;
            }
            if (Bfd == null)
            {
                Bfd = new BfdModel(other.Capacity);
            }
            Bfd.CopyFrom(other);
        }

        /// <returns>The interface index of a loopback number, or -1.</returns>
        public int FindLoopback(int number)
        {
            for (int i = Ports; i < InterfaceCount; i++)
            {
                if (Interfaces[i * InterfaceStride + LoopbackNumber] == number)
                {
                    return i;
                }
            }
            return -1;
        }

        /// <returns>An interface as <see cref="InterfaceNames"/> reads it.</returns>
        public int NamedOf(int index)
        {
            return index < Ports ? index : InterfaceNames.Loopback | Interfaces[index * InterfaceStride + LoopbackNumber];
        }

        /// <returns>The interface index of one as <see cref="InterfaceNames"/> reads it, or -1.</returns>
        public int IndexOf(int named)
        {
            return (named & InterfaceNames.Loopback) == 0 ? named : FindLoopback(named & ~InterfaceNames.Loopback);
        }

        /// <returns>The interface index of the new loopback, or -1 when there is no room.</returns>
        public int AddLoopback(int number)
        {
            if (InterfaceCount * InterfaceStride >= Interfaces.Length)
            {
                return -1;
            }
            int at = Ports;
            while (at < InterfaceCount && Interfaces[at * InterfaceStride + LoopbackNumber] < number)
            {
                at++;
            }
            int r = at * InterfaceStride;
            System.Array.Copy(Interfaces, r, Interfaces, r + InterfaceStride, (InterfaceCount - at) * InterfaceStride);
            System.Array.Clear(Interfaces, r, InterfaceStride);
            Interfaces[r + LoopbackNumber] = number;
            LoopbackCount++;
            return at;
        }

        public void RemoveLoopback(int index)
        {
            int r = index * InterfaceStride;
            Interfaces[r + Description] = SetText(Interfaces[r + Description], null, 0, 0);
            System.Array.Copy(Interfaces, r + InterfaceStride, Interfaces, r, (InterfaceCount - index - 1) * InterfaceStride);
            LoopbackCount--;
        }

        /// <returns>Where the route of this key is; if it is absent, -1 - where it belongs.</returns>
        public int FindRoute(int table, uint prefix, uint nextHop, int port)
        {
            return Find(Routes, RouteStride, RouteCount, table, prefix, nextHop, port);
        }

        /// <returns>Where the binding of this key is; if it is absent, -1 - where it belongs.</returns>
        public int FindBinding(int table, uint prefix, uint nextHop)
        {
            return Find(Bindings, BindingStride, BindingCount, table, prefix, nextHop, NoPort);
        }

        // Both kinds of record begin with the same key; a route has its port beside it.
        private static int Find(int[] records, int stride, int count, int table, uint prefix, uint nextHop, int port)
        {
            int low = 0;
            int high = count;
            while (low < high)
            {
                int middle = (low + high) >> 1;
                int r = middle * stride;
                int order = CompareKey(records[r], (uint)records[r + Prefix], (uint)records[r + NextHop], table, prefix, nextHop);
                if (order == 0 && port != NoPort)
                {
                    order = (records[r + PortAndDistance] >> 8) - (port + 1);
                }
                if (order == 0)
                {
                    return middle;
                }
                if (order < 0)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }
            return -1 - low;
        }

        // By VRF, prefix, length, next hop.
        private static int CompareKey(int table, uint prefix, uint nextHop, int otherTable, uint otherPrefix, uint otherNextHop)
        {
            if (table >> 8 != otherTable >> 8)
            {
                return table - otherTable;
            }
            if (prefix != otherPrefix)
            {
                return prefix < otherPrefix ? -1 : 1;
            }
            if (table != otherTable)
            {
                return table - otherTable;
            }
            return nextHop == otherNextHop ? 0 : nextHop < otherNextHop ? -1 : 1;
        }

        /// <summary>Makes room for a record and returns its first int; the caller fills it. Room has been checked before.</summary>
        public int InsertRoute(int at)
        {
            return Insert(Routes, RouteStride, RouteCount++, at);
        }

        public void RemoveRoute(int at)
        {
            Remove(Routes, RouteStride, --RouteCount, at);
        }

        /// <summary>As <see cref="InsertRoute"/>.</summary>
        public int InsertBinding(int at)
        {
            return Insert(Bindings, BindingStride, BindingCount++, at);
        }

        public void RemoveBinding(int at)
        {
            Remove(Bindings, BindingStride, --BindingCount, at);
        }

        // count: records held before.
        private static int Insert(int[] records, int stride, int count, int at)
        {
            int r = at * stride;
            System.Array.Copy(records, r, records, r + stride, (count - at) * stride);
            return r;
        }

        // count: records held after.
        private static void Remove(int[] records, int stride, int count, int at)
        {
            int r = at * stride;
            System.Array.Copy(records, r + stride, records, r, (count - at) * stride);
        }

        public int CountAddresses()
        {
            int n = 0;
            for (int i = 0; i < InterfaceCount; i++)
            {
                n += Interfaces[i * InterfaceStride + AddressBits] != 0 ? 1 : 0;
            }
            return n;
        }

        public int CountXconnects()
        {
            int n = Layer2.CountXconnects();
            for (int i = 0; i < Ports; i++)
            {
                n += (Interfaces[i * InterfaceStride + Flags] & Xconnect) != 0 ? 1 : 0;
            }
            return n;
        }

        /// <summary>Rows of the attachment table that are asked for: service instances, and interfaces that check sources.</summary>
        public int CountAttachments()
        {
            int n = Layer2.CountInstances();
            for (int i = 0; i < Ports; i++)
            {
                n += (Interfaces[i * InterfaceStride + Flags] & Verify) != 0 ? 1 : 0;
            }
            return n;
        }

        public int CountFragmenting()
        {
            int n = Layer2.CountFragmenting();
            for (int i = 0; i < Ports; i++)
            {
                n += (Interfaces[i * InterfaceStride + Flags] & Fragmentation) != 0 ? 1 : 0;
            }
            return n;
        }

        public int CountVrfs()
        {
            int n = 0;
            for (int i = 0; i < Vrfs.Length; i += VrfStride)
            {
                n += Vrfs[i];
            }
            return n;
        }

        public bool TextFits(int old, int count)
        {
            return _textUsed - (old & 255) + count <= Texts.Length;
        }

        /// <summary>Replaces a text: the old one goes and the store closes up, the new one stands at the end.</summary>
        /// <returns>The handle of the new text.</returns>
        public int SetText(int old, byte[] octets, int at, int count)
        {
            int length = old & 255;
            if (length != 0)
            {
                int offset = old >> 8;
                System.Array.Copy(Texts, offset + length, Texts, offset, _textUsed - offset - length);
                _textUsed -= length;
                Hostname = Moved(Hostname, offset, length);
                for (int i = 0; i < InterfaceCount; i++)
                {
                    int r = i * InterfaceStride + Description;
                    Interfaces[r] = Moved(Interfaces[r], offset, length);
                }
                for (int i = 0; i < Layer2.JoinCount; i++)
                {
                    int r = i * Layer2Model.JoinStride + Layer2Model.Name;
                    Layer2.Joins[r] = Moved(Layer2.Joins[r], offset, length);
                }
            }
            if (count == 0)
            {
                return 0;
            }
            System.Array.Copy(octets, at, Texts, _textUsed, count);
            int handle = (_textUsed << 8) | count;
            _textUsed += count;
            return handle;
        }

        private static int Moved(int handle, int removed, int length)
        {
            return handle >> 8 > removed ? handle - (length << 8) : handle;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(21);
            Ipv6.Bill(bill);
            if (Ldp != null)
            {
                Ldp.Bill(bill);
            }
            if (Ospf != null)
            {
                Ospf.Bill(bill);
            }
            if (Bfd != null)
            {
                Bfd.Bill(bill);
            }
            bill.Array(Interfaces.Length * 4);
            bill.Array(Vrfs.Length * 4);
            bill.Array(Routes.Length * 4);
            bill.Array(Bindings.Length * 4);
            bill.Array(Texts.Length);
            Layer2.Bill(bill);
        }
    }
}
