using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// Where those who want to know whether a neighbour is alive (static routes, OSPF) and the one who knows it (BFD) meet: one row per interface
    /// and neighbour, shared by all who ask. Rows of fixed number; an index is the handle. <see cref="ControlModule.Liveness"/> is null in a router
    /// without a room that answers.
    /// </summary>
    public sealed class Liveness
    {
        public const int None = -1;

        /// <summary>States of a row. Nobody can say: the interface does not speak BFD, or the session is administratively down at either end (RFC 5882 section 3.2).</summary>
        public const int Unknown = 0;

        /// <summary>Asked for, and not up yet since it was asked for.</summary>
        public const int Starting = 1;
        public const int Up = 2;

        /// <summary>It has been up.</summary>
        public const int Down = 3;

        /// <summary>Who asks.</summary>
        public const int Static = 1;
        public const int Ospf = 2;

        /// <summary>Interface index; -1 = the row is free.</summary>
        public readonly short[] Port;
        public readonly uint[] Neighbor;

        /// <summary>Bits of those who ask.</summary>
        public readonly byte[] Owners;
        public readonly byte[] State;

        /// <summary>Why it is down: a diagnostic of RFC 5880 section 4.1.</summary>
        public readonly byte[] Diagnostic;

        /// <summary>Counts every change of a row or state: who reads the rows compares it. Wraps.</summary>
        public int Version;

        /// <summary>Counts the changes of rows alone, for the one who answers. Wraps.</summary>
        public int RowsVersion;

        /// <summary>Rows asked for when none was free.</summary>
        public int Refused;

        private int _static;

        public Liveness(Capacity capacity)
        {
            int rows = capacity.BfdSessions;
            Port = new short[rows];
            Neighbor = new uint[rows];
            Owners = new byte[rows];
            State = new byte[rows];
            Diagnostic = new byte[rows];
            for (int i = 0; i < rows; i++)
            {
                Port[i] = None;
            }
        }

        public int Rows
        {
            get { return Port.Length; }
        }

        /// <summary>Rows in use.</summary>
        public int Used
        {
            get
            {
                int used = 0;
                for (int i = 0; i < Port.Length; i++)
                {
                    used += Port[i] != None ? 1 : 0;
                }
                return used;
            }
        }

        /// <returns>The row of a neighbour on an interface, or <see cref="None"/>.</returns>
        public int Find(int port, uint neighbor)
        {
            for (int i = 0; i < Port.Length; i++)
            {
                if (Port[i] == port && Neighbor[i] == neighbor)
                {
                    return i;
                }
            }
            return None;
        }

        /// <summary>Asks to be told about a neighbour; asked twice is asked once.</summary>
        /// <returns>The row, or <see cref="None"/> when all are taken.</returns>
        public int Ask(int owner, int port, uint neighbor)
        {
            int row = Find(port, neighbor);
            if (row == None)
            {
                row = Find(None, 0);
                if (row == None)
                {
                    Refused++;
                    return None;
                }
                Port[row] = (short)port;
                Neighbor[row] = neighbor;
                State[row] = Unknown;
                Diagnostic[row] = 0;
            }
            if ((Owners[row] & owner) == 0)
            {
                Owners[row] = (byte)(Owners[row] | owner);
                _static += owner == Static ? 1 : 0;
                RowsVersion++;
                Version++;
            }
            return row;
        }

        /// <summary>This owner does not ask any more; the last one's row is free.</summary>
        public void Release(int owner, int row)
        {
            if ((Owners[row] & owner) == 0)
            {
                return;
            }
            Owners[row] = (byte)(Owners[row] & ~owner);
            _static -= owner == Static ? 1 : 0;
            if (Owners[row] == 0)
            {
                Port[row] = None;
                Neighbor[row] = 0;
                State[row] = Unknown;
            }
            RowsVersion++;
            Version++;
        }

        /// <summary>The answer, by the one who knows.</summary>
        public void Set(int row, int state, int diagnostic)
        {
            if (State[row] == state && Diagnostic[row] == diagnostic)
            {
                return;
            }
            State[row] = (byte)state;
            Diagnostic[row] = (byte)diagnostic;
            Version++;
        }

        /// <summary>The row that keeps a static route's next hop out of use, or <see cref="None"/>: asked for by configuration, and known not to be up.</summary>
        /// <param name="port">Interface of the route; -1 = the one whose subnet holds the next hop.</param>
        public int BlockOf(InterfaceTable interfaces, int vrf, uint nextHop, int port)
        {
            if (_static == 0)
            {
                return None;
            }
            int row = Find(port >= 0 ? port : interfaces.PortOf(vrf, nextHop), nextHop);
            return row != None && (Owners[row] & Static) != 0 && State[row] != Unknown && State[row] != Up ? row : None;
        }

        /// <summary>The words of a diagnostic of RFC 5880 section 4.1.</summary>
        public static string DiagnosticText(int diagnostic)
        {
            switch (diagnostic)
            {
                case 0: return "no diagnostic";
                case 1: return "control detection time expired";
                case 2: return "echo function failed";
                case 3: return "neighbor signaled session down";
                case 4: return "forwarding plane reset";
                case 5: return "path down";
                case 6: return "concatenated path down";
                case 7: return "administratively down";
                case 8: return "reverse concatenated path down";
                default: return "unknown diagnostic";
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(9);
            bill.Array(Port.Length * 2);
            bill.Array(Neighbor.Length * 4);
            bill.Array(Owners.Length);
            bill.Array(State.Length);
            bill.Array(Diagnostic.Length);
        }
    }
}
