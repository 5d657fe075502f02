using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary><c>bento rollback</c>: publishes an earlier configuration of a host again.</summary>
internal static class RollbackCommand
{
    public static Command Create(CliIo io)
    {
        var host = HostArgument.Create();
        var to = ReleaseOption.Create();
        var reason = new Option<string?>("--reason") { Description = "The reason, shown while the host keeps it.", HelpName = "TEXT" };
        reason.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { Length: > ReleasePin.MaxReasonLength })
            {
                result.AddError($"--reason: at most {ReleasePin.MaxReasonLength} characters.");
            }
        });
        var noPin = new Option<bool>("--no-pin")
        {
            Description = "Let the next deploy publish what is described. Default: the host keeps it until 'bento deploy --unpin'.",
        };
        var yes = SharedOptions.Yes();
        var directory = DirectoryOption.Create();
        var json = SharedOptions.Json();
        var command = new Command("rollback", "Publish the previous configuration of a host again, or an earlier one, as a new release.")
        {
            host,
            to,
            reason,
            noPin,
            yes,
            directory,
            json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            DirectoryOption.Read(io, parsed),
            new RollBackRequest
            {
                Hosts = HostSelector.Of(parsed.GetValue(host)),
                To = parsed.GetValue(to),
                Reason = parsed.GetValue(reason),
                IsPinned = !parsed.GetValue(noPin),
            },
            io.IsInteractive && !parsed.GetValue(json) && !parsed.GetValue(yes),
            SharedOptions.Style(io, isVerbose: false, parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, RollBackRequest request, bool asks, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var what = request.To is { } release ? $"release {release}" : "what it had before";
        if (asks && !await Question.AskAsync(io, $"Give '{request.Hosts}' {what} back?", cancellationToken))
        {
            await io.Error.WriteLineAsync("bento: nothing was published.");
            return ExitCodes.HostFailed;
        }

        var deployer = services.GetRequiredService<IDeployer>();
        var report = await Interruptible.ShowAsync(io, style, progress: null, () => FleetProgress.RunAsync(
            io, services, style, progress => deployer.RollBackAsync(request, progress, cancellationToken)));
        if (!report.IsSuccess)
        {
            return ExitCodes.HostFailed;
        }

        await io.Error.WriteLineAsync(
            request.IsPinned
                ? $"bento: '{request.Hosts}' keeps it through later deploys. When its configuration is fixed: "
                    + $"bento deploy --on {request.Hosts} --unpin"
                : $"bento: fix the configuration of '{request.Hosts}' before the next deploy, or it will publish the same version again.");
        return ExitCodes.Success;
    }
}
