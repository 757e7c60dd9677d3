using System;
using LabEdge.Cli;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge
{
    /// <summary>
    /// One router: makes the rooms from a <see cref="Capacity"/>, joins them, and runs them in <see cref="Poll"/>.
    /// No protocol knowledge. CE, PE or P is a matter of configuration alone.
    /// </summary>
    public sealed class Router : IBillSource
    {
        /// <summary>Answer of <see cref="Poll"/>: nothing to do until a frame or a line comes.</summary>
        public const uint Idle = 0xFFFFFFFF;

        /// <summary>Octets of entropy that the head gives at start.</summary>
        public const int EntropyLength = 32;

        public readonly Capacity Capacity;
        public readonly Tables Tables;
        public readonly HostStack Host;
        public readonly ControlModule Control;
        public readonly CommandLine Cli;

        /// <summary>Sees every received frame before the kernel does; null = nobody looks.</summary>
        public IFrameObserver Observer;

        /// <summary>Most protocols of a router.</summary>
        public const int MaxModules = 8;

        private readonly BurstKernel _kernel;
        private readonly Frame[] _frames;
        private IProtocolModule[] _modules;
        private int _moduleCount;
        private int _ports;
        private int _firstPort;

        // Frames that Host took in this poll.
        private int _punted;

        /// <param name="kernel">The form of the frame path for this machine.</param>
        /// <param name="entropy"><see cref="EntropyLength"/> octets nobody can guess.</param>
        /// <param name="store">Where startup-config and the label cursor live; null = nowhere.</param>
        /// <exception cref="ArgumentException">A capacity that cannot work: a programmer's mistake at start-up.</exception>
        public Router(Capacity capacity, BurstKernel kernel, byte[] entropy, IStore store)
        {
            if (entropy == null || entropy.Length < EntropyLength)
            {
                throw new ArgumentException("entropy: 32 octets expected");
            }
            if (capacity.Headroom < LongestEncapsulation(capacity))
            {
                throw new ArgumentException("headroom is shorter than the longest encapsulation");
            }
            Capacity = capacity;
            _kernel = kernel;
            Tables = new Tables(capacity);
            Host = new HostStack(Tables, capacity, entropy);
            Control = new ControlModule(Tables, Host, capacity, store);
            Cli = new CommandLine(Control, Host, Tables, capacity, store);
            Cli.BillSource = this;
            _frames = new Frame[capacity.Frames];
            for (int i = 0; i < _frames.Length; i++)
            {
                _frames[i] = new Frame(capacity.Headroom, capacity.MaxFrameLength);
            }
        }

        /// <summary>
        /// Octets that may be pushed in front of a received frame: a slot of ready octets, a tunnel's, entropy label (8), service word,
        /// flow label, control word and two tags.
        /// (A customer's frame on a port-mode pseudowire is carried whole, so nothing is popped before.)
        /// </summary>
        public static int LongestEncapsulation(Capacity capacity)
        {
            return capacity.TransportStride + (capacity.Tunnels == 0 ? 0 : TunnelTable.ReadyStride) + 8 + 4 + 4 + 4 + 8;
        }

        /// <summary>
        /// The console has asked for a restart (reload): the head makes a new router on the same ports, which starts from what the store has.
        /// </summary>
        public bool RestartRequested
        {
            get { return Cli.RestartRequested; }
        }

        /// <summary>Joins a MAC to the next port.</summary>
        /// <param name="name">Its interface name, such as <c>Ethernet1</c>.</param>
        /// <returns>The port's index, or -1 when the capacity's ports are used up.</returns>
        public int AttachPort(string name, IEthernetPort device)
        {
            if (_ports >= Capacity.Ports)
            {
                return -1;
            }
            int port = _ports++;
            Host.Interfaces.Name[port] = name;
            Tables.Ports.Attach(port, device);
            return port;
        }

        /// <summary>Joins a protocol, at start: without it the router does not know the protocol, and pays nothing for it.</summary>
        /// <exception cref="ArgumentException">More than <see cref="MaxModules"/>: a programmer's mistake at start-up.</exception>
        public void AddModule(IProtocolModule module)
        {
            if (_moduleCount == MaxModules)
            {
                throw new ArgumentException("too many protocols");
            }
            if (_modules == null)
            {
                _modules = new IProtocolModule[MaxModules];
            }
            _modules[_moduleCount++] = module;
        }

        /// <summary>
        /// Does at most <paramref name="budget"/> units of work (one frame, route, ARP timer or console line each).
        /// </summary>
        /// <param name="now">Milliseconds; wraps.</param>
        /// <returns>Milliseconds until it next needs to run if nothing arrives: 0 = more work waits, <see cref="Idle"/> = none known.</returns>
        public uint Poll(uint now, int budget)
        {
            Tables.Now = now;
            bool more = false;
            int left = budget;
            WorkAccount work = Control.Work;
            work.BeginPoll(budget);
            _punted = 0;
            for (int i = 0; i < _ports && left > 0; i++)
            {
                int port = _firstPort + i < _ports ? _firstPort + i : _firstPort + i - _ports;
                int max = left < _frames.Length ? left : _frames.Length;
                int received = Tables.Ports.Device[port].ReceiveBurst(_frames, max);
                if (received > 0)
                {
                    Take(port, received, now);
                    left -= received;
                    more |= received == max;
                }
            }

            // Another port is first next time, so that a busy one does not starve the rest when the budget is short.
            _firstPort = _firstPort + 1 < _ports ? _firstPort + 1 : 0;
            int share = left > 0 ? left : 1;
            work.Note(WorkAccount.Forwarding, budget - left, Idle);
            uint next = Control.Poll(now, share);
            work.Note(WorkAccount.Control, Control.Spent, next);
            for (int i = 0; i < _moduleCount; i++)
            {
                next = Sooner(next, _modules[i].Poll(now, share));
            }
            uint due = Cli.Poll(now, share);
            work.Note(WorkAccount.Console, Cli.Spent, due);
            Cli.Spent = 0;
            next = Sooner(next, due);
            if (_moduleCount != 0 && !Control.IsSettled)
            {
                // A protocol has changed routes after Control had its turn.
                next = 0;
            }

            // Host last: what Control and the console asked of it (neighbours, probes) sets when it is next due.
            due = Host.Poll(now);
            work.Note(WorkAccount.Host, _punted, due);
            next = Sooner(next, due);
            Tables.EndOfPoll();
            for (int port = 0; port < _ports; port++)
            {
                Tables.Ports.Device[port].Flush();
            }
            return more || left <= 0 ? 0 : next;
        }

        private void Take(int port, int received, uint now)
        {
            if (Tables.Ports.Record[port * PortTable.Stride + PortTable.Enabled] == 0)
            {
                Tables.Ledger.Received[port] += received;
                Tables.Ledger.Dropped[port * DropReason.Count + DropReason.PortDisabled] += received;
                return;
            }
            if (Observer != null)
            {
                for (int k = 0; k < received; k++)
                {
                    Observer.Received(_frames[k], port);
                }
            }
            _kernel.Burst(Tables, _frames, 0, received, port);
            if (Tables.ExceptionCount != 0)
            {
                _punted += Tables.ExceptionCount;
                Host.HandleExceptions(now);
            }
        }

        private static uint Sooner(uint a, uint b)
        {
            return a < b ? a : b;
        }

        /// <summary>What the router's memory costs on a board, row by row.</summary>
        public void Bill(RamBill bill)
        {
            bill.Row("router");
            bill.Object(13);
            bill.Object(Capacity.Fields);
            bill.Text(Capacity.Name);
            bill.Object(0);
            Tables.Bill(bill);
            bill.Row("frames");
            bill.References(_frames.Length);
            for (int i = 0; i < _frames.Length; i++)
            {
                bill.Object(9);
                bill.Array(_frames[i].Octets.Length);
            }
            Host.Bill(bill);
            Control.Bill(bill);
            Cli.Bill(bill);
            if (_modules != null)
            {
                bill.Row("router");
                bill.References(_modules.Length);
            }
            for (int i = 0; i < _moduleCount; i++)
            {
                _modules[i].Bill(bill);
            }
        }
    }
}
