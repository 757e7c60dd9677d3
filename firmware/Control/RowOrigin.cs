namespace LabEdge.Control
{
    /// <summary>Where a row of a table came from, as its owner says it.</summary>
    public sealed class RowOrigin
    {
        /// <summary>Name of the owner, such as "ldp".</summary>
        public string Owner;

        /// <summary>Router that sent the message; 0 = none.</summary>
        public uint Sender;

        /// <summary>When the message came, in ms of the router's clock.</summary>
        public uint TimeMs;

        /// <summary>The message in the words of the trade: "label mapping 17 for 10.0.0.3/32".</summary>
        public string Text;

        /// <summary>What is missing, where the owner was asked why it has no row: "no LDP neighbour: hello from p last seen 17.0 s ago".</summary>
        public string Missing;
    }

    /// <summary>
    /// A protocol that writes rows says where each came from. What configuration lines make needs no owner: those are told from the tables
    /// themselves. Asked by explain only; an answer may allocate.
    /// </summary>
    public interface IRowOwner
    {
        /// <param name="route">A row of <see cref="RouteTable"/>.</param>
        /// <returns>False when it is not this owner's.</returns>
        bool OriginOfRoute(int route, RowOrigin origin);

        /// <param name="binding">A row of <see cref="LabelBindings"/>.</param>
        /// <returns>False when it is not this owner's.</returns>
        bool OriginOfBinding(int binding, RowOrigin origin);

        /// <summary>Why a neighbour has bound no label to a prefix (<see cref="RowOrigin.Missing"/>).</summary>
        /// <returns>False when this owner has no say.</returns>
        bool WhyNoLabel(uint prefix, int bits, uint nextHop, RowOrigin origin);
    }
}
