using System;
using System.Threading.Tasks;
using Meadow.Hardware;
using Meadow.Units;

// What the head names of Meadow.Contracts, Meadow and Meadow.F7 2.5 (databook/hardware.md section 7). Serial ports, GetPin, file system and
// Reset are from knowledge of the library, and not in the data book. Bodies throw.
namespace Meadow
{
    public interface IMeadowDevice
    {
        IPlatformOS PlatformOS { get; }
        IPin GetPin(string pinName);
        ISpiBus CreateSpiBus(IPin clock, IPin copi, IPin cipo, Frequency speed);
        IDigitalOutputPort CreateDigitalOutputPort(IPin pin, bool initialState = false, OutputType initialOutputType = OutputType.PushPull);
        IDigitalInputPort CreateDigitalInputPort(IPin pin, ResistorMode resistorMode);
        ISerialPort CreateSerialPort(SerialPortName portName, int baudRate = 9600, int dataBits = 8, Parity parity = Parity.None, StopBits stopBits = StopBits.One, int readBufferSize = 1024);
        II2cBus CreateI2cBus(int busNumber = 1, I2cBusSpeed busSpeed = I2cBusSpeed.Standard);
        void WatchdogEnable(TimeSpan timeout);
        void WatchdogReset();
    }

    public interface IPlatformOS
    {
        SerialPortName GetSerialPortName(string portName);
        void Reset();
    }

    public abstract class App<T> where T : class, IMeadowDevice
    {
        public static T Device { get => throw null; }
        public virtual Task Initialize() => throw null;
        public virtual Task Run() => throw null;
    }

    public static class Resolver
    {
        public static Logging.Logger Log { get => throw null; }
    }

    public static class MeadowOS
    {
        public static class FileSystem
        {
            public static string UserFileSystemRoot { get => throw null; }
        }
    }
}

namespace Meadow.Logging
{
    public class Logger
    {
        public void Info(string message) => throw null;
    }
}

namespace Meadow.Units
{
    public struct Frequency
    {
        public enum UnitType
        {
            Megahertz = 2,
        }

        public Frequency(double value, UnitType type) => throw null;
    }
}

namespace Meadow.Devices
{
    public abstract class F7Base : IMeadowDevice
    {
        public IPlatformOS PlatformOS { get => throw null; }
        public IPin GetPin(string pinName) => throw null;
        public ISpiBus CreateSpiBus(IPin clock, IPin copi, IPin cipo, Frequency speed) => throw null;
        public IDigitalOutputPort CreateDigitalOutputPort(IPin pin, bool initialState = false, OutputType initialOutputType = OutputType.PushPull) => throw null;
        public IDigitalInputPort CreateDigitalInputPort(IPin pin, ResistorMode resistorMode) => throw null;
        public ISerialPort CreateSerialPort(SerialPortName portName, int baudRate = 9600, int dataBits = 8, Parity parity = Parity.None, StopBits stopBits = StopBits.One, int readBufferSize = 1024) => throw null;
        public II2cBus CreateI2cBus(int busNumber = 1, I2cBusSpeed busSpeed = I2cBusSpeed.Standard) => throw null;
        public void WatchdogEnable(TimeSpan timeout) => throw null;
        public void WatchdogReset() => throw null;
    }

    public class F7CoreComputeV2 : F7Base
    {
    }

    public class F7FeatherV2 : F7Base
    {
    }
}
