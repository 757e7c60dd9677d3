using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace LabEdge.Tests.Weaving;

/// <summary>One basic block of one method: where it is, what one pass costs on a board, and its place in the counters.</summary>
public sealed record Block(string Type, string Method, int Offset, int Price, int Instructions);

/// <summary>
/// Puts a counter at the head of every basic block of an assembly, so that a run tells which branches it took (coverage) and
/// what it would have cost on a board (price).
/// </summary>
public static class Weaver
{
    /// <summary>Name of the type that holds the counters in a woven assembly: a public static long[] named Hits.</summary>
    public const string CounterType = "LabEdge.Woven.Counters";

    /// <param name="path">The assembly to weave; not changed.</param>
    /// <param name="blocks">The blocks, in the order of their counters.</param>
    /// <returns>The woven image.</returns>
    public static byte[] Weave(string path, List<Block> blocks)
    {
        DefaultAssemblyResolver resolver = new();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
        ModuleDefinition module = assembly.MainModule;
        TypeDefinition counters = new("LabEdge.Woven", "Counters", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        FieldDefinition hits = new("Hits", FieldAttributes.Public | FieldAttributes.Static, new ArrayType(module.TypeSystem.Int64));
        counters.Fields.Add(hits);
        foreach (MethodDefinition method in module.GetAllTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).ToList())
        {
            WeaveMethod(method, hits, blocks);
        }

        module.Types.Add(counters);
        MemoryStream image = new();
        assembly.Write(image);
        return image.ToArray();
    }

    private static void WeaveMethod(MethodDefinition method, FieldReference hits, List<Block> blocks)
    {
        method.Body.SimplifyMacros();
        ILProcessor il = method.Body.GetILProcessor();
        List<Instruction> original = [.. method.Body.Instructions];
        HashSet<Instruction> leaders = Leaders(method.Body, original);
        for (int i = 0; i < original.Count; i++)
        {
            if (!leaders.Contains(original[i])) continue;
            int price = 0;
            int count = 0;
            for (int k = i; k < original.Count && (k == i || !leaders.Contains(original[k])); k++)
            {
                price += InstructionPrice.Of(original[k]);
                count++;
            }

            blocks.Add(new Block(method.DeclaringType.FullName, method.Name, original[i].Offset, price, count));
        }

        int first = blocks.Count - leaders.Count;
        foreach (Instruction leader in original.Where(leaders.Contains))
        {
            // The leader object becomes the first instruction of the counter, so that every branch to it still lands right.
            Instruction moved = Instruction.Create(OpCodes.Nop);
            moved.OpCode = leader.OpCode;
            moved.Operand = leader.Operand;
            leader.OpCode = OpCodes.Ldsfld;
            leader.Operand = hits;
            Instruction[] rest =
            [
                il.Create(OpCodes.Ldc_I4, first++),
                il.Create(OpCodes.Ldelema, method.Module.TypeSystem.Int64),
                il.Create(OpCodes.Dup),
                il.Create(OpCodes.Ldind_I8),
                il.Create(OpCodes.Ldc_I4_1),
                il.Create(OpCodes.Conv_I8),
                il.Create(OpCodes.Add),
                il.Create(OpCodes.Stind_I8),
                moved,
            ];
            Instruction after = leader;
            foreach (Instruction next in rest)
            {
                il.InsertAfter(after, next);
                after = next;
            }
        }

        method.Body.OptimizeMacros();
    }

    private static HashSet<Instruction> Leaders(MethodBody body, List<Instruction> code)
    {
        HashSet<Instruction> leaders = [code[0]];
        for (int i = 0; i < code.Count; i++)
        {
            if (code[i].Operand is Instruction target) leaders.Add(target);
            if (code[i].Operand is Instruction[] targets) leaders.UnionWith(targets);
            FlowControl flow = code[i].OpCode.FlowControl;
            if (i + 1 < code.Count && flow is (FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)) leaders.Add(code[i + 1]);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.TryStart);
            leaders.Add(handler.HandlerStart);
            if (handler.FilterStart != null) leaders.Add(handler.FilterStart);
        }

        leaders.IntersectWith(code);
        return leaders;
    }
}
