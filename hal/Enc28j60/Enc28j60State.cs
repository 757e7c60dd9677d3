namespace LabEdge.Hal.Enc28j60
{
    /// <summary>Where an <see cref="Enc28j60Port"/> stands; what Start answers.</summary>
    public enum Enc28j60State
    {
        /// <summary>Not started, or stopped.</summary>
        Off = 0,

        /// <summary>Start is not done: call it again.</summary>
        Busy = 1,

        /// <summary>Frames can be sent and received.</summary>
        Ready = 2,

        /// <summary>EREVID is none of B1, B4, B5, B7: no chip, another chip, or MISO floats.</summary>
        WrongRevision = 3,

        /// <summary>ERXND is not 1FFF after reset, or a written pointer reads otherwise: the bus corrupts octets.</summary>
        WrongDefaults = 4,

        /// <summary>PHID1 is not 0083, or the MII stays busy: MAC and PHY do not answer (an SPI clock below 8 MHz on B1 and B4).</summary>
        NoPhy = 5,

        /// <summary>The chip ran and then lost its state or stopped answering. Start again.</summary>
        Lost = 6,
    }
}
