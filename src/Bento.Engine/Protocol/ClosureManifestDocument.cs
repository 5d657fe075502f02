using System.Text.Json.Serialization;

namespace Bento.Protocol;

/// <summary>A manifest as it is written; the order of the parameters is the order in the file.</summary>
internal sealed record ClosureManifestDocument(
    int Schema,
    string Store,
    IReadOnlyList<ClosureManifestDocument.BundlePart> Bundles,
    IReadOnlyList<ClosureManifestDocument.PathPart> Paths)
{
    public static ClosureManifestDocument From(ClosureManifest manifest) => new(
        ClosureManifestJson.Schema,
        manifest.System.Directory,
        [.. manifest.Bundles.Select(bundle => new BundlePart(bundle.Hash.ToString(), bundle.Bytes))],
        [.. manifest.Paths.Select(PathPart.From)]);

    /// <exception cref="FormatException">A value is out of its grammar.</exception>
    public ClosureManifest ToManifest() => new()
    {
        Bundles = [.. Bundles.Select(bundle => bundle is null
            ? throw new FormatException("A bundle is null.")
            : new ClosureBundle { Hash = ContentHash.Parse(bundle.Sha256), Bytes = bundle.Size })],
        Paths = [.. Paths.Select(path => path is null ? throw new FormatException("A path is null.") : path.ToPath(Store))],
    };

    internal sealed record BundlePart(string Sha256, long Size);

    internal sealed record PathPart(
        string Path,
        string NarHash,
        long NarSize,
        IReadOnlyList<int> References,
        string Sha256,
        long Size,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Bundle = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Offset = null)
    {
        public static PathPart From(ClosurePath path) => new(
            path.Path.BaseName,
            path.NarHash.ToString(),
            path.NarBytes,
            path.References,
            path.File.Hash.ToString(),
            path.File.Bytes,
            path.File.Bundle,
            path.File.Bundle is null ? null : path.File.Offset);

        public ClosurePath ToPath(string store) => new()
        {
            // A name with a slash would lie elsewhere.
            Path = StorePath.Parse($"{store}/{Path}") is var path && path.Directory == store
                ? path
                : throw new FormatException("A path is not directly in the store."),
            NarHash = TreeHash.Parse(NarHash),
            NarBytes = NarSize,
            References = References,
            File = Bundle is null == Offset is null
                ? new ClosureFile { Hash = ContentHash.Parse(Sha256), Bytes = Size, Bundle = Bundle, Offset = Offset ?? 0 }
                : throw new FormatException("A part of a bundle has no offset, or an offset no bundle."),
        };
    }
}
