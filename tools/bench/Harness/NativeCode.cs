using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LabEdge.Bench;

/// <summary>
/// A contestant in C: native/NAME.c built by cc as a shared library beside the program, once per process, and loaded into it.
/// </summary>
public sealed class NativeCode
{
    private static readonly Dictionary<string, NativeCode> s_built = [];

    private readonly nint _library;

    private NativeCode(nint library)
    {
        _library = library;
    }

    /// <summary>First line of <c>cc --version</c>; null without cc.</summary>
    public static string CompilerVersion { get; } = Machine.Output("cc", "--version")?.Split('\n')[0];

    /// <summary>Builds and loads native/<paramref name="source"/> with -O3 -march=native.</summary>
    /// <param name="variant">Part of the library's name, for one source built in several ways.</param>
    /// <param name="flags">Further arguments of cc, such as -DBRANCHLESS or what pkg-config says.</param>
    /// <param name="absent">Why there is no library ("no cc", or the compiler's first error); null when there is one.</param>
    /// <returns>Null when it could not be built.</returns>
    public static NativeCode Build(string source, string variant, string[] flags, out string absent)
    {
        if (CompilerVersion == null)
        {
            absent = "no cc";
            return null;
        }
        absent = null;
        if (s_built.TryGetValue(source + variant, out NativeCode built)) return built;
        string folder = Path.Combine(AppContext.BaseDirectory, "native");
        string library = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(source)}.{variant}.{Environment.ProcessId}.so");
        string[] arguments = ["-O3", "-march=native", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-o", library, Path.Combine(folder, source), .. flags];
        using Process process = Process.Start(new ProcessStartInfo("cc", arguments) { RedirectStandardError = true });
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            absent = errors.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? "cc failed";
            return null;
        }
        nint handle = NativeLibrary.Load(library);
        File.Delete(library);
        return s_built[source + variant] = new NativeCode(handle);
    }

    /// <summary>An exported function as a delegate (a call through it costs some 10 ns: call per round, not per frame).</summary>
    public T Function<T>(string name) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, name));

    /// <summary>Address of an exported function or variable.</summary>
    public nint Address(string name) => NativeLibrary.GetExport(_library, name);
}
