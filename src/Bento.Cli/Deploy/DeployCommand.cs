using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Rollouts;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary><c>bento deploy</c>: builds, asks a person, and publishes.</summary>
internal static class DeployCommand
{
    public static Command Create(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var hosts = new HostChoice();
        var yes = SharedOptions.Yes();
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Show what would be published, and publish nothing: the same as 'bento plan'.",
        };
        var plan = new Option<string?>("--plan")
        {
            Description =
                "Publish exactly what this file from 'bento plan --json' describes, or nothing; with --on, for these hosts of it only. "
                    + "Does not ask.",
            HelpName = "FILE",
        };
        var wait = WaitOption.Create();
        var skipAbsent = WaitOption.CreateSkip(wait);
        var waves = new WavesOption();
        var unpin = SharedOptions.Unpin();
        var verbose = SharedOptions.Verbose();
        var json = SharedOptions.Json();
        plan.Validators.Add(result =>
        {
            if (result.GetValue(hosts.All) || result.GetValue(dryRun))
            {
                result.AddError("--plan already names the hosts: it cannot be combined with --all or --dry-run.");
            }
        });
        var forSigning = SharedOptions.ForSigning();
        waves.Exclude(dryRun, forSigning, skipAbsent);
        var command = new Command("deploy", "Build all systems, and publish a release for each host that has changes.")
        {
            directory, hosts.On, hosts.All, yes, dryRun, plan, waves.Waves, waves.AtOnce, wait, skipAbsent, unpin, forSigning, verbose,
            json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var bentoDirectory = DirectoryOption.Read(io, parsed);
            var style = SharedOptions.Style(io, parsed.GetValue(verbose), parsed.GetValue(json));
            var request = parsed.GetValue(plan) is { } file
                ? PlanFile.Read(io.FullPath(file), parsed.GetValue(hosts.On) is { } on ? await SelectedAsync(on) : null)
                : new DeployRequest
                {
                    Hosts = parsed.GetValue(dryRun)
                        ? await SelectedAsync(parsed.GetValue(hosts.On))
                        : await hosts.ReadAsync(io, parsed, bentoDirectory, cancellationToken)
                };
            request = request with
            {
                ForSigning = SharedOptions.ForSigning(io, parsed.GetValue(forSigning)),
                Unpin = parsed.GetValue(unpin),
            };
            if (parsed.GetValue(dryRun))
            {
                var planned = new PlanRequest { Hosts = request.Hosts, Unpin = request.Unpin };
                return await PlanCommand.RunAsync(io, bentoDirectory, planned, style, cancellationToken);
            }

            var asks = io.IsInteractive && !style.IsJson && !parsed.GetValue(yes) && request.Planned is null;
            var (inWaves, chosen) = waves.Read(io, parsed, bentoDirectory);
            if (inWaves && request.ForSigning is not null)
            {
                SayThatWavesDoNotApply(io);
            }

            return inWaves && request.ForSigning is null
                ? await RolloutDeployRun.RunAsync(
                    io,
                    bentoDirectory,
                    new RolloutRequest { Hosts = request.Hosts, Planned = request.Planned, Waves = chosen, Unpin = request.Unpin },
                    asks,
                    parsed.GetValue(wait),
                    style,
                    cancellationToken)
                : await RunAsync(
                    io,
                    bentoDirectory,
                    request,
                    asks,
                    parsed.GetValue(wait) is { } time ? new DeployWait(time, parsed.GetValue(skipAbsent)) : null,
                    style,
                    cancellationToken);

            Task<HostSelector> SelectedAsync(string? text) => SelectedHosts.ReadAsync(io, bentoDirectory, text, cancellationToken);
        });
        return command;
    }

    private static void SayThatWavesDoNotApply(CliIo io) => io.Error.WriteLine(
        "note: what is prepared for signing goes to all hosts at once when it is published; the waves of bento.json do not apply.");

    public static async Task<int> RunAsync(
        CliIo io,
        string directory,
        DeployRequest request,
        bool asks,
        DeployWait? wait,
        OutputStyle style,
        CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var deployer = services.GetRequiredService<IDeployer>();
        using var talk = new DeployTalk(io, services, style);
        var report = await Interruptible.ShowAsync(
            shown => talk.Report(shown, isAll: true),
            () => deployer.DeployAsync(asks ? request with { Approve = AskAsync } : request, talk.Progress, cancellationToken));
        if (talk.IsDeclined)
        {
            return ExitCodes.HostFailed;
        }

        var followed = wait is not null ? await wait.RunAsync(io, services, report, cancellationToken) : ExitCodes.Success;
        return report.IsSuccess ? followed : ExitCodes.HostFailed;

        Task<bool> AskAsync(DeployPlan plan, CancellationToken token) => talk.AskAsync(plan, _ => { }, "Publish this?", token);
    }
}
