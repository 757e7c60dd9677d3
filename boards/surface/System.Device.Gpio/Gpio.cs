using System;

[assembly: System.Reflection.AssemblyVersion("1.1.0.0")]

namespace System.Device.Gpio
{
    public class GpioController : IDisposable
    {
        public PinNumberingScheme NumberingScheme { get => throw null; }
        public int PinCount { get => throw null; }
        public GpioController() => throw null;
        public GpioController(PinNumberingScheme pinNumberingScheme) => throw null;
        public GpioPin OpenPin(int value) => throw null;
        public GpioPin OpenPin(int value, PinMode pinMode) => throw null;
        public void ClosePin(int value) => throw null;
        public void Dispose() => throw null;
        public PinMode GetPinMode(int value) => throw null;
        public bool IsPinModeSupported(int value, PinMode pinMode) => throw null;
        public bool IsPinOpen(int value) => throw null;
        public PinValue Read(int value) => throw null;
        public void RegisterCallbackForPinValueChangedEvent(int value, PinEventTypes pinEventTypes, PinChangeEventHandler pinChangeEventHandler) => throw null;
        public void SetPinMode(int value, PinMode pinMode) => throw null;
        public void UnregisterCallbackForPinValueChangedEvent(int value, PinChangeEventHandler pinChangeEventHandler) => throw null;
        public void Write(int value, PinValue pinValue) => throw null;
    }

    public class GpioPin : IDisposable
    {
        public TimeSpan DebounceTimeout { get => throw null; set => throw null; }
        public int PinNumber { get => throw null; }
        public event PinChangeEventHandler ValueChanged { add => throw null; remove => throw null; }
        public PinMode GetPinMode() => throw null;
        public bool IsPinModeSupported(PinMode pinMode) => throw null;
        public void SetPinMode(PinMode pinMode) => throw null;
        public PinValue Read() => throw null;
        public void Write(PinValue pinValue) => throw null;
        public void Toggle() => throw null;
        public void Dispose() => throw null;
    }

    public delegate void PinChangeEventHandler(object value, PinValueChangedEventArgs pinValueChangedEventArgs);

    public enum PinEventTypes
    {
        None = 0,
        Rising = 1,
        Falling = 2,
    }

    public enum PinMode
    {
        Input = 0,
        InputPullDown = 1,
        InputPullUp = 2,
        Output = 3,
        OutputOpenDrain = 4,
        OutputOpenDrainPullUp = 5,
        OutputOpenSource = 6,
        OutputOpenSourcePullDown = 7,
    }

    public enum PinNumberingScheme
    {
        Logical = 0,
        Board = 1,
    }

    public struct PinValue
    {
        private readonly int _value;
        public static PinValue High { get => throw null; }
        public static PinValue Low { get => throw null; }
        public static implicit operator PinValue(int value) => throw null;
        public static implicit operator PinValue(bool flag) => throw null;
        public static explicit operator byte(PinValue pinValue) => throw null;
        public static explicit operator int(PinValue pinValue) => throw null;
        public static explicit operator bool(PinValue pinValue) => throw null;
        public bool Equals(PinValue pinValue) => throw null;
        public override bool Equals(object value) => throw null;
        public static bool operator ==(PinValue pinValue1, PinValue pinValue2) => throw null;
        public static bool operator !=(PinValue pinValue1, PinValue pinValue2) => throw null;
        public override int GetHashCode() => throw null;
        public override string ToString() => throw null;
    }

    public class PinValueChangedEventArgs : EventArgs
    {
        public PinEventTypes ChangeType { get => throw null; }
        public int PinNumber { get => throw null; }
        public PinValueChangedEventArgs(PinEventTypes pinEventTypes, int value) => throw null;
    }

    public delegate void PinValueChangedEventHandler(object value, PinValueChangedEventArgs pinValueChangedEventArgs);

    public struct PinValuePair
    {
        private readonly int _value;
        public int PinNumber { get => throw null; }
        public PinValue PinValue { get => throw null; }
        public PinValuePair(int value, PinValue pinValue) => throw null;
        public void Deconstruct(out int value, out PinValue pinValue) => throw null;
    }

    public struct WaitForEventResult
    {
        private readonly int _value;
        public PinEventTypes EventTypes;
        public bool TimedOut;
    }
}
