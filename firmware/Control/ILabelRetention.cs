namespace LabEdge.Control
{
    /// <summary>
    /// Labels that neighbours gave and that a protocol keeps though the way does not lead there now (liberal retention, RFC 5036 section 2.6.2).
    /// Asked when a next hop moves, so that the label is in use in the very step that moves it, and not after the protocol's next turn.
    /// </summary>
    public interface ILabelRetention
    {
        /// <returns>The label that the neighbour with this address gave for a prefix of the global table, or -1.</returns>
        int LabelOf(uint prefix, int bits, uint nextHop);
    }
}
