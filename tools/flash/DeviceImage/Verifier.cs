using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LabEdge.DeviceImage;

/// <summary>
/// Refuses metadata and IL that the metadata processor 3.0 converts without a word but nanoCLR 1.x runs wrongly,
/// silently or not at all. Every rule stands for an observed failure.
/// </summary>
public sealed class Verifier
{
    /// <summary>Branch displacements of nanoCLR are signed 16 bit numbers; nothing checks them.</summary>
    public const int MaxMethodIlOctets = 32767;

    /// <summary>Fields of a type, locals, parameters, stack slots and switch cases are counted in an octet.</summary>
    public const int MaxCount = 255;

    /// <summary>A longer array initialiser reads back as zeros.</summary>
    public const int MaxStaticDataOctets = 65535;

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly List<string> _problems = [];

    private Verifier(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
    }

    /// <summary>Reads one managed assembly.</summary>
    /// <returns>One line per problem, with the type and member where it stands; empty when a board can run it.</returns>
    /// <exception cref="BadImageFormatException">The file is no managed assembly.</exception>
    public static IReadOnlyList<string> Check(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        Verifier verifier = new(file);
        verifier.CheckAssembly();
        return verifier._problems;
    }

    private void CheckAssembly()
    {
        if (_metadata.GetTableRowCount(TableIndex.GenericParam) > 0) _problems.Add("a generic type or method is defined");
        if (_metadata.GetTableRowCount(TableIndex.MethodSpec) > 0) _problems.Add("a generic method is called");
        for (int row = 1; row <= _metadata.GetTableRowCount(TableIndex.TypeSpec); row++)
        {
            TypeSpecification specification = _metadata.GetTypeSpecification(MetadataTokens.TypeSpecificationHandle(row));
            SignatureProbe probe = new();
            specification.DecodeSignature(probe, null);
            Report(probe, "type specification " + row);
        }

        foreach (TypeDefinitionHandle type in _metadata.TypeDefinitions) CheckType(_metadata.GetTypeDefinition(type));
    }

    private void CheckType(TypeDefinition type)
    {
        string space = _metadata.GetString(type.Namespace);
        string name = (space.Length == 0 ? "" : space + ".") + _metadata.GetString(type.Name);
        if (space is "Microsoft.CodeAnalysis" or "System.Runtime.CompilerServices") _problems.Add($"the compiler embedded {name} (C# 11 or later, nullable context, 'in' or readonly members)");
        if (type.GetLayout().Size > MaxStaticDataOctets) _problems.Add($"{name}: an array initialiser of {type.GetLayout().Size} octets (limit {MaxStaticDataOctets})");

        FieldDefinition[] fields = [.. type.GetFields().Select(_metadata.GetFieldDefinition).Where(f => (f.Attributes & FieldAttributes.Literal) == 0)];
        CheckCount(fields.Count(f => (f.Attributes & FieldAttributes.Static) != 0), name + ": static fields");
        CheckCount(fields.Count(f => (f.Attributes & FieldAttributes.Static) == 0), name + ": instance fields");
        foreach (FieldDefinition field in fields) CheckSignature(field.Signature, name + "." + _metadata.GetString(field.Name));

        bool isInterface = (type.Attributes & TypeAttributes.Interface) != 0;
        foreach (MethodDefinitionHandle handle in type.GetMethods())
        {
            MethodDefinition method = _metadata.GetMethodDefinition(handle);
            string where = name + "." + _metadata.GetString(method.Name);
            if (isInterface && method.RelativeVirtualAddress != 0) _problems.Add(where + ": interface member with a body");
            if (IsNative(method)) _problems.Add(where + ": native method");
            CheckSignature(method.Signature, where);
            CheckCount(method.GetParameters().Count, where + ": parameters");
            if (method.RelativeVirtualAddress != 0) CheckBody(_file.GetMethodBody(method.RelativeVirtualAddress), where);
        }
    }

    /// <summary>No body, and neither abstract nor a delegate's: stock firmware would have to bring it.</summary>
    private static bool IsNative(MethodDefinition method) =>
        method.RelativeVirtualAddress == 0
        && (method.Attributes & MethodAttributes.Abstract) == 0
        && (method.ImplAttributes & MethodImplAttributes.CodeTypeMask) != MethodImplAttributes.Runtime;

    private void CheckBody(MethodBodyBlock body, string where)
    {
        CheckCount(body.MaxStack, where + ": evaluation stack");
        if (!body.LocalSignature.IsNil)
        {
            BlobHandle locals = _metadata.GetStandaloneSignature(body.LocalSignature).Signature;
            CheckSignature(locals, where + " (locals)");
            BlobReader signature = _metadata.GetBlobReader(locals);
            signature.ReadSignatureHeader();
            CheckCount(signature.ReadCompressedInteger(), where + ": locals");
        }

        BlobReader il = body.GetILReader();
        if (il.Length > MaxMethodIlOctets) _problems.Add($"{where}: {il.Length} octets of IL (limit {MaxMethodIlOctets})");
        InstructionRules.Check(il, where, _problems);
    }

    private void CheckCount(int value, string what)
    {
        if (value > MaxCount) _problems.Add($"{what}: {value} (limit {MaxCount})");
    }

    private void CheckSignature(BlobHandle signature, string where)
    {
        SignatureProbe probe = new();
        SignatureDecoder<int, object> decoder = new(probe, _metadata, null);
        BlobReader reader = _metadata.GetBlobReader(signature);
        SignatureKind kind = reader.ReadSignatureHeader().Kind;
        reader.Reset();
        if (kind == SignatureKind.Field) decoder.DecodeFieldSignature(ref reader);
        else if (kind == SignatureKind.LocalVariables) decoder.DecodeLocalSignature(ref reader);
        else decoder.DecodeMethodSignature(ref reader);
        Report(probe, where);
    }

    private void Report(SignatureProbe probe, string where)
    {
        if (probe.Found != null) _problems.Add(where + ": " + probe.Found);
    }
}
