using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>Why a directory is not published where only what is committed is. Pure.</summary>
internal static class CommittedOnlyRule
{
    /// <returns>The problem; null for a directory that is as git has it.</returns>
    public static FleetProblem? Find(ScannedDirectory directory) => directory.WorkTree switch
    {
        null => new FleetProblem(
            directory.Configuration.Path, "It is in no git work tree, and only what is committed is published (requireClean)."),
        { HasCommits: false } => Dirty(directory, "Nothing is committed yet"),
        { FirstChange: { } change } => Dirty(directory, $"'{change}' is not as it is committed"),
        _ => null,
    };

    private static FleetProblem Dirty(ScannedDirectory directory, string reason) =>
        new(directory.Configuration.Path, $"{reason}, and only what is committed is published (requireClean). Commit it.");
}
