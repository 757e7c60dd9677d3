namespace LabEdge.Control
{
    /// <summary>The tables of OSPF, and what a person may ask of it.</summary>
    public interface IOspfShow : IProtocolShow
    {
        /// <summary>What the table shown next is asked about.</summary>
        /// <param name="process">Process number; 0 = all.</param>
        /// <param name="index">Interface index; -1 = all.</param>
        /// <param name="id">Router id of a neighbour, or link state id; 0 = all.</param>
        /// <param name="form">Of neighbours: 1 = detail. Of interfaces: 1 = brief. Of the database: the type of LSA, 0 = a line of each.</param>
        void Ask(int process, int index, uint id, int form);

        /// <summary>Starts a process anew with its next poll: <c>clear ip ospf process</c>.</summary>
        /// <param name="process">Process number; 0 = all.</param>
        void Restart(int process);
    }
}
