using LabEdge.Hal;
using LabEdge.Hal.W5500;

namespace LabEdge.Head
{
    /// <summary>RP2040 and RP2350: the firmware has fixed pins for buses and serial ports, and no file system.</summary>
    internal sealed class PicoPlatform : NanoPlatform
    {
        public override IChipPort MakePort(string chip, ISpiDevice spi, IOutputPin reset, IInputPin interrupt, byte[] address)
        {
            return chip == "w5500" ? new W5500Port(spi, reset, interrupt, Clock, address) : null;
        }
    }
}
