using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>A protocol's room as the router runs it. A board that does not need the protocol leaves its room out.</summary>
    public interface IProtocolModule
    {
        /// <summary>Does at most <paramref name="budget"/> units of work (a message, LSA, route or timer each).</summary>
        /// <param name="now">Milliseconds; wraps.</param>
        /// <returns>Milliseconds until it next needs to run if nothing arrives: 0 = more work waits, 0xFFFFFFFF = none known.</returns>
        uint Poll(uint now, int budget);

        void Bill(RamBill bill);
    }
}
