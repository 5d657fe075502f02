using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Hosts;
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
        var directory = DirectoryOption.Create();
        var json = SharedOptions.Json();
        var command = new Command("rollback", "Publish the previous configuration of a host again, or an earlier one, as a new release.")
        {
            host,
            to,
            directory,
            json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            DirectoryOption.Read(io, parsed),
            new RollBackRequest { Hosts = HostSelector.Of(parsed.GetValue(host)), To = parsed.GetValue(to) },
            SharedOptions.Style(io, isVerbose: false, parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, RollBackRequest request, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var deployer = services.GetRequiredService<IDeployer>();
        var report = await Interruptible.ShowAsync(io, style, progress: null, () => FleetProgress.RunAsync(
            io, services, style, progress => deployer.RollBackAsync(request, progress, cancellationToken)));
        if (!report.IsSuccess)
        {
            return ExitCodes.HostFailed;
        }

        await io.Error.WriteLineAsync(
            $"bento: fix the configuration of '{request.Hosts}' before the next deploy, or it will publish the same version again.");
        return ExitCodes.Success;
    }
}
