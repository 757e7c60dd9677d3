using System;
using LabEdge.Hal;
using Meadow.Foundation.Leds;
using Meadow.Hardware;

namespace LabEdge.Head
{
    /// <summary>One chip select of a bus. The platform's buses are in mode 0 from the start.</summary>
    internal sealed class SpiBus : ISpiDevice
    {
        private readonly ISpiBus _bus;
        private readonly IDigitalOutputPort _select;

        public SpiBus(ISpiBus bus, IDigitalOutputPort select)
        {
            _bus = bus;
            _select = select;
        }

        public void Write(byte[] octets, int offset, int count)
        {
            _bus.Write(_select, octets.AsSpan(offset, count));
        }

        public void Transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int count)
        {
            _bus.Exchange(_select, write.AsSpan(writeOffset, count), read.AsSpan(readOffset, count));
        }
    }

    internal sealed class OutputPin : IOutputPin
    {
        private readonly IDigitalOutputPort _port;

        public OutputPin(IDigitalOutputPort port)
        {
            _port = port;
        }

        public void Write(bool high)
        {
            _port.State = high;
        }
    }

    internal sealed class InputPin : IInputPin
    {
        private readonly IDigitalInputPort _port;

        public InputPin(IDigitalInputPort port)
        {
            _port = port;
        }

        public bool Read()
        {
            return _port.State;
        }
    }

    internal sealed class Light : IOutputPin
    {
        private readonly Led _led;

        public Light(Led led)
        {
            _led = led;
        }

        public void Write(bool high)
        {
            _led.IsOn = high;
        }
    }

    internal sealed class SerialText : ITextPort
    {
        private readonly ISerialPort _port;

        public SerialText(ISerialPort port)
        {
            _port = port;
            _port.Open();
        }

        public int Read(byte[] octets, int offset, int count)
        {
            int waiting = _port.BytesToRead;
            return waiting <= 0 ? 0 : _port.Read(octets, offset, Math.Min(waiting, count));
        }

        public int Write(byte[] octets, int offset, int count)
        {
            return _port.Write(octets, offset, count);
        }
    }

    internal sealed class TickClock : IClock
    {
        public uint NowMs()
        {
            return (uint)Environment.TickCount;
        }
    }
}
