using System;
using Meadow.Hardware;

// What the head names of Meadow.Foundation 2.5 (databook/hardware.md section 7).
namespace Meadow.Foundation.Leds
{
    public class Led
    {
        public Led(IDigitalOutputPort port) => throw null;
        public bool IsOn { get => throw null; set => throw null; }
    }
}

namespace Meadow.Foundation.Sensors.Buttons
{
    public class PushButton
    {
        public PushButton(IPin inputPin, ResistorMode resistorMode = ResistorMode.InternalPullUp) => throw null;
        public event EventHandler Clicked { add => throw null; remove => throw null; }
    }
}

namespace Meadow.Foundation.Graphics
{
    public interface IPixelDisplay
    {
    }

    public class MicroGraphics
    {
        public MicroGraphics(IPixelDisplay display) => throw null;
        public void Clear(bool updateDisplay = false) => throw null;
        public void DrawText(int x, int y, string text) => throw null;
        public void Show() => throw null;
    }
}

namespace Meadow.Foundation.Displays
{
    public class Ssd1306 : Graphics.IPixelDisplay
    {
        public Ssd1306(II2cBus i2cBus, byte address = 0x3C) => throw null;
    }
}
