using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>In the place of a port that cannot be opened: its interface is there and can be configured, and its link is down.</summary>
    public sealed class DeadPort : IEthernetPort
    {
        public static readonly DeadPort Instance = new DeadPort();

        private const int StandardFrameLength = 1514;

        public LinkKind Kind
        {
            get { return LinkKind.Ethernet; }
        }

        public bool LinkUp
        {
            get { return false; }
        }

        public int MaxFrameLength
        {
            get { return StandardFrameLength; }
        }

        public bool Receive(Frame frame)
        {
            return false;
        }

        public int ReceiveBurst(Frame[] frames, int max)
        {
            return 0;
        }

        public bool Send(Frame frame)
        {
            return false;
        }

        public void Flush()
        {
        }

        public void GetAddress(byte[] address, int offset)
        {
            // Locally administered; no frame ever carries it.
            for (int i = 0; i < 6; i++)
            {
                address[offset + i] = (byte)(i == 0 ? 2 : 0);
            }
        }

        public bool SetPromiscuous(bool on)
        {
            return true;
        }
    }
}
