using LabEdge.Hal;

namespace LabEdge.Boards
{
    /// <summary>
    /// One light, three things to say: on = no router runs (boot, or a pause after a crash); a slow blink = all is well; a quick one = a
    /// chip does not answer.
    /// </summary>
    public sealed class StatusLed
    {
        /// <summary>Half a period in ms.</summary>
        public const uint SlowMs = 1000;
        public const uint QuickMs = 125;

        private readonly IOutputPin _pin;
        private readonly bool _inverted;
        private bool _on;
        private uint _changeAt;

        /// <param name="pin">Null = there is none.</param>
        /// <param name="inverted">It shines when the pin is low.</param>
        public StatusLed(IOutputPin pin, bool inverted)
        {
            _pin = pin;
            _inverted = inverted;
            Steady();
        }

        public void Steady()
        {
            Show(true);
            _changeAt = 0;
        }

        public void Blink(uint now, bool trouble)
        {
            if (_changeAt != 0 && (int)(now - _changeAt) < 0) return;
            Show(!_on);
            _changeAt = now + (trouble ? QuickMs : SlowMs);
        }

        private void Show(bool on)
        {
            _on = on;
            if (_pin != null) _pin.Write(on != _inverted);
        }
    }
}
