using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>
    /// A table that is being printed: each step writes at most <see cref="TextBuffer.StepRoom"/> octets, the place is kept in
    /// <see cref="ShowRequest"/>. What a step shows is what is true at that step.
    /// </summary>
    public abstract class Show
    {
        protected readonly ShowRequest Request;

        protected Show(ShowRequest request)
        {
            Request = request;
        }

        protected ControlModule Control
        {
            get { return Request.Control; }
        }

        protected HostStack Host
        {
            get { return Request.Host; }
        }

        protected Tables Tables
        {
            get { return Request.Tables; }
        }

        protected TextBuffer Output
        {
            get { return Request.Output; }
        }

        /// <summary>Writes the next line or lines.</summary>
        /// <returns>False when all is written.</returns>
        public abstract bool Step();

        protected void Next()
        {
            Request.Phase++;
            Request.Row = 0;
        }

        protected TextBuffer Name(int index)
        {
            string name = index >= 0 && index < Host.Interfaces.Count ? Host.Interfaces.Name[index] : null;
            return Output.Text(name == null ? "-" : name);
        }

        /// <summary>A number that ends in front of a column; at least one blank before it.</summary>
        protected void Right(uint number, int column)
        {
            int digits = 1;
            for (uint left = number; left >= 10; left /= 10)
            {
                digits++;
            }
            Output.To(column - digits).Unsigned(number);
        }

        protected string AdministrativeState(int index)
        {
            return !Control.IsEnabled(index) ? "administratively down" : Control.IsUp(index) ? "up" : "down";
        }

        /// <summary>Writes what <see cref="ControlModule.Diagnosis"/> has found: ": why"; nothing when there is nothing wrong.</summary>
        protected void PutReason(string before)
        {
            if (Control.Diagnosis.Code != Reason.None)
            {
                Output.Text(before);
                ReasonText.Put(Output, Control.Diagnosis, Host.Interfaces, Tables.Vrfs);
            }
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

        /// <summary>The port that a path leaves by, also while its transport is unusable; -1 = not known.</summary>
        protected int PortOfPath(int path)
        {
            int transport = TransportOf(path);
            int r = transport * TransportTable.Stride;
            if (Tables.Transports.Record[r + TransportTable.Length] != 0)
            {
                return Tables.Transports.Record[r + TransportTable.Port];
            }
            int neighbor = Control.Diagnosis.NeighborOf(transport);
            return neighbor < 0 ? -1 : Host.Neighbors.PortOf(neighbor);
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

        /// <summary>Writes the address of the neighbour that a transport leads to.</summary>
        /// <returns>False when it cannot be sent to; <see cref="PutUnresolved"/> says why.</returns>
        protected bool PutNeighbor(int transport)
        {
            int neighbor = Control.Diagnosis.NeighborOf(transport);
            if (neighbor >= 0)
            {
                Output.Address(Host.Neighbors.AddressOf(neighbor));
            }
            else
            {
                Output.Text("unresolved");
            }
            return Tables.Transports.RoomOf(transport) >= 0;
        }

        /// <summary>Why the neighbour that a transport leads to cannot be sent to, after <paramref name="before"/>.</summary>
        protected void PutUnresolved(int transport, string before)
        {
            int neighbor = Control.Diagnosis.NeighborOf(transport);
            if (neighbor >= 0 && Control.Diagnosis.OfNeighbor(neighbor) != Reason.None)
            {
                PutReason(before);
            }
        }

        /// <summary>What every table has: one field, 12 octets as a block (that of the object itself is billed with the fields of its class).</summary>
        protected static void BillShared(RamBill bill)
        {
            bill.Object(0);
        }
    }
}
