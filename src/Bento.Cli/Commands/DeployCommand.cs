using System.CommandLine;
using Bento.Cli.Configuration;
using Bento.Cli.Rendering;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Commands;

/// <summary><c>bento deploy</c>: builds, asks a person, and publishes.</summary>
internal static class DeployCommand
{
    public static Command Create(CliIo io)
    {
        var directory = CommonOptions.Directory();
        var on = CommonOptions.On();
        var yes = CommonOptions.Yes();
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be published, and publish nothing: the same as 'bento plan'." };
        var plan = new Option<string?>("--plan")
        {
            Description = "Publish exactly what this file says, which 'bento plan --json' wrote, or nothing. Asks nobody.",
            HelpName = "FILE",
        };
        var verbose = CommonOptions.Verbose();
        var json = CommonOptions.Json();
        plan.Validators.Add(result =>
        {
            if (result.GetResult(on) is not null || result.GetValue(dryRun))
            {
                result.AddError("'--plan' says by itself which hosts, and publishes: it goes neither with '--on' nor with '--dry-run'.");
            }
        });
        var forSigning = CommonOptions.ForSigning();
        var command = new Command("deploy", "Build every system and publish a release for each host whose release would change.") { directory, on, yes, dryRun, plan, verbose, json, forSigning };
        command.SetAction((parsed, cancellationToken) =>
        {
            var bentoDirectory = Settings.BentoDirectory(io, parsed.GetValue(directory));
            var style = CommonOptions.Style(io, parsed.GetValue(verbose), parsed.GetValue(json));
            var request = (parsed.GetValue(plan) is { } file
                ? PlanFile.Read(Path.GetFullPath(file, io.WorkingDirectory))
                : new DeployRequest { Hosts = CommonOptions.Selector(io, parsed.GetValue(on)) }) with { ForSigning = CommonOptions.ForSigning(io, parsed.GetValue(forSigning)) };
            return parsed.GetValue(dryRun)
                ? PlanCommand.RunAsync(io, bentoDirectory, request, style, cancellationToken)
                : RunAsync(io, bentoDirectory, request, io.IsInteractive && !style.IsJson && !parsed.GetValue(yes) && request.Planned is null, style, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, DeployRequest request, bool asks, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var deployer = services.GetRequiredService<IDeployer>();
        await using var progress = await FleetProgress.StartAsync(io, style);
        var report = await deployer.DeployAsync(asks ? request with { Approve = AskAsync } : request, progress, cancellationToken);
        await progress.ClearAsync();
        DeployReportRenderer.Write(io, style, report);
        return report.IsSuccess ? ExitCodes.Success : ExitCodes.HostFailed;

        async Task<bool> AskAsync(DeployPlan plan, CancellationToken token)
        {
            await progress.ClearAsync();
            PlanRenderer.Write(io, io.Error, plan, style.IsVerbose);
            return await Question.AskAsync(io, "Publish this?", token);
        }
    }
}
