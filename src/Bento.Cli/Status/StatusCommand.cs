using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Configuration;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Status;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Status;

/// <summary><c>bento status</c>: what every host should run, what it runs, and why they differ.</summary>
internal static class StatusCommand
{
    /// <summary>How often <c>--watch</c> looks where nobody says that something changed, and the ages in the table move.</summary>
    private const int WatchSeconds = 30;

    public static Command Create(CliIo io)
    {
        var delay = new Argument<int?>("delay")
        {
            Description = "Show again every so many seconds, and sooner when something changes, until interrupted.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        delay.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out var seconds) && seconds is > 0 and <= 86_400))
            {
                result.AddError($"'{result.Tokens[0].Value}' is no delay: give seconds, from 1 to 86400.");
            }
        });
        var watch = new Option<bool>("--watch", "-w") { Description = $"Show again when something changes, at the latest after {WatchSeconds} seconds, until interrupted." };
        var state = StateOption.Create();
        var sort = SortOption.Create();
        var summary = new Option<bool>("--summary") { Description = "Print one line. The exit code is 1 when a host needs attention." };
        var prometheus = new Option<bool>("--prometheus") { Description = "Print metrics in the text format of Prometheus." };
        var directory = SharedOptions.Directory();
        var on = SharedOptions.On();
        var json = SharedOptions.Json();
        var command = new Command("status", "Show what every host should run, what it runs, and why they differ.") { delay, directory, on, state, sort, watch, json, summary, prometheus };
        command.Validators.Add(result =>
        {
            if (new[] { json, summary, prometheus }.Count(result.GetValue) > 1)
            {
                result.AddError("Choose one of --json, --summary and --prometheus.");
            }

            if (result.GetValue(prometheus) && (result.GetValue(watch) || result.GetResult(delay) is { Tokens.Count: > 0 }))
            {
                result.AddError("--prometheus prints one file: it goes with no delay and no --watch. A timer makes it anew.");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            Settings.BentoDirectory(io, parsed.GetValue(directory)),
            SharedOptions.Selector(io, parsed.GetValue(on)),
            new StatusView(
                parsed.GetValue(json) ? StatusFormat.Json : parsed.GetValue(summary) ? StatusFormat.Summary : parsed.GetValue(prometheus) ? StatusFormat.Prometheus : StatusFormat.Table,
                parsed.GetValue(state) ?? [],
                parsed.GetValue(sort),
                IsRepeated: Interval(parsed) is not null),
            Interval(parsed),
            cancellationToken));
        return command;

        TimeSpan? Interval(ParseResult parsed) =>
            (parsed.GetValue(delay) ?? (parsed.GetValue(watch) ? WatchSeconds : null)) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, HostSelector hosts, StatusView view, TimeSpan? interval, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var status = services.GetRequiredService<IFleetStatus>();
        var clock = services.GetRequiredService<TimeProvider>();
        if (interval is not { } pause)
        {
            return Code(view, view.Write(io, await status.ReadAsync(hosts, cancellationToken), clock.GetUtcNow()));
        }

        var screen = new Screen(io);
        IReadOnlyList<HostStatus> known = [];
        DateTimeOffset? awaySince = null;
        return await Following.RunAsync(status, hosts, pause, clock, LookAsync, AwayAsync, cancellationToken);

        async Task LookAsync(IReadOnlyList<HostStatus> statuses)
        {
            (known, awaySince) = (statuses, null);
            if (view.IsLine)
            {
                _ = view.Write(io, statuses, clock.GetUtcNow());
                await io.Out.FlushAsync(cancellationToken);
            }
            else
            {
                screen.Draw(frame => view.Write(frame, statuses, clock.GetUtcNow()));
            }
        }

        async Task AwayAsync(TransportException exception)
        {
            var isNew = awaySince is null;
            awaySince ??= clock.GetUtcNow();
            var line = $"Not reachable since {awaySince:HH:mm:ss} UTC: {exception.Message}";
            if (!view.IsLine)
            {
                screen.Draw(frame =>
                {
                    // Above what was known: a table is cut at its end.
                    frame.Out.WriteLine(line);
                    _ = view.Write(frame, known, clock.GetUtcNow());
                });
            }
            else if (isNew)
            {
                await io.Error.WriteLineAsync($"bento: {line}");
            }
        }
    }

    private static int Code(StatusView view, IReadOnlyList<HostStatus> shown) =>
        view.Format == StatusFormat.Summary && shown.Any(status => status.NeedsAttention) ? ExitCodes.HostFailed : ExitCodes.Success;
}
