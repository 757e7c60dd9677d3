using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using LabEdge.Hal;

namespace LabEdge.Head
{
    /// <summary>Datagrams to one peer over the board's own Ethernet and its operating system; sent from a port of the range that RFC 7510 section 3 has for entropy, or, where answers are to come, from the port that they come to.</summary>
    internal sealed class UdpDatagrams : IDatagrams
    {
        private const int FirstSourcePort = 49152;
        private const int SourcePorts = 16384;

        private readonly Socket _in = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly Socket _out;
        private readonly EndPoint _destination;
        private readonly IPAddress _peer;
        private EndPoint _from = new IPEndPoint(IPAddress.Any, 0);

        public UdpDatagrams(byte[] peer, int udpPort, bool answers)
        {
            _peer = new IPAddress(peer);
            _in.Bind(new IPEndPoint(IPAddress.Any, udpPort));
            _destination = new IPEndPoint(_peer, udpPort);
            _out = _in;
            if (answers) return;
            _out = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            _out.Bind(new IPEndPoint(IPAddress.Any, FirstSourcePort + new Random().Next(SourcePorts)));
        }

        public bool Up
        {
            get { return NetworkInterface.GetIsNetworkAvailable(); }
        }

        public int Receive(byte[] octets, int offset, int count)
        {
            try
            {
                if (_in.Available == 0) return 0;
                int received = _in.ReceiveFrom(octets, offset, count, SocketFlags.None, ref _from);
                return ((IPEndPoint)_from).Address.Equals(_peer) ? received : 0;
            }
            catch (SocketException exception)
            {
                return exception.SocketErrorCode == SocketError.MessageSize ? -1 : 0;
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
                // No link, or no way to the peer: as a frame on a wire that is not plugged in.
                return false;
            }
        }
    }
}
