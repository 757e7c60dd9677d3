using System.Text;
using LabEdge.Boards;
using LabEdge.Emulator.Chips;
using LabEdge.Forwarding;
using LabEdge.Hal;
using LabEdge.Hal.Enc28j60;
using LabEdge.Hal.W5500;
using LabEdge.Roles;
using LabEdge.Tests.Store;

namespace LabEdge.Tests.Boards;

/// <summary>A board for tests: pins and chips are models, the files can lose their power, and the serial line is a text.</summary>
public sealed class TestPlatform : IPlatform, ITextPort
{
    private readonly Queue<byte> _typed = new();
    private readonly StringBuilder _printed = new();

    // A board opens a chip's pins after its bus.
    private W5500Chip _opened;

    /// <summary>The chips by their chip select, made when the board opens them.</summary>
    public readonly Dictionary<int, W5500Chip> Chips = [];

    /// <summary>Chip selects at which nothing is connected.</summary>
    public readonly HashSet<int> Absent = [];

    /// <summary>Pins that cannot be opened.</summary>
    public readonly HashSet<int> Broken = [];

    public readonly Dictionary<int, PinRecorder> Outputs = [];

    /// <summary>Joined to every router before its role's protocols.</summary>
    public Action<Router> Joining { get; set; }

    public long NowUs = 1_000_000;

    public int Reboots { get; private set; }

    public string Board { get; set; } = "a test board";

    public string Role { get; set; } = "ce";

    public string Mcu { get; set; } = PinRules.Esp32S3;

    public string[] Wiring { get; set; } =
    [
        "spi 1 sck 10 mosi 12 miso 11 mhz 20",
        "port Ethernet1 w5500 spi 1 cs 9 int 13 rst 14",
        "port Ethernet2 w5500 spi 1 cs 18 int 8 rst 21",
        "console COM2 tx 38 rx 39 baud 115200",
        "led 4",
    ];

    public string CompiledConfiguration { get; set; } = "";

    public Capacity Capacity { get; set; } = Capacity.Tiny();

    /// <summary>Null = a board without files.</summary>
    public PowerCutFiles Flash { get; set; } = new();

    public IClock Clock => new LabClock(this);

    public IFiles Files => Flash;

    public string EntropySource => "a seed of the test";

    public void Gather(EntropyPool pool) => pool.Add(1);

    public ISpiDevice OpenSpi(SpiWiring bus, int chipSelect)
    {
        _opened = null;
        if (Broken.Contains(chipSelect)) throw new InvalidOperationException("pin in use");
        if (Absent.Contains(chipSelect)) return new FloatingBus(0xFF);
        _opened = Chips[chipSelect] = new W5500Chip(() => NowUs);
        return new InterceptedBus(_opened);
    }

    public IOutputPin OpenOutput(int pin) => _opened == null ? Outputs[pin] = new PinRecorder() : new ChipPins(_opened);

    public IOutputPin OpenLight(int pin) => pin < 0 ? null : Outputs[pin] = new PinRecorder();

    public IInputPin OpenInput(int pin) => _opened == null ? new PinLevel() : new ChipPins(_opened);

    public ITextPort OpenConsole(ConsoleWiring console) => console == null ? null : this;

    public IChipPort MakePort(string chip, ISpiDevice spi, IOutputPin reset, IInputPin interrupt, byte[] address)
    {
        if (chip == "enc28j60") return new Enc28j60Port(spi, reset, interrupt, Clock, address, false, 1514);
        return new W5500Port(spi, reset, interrupt, _opened == null ? Clock : new ChipPins(_opened), address);
    }

    /// <summary>The board's own IP; null = it has none.</summary>
    public IDatagrams Overlay { get; set; }

    /// <summary>To a server of the time of day.</summary>
    public IDatagrams TimeServer { get; set; }

    public IDatagrams OpenDatagrams(byte[] peer, int udpPort, bool answers) => answers ? TimeServer : Overlay;

    public Capacity MakeCapacity() => Capacity;

    public void Join(Router router, byte[] entropy)
    {
        Joining?.Invoke(router);
        switch (Role)
        {
            case "p": PRooms.Join(router, entropy); break;
            case "pe": PeRooms.Join(router, entropy); break;
            default: CeRooms.Join(router, entropy); break;
        }
    }

    public void Sleep(int milliseconds) => NowUs += milliseconds * 1000L;

    public void Print(string line)
    {
    }

    public void Reboot() => Reboots++;

    // ---- the serial line

    public void Type(string line)
    {
        foreach (char c in line + "\r") _typed.Enqueue((byte)c);
    }

    /// <summary>Everything printed since the last call.</summary>
    public string Printed()
    {
        string text = _printed.ToString();
        _printed.Clear();
        return text;
    }

    int ITextPort.Read(byte[] octets, int offset, int count)
    {
        int taken = 0;
        while (taken < count && _typed.TryDequeue(out byte octet)) octets[offset + taken++] = octet;
        return taken;
    }

    int ITextPort.Write(byte[] octets, int offset, int count)
    {
        // A slow line: never all at once.
        int sent = Math.Min(count, 7);
        _printed.Append(Encoding.Latin1.GetString(octets, offset, sent));
        return sent;
    }

    // What a driver holds of its chip. Of the test, so that a walk over the board's memory ends here.
    private sealed class ChipPins(W5500Chip chip) : IOutputPin, IInputPin, IClock
    {
        public void Write(bool high) => chip.ResetPin.Write(high);

        public bool Read() => chip.InterruptPin.Read();

        public uint NowMs() => chip.Time.NowMs();
    }

    private sealed class PinLevel : IInputPin
    {
        public bool Read() => true;
    }

    private sealed class LabClock(TestPlatform board) : IClock
    {
        public uint NowMs() => (uint)(board.NowUs / 1000);
    }
}
