namespace Bento.Protocol;

/// <summary>The one member that every release has, whatever its schema.</summary>
internal sealed record SchemaDocument(int Schema);
