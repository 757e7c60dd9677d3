using System;

namespace Meadow.Hardware
{
    public interface IPin
    {
        string Name { get; }
    }

    public enum OutputType
    {
        PushPull = 0,
        OpenDrain = 1,
    }

    public enum ResistorMode
    {
        Disabled = 0,
        InternalPullDown = 1,
        InternalPullUp = 2,
    }

    public enum ChipSelectMode
    {
        ActiveLow = 0,
        ActiveHigh = 1,
    }

    public enum Parity
    {
        None = 0,
    }

    public enum StopBits
    {
        One = 1,
    }

    public enum I2cBusSpeed
    {
        Standard = 100000,
        Fast = 400000,
    }

    public interface IDigitalOutputPort
    {
        bool State { get; set; }
    }

    public interface IDigitalInputPort
    {
        bool State { get; }
    }

    public interface ISpiBus
    {
        void Write(IDigitalOutputPort chipSelect, Span<byte> writeBuffer, ChipSelectMode csMode = ChipSelectMode.ActiveLow);
        void Exchange(IDigitalOutputPort chipSelect, Span<byte> writeBuffer, Span<byte> readBuffer, ChipSelectMode csMode = ChipSelectMode.ActiveLow);
    }

    public interface II2cBus
    {
    }

    public class SerialPortName
    {
    }

    public interface ISerialPort
    {
        int BytesToRead { get; }
        void Open();
        int Read(byte[] buffer, int offset, int count);
        int Write(byte[] buffer, int offset, int count);
    }
}
