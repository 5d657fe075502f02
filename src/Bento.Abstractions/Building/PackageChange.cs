namespace Bento.Building;

/// <summary>How one package differs between two systems.</summary>
/// <param name="Name">Its name without version, as Nix splits them: the version begins at the first dash that no letter follows.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Before">The versions in the old system, in ordinal order; empty where it has none.</param>
/// <param name="After">The versions in the new system, in ordinal order; empty where it has none.</param>
/// <param name="BytesDelta">How many bytes the new system needs more for it; negative when it needs less.</param>
/// <remarks>Immutable.</remarks>
public sealed record PackageChange(
    string Name, PackageChangeKind Kind, IReadOnlyList<string> Before, IReadOnlyList<string> After, long BytesDelta);
