using System.Text.Json.Nodes;
using Bento.Protocol;

namespace Bento.TestBench.Fleet;

/// <summary>A report in <c>logs/</c> as anybody can read it (docs/protocol.md).</summary>
/// <param name="Release">The release that was tried.</param>
/// <param name="Number">Its number.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Outcome">How it ended; null for the start of an attempt.</param>
/// <param name="Running">What the host ran then.</param>
public sealed record SeenReport(ReleaseId Release, ReleaseNumber Number, int Attempt, AttemptOutcome? Outcome, StorePath? Running)
{
    /// <summary>Whether the host took the release.</summary>
    public bool IsSuccess =>
        Outcome is AttemptOutcome.Succeeded or AttemptOutcome.Degraded or AttemptOutcome.RebootNeeded or AttemptOutcome.AutoUpdated;

    /// <summary>Reads a report.</summary>
    /// <param name="path">Its path in the area.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <returns>Null when it is a log or a heartbeat.</returns>
    public static SeenReport? Read(string path, byte[] bytes)
    {
        if (!path.EndsWith("-start.json", StringComparison.Ordinal) && !path.EndsWith("-result.json", StringComparison.Ordinal))
        {
            return null;
        }

        var report = JsonNode.Parse(bytes)!;
        return new SeenReport(
            ReleaseId.Parse(report["release"]!.GetValue<string>()),
            new ReleaseNumber(report["epoch"]!.GetValue<long>(), report["sequence"]!.GetValue<long>()),
            report["attempt"]!.GetValue<int>(),
            report["outcome"]?.GetValue<string>() is { } outcome ? Enum.Parse<AttemptOutcome>(outcome) : null,
            report["running"]?.GetValue<string>() is { } running ? StorePath.Parse(running) : null);
    }
}
