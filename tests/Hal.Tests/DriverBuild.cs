using System.Reflection;
using System.Runtime.Loader;
using LabEdge.Emulator.Chips;
using LabEdge.Hal;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace LabEdge.Tests;

/// <summary>A driver of the firmware: as it is, or compiled anew from its source with a mistake planted.</summary>
public sealed class DriverBuild
{
    private readonly Type _port;

    private DriverBuild(Assembly assembly, string name) => _port = assembly.GetType($"LabEdge.Hal.{name}.{name}Port", true);

    public static DriverBuild W5500 { get; } = new(typeof(Hal.W5500.W5500Port).Assembly, "W5500");

    public static DriverBuild Enc28j60 { get; } = new(typeof(Hal.Enc28j60.Enc28j60Port).Assembly, "Enc28j60");

    /// <summary>Compiles hal/NAME with one text put in place of another.</summary>
    /// <param name="right">Stands exactly once in the driver's source: a test fails when it no longer does.</param>
    public static DriverBuild Planted(string name, string right, string wrong)
    {
        string[] files = Directory.GetFiles(Repository.PathOf("hal", name), "*.cs");
        string[] texts = [.. files.Select(file => File.ReadAllText(file).ReplaceLineEndings("\n"))];
        Assert.AreEqual(1, texts.Sum(text => text.Split(right).Length - 1), $"\"{right}\" in hal/{name}");
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Planted." + name,
            texts.Select(text => CSharpSyntaxTree.ParseText(text.Replace(right, wrong, StringComparison.Ordinal), new CSharpParseOptions(LanguageVersion.CSharp9))),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image);
        Assert.IsTrue(result.Success, string.Join(Environment.NewLine, result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        return new DriverBuild(new AssemblyLoadContext("planted", true).LoadFromStream(image), name);
    }

    /// <summary>A started port over a chip.</summary>
    public IEthernetPort Start(ISpiDevice spi, IInputPin interrupt, ChipTime time)
    {
        object[] arguments = [spi, null, interrupt, time, ChipFrames.Mac];
        if (_port.Name.StartsWith("Enc", StringComparison.Ordinal)) arguments = [.. arguments, false, 1514];
        object port = Activator.CreateInstance(_port, arguments);
        MethodInfo start = _port.GetMethod("Start");
        string state = "";
        for (int call = 0; call < 1000 && state is "" or "Busy"; call++)
        {
            time.Advance(1_000_000);
            state = start.Invoke(port, null).ToString();
        }

        Assert.AreEqual("Ready", state);
        return (IEthernetPort)port;
    }
}
