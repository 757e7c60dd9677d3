using LabEdge.Tests.Device;
using Mono.Cecil;

namespace LabEdge.Tests.Guards;

/// <summary>The rooms as boards get them (netnano1.0 twins), read with Mono.Cecil so that references resolve among them.</summary>
public sealed class RoomModules : IDisposable
{
    private readonly DefaultAssemblyResolver _resolver = new();
    private readonly Dictionary<string, ModuleDefinition> _modules = [];

    /// <param name="planted">Further assemblies to read beside the rooms.</param>
    public RoomModules(params string[] planted)
    {
        foreach (string folder in _resolver.GetSearchDirectories()) _resolver.RemoveSearchDirectory(folder);
        _resolver.AddSearchDirectory(Path.GetDirectoryName(Repository.SurfaceAssembly("mscorlib")));
        foreach (string path in Repository.Rooms.Select(Repository.TwinAssembly)) _resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        foreach (string room in Repository.Rooms) _modules[room] = Read(Repository.TwinAssembly(room));
        Planted = [.. planted.Select(Read)];
    }

    /// <summary>The planted assemblies, in the order given.</summary>
    public IReadOnlyList<ModuleDefinition> Planted { get; }

    /// <summary>Rooms and planted assemblies.</summary>
    public IEnumerable<ModuleDefinition> All => _modules.Values.Concat(Planted);

    public ModuleDefinition this[string room] => _modules[room];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ModuleDefinition module in All) module.Dispose();
        _resolver.Dispose();
    }

    private ModuleDefinition Read(string path) =>
        ModuleDefinition.ReadModule(path, new ReaderParameters { AssemblyResolver = _resolver, InMemory = true });
}
