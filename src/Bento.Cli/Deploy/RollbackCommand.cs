using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary><c>bento rollback</c>: publishes the previous configuration of a host again.</summary>
internal static class RollbackCommand
{
    public static Command Create(CliIo io)
    {
        var host = HostArgument.Create();
        var directory = DirectoryOption.Create();
        var json = SharedOptions.Json();
        var command = new Command("rollback", "Publish the previous configuration of a host again, as a new release.")
        {
            host,
            directory,
            json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io, DirectoryOption.Read(io, parsed), parsed.GetValue(host), SharedOptions.Style(
                io, isVerbose: false, parsed.GetValue(json)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, HostName host, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var deployer = services.GetRequiredService<IDeployer>();
        var request = new RollBackRequest { Hosts = HostSelector.Of(host) };
        var report = await FleetProgress.RunAsync(
            io, services, style, progress => deployer.RollBackAsync(request, progress, cancellationToken));
        DeployReportRenderer.Write(io, style, report);
        if (!report.IsSuccess)
        {
            return ExitCodes.HostFailed;
        }

        await io.Error.WriteLineAsync(
            $"bento: fix the configuration of '{host}' before the next deploy, or it will publish the same version again.");
        return ExitCodes.Success;
    }
}
