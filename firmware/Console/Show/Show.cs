using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>
    /// A table that is being printed: each step writes at most <see cref="TextBuffer.StepRoom"/> octets, the place is kept in
    /// <see cref="Phase"/> and <see cref="Row"/>. What a step shows is what is true at that step.
    /// </summary>
    public abstract class Show
    {
        protected readonly ControlModule Control;
        protected readonly HostStack Host;
        protected readonly Tables Tables;
        protected readonly TextBuffer Output;
        protected int Action;
        protected int Phase;
        protected int Row;

        /// <summary>VRF index that the command names; 0 = global.</summary>
        protected int Vrf;
        protected uint Now;
        private readonly byte[] _hardware = new byte[6];

        protected Show(ControlModule control, HostStack host, Tables tables, TextBuffer output)
        {
            Control = control;
            Host = host;
            Tables = tables;
            Output = output;
        }

        public void Begin(int action, int vrf, uint now)
        {
            Action = action;
            Vrf = vrf;
            Now = now;
            Phase = 0;
            Row = 0;
        }

        /// <summary>Writes the next line or lines.</summary>
        /// <returns>False when all is written.</returns>
        public abstract bool Step();

        protected void Next()
        {
            Phase++;
            Row = 0;
        }

        protected TextBuffer Name(int index)
        {
            string name = index >= 0 && index < Host.Interfaces.Count ? Host.Interfaces.Name[index] : null;
            return Output.Text(name == null ? "-" : name);
        }

        protected string AdministrativeState(int index)
        {
            return !Control.IsEnabled(index) ? "administratively down" : Control.IsUp(index) ? "up" : "down";
        }

        /// <summary>The neighbour that a transport leads to, by its port and station address; -1 while the transport is unusable.</summary>
        protected int NeighborOf(int transport)
        {
            int r = transport * TransportTable.Stride;
            int length = Tables.Transports.Record[r + TransportTable.Length];
            if (length == 0)
            {
                return -1;
            }
            int at = Tables.Transports.ReadyEnd(transport) - length;
            for (int n = 0; n < Host.Neighbors.Count; n++)
            {
                if (Host.Neighbors.StateOf(n) == NeighborTable.Free || Host.Neighbors.PortOf(n) != Tables.Transports.Record[r + TransportTable.Port])
                {
                    continue;
                }
                Host.Neighbors.CopyHardware(n, _hardware, 0);
                if (EthernetHeader.SameAddress(_hardware, 0, Tables.Transports.Ready, at))
                {
                    return n;
                }
            }
            return -1;
        }

        /// <summary>Writes the labels that a path pushes, outermost first: "17/301"; nothing when there are none.</summary>
        /// <returns>How many.</returns>
        protected int PutLabels(int path, char separator)
        {
            int service = Tables.Paths.Record[path * PathTable.Stride + PathTable.Service];
            int transport = TransportOf(path);
            int count = Tables.Transports.Record[transport * TransportTable.Stride + TransportTable.LabelCount];
            for (int i = 0; i < count; i++)
            {
                int at = Tables.Transports.ReadyEnd(transport) - (count - i) * LabelStackEntry.Length;
                if (i != 0)
                {
                    Output.Put(separator);
                }
                Output.Number(LabelStackEntry.ReadLabel(Tables.Transports.Ready, at));
            }
            if (service == 0)
            {
                return count;
            }
            if (count != 0)
            {
                Output.Put(separator);
            }
            Output.Number((service >> 12) & 0xFFFFF);
            return count + 1;
        }

        protected int TransportOf(int path)
        {
            return Tables.Paths.Record[path * PathTable.Stride + PathTable.Transport] & PathTable.TransportMask;
        }

        /// <summary>
        /// The port that a path leaves by; -1 = not known. An unusable transport has none yet: then it is that of the neighbour whose IP
        /// transport it is, or where all hops that the resolver was last asked for agree.
        /// </summary>
        /// <param name="resolved">The resolver has been asked for the ways of this path.</param>
        protected int PortOfPath(int path, bool resolved)
        {
            int transport = TransportOf(path);
            int r = transport * TransportTable.Stride;
            if (Tables.Transports.Record[r + TransportTable.Length] != 0)
            {
                return Tables.Transports.Record[r + TransportTable.Port];
            }
            for (int n = 0; n < Host.Neighbors.Count; n++)
            {
                if (Host.Neighbors.StateOf(n) != NeighborTable.Free && Host.Neighbors.IpTransport(n) == transport)
                {
                    return Host.Neighbors.PortOf(n);
                }
            }
            HopList hops = Control.Resolver.Hops;
            int port = resolved && hops.Count != 0 ? hops.Port[0] : -1;
            for (int h = 1; h < hops.Count; h++)
            {
                port = hops.Port[h] == port ? port : -1;
            }
            return port;
        }

        /// <summary>Members of a handle that leads to paths; 0 for the other kinds.</summary>
        protected int Members(int handle)
        {
            int kind = ForwardingHandle.Kind(handle);
            if (kind == ForwardingHandle.Group)
            {
                return Tables.Groups.Record[ForwardingHandle.Index(handle) * Tables.Groups.Stride];
            }
            return kind == ForwardingHandle.Path || kind == ForwardingHandle.PathPair ? 1 : 0;
        }

        protected int Member(int handle, int k)
        {
            return ForwardingHandle.Kind(handle) == ForwardingHandle.Group ? Tables.Groups.Record[ForwardingHandle.Index(handle) * Tables.Groups.Stride + 1 + k] : handle;
        }

        /// <summary>Writes the address of the neighbour that a transport leads to, or why there is none.</summary>
        protected void PutNeighbor(int transport)
        {
            int neighbor = NeighborOf(transport);
            if (neighbor < 0)
            {
                Output.Text("unresolved");
            }
            else
            {
                Output.Address(Host.Neighbors.AddressOf(neighbor));
            }
        }

        /// <summary>What every table has: 10 fields (the block of the object itself is billed with the fields of its class) and an address.</summary>
        protected static void BillShared(RamBill bill)
        {
            bill.Object(9);
            bill.Array(6);
        }
    }
}
