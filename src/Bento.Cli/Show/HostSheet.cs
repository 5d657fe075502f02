using Bento.Cli.Diff;
using Bento.Cli.History;
using Bento.Cli.Status;
using Bento.Cli.Terminal;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Cli.Show;

/// <summary>Everything about one host: where it stands, what its release says, what differs, and what happened last.</summary>
internal static class HostSheet
{
    /// <summary>How much of the past fits on a screen with the rest.</summary>
    private const int ShortPast = 5;

    public static void Write(
        CliIo io, HostStatus status, HostHistory history, HostDifference? difference, DateTimeOffset now, bool isVerbose)
    {
        var current = history.Record.Releases.FirstOrDefault(published => published.Release.Number == status.Number);
        var rows = Standing(status, now).Concat(Release(status, current, now)).Where(row => !string.IsNullOrEmpty(row.Value)).ToList();
        TextTable.Write(io, titles: null, [.. rows.Select(row => (IReadOnlyList<TextCell>)[row.Label, row.Value!])]);
        if (difference?.Packages is { } packages)
        {
            io.Out.WriteLine();
            foreach (var line in PackageLines.Of(packages, isVerbose))
            {
                io.Out.WriteLine(line);
            }
        }

        if (history.Record is { Releases: [] } and { Attempts: [] } and { BashLogs: [] })
        {
            return;
        }

        io.Out.WriteLine();
        HistoryTable.Write(io, [history], isVerbose ? int.MaxValue : ShortPast, all: "--verbose");
    }

    private static IEnumerable<(string Label, string? Value)> Standing(HostStatus status, DateTimeOffset now)
    {
        yield return ("host", status.Host.ToString());
        yield return ("state", StateWords.WithFlags(status));
        yield return ("why", status.Reason);
        foreach (var remark in status.Remarks)
        {
            yield return ("note", remark);
        }

        yield return ("next", StatusNextStep.Of(status) is { } step ? StatusNextStep.For(status.Host.ToString(), step) : null);
        yield return ("seen", status.LastSeen is { } seen
            ? $"{Ages.Of(seen, now)} ago{(status.AgentVersion is { } version ? $", agent {version}" : null)}"
            : "never");
        yield return ("success", status.LastSuccess is { } success ? $"{Ages.Of(success, now)} ago" : null);
        yield return ("wanted", status.Expected?.ToString() ?? (status.Number is null ? null : "(host decides)"));
        yield return ("running", status.Running?.ToString());
    }

    private static IEnumerable<(string Label, string? Value)> Release(HostStatus status, PublishedRelease? current, DateTimeOffset now)
    {
        yield return ("release", current is null
            ? status.Number?.ToString() ?? "none yet"
            : $"{current.Release.Number}, published {Ages.Of(current.At, now)} ago by {current.By}");
        yield return ("from", status.Provenance?.ToString());
        yield return ("signed by", string.Join(", ", current?.SignedBy ?? []));
        yield return ("rules", current is null ? null : string.Join(", ", Rules(current.Release.Policy)));
    }

    private static IEnumerable<string> Rules(HostPolicy policy)
    {
        yield return policy switch
        {
            { Reboot: false } => "never reboots by itself",
            { RebootWindow: { } window } => $"reboots {window}",
            _ => "reboots when it must",
        };
        if (policy.SwitchWindow is { } switches)
        {
            yield return $"switches {switches}";
        }

        if (policy.HoldBack is { } holdBack)
        {
            var whom = holdBack.LockFiles.Select(file => $"'{file}' is locked")
                .Concat(holdBack.WhileLoggedIn ? ["somebody is logged in"] : Array.Empty<string>());
            yield return $"waits up to {Ages.Short(holdBack.AtMost)} while {string.Join(" or ", whom)}";
        }

        yield return policy.Rollback ? $"goes back when it cannot confirm within {Ages.Short(policy.ConfirmTimeout)}" : "never goes back";
        foreach (var check in policy.HealthChecks)
        {
            yield return $"checks {check}";
        }

        if (policy.SelfUpdate)
        {
            yield return "updates its own inputs";
        }
    }
}
