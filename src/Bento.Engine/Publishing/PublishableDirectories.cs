using Bento.Building.Locks;
using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>Sets directories aside that must not be published as they are, and says why.</summary>
internal static class PublishableDirectories
{
    /// <summary>Those that are as they are committed, where that is wanted.</summary>
    public static IReadOnlyList<ScannedDirectory> KeepClean(
        DeployRun run, BentoOptions options, IReadOnlyList<ScannedDirectory> directories) =>
        options.RequireClean
            ? Keep(run, directories, directory => CommittedOnlyRule.Find(directory) is { } problem ? [problem] : [])
            : directories;

    /// <summary>Those whose inputs hosts can have, too.</summary>
    public static IReadOnlyList<ScannedDirectory> KeepPortable(
        DeployRun run, BentoOptions options, IEnumerable<ScannedDirectory> directories) =>
        Keep(run, directories, directory => options.AllowLocalInputs ? [] : LocalInputRule.Find(directory));

    private static List<ScannedDirectory> Keep(
        DeployRun run, IEnumerable<ScannedDirectory> directories, Func<ScannedDirectory, IEnumerable<FleetProblem>> find)
    {
        var kept = new List<ScannedDirectory>();
        foreach (var directory in directories)
        {
            List<FleetProblem> problems = [.. find(directory)];
            run.Add(problems);
            if (problems.Count == 0)
            {
                kept.Add(directory);
            }
        }

        return kept;
    }
}
