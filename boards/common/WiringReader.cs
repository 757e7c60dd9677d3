using System;

namespace LabEdge.Boards
{
    /// <summary>
    /// Reads how a board is wired, a line of words each; # begins a remark:
    /// <code>
    /// emac 0 16                                          the board's own MAC is in use, with these pins besides RMII
    /// spi 1 sck 10 mosi 12 miso 11 mhz 20                a bus; without pins where the platform has fixed ones
    /// port Ethernet1 w5500 spi 1 cs 9 int 13 rst 14      a port; int, rst and mac are optional
    /// port Ethernet3 mpls-udp 192.0.2.7                  MPLS in UDP to a peer, over the board's own MAC; mac is optional
    /// console COM2 tx 17 rx 18 baud 115200
    /// led 25 [inverted]
    /// sntp 192.0.2.9                                     a server of the time of day, over the board's own MAC
    /// </code>
    /// A line with a mistake is left out and told; the rest stands.
    /// </summary>
    public sealed class WiringReader
    {
        /// <summary>Mistakes that are told; more are only counted.</summary>
        public const int MaxProblems = 8;

        private const int MaxPins = 64;

        private readonly string _mcu;
        private readonly bool[] _used = new bool[MaxPins];
        private readonly int[] _taken = new int[8];
        private int _takenCount;
        private string[] _words;
        private int _line;
        private bool _ownMac;
        private bool _wrong;

        /// <summary>"line 3: cs: expected a pin, found x".</summary>
        public readonly string[] Problems = new string[MaxProblems];
        public int ProblemCount;

        public WiringReader(string mcu)
        {
            _mcu = mcu;
        }

        public Wiring Read(string[] lines)
        {
            Wiring wiring = new Wiring();
            for (_line = 1; _line <= lines.Length; _line++)
            {
                _words = Words(lines[_line - 1]);
                _wrong = false;
                _takenCount = 0;
                if (_words.Length != 0)
                {
                    Take(wiring);
                }
            }
            return wiring;
        }

        /// <summary>The lines of a text, with either kind of line end.</summary>
        public static string[] Lines(string text)
        {
            return text.Split('\n');
        }

        private void Take(Wiring wiring)
        {
            switch (_words[0])
            {
                case "emac": ReadEmac(); break;
                case "spi": ReadSpi(wiring); break;
                case "port": ReadPort(wiring); break;
                case "console": ReadConsole(wiring); break;
                case "led": ReadLed(wiring); break;
                case "sntp": ReadTimeServer(wiring); break;
                default: Wrong("expected emac, spi, port, console, led or sntp, found " + _words[0]); break;
            }
            for (int i = 0; i < _takenCount && !_wrong; i++)
            {
                _used[_taken[i]] = true;
            }
        }

        private void ReadEmac()
        {
            _ownMac = true;
            for (int i = 1; i < _words.Length; i++)
            {
                Hold(Number(i, "a pin", MaxPins - 1));
            }
        }

        private void ReadSpi(Wiring wiring)
        {
            SpiWiring bus = new SpiWiring();
            bus.Bus = Number(1, "the number of the bus", 9);
            for (int i = 2; i < _words.Length && !_wrong; i += 2)
            {
                switch (_words[i])
                {
                    case "sck": bus.Clock = Pin(i + 1, true); break;
                    case "mosi": bus.Mosi = Pin(i + 1, true); break;
                    case "miso": bus.Miso = Pin(i + 1, false); break;
                    case "mhz": bus.MegaHertz = Number(i + 1, "1 to 80 MHz", 80); break;
                    default: Wrong("spi: expected sck, mosi, miso or mhz, found " + _words[i]); break;
                }
            }
            int pins = (bus.Clock >= 0 ? 1 : 0) + (bus.Mosi >= 0 ? 1 : 0) + (bus.Miso >= 0 ? 1 : 0);
            if (!_wrong && pins != 0 && pins != 3) Wrong("spi: expected all of sck, mosi and miso, or none");
            if (!_wrong && bus.MegaHertz == 0) Wrong("spi: expected 1 to 80 MHz, found 0");
            if (!_wrong && BusOf(wiring, bus.Bus) != null) Wrong("spi " + bus.Bus.ToString() + " stands twice");
            if (!_wrong && wiring.BusCount == Wiring.MaxBuses) Wrong("more buses than there is room for");
            if (!_wrong) wiring.Buses[wiring.BusCount++] = bus;
        }

