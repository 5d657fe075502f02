using System.CommandLine;
using System.Text;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Status;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Status;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.History;

/// <summary><c>bento logs</c>: what Nix and the switch printed on a host.</summary>
internal static class LogsCommand
{
    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(10);

    public static Command Create(CliIo io)
    {
        var host = HostArgument.Create();
        var attempt = AttemptOption.Create();
        var follow = new Option<bool>("--follow", "-f")
        {
            Description = "Wait for more attempts and show each log when it arrives, until interrupted.",
        };
        var raw = new Option<bool>("--raw") { Description = "Print the log exactly as the host wrote it, including control sequences." };
        var directory = DirectoryOption.Create();
        var command = new Command("logs", "Show what Nix and the switch printed on a host.") { host, attempt, follow, raw, directory };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            DirectoryOption.Read(io, parsed),
            new Request(parsed.GetRequiredValue(host), parsed.GetValue(attempt), parsed.GetValue(follow), parsed.GetValue(raw)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, Request request, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var history = services.GetRequiredService<IFleetHistory>();
        var hosts = HostSelector.Of(request.Host);
        if (request.IsRaw)
        {
            await io.Error.WriteLineAsync(
                $"bento: this is exactly what '{request.Host}' wrote; it may contain control sequences for your terminal.");
        }

        var record = await RecordAsync(history, hosts, cancellationToken);
        var shown = await ShowAsync(io, history, request, record, null, cancellationToken);
        if (shown is null)
        {
            await io.Error.WriteLineAsync(Missing(request, record));
        }

        if (!request.IsFollowing)
        {
            return shown is null ? ExitCodes.HostFailed : ExitCodes.Success;
        }

        var isAway = false;
        return await Following.RunAsync(
            services.GetRequiredService<IFleetStatus>(),
            hosts,
            FollowInterval,
            services.GetRequiredService<TimeProvider>(),
            LookAsync,
            AwayAsync,
            cancellationToken);

        async Task LookAsync(IReadOnlyList<HostStatus> statuses)
        {
            isAway = false;
            shown = await ShowAsync(io, history, request, await RecordAsync(history, hosts, cancellationToken), shown, cancellationToken)
                ?? shown;
        }

        async Task AwayAsync(TransportException exception)
        {
            await (isAway ? Task.CompletedTask : io.Error.WriteLineAsync($"bento: {exception.Message} Trying again."));
            isAway = true;
        }
    }

    /// <summary>Shows the log that was asked for, or those that are newer than the last one shown.</summary>
    /// <returns>The attempt whose log was shown last; null when none was.</returns>
    private static async Task<RecordedAttempt?> ShowAsync(
        CliIo io, IFleetHistory history, Request request, HostRecord record, RecordedAttempt? last, CancellationToken cancellationToken)
    {
        var chosen = last is null
            ? request.Attempt.Choose(record).Take(1)
            : record.Attempts.TakeWhile(attempt => attempt != last && !AttemptChoice.IsSame(attempt, last)).Reverse();
        RecordedAttempt? shown = null;
        foreach (var attempt in chosen)
        {
            if (await history.ReadLogAsync(request.Host, attempt.Number, attempt.Attempt, cancellationToken) is { } log)
            {
                await io.Error.WriteLineAsync(
                    $"{request.Host}: release {attempt.Number}, attempt {attempt.Attempt}, {attempt.Received:yyyy-MM-dd HH:mm:ss} UTC: "
                        + $"{attempt.Result?.Reason}");
                await (request.IsRaw
                    ? PlainWriter.Styled(io.Out).WriteAsync(Encoding.UTF8.GetString(log.Raw.Span))
                    : io.Out.WriteAsync(log.Text));
                await io.Out.FlushAsync(cancellationToken);
                shown = attempt;
            }
        }

        return shown;
    }

    private static string FileOf(BashLog log)
    {
        var outcome = JsonOutput.Word(log.Outcome).Replace("-", string.Empty, StringComparison.Ordinal);
        return $"logs/{log.Stamp}_{log.System.BaseName}_{outcome}.log.gz";
    }

    private static string Missing(Request request, HostRecord record) => record switch
    {
        { Attempts: [], BashLogs: [var log, ..] } =>
            $"bento: '{request.Host}' runs bash bento, which keeps its logs in its area. To read the newest: zcat {FileOf(log)}",
        _ when request.IsFollowing => $"bento: no log of '{request.Host}' yet. The next one is shown when it arrives.",
        _ => $"bento: no such log of '{request.Host}'. To list its attempts and their logs: bento history {request.Host}",
    };

    private static async Task<HostRecord> RecordAsync(IFleetHistory history, HostSelector hosts, CancellationToken cancellationToken) =>
        (await history.ReadAsync(hosts, cancellationToken))[0].Record;

    private sealed record Request(HostName Host, AttemptChoice Attempt, bool IsFollowing, bool IsRaw);
}
