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

    /// <summary>
    /// A level that is kept from event to event: reading the pin makes objects (PinValue is a structure), at every poll of a port. An event
    /// may come late or be lost; whoever reads an interrupt here takes it as a hint and looks at the chip from time to time.
    /// </summary>
    internal sealed class InputPin : IInputPin
    {
        private readonly GpioPin _pin;
        private bool _high;

        public InputPin(GpioController controller, int pin)
        {
            // No pull-up asked for: some pins (GPIO 34 to 39 of an ESP32) have none, and the chips drive their INT both ways.
            _pin = controller.OpenPin(pin, PinMode.Input);
            _pin.ValueChanged += OnChange;
            _high = _pin.Read() == PinValue.High;
        }

        public bool Read()
        {
            return _high;
        }

        private void OnChange(object sender, PinValueChangedEventArgs change)
        {
            _high = change.ChangeType == PinEventTypes.Rising;
        }
    }
}
