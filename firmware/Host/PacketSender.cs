using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    /// <summary>What the senders of both families share: Host's own frame, the way along an LSP, and the counters.</summary>
    public abstract class PacketSender
    {
        /// <summary>Host's own frame; free between calls. A packet is built at its headroom.</summary>
        public readonly Frame Transmit;

        public int Sent;

        /// <summary>Had no route, no resolved neighbour, no usable transport, or were too long for it.</summary>
        public int NotSent;

        protected readonly Tables Tables;

        protected PacketSender(Tables tables, Frame transmit)
        {
            Tables = tables;
            Transmit = transmit;
        }

        /// <summary>Longest packet that can be built at the headroom, in octets.</summary>
        public int MaxPacket
        {
            get { return Transmit.Octets.Length - Transmit.Headroom - 32 - EthernetHeader.Length; }
        }

        /// <summary>Sends a label stack, and the packet after it, along the LSP of its top label.</summary>
        /// <param name="offset">Of the stack in <see cref="Transmit"/>.</param>
        /// <param name="length">Octets of stack and packet.</param>
        /// <returns><see cref="DropReason.None"/>, or why not, as <see cref="Egress.SendLabelled"/> says it.</returns>
        public int SendLabelled(int offset, int length)
        {
            Transmit.Start = offset;
            Transmit.Length = length;
            Transmit.Port = -1;
            int reason = Egress.SendLabelled(Tables, Transmit, offset);
            Count(reason);
            return reason;
        }

        protected void Count(int reason)
        {
            if (reason == DropReason.None)
            {
                Sent++;
            }
            else
            {
                NotSent++;
            }
        }

        /// <param name="fields">Instance fields of the class below.</param>
        protected void Bill(RamBill bill, int fields)
        {
            bill.Row("host");
            bill.Object(4 + fields);
        }
    }
}
