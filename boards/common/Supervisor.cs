using System;
using LabEdge.Cli;
using LabEdge.Forwarding;
using LabEdge.Hal;
using LabEdge.Hal.Store;

namespace LabEdge.Boards
{
    /// <summary>
    /// Boots a board and keeps a router running on it. After an exception a new router starts on the same ports, later each time; what
    /// happened is kept in the store and told at the next boots. A router that crashes again and again soon after its start is
    /// started without its configuration, and then the board is restarted as a whole.
    /// </summary>
    public sealed class Supervisor
    {
        /// <summary>A file of this name, which flash.ps1 puts on the board, becomes the startup configuration at the next boot.</summary>
        public const string DeployedFile = "deployed.cfg";

        /// <summary>A file of this name stands for the wiring that was compiled in.</summary>
        public const string WiringFile = "wiring.txt";

        /// <summary>A crash sooner than this after the start (ms) is one in a row.</summary>
        public const uint SoonMs = 60000;

        /// <summary>So many crashes in a row: the next router starts without startup-config.</summary>
        public const int WithoutConfiguration = 3;

        /// <summary>So many: the board is restarted.</summary>
        public const int RestartBoard = 5;

        /// <summary>Pause after the first crash (ms); twice as long after each further one in a row.</summary>
        public const uint FirstPauseMs = 1000;

        private const int LongestSleepMs = 50;

        private readonly IPlatform _platform;
        private readonly IClock _clock;
        private readonly IStore _files;
        private readonly BoardStore _store;
        private readonly BootRecord _record;
        private readonly EntropyPool _pool = new EntropyPool();
        private readonly ConsoleText _console;
        private readonly StatusLed _led;
        private readonly BoardPort[] _ports;
        private readonly SntpClient _time;
        private readonly uint _bootedAt;
        private BoardLoop _loop;
        private uint _startedAt;
        private uint _boot;
        private uint _pauseUntil;
        private bool _pausing;
        private bool _told;
        private bool _timeTold;

        /// <summary>Crashes, each soon after a start.</summary>
        public int CrashesInARow;

        /// <summary>Opens console, store, pins and ports. Never throws for hardware that is missing.</summary>
        public Supervisor(IPlatform platform)
        {
            _platform = platform;
            _clock = platform.Clock;
            _bootedAt = _clock.NowMs();
            _files = platform.Files == null ? null : new FileStore(platform.Files);
            _store = new BoardStore(_files, platform.CompiledConfiguration);
            _record = new BootRecord(_files);

            // The console first, so that everything else can be told; with the compiled wiring when the file's has mistakes.
            WiringReader reader = new WiringReader(platform.Mcu);
            byte[] text = platform.Files == null ? null : platform.Files.Read(WiringFile);
            bool own = text != null;
            Wiring wiring = reader.Read(own ? WiringReader.Lines(Characters(text)) : platform.Wiring);
            WiringReader refused = null;
            if (own && reader.ProblemCount != 0)
            {
                refused = reader;
                own = false;
                reader = new WiringReader(platform.Mcu);
                wiring = reader.Read(platform.Wiring);
            }
            _console = new ConsoleText(Open(wiring.Console));
            Tell("");
            Tell("LabEdge on " + platform.Board + ", role " + platform.Role);
            if (refused != null) TellProblems(refused, WiringFile + " is left out, as it has mistakes:");
            if (reader.ProblemCount != 0) TellProblems(reader, "wiring of the image, lines left out:");
            if (own) Tell("wired as " + WiringFile + " says");

            _led = new StatusLed(OpenLight(wiring.Led), wiring.LedInverted);
            platform.Gather(_pool);
            _record.Stir(_pool);
            Tell("entropy: " + platform.EntropySource + (_files == null ? "" : ", and a seed that the last boot left"));
            _ports = new BoardPort[wiring.PortCount];
            byte[] first = StationAddresses.First(_files, _pool);
            for (int i = 0; i < _ports.Length; i++)
            {
                PortWiring port = wiring.Ports[i];
                _ports[i] = new BoardPort(platform, port, port.Address == null ? StationAddresses.Of(first, i) : port.Address);
            }
            _time = OpenTime(wiring.TimeServer);
            TakeDeployed();
        }

        /// <summary>The router that runs; null between a crash and the next start.</summary>
        public Router Router
        {
            get { return _loop == null ? null : _loop.Router; }
        }

        /// <summary>The number of the last start, 0 when it is not known; and when it was.</summary>
        public uint StartNumber
        {
            get { return _boot; }
        }

        public uint StartedAt
        {
            get { return _startedAt; }
        }

        public int PortCount
        {
            get { return _ports.Length; }
        }

        public BoardPort PortAt(int i)
        {
            return _ports[i];
        }

        /// <summary>Does not come back.</summary>
        public void Run()
        {
            for (; ; )
            {
                int wait = Step();
                if (wait != 0) _platform.Sleep(wait);
            }
        }

        /// <summary>Does a little of what is to be done.</summary>
        /// <returns>Milliseconds to sleep; 0 = more work waits.</returns>
        public int Step()
        {
            uint now = _clock.NowMs();
            if (_pausing)
            {
                _console.Pump(null, false, now);
                int left = (int)(_pauseUntil - now);
                if (left > 0) return left < LongestSleepMs ? left : LongestSleepMs;
                _pausing = false;
            }
            try
            {
                if (_loop == null) Start(now);
                PollTime(now);
                int wait = _loop.Step(now);
                if (_loop.IsReady && !_told) TellReady(now);
                if (_loop.Router.RestartRequested && _loop.Router.Cli.Output.Used == 0)
                {
                    _loop = null;
                    CrashesInARow = 0;
                }
                return wait;
            }
            catch (Exception exception)
            {
                Crash(exception, now);
                return 0;
            }
        }

