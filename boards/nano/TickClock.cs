using System;
using LabEdge.Hal;

namespace LabEdge.Head
{
    /// <summary>Milliseconds since the runtime started.</summary>
    internal sealed class TickClock : IClock
    {
        public uint NowMs()
        {
            return (uint)Environment.TickCount64;
        }
    }
}
