using Bento.Agents;
using Bento.Cli.Composition;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary>
/// <c>bento build test</c> and <c>bento build switch</c>: build, ask, activate one machine, and publish what is there for good.
/// </summary>
internal static class DirectActivationRun
{
    public static async Task<int> RunAsync(
        CliIo io,
        string directory,
        HostSelector hosts,
        ActivationMode mode,
        SshTarget? target,
        bool isSure,
        OutputStyle style,
        CancellationToken cancellationToken)
    {
        if (!HostName.TryParse(hosts.ToString(), out var host))
        {
            throw new InvalidFleetException([new FleetProblem("--on", hosts.IsAll
                ? "A machine runs the system of one host. Name the host: --on NAME"
                : $"'{hosts}' may select several hosts, but a machine runs the system of one. Name the host: --on NAME")]);
        }

        isSure |= mode == ActivationMode.DryActivate;
        if (!isSure && !io.IsInteractive)
        {
            throw new InvalidFleetException([
                new FleetProblem("--yes", "This changes the machine, and there is no terminal to ask on. To go on without asking: --yes"),
            ]);
        }

        await using var services = FleetServices.CreateWithMachine(io, directory, AgentFilePath.WithoutOption(io));
        var deployer = services.GetRequiredService<IDeployer>();
        var request = new BuildRequest { Hosts = hosts };
        var report = await FleetProgress.RunAsync(
            io, services, style, progress => deployer.BuildAsync(request, progress, cancellationToken));
        DeployReportRenderer.Write(io, style with { IsJson = false }, report);
        if (report is not { IsSuccess: true, Hosts: [{ System: { } system }] })
        {
            return ExitCodes.HostFailed;
        }

        var machine = target?.Destination ?? "this machine";
        var words = mode == ActivationMode.Switch ? "for good" : "until its next boot";
        if (!isSure && !await Question.AskAsync(io, $"Make {machine} run the system of '{host}' {words}?", cancellationToken))
        {
            await io.Error.WriteLineAsync("bento: nothing was activated.");
            return ExitCodes.HostFailed;
        }

        var activation = await services.GetRequiredService<IDirectActivation>().ActivateAsync(
            system, mode, target, io.Error, cancellationToken);
        await io.Error.WriteLineAsync($"bento: {ActivationWords.Of(activation, mode, machine)}");
        if (activation.Verdict == ActivationVerdict.Failed)
        {
            return ExitCodes.HostFailed;
        }

        if (mode != ActivationMode.Switch)
        {
            return ExitCodes.Success;
        }

        // So that status knows what the host should run, and its agent finds it running.
        var published = await FleetProgress.RunAsync(
            io, services, style, progress => deployer.DeployAsync(new DeployRequest { Hosts = hosts }, progress, cancellationToken));
        DeployReportRenderer.Write(io, style, published);
        return published.IsSuccess ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
