using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Deploy;
using Bento.Cli.Options;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Hosts;

/// <summary><c>bento host freeze</c> and <c>unfreeze</c>: tells hosts to leave themselves as they are, and that it is over.</summary>
internal static class HostFreezeCommand
{
    public static Command CreateFreeze(CliIo io)
    {
        var hosts = SelectorArgument.Create();
        var reason = new Option<string>("--reason")
        {
            Description = "The reason, shown by 'bento status', 'bento plan' and 'bento show'.",
            HelpName = "TEXT",
            Required = true,
        };
        reason.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>()?.Trim() is not { Length: > 0 and <= HostFreeze.MaxReasonLength })
            {
                result.AddError($"--reason: give one line of 1 to {HostFreeze.MaxReasonLength} characters.");
            }
        });
        var until = UntilOption.Create(
            "End it at this time: 8h, 2d, 2026-12-24 or 2026-12-24T18:00. Default: when 'bento host unfreeze' says so.");
        var (directory, json) = (DirectoryOption.Create(), SharedOptions.Json());
        var command = new Command(
            "freeze", "Tell hosts to begin nothing: no switch, no reboot, no self-update. Signed into their release, without building.")
        {
            hosts, reason, until, directory, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = FleetServices.Create(io, DirectoryOption.Read(io, parsed));
            var clock = services.GetRequiredService<TimeProvider>();
            var now = clock.GetUtcNow();
            DateTimeOffset? end = parsed.GetValue(until) is { } text && UntilOption.TryParse(text, now, clock.LocalTimeZone, out var said)
                ? said
                : null;
            if (end <= now)
            {
                throw new InvalidFleetException([new FleetProblem("--until", $"{end:u} is not in the future.")]);
            }

            var freeze = new HostFreeze { Reason = parsed.GetRequiredValue(reason).Trim(), Since = now, Until = end };
            return await RunAsync(
                io, services, new FreezeRequest { Hosts = parsed.GetRequiredValue(hosts), Freeze = freeze }, parsed.GetValue(json),
                cancellationToken);
        });
        return command;
    }

    public static Command CreateUnfreeze(CliIo io)
    {
        var (hosts, directory, json) = (SelectorArgument.Create(), DirectoryOption.Create(), SharedOptions.Json());
        var command = new Command("unfreeze", "End a freeze: the hosts take what was published meanwhile.") { hosts, directory, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = FleetServices.Create(io, DirectoryOption.Read(io, parsed));
            return await RunAsync(
                io, services, new FreezeRequest { Hosts = parsed.GetRequiredValue(hosts) }, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, ServiceProvider services, FreezeRequest request, bool isJson, CancellationToken cancellationToken)
    {
        var style = new OutputStyle(IsVerbose: false, isJson);
        var report = await FleetProgress.RunAsync(io, services, style, progress =>
            services.GetRequiredService<IHostFreezer>().FreezeAsync(request, progress, cancellationToken));
        DeployReportRenderer.Write(io, style, report);
        var published = report.Hosts.Count(host => host.Outcome == DeployOutcome.Published);
        if (published > 0)
        {
            await io.Error.WriteLineAsync(request.Freeze is { } freeze
                ? $"bento: froze {Plural.Of(published, "host")} {(freeze.Until is { } until ? $"until {until:u}" : "until "
                    + "'bento host unfreeze'")}. It holds when they ask next; a switch that has begun is still confirmed or undone."
                : $"bento: {Plural.Of(published, "host")} not frozen any more.");
        }

        return report.IsSuccess ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
