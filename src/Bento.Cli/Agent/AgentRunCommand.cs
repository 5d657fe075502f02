using System.CommandLine;
using Bento.Agents;
using Bento.Cli.Composition;
using Bento.Cli.Terminal;
using Bento.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Agent;

/// <summary><c>bento agent once</c> and <c>bento agent run</c>: apply the release of the host.</summary>
internal static class AgentRunCommand
{
    public static Command CreateOnce(CliIo io, Option<string> config)
    {
        var acceptFirst = AcceptFirst();
        var command = new Command("once", "Poll once: apply the current release, report, and exit.") { config, acceptFirst };
        command.SetAction((parsed, cancellationToken) =>
            RunOnceAsync(io, AgentFilePath.Of(io, parsed.GetValue(config)!), parsed.GetValue(acceptFirst), cancellationToken));
        return command;
    }

    public static Command CreateResident(CliIo io, Option<string> config)
    {
        var acceptFirst = AcceptFirst();
        var command = new Command(
            "run", "Poll until stopped, over one connection, so that a deploy arrives within seconds. For systemd (Type=notify).")
            {
                config,
                acceptFirst,
            };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(io, AgentFilePath.Of(io, parsed.GetValue(config)!), parsed.GetValue(acceptFirst), cancellationToken));
        return command;
    }

    private static Option<bool> AcceptFirst() => new("--accept-first")
    {
        Description = "If no host key of the server is pinned, trust the first one that it presents, and only that one from then on.",
    };

    private static async Task<int> RunOnceAsync(CliIo io, string config, bool acceptFirst, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.CreateAgent(io, config, acceptFirst);
        var result = await services.GetRequiredService<IAgent>().RunOnceAsync(new AgentLines(io, saysPolls: false), cancellationToken);
        await SayAsync(io, result);
        return ExitCode(result);
    }

    private static async Task<int> RunAsync(CliIo io, string config, bool acceptFirst, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.CreateAgent(io, config, acceptFirst);
        try
        {
            var result = await services.GetRequiredService<IAgent>().RunAsync(new AgentLines(io, saysPolls: true), cancellationToken);
            await SayAsync(io, result);
            return ExitCode(result);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // To be stopped is how a resident agent ends.
            return ExitCodes.Success;
        }
    }

    private static async Task SayAsync(CliIo io, AgentResult result)
    {
        await io.Error.WriteLineAsync($"bento: {result.Reason}");
        if (result.LockedSecrets is { } locked)
        {
            await io.Error.WriteLineAsync($"bento: {locked}");
        }

        if (result.AcceptedHostKey is { } key)
        {
            await io.Error.WriteLineAsync(
                $"bento: trusted the server's host key {key} at first contact. Compare it with the output of 'ssh-keygen -l -f "
                    + "/etc/ssh/ssh_host_ed25519_key.pub' on the server, then add it to server.hostKeys.");
        }
    }

    private static int ExitCode(AgentResult result) => result.Conclusion switch
    {
        not (AgentConclusion.Refused or AgentConclusion.Attempted) when result.LockedSecrets is not null => ExitCodes.SecretsLocked,
        AgentConclusion.Unreachable => ExitCodes.Transport,
        AgentConclusion.Refused => ExitCodes.Refused + (int)result.Refusal!.Value,
        AgentConclusion.Attempted => result.Outcome is AttemptOutcome.Succeeded
            or AttemptOutcome.Degraded
            or AttemptOutcome.RebootNeeded
            or AttemptOutcome.AutoUpdated
            ? ExitCodes.Success
            : ExitCodes.HostFailed,
        _ => ExitCodes.Success,
    };
}
