using System.Device.Gpio;
using LabEdge.Hal;

namespace LabEdge.Head
{
    internal sealed class OutputPin : IOutputPin
    {
        private readonly GpioPin _pin;

        public OutputPin(GpioController controller, int pin)
        {
            _pin = controller.OpenPin(pin, PinMode.Output);
        }

        public void Write(bool high)
        {
            _pin.Write(high ? PinValue.High : PinValue.Low);
        }
    }

    internal sealed class InputPin : IInputPin
    {
        private readonly GpioPin _pin;

        public InputPin(GpioController controller, int pin)
        {
            // No pull-up asked for: some pins (GPIO 34 to 39 of an ESP32) have none, and the chips drive their INT both ways.
            _pin = controller.OpenPin(pin, PinMode.Input);
        }

        public bool Read()
        {
            return _pin.Read() == PinValue.High;
        }
    }
}
