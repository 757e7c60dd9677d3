using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace LabEdge.Tests.Device;

/// <summary>
/// Source text compiled the way a room is compiled for a board (C# 9, optimised, against boards/surface and the twins
/// of the rooms), so that a test can plant a mistake and see it found.
/// </summary>
public sealed class PlantedAssembly : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("labedge-planted-");

    /// <param name="source">One or more C# files.</param>
    /// <exception cref="InvalidOperationException">It does not compile; the message has the compiler's errors.</exception>
    public PlantedAssembly(params string[] source) : this("Planted", false, source)
    {
    }

    /// <param name="name">Assembly name, for tests that look at references.</param>
    /// <param name="allowUnsafe">Lets the source use pointers, which a room may not.</param>
    public PlantedAssembly(string name, bool allowUnsafe, params string[] source) : this(name, allowUnsafe, References(), source)
    {
    }

    private PlantedAssembly(string name, bool allowUnsafe, IEnumerable<MetadataReference> references, string[] source)
    {
        Path = System.IO.Path.Combine(_folder.FullName, name + ".dll");
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            source.Select(text => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp9))),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: allowUnsafe));
        EmitResult result = compilation.Emit(Path);
        if (result.Success) return;

        Dispose();
        throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    /// <summary>Source compiled together with the surface's mscorlib as one core library, to plant what only a core library can declare.</summary>
    public static PlantedAssembly WithOwnCore(params string[] source)
    {
        string[] core = [.. Directory.GetFiles(Repository.PathOf("boards", "surface", "mscorlib"), "*.cs").Select(File.ReadAllText)];
        return new PlantedAssembly("mscorlib", false, [], [.. core, .. source]);
    }

    /// <summary>The compiled .dll; gone after <see cref="Dispose"/>.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<MetadataReference> References()
    {
        yield return MetadataReference.CreateFromFile(Repository.SurfaceAssembly("mscorlib"));
        foreach (string room in Repository.Rooms)
        {
            string path = Repository.TwinAssembly(room);
            if (File.Exists(path)) yield return MetadataReference.CreateFromFile(path);
        }
    }
}
