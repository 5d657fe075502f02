using System.CommandLine;
using Bento.Cli.Configuration;
using Bento.Cli.Rendering;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Commands;

/// <summary><c>bento build</c>: builds, or says what would be built, and publishes nothing.</summary>
internal static class BuildCommand
{
    private const string Build = "build";
    private const string DryRun = "dry-run";

    public static Command Create(CliIo io)
    {
        var mode = new Argument<string>("MODE")
        {
            Description = "build, or dry-run: evaluate, say what would be built or fetched, and build nothing.",
            DefaultValueFactory = _ => Build,
        };
        _ = mode.AcceptOnlyFromAmong(Build, DryRun);
        var directory = CommonOptions.Directory();
        var on = CommonOptions.On();
        var verbose = CommonOptions.Verbose();
        var json = CommonOptions.Json();
        var command = new Command("build", "Build the systems of hosts without publishing them.") { mode, directory, on, verbose, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            Settings.BentoDirectory(io, parsed.GetValue(directory)),
            parsed.GetValue(mode) == DryRun,
            new DeployRequest { Hosts = CommonOptions.Selector(io, parsed.GetValue(on)) },
            new OutputStyle(parsed.GetValue(verbose) || io.Variable("VERBOSE") is not null, parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, bool isDryRun, DeployRequest request, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var deployer = services.GetRequiredService<IDeployer>();
        var report = await FleetProgress.RunAsync(io, style, progress => isDryRun
            ? deployer.ForecastAsync(request, progress, cancellationToken)
            : deployer.BuildAsync(request, progress, cancellationToken));
        DeployReportRenderer.Write(io, style, report);
        return report.IsSuccess ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
