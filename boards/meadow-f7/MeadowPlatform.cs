using System;
using System.Security.Cryptography;
using System.Threading;
using LabEdge.Boards;
using LabEdge.Forwarding;
using LabEdge.Hal;
using LabEdge.Hal.W5500;
using Meadow;
using Meadow.Foundation.Leds;
using Meadow.Hardware;
using Meadow.Units;

namespace LabEdge.Head
{
    /// <summary>Meadow.OS (Mono on NuttX): pins by their names on the board, D00 to D15; buses at the pins that the chip has for them.</summary>
    internal sealed class MeadowPlatform : IPlatform
    {
        public readonly IMeadowDevice Device;

        private readonly string _onboardLight;
        private readonly TickClock _clock = new TickClock();
        private readonly MeadowFiles _files = new MeadowFiles();
        private readonly ISpiBus[] _buses = new ISpiBus[10];

        /// <param name="onboardLight">Pin of a light on the board itself; null = none.</param>
        public MeadowPlatform(IMeadowDevice device, string onboardLight)
        {
            Device = device;
            _onboardLight = onboardLight;
        }

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

        public IFiles Files
        {
            get { return _files; }
        }

        public string EntropySource
        {
            get { return "the operating system's generator"; }
        }

        public void Gather(EntropyPool pool)
        {
            byte[] octets = new byte[32];
            using (RandomNumberGenerator generator = RandomNumberGenerator.Create())
            {
                generator.GetBytes(octets);
            }
            pool.Add(octets, 0, octets.Length);
        }

        public ISpiDevice OpenSpi(SpiWiring bus, int chipSelect)
        {
            if (_buses[bus.Bus] == null)
            {
                // Speeds are 96 MHz divided by a power of two; the driver takes the next lower one.
                Frequency speed = new Frequency(bus.MegaHertz, Frequency.UnitType.Megahertz);
                _buses[bus.Bus] = Device.CreateSpiBus(PinOf(BusPin(bus.Bus, "SCK", "PC10", "PH6")), PinOf(BusPin(bus.Bus, "COPI", "PB5", "PF9")), PinOf(BusPin(bus.Bus, "CIPO", "PC11", "PF8")), speed);
            }
            return new SpiBus(_buses[bus.Bus], Device.CreateDigitalOutputPort(DigitalPin(chipSelect), true));
        }

        public IOutputPin OpenOutput(int pin)
        {
            return new OutputPin(Device.CreateDigitalOutputPort(DigitalPin(pin), true));
        }

        public IInputPin OpenInput(int pin)
        {
            return new InputPin(Device.CreateDigitalInputPort(DigitalPin(pin), ResistorMode.Disabled));
        }

        public IOutputPin OpenLight(int pin)
        {
            if (pin < 0 && _onboardLight == null) return null;
            return new Light(new Led(Device.CreateDigitalOutputPort(pin < 0 ? PinOf(_onboardLight) : DigitalPin(pin))));
        }

        public ITextPort OpenConsole(ConsoleWiring console)
        {
            if (console == null) return null;
            return new SerialText(Device.CreateSerialPort(Device.PlatformOS.GetSerialPortName(console.Port), console.Baud));
        }

        public IChipPort MakePort(string chip, ISpiDevice spi, IOutputPin reset, IInputPin interrupt, byte[] address)
        {
            return chip == "w5500" ? new W5500Port(spi, reset, interrupt, _clock, address) : null;
        }

        public IDatagrams OpenDatagrams(byte[] peer, int udpPort, bool answers)
        {
            return new UdpDatagrams(peer, udpPort, answers);
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
            Resolver.Log.Info(line);
        }

        public void Reboot()
        {
            Device.PlatformOS.Reset();
        }

        /// <exception cref="ArgumentException">The board has no such pin.</exception>
        public IPin PinOf(string name)
        {
            IPin pin = Device.GetPin(name);
            if (pin == null) throw new ArgumentException("the board has no pin " + name);
            return pin;
        }

        // Bus 1 is the one of a Feather's header; 3 and 5 are those of a Core-Compute module.
        private static string BusPin(int bus, string header, string third, string fifth)
        {
            return bus == 3 ? third : bus == 5 ? fifth : header;
        }

        private IPin DigitalPin(int number)
        {
            return PinOf("D" + number.ToString("D2"));
        }
    }
}
