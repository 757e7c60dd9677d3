using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// What the console and the configuration call, and what the router polls: one object that owns the control plane of static
    /// and connected routes, static labels and static pseudowires. Every changing method answers a <see cref="ControlResult"/>
    /// and has changed nothing unless that is Ok. What it names itself takes effect at once; what depends on it (recursive
    /// routes, VPN routes, ILM entries, pseudowires) follows in <see cref="Poll"/>.
    /// Interface indexes: 0 to Capacity.Ports - 1 are the ports, the loopback slots follow. VRF 0 is the global table.
    /// </summary>
    public sealed partial class ControlModule
    {
        /// <summary>The store's name of the 4 octets from which the label cursor starts.</summary>
        public const string LabelOffsetBlob = "labels";

        /// <summary>How often an idle router looks at its links, in ms.</summary>
        public const uint LinkCheckMs = 1000;

        public readonly LabelManager Labels;
        public readonly RouteTable Routes;
        public readonly LinkEvents Links;
        public readonly LabelBindings Bindings;
        public readonly NextHopResolver Resolver;
        public readonly StaticRoutes StaticRoutes;
        public readonly StaticLabels StaticLabels;
        public readonly StaticPseudowires Pseudowires;
        public readonly Adjacencies Adjacencies;
        public readonly TunnelTransports Tunnels;
        public readonly PathWriter Paths;
        public readonly RouteSelector Selector;
        public readonly EventLog Log;

        /// <summary>Why something is not as it was asked for.</summary>
        public readonly Diagnosis Diagnosis;
        public readonly Pools Pools;

        /// <summary>What the rooms have done; the router notes it.</summary>
        public readonly WorkAccount Work;

        /// <summary>Protocols that say where their rows came from; what configuration made needs none.</summary>
        public IRowOwner[] RowOwners = new IRowOwner[0];

        /// <summary>What LDP shall do, and its tables; null in a router without LDP's room.</summary>
        public LdpSettings Ldp;
        public IProtocolShow LdpTables;

        /// <summary>The same of OSPF.</summary>
        public OspfLines Ospf;
        public IOspfShow OspfTables;

        private readonly Tables _tables;
        private readonly HostStack _host;
        private readonly VrfSettings _vrfs;
        private readonly InterfaceAddresses _addresses;
        private readonly InterfaceSettings _interfaces;
        private readonly ResolvePass _pass;
        private uint _now;

        /// <summary>Units of work of the last poll.</summary>
        public int Spent;

        /// <param name="store">Keeps where the label cursor starts, so that a restart does not hand out the last labels again; or null.</param>
        public ControlModule(Tables tables, HostStack host, Capacity capacity, IStore store)
        {
            _tables = tables;
            _host = host;
            Log = new EventLog(capacity);
            Work = new WorkAccount();
            Labels = new LabelManager(tables, capacity, NextLabelOffset(store, capacity));
            Links = new LinkEvents(tables, host.Interfaces, capacity, Log);
            Routes = new RouteTable(capacity);
            Bindings = new LabelBindings(capacity);
            Adjacencies = new Adjacencies(tables, host, capacity, Routes, Links);
            Tunnels = new TunnelTransports(tables, host, capacity, Bindings);
            Resolver = new NextHopResolver(tables, host, capacity, Routes, Links, Bindings);
            Paths = new PathWriter(tables, capacity);
            Selector = new RouteSelector(Routes, Resolver, Bindings, Adjacencies, Tunnels, Paths);
            Routes.Selector = Selector;
            StaticRoutes = new StaticRoutes(tables, host, Routes);
            StaticLabels = new StaticLabels(tables, host, Routes, Bindings, Labels, Links, Resolver, Selector, Tunnels, Paths);
            Instances = new ServiceInstances(tables, host, capacity, Links);
            Pseudowires = new StaticPseudowires(tables, host, capacity, Routes, Labels, Links, Resolver, Selector, Instances, Log);
            Services = new EthernetServices(tables, capacity, Instances, Pseudowires);
            _vrfs = new VrfSettings(tables);
            _addresses = new InterfaceAddresses(tables, host, capacity, Routes, Links, Adjacencies, Tunnels, Pseudowires, Instances);
            Routes6 = new Ipv6RouteTable(capacity, Routes);
            Adjacencies6 = new Ipv6Adjacencies(tables, host, capacity, Routes6, Links);
            Selector6 = new Ipv6Selector(host, Routes6, Adjacencies6, Links, Resolver, Selector, Paths);
            Routes6.Selector = Selector6;
            StaticRoutes6 = new Ipv6StaticRoutes(tables, host, Routes6);
            _addresses6 = new Ipv6Addresses(tables, host, Routes6, Routes, Links, Adjacencies6, Pseudowires, Instances);
            _interfaces = new InterfaceSettings(tables, host, Routes, Links, Adjacencies, Pseudowires, _addresses, _addresses6, Instances);
            Diagnosis = new Diagnosis(this, host, tables);
            Pools = new Pools(this, host, tables);
            _pass = new ResolvePass(Routes, Selector, Bindings, StaticLabels, Pseudowires, Adjacencies, Tunnels, Routes6, Adjacencies6);
        }

        /// <summary>
        /// Link changes and neighbour changes first (all of them: one unit each), then up to <paramref name="budget"/> units of
        /// re-resolution (a unit is one route, binding or pseudowire). What is left is taken up by the next call.
        /// </summary>
        /// <returns>Milliseconds until it is next needed; 0 while work is left.</returns>
        public uint Poll(uint now, int budget)
        {
            _now = now;
            int passes = _pass.Passes;
            int given = budget;
            Log.SetClock(now);
            Routes.Clock = Log.UptimeSeconds;
            Labels.Expire(now);
            for (int port = 0; port < Links.Ports; port++)
            {
                if (Links.Changed(port))
                {
                    budget--;
                    _interfaces.FollowLink(port, now);
                }
            }
            budget -= FollowNeighbors();
            int share = budget < 1 ? 1 : budget;
            int left = _pass.Poll(now, share);
            Spent = given - budget + share - left;

            // Those of the ports that the pass lets go again.
            Spent += FollowNeighbors();
            Pools.Poll(now, passes != _pass.Passes);
            return _pass.IsIdle ? LinkCheckMs : 0;
        }

        // Returns how many changed.
        private int FollowNeighbors()
        {
            int changes = 0;
            for (int n = _host.Neighbors.NextChanged(); n >= 0; n = _host.Neighbors.NextChanged())
            {
                changes++;
                if (!Adjacencies.Follow(n))
                {
                    // A table is full: the next pass tries again.
                    Routes.Dirty = true;
                }
                Tunnels.Follow(n);
            }
            if (changes > 0)
            {
                Pseudowires.FollowNeighbors();
            }
            for (int n = _host.Neighbors6.NextChanged(); n >= 0; n = _host.Neighbors6.NextChanged())
            {
                changes++;
                if (!Adjacencies6.Follow(n))
                {
                    Routes.Dirty = true;
                }
            }
            return changes;
        }

        /// <summary>A protocol will say where its rows came from. At start.</summary>
        public void AddRowOwner(IRowOwner owner)
        {
            IRowOwner[] owners = new IRowOwner[RowOwners.Length + 1];
            System.Array.Copy(RowOwners, owners, RowOwners.Length);
            owners[RowOwners.Length] = owner;
            RowOwners = owners;
        }

        /// <summary>True when everything that was asked is in the forwarding tables (or has been refused for want of rows).</summary>
        public bool IsSettled
        {
            get { return _pass.IsIdle; }
        }

        /// <summary>Counts the passes of re-resolution: a protocol that follows routes and links looks again when it has changed. Wraps.</summary>
        public int Passes
        {
            get { return _pass.Passes; }
        }

        // ---- VRFs

        /// <returns>The VRF's index (above 0), or a ControlResult: InvalidName, NameInUse, TableFull.</returns>
        public int AddVrf(string name)
        {
            return _vrfs.Add(name);
        }

        /// <summary>Removes a VRF with all that is in it: its interfaces return to the global table without address, its routes and bindings go.</summary>
        public int RemoveVrf(int vrf)
        {
            if (vrf == VrfStore.Global || !_tables.Vrfs.IsUsed(vrf))
            {
                return ControlResult.NoSuchVrf;
            }
            StaticLabels.RemoveAllOf(vrf, _now);
            StaticRoutes.RemoveAllOf(vrf);
            StaticRoutes6.RemoveAllOf(vrf);
            _interfaces.LeaveVrf(vrf);
            _tables.Vrfs.Remove(vrf);
            return ControlResult.Ok;
        }

        /// <param name="distinguisher">8 octets as on the wire (RFC 4364 section 4.2); all zero takes it away.</param>
        public int SetDistinguisher(int vrf, byte[] distinguisher)
        {
            return _vrfs.SetDistinguisher(vrf, distinguisher);
        }

        // ---- interfaces

        /// <summary>Moves an interface to a VRF (0 = global); its address is removed, as IOS does.</summary>
        public int SetInterfaceVrf(int i, int vrf)
        {
            return _interfaces.SetVrf(i, vrf);
        }

        /// <param name="bits">1 to 32. A loopback has a route for its address only, whatever its mask.</param>
        public int SetInterfaceAddress(int i, uint address, int bits)
        {
            return _addresses.Set(i, address, bits, _now);
        }

        public int ClearInterfaceAddress(int i)
        {
            return _addresses.Clear(i);
        }

        public int SetInterfaceEnabled(int i, bool enabled)
        {
            return _interfaces.SetEnabled(i, enabled, _now);
        }

        /// <summary>Label scope of a port: core, or none.</summary>
        public int SetInterfaceMpls(int i, bool on)
        {
            return _interfaces.SetMpls(i, on);
        }

        /// <param name="mtu">Octets after the Ethernet header, 64 up to what the device takes; 0 = what the device takes.</param>
        public int SetInterfaceMtu(int i, int mtu)
        {
            return _interfaces.SetMtu(i, mtu);
        }

        /// <returns>The interface's index, also when it is there already; or InvalidName, NameInUse (by a port), TableFull.</returns>
        public int AddLoopback(string name)
        {
            return _interfaces.AddLoopback(name);
        }

        public int RemoveLoopback(int i)
        {
            return _interfaces.RemoveLoopback(i);
        }

        /// <summary>The interface that the last answer Overlaps was about.</summary>
        public int ConflictInterface
        {
            get { return _addresses.Conflict; }
        }

        /// <summary>Administratively up (not "shutdown").</summary>
        public bool IsEnabled(int i)
        {
            return Links.IsEnabled(i);
        }

        /// <summary>Enabled, with a link, when Poll last looked. A loopback is up while it is there and enabled.</summary>
        public bool IsUp(int i)
        {
            return Links.IsUp(i);
        }

        public bool IsMpls(int i)
        {
            return i < _tables.Ports.Count && _tables.Ports.ScopeOf(i) == ForwardingHandle.ScopeCore;
        }

        // ---- routes

        /// <param name="nextHop">0 = none (then an interface is needed).</param>
        /// <param name="port">Interface index, or -1. Physical ports of the same VRF only.</param>
        /// <param name="distance">1 to 255; 255 is never used.</param>
        /// <param name="label">-1, or the VPN label that the remote PE expects: nextHop is then its loopback, in the global table.</param>
        public int AddStaticRoute(int vrf, uint prefix, int bits, uint nextHop, int port, int distance, int label)
        {
            return StaticRoutes.Add(vrf, prefix, bits, nextHop, port, distance, label);
        }

        /// <summary>The key of a static route is its prefix, next hop and interface.</summary>
        public int RemoveStaticRoute(int vrf, uint prefix, int bits, uint nextHop, int port)
        {
            return StaticRoutes.Remove(vrf, prefix, bits, nextHop, port);
        }

        // ---- labels

        /// <summary>Binds an incoming label to a FEC. One per prefix: another label replaces the one before.</summary>
        public int AddInputBinding(int vrf, uint prefix, int bits, int label)
        {
            return StaticLabels.AddInput(vrf, prefix, bits, label, _now);
        }

        public int RemoveInputBinding(int vrf, uint prefix, int bits)
        {
            return StaticLabels.RemoveInput(vrf, prefix, bits, _now);
        }

        /// <param name="label">0 (explicit null), <see cref="LabelStackEntry.ImplicitNull"/> or 16 to 1,048,575.</param>
        public int AddOutputBinding(uint prefix, int bits, uint nextHop, int label)
        {
            return StaticLabels.AddOutput(prefix, bits, nextHop, label);
        }

        public int RemoveOutputBinding(uint prefix, int bits, uint nextHop)
        {
            return StaticLabels.RemoveOutput(prefix, bits, nextHop);
        }

        /// <summary>Labels for dynamic use and for static bindings; staticMin 0 = no range of its own: static labels may be any free ones.</summary>
        public int SetLabelRange(int min, int max, int staticMin, int staticMax)
        {
            return Labels.SetRange(min, max, staticMin, staticMax);
        }

        /// <summary>
        /// True (at start): TTL and TC of IP are carried in the labels (uniform, RFC 3443), those of forwarded packets and those of the router's own
        /// ones. Pseudowires are always pipe.
        /// </summary>
        public int SetTtlPropagate(bool forwarded, bool local)
        {
            if (Paths.Propagate != forwarded)
            {
                Paths.Propagate = forwarded;
                Routes.Dirty = true;
            }
            _tables.General.Originated = forwarded == local ? GeneralPath.AsThePath : local ? GeneralPath.Uniform : GeneralPath.Pipe;
            return ControlResult.Ok;
        }

        // ---- pseudowires

        /// <summary>Makes or changes the port-mode pseudowire of a port.</summary>
        /// <param name="localLabel">0 = a protocol signals both labels.</param>
        /// <param name="mode">Flags of <see cref="PseudowireTable"/> from ControlWord on.</param>
        public int SetPseudowire(int i, uint peer, uint vcId, int localLabel, int remoteLabel, int mode)
        {
            return localLabel == 0 && Ldp == null ? ControlResult.NoSuchProtocol : Pseudowires.Set(i, peer, vcId, localLabel, remoteLabel, mode, _now);
        }

        public int RemovePseudowire(int i)
        {
            return Pseudowires.Remove(i, _now);
        }

        // The cursor moves on by a quarter of the window per start (DESIGN section 2, LabelManager).
        private static uint NextLabelOffset(IStore store, Capacity capacity)
        {
            if (store == null)
            {
                return 0;
            }
            byte[] blob = new byte[4];
            uint offset = store.Read(LabelOffsetBlob, blob) == 4 ? Octets.ReadUInt32(blob, 0) : 0;
            Octets.WriteUInt32(blob, 0, offset + (uint)(capacity.Labels / 4));
            store.Write(LabelOffsetBlob, blob, 4);
            return offset;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(36);
            bill.References(RowOwners.Length);
            Log.Bill(bill);
            Diagnosis.Bill(bill);
            Pools.Bill(bill);
            Work.Bill(bill);
            bill.Row("control");
            Labels.Bill(bill);
            Links.Bill(bill);
            Routes.Bill(bill);
            Bindings.Bill(bill);
            Resolver.Bill(bill);
            StaticRoutes.Bill(bill);
            StaticLabels.Bill(bill);
            Pseudowires.Bill(bill);
            Instances.Bill(bill);
            Services.Bill(bill);
            Adjacencies.Bill(bill);
            Tunnels.Bill(bill);
            Paths.Bill(bill);
            Selector.Bill(bill);
            _vrfs.Bill(bill);
            _addresses.Bill(bill);
            _interfaces.Bill(bill);
            _pass.Bill(bill);
            Routes6.Bill(bill);
            Adjacencies6.Bill(bill);
            Selector6.Bill(bill);
            StaticRoutes6.Bill(bill);
            _addresses6.Bill(bill);
        }
    }
}
