using System.CommandLine;
using System.CommandLine.Parsing;
using Bento.Cli.Composition;
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
            Description = "Repeat every so many seconds, and sooner when something changes, until interrupted. 0 means once. Default: 0.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        delay.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out var seconds) && seconds is >= 0 and <= 86_400))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not a delay: give a number of seconds from 0 (once) to 86400.");
            }
        });
        var watch = new Option<bool>("--watch", "-w")
        {
            Description = $"Repeat when something changes, at the latest after {WatchSeconds} seconds, until interrupted.",
        };
        var state = StateOption.Create();
        var sort = SortOption.Create();
        var summary = new Option<bool>("--summary") { Description = "Print one line; the exit code is 1 if a host needs attention." };
        var prometheus = new Option<bool>("--prometheus") { Description = "Print metrics in the text format of Prometheus." };
        var directory = DirectoryOption.Create();
        var on = SharedOptions.On();
        var json = SharedOptions.Json();
        var command = new Command("status", "Show what every host should run, what it runs, and why they differ.")
        {
            delay,
            directory,
            on,
            state,
            sort,
            watch,
            json,
            summary,
            prometheus,
        };
        command.Validators.Add(result =>
        {
            if (new[] { json, summary, prometheus }.Count(result.GetValue) > 1)
            {
                result.AddError("Choose one of --json, --summary and --prometheus.");
            }

            if (result.GetValue(prometheus) && (result.GetValue(watch) || Repeats(result.GetResult(delay))))
            {
                result.AddError("--prometheus prints one file and cannot be repeated: leave out the delay and --watch, and use a timer.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) => await RunAsync(
            io,
            DirectoryOption.Read(io, parsed),
            await SelectedHosts.ReadAsync(io, DirectoryOption.Read(io, parsed), parsed.GetValue(on), cancellationToken),
            new StatusView(
                parsed.GetValue(json)
                    ? StatusFormat.Json
                    : parsed.GetValue(summary)
                    ? StatusFormat.Summary
                    : parsed.GetValue(prometheus)
                    ? StatusFormat.Prometheus
                    : StatusFormat.Table,
                parsed.GetValue(state) ?? [],
                parsed.GetValue(sort),
                IsRepeated: Interval(parsed) is not null),
            Interval(parsed),
            cancellationToken));
        return command;

        TimeSpan? Interval(ParseResult parsed) =>
            (parsed.GetValue(delay) ?? (parsed.GetValue(watch) ? WatchSeconds : 0)) is > 0 and var seconds
                ? TimeSpan.FromSeconds(seconds)
                : null;

        static bool Repeats(ArgumentResult? delay) => delay?.GetValueOrDefault<int?>() is > 0;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, HostSelector hosts, StatusView view, TimeSpan? interval, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var status = services.GetRequiredService<IFleetStatus>();
        var clock = services.GetRequiredService<TimeProvider>();
        if (interval is not { } pause)
        {
            return Code(view, view.Write(
                io,
                await WaveRemarks.AddAsync(services, await status.ReadAsync(hosts, cancellationToken), cancellationToken),
                clock.GetUtcNow()));
        }

        using var screen = new Screen(io);
        IReadOnlyList<HostStatus> known = [];
        DateTimeOffset? awaySince = null;
        return await Following.RunAsync(status, hosts, pause, clock, LookAsync, AwayAsync, cancellationToken);

        async Task LookAsync(IReadOnlyList<HostStatus> statuses)
        {
            statuses = await WaveRemarks.AddAsync(services, statuses, cancellationToken);
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
            var line = $"Cannot be reached since {awaySince:HH:mm:ss} UTC: {exception.Message}";
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
