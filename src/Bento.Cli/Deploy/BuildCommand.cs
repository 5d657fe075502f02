using System.CommandLine;
using Bento.Agents;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary><c>bento build</c>: builds, says what would be built, or makes one machine run what was built.</summary>
internal static class BuildCommand
{
    private const string Build = "build";
    private const string DryRun = "dry-run";
    private const string DryBuild = "dry-build";
    private const string DryActivate = "dry-activate";
    private const string Test = "test";
    private const string Switch = "switch";

    public static Command Create(CliIo io)
    {
        var mode = new Argument<string>("MODE")
        {
            Description =
                "build; dry-run or dry-build: show what would be built or fetched; dry-activate: show what a switch of this machine to the "
                    + "system of one host would do; test: run that system on this machine until its next boot; switch: the same "
                    + "for good, and publish it.",
            DefaultValueFactory = _ => Build,
        };
        _ = mode.OneOf("mode", Build, DryRun, DryBuild, DryActivate, Test, Switch);
        var directory = DirectoryOption.Create();
        var hosts = new HostChoice();
        var target = TargetOption.Create();
        var yes = SharedOptions.Yes();
        var verbose = SharedOptions.Verbose();
        var json = SharedOptions.Json();
        var command = new Command("build", "Build the systems of hosts without publishing them, or run one on a machine.")
        {
            mode,
            directory,
            hosts.On,
            hosts.All,
            target,
            yes,
            verbose,
            json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(target) is not null && result.GetValue(mode) is not (Test or Switch or DryActivate))
            {
                result.AddError("--target only applies to 'bento build test', 'switch' and 'dry-activate'.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var bentoDirectory = DirectoryOption.Read(io, parsed);
            var selector = parsed.GetValue(mode) == Build
                ? await hosts.ReadAsync(io, parsed, bentoDirectory, cancellationToken)
                : await SelectedHosts.ReadAsync(io, bentoDirectory, parsed.GetValue(hosts.On), cancellationToken);
            var style = SharedOptions.Style(io, parsed.GetValue(verbose), parsed.GetValue(json));
            return parsed.GetValue(mode) is Test or Switch or DryActivate
                ? await DirectActivationRun.RunAsync(
                    io, bentoDirectory, selector, Mode(parsed.GetValue(mode)), TargetOption.Read(
                        io, parsed.GetValue(target)), parsed.GetValue(yes), style, cancellationToken)
                : await RunAsync(io, bentoDirectory, selector, parsed.GetValue(mode) is DryRun or DryBuild, style, cancellationToken);
        });
        return command;
    }

    private static ActivationMode Mode(string? word) => word switch
    {
        Switch => ActivationMode.Switch,
        Test => ActivationMode.Test,
        _ => ActivationMode.DryActivate,
    };

    private static async Task<int> RunAsync(
        CliIo io, string directory, HostSelector hosts, bool isDryRun, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var deployer = services.GetRequiredService<IDeployer>();
        var request = new BuildRequest { Hosts = hosts };
        var report = await FleetProgress.RunAsync(io, services, style, progress => isDryRun
            ? deployer.ForecastAsync(request, progress, cancellationToken)
            : deployer.BuildAsync(request, progress, cancellationToken));
        DeployReportRenderer.Write(io, style, report);
        return report.IsSuccess ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
