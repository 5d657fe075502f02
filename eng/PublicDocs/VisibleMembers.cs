using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PublicDocs;

/// <summary>What an assembly shows to others: its public types, and what they have that is public or protected.</summary>
/// <remarks>Read from the metadata, so that nothing that the assembly references has to be there.</remarks>
internal sealed class VisibleMembers
{
    private readonly MetadataReader _metadata;
    private readonly HashSet<MemberKey> _keys = [];

    private VisibleMembers(MetadataReader metadata) => _metadata = metadata;

    /// <summary>Reads an assembly.</summary>
    public static IReadOnlySet<MemberKey> Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var members = new VisibleMembers(file.GetMetadataReader());
        foreach (var handle in members._metadata.TypeDefinitions)
        {
            var type = members._metadata.GetTypeDefinition(handle);
            if (members.IsVisible(type))
            {
                members.Add(type);
            }
        }

        return members._keys;
    }

    private void Add(TypeDefinition type)
    {
        var name = NameOf(type);
        _keys.Add(new MemberKey('T', name, 0));
        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition).Where(field => IsVisible(field.Attributes)))
        {
            _keys.Add(new MemberKey('F', $"{name}.{Text(field.Name)}", 0));
        }

        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition).Where(method => IsVisible(method.Attributes)))
        {
            _keys.Add(new MemberKey('M', $"{name}.{Text(method.Name)}", Parameters(method.Signature)));
        }

        foreach (var property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
        {
            var accessors = property.GetAccessors();
            if (IsVisible(accessors.Getter) || IsVisible(accessors.Setter))
            {
                _keys.Add(new MemberKey('P', $"{name}.{Text(property.Name)}", Parameters(property.Signature)));
            }
        }

        foreach (var @event in type.GetEvents()
            .Select(_metadata.GetEventDefinition)
            .Where(@event => IsVisible(@event.GetAccessors().Adder)))
        {
            _keys.Add(new MemberKey('E', $"{name}.{Text(@event.Name)}", 0));
        }
    }

    private bool IsVisible(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsVisible(_metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private bool IsVisible(MethodDefinitionHandle method) => !method.IsNil && IsVisible(_metadata.GetMethodDefinition(method).Attributes);

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public
            or MethodAttributes.Family
            or MethodAttributes.FamORAssem;

    private static bool IsVisible(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private string NameOf(TypeDefinition type)
    {
        var declaring = type.GetDeclaringType();
        var scope = declaring.IsNil ? _metadata.GetString(type.Namespace) : NameOf(_metadata.GetTypeDefinition(declaring));
        return scope.Length == 0 ? _metadata.GetString(type.Name) : $"{scope}.{_metadata.GetString(type.Name)}";
    }

    // Constructors are .ctor in metadata and #ctor in ids.
    private string Text(StringHandle name) => _metadata.GetString(name).Replace('.', '#');

    private int Parameters(BlobHandle signature)
    {
        var reader = _metadata.GetBlobReader(signature);
        if (reader.ReadSignatureHeader().IsGeneric)
        {
            _ = reader.ReadCompressedInteger();
        }

        return reader.ReadCompressedInteger();
    }
}
