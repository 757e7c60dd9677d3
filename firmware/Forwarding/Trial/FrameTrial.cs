using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>
    /// What would become of a frame now: a kernel takes a copy of it, with ports that only record, and afterwards every counter and state is
    /// as it was. Made when somebody asks; not for the frame path.
    /// </summary>
    public sealed class FrameTrial
    {
        /// <summary>Most frames that are kept of what one frame becomes (floods, fragments).</summary>
        public const int MaxSent = 32;

        /// <summary>The rows that it met.</summary>
        public readonly FrameTrace Trace = new FrameTrace();

        /// <summary>The <see cref="DropReason"/> when it goes no further, else 0.</summary>
        public int Reason;

        /// <summary>The <see cref="PuntClass"/> under which Host gets it or hears of it, or 0; and what the note says, as in <see cref="Frame"/>.</summary>
        public int Mark;
        public int Context;
        public int Offset;
        public int Value;

        /// <summary>What leaves: port, octets of the whole frame, and whether the port takes it (its link is up, and it is not too long for it).</summary>
        public int SentCount;
        public readonly int[] SentPort = new int[MaxSent];
        public readonly byte[][] Sent = new byte[MaxSent][];
        public readonly bool[] Taken = new bool[MaxSent];

        private readonly Tables _t;
        private readonly Frame _frame;
        private readonly IFramePort[] _devices;
        private readonly IFramePort[] _recorders;
        private readonly int[][] _state;
        private readonly int[][] _copy;
        private readonly byte[] _fragments;
        private readonly Frame[] _burst;
        private readonly BurstKernel _kernel = new PortableKernel();

        public FrameTrial(Tables tables)
        {
            _t = tables;
            _frame = new Frame(tables.Capacity.Headroom, tables.Capacity.MaxFrameLength);
            _burst = new Frame[] { _frame };
            _devices = new IFramePort[tables.Devices.Length];
            _recorders = new IFramePort[tables.Devices.Length];
            Ledger ledger = tables.Ledger;
            _state = new int[][]
            {
                ledger.Dropped, ledger.Received, ledger.Forwarded, ledger.Punted, ledger.PuntedByClass, ledger.Originated, ledger.Copied, ledger.Fragments, ledger.EgressDropped,
                tables.Transports.Record, tables.Pseudowires.Record, tables.Pseudowires.Extra, tables.Attachments.Record, tables.Attachments.Storm.Record,
                tables.Bridges.Record, tables.Tunnels.Record,
            };
            _copy = new int[_state.Length][];
            for (int i = 0; i < _state.Length; i++)
            {
                _copy[i] = new int[_state[i].Length];
            }
            _fragments = new byte[tables.Pseudowires.Buffers.Octets.Length];
        }

        /// <summary>Octets of a frame as they stand in the offsets of <see cref="Trace"/> and the note.</summary>
        public int Start
        {
            get { return _frame.Headroom; }
        }

        /// <summary>A frame comes in by a port.</summary>
        /// <param name="offset">Of its destination address.</param>
        /// <returns>False when it is longer than the router's buffers.</returns>
        public bool Receive(byte[] octets, int offset, int length, int port)
        {
            if (!Fill(octets, offset, length))
            {
                return false;
            }
            if (_t.PortRecord[port * PortTable.Stride + PortTable.Enabled] == 0)
            {
                Reason = DropReason.PortDisabled;
                return true;
            }
            Run(port, length, -1);
            if (Trace.Count == 0 && Reason == 0)
            {
                // One of the kernel's own paths: the same again on the path that tells its rows.
                int sent = SentCount;
                Fill(octets, offset, length);
                Trace.Plain = true;
                Run(port, length, -1);
                Trace.Plain = false;
                SentCount = sent;
            }
            return true;
        }

        /// <summary>The router itself sends an IP packet that is routed; <see cref="Value"/> as <see cref="GeneralPath.SendIp"/> leaves it.</summary>
        /// <returns>False when it is longer than the router's buffers.</returns>
        public bool Originate(byte[] packet, int offset, int length, int vrf)
        {
            if (!Fill(packet, offset, length))
            {
                return false;
            }
            Run(-1, length, vrf);
            return true;
        }

        private bool Fill(byte[] octets, int offset, int length)
        {
            Trace.Count = 0;
            SentCount = 0;
            Reason = 0;
            Mark = 0;
            Context = 0;
            Offset = 0;
            Value = 0;
            if (length > _t.Capacity.MaxFrameLength)
            {
                return false;
            }
            Wire.Octets.Copy(octets, offset, _frame.Octets, _frame.Headroom, length);
            _frame.Start = _frame.Headroom;
            _frame.Length = length;
            _frame.Port = -1;
            _frame.Mark = 0;
            _frame.Value = 0;
            return true;
        }

        private void Run(int port, int length, int vrf)
        {
            int noted = _t.ExceptionCount;
            for (int i = 0; i < _state.Length; i++)
            {
                System.Array.Copy(_state[i], _copy[i], _copy[i].Length);
            }
            byte[] fragments = _t.Pseudowires.Buffers.Octets;
            System.Array.Copy(fragments, _fragments, fragments.Length);
            for (int i = 0; i < _devices.Length; i++)
            {
                if (_devices[i] != _t.Devices[i])
                {
                    _devices[i] = _t.Devices[i];
                    _recorders[i] = new TrialPort(this, i, _devices[i]);
                }
                _t.Devices[i] = _recorders[i];
            }
            _t.General.Trace = Trace;
            int result = port < 0 ? Send(length, vrf) : Trace.Plain ? _t.General.Take(_frame, port) : Take(port);
            _t.General.Trace = null;
            System.Array.Copy(_devices, _t.Devices, _devices.Length);
            System.Array.Copy(_fragments, fragments, fragments.Length);
            for (int i = 0; i < _state.Length; i++)
            {
                System.Array.Copy(_copy[i], _state[i], _copy[i].Length);
            }
            Reason = result > 0 ? result : 0;
            Value = _frame.Value;
            if (_t.ExceptionCount > noted)
            {
                Mark = _frame.Mark;
                Context = _frame.Context;
                Offset = _frame.Offset;
                _t.ExceptionCount = noted;
                _t.Exceptions[noted] = null;
            }
            else if (result == GeneralPath.Noted)
            {
                Mark = PuntClass.Fragment;
            }
        }

        // As GeneralPath.Take answers.
        private int Take(int port)
        {
            int kept = _t.Ledger.PuntedByClass[PuntClass.Fragment];
            _kernel.Burst(_t, _burst, 0, 1, port);
            int first = port * DropReason.Count;
            for (int reason = 1; reason < DropReason.Count; reason++)
            {
                if (_t.Ledger.Dropped[first + reason] != _copy[0][first + reason])
                {
                    return reason;
                }
            }
            return _t.Ledger.PuntedByClass[PuntClass.Fragment] != kept ? GeneralPath.Noted : GeneralPath.Forwarded;
        }

        private int Send(int length, int vrf)
        {
            byte[] b = _frame.Octets;
            int o = _frame.Headroom;
            int version = b[o] >> 4;
            bool four = version == GeneralPath.Ipv4;
            int handle = four ? _t.Prefixes.Lookup(vrf, Wire.Ipv4Header.ReadDestination(b, o)) : _t.Prefixes.Lookup6(vrf, b, o + Wire.Ipv6Header.DestinationOffset);
            Trace.Add(FrameTrace.Route, vrf, handle, o);
            if (ForwardingHandle.Kind(handle) == ForwardingHandle.Local)
            {
                Mark = four ? PuntClass.Local : PuntClass.LocalIpv6;
                return 0;
            }
            return _t.General.SendIp(_frame, handle, o, o + length, four ? b[o + Wire.Ipv4Header.TtlOffset] : b[o + Wire.Ipv6Header.HopLimitOffset],
                four ? b[o + Wire.Ipv4Header.DscpOffset] >> 5 : Wire.Ipv6Header.ReadDscp(b, o) >> 3);
        }

        // A frame goes out of a port.
        internal bool Keep(int port, Frame frame, bool taken)
        {
            if (SentCount < MaxSent)
            {
                Sent[SentCount] = new byte[frame.Length];
                Wire.Octets.Copy(frame.Octets, frame.Start, Sent[SentCount], 0, frame.Length);
                SentPort[SentCount] = port;
                Taken[SentCount] = taken;
                SentCount++;
            }
            return taken;
        }
    }
}