        private void ReadPort(Wiring wiring)
        {
            PortWiring port = new PortWiring();
            port.Name = Word(1, "a name such as Ethernet1");
            port.Chip = Word(2, "w5500, enc28j60 or mpls-udp");
            bool overlay = port.Chip == "mpls-udp";
            if (!_wrong && !overlay && port.Chip != "w5500" && port.Chip != "enc28j60") Wrong("port " + port.Name + ": expected w5500, enc28j60 or mpls-udp, found " + port.Chip);
            if (overlay) port.Peer = Ipv4(3);
            for (int i = overlay ? 4 : 3; i < _words.Length && !_wrong; i += 2)
            {
                switch (overlay && _words[i] != "mac" ? "" : _words[i])
                {
                    case "spi": port.Bus = Bus(wiring, i + 1); break;
                    case "cs": port.ChipSelect = Pin(i + 1, true); break;
                    case "int": port.Interrupt = Pin(i + 1, false); break;
                    case "rst": port.Reset = Pin(i + 1, true); break;
                    case "mac": port.Address = Address(i + 1); break;
                    default: Wrong("port " + port.Name + ": expected " + (overlay ? "mac" : "spi, cs, int, rst or mac") + ", found " + _words[i]); break;
                }
            }
            if (!_wrong && !overlay && port.Bus == null) Wrong("port " + port.Name + ": expected spi with the number of a bus");
            if (!_wrong && !overlay && port.ChipSelect < 0) Wrong("port " + port.Name + ": expected cs with a pin");
            for (int i = 0; i < wiring.PortCount && !_wrong; i++)
            {
                if (wiring.Ports[i].Name == port.Name) Wrong("port " + port.Name + " stands twice");
            }
            if (!_wrong && wiring.PortCount == Wiring.MaxPorts) Wrong("more ports than there is room for");
            if (!_wrong) wiring.Ports[wiring.PortCount++] = port;
        }

        private void ReadConsole(Wiring wiring)
        {
            ConsoleWiring console = new ConsoleWiring();
            console.Port = Word(1, "a serial port such as COM2");
            for (int i = 2; i < _words.Length && !_wrong; i += 2)
            {
                switch (_words[i])
                {
                    case "tx": console.Transmit = Pin(i + 1, true); break;
                    case "rx": console.Receive = Pin(i + 1, false); break;
                    case "baud": console.Baud = Number(i + 1, "a rate in bit/s", 4000000); break;
                    default: Wrong("console: expected tx, rx or baud, found " + _words[i]); break;
                }
            }
            if (!_wrong) wiring.Console = console;
        }

        private void ReadLed(Wiring wiring)
        {
            int pin = Pin(1, true);
            bool inverted = _words.Length > 2 && _words[2] == "inverted";
            if (!_wrong && _words.Length > (inverted ? 3 : 2)) Wrong("led: expected a pin, and inverted or nothing");
            if (_wrong) return;
            wiring.Led = pin;
            wiring.LedInverted = inverted;
        }

        private void ReadTimeServer(Wiring wiring)
        {
            byte[] server = Ipv4(1);
            if (!_wrong && _words.Length > 2) Wrong("sntp: expected one address, found " + _words[2]);
            if (!_wrong) wiring.TimeServer = server;
        }

        // ---- words

        private SpiWiring Bus(Wiring wiring, int at)
        {
            int number = Number(at, "the number of a bus", 9);
            SpiWiring bus = BusOf(wiring, number);
            if (!_wrong && bus == null) Wrong("no line before has spi " + number.ToString());
            return bus;
        }

        private static SpiWiring BusOf(Wiring wiring, int number)
        {
            for (int i = 0; i < wiring.BusCount; i++)
            {
                if (wiring.Buses[i].Bus == number) return wiring.Buses[i];
            }
            return null;
        }

