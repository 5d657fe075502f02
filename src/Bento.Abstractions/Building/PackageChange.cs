namespace Bento.Building;

/// <summary>How one package differs between two systems.</summary>
/// <remarks>Immutable.</remarks>
public sealed record PackageChange
{
    /// <summary>Its name without version, as Nix splits them: the version begins at the first dash that no letter follows.</summary>
    public required string Name { get; init; }

    /// <summary>What became of it.</summary>
    public required PackageChangeKind Kind { get; init; }

    /// <summary>The versions in the old system, in ordinal order; empty where it has none.</summary>
    public required IReadOnlyList<string> Before { get; init => field = ValueList.Of(value); }

    /// <summary>The versions in the new system, in ordinal order; empty where it has none.</summary>
    public required IReadOnlyList<string> After { get; init => field = ValueList.Of(value); }

    /// <summary>How many bytes the new system needs more for it; negative when it needs less.</summary>
    public required long BytesDelta { get; init; }
}
