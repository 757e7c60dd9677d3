using LabEdge.Forwarding;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LabEdge.Tests.Memory;

/// <summary>The bill of each class by itself: the 2 % of the whole would hide a field here and there.</summary>
[TestClass]
public class BillFieldTests
{
    private static readonly string[] Rooms = ["Forwarding", "Host", "Control", "Ospf", "Bfd", "Configuration", "Show", "Console", "Router"];

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Every_class_bills_itself_with_as_many_fields_as_it_has()
    {
        List<string> wrong = [];
        int classes = 0;
        foreach (string room in Rooms)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"LabEdge.{room}.dll"));
            foreach (TypeDefinition type in module.GetTypes())
            {
                // A base class bills the fields of the class below it too: its Bill takes their number.
                MethodDefinition bill = type.Methods.FirstOrDefault(m => m.Name == "Bill" && m.HasBody);
                if (bill == null) continue;
                classes++;
                int fields = type.Fields.Count(f => !f.IsStatic);
                int[] billed = [.. bill.Body.Instructions.Where(IsCount).Select(i => Constant(i.Previous))];
                if (!billed.Contains(fields)) wrong.Add($"{type.Name} has {fields} fields, bills {string.Join(", ", billed)}");
            }
        }

        TestContext.WriteLine($"{classes} classes bill themselves");
        Assert.IsEmpty(wrong, string.Join("; ", wrong));
    }

    [TestMethod]
    public void Capacity_says_how_many_fields_it_has()
    {
        Assert.HasCount(Capacity.Fields, typeof(Capacity).GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic));
    }

    private static bool IsCount(Instruction i) => i.Operand is MethodReference call
        && ((call.Name == nameof(RamBill.Object) && call.DeclaringType.Name == nameof(RamBill)) || (call.Name == "Bill" && call.Parameters.Count == 2));

    private static int Constant(Instruction load) => load.OpCode.Code switch
    {
        Code.Add => Constant(load.Previous.Previous),
        Code.Ldc_I4_S => (sbyte)load.Operand,
        Code.Ldc_I4 => (int)load.Operand,
        >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => load.OpCode.Code - Code.Ldc_I4_0,
        _ => -1,
    };
}
