namespace LabEdge.Hal.W5500
{
    /// <summary>Where a <see cref="W5500Port"/> stands; what Start answers.</summary>
    public enum W5500State
    {
        /// <summary>Not started, or stopped.</summary>
        Off = 0,

        /// <summary>Start is not done: call it again.</summary>
        Busy = 1,

        /// <summary>Frames can be sent and received.</summary>
        Ready = 2,

        /// <summary>The software reset does not end: no chip select, or MISO floats high.</summary>
        ResetStuck = 3,

        /// <summary>VERSIONR is not 04: no chip, another chip, or MISO floats low.</summary>
        WrongVersion = 4,

        /// <summary>RTR is not 07D0 after reset: the bus corrupts octets.</summary>
        WrongDefaults = 5,

        /// <summary>Socket 0 does not reach MACRAW.</summary>
        OpenFailed = 6,

        /// <summary>The chip ran and then lost its state or stopped answering. Start again.</summary>
        Lost = 7,
    }
}
