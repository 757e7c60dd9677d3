using System.Reflection;
using System.Runtime.Loader;

namespace LabEdge.Tests.Weaving;

/// <summary>
/// A second world in the same process: the named assemblies woven, the test assembly and the rest of LabEdge loaded again beside
/// them, so that a static method of a test class runs against the woven ones. What it counted is read afterwards.
/// </summary>
public sealed class WovenContext : AssemblyLoadContext
{
    private readonly Dictionary<string, List<Block>> _blocks = [];
    private readonly Dictionary<string, long[]> _hits = [];
    private readonly string[] _woven;

    /// <param name="woven">Simple names of the assemblies to weave.</param>
    public WovenContext(params string[] woven)
        : base("woven", isCollectible: false)
    {
        _woven = woven;
    }

    /// <summary>Runs a public static method of a class of the calling test assembly inside this world.</summary>
    public object Run(Type type, string method, params object[] arguments)
    {
        Assembly again = LoadFromAssemblyName(type.Assembly.GetName());
        foreach (string name in _woven) LoadFromAssemblyName(new AssemblyName(name));
        return again.GetType(type.FullName, throwOnError: true).GetMethod(method, BindingFlags.Public | BindingFlags.Static).Invoke(null, arguments);
    }

    /// <summary>Sets every counter to zero.</summary>
    public void Clear()
    {
        foreach (long[] hits in _hits.Values) Array.Clear(hits);
    }

    /// <summary>Each block of the woven assemblies with how often it ran.</summary>
    public IEnumerable<(Block Block, long Hits)> Counted() =>
        _blocks.SelectMany(pair => pair.Value.Select((block, i) => (block, _hits[pair.Key][i])));

    /// <summary>Sum of price over all blocks that ran.</summary>
    public long Price() => Counted().Sum(pair => pair.Block.Price * pair.Hits);

    /// <inheritdoc/>
    protected override Assembly Load(AssemblyName name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
        if (_woven.Contains(name.Name))
        {
            List<Block> blocks = [];
            Assembly assembly = LoadFromStream(new MemoryStream(Weaver.Weave(path, blocks)));
            long[] hits = new long[blocks.Count];
            assembly.GetType(Weaver.CounterType, throwOnError: true).GetField("Hits").SetValue(null, hits);
            _blocks[name.Name] = blocks;
            _hits[name.Name] = hits;
            return assembly;
        }

        bool ours = name.Name.StartsWith("LabEdge", StringComparison.Ordinal) || name.Name.EndsWith(".Tests", StringComparison.Ordinal) || name.Name is "labedge" or "labedge-bench";
        return ours && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
