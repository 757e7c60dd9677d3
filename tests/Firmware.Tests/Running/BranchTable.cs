using System.Text;
using LabEdge.Tests.Weaving;

namespace LabEdge.Tests.Running;

/// <summary>Basic blocks reached and not reached, per type, of a set of methods.</summary>
public sealed class BranchTable
{
    private readonly StringBuilder _text = new();

    public BranchTable(HashSet<(string Type, string Method)> methods, IEnumerable<(Block Block, long Hits)> counted)
    {
        List<(Block Block, long Hits)> blocks = [.. counted.Where(c => methods.Contains((c.Block.Type, c.Block.Method)))];
        foreach (var type in blocks.GroupBy(b => b.Block.Type).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            int reached = type.Count(b => b.Hits > 0);
            _text.AppendLine($"{type.Key,-46}{reached,5} of {type.Count(),4}");
            foreach (var method in type.Where(b => b.Hits == 0).GroupBy(b => b.Block.Method))
            {
                _text.AppendLine($"    not reached in {method.Key}: {string.Join(' ', method.Select(b => $"IL_{b.Block.Offset:x4}"))}");
            }
        }

        int all = blocks.Count(b => b.Hits > 0);
        Percent = 100.0 * all / blocks.Count;
        _text.Append($"branches reached: {all} of {blocks.Count} = {Percent:F1} %");
    }

    /// <summary>Reached, in percent of all.</summary>
    public double Percent { get; }

    public override string ToString() => _text.ToString();
}
