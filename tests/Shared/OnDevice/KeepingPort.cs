using LabEdge.Hal;

namespace LabEdge.Tests.OnDevice
{
    /// <summary>A port that keeps the last frame sent; what a test puts into it is received.</summary>
    public sealed class KeepingPort : IEthernetPort
    {
        private readonly byte[] _address;
        private byte[] _waiting;

        /// <summary>Room for the last frame sent, its length, and how many there were.</summary>
        public readonly byte[] Last = new byte[256];
        public int LastLength;
        public int Sent;

        public KeepingPort(string address)
        {
            _address = HexText.Octets(address);
        }

        public LinkKind Kind
        {
            get { return LinkKind.Ethernet; }
        }

        public bool LinkUp
        {
            get { return true; }
        }

        public int MaxFrameLength
        {
            get { return 1514; }
        }

        /// <summary>The frame that the next Receive gives.</summary>
        public void Put(byte[] octets)
        {
            _waiting = octets;
        }

        public bool Receive(Frame frame)
        {
            if (_waiting == null) return false;
            System.Array.Copy(_waiting, 0, frame.Octets, frame.Headroom, _waiting.Length);
            frame.Start = frame.Headroom;
            frame.Length = _waiting.Length;
            _waiting = null;
            return true;
        }

        public int ReceiveBurst(Frame[] frames, int max)
        {
            return max > 0 && Receive(frames[0]) ? 1 : 0;
        }

        public bool Send(Frame frame)
        {
            Sent++;
            LastLength = frame.Length;
            if (frame.Length <= Last.Length) System.Array.Copy(frame.Octets, frame.Start, Last, 0, frame.Length);
            return true;
        }

        public void Flush()
        {
        }

        public void GetAddress(byte[] address, int offset)
        {
            System.Array.Copy(_address, 0, address, offset, 6);
        }

        public bool SetPromiscuous(bool on)
        {
            return true;
        }
    }
}
