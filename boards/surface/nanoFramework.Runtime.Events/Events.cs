using System;

[assembly: System.Reflection.AssemblyVersion("1.11.37.0")]

namespace nanoFramework.Runtime.Events
{
    public class BaseEvent
    {
        public ushort Source;
        public byte Message;
        public BaseEvent() => throw null;
    }

    public static class CustomEvent
    {
        public static event CustomEventPostedEventHandler CustomEventPosted { add => throw null; remove => throw null; }
    }

    public class CustomEventArgs : EventArgs
    {
        public ushort Data1 { get => throw null; }
        public uint Data2 { get => throw null; }
    }

    public delegate void CustomEventPostedEventHandler(object value, CustomEventArgs customEventArgs);

    public enum EventCategory
    {
        Unknown = 0,
        Custom = 10,
        Gpio = 20,
        SerialDevice = 30,
        Network = 40,
        WiFi = 50,
        Can = 60,
        Storage = 70,
        Radio = 80,
        HighResolutionTimer = 90,
        Bluetooth = 100,
        Usb = 110,
        Touch = 120,
        Gesture = 130,
        OpenThread = 140,
        EspNow = 150,
    }

    public class EventSink
    {
        public static void AddEventListener(EventCategory eventCategory, IEventListener iEventListener) => throw null;
        public static void AddEventFilter(EventCategory eventCategory, IEventListener iEventListener) => throw null;
        public static void AddEventProcessor(EventCategory eventCategory, IEventProcessor iEventProcessor) => throw null;
        public static void RemoveEventListener(EventCategory eventCategory, IEventListener iEventListener) => throw null;
        public static void RemoveEventFilter(EventCategory eventCategory, IEventListener iEventListener) => throw null;
        public static void RemoveEventProcessor(EventCategory eventCategory, IEventProcessor iEventProcessor) => throw null;
        public static void PostManagedEvent(byte value1, byte value2, ushort value3, uint value4) => throw null;
    }

    public class GenericEvent : BaseEvent
    {
        public byte Category;
        public uint Data;
        public DateTime Time;
        public GenericEvent() => throw null;
    }

    public interface IEventListener
    {
        void InitializeForEventSource();
        bool OnEvent(BaseEvent baseEvent);
    }

    public interface IEventProcessor
    {
        BaseEvent ProcessEvent(uint value1, uint value2, DateTime time);
    }

    public class NativeEventDispatcher : IDisposable
    {
        public event NativeEventHandler OnInterrupt { add => throw null; remove => throw null; }
        public NativeEventDispatcher(string text, ulong value) => throw null;
        public void EnableInterrupt() => throw null;
        public void DisableInterrupt() => throw null;
        public void Dispose() => throw null;
    }

    public delegate void NativeEventHandler(uint value1, uint value2, DateTime time);

    public static class WeakDelegate
    {
        public static Delegate Combine(Delegate value1, Delegate value2) => throw null;
        public static Delegate Remove(Delegate value1, Delegate value2) => throw null;
    }
}
