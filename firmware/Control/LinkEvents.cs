using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// Which interfaces are up: a port is, while it is enabled and its device reports a link; a loopback, while it is there and
    /// enabled. Each change is reported and logged once. Host reads the answer in <see cref="InterfaceTable.Usable"/>.
    /// </summary>
    public sealed class LinkEvents
    {
        private readonly PortTable _ports;
        private readonly bool[] _enabled;
        private readonly InterfaceTable _interfaces;
        private readonly EventLog _log;

        /// <summary>Changes of each port since start.</summary>
        public readonly int[] Transitions;

        /// <summary>
        /// LDP-IGP synchronisation of each port (RFC 5443). The IGP asks (waiting) and takes back; LDP says whether its labels are there, and
        /// answers its poll with 0 after a change, so that the IGP sees it at once.
        /// </summary>
        public readonly byte[] LdpSync;
        public const byte SyncNotAsked = 0;
        public const byte SyncWaiting = 1;
        public const byte Synchronised = 2;

        public LinkEvents(Tables tables, InterfaceTable interfaces, Capacity capacity, EventLog log)
        {
            _log = log;
            _ports = tables.Ports;
            _enabled = new bool[capacity.Ports + capacity.Loopbacks];
            _interfaces = interfaces;
            Transitions = new int[capacity.Ports];
            LdpSync = new byte[capacity.Ports];
            for (int i = 0; i < capacity.Ports; i++)
            {
                _enabled[i] = true;
            }
        }

        public int Ports
        {
            get { return Transitions.Length; }
        }

        public bool IsPort(int i)
        {
            return (uint)i < (uint)Transitions.Length;
        }

        public bool IsUp(int i)
        {
            return _interfaces.Usable[i];
        }

        public bool IsEnabled(int i)
        {
            return _enabled[i];
        }

        /// <summary>Administrative state. A loopback follows at once, a port when it is looked at next.</summary>
        internal void SetEnabled(int i, bool enabled)
        {
            _enabled[i] = enabled;
            if (IsPort(i))
            {
                _ports.Record[i * PortTable.Stride + PortTable.Enabled] = enabled ? 1 : 0;
            }
            else
            {
                _interfaces.Usable[i] = enabled;
            }
        }

        /// <summary>Looks at a port.</summary>
        /// <returns>True when it came up or went down since it was looked at last.</returns>
        internal bool Changed(int port)
        {
            bool up = _enabled[port] && _ports.Device[port] != null && _ports.Device[port].LinkUp;
            if (up == _interfaces.Usable[port])
            {
                return false;
            }
            _interfaces.Usable[port] = up;

            // When the link comes back, the IGP waits from the first moment on.
            LdpSync[port] = LdpSync[port] == Synchronised ? SyncWaiting : LdpSync[port];
            Transitions[port]++;
            _log.Add(up ? LogEvent.LinkUp : _enabled[port] ? LogEvent.LinkDown : LogEvent.LinkShutdown, port, 0, 0);
            _log.Add(up ? LogEvent.LineUp : LogEvent.LineDown, port, 0, 0);
            return true;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("links");
            bill.Object(6);
            bill.Array(LdpSync.Length);
            bill.Array(_enabled.Length);
            bill.Array(Transitions.Length * 4);
        }
    }
}
