using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace LabEdge.DeviceImage;

/// <summary>Reads one signature and keeps the first type in it that nanoCLR 1.x does not have.</summary>
internal sealed class SignatureProbe : ISignatureTypeProvider<int, object>
{
    /// <summary>What was found, or null.</summary>
    public string Found { get; private set; }

    public int GetArrayType(int elementType, ArrayShape shape) => Refuse("multi-dimensional array");
    public int GetFunctionPointerType(MethodSignature<int> signature) => Refuse("function pointer");
    public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => Refuse("generic instance");
    public int GetGenericMethodParameter(object genericContext, int index) => Refuse("generic parameter");
    public int GetGenericTypeParameter(object genericContext, int index) => Refuse("generic parameter");
    public int GetPinnedType(int elementType) => Refuse("pinned local");
    public int GetPointerType(int elementType) => Refuse("pointer");
    public int GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode == PrimitiveTypeCode.TypedReference ? Refuse("TypedReference") : 0;

    public int GetByReferenceType(int elementType) => 0;
    public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;
    public int GetSZArrayType(int elementType) => 0;
    public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => 0;
    public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;
    public int GetTypeFromSpecification(MetadataReader reader, object genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => 0;

    private int Refuse(string what)
    {
        Found ??= what;
        return 0;
    }
}
