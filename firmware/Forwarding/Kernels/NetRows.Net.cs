using System.Runtime.CompilerServices;

namespace LabEdge.Forwarding
{
    // The rows of the int tables as the kernel of .NET 10 sees them: one reference, fields at fixed distances. Their order is that of the
    // tables' constants.

    /// <summary>A row of <see cref="PathTable"/>.</summary>
    internal struct PathRow
    {
        public int Service;
        public int Transport;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ref PathRow At(ref int record, int path)
        {
            return ref Unsafe.Add(ref Unsafe.As<int, PathRow>(ref record), (nint)(uint)path);
        }
    }

    /// <summary>A row of <see cref="TransportTable"/>.</summary>
    internal struct TransportRow
    {
        public int Port;
        public int Length;
        public int Room;
        public int LabelCount;
        public int Frames;
        public int Octets;
        public int LastLabel;
        public int ReadyEnd;

        /// <param name="rule">The transport's index, with the flags of a path's rule.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ref TransportRow At(ref int record, int rule)
        {
            return ref Unsafe.Add(ref Unsafe.As<int, TransportRow>(ref record), (nint)(uint)(rule & PathTable.TransportMask));
        }
    }

    /// <summary>A row of <see cref="PseudowireTable"/>.</summary>
    internal struct PseudowireRow
    {
        public int Flags;
        public int Path;
        public int Port;
        public int MaxFrame;
        public int FramesIn;
        public int OctetsIn;
        public int FramesOut;
        public int OctetsOut;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ref PseudowireRow At(ref int record, int pseudowire)
        {
            return ref Unsafe.Add(ref Unsafe.As<int, PseudowireRow>(ref record), (nint)(uint)pseudowire);
        }
    }
}
