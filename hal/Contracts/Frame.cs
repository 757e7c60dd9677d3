using System;

namespace LabEdge.Hal
{
    /// <summary>
    /// One frame buffer: octets with free headroom in front, so that headers can be pushed and popped by moving
    /// <see cref="Start"/>. Public fields, because a property getter is a call on the device (databook/nanoclr.md section 1).
    /// </summary>
    public sealed class Frame
    {
        /// <summary>The longest frame of a buffer is at least so long: a kernel may rely on these octets from <see cref="Headroom"/> on.</summary>
        public const int LeastMaximum = 64;

        /// <summary>Headroom, the frame, and tailroom. Never replaced.</summary>
        public readonly byte[] Octets;

        /// <summary>Where a port puts the first octet of a received frame.</summary>
        public readonly int Headroom;

        /// <summary>Offset of the first octet of the link header.</summary>
        public int Start;

        /// <summary>Octets from <see cref="Start"/> to the end of the frame, without FCS.</summary>
        public int Length;

        /// <summary>Index of the port that received the frame; -1 for one we make ourselves.</summary>
        public int Port;

        /// <summary>What the owner noted about the frame (a reason or class of its own numbering).</summary>
        public int Mark;

        /// <summary>Which table the owner noted for the frame (an index of its own numbering).</summary>
        public int Context;

        /// <summary>Offset in <see cref="Octets"/> of the header that the owner noted.</summary>
        public int Offset;

        /// <summary>A number that the owner noted.</summary>
        public int Value;

        /// <param name="headroom">Octets kept free in front of a received frame.</param>
        /// <param name="maxFrameLength">Longest frame that fits, in octets, link header included; from <see cref="LeastMaximum"/> on.</param>
        public Frame(int headroom, int maxFrameLength)
        {
            if (headroom < 0 || maxFrameLength < LeastMaximum)
            {
                throw new ArgumentException("frame buffer too short");
            }

            // 32 octets of tailroom: the .NET kernels copy and load in fixed widths that may pass the end of a short frame.
            Octets = new byte[headroom + maxFrameLength + 32];
            Headroom = headroom;
            Start = headroom;
        }
    }
}
