using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>
    /// Pseudowires whose labels a protocol signals (RFC 8077): where who asks (configuration) and who speaks the protocol meet, without naming one
    /// another. A row is that of <see cref="PseudowireTable"/>; peer, VC id, labels and mode are in <see cref="StaticPseudowires"/>.
    /// </summary>
    public sealed class PseudowireRequests
    {
        /// <summary>Ints per row of <see cref="Record"/>.</summary>
        public const int Stride = 8;

        /// <summary>Bits; 0 = the row is not signalled.</summary>
        public const int Flags = 0;
        public const int Asked = 1;

        /// <summary>The control word (C bit) in our mapping and in the peer's.</summary>
        public const int LocalWord = 2;
        public const int RemoteWord = 4;

        /// <summary>The peer knows the PW status TLV (RFC 8077 section 5.4); else a label that is withdrawn says that the circuit is down.</summary>
        public const int StatusKnown = 8;

        /// <summary>Why signalling holds the pseudowire down: a <see cref="Control.Reason"/>; None = both ends agree.</summary>
        public const int Fault = 1;

        /// <summary>MTU of the circuits in octets after the Ethernet header; 0 = not said.</summary>
        public const int LocalMtu = 2;
        public const int RemoteMtu = 3;

        /// <summary>PW type of the peer's mapping (5 Ethernet, 4 tagged); 0 = it has bound no label.</summary>
        public const int RemoteType = 4;
        public const int RemoteGroup = 5;

        /// <summary>Bits of <see cref="PseudowireStatus"/>.</summary>
        public const int LocalStatus = 6;
        public const int RemoteStatus = 7;

        public readonly int[] Record;

        /// <summary>MTU configured on a port; 0 = none.</summary>
        private readonly ushort[] _mtu;

        /// <summary>Rows that are signalled.</summary>
        public int Count;

        /// <summary>MTU of a circuit that says nothing of it, as IOS has it.</summary>
        public const int DefaultMtu = 1500;

        public PseudowireRequests(Capacity capacity)
        {
            Record = new int[capacity.Pseudowires * Stride];
            _mtu = new ushort[capacity.Ports];
        }

        public bool IsAsked(int pw)
        {
            return (Record[pw * Stride] & Asked) != 0;
        }

        public bool Has(int pw, int flag)
        {
            return (Record[pw * Stride] & flag) != 0;
        }

        internal void Ask(int pw)
        {
            if (!IsAsked(pw))
            {
                Count++;
                System.Array.Clear(Record, pw * Stride, Stride);
                Record[pw * Stride] = Asked;
                Record[pw * Stride + Fault] = Reason.LdpNotRunning;
                return;
            }
            Record[pw * Stride + Fault] = Reason.Pending;
        }

        internal void Forget(int pw)
        {
            Count -= IsAsked(pw) ? 1 : 0;
            Record[pw * Stride] = 0;
        }

        internal void SetMtu(int port, int configured)
        {
            _mtu[port] = (ushort)configured;
        }

        /// <summary>The MTU that the circuit of a port signals; -1 = a bridge domain.</summary>
        public int MtuOf(int port, PortTable ports)
        {
            if (port < 0)
            {
                return DefaultMtu;
            }
            return _mtu[port] != 0 ? _mtu[port] : ports.MtuOf(port) < DefaultMtu ? ports.MtuOf(port) : DefaultMtu;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("signalled pseudowires");
            bill.Object(3);
            bill.Array(Record.Length * 4);
            bill.Array(_mtu.Length * 2);
        }
    }

    /// <summary>The bits of a pseudowire's status (RFC 4446 section 3.5): what an end says of itself.</summary>
    public static class PseudowireStatus
    {
        public const int Forwarding = 0;
        public const int NotForwarding = 1;
        public const int CircuitReceive = 2;
        public const int CircuitTransmit = 4;
        public const int CoreReceive = 8;
        public const int CoreTransmit = 0x10;
        public const int Standby = 0x20;

        /// <summary>As IOS writes it; of several bits the first.</summary>
        public static string Text(int status)
        {
            return status == Forwarding ? "No fault"
                : (status & (CircuitReceive | CircuitTransmit)) != 0 ? "DOWN AC(rx/tx faults)"
                : (status & (CoreReceive | CoreTransmit)) != 0 ? "DOWN PW(rx/tx faults)"
                : (status & Standby) != 0 ? "DOWN(standby)" : "DOWN(not-forwarding)";
        }
    }
}
