namespace Bento.Building;

/// <summary>A system and everything in the store that it needs to run.</summary>
/// <param name="System">The system.</param>
/// <param name="Paths">Each path with its size in bytes, as Nix counts it: the size of its NAR. The system itself is among them.</param>
/// <remarks>Immutable.</remarks>
public sealed record SystemClosure(StorePath System, IReadOnlyDictionary<StorePath, long> Paths)
{
    /// <summary>Each path with its size in bytes, as Nix counts it: the size of its NAR. The system itself is among them.</summary>
    public IReadOnlyDictionary<StorePath, long> Paths { get; init => field = ValueDictionary.Of(value); } = ValueDictionary.Of(Paths);

    /// <summary>The size of all paths, in bytes.</summary>
    public long Bytes => Paths.Values.Sum();
}
