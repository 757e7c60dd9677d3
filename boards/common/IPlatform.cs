using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>What a head brings: pins, buses and files of its platform, and nothing that decides.</summary>
    public interface IPlatform
    {
        /// <summary>The board's name and its role, as boards.json has them.</summary>
        string Board { get; }
        string Role { get; }

        /// <summary>The microcontroller, for <see cref="PinRules"/>.</summary>
        string Mcu { get; }

        /// <summary>The lines of boards.json for this board (<see cref="WiringReader"/>).</summary>
        string[] Wiring { get; }

        /// <summary>The configuration that was compiled in; empty when there is none.</summary>
        string CompiledConfiguration { get; }

        IClock Clock { get; }

        /// <summary>The file system; null when the board has none.</summary>
        IFiles Files { get; }

        /// <summary>Fills in whatever randomness the platform has, good or weak: it is mixed with the rest (<see cref="EntropyPool"/>).</summary>
        void Gather(EntropyPool pool);

        /// <summary>Where the randomness comes from, for the boot message.</summary>
        string EntropySource { get; }

        /// <exception cref="System.Exception">Of any kind: the bus cannot be opened. The port stays down and says why.</exception>
        ISpiDevice OpenSpi(SpiWiring bus, int chipSelect);

        IOutputPin OpenOutput(int pin);

        IInputPin OpenInput(int pin);

        /// <summary>The status light.</summary>
        /// <param name="pin">-1 when the wiring names none: one that is on the board itself, if there is.</param>
        /// <returns>Null when there is none.</returns>
        IOutputPin OpenLight(int pin);

        /// <param name="console">Null when the wiring names none.</param>
        /// <returns>Null when there is no console.</returns>
        ITextPort OpenConsole(ConsoleWiring console);

        /// <param name="chip">As the wiring has it: w5500, enc28j60.</param>
        /// <returns>Null when this head has no driver of that chip.</returns>
        IChipPort MakePort(string chip, ISpiDevice spi, IOutputPin reset, IInputPin interrupt, byte[] address);

        /// <summary>Datagrams to a peer over the IP stack of the board's own MAC.</summary>
        /// <param name="peer">4 octets of IPv4 address.</param>
        /// <param name="udpPort">The peer's port, and ours that it sends to.</param>
        /// <param name="answers">True: ours are sent from that port too, so that answers to them come in; else from one of the range of RFC 7510.</param>
        /// <returns>Null when the board has no such stack.</returns>
        IDatagrams OpenDatagrams(byte[] peer, int udpPort, bool answers);

        Capacity MakeCapacity();

        /// <summary>Joins the protocols of the role; before the first frame.</summary>
        /// <param name="entropy">The octets that the router got.</param>
        void Join(Router router, byte[] entropy);

        /// <summary>Lets the time pass.</summary>
        void Sleep(int milliseconds);

        /// <summary>A line for the debugger's output, beside the console.</summary>
        void Print(string line);

        /// <summary>Restarts the whole board; may return where the platform cannot.</summary>
        void Reboot();
    }
}
