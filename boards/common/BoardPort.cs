using System;
using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>
    /// One port of the board: opened once, started, and started again for as long as its chip does not answer. Whatever goes wrong keeps
    /// this port down and no other, with the reason in <see cref="Condition"/>.
    /// </summary>
    public sealed class BoardPort
    {
        /// <summary>A chip that does not answer is asked again after this long (ms).</summary>
        public const uint RetryMs = 5000;

        public readonly string Name;

        private readonly IChipPort _chip;
        private readonly string _trouble;
        private string _told;
        private bool _wasReady;
        private bool _tried;
        private uint _retryAt;

        public BoardPort(IPlatform platform, PortWiring wiring, byte[] address)
        {
            Name = wiring.Name;
            try
            {
                if (wiring.Peer != null)
                {
                    IDatagrams datagrams = platform.OpenDatagrams(wiring.Peer, MplsInUdpPort.UdpPort, false);
                    if (datagrams == null) _trouble = "this image has no IP over a MAC of its own";
                    else _chip = new MplsInUdpPort(datagrams, address);
                    return;
                }
                ISpiDevice spi = platform.OpenSpi(wiring.Bus, wiring.ChipSelect);
                IOutputPin reset = wiring.Reset < 0 ? null : platform.OpenOutput(wiring.Reset);
                IInputPin interrupt = wiring.Interrupt < 0 ? null : platform.OpenInput(wiring.Interrupt);
                _chip = platform.MakePort(wiring.Chip, spi, reset, interrupt, address);
                if (_chip == null) _trouble = "this image has no driver of " + wiring.Chip;
            }
            catch (Exception exception)
            {
                _trouble = "its pins cannot be opened: " + Supervisor.Text(exception);
            }
        }

        /// <summary>What the router gets: the chip, or a port that is never up.</summary>
        public IEthernetPort Port
        {
            get { return _chip == null ? (IEthernetPort)DeadPort.Instance : _chip; }
        }

        public bool IsReady
        {
            get { return _chip != null && _chip.IsReady; }
        }

        /// <summary>Why it is down, or that it runs.</summary>
        public string Condition
        {
            get { return _chip == null ? _trouble : _chip.Condition; }
        }

        /// <summary>It runs, or it is known why not.</summary>
        public bool IsSettled
        {
            get { return _chip == null || _chip.IsReady || (_tried && !_chip.IsStarting); }
        }

        /// <summary>Goes on with the start, or does nothing.</summary>
        /// <returns>A line to tell: the condition has changed. Null otherwise.</returns>
        public string Poll(uint now)
        {
            if (_chip == null) return _told == null ? Told() : null;
            if (_wasReady)
            {
                if (_chip.IsReady) return null;

                // Told before the next start makes it another condition.
                _wasReady = false;
                _retryAt = now;
                return Told();
            }
            if (!_chip.IsReady)
            {
                if (_tried && !_chip.IsStarting && (int)(now - _retryAt) < 0) return null;
                _tried = true;
                _retryAt = now + RetryMs;
                _chip.StartChip();
                if (_chip.IsStarting) return null;
            }
            _wasReady = _chip.IsReady;
            return Told();
        }

        private string Told()
        {
            string condition = Condition;
            if (condition == _told) return null;
            _told = condition;
            return Name + (IsReady ? ": " : " is down: ") + condition;
        }
    }
}
