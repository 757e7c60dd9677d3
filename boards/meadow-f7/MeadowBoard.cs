using System;
using LabEdge.Boards;
using Meadow.Foundation.Displays;
using Meadow.Foundation.Graphics;
using Meadow.Foundation.Sensors.Buttons;
using Meadow.Hardware;

namespace LabEdge.Head
{
    /// <summary>The supervisor with a watchdog, a display (SSD1306 at the I2C bus) and a button that turns its pages; both may be absent.</summary>
    internal sealed class MeadowBoard
    {
        private const int WatchdogSeconds = 20;
        private const int LineHeight = 12;

        private readonly MeadowPlatform _platform;
        private readonly Supervisor _supervisor;
        private readonly FrontPanel _panel;
        private readonly MicroGraphics _graphics;

        public MeadowBoard(MeadowPlatform platform, string buttonPin)
        {
            _platform = platform;
            _supervisor = new Supervisor(platform);
            _panel = new FrontPanel(_supervisor, platform.Role);
            try
            {
                _graphics = new MicroGraphics(new Ssd1306(platform.Device.CreateI2cBus()));
                PushButton button = new PushButton(platform.PinOf(buttonPin), ResistorMode.InternalPullUp);
                button.Clicked += (sender, arguments) => _panel.Turn();
            }
            catch (Exception exception)
            {
                platform.Print("no display: " + Supervisor.Text(exception));
            }
        }

        public void Run()
        {
            _platform.Device.WatchdogEnable(TimeSpan.FromSeconds(WatchdogSeconds));
            for (; ; )
            {
                int wait = _supervisor.Step();
                _platform.Device.WatchdogReset();
                if (_graphics != null && _panel.Refresh(_platform.Clock.NowMs())) Draw();
                if (wait != 0) _platform.Sleep(wait);
            }
        }

        private void Draw()
        {
            _graphics.Clear();
            for (int i = 0; i < FrontPanel.Lines; i++)
            {
                _graphics.DrawText(0, i * LineHeight, _panel.Text[i]);
            }
            _graphics.Show();
        }
    }
}
