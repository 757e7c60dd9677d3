using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Tests.OnDevice
{
    /// <summary>
    /// A kernel over tables of a small board: a core with labels on ports 0 and 1, a customer of VRF 1 on port 2, a port-mode pseudowire
    /// on port 3. Rows, frames and results are those of the PC's kernel tests.
    /// </summary>
    public sealed class KernelOnDevice
    {
        public const int Core = 0;
        public const int OtherCore = 1;
        public const int Blue = 2;
        public const int Circuit = 3;

        private const int PortCount = 4;

        public readonly Tables Tables;
        public readonly KeepingPort[] Ports = new KeepingPort[PortCount];

        private readonly BurstKernel _kernel;
        private readonly Frame[] _frames = new Frame[1];

        public KernelOnDevice(BurstKernel kernel)
        {
            _kernel = kernel;
            Capacity capacity = Capacity.Tiny();
            capacity.Ports = PortCount;
            capacity.Labels = 128;
            Tables = new Tables(capacity);
            _frames[0] = new Frame(capacity.Headroom, capacity.MaxFrameLength);
            for (int i = 0; i < PortCount; i++)
            {
                Ports[i] = new KeepingPort("02000000000" + (i + 1).ToString());
                Tables.Ports.Attach(i, Ports[i]);
            }

            int coreIp = Transport(Core, "020000000101", 0x0800, new int[0]);
            int coreLabelled = Transport(Core, "020000000101", 0x8847, new int[0]);
            int tunnel = Transport(Core, "020000000101", 0x8847, new int[] { Tunnel(3001) });
            int deep = Transport(OtherCore, "020000000102", 0x8847, new int[] { Tunnel(3001), Tunnel(3002), Tunnel(3003) });
            int customer = Transport(Blue, "020000000103", 0x0800, new int[0]);
            Tables.Ports.SetScope(Core, ForwardingHandle.ScopeCore);
            Tables.Ports.SetScope(OtherCore, ForwardingHandle.ScopeCore);
            int[] records = Tables.Ports.Record;
            records[Core * PortTable.Stride + PortTable.Untagged] = ForwardingHandle.Vrf;
            records[Blue * PortTable.Stride + PortTable.Untagged] = ForwardingHandle.Vrf | 1;
            int pseudowire = Pseudowire(Path(Service(800), tunnel, false));
            records[Circuit * PortTable.Stride + PortTable.Any] = ForwardingHandle.Pseudowire | pseudowire;

            Label(100, ForwardingHandle.Path | Path(Service(200), coreLabelled, true));
            int pair = Tables.Paths.Allocate(2);
            Tables.Paths.Set(pair, 0, coreLabelled, true);
            Tables.Paths.Set(pair + 1, 0, coreIp, true);
            Label(102, ForwardingHandle.PathPair | pair);
            Label(103, ForwardingHandle.Vrf | 1);
            Label(104, ForwardingHandle.Pseudowire | pseudowire);
            Label(109, ForwardingHandle.Path | Path(Service(1048575), deep, true));
            Tables.Prefixes.Set(1, 0xAC100000, 16, ForwardingHandle.Path | Path(0, customer, true));
            Tables.Prefixes.Set(1, 0x0A000000, 8, ForwardingHandle.Path | Path(Service(700), deep, true));
            Tables.Prefixes.Set(1, 0x0A090000, 16, ForwardingHandle.Path | Path(Service(701), coreLabelled, false));
        }

        /// <summary>One frame through the kernel.</summary>
        /// <returns>"port: octets" of what was sent, "drop REASON", "punt CLASS", or both.</returns>
        public string Run(int port, string received)
        {
            int[] dropped = Tables.Ledger.Dropped;
            int[] before = new int[DropReason.Count];
            for (int i = 0; i < before.Length; i++) before[i] = dropped[port * DropReason.Count + i];
            int[] sent = new int[PortCount];
            for (int i = 0; i < PortCount; i++) sent[i] = Ports[i].Sent;

            byte[] octets = HexText.Octets(received);
            Frame frame = _frames[0];
            System.Array.Copy(octets, 0, frame.Octets, frame.Headroom, octets.Length);
            frame.Start = frame.Headroom;
            frame.Length = octets.Length;
            frame.Mark = 0;
            frame.Value = 0;
            Tables.ExceptionCount = 0;
            _kernel.Burst(Tables, _frames, 0, 1, port);

            string text = "";
            for (int i = 0; i < PortCount; i++)
            {
                if (Ports[i].Sent != sent[i]) text = i.ToString() + ": " + HexText.Text(Ports[i].Last, 0, Ports[i].LastLength);
            }
            for (int i = 0; i < before.Length; i++)
            {
                if (dropped[port * DropReason.Count + i] != before[i]) text = text + "drop " + i.ToString();
            }
            if (Tables.ExceptionCount > 0) text = text + "punt " + frame.Mark.ToString();
            return text;
        }

        /// <summary>One frame of the caller's through the kernel, with nothing looked at.</summary>
        public void Burst(Frame[] frames, int port)
        {
            Tables.ExceptionCount = 0;
            _kernel.Burst(Tables, frames, 0, 1, port);
        }

        private static int Service(int label)
        {
            return LabelStackEntry.Word(label, 0, true, 255);
        }

        private static int Tunnel(int label)
        {
            return LabelStackEntry.Word(label, 0, false, 255);
        }

        private int Transport(int port, string neighbor, int etherType, int[] words)
        {
            byte[] source = new byte[6];
            Ports[port].GetAddress(source, 0);
            int transport = Tables.Transports.Allocate();
            Tables.Transports.Set(transport, port, 1500, HexText.Octets(neighbor), 0, source, 0, etherType, -1, words, words.Length);
            return transport;
        }

        private int Path(int word, int transport, bool uniform)
        {
            int path = Tables.Paths.Allocate(1);
            Tables.Paths.Set(path, word, transport, uniform);
            return path;
        }

        private void Label(int label, int handle)
        {
            Tables.Labels.Set(label, handle, ForwardingHandle.ScopeCore);
        }

        private int Pseudowire(int path)
        {
            int row = Tables.Pseudowires.Allocate();
            int at = row * PseudowireTable.Stride;
            Tables.Pseudowires.Record[at] |= PseudowireTable.Up | PseudowireTable.ControlWord;
            Tables.Pseudowires.Record[at + PseudowireTable.Path] = path;
            Tables.Pseudowires.Record[at + PseudowireTable.Port] = Circuit;
            Tables.Pseudowires.Record[at + PseudowireTable.MaxFrame] = 1514;
            return row;
        }
    }
}
