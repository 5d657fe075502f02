using Bento.Protocol;
using Bento.Status;

namespace Dashboard.Board;

/// <summary>How a host stood in the past, from the record that the server keeps of it. Pure.</summary>
internal static class TimelinePast
{
    private const int ShortCommit = 7;

    /// <summary>
    /// From each publication on a host is on its way, and from each result well or not. It runs what it had until a result says otherwise.
    /// </summary>
    public static List<TimelineStep> Of(HostRecord record)
    {
        var versions = new Dictionary<ReleaseNumber, string>();
        foreach (var release in record.Releases)
        {
            versions[release.Release.Number] = VersionOf(release.Release.Provenance);
        }

        var events = record.Releases.Select(release => (release.At, Result: (AttemptResult?)null))
            .Concat(record.Attempts.Where(attempt => attempt.Result is not null).Select(attempt => (At: attempt.Received, attempt.Result)))
            .OrderBy(entry => entry.At);
        var steps = new List<TimelineStep>();
        string? version = null;
        foreach (var (at, result) in events)
        {
            var isWell = result?.Outcome.IsSuccess() == true;
            version = isWell ? versions.GetValueOrDefault(result!.Number, "older") : version;
            steps.Add(new TimelineStep(at, result is null ? StateWeight.Moving : isWell ? StateWeight.Well : StateWeight.Wrong, version));
        }

        return steps;
    }

    /// <summary>How a version is called: its tag, else its commit.</summary>
    public static string VersionOf(Provenance? provenance) => provenance switch
    {
        null => "no commit",
        { Tag: { } tag } => tag,
        { Commit: var commit } => commit[..int.Min(ShortCommit, commit.Length)],
    };
}
