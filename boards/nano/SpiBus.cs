using System;
using System.Device.Spi;
using LabEdge.Hal;

namespace LabEdge.Head
{
    /// <summary>One chip select of a bus of the platform, mode 0. All devices of a bus run at the clock of the first one opened.</summary>
    internal sealed class SpiBus : ISpiDevice
    {
        private const int OneMegaHertz = 1000000;

        private readonly SpiDevice _device;

        public SpiBus(int bus, int chipSelect, int megaHertz)
        {
            SpiConnectionSettings settings = new SpiConnectionSettings(bus, chipSelect);
            settings.Mode = SpiMode.Mode0;
            settings.DataBitLength = 8;
            settings.ClockFrequency = megaHertz * OneMegaHertz;
            _device = SpiDevice.Create(settings);
        }

        public void Write(byte[] octets, int offset, int count)
        {
            _device.Write(new SpanByte(octets, offset, count));
        }

        public void Transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int count)
        {
            // Both of one length: the platform writes as many octets as the longer has.
            _device.TransferFullDuplex(new SpanByte(write, writeOffset, count), new SpanByte(read, readOffset, count));
        }
    }
}
