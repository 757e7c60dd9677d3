using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using LabEdge.Hal;

namespace LabEdge.Head
{
    /// <summary>
    /// Datagrams to one peer over lwIP. Two sockets: one at the port that the peer sends to, one that sends from a port of the range
    /// which RFC 7510 section 3 has for entropy (one for all flows, chosen once); or the first for both, where answers are to come. ReceiveFrom allocates an address per datagram.
    /// </summary>
    internal sealed class UdpDatagrams : IDatagrams
    {
        private const int FirstSourcePort = 49152;
        private const int SourcePorts = 16384;

        // Asking for the address of an interface makes objects: not at every poll.
        private const uint AskMs = 1000;

        private readonly Socket _in;
        private readonly Socket _out;
        private readonly IPAddress _peer;
        private readonly EndPoint _destination;
        private readonly TickClock _clock = new TickClock();
        private bool _up;
        private bool _asked;
        private uint _askAt;
        private EndPoint _from = new IPEndPoint(IPAddress.Any, 0);

        public UdpDatagrams(byte[] peer, int udpPort, bool answers)
        {
            _peer = new IPAddress(peer);
            _destination = new IPEndPoint(_peer, udpPort);
            _in = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            _in.Bind(new IPEndPoint(IPAddress.Any, udpPort));
            _out = _in;
            if (answers) return;
            _out = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            _out.Bind(new IPEndPoint(IPAddress.Any, FirstSourcePort + new System.Random().Next(SourcePorts)));
        }

        public bool Up
        {
            get
            {
                uint now = _clock.NowMs();
                if (_asked && (int)(now - _askAt) < 0) return _up;
                _asked = true;
                _askAt = now + AskMs;
                _up = HasAddress();
                return _up;
            }
        }

        public int Receive(byte[] octets, int offset, int count)
        {
            try
            {
                if (!_in.Poll(0, SelectMode.SelectRead)) return 0;
                if (_in.Available > count)
                {
                    // Taken away, cut short.
                    _in.ReceiveFrom(octets, offset, count, SocketFlags.None, ref _from);
                    return -1;
                }
                int received = _in.ReceiveFrom(octets, offset, count, SocketFlags.None, ref _from);
                return ((IPEndPoint)_from).Address.Equals(_peer) ? received : 0;
            }
            catch (SocketException)
            {
                // No link, or no address yet: nothing came.
                return 0;
            }
        }

        public bool Send(byte[] octets, int offset, int count)
        {
            try
            {
                return _out.SendTo(octets, offset, count, SocketFlags.None, _destination) == count;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        private static bool HasAddress()
        {
            NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < interfaces.Length; i++)
            {
                string address = interfaces[i].IPv4Address;
                if (interfaces[i].NetworkInterfaceType == NetworkInterfaceType.Ethernet && address != null && address.Length != 0 && address != "0.0.0.0") return true;
            }
            return false;
        }
    }
}
