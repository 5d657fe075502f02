using Bento.Building;
using Bento.Cli.Terminal;

namespace Bento.Cli.Diff;

/// <summary>The packages that differ between two systems, one a line, with a sign that reads without colour.</summary>
internal static class PackageLines
{
    private const int MaxLines = 12;

    public static IEnumerable<string> Of(ClosureDifference difference, bool all)
    {
        var shown = all ? difference.Packages : [.. difference.Packages.Take(MaxLines)];
        foreach (var package in shown)
        {
            yield return Line(package);
        }

        if (difference.Packages.Count > shown.Count)
        {
            yield return $"  … and {difference.Packages.Count - shown.Count} more; --verbose shows all";
        }

        yield return $"  {Size(difference)}";
    }

    public static string Size(ClosureDifference difference) =>
        $"{ByteText.Of(difference.BytesBefore)} → {ByteText.Of(difference.BytesAfter)} "
            + $"({ByteText.Signed(difference.BytesAfter - difference.BytesBefore)})";

    /// <summary>How many packages were added, removed and changed: <c>+2 -1 ~14</c>.</summary>
    public static string Counts(ClosureDifference difference) =>
        $"+{Count(difference, PackageChangeKind.Added)} -{Count(difference, PackageChangeKind.Removed)} "
            + $"~{Count(difference, PackageChangeKind.Changed) + Count(difference, PackageChangeKind.Resized)}";

    private static int Count(ClosureDifference difference, PackageChangeKind kind) =>
        difference.Packages.Count(package => package.Kind == kind);

    private static string Line(PackageChange package) => package.Kind switch
    {
        PackageChangeKind.Added => $"  + {package.Name}{Versions(package.After)}, {ByteText.Of(package.BytesDelta)}",
        PackageChangeKind.Removed => $"  - {package.Name}{Versions(package.Before)}, {ByteText.Of(-package.BytesDelta)}",
        PackageChangeKind.Changed =>
            $"  ~ {package.Name}{Versions(package.Before)} →{Versions(package.After)}, {ByteText.Signed(package.BytesDelta)}",
        _ => $"  ~ {package.Name}{Versions(package.After)}, {ByteText.Signed(package.BytesDelta)}",
    };

    private static string Versions(IReadOnlyList<string> versions) =>
        versions.Count == 0 ? string.Empty : $" {string.Join(", ", versions)}";
}
