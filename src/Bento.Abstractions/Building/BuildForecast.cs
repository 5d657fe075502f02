namespace Bento.Building;

/// <summary>What Nix would do to have systems in the store.</summary>
/// <param name="ToBuild">The derivations that would be built here or on remote builders.</param>
/// <param name="ToFetch">The paths that would be copied from caches.</param>
/// <remarks>Immutable.</remarks>
public sealed record BuildForecast(IReadOnlyList<StorePath> ToBuild, IReadOnlyList<StorePath> ToFetch)
{
    /// <summary>The derivations that would be built here or on remote builders.</summary>
    public IReadOnlyList<StorePath> ToBuild { get; init => field = ValueList.Of(value); } = ValueList.Of(ToBuild);

    /// <summary>The paths that would be copied from caches.</summary>
    public IReadOnlyList<StorePath> ToFetch { get; init => field = ValueList.Of(value); } = ValueList.Of(ToFetch);
}