        /// <summary>An exception in one line.</summary>
        public static string Text(Exception exception)
        {
            string message = exception.Message;
            return exception.GetType().FullName + (message == null || message.Length == 0 ? "" : ": " + message);
        }

        private void Start(uint now)
        {
            _startedAt = now;
            _told = false;
            _boot = _record.Count();
            if (_boot != 0) Tell("start " + _boot.ToString());
            string crash = _record.LastCrash();
            if (crash != null) Tell("last crash: " + crash);
            _store.HideStartup = CrashesInARow >= WithoutConfiguration;
            if (_store.HideStartup)
            {
                Tell("startup-config is left out after " + CrashesInARow.ToString() + " crashes in a row; 'copy startup-config running-config' takes it in, 'reload' tries it again");
            }

            byte[] entropy = new byte[Router.EntropyLength];
            _pool.Fill(entropy, 0, entropy.Length);
            Router router = new Router(_platform.MakeCapacity(), new PortableKernel(), entropy, _store);
            _platform.Join(router, entropy);
            for (int i = 0; i < _ports.Length; i++)
            {
                if (router.AttachPort(_ports[i].Name, _ports[i].Port) < 0)
                {
                    Tell(_ports[i].Name + " is left out: " + router.Capacity.Name + " has room for " + router.Capacity.Ports.ToString() + " ports");
                }
            }
            if (!router.Cli.LoadStartup()) Tell("no startup-config");

            // From now on it can be read: by hand, after a start without it.
            _store.HideStartup = false;
            _console.Reset();
            _loop = new BoardLoop(router, _ports, _console, _led);
        }

        private void TellReady(uint now)
        {
            _told = true;
            Tell("router ready after " + (now - _startedAt).ToString() + " ms; " + now.ToString() + " ms since power-on, of which " + (now - _bootedAt).ToString() + " since the start of the program");
        }

        private void Crash(Exception exception, uint now)
        {
            uint ran = now - _startedAt;
            _loop = null;
            _led.Steady();
            CrashesInARow = ran < SoonMs ? CrashesInARow + 1 : 1;
            string text = (_time != null && _time.IsKnown ? SntpClient.Text(_time.UnixSeconds(now)) + ", " : "") + "start " + _boot.ToString() + ", after " + (ran / 1000u).ToString() + " s: " + Text(exception);
            Tell("router crashed: " + text);
            _record.KeepCrash(text);
            if (CrashesInARow >= RestartBoard)
            {
                Tell("restarting the board");
                _console.Pump(null, false, now);
                CrashesInARow = 0;
                _platform.Reboot();
            }
            uint pause = FirstPauseMs;
            for (int i = 1; i < CrashesInARow; i++)
            {
                pause += pause;
            }
            _pauseUntil = now + pause;
            _pausing = true;
        }

        // Into the store first, then away: a power cut between only does it again.
        private void TakeDeployed()
        {
            byte[] text = _platform.Files == null ? null : _platform.Files.Read(DeployedFile);
            if (text == null) return;
            if (!_files.Write(StoredConfiguration.Blob, text, text.Length))
            {
                Tell(DeployedFile + " could not be stored; startup-config stays as it was");
                return;
            }
            Tell(DeployedFile + " is startup-config now, " + text.Length.ToString() + " octets");
            if (!_platform.Files.Delete(DeployedFile)) Tell(DeployedFile + " could not be deleted; it is taken again at the next boot");
        }

        private ITextPort Open(ConsoleWiring wiring)
        {
            try
            {
                return _platform.OpenConsole(wiring);
            }
            catch (Exception exception)
            {
                _platform.Print("no console: " + Text(exception));
                return null;
            }
        }

        private SntpClient OpenTime(byte[] server)
        {
            if (server == null) return null;
            try
            {
                IDatagrams datagrams = _platform.OpenDatagrams(server, SntpClient.UdpPort, true);
                if (datagrams != null) return new SntpClient(datagrams, _pool);
                Tell("no time of day: this board has no IP stack besides the router's");
            }
            catch (Exception exception)
            {
                Tell("no time of day: " + Text(exception));
            }
            return null;
        }

        private void PollTime(uint now)
        {
            if (_time == null) return;
            _time.Poll(now);
            if (_timeTold || !_time.IsKnown) return;
            _timeTold = true;
            Tell("time of day: " + SntpClient.Text(_time.UnixSeconds(now)));
        }

        private IOutputPin OpenLight(int pin)
        {
            try
            {
                return _platform.OpenLight(pin);
            }
            catch (Exception exception)
            {
                Tell("no status light: " + Text(exception));
                return null;
            }
        }

        private void TellProblems(WiringReader reader, string title)
        {
            Tell(title);
            for (int i = 0; i < reader.ProblemCount && i < WiringReader.MaxProblems; i++)
            {
                Tell("  " + reader.Problems[i]);
            }
        }

        private void Tell(string line)
        {
            _platform.Print(line);
            _console.Line(line);
            _console.Pump(null, false, 0);
        }

        private static string Characters(byte[] octets)
        {
            char[] text = new char[octets.Length];
            for (int i = 0; i < octets.Length; i++)
            {
                text[i] = (char)octets[i];
            }
            return new string(text);
        }
    }
}
