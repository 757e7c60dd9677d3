using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>One router's life on a board: ports, router, console and light, a little of each per step.</summary>
    public sealed class BoardLoop
    {
        /// <summary>Units of work per step.</summary>
        public const int Budget = 32;

        /// <summary>Longest sleep (ms): a chip whose interrupt is not wired has no other way to say that a frame came.</summary>
        public const int RestMs = 1;

        public readonly Router Router;

        private readonly BoardPort[] _ports;
        private readonly ConsoleText _console;
        private readonly StatusLed _led;
        private bool _ready;

        public BoardLoop(Router router, BoardPort[] ports, ConsoleText console, StatusLed led)
        {
            Router = router;
            _ports = ports;
            _console = console;
            _led = led;
        }

        /// <summary>The startup configuration has been loaded, with or without mistakes, and it is known of every chip whether it runs.</summary>
        public bool IsReady
        {
            get { return _ready; }
        }

        /// <returns>Milliseconds to sleep; 0 = more work waits.</returns>
        public int Step(uint now)
        {
            bool trouble = false;
            bool settled = true;
            for (int i = 0; i < _ports.Length; i++)
            {
                string line = _ports[i].Poll(now);
                if (line != null) _console.Line(line);
                trouble |= !_ports[i].IsReady;
                settled &= _ports[i].IsSettled;
            }
            uint next = Router.Poll(now, Budget);
            _console.Pump(Router.Cli, _ready, now);
            _ready |= settled && Router.Cli.Loader.Done;
            _led.Blink(now, trouble);
            return next == 0 ? 0 : RestMs;
        }
    }
}
