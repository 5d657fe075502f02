using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Rollouts;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary><c>bento rollout undo</c>: gives the hosts of a rollout what they had before.</summary>
internal static class RolloutUndoCommand
{
    public static Command Create(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var yes = SharedOptions.Yes();
        var json = SharedOptions.Json();
        var command = new Command("undo", "End the rollout, and publish again what its hosts had before, as new releases.")
        {
            directory, yes, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var style = new OutputStyle(IsVerbose: false, parsed.GetValue(json));
            var asks = io.IsInteractive && !style.IsJson && !parsed.GetValue(yes);
            return RunAsync(io, DirectoryOption.Read(io, parsed), asks, style, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, bool asks, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var rollout = services.GetRequiredService<IRollout>();
        if (asks && await rollout.ReadAsync(cancellationToken) is { } status)
        {
            RolloutRenderer.Write(io, status, isVerbose: false, services.GetRequiredService<TimeProvider>().GetUtcNow());
            var got = Plural.Of(status.Hosts.Count(host => host.Number is not null), "host");
            if (!await Question.AskAsync(io, $"Take the release back from {got}?", cancellationToken))
            {
                await io.Error.WriteLineAsync("bento: nothing was changed.");
                return ExitCodes.HostFailed;
            }
        }

        var report = await FleetProgress.RunAsync(
            io, services, style, progress => rollout.UndoAsync(progress, cancellationToken));
        DeployReportRenderer.Write(io, style, report);
        if (!report.IsSuccess)
        {
            return ExitCodes.HostFailed;
        }

        await io.Error.WriteLineAsync("bento: they keep it through later deploys. When the configuration is fixed: bento deploy --unpin");
        return ExitCodes.Success;
    }
}
