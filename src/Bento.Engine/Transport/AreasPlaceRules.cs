using Bento.Files;
using Bento.Hosts;
using Bento.Validation;
using Microsoft.Extensions.Options;

namespace Bento.Transport;

/// <summary>Areas lie where nothing else does: what stands beside them is taken for hosts, and goes when a host is removed.</summary>
internal sealed class AreasPlaceRules(IOptions<BentoOptions> bento) : OptionsRules<LocalDirectoryOptions>
{
    public override IEnumerable<OptionsProblem> Check(LocalDirectoryOptions options)
    {
        if (!Path.IsPathFullyQualified(options.Directory)
            || options.Directory.Contains('\0', StringComparison.Ordinal)
            || Fleet() is not { } fleet)
        {
            yield break;
        }

        var state = fleet.StateDirectory ?? Path.Join(fleet.Directory, BentoFiles.StateDirectory);
        if ((Problem(Plain(options.Directory), Plain(fleet.Directory), Plain(state))
            ?? Problem(Followed(options.Directory), Followed(fleet.Directory), Followed(state))) is { } problem)
        {
            yield return new(
                nameof(options.Directory),
                $"Is '{options.Directory}', {problem} Give the areas a directory of their own, such as /srv/bento.");
        }
    }

    /// <param name="areas">The directory that holds the areas.</param>
    /// <param name="bento">The Bento directory.</param>
    /// <param name="state">The state directory.</param>
    /// <returns>Why areas cannot lie there; null when they can.</returns>
    internal static string? Problem(string areas, string bento, string state) =>
        areas == "/" ? "the root of all files."
        : IsOrHolds(areas, bento) ? $"which is or holds the Bento directory '{bento}'."
        : IsOrHolds(areas, state) ? $"which is or holds the state directory '{state}'."
        : new[] { BentoFiles.HostsDirectory, BentoFiles.SharedDirectory }.Select(own => Path.Join(bento, own))
            .FirstOrDefault(own => IsOrHolds(own, areas)) is { } described
            ? $"where configurations lie ('{described}')."
        : IsOrHolds(state, areas) && !IsOrHolds(Path.Join(state, BentoFiles.AreasDirectory), areas)
            ? $"among the records of Bento ('{state}')."
            : null;

    /// <summary>What is wrong with the fleet is told by its own rules.</summary>
    private BentoOptions? Fleet()
    {
        try
        {
            return bento.Value;
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }

    private static string Plain(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>The path without the links on its way, as far as it is there.</summary>
    private static string Followed(string path) =>
        RealPath.Find(path)
            ?? (Path.GetDirectoryName(Plain(path)) is { } parent ? Path.Join(Followed(parent), Path.GetFileName(Plain(path))) : path);

    private static bool IsOrHolds(string outer, string path) => path == outer || path.StartsWith($"{outer}/", StringComparison.Ordinal);
}
