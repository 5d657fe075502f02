using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

/// <summary>The room of status reads areas through the transport alone, which follows no link and waits for no pipe.</summary>
public sealed class StatusRoomTests
{
    /// <summary>Opens what its path leads to.</summary>
    private static readonly HashSet<string> Openers = ["File", "FileInfo", "FileStream", "StreamReader", "StreamWriter", "DirectoryInfo"];

    [Fact]
    public void H1_no_file_is_opened_but_by_the_transport_and_the_store()
    {
        using var assembly = new PEReader(File.OpenRead(typeof(StatusRule).Assembly.Location));
        var metadata = assembly.GetMetadataReader();

        var users = metadata.TypeDefinitions
            .Where(type => Namespace(metadata, type) == "Bento.Status")
            .SelectMany(
                type => metadata.GetTypeDefinition(type).GetMethods().Select(method => (Type: Outermost(metadata, type), Method: method)))
            .Where(method => Calls(assembly, metadata, method.Method).Any(Openers.Contains))
            .Select(method => method.Type)
            .Distinct();

        Assert.Empty(users);
    }

    [Fact]
    public void H1_the_test_above_finds_who_opens_a_file()
    {
        using var assembly = new PEReader(File.OpenRead(typeof(StatusRoomTests).Assembly.Location));
        var metadata = assembly.GetMetadataReader();
        var here = metadata.TypeDefinitions.Single(
            type => metadata.GetString(metadata.GetTypeDefinition(type).Name) == nameof(StatusRoomTests));

        Assert.Contains(metadata.GetTypeDefinition(here).GetMethods(), method => Calls(assembly, metadata, method).Contains("File"));
    }

    /// <summary>
    /// The types of the framework's file system that a method names in a call: every token of a member in its code, found at any offset.
    /// </summary>
    private static HashSet<string> Calls(PEReader assembly, MetadataReader metadata, MethodDefinitionHandle handle)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (metadata.GetMethodDefinition(handle).RelativeVirtualAddress is var address && address == 0)
        {
            return found;
        }

        var code = assembly.GetMethodBody(address).GetILBytes()!;
        for (var offset = 0; offset + 4 <= code.Length; offset++)
        {
            var token = BitConverter.ToInt32(code, offset);
            if (token >> 24 == 0x0A && (token & 0xFFFFFF) is > 0 and var row && row <= metadata.GetTableRowCount(TableIndex.MemberRef)
                && metadata.GetMemberReference(
                    MetadataTokens.MemberReferenceHandle(row)).Parent is { Kind: HandleKind.TypeReference } parent
                && metadata.GetTypeReference((TypeReferenceHandle)parent) is var type && metadata.GetString(type.Namespace) == "System.IO")
            {
                _ = found.Add(metadata.GetString(type.Name));
            }
        }

        return found;
    }

    private static string Namespace(MetadataReader metadata, TypeDefinitionHandle type) =>
        metadata.GetString(metadata.GetTypeDefinition(Outer(metadata, type)).Namespace);

    private static string Outermost(MetadataReader metadata, TypeDefinitionHandle type) =>
        metadata.GetString(metadata.GetTypeDefinition(Outer(metadata, type)).Name);

    private static TypeDefinitionHandle Outer(MetadataReader metadata, TypeDefinitionHandle type) =>
        metadata.GetTypeDefinition(type).GetDeclaringType() is { IsNil: false } outer ? Outer(metadata, outer) : type;
}
