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
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Offset = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PatchPart? Patch = null)
    {
        public static PathPart From(ClosurePath path) => new(
            path.Path.BaseName,
            path.NarHash.ToString(),
            path.NarBytes,
            path.References,
            path.File.Hash.ToString(),
            path.File.Bytes,
            path.File.Bundle,
            path.File.Bundle is null ? null : path.File.Offset,
            path.Patch is null ? null : PatchPart.Of(path.Patch));

        public ClosurePath ToPath(string store) => new()
        {
            Path = PathIn(store, Path),
            NarHash = TreeHash.Parse(NarHash),
            NarBytes = NarSize,
            References = References,
            File = FileOf(Sha256, Size, Bundle, Offset),
            Patch = Patch?.ToPatch(store),
        };
    }

    internal sealed record PatchPart(
        string From,
        long FromSize,
        string Sha256,
        long Size,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Bundle = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Offset = null)
    {
        public static PatchPart Of(ClosurePatch patch) => new(
            patch.From.BaseName,
            patch.FromBytes,
            patch.File.Hash.ToString(),
            patch.File.Bytes,
            patch.File.Bundle,
            patch.File.Bundle is null ? null : patch.File.Offset);

        public ClosurePatch ToPatch(string store) => new()
        {
            From = PathIn(store, From),
            FromBytes = FromSize,
            File = FileOf(Sha256, Size, Bundle, Offset),
        };
    }

    /// <summary>A name with a slash would lie elsewhere.</summary>
    private static StorePath PathIn(string store, string name) =>
        StorePath.Parse($"{store}/{name}") is var path && path.Directory == store
            ? path
            : throw new FormatException("A path is not directly in the store.");

    private static ClosureFile FileOf(string hash, long bytes, int? bundle, long? offset) => bundle is null == offset is null
        ? new ClosureFile { Hash = ContentHash.Parse(hash), Bytes = bytes, Bundle = bundle, Offset = offset ?? 0 }
        : throw new FormatException("A part of a bundle has no offset, or an offset no bundle.");
}
