namespace Bento.Building;

/// <summary>What differs between two systems, package by package.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ClosureDifference
{
    /// <summary>The packages that differ, in ordinal order of their names.</summary>
    public required IReadOnlyList<PackageChange> Packages { get; init => field = ValueList.Of(value); }

    /// <summary>The size of the old system and of all that it needs.</summary>
    public required long BytesBefore { get; init; }

    /// <summary>The same of the new one.</summary>
    public required long BytesAfter { get; init; }

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
        return new ClosureDifference { Packages = [.. packages], BytesBefore = before.Bytes, BytesAfter = after.Bytes };
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
        return kind is { } known ? new PackageChange
        {
            Name = name,
            Kind = known,
            Before = before?.Versions ?? [],
            After = after?.Versions ?? [],
            BytesDelta = delta,
        } : null;
    }

    private sealed record Package(IReadOnlyList<string> Versions, long Bytes);
}
