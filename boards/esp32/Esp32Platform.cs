using LabEdge.Boards;
using LabEdge.Hal;
using LabEdge.Hal.Enc28j60;
using LabEdge.Hal.W5500;
using nanoFramework.Hardware.Esp32;

namespace LabEdge.Head
{
    /// <summary>ESP32 and ESP32-S3: any pin can be any function, so that buses and serial ports are given theirs when they are opened.</summary>
    internal sealed class Esp32Platform : NanoPlatform
    {
        private readonly FlashFiles _files = new FlashFiles();

        public override IFiles Files
        {
            get { return _files; }
        }

        public override ISpiDevice OpenSpi(SpiWiring bus, int chipSelect)
        {
            if (bus.Clock >= 0)
            {
                Configuration.SetPinFunction(bus.Clock, bus.Bus == 1 ? DeviceFunction.SPI1_CLOCK : DeviceFunction.SPI2_CLOCK);
                Configuration.SetPinFunction(bus.Mosi, bus.Bus == 1 ? DeviceFunction.SPI1_MOSI : DeviceFunction.SPI2_MOSI);
                Configuration.SetPinFunction(bus.Miso, bus.Bus == 1 ? DeviceFunction.SPI1_MISO : DeviceFunction.SPI2_MISO);
            }
            return base.OpenSpi(bus, chipSelect);
        }

        public override ITextPort OpenConsole(ConsoleWiring console)
        {
            // COM1 is the wire protocol's: flashing and the debugger go over it.
            if (console != null && console.Transmit >= 0 && console.Receive >= 0)
            {
                bool second = console.Port == "COM2";
                Configuration.SetPinFunction(console.Transmit, second ? DeviceFunction.COM2_TX : DeviceFunction.COM3_TX);
                Configuration.SetPinFunction(console.Receive, second ? DeviceFunction.COM2_RX : DeviceFunction.COM3_RX);
            }
            return base.OpenConsole(console);
        }

        public override IDatagrams OpenDatagrams(byte[] peer, int udpPort, bool answers)
        {
            return OwnMac.Open(peer, udpPort, answers);
        }

        public override IChipPort MakePort(string chip, ISpiDevice spi, IOutputPin reset, IInputPin interrupt, byte[] address)
        {
            if (chip == "enc28j60") return new Enc28j60Port(spi, reset, interrupt, Clock, address, false, Enc28j60Registers.StandardFrameLength);
            return new W5500Port(spi, reset, interrupt, Clock, address);
        }
    }
}
