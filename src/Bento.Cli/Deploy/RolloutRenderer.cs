using Bento.Cli.Terminal;
using Bento.Documents;
using Bento.Rollouts;

namespace Bento.Cli.Deploy;

/// <summary>How a rollout stands: a sentence, a line for each wave, and the hosts that somebody may want to look at.</summary>
internal static class RolloutRenderer
{
    public static void Write(CliIo io, OutputStyle style, RolloutStatus status, DateTimeOffset now)
    {
        if (style.IsJson)
        {
            JsonOutput.Write(io.Out, RolloutDocument.Of(status));
        }
        else
        {
            Write(io, status, style.IsVerbose, now);
        }
    }

    public static void Write(CliIo io, RolloutStatus status, bool isVerbose, DateTimeOffset now)
    {
        io.Out.WriteLine($"rollout {status.Id}, begun {Ages.Of(status.Began, now)} ago by {status.By}");
        io.Out.WriteLine(Line(status));
        if (status is { Phase: RolloutPhase.Stopped, Hold: { } hold })
        {
            io.Out.WriteLine($"It is also paused, by {hold.By}{(hold.Reason is { } reason ? $": {reason}" : ".")}");
        }

        TextTable.Write(io, titles: null, [.. status.Waves.Select(wave => Wave(status, wave))]);
        TextTable.Write(io, titles: null, [.. isVerbose
            ? status.Hosts.Select(host => Row([host], now))
            : status.Hosts.Where(IsRemarkable)
                .GroupBy(host => (State(host), Reason(host, now)))
                .Select(group => Row([.. group], now))]);
        foreach (var line in Next(status))
        {
            io.Error.WriteLine(line);
        }
    }

    /// <summary>Where there was none.</summary>
    public static int WriteNone(CliIo io, OutputStyle style)
    {
        if (style.IsJson)
        {
            JsonOutput.Write(io.Out, RolloutDocument.Of(null));
        }
        else
        {
            io.Out.WriteLine("There is no rollout. To begin one: bento deploy --waves");
        }

        return ExitCodes.Success;
    }

    /// <summary>What is going to happen, for somebody who is asked.</summary>
    public static void WriteWaves(TextWriter writer, RolloutStatus status)
    {
        foreach (var wave in status.Waves)
        {
            var names = status.Hosts.Where(host => host.Wave == wave.Number).Select(host => host.Host.ToString()).ToList();
            writer.WriteLine($"{Name(wave)} ({Takes(status, wave)}): {NameList.Of(names)}{Asks(wave)}");
        }
    }

    public static string Line(RolloutStatus status) => status.Phase switch
    {
        RolloutPhase.Stopped => $"Stopped: {status.Reason}",
        RolloutPhase.Finished => $"Finished: {status.Reason}",
        _ => status.Reason,
    };

    /// <summary>What is the same for several hosts is told once.</summary>
    private static IReadOnlyList<TextCell> Row(IReadOnlyList<RolloutHost> hosts, DateTimeOffset now) =>
    [
        NameList.Of([.. hosts.Select(host => host.Host.ToString())]),
        new TextCell(State(hosts[0]), Style(hosts[0].State)),
        Reason(hosts[0], now),
    ];

    private static IReadOnlyList<TextCell> Wave(RolloutStatus status, RolloutWaveStatus wave) =>
        [Name(wave), Takes(status, wave), Plural.Of(wave.Hosts.Planned, "host"), Progress(status, wave)];

    private static string Name(RolloutWaveStatus wave) => wave.Number == 0 ? "no wave" : $"wave {wave.Number}";

    private static string Takes(RolloutStatus status, RolloutWaveStatus wave) => wave switch
    {
        { Wave: { } asked } => asked.Size.ToString(),
        { Number: 0 } => "new or far behind",
        _ => status.Waves.Count(other => other.Number > 0) == 1 ? "all" : "all others",
    };

    private static string Progress(RolloutStatus status, RolloutWaveStatus wave)
    {
        var said = new (int Count, string Word)[]
        {
            (wave.Hosts.Confirmed, "confirmed"), (wave.Hosts.Failed, "failed"), (wave.Hosts.TimedOut, "timed out"),
            (wave.Hosts.Waiting, "waiting"), (wave.Hosts.Away - AwayAndWaiting(wave), "away"),
            (status.Hosts.Count(host => host.Wave == wave.Number && host.State == RolloutHostState.Replaced), "replaced"),
        };
        return wave.Began is null
            ? status.Phase.IsOver() ? "not published" : $"queued{Asks(wave)}"
            : string.Join(", ", said.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Word}"));
    }

    /// <summary>Hosts that are away are among those that are waited for until the wave has settled.</summary>
    private static int AwayAndWaiting(RolloutWaveStatus wave) => Math.Min(wave.Hosts.Away, wave.Hosts.Waiting);

    private static string Asks(RolloutWaveStatus wave) => wave is { Wave.NeedsApproval: true } ? ", needs approval" : string.Empty;

    private static bool IsRemarkable(RolloutHost host) => host.State is not (RolloutHostState.Queued or RolloutHostState.Confirmed);

    private static string State(RolloutHost host) => host.IsForgiven && IsWrong(host)
        ? $"{Word(host.State)} (no longer counted)"
        : Word(host.State);

    private static string Word(RolloutHostState state) => state switch
    {
        RolloutHostState.TimedOut => "timed out",
        _ => JsonOutput.Word(state),
    };

    private static bool IsWrong(RolloutHost host) => host.State is RolloutHostState.Failed or RolloutHostState.TimedOut;

    private static string? Style(RolloutHostState state) => state switch
    {
        RolloutHostState.Confirmed => TextCell.Green,
        RolloutHostState.Failed or RolloutHostState.TimedOut => TextCell.Red,
        RolloutHostState.Away or RolloutHostState.Replaced => TextCell.Yellow,
        _ => null,
    };

    private static string Reason(RolloutHost host, DateTimeOffset now) => host.Until is { } until && until > now
        ? $"{host.Reason} {Ages.Short(until - now)} left.".TrimStart()
        : host.Reason ?? string.Empty;

    private static IEnumerable<string> Next(RolloutStatus status) => status.Phase switch
    {
        RolloutPhase.Stopped =>
        [
            "Next: fix the configuration and end it (bento rollout abort, or bento rollout undo),",
            "      or go on without counting these hosts: bento rollout continue --resume",
        ],
        RolloutPhase.Paused => ["Next: bento rollout continue --resume"],
        RolloutPhase.NeedsApproval => ["Next: bento rollout continue --approve"],
        RolloutPhase.Finished or RolloutPhase.Aborted or RolloutPhase.Undone => [],
        _ => ["Next: bento rollout continue, by hand or from a timer; with --wait until it is over"],
    };
}
