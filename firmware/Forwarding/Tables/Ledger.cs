namespace LabEdge.Forwarding
{
    /// <summary>
    /// The two ledgers. Ingress, per port: received = forwarded + punted + sum of dropped(reason).
    /// Egress: forwarded + copied + fragments + originated = sent + dropped, where sent is the sum over transports, pseudowire circuits and the
    /// frames Host sends without a transport. All counters wrap at 2^32; sums are compared modulo that.
    /// </summary>
    public sealed class Ledger
    {
        public readonly int[] Received;
        public readonly int[] Forwarded;

        /// <summary>Punted, per port.</summary>
        public readonly int[] Punted;

        /// <summary>Dropped on ingress: [port * DropReason.Count + reason].</summary>
        public readonly int[] Dropped;

        /// <summary>Frames that the router itself made and handed to a port (egress cause "originated").</summary>
        public readonly int[] Originated;

        /// <summary>Sent beyond the first of a flood, and beyond the first of a fragmented packet, by port of egress.</summary>
        public readonly int[] Copied;
        public readonly int[] Fragments;

        /// <summary>Originated frames without a transport (ARP) that the port took.</summary>
        public readonly int[] DirectSent;

        /// <summary>Frames that a port refused on egress.</summary>
        public readonly int[] EgressDropped;

        /// <summary>Punted, per class of <see cref="PuntClass"/>.</summary>
        public readonly int[] PuntedByClass;

        public Ledger(Capacity capacity)
        {
            Received = new int[capacity.Ports];
            Forwarded = new int[capacity.Ports];
            Punted = new int[capacity.Ports];
            Dropped = new int[capacity.Ports * DropReason.Count];
            Originated = new int[capacity.Ports];
            Copied = new int[capacity.Ports];
            Fragments = new int[capacity.Ports];
            DirectSent = new int[capacity.Ports];
            EgressDropped = new int[capacity.Ports];
            PuntedByClass = new int[PuntClass.Count];
        }

        public int DroppedOn(int port, int reason)
        {
            return Dropped[port * DropReason.Count + reason];
        }

        /// <summary>All drops of one port.</summary>
        public int DroppedOn(int port)
        {
            int sum = 0;
            for (int i = 1; i < DropReason.Count; i++)
            {
                sum += Dropped[port * DropReason.Count + i];
            }
            return sum;
        }

        public void Clear()
        {
            Zero(Received);
            Zero(Forwarded);
            Zero(Punted);
            Zero(Dropped);
            Zero(Originated);
            Zero(Copied);
            Zero(Fragments);
            Zero(DirectSent);
            Zero(EgressDropped);
            Zero(PuntedByClass);
        }

        private static void Zero(int[] counters)
        {
            for (int i = 0; i < counters.Length; i++)
            {
                counters[i] = 0;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("ledgers");
            bill.Object(10);
            for (int i = 0; i < 8; i++)
            {
                bill.Array(Received.Length * 4);
            }
            bill.Array(Dropped.Length * 4);
            bill.Array(PuntedByClass.Length * 4);
        }
    }
}
