namespace LabEdge.Boards
{
    /// <summary>One SPI bus of a board.</summary>
    public sealed class SpiWiring
    {
        /// <summary>The platform's number of the bus.</summary>
        public int Bus;

        /// <summary>Pins; -1 where the platform has fixed ones.</summary>
        public int Clock = -1;
        public int Mosi = -1;
        public int Miso = -1;

        public int MegaHertz = 20;
    }

    /// <summary>One port of a board: a chip on a bus, or a peer that is reached through the board's own MAC.</summary>
    public sealed class PortWiring
    {
        public string Name;

        /// <summary>w5500, enc28j60, or mpls-udp.</summary>
        public string Chip;
        public SpiWiring Bus;

        /// <summary>Of mpls-udp: 4 octets of IPv4 address.</summary>
        public byte[] Peer;
        public int ChipSelect = -1;

        /// <summary>-1 = not wired: the chip is polled.</summary>
        public int Interrupt = -1;

        /// <summary>-1 = not wired: reset by a command.</summary>
        public int Reset = -1;

        /// <summary>Station address; null = one that <see cref="StationAddresses"/> makes.</summary>
        public byte[] Address;
    }

    public sealed class ConsoleWiring
    {
        /// <summary>The platform's name of the serial port.</summary>
        public string Port;

        /// <summary>-1 = fixed by the platform.</summary>
        public int Transmit = -1;
        public int Receive = -1;
        public int Baud = 115200;
    }

    /// <summary>How a board is wired: what <see cref="WiringReader"/> made of its lines.</summary>
    public sealed class Wiring
    {
        public const int MaxBuses = 4;
        public const int MaxPorts = 8;

        public readonly SpiWiring[] Buses = new SpiWiring[MaxBuses];
        public int BusCount;
        public readonly PortWiring[] Ports = new PortWiring[MaxPorts];
        public int PortCount;

        /// <summary>Null = none.</summary>
        public ConsoleWiring Console;

        /// <summary>Server of the time of day, 4 octets of IPv4 address; null = none.</summary>
        public byte[] TimeServer;

        /// <summary>Status LED; -1 = none.</summary>
        public int Led = -1;

        /// <summary>The LED shines when its pin is low.</summary>
        public bool LedInverted;
    }
}
