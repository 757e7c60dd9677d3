using System.Reflection;

namespace LabEdge.Tests.Memory;

/// <summary>
/// Every object that can be reached from some root through fields and arrays, each once, priced by <see cref="BlockModel"/>. It stops at
/// what the head owns: ports and store (types of other assemblies), delegates. An object stands under the row of its type
/// (<see cref="BillRows"/>), else under that of its owner.
/// </summary>
public sealed class ObjectWalk
{
    public const string Statics = "statics";

    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, FieldInfo[]> _fields = [];
    private readonly BillRows _billRows = new();

    /// <summary>Octets and objects per row, in the order of their discovery.</summary>
    public Dictionary<string, (int Octets, int Objects)> Rows { get; } = [];

    /// <summary>Objects of the runtime library: their price is not known, and firmware should hold none.</summary>
    public HashSet<string> Foreign { get; } = [];

    public int Total => Rows.Values.Sum(r => r.Octets);

    /// <summary>The array of most octets.</summary>
    public int LargestArray { get; private set; }

    public int OctetsOf(string row) => Rows.TryGetValue(row, out (int Octets, int Objects) found) ? found.Octets : 0;

    /// <summary>Walks from an object.</summary>
    public ObjectWalk From(object root)
    {
        Visit(root, "root");
        return this;
    }

    /// <summary>Walks from the static fields of an assembly, under the row <see cref="Statics"/>.</summary>
    public ObjectWalk FromStaticsOf(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes())
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.IsLiteral && !field.FieldType.IsValueType) Visit(field.GetValue(null), Statics);
            }
        }

        return this;
    }

    private void Visit(object value, string row)
    {
        if (value == null || value is Delegate or Type || !_seen.Add(value)) return;
        Type type = value.GetType();
        if (value is string text)
        {
            Add(row, BlockModel.String(text.Length));
        }
        else if (value is Array array)
        {
            int octets = BlockModel.Array(array);
            LargestArray = Math.Max(LargestArray, octets);
            Add(row, octets);
            if (type.GetElementType().IsPrimitive) return;
            foreach (object element in array) Visit(element, row);
        }
        else if (type.Assembly.GetName().Name.StartsWith("LabEdge.", StringComparison.Ordinal))
        {
            if (row != Statics) row = _billRows.Of(type) ?? row;
            FieldInfo[] fields = FieldsOf(type);
            Add(row, BlockModel.Object(fields.Length));
            foreach (FieldInfo field in fields)
            {
                if (field.FieldType.IsPrimitive || field.FieldType.IsEnum) continue;
                if (field.FieldType.IsValueType) Foreign.Add($"{type.Name}.{field.Name}: {field.FieldType.Name} by value");
                Visit(field.GetValue(value), field.FieldType == typeof(Hal.Frame[]) && value is Router ? "frames" : row);
            }
        }
        else if (type.Assembly != typeof(ObjectWalk).Assembly)
        {
            Foreign.Add(type.FullName);
        }
    }

    private void Add(string row, int octets)
    {
        Rows.TryGetValue(row, out (int Octets, int Objects) sum);
        Rows[row] = (sum.Octets + octets, sum.Objects + 1);
    }

    private FieldInfo[] FieldsOf(Type type)
    {
        if (_fields.TryGetValue(type, out FieldInfo[] known)) return known;
        List<FieldInfo> fields = [];
        for (Type t = type; t != typeof(object); t = t.BaseType) fields.AddRange(t.GetFields(Declared).OrderBy(f => f.MetadataToken));
        return _fields[type] = [.. fields];
    }
}
