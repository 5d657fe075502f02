using System.CommandLine;
using Bento.Agents;
using Bento.Cli.Configuration;
using Bento.Cli.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Commands;

/// <summary><c>bento agent once</c> and <c>bento agent run</c>: take the host to its release.</summary>
internal static class AgentRunCommand
{
    public static Command CreateOnce(CliIo io, Option<string> config)
    {
        var command = new Command("once", "Poll once: take the host to its release, report, and end.") { config };
        command.SetAction((parsed, cancellationToken) => RunOnceAsync(io, AgentCommand.PathOf(io, parsed.GetValue(config)!), cancellationToken));
        return command;
    }

    public static Command CreateResident(CliIo io, Option<string> config)
    {
        var command = new Command("run", "Stay and poll until stopped: keeps its connection, so that a deploy arrives within a poll. Made for systemd (Type=notify).") { config };
        command.SetAction((parsed, cancellationToken) => RunAsync(io, AgentCommand.PathOf(io, parsed.GetValue(config)!), cancellationToken));
        return command;
    }

    private static async Task<int> RunOnceAsync(CliIo io, string config, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.CreateAgent(io, config);
        var result = await services.GetRequiredService<IAgent>().RunOnceAsync(new AgentLines(io, saysPolls: false), cancellationToken);
        await io.Error.WriteLineAsync($"bento: {result.Reason}");
        return ExitCode(result);
    }

    private static async Task<int> RunAsync(CliIo io, string config, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.CreateAgent(io, config);
        try
        {
            var result = await services.GetRequiredService<IAgent>().RunAsync(new AgentLines(io, saysPolls: true), cancellationToken);
            await io.Error.WriteLineAsync($"bento: {result.Reason}");
            return ExitCode(result);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // To be stopped is how a resident agent ends.
            return ExitCodes.Success;
        }
    }

    private static int ExitCode(AgentResult result) => result.Conclusion switch
    {
        AgentConclusion.Unreachable => ExitCodes.Transport,
        AgentConclusion.Refused => ExitCodes.Refused + (int)result.Refusal!.Value,
        AgentConclusion.Attempted => result.Outcome is Outcome.Succeeded or Outcome.Degraded or Outcome.RebootNeeded or Outcome.AutoUpdated
            ? ExitCodes.Success
            : ExitCodes.HostFailed,
        _ => ExitCodes.Success,
    };
}
