using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LabEdge.Tests.Weaving;

/// <summary>
/// Price of one IL instruction on the nanoCLR in host instructions (Ir, -O3), fitted to the cost table of databook nanoclr
/// section 3. Each row less its loop (371 Ir), divided by the IL that its body has: multiply-add 241 / 6, byte[] read 318 / 8,
/// uint[] read 354 / 8, byte[] write 318 / 7, field read 209 / 5, static field 179 / 4, compare 244 / 7: 35 to 45, 42 on average.
/// The empty loop of 7 operations costs 371: what the backward branch (with its pre-emption check) costs above the rest is 77.
/// A field that holds a reference costs more (this.a[i] 330 against q[i] 170, databook kernels): 120 above an operation.
/// A managed call: 400 and 60 for each local and argument of the callee (660 with none, 1,300 with twelve); by interface or
/// virtual 240 more. Array.Copy 940 beside its five arguments (1,203 with them); the port's Send 1,150 in all.
/// </summary>
public static class InstructionPrice
{
    public const int Operation = 42;
    public const int BackwardBranch = 77;
    public const int ReferenceField = 120;
    public const int ManagedCall = 400;
    public const int Slot = 60;
    public const int InterfaceCall = 240;
    public const int NativeCall = 940;
    public const int PortCall = 1000;
    public const int Allocation = 1000;

    public static int Of(Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Nop:
                return 0;
            case Code.Newobj:
            case Code.Newarr:
            case Code.Box:
                return Operation + Allocation;
            case Code.Ldfld:
                return Operation + (((FieldReference)instruction.Operand).FieldType.IsPrimitive ? 0 : ReferenceField);
            case Code.Call:
            case Code.Callvirt:
                return Operation + Call((MethodReference)instruction.Operand, instruction.OpCode.Code == Code.Callvirt);
            default:
                return Operation + (instruction.Operand is Instruction target && target.Offset <= instruction.Offset ? BackwardBranch : 0);
        }
    }

    private static int Call(MethodReference target, bool isVirtual)
    {
        MethodDefinition method = target.Resolve();
        if (target.DeclaringType.Namespace == "LabEdge.Hal" && isVirtual) return PortCall;
        if (method == null || method.Module.Assembly.Name.Name.StartsWith("System", StringComparison.Ordinal)) return NativeCall;
        int slots = method.Parameters.Count + (method.HasThis ? 1 : 0) + (method.HasBody ? method.Body.Variables.Count : 0);
        return ManagedCall + Slot * slots + (isVirtual && method.IsVirtual ? InterfaceCall : 0);
    }
}
