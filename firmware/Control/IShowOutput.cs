namespace LabEdge.Control
{
    /// <summary>What a protocol's room writes its tables to.</summary>
    public interface IShowOutput
    {
        void Put(string text);

        void Put(int number);

        /// <summary>An address in dots.</summary>
        void PutAddress(uint address);

        /// <summary>Blanks up to a column, at least one.</summary>
        void PutTo(int column);

        void EndLine();
    }
}
