using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary><c>bento rollback</c>: publishes again what a host had before.</summary>
internal static class RollbackCommand
{
    public static Command Create(CliIo io)
    {
        var host = HostArgument.Create();
        var directory = DirectoryOption.Create();
        var json = SharedOptions.Json();
        var command = new Command("rollback", "Publish again, under a new number, what a host had before.") { host, directory, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io, DirectoryOption.Read(io, parsed), parsed.GetValue(host), SharedOptions.Style(io, isVerbose: false, parsed.GetValue(json)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, HostName host, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var deployer = services.GetRequiredService<IDeployer>();
        var request = new DeployRequest { Hosts = HostSelector.Parse(host.ToString()) };
        var report = await FleetProgress.RunAsync(io, services, style, progress => deployer.RollBackAsync(request, progress, cancellationToken));
        DeployReportRenderer.Write(io, style, report);
        if (!report.IsSuccess)
        {
            return ExitCodes.HostFailed;
        }

        await io.Error.WriteLineAsync($"bento: the configuration of '{host}' is as it was, and the next 'bento deploy' publishes what it describes: mend it first.");
        return ExitCodes.Success;
    }
}
