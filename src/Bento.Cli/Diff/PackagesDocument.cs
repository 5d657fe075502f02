using Bento.Building;
using Bento.Cli.Terminal;

namespace Bento.Cli.Diff;

/// <summary>The packages that differ between two systems, in JSON (docs/guide/json.md).</summary>
internal sealed record PackagesDocument(long BytesBefore, long BytesAfter, IReadOnlyList<PackagesDocument.Package> Packages)
{
    /// <returns>Null where nothing was compared.</returns>
    public static PackagesDocument? Of(ClosureDifference? difference) => difference is null ? null : new(
        difference.BytesBefore,
        difference.BytesAfter,
        [.. difference.Packages.Select(
            package => new Package(package.Name, JsonOutput.Word(package.Kind), package.Before, package.After, package.BytesDelta))]);

    internal sealed record Package(string Name, string Change, IReadOnlyList<string> Before, IReadOnlyList<string> After, long BytesDelta);
}
