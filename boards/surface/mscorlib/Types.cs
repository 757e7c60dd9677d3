using System.Reflection;

namespace System
{
    public abstract class Type : MemberInfo
    {
        protected Type() => throw null;
        public abstract Type BaseType { get; }
        public abstract string FullName { get; }
        public bool IsArray { get => throw null; }
        public bool IsEnum { get => throw null; }
        public bool IsInterface { get => throw null; }
        public bool IsValueType { get => throw null; }
        public abstract Type GetElementType();
        public static Type GetType(string typeName) => throw null;
        public static Type GetTypeFromHandle(RuntimeTypeHandle handle) => throw null;
        public virtual bool IsInstanceOfType(object value) => throw null;
        public virtual bool IsSubclassOf(Type type) => throw null;
    }

    public struct RuntimeTypeHandle
    {
        private readonly int _value;
    }

    public struct RuntimeFieldHandle
    {
        private readonly int _value;
    }

    public struct RuntimeMethodHandle
    {
        private readonly int _value;
    }

    public struct Guid
    {
        private readonly int _value;
        public static readonly Guid Empty;
        public Guid(byte[] octets) => throw null;
        public Guid(string text) => throw null;
        public byte[] ToByteArray() => throw null;
        public override bool Equals(object value) => throw null;
        public override int GetHashCode() => throw null;
        public override string ToString() => throw null;
        public static Guid NewGuid() => throw null;
    }

    public sealed class Version
    {
        public Version(int major, int minor) => throw null;
        public Version(int major, int minor, int build, int revision) => throw null;
        public int Build { get => throw null; }
        public int Major { get => throw null; }
        public int Minor { get => throw null; }
        public int Revision { get => throw null; }
        public override bool Equals(object value) => throw null;
        public override int GetHashCode() => throw null;
        public override string ToString() => throw null;
    }
}
