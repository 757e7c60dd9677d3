using Mono.Cecil;

namespace LabEdge.Tests.Memory;

/// <summary>
/// What the type system takes of the same heap (databook nanoclr section 1): per type 8 octets, per method 3 (with the debugger), per
/// field 2, per static field 12, per reference 4, per assembly 150; constants are free. Read from the assemblies as the boards get them.
/// </summary>
public static class TypeSystemEstimate
{
    /// <summary>mscorlib, Runtime.Native and a small program: 3.5 KB, measured.</summary>
    public const int Runtime = 3584;

    /// <summary>Octets of one assembly; its constants live in flash.</summary>
    public static int Of(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        TypeDefinition[] types = [.. module.GetTypes().Where(t => t.Name != "<Module>")];
        FieldDefinition[] fields = [.. types.SelectMany(t => t.Fields).Where(f => !f.IsLiteral)];
        int references = module.AssemblyReferences.Count + module.GetTypeReferences().Count() + module.GetMemberReferences().Count();
        return 150 + 8 * types.Length + 3 * types.Sum(t => t.Methods.Count) + 2 * fields.Length + 12 * fields.Count(f => f.IsStatic) + 4 * references;
    }
}
