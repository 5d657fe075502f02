namespace Bento.Building;

/// <summary>What differs between two systems, package by package.</summary>
/// <param name="Packages">The packages that differ, in ordinal order of their names.</param>
/// <param name="BytesBefore">The size of the old system and of all that it needs.</param>
/// <param name="BytesAfter">The same of the new one.</param>
/// <remarks>Immutable.</remarks>
public sealed record ClosureDifference(IReadOnlyList<PackageChange> Packages, long BytesBefore, long BytesAfter)
{
    /// <summary>
    /// A package of the same version that grew or shrank by less is not worth a line: 8 KiB, as <c>nix store diff-closures</c> has it.
    /// </summary>
    public const long NoticeableBytes = 8 * 1024;

    /// <summary>Compares two systems. Pure.</summary>
    /// <param name="before">The old one.</param>
    /// <param name="after">The new one.</param>
    /// <returns>What differs. Paths that were only rebuilt, with the same name, version and size, do not count.</returns>
    public static ClosureDifference Between(SystemClosure before, SystemClosure after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var old = Group(before);
        var current = Group(after);
        var packages = old.Keys.Union(current.Keys, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => Compare(name, old.GetValueOrDefault(name), current.GetValueOrDefault(name)))
            .OfType<PackageChange>();
        return new ClosureDifference([.. packages], before.Bytes, after.Bytes);
    }

    private static Dictionary<string, Package> Group(SystemClosure closure) => closure.Paths
        .Select(path => (Name: PackageName.Of(path.Key), Bytes: path.Value))
        .GroupBy(path => path.Name.Name, StringComparer.Ordinal)
        .ToDictionary(
            paths => paths.Key,
            paths => new Package(
                [.. paths.Select(path => path.Name.Version)
                    .Where(version => version.Length > 0)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)],
                paths.Sum(path => path.Bytes)),
            StringComparer.Ordinal);

    private static PackageChange? Compare(string name, Package? before, Package? after)
    {
        var delta = (after?.Bytes ?? 0) - (before?.Bytes ?? 0);
        PackageChangeKind? kind = (before, after) switch
        {
            (null, _) => PackageChangeKind.Added,
            (_, null) => PackageChangeKind.Removed,
            _ when !before.Versions.SequenceEqual(after.Versions, StringComparer.Ordinal) => PackageChangeKind.Changed,
            _ when Math.Abs(delta) >= NoticeableBytes => PackageChangeKind.Resized,
            _ => null,
        };
        return kind is { } known ? new PackageChange(name, known, before?.Versions ?? [], after?.Versions ?? [], delta) : null;
    }

    private sealed record Package(IReadOnlyList<string> Versions, long Bytes);
}
