namespace Bento.Protocol;

/// <summary>All that a system needs: every path, what it refers to, and where its content lies (docs/protocol.md, "Closures").</summary>
internal sealed record ClosureManifest
{
    public required IReadOnlyList<ClosureBundle> Bundles { get; init; }

    /// <summary>The paths, each behind all that it refers to; the system is the last.</summary>
    public required IReadOnlyList<ClosurePath> Paths { get; init; }

    public StorePath System => Paths[^1].Path;

    /// <summary>The files in <c>store/</c> that it names, each once, and how long they are.</summary>
    public IReadOnlyDictionary<string, long> Files()
    {
        var files = Bundles.ToDictionary(bundle => AreaPath.Bundle(bundle.Hash), bundle => bundle.Bytes, StringComparer.Ordinal);
        foreach (var file in Paths.Select(path => path.File).Where(file => file.Bundle is null))
        {
            files[AreaPath.Nar(file.Hash)] = file.Bytes;
        }

        foreach (var file in Paths.Select(path => path.Patch?.File).OfType<ClosureFile>().Where(file => file.Bundle is null))
        {
            files[AreaPath.Patch(file.Hash)] = file.Bytes;
        }

        return files;
    }
}
