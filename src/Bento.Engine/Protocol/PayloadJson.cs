using System.Text.Json;

namespace Bento.Protocol;

/// <summary>
/// The payload of a release as JSON (docs/protocol.md). Strict where a mistake could mislead: no duplicate names, nothing after the end,
/// every value in its grammar.
/// </summary>
internal static class PayloadJson
{
    public const int Schema = 1;

    public static byte[] Write(Release release) =>
        JsonSerializer.SerializeToUtf8Bytes(ToDocument(release), PayloadJsonContext.Default.PayloadDocument);

    /// <exception cref="NewerSchemaException">The release is of a later schema, whose members nobody knows yet.</exception>
    /// <exception cref="JsonException">The bytes are not a release of this schema.</exception>
    public static Release Read(ReadOnlySpan<byte> utf8)
    {
        if (StrictJson.Read(utf8, PayloadJsonContext.Default.SchemaDocument) is { Schema: > Schema } newer)
        {
            throw new NewerSchemaException(newer.Schema);
        }

        var document = StrictJson.Read(utf8, PayloadJsonContext.Default.PayloadDocument);
        try
        {
            return document.Schema == Schema
                ? FromDocument(document)
                : throw new JsonException($"It has schema {document.Schema}; this program reads schema {Schema}.");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    private static PayloadDocument ToDocument(Release release) => new(
        Schema,
        release.Fleet.ToString(),
        release.Host.ToString(),
        release.Number.Epoch,
        release.Number.Sequence,
        release.Id.ToString(),
        release.Issued,
        release.Expires,
        release.Kind,
        release.Attribute,
        new PayloadDocument.ContentPart(
            release.Content.Archive.ToString(),
            release.Content.ArchiveBytes,
            release.Content.FileCount,
            release.Content.TreeHash.ToString(),
            release.Content.Subdirectory),
        release.ExpectedSystem?.ToString(),
        PolicyDocument.From(release.Policy),
        release.MinimumAgent,
        release.Secrets is { } secrets ? SecretsDocument.From(secrets) : null,
        release.Provenance is { } provenance ? ProvenanceDocument.From(provenance) : null,
        release.Closure is { } closure ? new PayloadDocument.ClosurePart(closure.Manifest.ToString(), closure.ManifestBytes) : null,
        release.Pin is { } pin ? PinDocument.From(pin) : null);

    private static Release FromDocument(PayloadDocument document) => new()
    {
        Fleet = FleetName.Parse(document.Fleet),
        Host = HostName.Parse(document.Host),
        Number = document is { Epoch: >= 0, Sequence: > 0 }
            ? new ReleaseNumber(document.Epoch, document.Sequence)
            : throw new FormatException("Epoch or sequence is out of range."),
        Id = ReleaseId.Parse(document.Id),
        Issued = document.Issued,
        Expires = document.Expires,
        Kind = Enum.IsDefined(document.Kind) ? document.Kind : throw new FormatException("The kind is unknown."),
        Attribute = document.Kind == ConfigurationKind.Channel || document.Attribute is not null
            ? document.Attribute
            : throw new FormatException("A flake needs an attribute."),
        Content = document.Content is { Size: >= 0, Files: >= 0 } content
            ? new ReleaseContent
            {
                Archive = ContentHash.Parse(content.Sha256),
                ArchiveBytes = content.Size,
                FileCount = content.Files,
                TreeHash = TreeHash.Parse(content.Tree),
                Subdirectory = content.Directory is not { } directory || TreePath.IsBelow(directory)
                    ? content.Directory
                    : throw new FormatException("The directory of the content is not a path in it."),
            }
            : throw new FormatException("Size or file count of the content is out of range."),
        ExpectedSystem = document.ExpectedSystem is { } system ? StorePath.Parse(system) : null,
        Policy = document.Policy.ToPolicy(),
        MinimumAgent = document.MinAgent,
        Secrets = document.Secrets?.ToSecrets(),
        Provenance = document.Provenance?.ToProvenance(),
        Closure = document.Closure is { } closure ? Closure(closure, document.ExpectedSystem) : null,
        Pin = document.Pin?.ToPin(),
    };

    private static ReleaseClosure Closure(PayloadDocument.ClosurePart closure, string? system) =>
        system is not null && closure.Size is > 0 and <= ClosureLimits.MaxManifestBytes
            ? new ReleaseClosure { Manifest = ContentHash.Parse(closure.Sha256), ManifestBytes = closure.Size }
            : throw new FormatException("The closure is of no system, or the size of its manifest is out of range.");
}
