using System.Text;
using LabEdge.DeviceImage;

namespace LabEdge.Tests.Device;

/// <summary>What the converter lets through and nanoCLR does not carry out is found in every form that was seen to fail.</summary>
[TestClass]
public sealed class VerifierTests
{
    [TestMethod]
    public void Plain_code_has_no_problem() => Assert.IsEmpty(Problems("public class C { public int[] a = { 1, 2, 3 }; public int M(int x) { for (int i = 0; i < 3; i++) x += a[i]; return x; } }"));

    [TestMethod]
    public void A_generic_class_is_found() => AssertFound("a generic type or method is defined", "public class C<T> { public T Value; }");

    [TestMethod]
    public void A_generic_method_is_found() => AssertFound("a generic method is called", "public class C { static T Id<T>(T x) { return x; } public int M() { return Id(5); } }");

    [TestMethod]
    public void Stackalloc_is_found()
    {
        using PlantedAssembly planted = new("Planted", allowUnsafe: true, "public unsafe class C { public int M(int n) { byte* p = stackalloc byte[n]; p[0] = 1; return p[0]; } }");
        AssertContains("instruction localloc", Verifier.Check(planted.Path));
    }

    [TestMethod]
    public void A_pointer_is_found()
    {
        using PlantedAssembly planted = new("Planted", allowUnsafe: true, "public unsafe class C { public int M(byte[] a) { fixed (byte* p = a) { return *p; } } }");
        AssertContains("pinned local", Verifier.Check(planted.Path), orElse: "pointer");
    }

    [TestMethod]
    public void Checked_arithmetic_is_found() => AssertFound("instruction add.ovf", "public class C { public int M(int a) { return checked(a + 1); } }");

    [TestMethod]
    public void A_default_interface_method_is_refused_by_the_surface_and_by_the_verifier()
    {
        const string Source = "public interface I { int M() { return 1; } }";
        // The surface has no RuntimeFeature.DefaultImplementationsOfInterfaces, so that csc refuses it before the verifier is asked.
        InvalidOperationException refused = Assert.ThrowsExactly<InvalidOperationException>(() => new PlantedAssembly(Source));
        Assert.Contains("CS8701", refused.Message);

        const string Feature = "namespace System.Runtime.CompilerServices { public static class RuntimeFeature { public const string DefaultImplementationsOfInterfaces = \"x\"; } }";
        using PlantedAssembly core = PlantedAssembly.WithOwnCore(Source, Feature);
        AssertContains("I.M: interface member with a body", Verifier.Check(core.Path));
    }

    [TestMethod]
    public void More_than_255_locals_are_found()
    {
        StringBuilder source = new("public class C { public static void Use(ref int x) { x++; } public void M() {");
        for (int i = 0; i < 256; i++) source.Append($"int a{i} = {i}; Use(ref a{i});");
        AssertFound("C.M: locals: 256 (limit 255)", source.Append("} }").ToString());
    }

    [TestMethod]
    public void More_than_255_dense_switch_cases_are_found()
    {
        StringBuilder source = new("public class C { public int M(int x) { switch (x) {");
        for (int i = 0; i < 300; i++) source.Append($"case {i}: return {(i * 7919) % 1009};");
        AssertFound("cases of one jump table: 300", source.Append("default: return -1; } } }").ToString());
    }

    [TestMethod]
    public void More_than_255_fields_are_found()
    {
        string fields = string.Concat(Enumerable.Range(0, 256).Select(i => $"public int f{i}; public static int s{i};"));
        IReadOnlyList<string> problems = Problems("public class C {" + fields + "}");
        AssertContains("C: static fields: 256", problems);
        AssertContains("C: instance fields: 256", problems);
    }

    [TestMethod]
    public void A_multi_dimensional_array_is_found() => AssertFound("multi-dimensional array", "public class C { public int[,] a; }");

    [TestMethod]
    public void A_method_of_more_than_32_KB_is_found()
    {
        StringBuilder source = new("public class C { public int M(int[] a) { ");
        for (int i = 0; i < 4000; i++) source.Append($"a[{i + 70000}] = {i + 70000};");
        AssertFound("octets of IL (limit 32767)", source.Append(" return a[0]; } }").ToString());
    }

    [TestMethod]
    public void An_array_initialiser_of_more_than_64_KB_is_found() =>
        AssertFound("an array initialiser of 70000 octets", "public class C { public static byte[] T = {" + string.Join(",", Enumerable.Range(0, 70000).Select(i => i % 251 + 1)) + "}; }");

    [TestMethod]
    public void A_native_method_is_found() => AssertFound("native method", "public class C { public static extern int M(); }");

    [TestMethod]
    [DataRow("public class C { int? x; }")]
    [DataRow("public class C { public (int, int) M() { return (1, 2); } }")]
    [DataRow("using System.Collections.Generic; public class C { List<int> x; }")]
    [DataRow("public class C { System.Func<int> x; }")]
    [DataRow("public class C { public System.Span<byte> M() { return default; } }")]
    [DataRow("public class C { volatile int x; }")]
    [DataRow("public class C { decimal x; }")]
    [DataRow("public record C(int X);")]
    [DataRow("public class C { public System.OverflowException x; }")]
    [DataRow("public class C { public string M(string s) { return s.Replace('a', 'b'); } }")]
    [DataRow("public class C { public void M(byte[] a) { System.Array.Reverse(a); } }")]
    [DataRow("public class C { public int M(byte[] a) { return a[^1]; } }")]
    [DataRow("public class C { public System.Collections.IEnumerable M() { yield return 1; } }")]
    [DataRow("public class C { public async void M() { } }")]
    public void The_surface_refuses_what_no_board_has(string source) => Assert.ThrowsExactly<InvalidOperationException>(() => new PlantedAssembly(source));

    private static IReadOnlyList<string> Problems(string source)
    {
        using PlantedAssembly planted = new(source);
        return Verifier.Check(planted.Path);
    }

    private static void AssertFound(string expected, string source) => AssertContains(expected, Problems(source));

    private static void AssertContains(string expected, IReadOnlyList<string> problems, string orElse = null)
    {
        bool found = problems.Any(p => p.Contains(expected, StringComparison.Ordinal) || (orElse != null && p.Contains(orElse, StringComparison.Ordinal)));
        Assert.IsTrue(found, $"'{expected}' not among: {string.Join(" | ", problems)}");
    }
}
