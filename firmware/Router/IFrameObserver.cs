using LabEdge.Hal;

namespace LabEdge
{
    /// <summary>Somebody who looks at received frames before they are forwarded (journey, explanation). Changes nothing.</summary>
    public interface IFrameObserver
    {
        void Received(Frame frame, int port);
    }
}
