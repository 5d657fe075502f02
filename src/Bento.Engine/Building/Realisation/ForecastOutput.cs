using System.Text.RegularExpressions;

namespace Bento.Building.Realisation;

/// <summary>Reads what <c>nix-store --realise --dry-run</c> prints.</summary>
internal static partial class ForecastOutput
{
    /// <summary>Reads the lists of paths.</summary>
    /// <param name="standardError">All that was printed.</param>
    /// <returns>The forecast.</returns>
    public static BuildForecast Read(string standardError) => Read(standardError.Split('\n'));

    /// <summary>Reads the lists of paths.</summary>
    /// <param name="lines">The lines that were printed.</param>
    /// <returns>The forecast.</returns>
    public static BuildForecast Read(IEnumerable<string> lines)
    {
        List<StorePath> toBuild = [];
        List<StorePath> toFetch = [];
        List<StorePath> lost = [];
        List<StorePath>? current = null;
        foreach (var line in lines)
        {
            if (!line.StartsWith(' '))
            {
                current = WillBeBuilt().IsMatch(line)
                    ? toBuild
                    : WillBeFetched().IsMatch(line)
                    ? toFetch
                    : Unknown().IsMatch(line)
                    ? lost
                    : null;
            }
            else if (current is not null && StorePath.TryParse(line.Trim(), out var path))
            {
                current.Add(path);
            }
        }

        return new BuildForecast([.. toBuild, .. lost.Where(path => path.IsDerivation)], toFetch);
    }

    // "this derivation will be built:" and "these 12 derivations will be built:"; before 2.4 without the number.
    [GeneratedRegex(@"^th(?:is|ese)\b.* derivations? will be built", RegexOptions.CultureInvariant)]
    private static partial Regex WillBeBuilt();

    // Derivations that a collector took: they are to be built all the same, after another evaluation.
    [GeneratedRegex("^don't know how to build these paths", RegexOptions.CultureInvariant)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"^th(?:is|ese)\b.* paths? will be fetched", RegexOptions.CultureInvariant)]
    private static partial Regex WillBeFetched();
}