        private int Pin(int at, bool output)
        {
            int pin = Number(at, "a pin", MaxPins - 1);
            if (_wrong) return -1;
            string refused = PinRules.Refuse(_mcu, _ownMac, pin, output);
            if (refused != null)
            {
                Wrong(_words[at - 1] + ": pin " + pin.ToString() + " cannot be used: " + refused);
                return -1;
            }
            Hold(pin);
            return pin;
        }

        private void Hold(int pin)
        {
            if (_wrong) return;
            bool twice = _used[pin];
            for (int i = 0; i < _takenCount; i++)
            {
                twice |= _taken[i] == pin;
            }
            if (twice)
            {
                Wrong("pin " + pin.ToString() + " is used twice");
                return;
            }
            if (_takenCount == _taken.Length)
            {
                Wrong("more pins than a line may have");
                return;
            }
            _taken[_takenCount++] = pin;
        }

        private string Word(int at, string expected)
        {
            if (at < _words.Length) return _words[at];
            Wrong(_words[at - 1] + ": expected " + expected);
            return "";
        }

        private int Number(int at, string expected, int most)
        {
            if (_wrong) return 0;
            string word = at < _words.Length ? _words[at] : "";
            int value = word.Length == 0 ? -1 : 0;
            for (int i = 0; i < word.Length && value >= 0; i++)
            {
                value = word[i] < '0' || word[i] > '9' ? -1 : value * 10 + (word[i] - '0');
                if (value > most) value = -1;
            }
            if (value >= 0) return value;
            Wrong(_words[at - 1] + ": expected " + expected + (word.Length == 0 ? "" : ", found " + word));
            return 0;
        }

        // 0245.4c01.0203, as IOS writes a station address.
        private byte[] Address(int at)
        {
            string word = Word(at, "a station address");
            if (_wrong) return null;
            byte[] address = new byte[6];
            bool right = word.Length == 14 && word[4] == '.' && word[9] == '.';
            int digits = 0;
            for (int i = 0; i < word.Length && right; i++)
            {
                if (i == 4 || i == 9) continue;
                int digit = Digit(word[i]);
                right = digit >= 0;
                address[digits / 2] = (byte)((address[digits / 2] << 4) | digit);
                digits++;
            }
            if (right && (address[0] & 1) == 0) return address;
            Wrong("mac: expected the address of one station, such as 0245.4c01.0203, found " + word);
            return null;
        }

        private byte[] Ipv4(int at)
        {
            string word = Word(at, "the peer's IPv4 address");
            if (_wrong) return null;
            string[] parts = word.Split('.');
            byte[] address = new byte[4];
            bool right = parts.Length == 4;
            for (int i = 0; i < 4 && right; i++)
            {
                int value = parts[i].Length == 0 || parts[i].Length > 3 ? -1 : 0;
                for (int k = 0; k < parts[i].Length && value >= 0; k++)
                {
                    value = parts[i][k] < '0' || parts[i][k] > '9' ? -1 : value * 10 + (parts[i][k] - '0');
                }
                right = value >= 0 && value <= 255;
                address[i] = (byte)value;
            }
            if (right) return address;
            Wrong(_words[at - 1] + ": expected the peer's IPv4 address, found " + word);
            return null;
        }

        private static int Digit(char character)
        {
            if (character >= '0' && character <= '9') return character - '0';
            if (character >= 'a' && character <= 'f') return character - 'a' + 10;
            return character >= 'A' && character <= 'F' ? character - 'A' + 10 : -1;
        }

        private static string[] Words(string line)
        {
            int remark = line.IndexOf('#');
            if (remark >= 0) line = line.Substring(0, remark);
            string[] parts = line.Split(' ', '\t', '\r');
            int count = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                if (parts[i].Length != 0) parts[count++] = parts[i];
            }
            string[] words = new string[count];
            Array.Copy(parts, 0, words, 0, count);
            return words;
        }

        private void Wrong(string text)
        {
            _wrong = true;
            if (ProblemCount < MaxProblems) Problems[ProblemCount] = "line " + _line.ToString() + ": " + text;
            ProblemCount++;
        }
    }
}
