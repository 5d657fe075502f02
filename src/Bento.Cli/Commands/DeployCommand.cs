using System.CommandLine;
using Bento.Cli.Configuration;
using Bento.Cli.Rendering;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Commands;

/// <summary><c>bento deploy</c>: builds and publishes.</summary>
internal static class DeployCommand
{
    public static Command Create(CliIo io)
    {
        var directory = CommonOptions.Directory();
        var on = CommonOptions.On();
        var verbose = CommonOptions.Verbose();
        var json = CommonOptions.Json();
        var command = new Command("deploy", "Build every system and publish a release for each host whose release would change.") { directory, on, verbose, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            Settings.BentoDirectory(io, parsed.GetValue(directory)),
            new DeployRequest { Hosts = CommonOptions.Selector(io, parsed.GetValue(on)) },
            new OutputStyle(parsed.GetValue(verbose) || io.Variable("VERBOSE") is not null, parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, DeployRequest request, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var deployer = services.GetRequiredService<IDeployer>();
        var report = await FleetProgress.RunAsync(io, style, progress => deployer.DeployAsync(request, progress, cancellationToken));
        DeployReportRenderer.Write(io, style, report);
        return report.IsSuccess ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
