[assembly: System.Reflection.AssemblyVersion("1.6.0.0")]

// What an SPI and serial head needs. Sleep, touch pads, I2S, ADC, PWM and the timer's event are left out.
namespace nanoFramework.Hardware.Esp32
{
    public class Configuration
    {
        public static void SetPinFunction(int pin, DeviceFunction function) => throw null;
        public static int GetFunctionPin(DeviceFunction function) => throw null;
    }

    public enum DeviceFunction
    {
        SPI1_MOSI = 0x10100,
        SPI1_MISO = 0x10101,
        SPI1_CLOCK = 0x10102,
        SPI2_MOSI = 0x10200,
        SPI2_MISO = 0x10201,
        SPI2_CLOCK = 0x10202,
        COM1_TX = 0x30100,
        COM1_RX = 0x30101,
        COM2_TX = 0x30200,
        COM2_RX = 0x30201,
        COM3_TX = 0x30300,
        COM3_RX = 0x30301,
    }

    public class HighResTimer : System.IDisposable
    {
        public HighResTimer() => throw null;
        public static ulong GetCurrent() => throw null;
        public void StartOneShot(ulong periodUs) => throw null;
        public void StartOnePeriodic(ulong periodUs) => throw null;
        public void Stop() => throw null;
        public void Dispose() => throw null;
    }

    public class NativeMemory
    {
        public enum MemoryType
        {
            All = 0,
            Internal = 1,
            SpiRam = 2,
        }

        public static void GetMemoryInfo(MemoryType memoryType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock) => throw null;
    }
}
