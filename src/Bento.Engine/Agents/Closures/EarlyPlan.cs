using Bento.Protocol;

namespace Bento.Agents.Closures;

/// <summary>Which paths of a closure the store can take while others are still on their way. Pure.</summary>
internal static class EarlyPlan
{
    /// <summary>Less than this is not worth a start of Nix; what is left at the end it takes anyway.</summary>
    public const long LeastBytes = 32 << 20;

    /// <param name="manifest">The closure: each path stands behind all that it refers to.</param>
    /// <param name="missing">What the store lacks.</param>
    /// <param name="hasArrived">Whether a file is here.</param>
    /// <returns>Those whose content is here, and that of all they need and the store lacks; none where they are not worth it.</returns>
    public static IReadOnlyList<ClosurePath> Of(
        ClosureManifest manifest, IReadOnlySet<StorePath> missing, Predicate<ClosureFile> hasArrived)
    {
        var chosen = new List<ClosurePath>();
        var isThere = new bool[manifest.Paths.Count];
        for (var index = 0; index < manifest.Paths.Count; index++)
        {
            var path = manifest.Paths[index];
            var isMissing = missing.Contains(path.Path);
            isThere[index] = !isMissing
                || (hasArrived(path.File) && path.References.All(reference => reference == index || isThere[reference]));
            if (isMissing && isThere[index])
            {
                chosen.Add(path);
            }
        }

        return chosen.Sum(path => path.NarBytes) >= LeastBytes ? chosen : [];
    }
}
