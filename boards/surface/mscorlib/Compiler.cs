// What csc looks for by name. Left out on purpose: IsVolatile, IsReadOnlyAttribute, IsByRefLikeAttribute,
// IsExternalInit, ValueTuple, Nullable, Span, Index, Range, InAttribute, Task. Source that needs one does not belong on a board.
namespace System.Runtime.CompilerServices
{
    public static class RuntimeHelpers
    {
        public static int OffsetToStringData { get => throw null; }
        public static object GetObjectValue(object value) => throw null;
        public static void InitializeArray(Array array, RuntimeFieldHandle field) => throw null;
        public static void RunClassConstructor(RuntimeTypeHandle type) => throw null;
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class IndexerNameAttribute : Attribute
    {
        public IndexerNameAttribute(string indexerName) => throw null;
    }

    [AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
    public sealed class ExtensionAttribute : Attribute
    {
        public ExtensionAttribute() => throw null;
    }

    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    public sealed class InternalsVisibleToAttribute : Attribute
    {
        public InternalsVisibleToAttribute(string assemblyName) => throw null;
    }
}
