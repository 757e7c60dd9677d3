using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LabEdge.Tests.Memory;

/// <summary>
/// Under which row of the bill the objects of a type stand, read from the Bill methods: the name that the type's own one gives to
/// RamBill.Row, else the row of the class that calls it, if that is one.
/// </summary>
public sealed class BillRows
{
    private readonly Dictionary<string, string> _own = [];
    private readonly Dictionary<string, HashSet<string>> _callers = [];

    public BillRows()
    {
        foreach (string path in Directory.GetFiles(AppContext.BaseDirectory, "LabEdge.*.dll"))
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(path);
            foreach (MethodDefinition bill in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.Name == "Bill" && m.HasBody)) Read(bill);
        }
    }

    /// <returns>Null when the Bill methods do not say.</returns>
    public string Of(Type type) => Of(type.FullName);

    private string Of(string type)
    {
        if (_own.TryGetValue(type, out string row)) return row;
        if (!_callers.TryGetValue(type, out HashSet<string> callers)) return null;
        string[] rows = [.. callers.Select(Of).Distinct()];
        return rows.Length == 1 ? rows[0] : null;
    }

    private void Read(MethodDefinition bill)
    {
        string type = bill.DeclaringType.FullName;
        foreach (Instruction instruction in bill.Body.Instructions)
        {
            if (instruction.OpCode == OpCodes.Ldstr) _own.TryAdd(type, (string)instruction.Operand);
            if (instruction.Operand is not MethodReference { Name: "Bill" } called || called.DeclaringType.FullName == type) continue;
            if (!_callers.TryGetValue(called.DeclaringType.FullName, out HashSet<string> callers)) _callers[called.DeclaringType.FullName] = callers = [];
            callers.Add(type);
        }
    }
}
