namespace LabEdge.Tests;

/// <summary>
/// Octets that this thread has allocated since the meter was made. A collection, which any other test may cause, takes away what is left of this
/// thread's allocation buffer (8 KiB at most) and counts it as used: so much for each collection is nobody's, and one object per frame is far more.
/// </summary>
public sealed class AllocationMeter
{
    private const long Buffer = 8192;

    private readonly int _collections = GC.CollectionCount(0);
    private readonly long _before = GC.GetAllocatedBytesForCurrentThread();

    public long Octets
    {
        get
        {
            long octets = GC.GetAllocatedBytesForCurrentThread() - _before;
            return octets <= Buffer * (GC.CollectionCount(0) - _collections) ? 0 : octets;
        }
    }
}
