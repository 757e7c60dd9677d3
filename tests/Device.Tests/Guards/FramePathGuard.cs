using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LabEdge.Tests.Guards;

/// <summary>
/// Walks every call that a frame can take, from the kernels' Burst and the ports' Receive, ReceiveBurst, Send and Flush, through
/// interfaces and virtual methods to every implementation in the rooms. Nothing on the way may allocate or call a property getter.
/// </summary>
public static class FramePathGuard
{
    private static readonly string[] PortMethods = ["Receive", "ReceiveBurst", "Send", "Flush"];

    // Native or library calls that allocate nothing (databook nanoclr section 2).
    private static readonly HashSet<string> Free = ["System.Array::Copy", "System.Array::Clear"];

    // In the place of a port while explain tries a copy of a frame: no received frame goes that way.
    private const string Recorder = "LabEdge.Forwarding.TrialPort";

    /// <param name="modules">The rooms, and planted assemblies.</param>
    /// <param name="visited">How many methods were walked.</param>
    /// <returns>One line per finding with the way to it, empty when there is none.</returns>
    public static List<string> Check(IReadOnlyList<ModuleDefinition> modules, out int visited)
    {
        List<TypeDefinition> types = [.. modules.SelectMany(m => m.GetTypes()).Where(t => t.FullName != Recorder)];

        // By name: the resolver reads an assembly again that the rooms were read from.
        Dictionary<string, MethodDefinition> methods = [];
        foreach (MethodDefinition method in types.SelectMany(t => t.Methods)) methods.TryAdd(method.FullName, method);
        Dictionary<string, string> way = [];
        Queue<MethodDefinition> work = new();
        void Reach(MethodDefinition method, string from)
        {
            if (method.HasBody && way.TryAdd(method.FullName, from)) work.Enqueue(method);
        }

        foreach (TypeDefinition type in types)
        {
            bool port = Interfaces(type).Any(i => i.FullName is "LabEdge.Hal.IFramePort");
            bool kernel = Bases(type).Any(b => b.FullName == "LabEdge.Forwarding.BurstKernel");
            foreach (MethodDefinition method in type.Methods.Where(m => (kernel && m.Name == "Burst") || (port && PortMethods.Contains(m.Name)))) Reach(method, "");
        }

        List<string> found = [];
        while (work.TryDequeue(out MethodDefinition method))
        {
            string here = $"{way[method.FullName]} > {method.DeclaringType.Name}.{method.Name}";
            foreach (Instruction at in method.Body.Instructions)
            {
                if (at.OpCode.Code is Code.Newobj or Code.Newarr or Code.Box) found.Add($"{at.OpCode.Name} {at.Operand} in{here}");
                if (at.OpCode.Code is not (Code.Call or Code.Callvirt)) continue;
                MethodReference target = (MethodReference)at.Operand;
                if (target.Name.StartsWith("get_", StringComparison.Ordinal)) found.Add($"getter {target.DeclaringType.Name}.{target.Name} in{here}");
                if (!methods.TryGetValue(target.GetElementMethod().FullName, out MethodDefinition resolved))
                {
                    if (!Free.Contains(target.DeclaringType.FullName + "::" + target.Name)) found.Add($"call of {target.DeclaringType.FullName}.{target.Name} in{here}");
                    continue;
                }

                Reach(resolved, here);
                if (!resolved.IsVirtual) continue;
                foreach (MethodDefinition implementation in types.Where(t => Inherits(t, resolved.DeclaringType)).SelectMany(t => t.Methods).Where(m => Overrides(m, resolved)))
                {
                    Reach(implementation, here);
                }
            }
        }

        visited = way.Count;
        return found;
    }

    private static bool Overrides(MethodDefinition method, MethodDefinition target) =>
        (method.Name == target.Name || method.Overrides.Any(o => o.Name == target.Name)) && method.Parameters.Count == target.Parameters.Count;

    private static bool Inherits(TypeDefinition type, TypeDefinition parent) =>
        parent.IsInterface ? Interfaces(type).Any(i => i.FullName == parent.FullName) : Bases(type).Any(b => b.FullName == parent.FullName);

    private static IEnumerable<TypeDefinition> Bases(TypeDefinition type)
    {
        for (TypeDefinition b = type.BaseType?.Resolve(); b != null; b = b.BaseType?.Resolve()) yield return b;
    }

    private static IEnumerable<TypeReference> Interfaces(TypeDefinition type) =>
        Bases(type).Prepend(type).SelectMany(t => t.Interfaces).SelectMany(i => Interfaces(i.InterfaceType.Resolve()).Prepend(i.InterfaceType));
}
