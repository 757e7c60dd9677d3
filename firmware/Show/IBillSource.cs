using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>Who knows what the whole router's memory costs.</summary>
    public interface IBillSource
    {
        void Bill(RamBill bill);
    }
}
