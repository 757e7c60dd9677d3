using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Tcp
{
    /// <summary>Segments as packets of the host stack: TTL 255, which GTSM at the other end wants (RFC 5082), and class selector 6 (network control).</summary>
    public sealed class HostOutput : ITcpOutput
    {
        private const int NetworkControl = 48;

        private readonly IpSender _sender;

        public HostOutput(HostStack host)
        {
            _sender = host.Sender;
        }

        public byte[] Octets
        {
            get { return _sender.Transmit.Octets; }
        }

        public int Start
        {
            get { return _sender.Transmit.Headroom + Ipv4Header.Length; }
        }

        public void Send(int vrf, uint source, uint destination, int length)
        {
            _sender.SendPayload(vrf, -1, Ipv4Header.Tcp, NetworkControl, IpSender.InitialTtl, source, destination, length);
        }

        public void Bill(RamBill bill)
        {
            bill.Object(1);
        }
    }
}
