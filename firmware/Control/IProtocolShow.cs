namespace LabEdge.Control
{
    /// <summary>The tables of a protocol's room, for a console that does not know the room.</summary>
    public interface IProtocolShow
    {
        /// <summary>Writes the next line or lines of a table: at most 400 octets.</summary>
        /// <param name="table">One of the room's tables.</param>
        /// <param name="step">0, 1, 2 and so on.</param>
        /// <returns>False when all is written.</returns>
        bool Show(int table, int step, uint now, IShowOutput output);
    }
}
