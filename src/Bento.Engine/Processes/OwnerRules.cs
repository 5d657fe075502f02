using Bento.Files;
using Bento.Validation;

namespace Bento.Processes;

/// <summary>Root uses only what is root's, unless somebody says that it may.</summary>
internal static class OwnerRules
{
    /// <summary>Stands for every path.</summary>
    private const string All = "*";

    /// <param name="property">The property that says which directories may be somebody else's.</param>
    /// <param name="safe">Its value: directories with all that is in them.</param>
    /// <param name="paths">What root would use.</param>
    public static IEnumerable<OptionsProblem> Check(string property, ICollection<string> safe, params IEnumerable<string?> paths) =>
        safe.Contains(All) ? [] : paths.OfType<string>()
            .Where(path => Path.IsPathFullyQualified(path) && !safe.Any(directory => IsIn(path, directory)))
            .Select(path => (Path: path, Owner: ForeignOwner.Find(path)))
            .Where(found => found.Owner is not null)
            .Take(1)
            .Select(found => new OptionsProblem(
                property,
                $"'{found.Path}' belongs to {SystemUser.Describe(found.Owner!.Value)}, and Bento runs as root: that user would decide "
                    + "which programs root runs and which keys it takes. Run it as that user, give the directory to root, or name it as "
                    + "one that is safe."));

    private static bool IsIn(string path, string directory) =>
        Path.IsPathFullyQualified(directory)
        && Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) is var root
        && Path.GetFullPath(path) is var full
        && (full == root || full.StartsWith($"{root}/", StringComparison.Ordinal));
}
