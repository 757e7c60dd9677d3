using LabEdge.Tests.Device;
using LabEdge.DeviceImage;
using Mono.Cecil;

namespace LabEdge.Tests.Guards;

/// <summary>Each guard finds the mistake that it stands for, planted in an assembly that is compiled like a room.</summary>
[TestClass]
public sealed class PlantedMistakeTests
{
    [TestMethod]
    public void A_planted_generic_is_found()
    {
        using PlantedAssembly planted = new("public class Box<T> { public T Value; }");
        Assert.IsNotEmpty(Verifier.Check(planted.Path));
    }

    [TestMethod]
    [DataRow("return (int)u >> 4;", "signed shift")]
    [DataRow("return (int)a[0] >> 4;", "signed shift")]
    [DataRow("return (int)u % 5;", "signed remainder")]
    [DataRow("return (int)((long)(int)u / 2);", "signed widening")]
    [DataRow("return (int)((long)l >> 4);", "signed shift")]
    [DataRow("return (int)(a[0] + u) >> (u > 3 ? 1 : 2);", "signed shift")]
    public void A_planted_signedness_trap_is_found(string body, string expected)
    {
        Assert.Contains(expected, string.Join(";", Signedness(body)));
    }

    [TestMethod]
    [DataRow("int i = (int)u; int k = i >> 4; return k + i;")]
    [DataRow("int[] kept = { (int)u }; return kept[0] >> 4;")]
    [DataRow("return (int)(u >> 4);")]
    [DataRow("return (int)(u % 5);")]
    [DataRow("return (int)u / 4;")]
    [DataRow("return (int)(a[0] - u) > 0 ? 1 : 0;")]
    public void What_nanoCLR_computes_right_is_left_alone(string body)
    {
        Assert.IsEmpty(Signedness(body));
    }

    [TestMethod]
    [DataRow("byte[] copy = new byte[4]; return copy.Length > 0;", "newarr")]
    [DataRow("object boxed = frame.Length; return boxed != null;", "box")]
    [DataRow("return Answer;", "getter")]
    [DataRow("return Name(frame.Length) != null;", "String")]
    [DataRow("return new Frame(0, 64).Length == 0;", "newobj")]
    public void A_planted_allocation_or_getter_on_the_path_is_found(string body, string expected)
    {
        using PlantedAssembly planted = new("""
            using LabEdge.Hal;
            public sealed class PlantedPort : IFramePort
            {
                private bool Answer { get { return true; } }
                private static string Name(int n) { return "n" + n.ToString(); }
                public LinkKind Kind { get { return LinkKind.Ethernet; } }
                public bool LinkUp { get { return true; } }
                public int MaxFrameLength { get { return 1514; } }
                public bool Receive(Frame frame) { return false; }
                public int ReceiveBurst(Frame[] frames, int max) { return 0; }
                public void Flush() { }
                public bool Send(Frame frame) { return Inner(frame); }
                private bool Inner(Frame frame) {
            """ + body + "}}");
        using RoomModules rooms = new(planted.Path);
        List<string> found = FramePathGuard.Check([.. rooms.All], out _);
        Assert.Contains(expected, string.Join(";", found));
        Assert.IsTrue(found.TrueForAll(line => line.Contains("PlantedPort")), string.Join(";", found));
    }

    [TestMethod]
    public void A_planted_wrong_arrow_is_found()
    {
        using PlantedAssembly upwards = new("LabEdge.Host", false, "public class P { public LabEdge.Control.ControlModule C; }");
        using PlantedAssembly protocols = new("LabEdge.Ospf", false, "public class P { public LabEdge.Hal.ISpiDevice S; }");
        using RoomModules rooms = new(upwards.Path, protocols.Path);
        Assert.Contains("LabEdge.Host refers to LabEdge.Control", string.Join(";", ArrowGuard.Check(rooms.Planted[0])));
        Assert.Contains("LabEdge.Ospf names LabEdge.Hal.ISpiDevice", string.Join(";", ArrowGuard.Check(rooms.Planted[1])));
    }

    [TestMethod]
    public void A_planted_oversized_room_is_found()
    {
        string lines = string.Concat(Enumerable.Range(0, 700).Select(i => $"x = x * {100_000 + i} + y; y = x ^ {200_000 + i};"));
        string methods = string.Concat(Enumerable.Range(0, 5).Select(i => $"public static int M{i}(int x, int y) {{ {lines} return x; }}"));
        using PlantedAssembly code = new("public class P {" + methods + "}");
        Assert.Contains("octets of IL", string.Join(";", RoomSize.Of(code.Path).Problems("planted")));
        string texts = string.Concat(Enumerable.Range(0, 600).Select(i => $"if (n == {i}) return \"{i}{new string('x', 90)}\";"));
        using PlantedAssembly text = new("public class P { public static string Of(int n) {" + texts + " return null; } }");
        Assert.Contains("octets of strings", string.Join(";", RoomSize.Of(text.Path).Problems("planted")));
    }

    private static List<string> Signedness(string body)
    {
        using PlantedAssembly planted = new("public class P { public static int M(uint u, uint[] a, ulong l) { " + body + " } }");
        using ModuleDefinition module = ModuleDefinition.ReadModule(planted.Path, new ReaderParameters { InMemory = true });
        return SignednessGuard.Check(module);
    }
}
