using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>Everything a kernel reads and counts, made once from <see cref="Capacity"/>.</summary>
    public sealed class Tables
    {
        // Prefixes, blocks or 1,024 slots of a rebuild per poll: some tens of microseconds on a PC, the only place that has such layouts.
        private const int PrefixUnitsPerPoll = 64;

        public readonly Capacity Capacity;
        public readonly PortTable Ports;
        public readonly IncomingLabelMap Labels;
        public readonly PathTable Paths;
        public readonly PathGroupTable Groups;
        public readonly TransportTable Transports;
        public readonly PrefixTable Prefixes;
        public readonly CircuitTable Circuits;
        public readonly PseudowireTable Pseudowires;
        public readonly AttachmentTable Attachments;
        public readonly BridgeTable Bridges;
        public readonly LabelActionTable LabelActions;
        public readonly TunnelTable Tunnels;
        public readonly ClassMapTable ClassMaps;
        public readonly VrfStore Vrfs;
        public readonly Ledger Ledger;
        public readonly GeneralPath General;

        /// <summary>Milliseconds (wraps), set before each burst by who polls: ages and rates on the frame path.</summary>
        public uint Now;

        /// <summary>
        /// Frames of the last burst that Host must see, in order of arrival: <see cref="Frame.Mark"/> is a <see cref="PuntClass"/>.
        /// At most one per frame of the burst, so it cannot overflow. Host empties it before the frames are used again.
        /// </summary>
        public readonly Frame[] Exceptions;
        public int ExceptionCount;

        /// <summary>The arrays of the tables once more, one field away: a kernel reads them at the head of every burst.</summary>
        public readonly int[] PortRecord;
        public readonly IFramePort[] Devices;
        public readonly int[] LabelHandle;
        public readonly int[] PathRecord;
        public readonly int[] TransportRecord;
        public readonly byte[] Ready;
        public readonly int[] VrfRecord;
        public readonly uint[] PrefixFirst;
        public readonly uint[] PrefixLast;
        public readonly ushort[] PrefixUp;
        public readonly int[] PrefixHandle;
        public readonly bool VerifyHeaderChecksum;
        public readonly int FirstLabel;

        public Tables(Capacity capacity)
        {
            Capacity = capacity;
            Ports = new PortTable(capacity);
            Labels = new IncomingLabelMap(capacity);
            Paths = new PathTable(capacity);
            Groups = new PathGroupTable(capacity);
            Transports = new TransportTable(capacity);
            Prefixes = new PrefixTable(capacity);
            Circuits = new CircuitTable(capacity);
            Pseudowires = new PseudowireTable(capacity, Paths, Transports);
            Attachments = new AttachmentTable(capacity);
            Bridges = new BridgeTable(capacity, Attachments, Pseudowires);
            LabelActions = new LabelActionTable(capacity);
            Tunnels = new TunnelTable(capacity);
            ClassMaps = new ClassMapTable(capacity);
            Vrfs = new VrfStore(capacity);
            Ledger = new Ledger(capacity);
            Exceptions = new Frame[capacity.Frames];
            PortRecord = Ports.Record;
            Devices = Ports.Device;
            LabelHandle = Labels.Handle;
            PathRecord = Paths.Record;
            TransportRecord = Transports.Record;
            Ready = Transports.Ready;
            VrfRecord = Prefixes.Vrf;
            PrefixFirst = Prefixes.First;
            PrefixLast = Prefixes.Last;
            PrefixUp = Prefixes.Up;
            PrefixHandle = Prefixes.Handle;
            VerifyHeaderChecksum = capacity.VerifyHeaderChecksum;
            FirstLabel = Labels.First;
            General = new GeneralPath(this);
        }

        /// <summary>Frames that a port took on egress, by whatever way: with the port's EgressDropped, the right side of the egress ledger.</summary>
        public int SentOn(int port)
        {
            return Transports.FramesOf(port) + Pseudowires.FramesOf(port) + Attachments.FramesOf(port) + Ledger.DirectSent[port];
        }

        /// <summary>Both ledgers and the counters that they are sums of, to zero together.</summary>
        public void ClearCounters()
        {
            Ledger.Clear();
            Transports.ClearCounters();
            Pseudowires.ClearCounters();
            Attachments.ClearCounters();
            Bridges.ClearCounters();
            Tunnels.ClearCounters();
        }

        /// <summary>Called once per poll, after the frames: what was released can be taken again.</summary>
        public void EndOfPoll()
        {
            Paths.EndOfPoll();
            Groups.EndOfPoll();
            Bridges.EndOfPoll(Now);
            LabelActions.EndOfPoll();
            Prefixes.Step(PrefixUnitsPerPoll);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("tables");
            bill.Object(33);
            General.Bill(bill);
            bill.References(Exceptions.Length);
            Ports.Bill(bill);
            Labels.Bill(bill);
            Paths.Bill(bill);
            Groups.Bill(bill);
            Transports.Bill(bill);
            Prefixes.Bill(bill);
            Circuits.Bill(bill);
            Pseudowires.Bill(bill);
            Attachments.Bill(bill);
            Bridges.Bill(bill);
            LabelActions.Bill(bill);
            Tunnels.Bill(bill);
            ClassMaps.Bill(bill);
            Vrfs.Bill(bill);
            Ledger.Bill(bill);
        }
    }
}
