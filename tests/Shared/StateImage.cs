using System.Reflection;
using System.Runtime.InteropServices;

namespace LabEdge.Tests;

/// <summary>
/// Everything that can be reached from an object of the firmware, as it stood at one moment: every field and every array of numbers. What
/// is used as scratch within one call is left out by its name.
/// </summary>
public sealed class StateImage
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // Of PrefixTable: the key of the look-up in hand, and what it found.
    private static readonly string[] Scratch = ["_key", "FoundKey", "FoundBits", "FoundHandle"];

    private readonly Dictionary<string, byte[]> _kept = [];

    public void Keep(object root)
    {
        _kept.Clear();
        Walk(root, (name, octets) => _kept[name] = octets.ToArray());
    }

    /// <returns>Null when all is as it was; else the first place that is not.</returns>
    public string Change(object root)
    {
        string change = null;
        Walk(root, (name, octets) =>
        {
            if (change == null && (!_kept.TryGetValue(name, out byte[] before) || !octets.SequenceEqual(before))) change = name;
        });
        return change;
    }

    private delegate void Found(string name, ReadOnlySpan<byte> octets);

    private static void Walk(object root, Found found)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<(object Value, string Name)> todo = new();
        todo.Push((root, root.GetType().Name));
        while (todo.TryPop(out (object Value, string Name) at))
        {
            if (at.Value is null or string or Delegate or Type || !seen.Add(at.Value)) continue;
            if (at.Value is Array array)
            {
                Type element = array.GetType().GetElementType();
                if (element.IsPrimitive) found(at.Name, MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), Buffer.ByteLength(array)));
                else for (int i = 0; i < array.Length; i++) todo.Push((array.GetValue(i), $"{at.Name}[{i}]"));
                continue;
            }

            Type type = at.Value.GetType();
            if (type.Namespace == null || !type.Namespace.StartsWith("LabEdge", StringComparison.Ordinal) || type.Namespace.Contains("Tests", StringComparison.Ordinal) || type.Namespace.Contains("Emulator", StringComparison.Ordinal) || type.Name is "GeneralPath" or "Frame") continue;
            for (; type != null && type != typeof(object); type = type.BaseType)
            {
                foreach (FieldInfo field in type.GetFields(Declared))
                {
                    if (Scratch.Contains(field.Name)) continue;
                    object value = field.GetValue(at.Value);
                    if (value is not null && field.FieldType.IsPrimitive) found($"{at.Name}.{field.Name}", System.Text.Encoding.ASCII.GetBytes(value.ToString()));
                    else todo.Push((value, $"{at.Name}.{field.Name}"));
                }
            }
        }
    }
}
