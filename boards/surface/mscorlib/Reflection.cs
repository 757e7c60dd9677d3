namespace System.Reflection
{
    public abstract class MemberInfo
    {
        protected MemberInfo() => throw null;
        public abstract Type DeclaringType { get; }
        public abstract string Name { get; }
    }

    public abstract class MethodBase : MemberInfo
    {
        protected MethodBase() => throw null;
        public bool IsPublic { get => throw null; }
        public bool IsStatic { get => throw null; }
        public object Invoke(object target, object[] parameters) => throw null;
    }

    public abstract class MethodInfo : MethodBase
    {
        protected MethodInfo() => throw null;
        public abstract Type ReturnType { get; }
    }

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
    public sealed class DefaultMemberAttribute : Attribute
    {
        public DefaultMemberAttribute(string memberName) => throw null;
    }

    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class AssemblyVersionAttribute : Attribute
    {
        public AssemblyVersionAttribute(string version) => throw null;
    }

    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class AssemblyFileVersionAttribute : Attribute
    {
        public AssemblyFileVersionAttribute(string version) => throw null;
    }

    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class AssemblyTitleAttribute : Attribute
    {
        public AssemblyTitleAttribute(string title) => throw null;
    }
}
