using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>
    /// What forwards frames. Two forms with the same tables, checks and counters: <see cref="PortableKernel"/> for boards and
    /// netstandard2.1, and one for .NET 10. The head chooses; they must agree octet for octet.
    /// </summary>
    public abstract class BurstKernel
    {
        /// <summary>
        /// Takes frames[at .. at + count) received on <paramref name="port"/> through all of section 4 of the design: classify,
        /// label operations, IP, pseudowires, egress. Each frame ends as forwarded, dropped with a counted reason, or in
        /// <see cref="Tables.Exceptions"/> for Host. The ingress ledger is complete but for the frames that Host is yet to end.
        /// </summary>
        /// <returns>How many were forwarded (handed to a port's Send, whether or not that port took them).</returns>
        public abstract int Burst(Tables tables, Frame[] frames, int at, int count, int port);
    }
}
