using System.Device.Gpio;
using System.Diagnostics;
using System.Threading;
using LabEdge.Boards;
using LabEdge.Forwarding;
using LabEdge.Hal;
using nanoFramework.Runtime.Native;

namespace LabEdge.Head
{
    /// <summary>What all boards under nanoFramework have alike; buses, serial ports and files are those of a platform with fixed pins and no file system.</summary>
    internal abstract class NanoPlatform : IPlatform
    {
        private readonly GpioController _pins = new GpioController();
        private readonly TickClock _clock = new TickClock();

        public string Board
        {
            get { return BuiltFor.Board; }
        }

        public string Role
        {
            get { return BuiltFor.Role; }
        }

        public string Mcu
        {
            get { return BuiltFor.Mcu; }
        }

        public string[] Wiring
        {
            get { return BuiltFor.Wiring(); }
        }

        public string CompiledConfiguration
        {
            get { return BuiltFor.Configuration; }
        }

        public IClock Clock
        {
            get { return _clock; }
        }

        public virtual IFiles Files
        {
            get { return null; }
        }

        public string EntropySource
        {
            get { return ClockJitter.Source; }
        }

        public void Gather(EntropyPool pool)
        {
            ClockJitter.Gather(pool);
        }

        public virtual ISpiDevice OpenSpi(SpiWiring bus, int chipSelect)
        {
            return new SpiBus(bus.Bus, chipSelect, bus.MegaHertz);
        }

        public IOutputPin OpenOutput(int pin)
        {
            return new OutputPin(_pins, pin);
        }

        public IOutputPin OpenLight(int pin)
        {
            return pin < 0 ? null : OpenOutput(pin);
        }

        public IInputPin OpenInput(int pin)
        {
            return new InputPin(_pins, pin);
        }

        public virtual ITextPort OpenConsole(ConsoleWiring console)
        {
            return console == null ? null : new SerialText(console.Port, console.Baud);
        }

        public abstract IChipPort MakePort(string chip, ISpiDevice spi, IOutputPin reset, IInputPin interrupt, byte[] address);

        public virtual IDatagrams OpenDatagrams(byte[] peer, int udpPort, bool answers)
        {
            return null;
        }

        public Capacity MakeCapacity()
        {
            return BuiltFor.MakeCapacity();
        }

        public void Join(Router router, byte[] entropy)
        {
            BuiltFor.Join(router, entropy);
        }

        public void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }

        public void Print(string line)
        {
            Debug.WriteLine(line);
        }

        public void Reboot()
        {
            Power.RebootDevice();
        }
    }
}
