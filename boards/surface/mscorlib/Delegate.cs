using System.Reflection;

namespace System
{
    public abstract class Delegate
    {
        public MethodInfo Method { get => throw null; }
        public object Target { get => throw null; }
        public override bool Equals(object value) => throw null;
        public static Delegate Combine(Delegate value1, Delegate value2) => throw null;
        public Delegate[] GetInvocationList() => throw null;
        public static Delegate Remove(Delegate value1, Delegate value2) => throw null;
        public static bool operator ==(Delegate value1, Delegate value2) => throw null;
        public static bool operator !=(Delegate value1, Delegate value2) => throw null;
    }

    public delegate void Action();
}
