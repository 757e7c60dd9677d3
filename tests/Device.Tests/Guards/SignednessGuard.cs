using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LabEdge.Tests.Guards;

/// <summary>
/// Finds the constructs that C# compiles without a conversion and nanoCLR computes wrongly, because it takes signedness from the
/// value's run-time tag (databook nanoclr section 6): a signed shift, a signed remainder or a signed widening of a value that is
/// still tagged unsigned: <c>(int)u &gt;&gt; n</c>, <c>(int)u % n</c>, <c>(long)(int)u</c>, <c>(long)ul &gt;&gt; n</c>.
/// Follows the evaluation stack of each method along every branch.
/// </summary>
public static class SignednessGuard
{
    /// <returns>One line per place, empty when there is none.</returns>
    public static List<string> Check(ModuleDefinition module) =>
        [.. module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(Check).Distinct()];

    private static List<string> Check(MethodDefinition method)
    {
        List<string> found = [];
        Dictionary<Instruction, bool[]> entry = [];
        Queue<Instruction> work = new();
        void Reach(Instruction target, IReadOnlyList<bool> stack)
        {
            if (target == null) return;
            if (!entry.TryGetValue(target, out bool[] known))
            {
                entry[target] = [.. stack];
                work.Enqueue(target);
                return;
            }

            bool changed = false;
            for (int i = 0; i < Math.Min(known.Length, stack.Count); i++)
            {
                changed |= stack[i] && !known[i];
                known[i] |= stack[i];
            }

            if (changed) work.Enqueue(target);
        }

        Reach(method.Body.Instructions[0], []);
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            Reach(handler.HandlerStart, handler.HandlerType == ExceptionHandlerType.Catch ? [false] : []);
            Reach(handler.FilterStart, [false]);
        }

        while (work.Count > 0)
        {
            Instruction at = work.Dequeue();
            List<bool> stack = [.. entry[at]];
            string problem = Step(method, at, stack);
            if (problem != null) found.Add($"{method.DeclaringType.FullName}.{method.Name} IL_{at.Offset:X4}: {problem}");
            if (at.Operand is Instruction target) Reach(target, stack);
            foreach (Instruction one in at.Operand as Instruction[] ?? []) Reach(one, stack);
            if (at.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw)) Reach(at.Next, stack);
        }

        return found;
    }

    // true on the stack: tagged unsigned. Applies one instruction; says what is wrong with it.
    private static string Step(MethodDefinition method, Instruction at, List<bool> stack)
    {
        bool Pop()
        {
            if (stack.Count == 0) return false;
            bool top = stack[^1];
            stack.RemoveAt(stack.Count - 1);
            return top;
        }

        bool right;
        bool left;
        switch (at.OpCode.Code)
        {
            case Code.Shr:
                Pop();
                left = Pop();
                stack.Add(false);
                return left ? "signed shift of a value tagged unsigned" : null;
            case Code.Rem:
                right = Pop();
                left = Pop();
                stack.Add(false);
                return left || right ? "signed remainder of a value tagged unsigned" : null;
            case Code.Conv_I8:
                left = Pop();
                stack.Add(false);
                return left ? "signed widening of a value tagged unsigned" : null;
            case Code.Add:
            case Code.Sub:
            case Code.Mul:
            case Code.And:
            case Code.Or:
            case Code.Xor:
            case Code.Div_Un:
            case Code.Rem_Un:
                right = Pop();
                left = Pop();
                stack.Add(left || right);
                return null;
            case Code.Shl:
            case Code.Shr_Un:
                Pop();
                return null;
            case Code.Neg:
            case Code.Not:
                return null;
            case Code.Dup:
                stack.Add(stack[^1]);
                return null;
            case Code.Conv_U4:
            case Code.Conv_U8:
                Pop();
                stack.Add(true);
                return null;
            case Code.Call:
            case Code.Callvirt:
            case Code.Newobj:
                MethodReference target = (MethodReference)at.Operand;
                int arguments = target.Parameters.Count + (target.HasThis && at.OpCode.Code != Code.Newobj ? 1 : 0);
                for (int i = 0; i < arguments; i++) Pop();
                if (at.OpCode.Code == Code.Newobj) stack.Add(false);
                else if (target.ReturnType.MetadataType != MetadataType.Void) stack.Add(IsUnsigned(target.ReturnType));
                return null;
            case Code.Ret:
                stack.Clear();
                return null;
        }

        for (int i = Pops(at.OpCode.StackBehaviourPop); i > 0; i--) Pop();
        if (at.OpCode.StackBehaviourPush != StackBehaviour.Push0) stack.Add(Loads(method, at));
        return null;
    }

    private static bool Loads(MethodDefinition method, Instruction at)
    {
        switch (at.OpCode.Code)
        {
            case Code.Ldelem_U4:
            case Code.Ldind_U4:
                return true;
            case Code.Ldfld:
            case Code.Ldsfld:
                return IsUnsigned(((FieldReference)at.Operand).FieldType);
        }

        int index = at.OpCode.Code switch
        {
            Code.Ldloc_0 or Code.Ldarg_0 => 0,
            Code.Ldloc_1 or Code.Ldarg_1 => 1,
            Code.Ldloc_2 or Code.Ldarg_2 => 2,
            Code.Ldloc_3 or Code.Ldarg_3 => 3,
            _ => -1,
        };
        if (at.Operand is VariableDefinition variable) return at.OpCode.Code is Code.Ldloc or Code.Ldloc_S && IsUnsigned(variable.VariableType);
        if (at.Operand is ParameterDefinition parameter) return at.OpCode.Code is Code.Ldarg or Code.Ldarg_S && IsUnsigned(parameter.ParameterType);
        if (index < 0) return false;
        if (at.OpCode.Code <= Code.Ldarg_3)
        {
            index -= method.HasThis ? 1 : 0;
            return index >= 0 && IsUnsigned(method.Parameters[index].ParameterType);
        }

        return IsUnsigned(method.Body.Variables[index].VariableType);
    }

    private static bool IsUnsigned(TypeReference type) => type.MetadataType is MetadataType.UInt32 or MetadataType.UInt64;

    private static int Pops(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8 or StackBehaviour.Popi_popr4
            or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8 or StackBehaviour.Popref_popi_popr4
            or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        _ => 0,
    };
}
