using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>In the place of a port while a <see cref="FrameTrial"/> runs: keeps what is sent, and takes it where the real one would.</summary>
    internal sealed class TrialPort : IFramePort
    {
        private readonly FrameTrial _trial;
        private readonly int _port;
        private readonly IFramePort _real;

        public TrialPort(FrameTrial trial, int port, IFramePort real)
        {
            _trial = trial;
            _port = port;
            _real = real;
        }

        public LinkKind Kind
        {
            get { return _real.Kind; }
        }

        public bool LinkUp
        {
            get { return _real.LinkUp; }
        }

        public int MaxFrameLength
        {
            get { return _real.MaxFrameLength; }
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
            return _trial.Keep(_port, frame, _real.LinkUp && frame.Length <= _real.MaxFrameLength);
        }

        public void Flush()
        {
        }
    }
}
