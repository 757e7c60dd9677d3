using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace LabEdge.DeviceImage;

/// <summary>Walks the IL of one method for instructions that nanoCLR 1.x accepts and does not carry out.</summary>
internal static class InstructionRules
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null))
        .ToDictionary(code => (int)(ushort)code.Value);

    private static readonly HashSet<string> Refused = ["localloc", "cpblk", "initblk", "calli", "jmp", "tail.", "mkrefany", "refanyval", "refanytype", "arglist"];

    public static void Check(BlobReader il, string where, List<string> problems)
    {
        while (il.RemainingBytes > 0)
        {
            int value = il.ReadByte();
            if (value == 0xFE) value = 0xFE00 | il.ReadByte();
            OpCode code = OpCodesByValue[value];
            if (Refused.Contains(code.Name)) problems.Add($"{where}: instruction {code.Name}");
            if (code.Name.Contains(".ovf", StringComparison.Ordinal)) problems.Add($"{where}: instruction {code.Name} (nanoCLR does not detect overflow)");

            if (code.OperandType == OperandType.InlineSwitch)
            {
                int cases = il.ReadInt32();
                if (cases > Verifier.MaxCount) problems.Add($"{where}: cases of one jump table: {cases} (limit {Verifier.MaxCount})");
                il.Offset += 4 * cases;
            }
            else
            {
                il.Offset += OperandLength(code.OperandType);
            }
        }
    }

    private static int OperandLength(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
