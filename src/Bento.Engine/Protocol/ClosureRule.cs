namespace Bento.Protocol;

/// <summary>What a manifest must hold to, beside the grammar of its values: whatever reads one may rely on this. Pure.</summary>
internal static class ClosureRule
{
    /// <exception cref="FormatException">It does not; the message says where.</exception>
    public static void Check(ClosureManifest manifest)
    {
        Require(manifest.Paths.Count is > 0 and <= ClosureLimits.MaxPaths, $"It has {manifest.Paths.Count} paths.");
        Require(manifest.Bundles.Count <= ClosureLimits.MaxBundles, $"It has {manifest.Bundles.Count} bundles.");
        Require(manifest.Bundles.All(bundle => IsSize(bundle.Bytes)), "The size of a bundle is out of range.");
        Require(manifest.Bundles.DistinctBy(bundle => bundle.Hash).Count() == manifest.Bundles.Count, "It names a bundle twice.");
        CheckPaths(manifest);
        CheckNeed(manifest.Paths);
        CheckFiles(manifest);
    }

    private static void CheckPaths(ClosureManifest manifest)
    {
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < manifest.Paths.Count; index++)
        {
            var path = manifest.Paths[index];
            Require(path.Path.Directory == manifest.System.Directory, $"'{path.Path}' is in another store.");

            // Nix tells paths apart by the hash alone.
            Require(hashes.Add(path.Path.HashPart), $"It has '{path.Path.BaseName}' twice, or another path of that hash.");
            Require(IsSize(path.NarBytes) && IsSize(path.File.Bytes), $"A size of '{path.Path.BaseName}' is out of range.");
            Require(
                path.Patch is not { } patch
                    || (IsSize(patch.FromBytes) && IsSize(patch.File.Bytes) && patch.From.Directory == manifest.System.Directory),
                $"The patch of '{path.Path.BaseName}' is out of range.");
            var last = -1;
            foreach (var reference in path.References)
            {
                Require(reference > last, $"The references of '{path.Path.BaseName}' are not in order.");
                Require(reference <= index, $"'{path.Path.BaseName}' refers to a path that does not stand before it.");
                last = reference;
            }
        }
    }

    /// <summary>A path that the system does not need would be fetched and then collected.</summary>
    private static void CheckNeed(IReadOnlyList<ClosurePath> paths)
    {
        var needed = new bool[paths.Count];
        needed[^1] = true;
        for (var index = paths.Count - 1; index >= 0; index--)
        {
            Require(needed[index], $"The system does not need '{paths[index].Path.BaseName}'.");
            foreach (var reference in paths[index].References)
            {
                needed[reference] = true;
            }
        }
    }

    /// <summary>Paths with the same content share a file; other parts of a bundle do not overlap.</summary>
    private static void CheckFiles(ClosureManifest manifest)
    {
        var files = new Dictionary<ContentHash, ClosureFile>();
        foreach (var file in manifest.Paths.Select(path => path.File)
            .Concat(manifest.Paths.Select(path => path.Patch?.File).OfType<ClosureFile>()))
        {
            Require(files.TryAdd(file.Hash, file) || files[file.Hash] == file, $"It says two things of the file {file.Hash}.");
            Require(
                file.Bundle is { } bundle
                    ? bundle >= 0
                        && bundle < manifest.Bundles.Count
                        && file.Bytes <= ClosureLimits.MaxBundledBytes
                        && file.Offset >= 0
                        && file.Offset <= manifest.Bundles[bundle].Bytes - file.Bytes
                    : file.Offset == 0,
                $"The file {file.Hash} is not in its bundle, or too long for one.");
        }

        foreach (var parts in files.Values.Where(file => file.Bundle is not null).GroupBy(file => file.Bundle))
        {
            var end = 0L;
            foreach (var part in parts.OrderBy(part => part.Offset))
            {
                Require(part.Offset >= end, $"The file {part.Hash} begins in the middle of another one.");
                end = part.Offset + part.Bytes;
            }
        }
    }

    private static bool IsSize(long bytes) => bytes is > 0 and <= ClosureLimits.MaxFileBytes;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
