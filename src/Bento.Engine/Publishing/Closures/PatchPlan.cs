using Bento.Building.Closures;
using Bento.Protocol;

namespace Bento.Publishing.Closures;

/// <summary>Which paths of a closure may be made of one of the closure before. Pure.</summary>
internal static class PatchPlan
{
    /// <summary>What is smaller travels with others, and is not worth two processes on the host.</summary>
    public const long LeastBytes = 4 * 1024;

    /// <summary>The new paths, each with the path of the same package that is no longer needed.</summary>
    /// <param name="before">What the host has.</param>
    /// <param name="infos">What it shall have.</param>
    public static IReadOnlyList<(NarInfo Path, ClosurePath From)> Of(ClosureManifest before, IReadOnlyList<NarInfo> infos)
    {
        var (old, wanted) = (before.Paths.Select(path => path.Path).ToHashSet(), infos.Select(info => info.Path).ToHashSet());
        var gone = before.Paths.Where(path => !wanted.Contains(path.Path))
            .ToLookup(path => Package(path.Path.Name), StringComparer.Ordinal);
        return
        [
            .. infos.Where(info => !old.Contains(info.Path) && info.FileBytes >= LeastBytes)
                .Select(info => (info, From: Nearest(info, gone[Package(info.Path.Name)])))
                .Where(pair => pair.From is not null && pair.From.NarBytes + pair.info.NarBytes <= IPatchTool.MaxBytes)
                .Select(pair => (pair.info, pair.From!)),
        ];
    }

    /// <summary>Whether a patch saves enough to be sent instead.</summary>
    public static bool IsWorthIt(long patchBytes, NarInfo info) => patchBytes <= info.FileBytes / 2;

    /// <summary>A name without what says a version: <c>linux-6.1.190-modules</c> is <c>linux-6.1.192-modules</c>.</summary>
    private static string Package(string name) =>
        string.Join('-', name.Split('-').Where(part => part.Length == 0 || !char.IsAsciiDigit(part[0])));

    private static ClosurePath? Nearest(NarInfo info, IEnumerable<ClosurePath> candidates) => candidates
        .OrderByDescending(path => path.Path.Name == info.Path.Name)
        .ThenBy(path => Math.Abs(path.NarBytes - info.NarBytes))
        .ThenBy(path => path.Path.BaseName, StringComparer.Ordinal)
        .FirstOrDefault();
}
