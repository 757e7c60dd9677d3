using System.Collections;
using System.Reflection;
using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Tests.Control;

/// <summary>The RAM bill of the room equals a walk over its objects by the block model of the nanoCLR (12-octet blocks).</summary>
[TestClass]
public sealed class ControlBillTests
{
    [TestMethod]
    [DataRow("Tiny")]
    [DataRow("Small")]
    [DataRow("Board")]
    [DataRow("Pc")]
    public void The_bill_is_the_walk(string profile)
    {
        Capacity capacity = (Capacity)typeof(Capacity).GetMethod(profile).Invoke(null, null);
        ControlBench bench = new(capacity);
        RamBill bill = new(32);
        bench.Control.Bill(bill);
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Assert.AreEqual(Price(bench.Control, seen), bill.Total());
        Console.WriteLine($"{profile}: {bill.Total()} octets");
        for (int i = 0; i < bill.Rows; i++) Console.WriteLine($"  {bill.NameOf(i)}: {bill.OctetsOf(i)}");
    }

    // Objects of this room and the arrays that they hold; other rooms bill themselves.
    private static int Price(object value, HashSet<object> seen)
    {
        if (value == null || value is string || !seen.Add(value)) return 0;
        Type type = value.GetType();
        if (type.IsArray)
        {
            Type element = type.GetElementType();
            if (!element.IsPrimitive) return 24 + (12 * ((ICollection)value).Count) + ((Array)value).Cast<object>().Sum(held => Price(held, seen));
            int size = element == typeof(bool) ? 1 : System.Runtime.InteropServices.Marshal.SizeOf(element);
            return (20 + (((ICollection)value).Count * size) + 11) / 12 * 12;
        }

        if (type.Assembly != typeof(ControlModule).Assembly) return 0;
        FieldInfo[] fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        int sum = 12 * (1 + fields.Length);
        foreach (FieldInfo field in fields.Where(f => !f.FieldType.IsPrimitive))
        {
            object held = field.GetValue(value);
            if (held is null || (held.GetType().Assembly != type.Assembly && !held.GetType().IsArray)) continue;
            sum += Price(held, seen);
        }

        return sum;
    }
}
