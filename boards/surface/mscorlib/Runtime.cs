namespace System
{
    public static class GC
    {
        public static void WaitForPendingFinalizers() => throw null;
        public static void SuppressFinalize(object value) => throw null;
        public static void ReRegisterForFinalize(object value) => throw null;
    }

    public interface IDisposable
    {
        void Dispose();
    }

    public class Random
    {
        public Random() => throw null;
        public Random(int seed) => throw null;
        public int Next() => throw null;
        public int Next(int maxValue) => throw null;
        public double NextDouble() => throw null;
        public void NextBytes(byte[] octets) => throw null;
    }

    public class WeakReference
    {
        public bool IsAlive { get => throw null; }
        public object Target { get => throw null; set => throw null; }
        public WeakReference(object target) => throw null;
    }

    public static class Console
    {
        public static void Write(string text) => throw null;
        public static void WriteLine() => throw null;
        public static void WriteLine(string text) => throw null;
    }
}
