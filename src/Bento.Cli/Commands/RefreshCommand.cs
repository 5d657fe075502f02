using System.CommandLine;
using Bento.Cli.Configuration;
using Bento.Cli.Rendering;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Commands;

/// <summary><c>bento refresh</c>: makes the current releases valid for longer. For a timer.</summary>
internal static class RefreshCommand
{
    public static Command Create(CliIo io)
    {
        var directory = CommonOptions.Directory();
        var on = CommonOptions.On();
        var json = CommonOptions.Json();
        var forSigning = CommonOptions.ForSigning();
        var command = new Command("refresh", "Make the current releases valid for longer, without building anything.") { directory, on, json, forSigning };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            Settings.BentoDirectory(io, parsed.GetValue(directory)),
            new DeployRequest { Hosts = CommonOptions.Selector(io, parsed.GetValue(on)), ForSigning = CommonOptions.ForSigning(io, parsed.GetValue(forSigning)) },
            new OutputStyle(IsVerbose: false, parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, DeployRequest request, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var report = await services.GetRequiredService<IDeployer>().RefreshAsync(request, null, cancellationToken);
        DeployReportRenderer.Write(io, style, report);
        return report.IsSuccess ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
