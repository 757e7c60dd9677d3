namespace LabEdge.Tests.OnDevice
{
    /// <summary>What the runtime says of its heap.</summary>
    public static class Heap
    {
#if NANOFRAMEWORK_1_0
        /// <summary>Octets that are free after a collection.</summary>
        public static long Free()
        {
            return nanoFramework.Runtime.Native.GC.Run(true);
        }
#else
        /// <summary>Octets that this thread has not allocated yet, counted down from a great number: a fall is an allocation.</summary>
        public static long Free()
        {
            return long.MaxValue - System.GC.GetAllocatedBytesForCurrentThread();
        }
#endif
    }
}
