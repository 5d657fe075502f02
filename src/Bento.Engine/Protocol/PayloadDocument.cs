using System.Text.Json.Serialization;

namespace Bento.Protocol;

/// <summary>The payload as it is written; the order of the parameters is the order in the file.</summary>
internal sealed record PayloadDocument(
    int Schema,
    string Fleet,
    string Host,
    long Epoch,
    long Sequence,
    string Id,
    DateTimeOffset Issued,
    DateTimeOffset Expires,
    ConfigurationKind Kind,
    string? Attribute,
    PayloadDocument.ContentPart Content,
    string? ExpectedSystem,
    PolicyDocument Policy,
    int MinAgent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SecretsDocument? Secrets = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ProvenanceDocument? Provenance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PayloadDocument.ClosurePart? Closure = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PinDocument? Pin = null)
{
    internal sealed record ContentPart(
        string Sha256,
        long Size,
        int Files,
        string Tree,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Directory = null);

    internal sealed record ClosurePart(string Sha256, long Size);
}
