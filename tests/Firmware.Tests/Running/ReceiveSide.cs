using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LabEdge.Tests.Running;

/// <summary>
/// The methods that a received frame can reach: a walk of the call graph from where the router takes a burst, through the rooms
/// Forwarding and Host, virtual calls to every override. The .NET kernel is left out: the woven run uses that of the boards.
/// </summary>
public static class ReceiveSide
{
    private static readonly string[] Rooms = ["LabEdge.Forwarding", "LabEdge.Host"];

    /// <returns>Full type name and method name of each.</returns>
    public static HashSet<(string Type, string Method)> Methods()
    {
        DefaultAssemblyResolver resolver = new();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        ReaderParameters parameters = new() { AssemblyResolver = resolver };
        ModuleDefinition router = ModuleDefinition.ReadModule(typeof(Router).Assembly.Location, parameters);
        List<TypeDefinition> types = [.. Rooms.SelectMany(room => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, room + ".dll"), parameters).GetTypes())
            .Where(t => t.Name != nameof(Forwarding.NetKernel))];
        HashSet<(string, string)> found = [];
        HashSet<string> seen = [];
        Stack<MethodDefinition> open = new(router.GetType(typeof(Router).FullName).Methods.Where(m => m.Name == "Take"));
        while (open.TryPop(out MethodDefinition method))
        {
            if (!seen.Add(method.FullName) || !method.HasBody) continue;
            if (Rooms.Contains(method.Module.Assembly.Name.Name)) found.Add((method.DeclaringType.FullName, method.Name));
            foreach (Instruction instruction in method.Body.Instructions)
            {
                if (instruction.Operand is not MethodReference reference || reference.Resolve() is not { } target) continue;
                if (!target.Module.Assembly.Name.Name.StartsWith("LabEdge.", StringComparison.Ordinal)) continue;
                open.Push(target);
                if (!target.IsVirtual) continue;
                foreach (MethodDefinition over in types.Where(t => t.BaseType?.FullName == target.DeclaringType.FullName).SelectMany(t => t.Methods).Where(m => m.IsVirtual && m.Name == target.Name))
                {
                    open.Push(over);
                }
            }
        }

        return found;
    }
}
