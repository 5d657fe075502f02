namespace Bento.Testing.Transport;

/// <summary>A file with content, a directory, or neither.</summary>
internal sealed record InMemoryNode(byte[]? Content, bool IsDirectory, DateTimeOffset Changed)
{
    public static InMemoryNode File(byte[] content, DateTimeOffset changed) => new(content, IsDirectory: false, changed);

    public static InMemoryNode Directory(DateTimeOffset changed) => new(null, IsDirectory: true, changed);

    public static InMemoryNode Foreign(DateTimeOffset changed) => new(null, IsDirectory: false, changed);
}
