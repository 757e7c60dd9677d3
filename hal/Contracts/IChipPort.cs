namespace LabEdge.Hal
{
    /// <summary>A port over a chip that has to be started, may be lost, and may then be started again.</summary>
    public interface IChipPort : IEthernetPort
    {
        /// <summary>Frames can be sent and received.</summary>
        bool IsReady { get; }

        /// <summary>A start is under way: call <see cref="StartChip"/> again.</summary>
        bool IsStarting { get; }

        /// <summary>Begins or goes on with a start. Every call is bounded as the driver's own Start is; never throws for a chip that is missing or broken.</summary>
        void StartChip();

        /// <summary>Where the chip stands, in words for a person: what was found, and what may be wrong.</summary>
        string Condition { get; }
    }
}
